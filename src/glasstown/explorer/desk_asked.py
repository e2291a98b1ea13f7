"""What an address of a desk asks for: whose town, how many months have been lived, what was decided, and which file is open."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from glasstown.desks.docket import DESKS
from glasstown.errors import Fault, UsageError, did_you_mean
from glasstown.explorer import offered
from glasstown.explorer.asked import TOWN_KEYS, View, refuse, view_of, whole
from glasstown.explorer.decisions import Decision, decisions_text, read_decisions, withdrawing
from glasstown.explorer.record_pages import UnknownError
from glasstown.explorer.seats import Seat, check_months, order_of_file
from glasstown.explorer.site import Asked, Site
from glasstown.language.orders import Desk

USUAL: Final[Mapping[Desk, View]] = {
    "court": View("cn-court-list-2017", people=20_000, months=36),
    "clerk": View("rongcheng-2013", people=2_000, months=36),
}
"""the town in which somebody sits down who names none: one with files on the desk"""
DESK_KEYS: Final = tuple(key for key in TOWN_KEYS if key != "colour")
BEGIN: Final = 12
"""months that are lived before somebody sits down who does not say when"""


@dataclass(frozen=True, slots=True)
class Sat:
    """Where somebody sits: the town, without what was decided; the desk; the month from 0; and what was decided so far."""

    view: View
    desk: Desk
    month: int
    decisions: tuple[Decision, ...]

    @property
    def now(self) -> tuple[Decision, ...]:
        """Return what was decided of the month that is next."""
        return tuple(each for each in self.decisions if each.month == self.month)

    @property
    def left(self) -> int:
        """Return how many months are lived when somebody leaves: what was decided of the month that is next closes it."""
        return min(self.month + bool(self.now), self.view.months)

    def query(self, **more: object) -> str:
        """Return the query of this address; `more` are keys beside it, None for none."""
        whole_view = replace(self.view, month=None, orders=decisions_text(self.decisions))
        return whole_view.query(m=self.month, **more)

    def address(self, **more: object) -> str:
        """Return this address."""
        return f"/desks/{self.desk}?{self.query(**more)}"

    def at(self, month: int) -> Sat:
        """Return the same town at another month, with what was decided up to there."""
        return replace(self, month=month, decisions=tuple(each for each in self.decisions if each.month <= month))

    def without(self, decision: Decision) -> Sat:
        """Return the same where one decision, and what was decided in months after it, is taken back."""
        return replace(self, decisions=withdrawing(self.decisions, decision.file)).at(decision.month)

    @property
    def decided_view(self) -> View:
        """Return the town as other pages show it: lived with what was decided."""
        return replace(self.view, month=None, orders=decisions_text(self.decisions))


def desk_towns() -> dict[str, offered.Offer]:
    """Return the towns with desks: those whose rulebooks go by a name, so that a session's file can say them."""
    named = offered.books()
    return {
        name: each
        for name, each in offered.towns().items()
        if all(book.partition("@")[0] in named for book in each.rulebooks)
    }


def desk_named(asked: Asked) -> Desk:
    """Return the desk of an address.  Errors   UnknownError for one that there is not, or that nobody can sit at yet."""
    name = asked.names["desk"]
    if name not in DESKS:
        fault = refuse("desk", f"'{name[:40]}'", " or ".join(DESKS), did_you_mean(name[:40], DESKS))
        raise UnknownError("The address", fault.faults)
    return DESKS[DESKS.index(name)]


def sat(asked: Asked, *, at_end: bool = False) -> Sat:
    """Return where somebody sits.

    at_end   whether the month may be the one after the last, in which no desk has anything to decide

    Errors   UsageError with the key that is wrong; what is decided of a month that is not there yet is refused
    """
    desk = desk_named(asked) if "desk" in asked.names else "court"
    found = {key: value for key, value in asked.found.items() if key not in ("m", "colour")}
    view = view_of(found, tuple(desk_towns()), None if "town" in found else USUAL[desk])
    decisions = read_decisions(view.orders)
    check_months(decisions, view.months)
    latest = view.months if at_end else view.months - 1
    usual = max(min(BEGIN, latest // 2), decisions[-1].month if decisions else 0)
    month = whole(asked.found, "m", usual, 0, latest)
    if decisions and decisions[-1].month > month:
        what = f"a decision of month {decisions[-1].month} at month {month}"
        raise refuse("o", what, "decisions of this month and of those before it", "None reaches ahead: leave it out.")
    return Sat(replace(view, orders=""), desk, month, decisions)


async def seated(site: Site, asked: Asked, where: Sat) -> Seat:
    """Return what lies on the desks.

    Errors   NotYet while the town is being lived; UsageError where it cannot be, with the texts where those of the address are others
    """
    base = replace(where.view, texts=None, month=None)
    before = tuple(each for each in where.decisions if each.month < where.month)
    try:
        seat = await _made(site, asked, base, before, where.month)
        unknown = [each for each in where.now if seat.lying[each.desk].numbered(each.number) is None]
        seat = await _made(site, asked, base, (*before, *unknown), where.month) if unknown else seat
        for each in where.now:
            order_of_file(seat.lying, each)
    except UsageError as problem:
        here = None if where.view.texts is None else (await _made(site, asked, base, (), 0)).texts
        if here == where.view.texts:
            raise
        expected = f"an address made with the texts that lie here, {here}"
        way_out = "Open it where it was made, or ask for the session's file."
        raise UsageError(
            "The address", [*problem.faults, Fault("h", None, str(where.view.texts), expected, way_out)]
        ) from None
    return seat


async def _made(site: Site, asked: Asked, view: View, decisions: tuple[Decision, ...], month: int) -> Seat:
    found: Seat = await site.made(
        asked, ("seat", view, decisions, month), lambda tell: site.seats.seat(view, decisions, month, tell)
    )
    return found
