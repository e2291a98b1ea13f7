"""Short words for the cells of a table: points, fine, term, evidence.  Whole sentences are in `words.py`."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from glasstown.answers.words import counted, plain, span
from glasstown.language.days import covers
from glasstown.language.model import MoneyRange, PointsDated, PointsRange, PointsRate
from glasstown.types import UNKNOWN

if TYPE_CHECKING:
    from glasstown.language.model import Cite, Clause, DatedPoints, Span

NONE = "–"
"""what a cell holds where there is nothing to say"""


def signed(value: Decimal | str) -> str:
    """Return `−20`, `+3`, `0` or `unknown`; the sign is always there, so that a deduction cannot be overlooked."""
    if isinstance(value, str):
        return UNKNOWN
    text = plain(abs(value))
    return text if value == 0 else f"{'−' if value < 0 else '+'}{text}"


def points(clause: Clause, day: date | None = None) -> str:
    """Return a clause's points; of values by date the one of that day, or all of them where no day is named."""
    value = clause.points
    if value is None:
        return NONE
    if isinstance(value, PointsRange):
        return f"{signed(value.least)} to {signed(value.most)}"
    if isinstance(value, PointsRate):
        return f"{signed(value.each)} per {value.of if value.per == 1 else counted(value.per, value.of)}"
    if isinstance(value, PointsDated):
        return _dated(value, day)
    return signed(value)


def _dated(value: PointsDated, day: date | None) -> str:
    """Return the values in force on the day, each with its days where there are several."""
    if day is None:
        return "; ".join(f"{signed(entry.value)}{_days(entry)}" for entry in value.dated)
    held = [entry for entry in value.dated if covers(entry, day)]
    return "; ".join(signed(entry.value) for entry in held) or NONE


def _days(entry: DatedPoints) -> str:
    first = f" from {entry.from_.isoformat()}" if entry.from_ else ""
    return first + (f" until {entry.until.isoformat()}" if entry.until else "")


def fine(clause: Clause) -> str:
    """Return a fine in yuan."""
    amount = clause.fine
    if amount is None:
        return NONE
    if isinstance(amount, MoneyRange):
        return f"{amount.least} to {amount.most} yuan"
    return f"{amount} yuan" if isinstance(amount, int) else UNKNOWN


def length(term: Span | str | None) -> str:
    """Return a length of time, or the word that stands for it."""
    if term is None:
        return NONE
    return term if isinstance(term, str) else span(term)


def lapse(clause: Clause) -> str:
    """Return after how long the points return."""
    return NONE if clause.lapse is None else length(clause.lapse.after)


def consequence(clause: Clause) -> str:
    """Return the list that a clause enters and the grade that it sets."""
    said = [f"list {clause.enters.list}"] if clause.enters is not None else []
    if clause.override is not None:
        said.append(f"grade {clause.override.grade}")
    return ", ".join(said) or NONE


def evidence(cite: Cite) -> str:
    """Return how well a statement is documented, and how its source was read when it was not its own text."""
    return cite.evidence if cite.seen == "direct" else f"{cite.evidence}, {cite.seen}"
