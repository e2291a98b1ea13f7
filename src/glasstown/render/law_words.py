"""A rulebook's parts in words: what each clause, list and measure does, and where that is written.

What the record does not tell is said to be unknown; no sentence here turns it into zero or into "none".
Numbers are written as the rulebook writes them, without a trailing zero.

Lists, measures and what is made public, in words.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from glasstown.render.case_words import named_lists
from glasstown.render.words import listed
from glasstown.types import UNKNOWN
from glasstown.wording import counted, grouped

if TYPE_CHECKING:
    from glasstown.language.model import (
        BasePart,
        Cap,
        Cite,
        Grade,
        ListRule,
        Measure,
        Objection,
        Period,
        Procedure,
        Publicity,
        Redress,
        Rulebook,
        Score,
        Span,
        Subject,
        When,
    )

READ_WORDS = {
    "read": "read",
    "unread": "not read in full",
    "reported absent": "reported to be absent",
    "silent": "read in full; it says nothing of this",
}
NO_ENTRY_WORDS = {
    "read": "None beyond what stands above: this section was read.",
    "unread": "Unknown: this section was not read.",
    "reported absent": "None: this section is reported to be absent.",
    "silent": "None: the text was read in full and says nothing of this.",
}
SAME_DAY_WORDS = {
    "by-clause": "count in the order of the clauses",
    "as-recorded": "count in the order in which they were written down",
}
TAKES_PART_WORDS = {
    "compulsory": "taking part is compulsory",
    "voluntary": "taking part is voluntary",
    "compulsory in practice": "taking part is compulsory in practice",
    "with the licence": "taking part comes with the licence",
    "unknown": "whether taking part is a choice is unknown",
}


def span(length: Span) -> str:
    """Return a length of time in words."""
    number, unit = length.measured()
    return counted(number, unit)


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
        limits.append("once" if limit.times == 1 else counted(limit.times, "time"))
    if limit.points is not None:
        limits.append(counted(abs(limit.points), unit))
    return f"counts at most {' and '.join(limits)} {period(limit.per)}{what}"


def figure(value: Decimal | str, unit: str) -> str:
    """Return a number of points, or that it is unknown."""
    return UNKNOWN if isinstance(value, str) else counted(value, unit)


def subject(rule: Subject) -> tuple[str, ...]:
    """Return who among its kind is scored."""
    said = [f"aged {rule.min_age} or more"] if rule.min_age is not None else []
    return (*said, *([f"only those with the role '{rule.role}'"] if rule.role is not None else []))


def procedure(rule: Procedure, book: Rulebook) -> tuple[str, ...]:
    """Return to whom a procedure is open and what it does to the score."""
    said = [f"open only on the list {named_lists([rule.needs_list], book)}"] if rule.needs_list is not None else []
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
    said += [f"no less than {grouped(rule.lowest)}"] if rule.lowest is not None else []
    return (*said, *([f"no more than {grouped(rule.highest)}"] if rule.highest is not None else []))


def grade(rule: Grade, unit: str) -> tuple[str, ...]:
    """Return the scores that a grade covers, or the share of the town that it is for."""
    said = [_covers(rule, unit)]
    if rule.of == "household":
        said.append("grades the household's mean score")
    if rule.quota is not None:
        quota = rule.quota
        share = "an unknown share" if isinstance(quota.share, str) else f"{grouped(100 * quota.share)} per cent"
        among = f" with {counted(quota.among_from, unit)} or more" if quota.among_from is not None else ""
        said.append(f"for {share} of those{among}, by the closing scores of {' and '.join(quota.assessed)}")
        said.append(
            "of those who tie at the edge a lot for life lets in as many as the share has room for"
            if quota.ties == "lot"
            else f"all who tie at the edge are {quota.ties}"
        )
    return tuple(said)


def _covers(rule: Grade, unit: str) -> str:
    low, high = rule.from_, rule.below
    if low == UNKNOWN and high == UNKNOWN:
        return "which scores it covers is unknown"
    parts: list[str] = []
    if isinstance(low, Decimal):
        parts.append(f"from {counted(low, unit)}")
    elif low == UNKNOWN:
        parts.append("lower end unknown")
    elif low == "quota":
        parts.append("from the cut-off that is published")
    if isinstance(high, Decimal):
        parts.append(f"below {counted(high, unit)}")
    elif high == UNKNOWN:
        parts.append("upper end unknown")
    return ", ".join(parts) or "every score"


KIND_WORDS = {"restrict": "burden", "reward": "advantage", "note": "remark on measures"}
FORCE_WORDS = {
    "bar": "barred outright",
    "restrict": "restricted",
    "manage": "under closer control",
    "reference": "to be weighed by whoever decides",
    "voluntary": "encouraged, not ordered",
}


def list_rule(rule: ListRule, book: Rulebook) -> tuple[str, ...]:
    """Return how one comes on a list, how one leaves it, and what surrounds it."""
    ways = list(_entries(rule, book)) or ["how one comes on it is not in the record"]
    return (f"{rule.colour} list", *ways, *_before(rule), *_exits(rule), *_around(rule))


def _entries(rule: ListRule, book: Rulebook) -> Iterator[str]:
    entry = rule.entry
    if entry.score_at_most is not None:
        yield f"entered when the score falls to {grouped(entry.score_at_most)} or lower"
    if entry.score_at_least is not None:
        yield f"entered when the score reaches {grouped(entry.score_at_least)} or more"
    if entry.grades:
        yield f"entered in grade {' or '.join(entry.grades)}"
    if entry.household_average_above is not None:
        yield f"entered when the household's mean score lies above {grouped(entry.household_average_above)}"
    if entry.once:
        yield "once each time this begins to hold, and not again while it goes on"
    if entry.assessed:
        yield f"assessed on {', '.join(entry.assessed)}"
    by_clause = [clause.id for clause in book.clauses if clause.enters and clause.enters.list == rule.id]
    if by_clause:
        yield f"entered by {', '.join(by_clause)}"


def _before(rule: ListRule) -> Iterator[str]:
    """Yield what lies between the ground and the listing."""
    if rule.decided_within is not None:
        yield f"decided within {lasting(rule.decided_within)} of the record"
    if rule.grace is not None:
        when = f" ({days_of(rule.grace.in_force)})" if rule.grace.in_force is not None else ""
        yield f"the listing can wait for {rule.grace.least} to {counted(rule.grace.most, 'month')} of grace{when}"


def _exits(rule: ListRule) -> Iterator[str]:
    leaves = rule.leaves
    exits = ["when the condition of entry ends"] if leaves.when_condition_ends else []
    if isinstance(leaves.after, str):
        exits.append("after a term of unknown length")
    elif leaves.after is not None:
        exits.append(f"after {span(leaves.after)}")
    exits += [f"by {procedure}" for procedure in leaves.on]
    yield f"left {', or '.join(exits)}" if exits else "how one leaves it is not in the record"
    if leaves.not_before is not None:
        yield f"no procedure ends it before {span(leaves.not_before)} on the list"
    if leaves.removed_within is not None:
        yield f"removed within {span(leaves.removed_within)} after that"


def _around(rule: ListRule) -> Iterator[str]:
    """Yield who keeps a list, how one objects, who is told, and what stays."""
    if rule.authority is not None:
        yield f"kept by {rule.authority}"
    if rule.objection is not None:
        yield "; ".join(objection(rule.objection))
    if rule.notified:
        yield f"told of it: {', '.join(rule.notified)}"
    if rule.retention is not None:
        yield f"afterwards: {rule.retention}"


def objection(rule: Objection) -> tuple[str, ...]:
    """Return how one objects, with the clocks of it."""
    said = ["one may object" + (f" within {lasting(rule.within)}" if rule.within is not None else " at any time")]
    for length, words in (
        (rule.answered_within, "answered within {}"),
        (rule.corrected_within, "corrected within {} when granted"),
        (rule.review_within, "review can be asked for within {} of a refusal"),
        (rule.review_answered_within, "which is answered within {}"),
    ):
        if length is not None:
            said.append(words.format(lasting(length)))
    if rule.reviewer is not None:
        said.append(f"reviewed by {rule.reviewer}")
    stay = {True: "the listing is lifted meanwhile", False: "the listing stays meanwhile"}
    said.append(stay[rule.stays] if isinstance(rule.stays, bool) else "whether the listing stays meanwhile is unknown")
    return tuple(said)


def measure(rule: Measure, book: Rulebook) -> tuple[str, ...]:
    """Return what a measure is, what puts it in force, whom it reaches and what it rests on."""
    said = [KIND_WORDS[rule.kind]]
    said += ["what puts it in force is unknown"] if isinstance(rule.when, str) else _when(rule.when, book)
    said += [f"gate: {rule.gate}"] if rule.gate is not None else []
    said += [FORCE_WORDS[rule.force]] if rule.force is not None else []
    said += [f"severity {rule.severity} of 5, by our own ordering"] if rule.severity is not None else []
    said += [f"law {days_of(rule.in_force)}"] if rule.in_force is not None else []
    said += [f"for: {', '.join(rule.subjects)}"] if rule.subjects else []
    said += [f"reaches also: {', '.join(each.replace('-', ' ') for each in rule.spills_to)}"] if rule.spills_to else []
    said += [f"applied by {rule.enforcer}"] if rule.enforcer is not None else []
    said += [f"rests on {rule.basis}"] if rule.basis is not None else []
    return (*said, *([f"stands under '{rule.series}'"] if rule.series is not None else []))


SEEN: Final = {"direct": "", "quoted": "as quoted", "summary": "from a summary", "recalled": "from memory"}
"""how a text was read, behind how well a statement is documented"""


def standing(cite: Cite) -> str:
    """Return how well a statement is documented, and how its source was read where it was not its own text."""
    seen = "" if cite.evidence == "recalled" else SEEN[cite.seen]
    return f"{cite.evidence}, {seen}" if seen else cite.evidence


def rights(said: Redress) -> tuple[str, ...]:
    """Return which rights a statement on redress speaks of, and whether it says that there is none; nothing where it names none."""
    if not said.rights:
        return ()
    named = listed([each.replace("-", " ") for each in said.rights])
    return (f"says that there is no right: {named}" if said.denies else f"on these rights: {named}",)


def publicity(rule: Publicity, book: Rulebook) -> tuple[str, ...]:
    """Return about whom, what, where, how often and for how long something is made public."""
    return (*(_when(rule.when, book) if rule.when is not None else ()), *channel(rule))


def channel(rule: Publicity) -> tuple[str, ...]:
    """Return what, where, how often and for how long something is made public, as far as the sources tell."""
    shows = f"shows: {', '.join(each.replace('-', ' ') for each in rule.what)}"
    said = ["names nobody" if rule.what == ("nothing",) else shows] if rule.what else []
    said += [f"where: {', '.join(each.replace('-', ' ') for each in rule.where)}"] if rule.where else []
    said += [f"every {rule.every}"] if rule.every is not None else []
    said += ["allowed, not asked for"] if rule.optional else []
    return (*said, *([f"stays public for {lasting(rule.lasts)}"] if rule.lasts is not None else []))


def standing_words(when: When, book: Rulebook) -> list[str]:
    """Return in which grades and on which lists something holds."""
    said = [f"in grade {' or '.join(when.grades)}"] if when.grades else []
    return [*said, *([f"on the list {named_lists(when.lists, book)}"] if when.lists else [])]


def _when(when: When, book: Rulebook) -> list[str]:
    said = standing_words(when, book)
    return [*said, *([f"comes with {', '.join(when.clauses)}"] if when.clauses else [])]
