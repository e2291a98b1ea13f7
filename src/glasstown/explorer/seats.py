"""Towns with somebody at a desk: lived in memory up to the month that an address names, with what it says was decided.

Nothing is kept about whoever asks.  A town that was lived of late is kept, so that the next month costs a month; any other is lived
again from its address.  Used from the thread of the jobs alone.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Final

from glasstown.desks.docket import DESKS, Lying, opened, order_for
from glasstown.desks.reckoning import Reckoned, reckoned
from glasstown.errors import Fault, UsageError
from glasstown.explorer.asked import View
from glasstown.explorer.decisions import Decision, read_decisions
from glasstown.explorer.requested import hash_of, kind_told, parts_of, request_for
from glasstown.language.acts import ActCatalogue
from glasstown.language.model import Rulebook
from glasstown.language.orders import Desk, Order
from glasstown.runs.living import Living
from glasstown.runs.memory import plan_in_memory
from glasstown.runs.ordered import canonical
from glasstown.runs.request import RunRequest
from glasstown.storage.identity import town_of
from glasstown.storage.manifest import Manifest
from glasstown.types import EntityKind, Progress
from glasstown.wording import counted

ON_A_DESK: Final = 8
"""files that are laid before somebody at a desk each month; the others are decided as usual"""
MOST_LIVING: Final = 32
MOST_PEOPLE: Final = 640_000
"""towns that are kept alive, and people in all of them; one beyond that is lived again when it is asked for"""


@dataclass(frozen=True, slots=True)
class Tally:
    """A month that is over at a desk: how many files lay there, and about how many of them somebody decided."""

    month: int
    desk: Desk
    files: int
    decided: int


@dataclass(frozen=True, slots=True)
class Seat:
    """What lies on the desks of a town at the eve of a month.

    month    its number from 0, which is how many months have been lived; day is its first
    lying    what lies on each desk, with the files that are laid before somebody and those decided about
    tallies  of months that are over: those in which something was decided, and the last one
    digest   of the months that were lived
    books    the rulebooks of the town by name, and acts its catalogue: what files cite
    """

    month: int
    day: date
    lying: Mapping[Desk, Lying]
    tallies: tuple[Tally, ...]
    digest: str
    manifest: Manifest
    books: Mapping[str, Rulebook]
    acts: ActCatalogue

    @property
    def parts(self) -> dict[str, str]:
        """Return the hash of each text that the town rests on."""
        return parts_of(self.manifest)

    @property
    def texts(self) -> str:
        """Return the hash of all texts, as an address has it."""
        return hash_of(self.parts)


class Sitting:
    """A town in memory with what was decided in the months that it has lived."""

    def __init__(self, view: View) -> None:
        """Take a town before its first month.  Errors   GlasstownError where its request is wrong."""
        self.view = view
        self.request = request_for(view)
        self.living = Living(plan_in_memory(self.request))
        self.decided: tuple[Decision, ...] = ()
        self._tallies: list[Tally] = []
        self._lying: tuple[int, dict[Desk, Lying]] | None = None

    @property
    def month(self) -> int:
        """Return how many months have been lived."""
        return self.living.month

    def leads_to(self, view: View, decisions: Sequence[Decision], month: int) -> bool:
        """Return whether this town becomes the one that is asked for, or is it."""
        before = tuple(each for each in decisions if each.month < self.month)
        return self.view == view and self.month <= month and self.decided == before

    def live_to(self, month: int, decisions: Sequence[Decision], tell: Progress) -> None:
        """Live up to a month, with what was decided on the way.  Errors   UsageError for a decision that no file answers to."""
        for each in range(self.month, month):
            mine = tuple(one for one in decisions if one.month == each)
            if mine or each == month - 1:
                self._decide(mine)
            self.living.step()
            self.decided += mine
            tell(each + 1, month)

    def _decide(self, mine: Sequence[Decision]) -> None:
        """Give the orders of the month that is next, and count what is left to the office."""
        lying = self.lying(mine)
        self.living.order(*(order_of_file(lying, each) for each in mine))
        for desk in DESKS:
            n = sum(each.desk == desk for each in mine)
            self._tallies.append(Tally(self.month, desk, lying[desk].n, n))

    def lying(self, decisions: Sequence[Decision] = ()) -> dict[Desk, Lying]:
        """Return what lies on the desks now, with the files that are laid before somebody and those decided about."""
        wanted = {desk: [each.number for each in decisions if each.desk == desk] for desk in DESKS}
        if self._lying is not None and self._lying[0] == self.month:
            known = self._lying[1]
            if all(known[desk].numbered(number) for desk in DESKS for number in wanted[desk]):
                return known
        found = opened(self.living, ON_A_DESK, wanted)
        self._lying = self.month, found
        return found

    def seat(self, decisions: Sequence[Decision]) -> Seat:
        """Return what lies on the desks; `decisions` are those of the month."""
        living = self.living
        told = [each for each in self._tallies if each.decided or each.month == self.month - 1]
        plan = living.plan
        return Seat(
            month=living.month,
            day=living.day,
            lying=self.lying(decisions),
            tallies=tuple(told),
            digest=living.digest(),
            manifest=plan.manifest,
            books=plan.books,
            acts=plan.inputs.acts,
        )

    def close(self) -> None:
        """Let the memory go."""
        self.living.close()


def order_of_file(lying: Mapping[Desk, Lying], decision: Decision) -> Order:
    """Return the order that a decision is.  Errors   UsageError where there is no such file, or the desk may not do it."""
    case = lying[decision.desk].numbered(decision.number)
    if case is None:
        subject = f"file {decision.number} of the {decision.desk}'s desk in month {decision.month}"
        expected = f"one of the {counted(lying[decision.desk].n, 'file')} that lie there"
        raise UsageError("The decision", [Fault(subject, None, "no such file", expected, "Leave it out.")])
    return order_for(case, decision.do, decision.because)


class Seats:
    """The towns in which somebody sat at a desk of late."""

    def __init__(self) -> None:
        self._kept: OrderedDict[int, Sitting] = OrderedDict()
        self._next = 0

    def seat(self, view: View, decisions: Sequence[Decision], month: int, tell: Progress) -> Seat:
        """Return what lies on the desks of a town at the eve of a month.

        Errors   GlasstownError where the town cannot be lived so: its request, a decision about no file
        """
        sitting = self._sitting(view, decisions, month)
        try:
            sitting.live_to(month, decisions, tell)
            seat = sitting.seat([each for each in decisions if each.month == month])
        except BaseException:
            sitting.close()
            raise
        self._keep(sitting)
        return seat

    def _sitting(self, view: View, decisions: Sequence[Decision], month: int) -> Sitting:
        """Return the town that has lived furthest towards what is asked, taken out of those that are kept; else a new one."""
        leading = [(each.month, number) for number, each in self._kept.items() if each.leads_to(view, decisions, month)]
        return self._kept.pop(max(leading)[1]) if leading else Sitting(view)

    def _keep(self, sitting: Sitting) -> None:
        self._next += 1
        self._kept[self._next] = sitting
        while len(self._kept) > MOST_LIVING or (len(self._kept) > 1 and self._people() > MOST_PEOPLE):
            self._kept.popitem(last=False)[1].close()

    def _people(self) -> int:
        return sum(each.view.people for each in self._kept.values())

    def close(self) -> None:
        """Let all towns go."""
        while self._kept:
            self._kept.popitem()[1].close()


@lru_cache(maxsize=64)
def request_with_orders(view: View) -> RunRequest:
    """Return the request of a view with what its address says was decided, as orders.

    Errors   GlasstownError where the town cannot be lived so
    """
    decisions = read_decisions(view.orders)
    if not decisions:
        return request_for(view)
    sitting = Sitting(replace(view, orders=""))
    try:
        check_months(decisions, view.months)
        sitting.live_to(decisions[-1].month + 1, decisions, lambda done, of: None)
        orders = canonical(sitting.living.orders)
        return replace(sitting.request, orders=orders, orders_of=town_of(sitting.living.plan.manifest))
    finally:
        sitting.close()


def check_months(decisions: Sequence[Decision], months: int) -> None:
    """Raise UsageError for a decision of a month that the town never lives."""
    late = [each for each in decisions if each.month >= months]
    if late:
        expected = f"one of the {counted(months, 'month')} of the town, from 0"
        fault = Fault(
            "o", None, f"a decision of month {late[0].month}", expected, "Ask for more months, or leave it out."
        )
        raise UsageError("The address", [fault])


@dataclass(frozen=True, slots=True)
class Told:
    """What came of it, whose lives are told of the town, and the hash of each text that it rests on."""

    found: Reckoned
    kind: EntityKind
    parts: Mapping[str, str]


def reckoning(view: View, until: int, tell: Progress) -> Told:
    """Return a view's town beside its twin without what desks decided, after so many months."""
    living = Living(plan_in_memory(request_with_orders(view)))
    return Told(reckoned(living, until, tell), kind_told(living.plan), parts_of(living.plan.manifest))
