"""A session at desks as a file: the scenario that `glasstown run` takes, and back from one to the address that says the same."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from email.parser import BytesParser
from email.policy import HTTP
from functools import lru_cache
from pathlib import Path
from typing import Final

from glasstown.archive.library import references_of
from glasstown.desks.docket import numbers_of
from glasstown.errors import Fault, UsageError
from glasstown.explorer import offered
from glasstown.explorer.asked import View, view_of
from glasstown.explorer.decisions import Decision, check_length, in_order
from glasstown.explorer.desk_asked import desk_towns
from glasstown.explorer.requested import request_for
from glasstown.explorer.seats import request_with_orders
from glasstown.language.files import parse_file, parse_with_places
from glasstown.language.orders import Order, fault_of_writing, written_by
from glasstown.letters import shown
from glasstown.runs.living import Living
from glasstown.runs.memory import plan_in_memory
from glasstown.runs.ordered import canonical
from glasstown.runs.request import RunRequest
from glasstown.runs.scenario import KEY, ScenarioFile, request_of
from glasstown.runs.scenario_file import scenario_text
from glasstown.types import Progress

NAME: Final = "the session file"
NUMBERS: Final = ("people", "months", "seed")
OWN: Final = ("firms", "place", "drive", "acts", "parameters", "mechanism", "start", "unknown", "track")
"""what a scenario can say and an address cannot, unless the town of that name says the same"""


@dataclass(frozen=True, slots=True)
class TakenUp:
    """A session that was read from a file: its town with what was decided, and the orders that found nothing to decide."""

    view: View
    decisions: tuple[Decision, ...]
    moot: tuple[Order, ...]


def session_text(view: View) -> str:
    """Return the scenario of a view with what was decided, as `glasstown run` takes it."""
    return scenario_text(request_with_orders(view), Path())


def file_in(body: bytes, kind: str) -> str:
    """Return the text of the file that a form sends.  Errors   UsageError where there is none, or it is no text"""
    head = f"Content-Type: {kind}\r\n\r\n".encode("latin-1", "replace")
    message = BytesParser(policy=HTTP).parse(io.BytesIO(head + body))
    parts = [part.get_payload(decode=True) for part in message.iter_parts()] if message.is_multipart() else []
    found = [part for part in parts if isinstance(part, bytes) and part.strip()]
    if len(found) != 1:
        raise _refuse(
            "file", "no file" if not found else f"{len(found)} files", "one session file", "Choose one, then send it."
        )
    try:
        return found[0].decode()
    except UnicodeDecodeError:
        raise _refuse(
            "file", "bytes that are no text in UTF-8", "a session file, .yaml", "Save the session again."
        ) from None


def read_session(text: str) -> tuple[View, RunRequest]:
    """Return the town that a session file asks for, and its request with the orders; nothing is lived.

    Errors   GlasstownError with all that is wrong with the file: cut short, another form, an order that writes a score, a town that
             does not ship
    """
    data = parse_file(text, NAME).data
    if not isinstance(data, dict) or KEY not in data:
        way_out = "Save the session again; this file may be cut short."
        raise _refuse("file", "no session", f"a file that says {KEY}: 1", way_out)
    orders = data.get("orders")
    faults = [
        fault_of_writing(what, f"orders/{place}", None)
        for place, each in enumerate(orders if isinstance(orders, list) else ())
        if (what := written_by(each)) is not None
    ]
    if faults:
        raise UsageError("The orders", faults)
    asked = parse_with_places(text, NAME, ScenarioFile).value
    view = _view(asked)
    return view, replace(request_for(view), orders=asked.orders, orders_of=asked.orders_of)


def _view(asked: ScenarioFile) -> View:
    """Return the view of a file's town.  Errors   UsageError where no town that ships is it"""
    settings = {path: _text(value) for path, value in asked.set.items()}
    known = desk_towns()
    if all(name in known or name.partition("@")[0] in offered.books() for name in asked.rulebooks):
        references = tuple(each for name in asked.rulebooks for each in references_of(name))
        fitting = [name for name, offer in _requests().items() if _fits(offer, asked, references, settings)]
        if fitting:
            name = max(fitting, key=lambda each: len(_requests()[each].settings))
            own = _requests()[name].settings
            further = {path: value for path, value in settings.items() if path not in own}
            return view_of(_keys(name, asked, further), tuple(known))
    found = ", ".join(asked.rulebooks)[:120]
    expected = "a town that ships, with the place, the start and the firms that it has there"
    raise _refuse("rulebooks", found, expected, "Run the file without the explorer: glasstown run FILE.")


@lru_cache(maxsize=1)
def _requests() -> dict[str, RunRequest]:
    """Return the request of every town that ships, as it is without further words, with its rulebooks one by one."""
    found = {name: request_of(name, {}) for name in desk_towns()}
    return {
        name: replace(each, references=each.references or references_of(each.rulebook)) for name, each in found.items()
    }


def _fits(offer: RunRequest, asked: ScenarioFile, references: tuple[str, ...], settings: Mapping[str, str]) -> bool:
    """Return whether a file asks for a town that ships, perhaps with further levers."""
    own = all(getattr(asked, name) in (None, getattr(offer, name) or None) for name in OWN)
    said = all(getattr(asked, name) is not None for name in OWN if getattr(offer, name))
    return offer.references == references and own and said and set(offer.settings.items()) <= set(settings.items())


def _keys(name: str, asked: ScenarioFile, settings: Mapping[str, str]) -> dict[str, str]:
    """Return the keys of an address for a file's town; what it does not say is as `run` has it."""
    usual = RunRequest("")
    numbers = {
        key: str(getattr(asked, key) if getattr(asked, key) is not None else getattr(usual, key)) for key in NUMBERS
    }
    return {"town": name, **numbers, "set": ",".join(f"{path}:{value}" for path, value in settings.items())}


def _text(value: Decimal | bool | str) -> str:
    return (
        str(value).lower() if isinstance(value, bool) else format(value, "f") if isinstance(value, Decimal) else value
    )


def taken_up(text: str, tell: Progress) -> TakenUp:
    """Return the session of a file as an address has it; its town is lived up to the last order.

    Errors   GlasstownError with what is wrong: as of read_session; orders of another town, about nobody, twice about one act, of a
             month that the town never lives
    """
    view, request = read_session(text)
    living = Living(plan_in_memory(request))
    try:
        orders, found, moot = canonical(living.orders), list[Decision](), list[Order]()
        for month in sorted({order.month for order in orders}):
            living.step(month - living.month) if month > living.month else None
            mine = [order for order in orders if order.month == month]
            numbers = numbers_of(living, mine)
            found += [Decision(month, order.desk, n, order.do, order.because) for order, n in numbers.items()]
            moot += [order for order in mine if order not in numbers]
            tell(month, orders[-1].month)
    finally:
        living.close()
    decisions = in_order(found)
    check_length(decisions)
    return TakenUp(view, decisions, tuple(moot))


def _refuse(subject: str, found: str, expected: str, way_out: str) -> UsageError:
    return UsageError("The session", [Fault(subject, None, shown(found), expected, way_out)])
