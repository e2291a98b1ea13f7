"""Shapes that lean on other parts of the rulebook: campaigns, parts, locks, quotas, cycles, records of others."""

from __future__ import annotations

from collections.abc import Mapping

from glasstown.rulebook.ground import Ground
from glasstown.rulebook.model import Clause, ReachedBy
from glasstown.types import EntityKind


def check_shapes(ground: Ground) -> None:
    """Note shapes that name what is not there, or that nothing can bring about."""
    _campaigns(ground)
    _clauses(ground)
    _quotas(ground)
    _score(ground)


def _campaigns(ground: Ground) -> None:
    groups = [group.id for group in ground.book.groups]
    for number, campaign in enumerate(ground.book.campaigns):
        subject, path = f"campaign '{campaign.id}'", ("campaigns", number)
        for at, name in enumerate(campaign.clauses):
            ground.refer(subject, (*path, "clauses", at), name, ground.clause_ids, "a clause")
        for at, name in enumerate(campaign.groups):
            ground.refer(subject, (*path, "groups", at), name, groups, "a group")
        if not (campaign.clauses or campaign.groups):
            way_out = "Name clauses or groups."
            ground.add(subject, path, "a campaign about nothing", "clauses or groups", way_out)


def _clauses(ground: Ground) -> None:
    parts = [part.id for part in ground.book.score.parts]
    for number, clause in enumerate(ground.book.clauses):
        subject, path = f"clause '{clause.id}'", ("clauses", number)
        ground.refer(subject, (*path, "part"), clause.part, parts, "a part of the score")
        if clause.lock is not None and clause.lock.at_most is None and clause.lock.freezes is None:
            way_out = "Give it 'at_most', 'freezes' or both."
            ground.add(subject, (*path, "lock"), "a lock that holds nothing", "at_most or freezes", way_out)
        if clause.carries_over and ground.book.score.cycle is None:
            way_out = "Add 'score, cycle', or remove it."
            found = "points that carry over, and no rating cycle"
            ground.add(subject, (*path, "carries_over"), found, "a rating cycle", way_out)
        if clause.reached_by is not None:
            place = (*path, "reached_by", "clause")
            if ground.refer(subject, place, clause.reached_by.clause, ground.clause_ids, "a clause") and (
                clause.reached_by.clause == clause.id
            ):
                ground.add(subject, place, "the clause itself", "another clause", "Name the other subject's clause.")
            _tie(ground, number, clause, clause.reached_by)


TIED_KINDS: Mapping[str, tuple[EntityKind, EntityKind]] = {
    "household": ("person", "person"),
    "group": ("person", "person"),
    "representative": ("person", "firm"),
    "firm": ("firm", "person"),
}
"""Whose record comes first through each tie, and whose follows from it."""


def _tie(ground: Ground, number: int, clause: Clause, reached: ReachedBy) -> None:
    """Note a tie between subjects that it does not tie."""
    first = next((each for each in ground.book.clauses if each.id == reached.clause), None)
    expected = TIED_KINDS[reached.through]
    if first is None or (first.applies_to.kind, clause.applies_to.kind) == expected:
        return
    found = f"from clause '{first.id}', about a {first.applies_to.kind}, to this one, about a {clause.applies_to.kind}"
    words = f"through: {reached.through} leads from a clause about a {expected[0]} to one about a {expected[1]}"
    ground.add(
        f"clause '{clause.id}'", ("clauses", number, "reached_by", "through"), found, words,
        "Name another tie, or give the clauses their `applies_to`.",
    )  # fmt: skip


def _quotas(ground: Ground) -> None:
    for number, grade in enumerate(ground.book.grades):
        if (grade.from_ == "quota") != (grade.quota is not None):
            found = "'from: quota' without a quota" if grade.quota is None else "a quota whose 'from' is not 'quota'"
            way_out = "Write both, or neither."
            ground.add(f"grade '{grade.id}'", ("grades", number, "from"), found, "the two together", way_out)
    shares = [g.quota.share for g in ground.book.grades if g.quota is not None and not isinstance(g.quota.share, str)]
    if sum(shares) > 1:
        ground.add("grades", ("grades",), f"shares that sum to {sum(shares)}", "at most 1", "Correct a share.")


def _score(ground: Ground) -> None:
    score, book = ground.book.score, ground.book
    if not score.kept:
        for number, clause in enumerate(book.clauses):
            if clause.points is not None and clause.points != "unknown":
                way_out = "Remove the points, or 'kept: false'."
                found = "points, in a scheme that keeps no number"
                ground.add(f"clause '{clause.id}'", ("clauses", number, "points"), found, "no points", way_out)
    if "rewards-only" in book.self_limits:
        for number, measure in enumerate(book.measures):
            if measure.kind == "restrict":
                way_out = "Make it a note, or remove the promise."
                found = "a burden, in a scheme that promises rewards alone"
                ground.add(f"measure '{measure.id}'", ("measures", number, "kind"), found, "no burden", way_out)
    if "persons-only" in book.self_limits and any(subject.kind == "firm" for subject in book.subjects):
        found = "firms among the subjects of a scheme for persons alone"
        ground.add("subjects", ("subjects",), found, "persons", "Correct one of the two.")
