"""One life: what is put in, the account that comes out, and each line of it as plain values.

Both readings give back these values, so that they can be laid side by side, line by line.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Final, Literal, NamedTuple, TypeAlias

from glasstown.exact import EXACT
from glasstown.types import ClauseId, GradeId, ListId, MeasureId, Quanta


def in_points(quanta: Quanta, quantum: Decimal) -> str:
    """Return quanta as an exact decimal string in points: '965', '2.5'."""
    number = EXACT.multiply(quanta, quantum).normalize(EXACT)
    return format(number if number else Decimal(0), "f")


ProcedureName: TypeAlias = Literal[
    "correct", "pass-test", "repair", "apply", "perform", "consent", "spend", "object", "decide", "end"
]  # fmt: skip
Phase: TypeAlias = Literal[
    "cycle", "cut-off", "publication", "assessment", "lapse", "override-end", "list-end", "lock-end", "repeat", "state-end",
    "correction", "procedure", "consent", "spend", "objection", "decision", "listing", "deadline", "record",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Record:
    """What an authority writes down.  Exactly one of `clause` and `act` is given.

    `order` alone decides between records of one day and clause; in a case it is the place in the file.
    """

    id: str
    order: int
    act_day: date
    record_day: date
    clause: ClauseId | None = None
    act: str | None = None
    amount: Decimal | None = None
    points: Decimal | None = None
    """The official's choice where the clause gives a range, sign included."""
    fine: int | None = None
    """The official's choice where the fine is a range, yuan."""
    until: date | None = None
    """First day on which the recorded state no longer lasts."""
    proof: Mapping[str, int] | None = None
    """How many of each kind of proof there are; None where the record says nothing, and its proof is in order."""
    unless: tuple[str, ...] = ()
    """Circumstances that keep a clause from applying, by id."""
    grace: int | None = None
    """Months between the decision to list and the listing."""
    extension: int | None = None
    """Months added to the term on the list."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What is neither clause nor act: a correction of the record `of`, or a procedure that the rulebook has.

    `given` belongs to `consent`, `granted` to `decide`, `amount` (in points) to `spend`.
    """

    id: str
    order: int
    day: date
    procedure: ProcedureName
    of: str | None = None
    given: bool | None = None
    granted: bool | None = None
    amount: Decimal | None = None


class CutOff(NamedTuple):
    """The lowest score, in points, that reaches a quota grade; None where nobody reaches it."""

    day: date
    """the assessed day; the cut-off is in force from the next one"""
    grade: GradeId
    score: Decimal | None


BEFORE: Final = "before"
"""id of what stood on a list before a life began; the lines that end it name it in the place of a record"""


class Listed(NamedTuple):
    """An entry on a list from before the life begins, under a clause; `order` as of a record."""

    clause: ClauseId
    since: date
    order: int = 0


@dataclass(frozen=True, slots=True)
class Given:
    """Values that come from other people's lives, and from before this one.

    `household_score` is the mean closing score of the household's scored members, the subject included: one number for
    every assessed day, or one for each assessed day.  `cutoffs` are the published cut-offs of quota grades.  `listed` is what
    holds the subject on lists on the first morning.
    """

    household_score: Mapping[date, Decimal] | Decimal | None = None
    cutoffs: tuple[CutOff, ...] = ()
    listed: tuple[Listed, ...] = ()


@dataclass(frozen=True, slots=True)
class Life:
    """One hypothetical life from the morning of `start` to the evening of `until`."""

    start: date
    until: date
    records: tuple[Record, ...] = ()
    decisions: tuple[Decision, ...] = ()
    given: Given = Given()


@dataclass(frozen=True, slots=True)
class Line:
    """One entry of the ledger, with the state after it.

    `record` is the event that the entry is about: the record itself, the record that lapses, repeats or is corrected,
    or the decision where no record is concerned.  `cap` is the last cap that cut or dropped the points.  `measures`
    holds what is in force, and on a record's own line also what comes with the clause without lasting; `published` the
    items of publicity likewise.  `parts`, `balance` and `consent` are empty or None where the rulebook has no such thing.
    Where grades are published once a year, `grade` is the published one and `running` that of the day; else `running` is None.
    """

    day: date
    phase: Phase
    clause: ClauseId | None
    record: str | None
    before: Quanta
    after: Quanta
    grade: GradeId | None
    lists: tuple[ListId, ...]
    measures: tuple[MeasureId, ...]
    cap: str | None = None
    list_id: ListId | None = None
    fine: int | None = None
    unknown: bool = False
    why: str = ""
    source: str | None = None
    parts: Mapping[str, Quanta] = field(default_factory=dict)
    balance: Quanta | None = None
    published: tuple[str, ...] = ()
    consent: bool | None = None
    running: GradeId | None = None


@dataclass(frozen=True, slots=True)
class Account:
    """A whole life as its rulebook tells it: the ledger and the closing state of the last day."""

    ledger: tuple[Line, ...]
    score: Quanta
    grade: GradeId | None
    lists: tuple[ListId, ...]
    measures: tuple[MeasureId, ...]
    fines: int
    flags: tuple[str, ...] = ()
    n_unknown: Mapping[ClauseId, int] = field(default_factory=dict)
    """How often each clause of unknown value would have been applied."""
    parts: Mapping[str, Quanta] = field(default_factory=dict)
    balance: Quanta | None = None
    published: tuple[str, ...] = ()
    consent: bool | None = None
    running: GradeId | None = None


def line_json(line: Line, quantum: Decimal) -> dict[str, Any]:
    """Return one line of the ledger; scores are exact decimal strings."""
    return {
        "date": line.day.isoformat(),
        "clause": line.clause,
        "before": in_points(line.before, quantum),
        "after": in_points(line.after, quantum),
        "grade": line.grade,
        "cap": line.cap,
        "lists": list(line.lists),
        "measures": list(line.measures),
        "why": line.why,
        "source": line.source,
        "event": line.record,
        "phase": line.phase,
        "fine": line.fine,
        "unknown": line.unknown,
    }
