"""Lists, measures and what is made public, in words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from glasstown.answers.words import days_of, lasting, plain, span

if TYPE_CHECKING:
    from glasstown.language.model import ListRule, Measure, Objection, Publicity, Rulebook, When

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
        yield f"entered when the score falls to {plain(entry.score_at_most)} or lower"
    if entry.score_at_least is not None:
        yield f"entered when the score reaches {plain(entry.score_at_least)} or more"
    if entry.grades:
        yield f"entered in grade {' or '.join(entry.grades)}"
    if entry.household_average_above is not None:
        yield f"entered when the household's mean score lies above {plain(entry.household_average_above)}"
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
        yield f"the listing can wait for {rule.grace.least} to {rule.grace.most} months of grace{when}"


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


def measure(rule: Measure) -> tuple[str, ...]:
    """Return what a measure is, what puts it in force, whom it reaches and what it rests on."""
    said = [KIND_WORDS[rule.kind]]
    said += ["what puts it in force is unknown"] if isinstance(rule.when, str) else _when(rule.when)
    said += [f"gate: {rule.gate}"] if rule.gate is not None else []
    said += [FORCE_WORDS[rule.force]] if rule.force is not None else []
    said += [f"severity {rule.severity} of 5, by our own ordering"] if rule.severity is not None else []
    said += [f"law {days_of(rule.in_force)}"] if rule.in_force is not None else []
    said += [f"for: {', '.join(rule.subjects)}"] if rule.subjects else []
    said += [f"reaches also: {', '.join(each.replace('-', ' ') for each in rule.spills_to)}"] if rule.spills_to else []
    said += [f"applied by {rule.enforcer}"] if rule.enforcer is not None else []
    said += [f"rests on {rule.basis}"] if rule.basis is not None else []
    return (*said, *([f"stands under '{rule.series}'"] if rule.series is not None else []))


def publicity(rule: Publicity) -> tuple[str, ...]:
    """Return about whom, what, where, how often and for how long something is made public."""
    said = _when(rule.when) if rule.when is not None else []
    said += [f"shows: {', '.join(each.replace('-', ' ') for each in rule.what)}"] if rule.what else []
    said += [f"where: {', '.join(each.replace('-', ' ') for each in rule.where)}"] if rule.where else []
    said += [f"every {rule.every}"] if rule.every is not None else []
    return (*said, *([f"stays public for {lasting(rule.lasts)}"] if rule.lasts is not None else []))


def _when(when: When) -> list[str]:
    said = [f"in grade {' or '.join(when.grades)}"] if when.grades else []
    said += [f"on the list {' or '.join(when.lists)}"] if when.lists else []
    return [*said, *([f"comes with {', '.join(when.clauses)}"] if when.clauses else [])]
