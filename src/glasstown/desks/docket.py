"""A docket: the files that lie on a desk at the eve of a month, as the desk sees them, and no more.

A file is what an office is about to write: whoever did it, whatever is true of it, before anybody asks after the means.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Final, get_args

from glasstown.desks.sees import Somebody, somebody, standing
from glasstown.engine.tables.log_rows import CAME
from glasstown.errors import Fault, UsageError, did_you_mean
from glasstown.language.acts import Act
from glasstown.language.orders import Deed, Desk, Order, order_of
from glasstown.runs.eve import Written, next_month
from glasstown.runs.living import Living
from glasstown.runs.ordered import desk_of
from glasstown.runs.plan import Plan

DESKS: Final[tuple[Desk, ...]] = get_args(Desk)
OPTIONS: Final[Mapping[Deed, str]] = {
    "record": "write it down; the rulebook says what follows",
    "spare": "leave it out: nothing is written down",
    "ask-means": "ask after the means first; who could not pay is not written down as refusing",
}
"""What a desk may do about a file, and what that means."""
NOT_SAID: Final[Mapping[str, tuple[str, ...]]] = {
    "means": (
        "whether the money is there",
        "whether there is work, or it was lost",
        "whether accounts and wages were searched",
        "what other lists already close",
    ),
    "other": ("whether it was so", "whether it was this one who did it", "whether it lies on another desk too"),
}
"""What no file says, of judgments that ask for means and of all others."""


@dataclass(frozen=True, slots=True)
class Case:
    """A file on a desk.

    number   of the file among those of the desk and month, from 1
    about    whom it is about, as orders name them; `who` is what any register tells of them
    act      what is said to have been done, on which day, and how much of it; `says` is the same in words
    clause   the clause of the rulebook that answers to it, with its words
    standing where whoever it is about stood under the rulebook as the month began
    options  what the desk may do
    not_said what the file does not say
    """

    number: int
    desk: Desk
    month: int
    about: str
    who: Somebody
    under: str
    act: str
    says: str
    day: str
    amount: int
    clause: str
    clause_says: str
    standing: Mapping[str, Any]
    options: tuple[Deed, ...]
    not_said: tuple[str, ...]
    _of: str = field(repr=False)

    def as_json(self) -> dict[str, Any]:
        """Return what the desk sees, key by key as SEEN has them: nothing by which to tell who did it, or whether it is true."""
        return {
            **{name: getattr(self, name) for name in SEEN if name not in ("who", "standing", "options", "not_said")},
            "who": self.who.as_json(),
            "standing": dict(self.standing),
            "options": {each: OPTIONS[each] for each in self.options},
            "not_said": list(self.not_said),
        }


SEEN: Final = (
    "number", "desk", "month", "about", "who", "under", "act", "says", "day", "amount", "clause", "clause_says", "standing",
    "options", "not_said",
)  # fmt: skip
"""All that is ever shown of a file."""


@dataclass(frozen=True, slots=True)
class Lying:
    """What lies on a desk: how many files, and those of them that were opened, in the order of their numbers."""

    n: int
    cases: tuple[Case, ...]

    def numbered(self, number: int) -> Case | None:
        """Return an opened file by its number."""
        return next((case for case in self.cases if case.number == number), None)


@dataclass(frozen=True, slots=True)
class _Slip:
    """A file before it is opened: what an office is about to write, and the act that it says."""

    written: Written
    act: Act
    desk: Desk

    @property
    def place(self) -> tuple[Any, ...]:
        """Return where it stands among others: what is seen of it, and last of all what tells two alike apart."""
        line, kind = self.written.line, self.written.kind
        return (
            kind,
            self.written.number,
            line.act_day,
            self.written.rulebook,
            self.act.id,
            line.amount,
            f"e{line.event}",
        )


def dockets(living: Living) -> dict[Desk, tuple[Case, ...]]:
    """Return all that lies on each desk at the eve of the next month.

    Files stand in the order of what is seen of them, so that their numbers say nothing else.

    Errors   UsageError where the town has lived all its months
    """
    return {desk: found.cases for desk, found in opened(living).items()}


def opened(
    living: Living, most: int | None = None, further: Mapping[Desk, Collection[int]] | None = None
) -> dict[Desk, Lying]:
    """Return what lies on each desk at the eve of the next month, with at most so many files opened, as `chosen` has them.

    further   numbers of files that are opened beside them; one that no file has is left out
    """
    plan = living.plan
    with next_month(living, (CAME,)) as (lines, then):
        parted = _parted(plan, lines)
        taken = {
            desk: _taken(living, desk, len(slips), most, (further or {}).get(desk, ()))
            for desk, slips in parted.items()
        }
        who = {
            (desk, number): somebody(
                plan, then, parted[desk][number - 1].written.kind, parted[desk][number - 1].written.number
            )
            for desk, numbers in taken.items()
            for number in numbers
        }
    # the town stands as it stood again: where somebody stands is read from it, who it is from the month to come
    return {
        desk: Lying(len(slips), tuple(_case(living, slips[n - 1], n, who[desk, n]) for n in taken[desk]))
        for desk, slips in parted.items()
    }


def _taken(living: Living, desk: Desk, n: int, most: int | None, further: Collection[int]) -> list[int]:
    """Return the numbers of the files that are opened."""
    seed = living.plan.manifest.seed
    drawn = range(1, n + 1) if most is None else chosen_numbers(n, seed, living.month, desk, most)
    return sorted({*drawn, *(number for number in further if 1 <= number <= n)})


def numbers_of(living: Living, orders: Collection[Order]) -> dict[Order, int]:
    """Return, of orders of the next month, the numbers of the files that they are about; of those that no file answers to none."""
    with next_month(living, (CAME,)) as (lines, _):
        parted = _parted(living.plan, lines)
    known = {
        (
            desk,
            f"{slip.written.kind}/{slip.written.number}",
            slip.written.rulebook,
            f"e{slip.written.line.event}",
        ): number
        for desk, slips in parted.items()
        for number, slip in enumerate(slips, start=1)
    }
    keys = {each: (each.desk, each.about, str(each.under), each.of) for each in orders}
    return {each: known[key] for each, key in keys.items() if key in known}


def _parted(plan: Plan, lines: Sequence[Written]) -> dict[Desk, list[_Slip]]:
    """Return the files of each desk, in order."""
    found: dict[Desk, list[_Slip]] = {desk: [] for desk in DESKS}
    for written in lines:
        act: Act = plan.conduct[written.kind].acts[written.line.act]
        found[desk_of(act)].append(_Slip(written, act, desk_of(act)))
    return {desk: sorted(slips, key=lambda slip: slip.place) for desk, slips in found.items()}


def _case(living: Living, slip: _Slip, number: int, who: Somebody) -> Case:
    """Return a file, opened."""
    plan, line, written = living.plan, slip.written.line, slip.written
    clause = plan.compiled[written.rulebook].rulebook.clauses[line.clause]
    asks_means = slip.desk == "court" and slip.act.needs_means
    return Case(
        number=number,
        desk=slip.desk,
        month=living.month,
        about=f"{written.kind}/{written.number}",
        who=who,
        under=written.rulebook,
        act=slip.act.id,
        says=slip.act.label,
        day=str(plan.manifest.start.replace(day=1) + timedelta(days=line.act_day)),
        amount=line.amount,
        clause=clause.id,
        clause_says=clause.label,
        standing=standing(plan, living.town, written, is_new=who.since == living.month > 0),
        options=("record", "spare", "ask-means") if asks_means else ("record", "spare"),
        not_said=NOT_SAID["means" if asks_means else "other"],
        _of=f"e{line.event}",
    )


def chosen_numbers(n: int, seed: int, month: int, desk: Desk, most: int) -> tuple[int, ...]:
    """Return the numbers of at most so many of `n` files, in order: which hangs on the seed, the month and the desk alone."""

    def lot(number: int) -> bytes:
        return hashlib.sha256(f"{seed}/{month}/{desk}/{number}".encode()).digest()

    return tuple(sorted(sorted(range(1, n + 1), key=lot)[: max(most, 0)]))


def chosen(files: Sequence[Case], seed: int, most: int) -> tuple[Case, ...]:
    """Return at most so many of all files of a desk, in order, by the permutation of `chosen_numbers`."""
    if not files:
        return ()
    taken = set(chosen_numbers(len(files), seed, files[0].month, files[0].desk, most))
    return tuple(case for case in files if case.number in taken)


def order_for(case: Case, do: str, because: str | None = None) -> Order:
    """Return the order that decides about a file.  Errors   UsageError for what the desk may not do; it names what it may."""
    if do not in case.options:
        expected = f"one of {', '.join(case.options)}"
        fault = Fault(
            f"file {case.number} of the {case.desk}'s desk", None, f"'{do}'", expected, did_you_mean(do, case.options)
        )
        raise UsageError("The decision", [fault])
    order = {"month": case.month, "desk": case.desk, "about": case.about, "of": case._of, "do": do, "under": case.under}
    return order_of(order if because is None else {**order, "because": because})
