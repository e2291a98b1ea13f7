"""One life: what is put in, and the account that comes out.

These values are shared: the engine's replay builds lives and accounts of the same types, so that both readings of a
rulebook can be laid side by side, line by line.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal, TypeAlias

from glasstown.types import ClauseId, GradeId, ListId, MeasureId, Quanta

ProcedureName: TypeAlias = Literal["correct", "pass-test", "repair", "apply"]
Phase: TypeAlias = Literal[
    "assessment", "lapse", "override-end", "list-end", "repeat", "correction", "procedure", "record"
]


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


@dataclass(frozen=True, slots=True)
class Decision:
    """What is neither clause nor act: a correction of the record `of`, or a procedure that the rulebook names."""

    id: str
    order: int
    day: date
    procedure: ProcedureName
    of: str | None = None


@dataclass(frozen=True, slots=True)
class Given:
    """Values that come from other people's lives.

    `household_score` is the mean closing score of the household's scored members, the subject included: one number for
    every assessed day, or one for each assessed day.
    """

    household_score: Mapping[date, Decimal] | Decimal | None = None


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
    holds what is in force, and on a record's own line also what comes with the clause without lasting.
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
    """How often each clause of unknown value would have fired."""
