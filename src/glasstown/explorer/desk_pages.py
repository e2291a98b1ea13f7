"""The pages of desks: who decides what, and a month at a desk with its files, each of which can be decided or left."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from starlette.responses import JSONResponse, RedirectResponse, Response

from glasstown.answers.desk import AtDesk
from glasstown.desks.docket import Case, order_for
from glasstown.errors import did_you_mean
from glasstown.explorer.asked import refuse, whole
from glasstown.explorer.commands import SESSION, python, run_command, run_python
from glasstown.explorer.decisions import Decision, deciding
from glasstown.explorer.desk_asked import USUAL, Sat, desk_towns, sat, seated
from glasstown.explorer.desk_file import DONE, REASONS, TITLES, opened_file
from glasstown.explorer.seats import ON_A_DESK, Seat
from glasstown.explorer.site import Again, Asked, Page, Site, csv_file
from glasstown.explorer.town_pages import picker
from glasstown.language.orders import Desk
from glasstown.render import words
from glasstown.types import SYNTHETIC_WORDS

OTHER: Final[Mapping[Desk, Desk]] = {"court": "clerk", "clerk": "court"}
OPEN: Final[tuple[tuple[Desk, str, str], ...]] = (
    ("court", "Enforcing court", "lists a debtor, leaves them out, or asks after their means first"),
    ("clerk", "Agency clerk", "writes down what was found out about somebody, or leaves it out"),
)
CLOSED: Final = (
    ("Resident", "acts or refrains, objects, applies, repairs, pays",
     "an order replaces what an office decides; what residents do is drawn by their own luck, and no order replaces that yet"),
    ("Platform operator", "passes on, corrects a copy, matches by name or by number, publishes",
     "records reach the platform in one step with their matching; no single copy can be held back or mended yet"),
    ("Gate", "lets through or refuses, on its own copy of the lists",
     "gates answer a month of requests at once; none can be taken out and answered alone yet"),
    ("Appeals", "grants, refuses, leaves waiting",
     "an objection is settled when its record is made; none waits on a desk until it is due"),
    ("Village committee", "gives points for deeds, and chooses who is read out on Friday",
     "its records can be decided as the clerk’s; who is read out is drawn for a whole neighbourhood"),
    ("Informant", "reports what was seen, or was not, for the reward",
     "reports are drawn with the act that they are about; none can be added yet"),
    ("Firm", "complies, cuts or keeps a partner, repairs",
     "inspections, tenders and new partners are not modelled one by one"),
    ("Legislator", "changes a number, a term or a switch, from a month on",
     "a rule holds for a whole run; no amendment in the middle is carried yet. “Change a rule” moves it from the first month"),
)  # fmt: skip
"""desks at which nobody can sit yet: what they decide, and why not"""


async def desks(site: Site, asked: Asked) -> Response:
    """Answer who decides what: two desks at which somebody can sit, and those that the model does not carry, with the reason."""
    open_desks = [
        {"desk": desk, "name": name, "decides": decides, "view": USUAL[desk], **picker(USUAL[desk], desk_towns())}
        for desk, name, decides in OPEN
    ]
    lines = (
        run_python(USUAL["clerk"], verb="town"), "town.step(12)",
        f'for case in town.desk("clerk").cases(most={ON_A_DESK}):', '    town.decide(case, "spare", because="no-proof")',
        "print(town.step(12).reckon())", f'town.save("{SESSION}")',
    )  # fmt: skip
    again = Again(f"glasstown run {SESSION} && glasstown compare {SESSION} --without-orders", python(*lines))
    values = {"open_desks": open_desks, "closed_desks": CLOSED}
    return site.render(Page("desks.html", "Desks", "/desks", values, again))


async def desk(site: Site, asked: Asked) -> Response:
    """Answer a month at a desk; with `do`, decide about a file and lead back."""
    where = sat(asked)
    seat = await seated(site, asked, where)
    if "do" in asked.found:
        return RedirectResponse(_decided(asked, where, seat), status_code=303)
    return site.render(_page(asked, where, seat))


def _decided(asked: Asked, where: Sat, seat: Seat) -> str:
    """Return the address after a decision.  Errors   UsageError for a file that does not lie there, or what the desk may not do."""
    case = _file(asked, where, seat)
    if case is None:
        raise refuse("file", "no file", "the number of a file that lies before you", "Pick one from the pile.")
    do = asked.found["do"]
    reason = asked.found.get("because", "")
    if reason not in REASONS:
        way_out = did_you_mean(reason[:40], list(REASONS))
        raise refuse("because", f"'{reason[:40]}'" if reason else "no reason", "one that the page offers", way_out)
    order = order_for(case, do, reason)
    made = Decision(where.month, where.desk, case.number, order.do, order.because)
    after = replace(where, decisions=deciding(where.decisions, made))
    left = [each.number for each in seat.lying[where.desk].cases if _of(after, each) is None]
    return f"{after.address(file=next((n for n in left if n > case.number), left[0] if left else case.number))}#file"


def _file(asked: Asked, where: Sat, seat: Seat) -> Case | None:
    """Return the file that is open: the one of the address, else the first that is not decided; None on an empty desk."""
    cases = seat.lying[where.desk].cases
    if asked.found.get("file"):
        number = whole(asked.found, "file", 0, 1, 10_000_000)
        if (found := seat.lying[where.desk].numbered(number)) is None:
            numbers = ", ".join(str(each.number) for each in cases) or "none"
            raise refuse("file", str(number), f"one that lies before you: {numbers}", "Pick one from the pile.")
        return found
    return next((each for each in cases if _of(where, each) is None), cases[0] if cases else None)


def _of(where: Sat, case: Case) -> Decision | None:
    """Return what was decided about a file."""
    return next((each for each in where.decisions if each.file == (case.month, case.desk, case.number)), None)


def _page(asked: Asked, where: Sat, seat: Seat) -> Page:
    lying, case = seat.lying[where.desk], _file(asked, where, seat)
    pile = [_in_pile(where, each, is_open=each is case) for each in lying.cases]
    made = None if case is None else _of(where, case)
    last = where.decisions[-1] if where.decisions else None
    values = {
        "where": where, "seat": seat, "title_of": TITLES[where.desk], "pile": pile, "n": lying.n,
        "file": None if case is None else opened_file(seat, case),
        "place": None if case is None else lying.cases.index(case) + 1,
        "made": made, "made_words": made and DONE[made.do], "reason": made and made.because and REASONS[made.because],
        "take_back": made and where.without(made).address(file=made.number), "hidden": _hidden(where, case),
        "n_decided": sum(row["done"] is not None for row in pile), "other": _other(where, seat),
        "next_month": _next(where), "tallies": [each for each in seat.tallies if each.month == where.month - 1 and each.files],
        "track": [DONE[each.do] for each in where.decisions], "undo": last and where.without(last).address(),
        "leave": f"/desks/{where.desk}/reckoning?{where.query()}", "session": f"/desks/session.yaml?{where.query()}",
        "is_stale": where.view.texts not in (None, seat.texts), "lived": seat,
    }  # fmt: skip
    title = f"{TITLES[where.desk]}, {words.month(seat.day)}"
    return Page("desk.html", title, "/desks", values, _again(where, seat))


def _in_pile(where: Sat, case: Case, *, is_open: bool) -> dict[str, Any]:
    made = _of(where, case)
    name = case.who.name.removesuffix(" (synthetic)")
    return {
        "number": case.number, "name": f"{name}, {case.who.age}" if case.who.age is not None else name, "says": case.says,
        "done": made and DONE[made.do], "is_open": is_open, "address": f"{where.address(file=case.number)}#file",
    }  # fmt: skip


def _hidden(where: Sat, case: Case | None) -> list[tuple[str, str]]:
    """Return what a form carries along: the whole address."""
    pairs = where.decided_view.pairs()
    return [*pairs, ("m", str(where.month)), *([("file", str(case.number))] if case is not None else [])]


def _other(where: Sat, seat: Seat) -> dict[str, Any]:
    desk = OTHER[where.desk]
    return {"title": TITLES[desk], "n": seat.lying[desk].n, "address": replace(where, desk=desk).address()}


def _next(where: Sat) -> str:
    """Return where closing the month leads: to the next one, or to the reckoning after the last."""
    if where.month + 1 < where.view.months:
        return where.at(where.month + 1).address()
    return f"/desks/{where.desk}/reckoning?{replace(where, month=where.view.months).query()}"


def _again(where: Sat, seat: Seat) -> Again:
    """Return how the same is had otherwise: the run of the session's file, and the same month in Python, file by file."""
    files = (
        ("Session file", f"/desks/session.yaml?{where.query()}"),
        ("CSV", f"/desks/{where.desk}.csv?{where.query()}"),
    )
    shared = replace(where, view=replace(where.view, texts=seat.texts)).address()
    command = f"glasstown run {SESSION}" if where.decisions else run_command(where.view)
    ending = (f"for case in town.desk({where.desk!r}).cases(most={ON_A_DESK}):", "    print(case)")
    lines = (*python_lines(where), *ending, f"town.save({SESSION!r})")
    return Again(command, python(*lines), "", files, shared)


def python_lines(where: Sat) -> list[str]:
    """Return the lines of Python that make the town and decide as an address says, up to its month."""
    lines, month = [run_python(where.view, verb="town")], 0
    for day in sorted({each.month for each in where.decisions}):
        lines += [f"town.step({day - month})"] if day > month else []
        month = day
        mine = [each for each in where.decisions if each.month == day]
        for desk in dict.fromkeys(each.desk for each in mine):
            lines.append(f"{desk} = {{case.number: case for case in town.desk({desk!r}).cases()}}")
        for each in mine:
            because = f", because={each.because!r}" if each.because else ""
            lines.append(f"town.decide({each.desk}[{each.number}], {each.do!r}{because})")
    return [*lines, *([f"town.step({where.month - month})"] if where.month > month else [])]


def _answer(where: Sat, seat: Seat) -> AtDesk:
    """Return what lies before somebody, as `town.desk` answers it."""
    lying = seat.lying[where.desk]
    decided = {each.number: each.do for each in where.now if each.desk == where.desk}
    return AtDesk(where.desk, where.month, seat.day.isoformat(), lying.cases, decided, where.view.seed)


async def desk_csv(site: Site, asked: Asked) -> Response:
    """Answer the files before somebody as CSV."""
    where = sat(asked)
    seat = await seated(site, asked, where)
    more = {"desk": where.desk, "month": str(where.month), "population": SYNTHETIC_WORDS}
    return csv_file(f"{where.desk}-{where.month}.csv", _answer(where, seat).columns(), more)


async def desk_api(site: Site, asked: Asked) -> Response:
    """Answer the files before somebody for programs, each with what the desk sees of it and nothing else."""
    where = sat(asked)
    seat = await seated(site, asked, where)
    return JSONResponse({**_answer(where, seat).as_json(), "lying": seat.lying[where.desk].n})
