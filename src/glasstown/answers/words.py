"""A rulebook's parts in words: what each clause, list and measure does, and where that is written.

What the record does not tell is said to be unknown; no sentence here turns it into zero or into "none".
Numbers are written as the rulebook writes them, without a trailing zero.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from glasstown.rulebook.model import PointsDated, PointsRange
from glasstown.types import UNKNOWN

if TYPE_CHECKING:
    from glasstown.rulebook.model import (
        Cap,
        Clause,
        Grade,
        ListRule,
        Measure,
        Override,
        PointsRate,
        Procedure,
        Rulebook,
        Score,
        Span,
        Subject,
    )

DIRECTION_WORDS = {"deduct": "takes", "reward": "gives"}
OVERRIDE_WORDS = {
    "no_better": "the grade is no better than {grade}",
    "exactly": "the grade is {grade}, whatever the score",
    "no_worse": "the grade is no worse than {grade}",
}
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
    """Return a number as text, exact, without exponent and without trailing zeros."""
    text = format(Decimal(number), "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def counted(number: Decimal | int, unit: str) -> str:
    """Return `1 point`, `2 points`, `0.5 points`: the number's size with its unit, sign dropped."""
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


def points(clause: Clause, unit: str) -> str:
    """Return what a clause does to the score."""
    value = clause.points
    if value is None:
        return "moves no number" if clause.effect is None else f"moves no number: {clause.effect}"
    if isinstance(value, str):
        return f"{DIRECTION_WORDS[clause.direction]} {unit}s; how many is unknown"
    if isinstance(value, Decimal):
        return _moved(value, unit)
    if isinstance(value, PointsRange):
        return _ranged(value, unit, clause.direction)
    return _dated(value, unit) if isinstance(value, PointsDated) else _rated(value, unit)


def _dated(value: PointsDated, unit: str) -> str:
    """Return points that changed over time, one stretch of days after another."""
    told = []
    for entry in value.dated:
        since = f" from {entry.from_}" if entry.from_ else ""
        until = f" before {entry.until}" if entry.until else ""
        what = f"moves {unit}s; how many is unknown" if isinstance(entry.value, str) else _moved(entry.value, unit)
        told.append(f"{what}{since}{until}")
    return ", then ".join(told)


def _ranged(value: PointsRange, unit: str, direction: str) -> str:
    if isinstance(value.least, str) or isinstance(value.most, str):
        known = value.most if isinstance(value.least, str) else value.least
        assert isinstance(known, Decimal)
        is_near = (known == value.most) == (direction == "deduct")
        verb = "takes" if direction == "deduct" else "gives"
        return f"{verb} {'at least' if is_near else 'up to'} {counted(known, unit)}; the other end is unknown"
    least, most = sorted((abs(value.least), abs(value.most)))
    verb = "takes" if value.least < 0 or value.most < 0 else "gives"
    return f"{verb} between {plain(least)} and {plain(most)} {unit}s, as the official chooses"


def _rated(value: PointsRate, unit: str) -> str:
    rest = "what is left over is carried on" if value.remainder == "carry" else "what is left over does not count"
    portion = value.of if value.per == 1 else counted(value.per, value.of)
    return f"{_moved(value.each, unit)} for every full {portion}; {rest}"


def _moved(value: Decimal, unit: str) -> str:
    if value == 0:
        return f"moves the score by 0 {unit}s"
    return f"{'takes' if value < 0 else 'gives'} {counted(value, unit)}"


def clause_effects(clause: Clause, book: Rulebook) -> tuple[str, ...]:
    """Return all that a clause does, one statement each, points first."""
    unit = book.score.unit
    said = [points(clause, unit)]
    if clause.effect is not None and clause.points is not None:
        said.append(clause.effect)
    if clause.if_unknown is not None:
        low, high = (
            end if isinstance(end, str) else plain(end) for end in (clause.if_unknown.least, clause.if_unknown.most)
        )
        said.append(f"a run with --unknown takes {low} or {high} {unit}s in place of the unknown number")
    said += _limits(clause, book)
    if clause.override is not None:
        said.append(_override(clause.override))
    if clause.enters is not None:
        said.append(f"puts the subject on the list '{clause.enters.list}'")
    if clause.exception_to is not None:
        said.append(f"takes the place of the more general clause {clause.exception_to}")
    ladder = next((each for each in book.ladders if clause.id in each.steps), None)
    if ladder is not None:
        step = ladder.steps.index(clause.id) + 1
        said.append(f"step {step} of {len(ladder.steps)} when it is recorded again within {span(ladder.window)}")
    return tuple(said)


def _limits(clause: Clause, book: Rulebook) -> list[str]:
    """Return fine, caps, delay, lapse, repetition and condition of a clause."""
    unit = book.score.unit
    said: list[str] = []
    if clause.fine is not None:
        said.append(_fine(clause))
    said += [cap(limit, unit) for limit in clause.caps]
    if clause.group is not None:
        said.append(f"shares the caps of the group '{clause.group}'")
    if clause.starts_after is not None:
        said.append(f"takes effect {span(clause.starts_after)} after the record")
    if clause.counts_from == "act":
        said.append("windows, caps and lapse run from the day of the act")
    if clause.lapse is not None:
        after = clause.lapse.after
        said.append("lapses; after how long is unknown" if isinstance(after, str) else f"lapses after {span(after)}")
    if clause.repeats is not None:
        said.append("comes again every month while the state lasts")
    if clause.requires is not None:
        said.append(f"only if nothing was deducted in the {span(clause.requires.clean)} before")
    if clause.applies_to.kind == "firm":
        said.append("applies to firms")
    if clause.applies_to.role is not None:
        said.append(f"applies only to those with the role '{clause.applies_to.role}'")
    return said


def _fine(clause: Clause) -> str:
    fine = clause.fine
    if isinstance(fine, str):
        return "carries a fine; how much is unknown"
    if isinstance(fine, int):
        return f"carries a fine of {fine} yuan"
    if fine is None:
        return "carries no fine that the record names"
    return f"carries a fine of between {fine.least} and {fine.most} yuan, as the official chooses"


def _override(override: Override) -> str:
    words = OVERRIDE_WORDS[override.holds].format(grade=override.grade)
    until = override.until
    term = "for how long is unknown" if isinstance(until, str) else f"for {span(until)}"
    when = ", once it is applied for" if override.on_application else ""
    return f"{words}, {term}{when}"


def figure(value: Decimal | str, unit: str) -> str:
    """Return a number of points, or that it is unknown."""
    return UNKNOWN if isinstance(value, str) else f"{plain(value)} {unit}{'' if abs(value) == 1 else 's'}"


def base(rule: Score) -> tuple[str, ...]:
    """Return where the score starts, its step, what lies beyond its bounds, and the caps over everything."""
    said = [figure(rule.base.value, rule.unit), f"smallest step: {counted(rule.quantum, rule.unit)}"]
    if rule.beyond_bounds == "latent":
        said.append("what lies beyond a bound is kept out of sight and still counts")
    return (*said, *(f"all clauses together: {cap(limit, rule.unit)}" for limit in rule.caps))


def subject(rule: Subject) -> tuple[str, ...]:
    """Return who among its kind is scored."""
    said = [f"aged {rule.min_age} or more"] if rule.min_age is not None else []
    return (*said, *([f"only those with the role '{rule.role}'"] if rule.role is not None else []))


def procedure(rule: Procedure) -> tuple[str, ...]:
    """Return to whom a procedure is open and what it does to the score."""
    said = [f"open only on the list '{rule.needs_list}'"] if rule.needs_list is not None else []
    reset = "the score returns to its base and earlier records stop counting"
    return (*said, *([reset] if rule.resets_score else []))


def grade(rule: Grade, unit: str) -> str:
    """Return the scores that a grade covers."""
    low, high = rule.from_, rule.below
    if low == UNKNOWN and high == UNKNOWN:
        return "which scores it covers is unknown"
    parts: list[str] = []
    if isinstance(low, Decimal):
        parts.append(f"from {plain(low)} {unit}s")
    elif low == UNKNOWN:
        parts.append("lower end unknown")
    if isinstance(high, Decimal):
        parts.append(f"below {plain(high)} {unit}s")
    elif high == UNKNOWN:
        parts.append("upper end unknown")
    return ", ".join(parts) or "every score"


def list_rule(rule: ListRule, book: Rulebook) -> tuple[str, ...]:
    """Return how one comes on a list and how one leaves it."""
    entry, leaves = rule.entry, rule.leaves
    said = [f"{rule.colour} list"]
    if entry.score_at_most is not None:
        said.append(f"entered when the score falls to {plain(entry.score_at_most)} or lower")
    if entry.score_at_least is not None:
        said.append(f"entered when the score reaches {plain(entry.score_at_least)} or more")
    if entry.grades:
        said.append(f"entered in grade {' or '.join(entry.grades)}")
    if entry.household_average_above is not None:
        said.append(f"entered when the household's mean score lies above {plain(entry.household_average_above)}")
    if entry.assessed:
        said.append(f"assessed on {', '.join(entry.assessed)}")
    by_clause = [clause.id for clause in book.clauses if clause.enters and clause.enters.list == rule.id]
    if by_clause:
        said.append(f"entered by {', '.join(by_clause)}")
    if len(said) == 1:
        said.append("how one comes on it is not in the record")
    exits = ["when the condition of entry ends"] if leaves.when_condition_ends else []
    if isinstance(leaves.after, str):
        exits.append("after a term of unknown length")
    elif leaves.after is not None:
        exits.append(f"after {span(leaves.after)}")
    exits += [f"by {procedure}" for procedure in leaves.on]
    said.append(f"left {', or '.join(exits)}" if exits else "how one leaves it is not in the record")
    return tuple(said)


def measure(rule: Measure) -> tuple[str, ...]:
    """Return what a measure is and what puts it in force."""
    kind = {"restrict": "burden", "reward": "advantage", "note": "remark on measures"}[rule.kind]
    if isinstance(rule.when, str):
        return (kind, "what puts it in force is unknown")
    said = [kind]
    if rule.when.grades:
        said.append(f"in grade {' or '.join(rule.when.grades)}")
    if rule.when.lists:
        said.append(f"on the list {' or '.join(rule.when.lists)}")
    if rule.when.clauses:
        said.append(f"comes with {', '.join(rule.when.clauses)}")
    if rule.gate is not None:
        said.append(f"gate: {rule.gate}")
    return tuple(said)
