"""A clause in words: what it moves, for whom and when, and what else it brings.

What the record does not tell is said to be unknown; no sentence here turns it into zero or into "none".
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING

from glasstown.language.model import PointsDated, PointsRange
from glasstown.render.case_words import named_lists
from glasstown.render.law_words import cap, days_of, span
from glasstown.wording import counted, grouped

if TYPE_CHECKING:
    from glasstown.language.model import Clause, Enters, Exclusion, Lock, Override, PointsRate, Proof, Rulebook, Span

DIRECTION_WORDS = {"deduct": "takes", "reward": "gives"}
OVERRIDE_WORDS = {
    "no_better": "the grade is no better than {grade}",
    "exactly": "the grade is {grade}, whatever the score",
    "no_worse": "the grade is no worse than {grade}",
}
TIE_WORDS = {
    "household": "a member of the same household",
    "representative": "the person who represents the firm by law",
    "firm": "a firm that one represents by law",
    "group": "a member of the same village or group",
}
UNTIL_WORDS = {
    "unknown": "for how long is unknown",
    "cycle-end": "to the end of the rating cycle",
    "state-ends": "as long as the recorded state lasts",
}


def clause_effects(clause: Clause, book: Rulebook) -> tuple[str, ...]:
    """Return all that a clause does, one statement each, points first."""
    return (
        points(clause, book.score.unit),
        *_beside_the_points(clause, book),
        *_whom(clause, book),
        *_limits(clause, book),
        *_brings(clause, book),
        *_among_clauses(clause, book),
    )


def _beside_the_points(clause: Clause, book: Rulebook) -> Iterator[str]:
    """Yield what belongs to the points: words, bounds of an unknown number, the part they move, the fine."""
    unit = book.score.unit
    if clause.effect is not None and clause.points is not None:
        yield clause.effect
    if clause.if_unknown is not None:
        ends = (clause.if_unknown.least, clause.if_unknown.most)
        low, high = (end if isinstance(end, str) else grouped(end) for end in ends)
        yield f"a run with --unknown takes {low} or {high} {unit}s in place of the unknown number"
    if clause.part is not None:
        yield f"moves the part '{clause.part}'"
    if clause.fine is not None:
        yield _fine(clause)


def _whom(clause: Clause, book: Rulebook) -> Iterator[str]:
    """Yield whom and what a clause is about, and when it is law."""
    if clause.applies_to.kind != "person":
        yield f"applies to a {clause.applies_to.kind}" if clause.applies_to.kind != "firm" else "applies to firms"
    if clause.applies_to.role is not None:
        yield f"applies only to those with the role '{clause.applies_to.role}'"
    if clause.status:
        yield "is about what somebody is, not about what somebody does, and counts from the first day"
    if clause.reached_by is not None:
        yield f"follows from a record under {clause.reached_by.clause} of {TIE_WORDS[clause.reached_by.through]}"
    if clause.amount is not None:
        top = f" and below {clause.amount.below}" if clause.amount.below is not None else ""
        yield f"for amounts from {clause.amount.from_}{top}, in units of {clause.amount.of}"
    if clause.in_force is not None:
        yield f"is law {days_of(clause.in_force)}"
    if clause.requires is not None:
        yield f"only if nothing was deducted in the {span(clause.requires.clean)} before"
    yield from (proof_words(each) for each in clause.proof)
    yield from (_exclusion(each) for each in clause.unless)


_YEARS = {"year-end": "year", "next-year-end": "year after"}


def _limits(clause: Clause, book: Rulebook) -> Iterator[str]:
    """Yield caps, delay, lapse, repetition and carry-over of a clause."""
    yield from (cap(limit, book.score.unit) for limit in clause.caps)
    if clause.group is not None:
        yield f"shares the caps of the group '{clause.group}'"
    if clause.starts_after is not None:
        yield f"takes effect {span(clause.starts_after)} after the record"
    if clause.counts_from == "act":
        yield "windows, caps and lapse run from the day of the act"
    if clause.lapse is not None:
        after = clause.lapse.after
        yield "lapses; after how long is unknown" if isinstance(after, str) else f"lapses after {span(after)}"
    for step in clause.rectified:
        by = (
            f"within {span(step.within)}"
            if step.within is not None
            else f"by the end of the {_YEARS[step.until or '']}"
        )
        share = "all" if step.returns == 1 else f"{grouped(step.returns)}"
        yield f"put right {by}, {share} of the points that stand come back"
    if clause.repeats is not None:
        yield "comes again every month while the state lasts"
    if clause.carries_over:
        yield "is taken again in the next rating cycle unless it is put right by then"


def _brings(clause: Clause, book: Rulebook) -> Iterator[str]:
    """Yield the grade, the lock and the list that a clause brings."""
    if clause.override is not None:
        yield _override(clause.override)
    if clause.lock is not None:
        yield _lock(clause.lock)
    if clause.enters is not None:
        yield from _enters(clause.enters, book)


def _among_clauses(clause: Clause, book: Rulebook) -> Iterator[str]:
    """Yield a clause's place among others: the more general one, its ladder, the campaigns that multiply it."""
    if clause.exception_to is not None:
        yield f"takes the place of the more general clause {clause.exception_to}"
    ladder = next((each for each in book.ladders if clause.id in each.steps), None)
    if ladder is not None:
        step = ladder.steps.index(clause.id) + 1
        yield f"step {step} of {len(ladder.steps)} when it is recorded again within {span(ladder.window)}"
    for campaign in book.campaigns:
        if clause.id in campaign.clauses or clause.group in campaign.groups:
            yield f"counts {counted(campaign.times, 'time')} in the campaign '{campaign.id}', {days_of(campaign.in_force)}"


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
        return f"{verb} {'at least' if is_near else 'up to'} {counted(abs(known), unit)}; the other end is unknown"
    least, most = sorted((abs(value.least), abs(value.most)))
    verb = "takes" if value.least < 0 or value.most < 0 else "gives"
    return f"{verb} between {grouped(least)} and {counted(most, unit)}, as the official chooses"


def _rated(value: PointsRate, unit: str) -> str:
    rest = "what is left over is carried on" if value.remainder == "carry" else "what is left over does not count"
    portion = value.of if value.per == 1 else counted(value.per, value.of)
    return f"{_moved(value.each, unit)} for every full {portion}; {rest}"


def _moved(value: Decimal, unit: str) -> str:
    if value == 0:
        return f"moves the score by {counted(value, unit)}"
    return f"{'takes' if value < 0 else 'gives'} {counted(abs(value), unit)}"


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
    when = ", once it is applied for" if override.on_application else ""
    return f"{words}, {_until(override.until)}{when}"


def _lock(lock: Lock) -> str:
    held = [f"the score shown is no higher than {grouped(lock.at_most)}"] if lock.at_most is not None else []
    what = {"rewards": "records that give move nothing", "all": "no record moves anything", None: None}[lock.freezes]
    return f"{' and '.join([*held, *([what] if what else [])])}, {_until(lock.until)}"


def _until(until: Span | str) -> str:
    return UNTIL_WORDS[until] if isinstance(until, str) else f"for {span(until)}"


def _enters(entry: Enters, book: Rulebook) -> Iterator[str]:
    term = {"as-list": "", "none": ", without a term", "unknown": ", for an unknown term"}
    own = term[entry.term] if isinstance(entry.term, str) else f", for {span(entry.term)}"
    yield f"leads to an entry on the list {named_lists([entry.list], book)}{own}"
    if entry.extension is not None:
        more = entry.extension
        yield f"the term can be longer by {more.least} to {counted(more.most, 'month')}, for {more.when}"


def proof_words(proof: Proof) -> str:
    """Return what a record needs to count."""
    return f"counts only with proof: {proof.kind.replace('-', ' ')}{f', at least {proof.at_least}' if proof.at_least > 1 else ''}"


def _exclusion(rule: Exclusion) -> str:
    when = f", {days_of(rule.in_force)}" if rule.in_force is not None else ""
    return f"not where {rule.label} ({rule.id}{when})"
