"""A docket: the files that lie on a desk at the eve of a month, as the desk sees them, and no more.

A file is what an office is about to write: whoever did it, whatever is true of it, before anybody asks after the means.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
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


def dockets(living: Living) -> dict[Desk, tuple[Case, ...]]:
    """Return what lies on each desk at the eve of the next month.

    Files stand in the order of what is seen of them, so that their numbers say nothing else.

    Errors   UsageError where the town has lived all its months
    """
    with next_month(living, (CAME,)) as (lines, then):
        seen = [(written, somebody(living.plan, then, written.kind, written.number)) for written in lines]
    found: dict[Desk, list[Case]] = {desk: [] for desk in DESKS}
    for written, who in seen:
        case = _case(living, written, who)
        found[case.desk].append(case)
    return {desk: tuple(_numbered(cases)) for desk, cases in found.items()}


def _case(living: Living, written: Written, who: Somebody) -> Case:
    """Return a file, without its number yet."""
    plan, line = living.plan, written.line
    act: Act = plan.conduct[written.kind].acts[line.act]
    clause = plan.compiled[written.rulebook].rulebook.clauses[line.clause]
    desk = desk_of(act)
    asks_means = desk == "court" and act.needs_means
    return Case(
        number=0,
        desk=desk,
        month=living.month,
        about=f"{written.kind}/{written.number}",
        who=who,
        under=written.rulebook,
        act=act.id,
        says=act.label,
        day=str(plan.manifest.start.replace(day=1) + timedelta(days=line.act_day)),
        amount=line.amount,
        clause=clause.id,
        clause_says=clause.label,
        standing=standing(plan, living.town, written, is_new=who.since == living.month > 0),
        options=("record", "spare", "ask-means") if asks_means else ("record", "spare"),
        not_said=NOT_SAID["means" if asks_means else "other"],
        _of=f"e{line.event}",
    )


def _numbered(cases: Iterable[Case]) -> Iterator[Case]:
    """Yield files in the order of what is seen of them, numbered from 1."""

    def place(case: Case) -> tuple[Any, ...]:
        kind, number = case.about.split("/")
        return kind, int(number), case.day, case.under, case.act, case.amount, case._of

    for number, case in enumerate(sorted(cases, key=place), start=1):
        yield replace(case, number=number)


def chosen(files: Sequence[Case], seed: int, most: int) -> tuple[Case, ...]:
    """Return at most so many files, in order: which ones hangs on the seed, the month, the desk and their numbers alone."""

    def lot(case: Case) -> bytes:
        return hashlib.sha256(f"{seed}/{case.month}/{case.desk}/{case.number}".encode()).digest()

    return tuple(sorted(sorted(files, key=lot)[: max(most, 0)], key=lambda case: case.number))


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
