"""A rulebook's parts in words: what each clause, list and measure does, and where that is written.

What the record does not tell is said to be unknown; no sentence here turns it into zero or into "none".
Numbers are written as the rulebook writes them, without a trailing zero.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from glasstown.types import UNKNOWN

if TYPE_CHECKING:
    from glasstown.language.model import BasePart, Cap, Grade, Period, Procedure, Score, Span, Subject

READ_WORDS = {
    "read": "read",
    "unread": "its own text was not read; what else it says is unknown",
    "reported absent": "reported to be absent",
    "silent": "read in full; it says nothing of this",
}
NO_ENTRY_WORDS = {
    "read": "None: this section was read.",
    "unread": "Unknown: this section was not read.",
    "reported absent": "None: this section is reported to be absent.",
    "silent": "None: the text was read in full and says nothing of this.",
}
TAKES_PART_WORDS = {
    "compulsory": "taking part is compulsory",
    "voluntary": "taking part is voluntary",
    "compulsory in practice": "taking part is compulsory in practice",
    "with the licence": "taking part comes with the licence",
}


def plain(number: Decimal | int) -> str:
    """Return a number as text, exact, without exponent and without trailing zeros.

    >>> plain(Decimal("-0.50")), plain(Decimal("1E+3"))
    ('-0.5', '1000')
    """
    text = format(Decimal(number), "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def counted(number: Decimal | int, unit: str) -> str:
    """Return `1 point`, `2 points`, `0.5 points`: the number's size with its unit, sign dropped.

    >>> counted(-1, "point"), counted(Decimal("0.5"), "point")
    ('1 point', '0.5 points')
    """
    size = abs(Decimal(number))
    return f"{plain(size)} {unit}" if size == 1 else f"{plain(size)} {unit}s"


def span(length: Span) -> str:
    """Return a length of time in words."""
    for name in ("days", "working_days", "months", "years"):
        value = getattr(length, name)
        if value is not None:
            return counted(value, name[:-1].replace("_", " "))
    return "no time"


def period(per: Span | str) -> str:
    """Return the period of a cap: `in a calendar month`, `in any 30 days`, `in a whole life`."""
    if not isinstance(per, str):
        return f"in any {span(per)}"
    return "in all" if per == "life" else f"in a calendar {per}"


def cap(limit: Cap, unit: str) -> str:
    """Return a cap in words."""
    what = {"any": "", "rewards": " as a reward", "deductions": " as a deduction"}[limit.of]
    limits: list[str] = []
    if limit.times is not None:
        limits.append("once" if limit.times == 1 else f"{limit.times} times")
    if limit.points is not None:
        limits.append(counted(limit.points, unit))
    return f"counts at most {' and '.join(limits)} {period(limit.per)}{what}"


def figure(value: Decimal | str, unit: str) -> str:
    """Return a number of points, or that it is unknown."""
    return UNKNOWN if isinstance(value, str) else f"{plain(value)} {unit}{'' if abs(value) == 1 else 's'}"


def subject(rule: Subject) -> tuple[str, ...]:
    """Return who among its kind is scored."""
    said = [f"aged {rule.min_age} or more"] if rule.min_age is not None else []
    return (*said, *([f"only those with the role '{rule.role}'"] if rule.role is not None else []))


def procedure(rule: Procedure) -> tuple[str, ...]:
    """Return to whom a procedure is open and what it does to the score."""
    said = [f"open only on the list '{rule.needs_list}'"] if rule.needs_list is not None else []
    reset = "the score returns to its base and earlier records stop counting"
    return (*said, *([reset] if rule.resets_score else []))


def days_of(rule: Period) -> str:
    """Return the days on which something is in force, such as `from 2020-01-01, before 2021-01-01`."""
    since = f"from {rule.from_}" if rule.from_ else ""
    until = f"before {rule.until}" if rule.until else ""
    return ", ".join(part for part in (since, until) if part) or "always"


def lasting(length: Span | str | None) -> str:
    """Return a length of time that may be unknown."""
    if length is None:
        return "no time that the record names"
    return "an unknown time" if isinstance(length, str) else span(length)


def base(rule: Score) -> tuple[str, ...]:
    """Return where the score starts, its step, what lies beyond its bounds, its cycle, and the caps over everything."""
    said = [figure(rule.base.value, rule.unit), f"smallest step: {counted(rule.quantum, rule.unit)}"]
    if not rule.kept:
        said = ["no number is kept: lists and grades alone"]
    if rule.beyond_bounds == "latent":
        said.append("what lies beyond a bound is kept out of sight and still counts")
    if rule.cycle is not None:
        note = f" ({rule.cycle.note})" if rule.cycle.note else ""
        said.append(
            f"a new rating cycle begins on {' and '.join(rule.cycle.starts)}: the score returns to the base{note}"
        )
    if rule.black_box is not None:
        inputs = f", made from {', '.join(rule.black_box.inputs)}" if rule.black_box.inputs else ""
        said.append(f"the score comes from a function that is not published, {rule.black_box.label}{inputs}")
    return (*said, *(f"all clauses together: {cap(limit, rule.unit)}" for limit in rule.caps))


def part(rule: BasePart, unit: str) -> tuple[str, ...]:
    """Return how much of the base is in a part, and the part's own bounds."""
    said = [counted(rule.value, unit)]
    said += [f"no less than {plain(rule.lowest)}"] if rule.lowest is not None else []
    return (*said, *([f"no more than {plain(rule.highest)}"] if rule.highest is not None else []))


def grade(rule: Grade, unit: str) -> tuple[str, ...]:
    """Return the scores that a grade covers, or the share of the town that it is for."""
    said = [_covers(rule, unit)]
    if rule.of == "household":
        said.append("grades the household's mean score")
    if rule.quota is not None:
        quota = rule.quota
        share = "an unknown share" if isinstance(quota.share, str) else f"{plain(100 * quota.share)} per cent"
        among = f" with {plain(quota.among_from)} {unit}s or more" if quota.among_from is not None else ""
        said.append(f"for {share} of those{among}, by the closing scores of {' and '.join(quota.assessed)}")
        said.append(f"all who tie at the edge are {quota.ties}")
    return tuple(said)


def _covers(rule: Grade, unit: str) -> str:
    low, high = rule.from_, rule.below
    if low == UNKNOWN and high == UNKNOWN:
        return "which scores it covers is unknown"
    parts: list[str] = []
    if isinstance(low, Decimal):
        parts.append(f"from {plain(low)} {unit}s")
    elif low == UNKNOWN:
        parts.append("lower end unknown")
    elif low == "quota":
        parts.append("from the cut-off that is published")
    if isinstance(high, Decimal):
        parts.append(f"below {plain(high)} {unit}s")
    elif high == UNKNOWN:
        parts.append("upper end unknown")
    return ", ".join(parts) or "every score"
