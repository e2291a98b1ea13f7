"""The number and its grades: whole quanta, a base inside its bounds, grades that follow each other without gap.

Shapes that lean on other parts of the rulebook: campaigns, parts, locks, quotas, cycles, records of others.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TypeAlias

from glasstown.language.check_ground import Ground
from glasstown.language.check_lists import MONTH_ENDS
from glasstown.language.model import BasePart, Clause, Grade, ReachedBy
from glasstown.language.tree import Keys
from glasstown.types import EntityKind

End: TypeAlias = Decimal | None

_INFINITY = Decimal("Infinity")


def check_score(ground: Ground) -> None:
    """Note what is no whole number of quanta, a base beyond its bounds, parts that do not sum to it."""
    score = ground.book.score
    figures = {"base": score.base.value, "lowest": score.lowest.value, "highest": score.highest.value}
    for name, value in figures.items():
        ground.whole(f"score, {name}", ("score", name, "value"), value)
    base, lowest, highest = figures.values()
    if score.kept and isinstance(lowest, Decimal) and isinstance(highest, Decimal) and lowest >= highest:
        path = ("score", "lowest", "value")
        ground.add("score, lowest", path, f"{lowest}", f"less than the highest, {highest}", "Exchange the two.")
    _base(ground, base, lowest, highest)
    for number, part in enumerate(score.parts):
        _part(ground, number, part)
    total = sum((part.value for part in score.parts), Decimal(0))
    if score.parts and isinstance(base, Decimal) and total != base:
        found, expected = f"parts that sum to {total}", f"the base, {base}"
        ground.add("score, parts", ("score", "parts"), found, expected, "Correct a part or the base.")


def _part(ground: Ground, number: int, part: BasePart) -> None:
    """Note what is no whole number of quanta, and a part beyond its own bounds."""
    subject, path = f"part '{part.id}'", ("score", "parts", number)
    for key, value in (("value", part.value), ("lowest", part.lowest), ("highest", part.highest)):
        ground.whole(subject, (*path, key), value)
    low = part.value if part.lowest is None else part.lowest
    high = part.value if part.highest is None else part.highest
    if not low <= part.value <= high:
        found, expected = f"{part.value}, outside {low} to {high}", "a value inside the part's bounds"
        ground.add(subject, (*path, "value"), found, expected, "Correct the value or the bound.")


def _base(ground: Ground, base: object, lowest: object, highest: object) -> None:
    if not isinstance(base, Decimal):
        return
    below = isinstance(lowest, Decimal) and base < lowest
    above = isinstance(highest, Decimal) and base > highest
    if below or above:
        bound = f"below the lowest score, {lowest}" if below else f"above the highest score, {highest}"
        path = ("score", "base", "value")
        way_out = "Correct the base or the bound; a bound that no source gives is 'unknown'."
        ground.add("score, base", path, f"{base}, {bound}", "a base inside the bounds", way_out)


def check_grades(ground: Ground) -> None:
    """Note grades that are empty, overlap, leave a gap, or are not listed best first; households' grades apart."""
    for kind in ("subject", "household"):
        chosen = [(n, grade) for n, grade in enumerate(ground.book.grades) if grade.of == kind]
        for number, grade in chosen:
            _one_grade(ground, number, grade)
        _sequence(ground, chosen)


def _one_grade(ground: Ground, number: int, grade: Grade) -> None:
    subject = f"grade '{grade.id}'"
    ground.whole(subject, ("grades", number, "from"), grade.from_)
    ground.whole(subject, ("grades", number, "below"), grade.below)
    low, high = ends(grade)
    if low is not None and high is not None and low >= high:
        found = f"from {grade.from_} below {grade.below}, which is no score at all"
        way_out = "Give 'below' as the first score above the grade."
        ground.add(subject, ("grades", number, "below"), found, "'from' less than 'below'", way_out)


def ends(grade: Grade) -> tuple[End, End]:
    """Return the first score of a grade and the first above it; None is unknown, infinite is open."""
    low = -_INFINITY if grade.from_ == "lowest" else grade.from_
    high = _INFINITY if grade.below == "top" else grade.below
    return (low if isinstance(low, Decimal) else None, high if isinstance(high, Decimal) else None)


def _sequence(ground: Ground, chosen: Sequence[tuple[int, Grade]]) -> None:
    """Compare each grade's upper end with the lower end known last above it."""
    above: tuple[Grade, Decimal] | None = None
    is_next = False
    for number, grade in chosen:
        low, high = ends(grade)
        if above is not None and high is not None and high != above[1]:
            better, start = above
            if high > start:
                _overlap(ground, number, better, grade)
            elif is_next:
                _gap(ground, number, better, grade)
        if low is not None:
            above, is_next = (grade, low), True
        else:
            # What lies under a grade of unknown lower end may belong to it, so the next one leaves no gap.
            is_next = False


def _overlap(ground: Ground, number: int, better: Grade, worse: Grade) -> None:
    upper = "the top" if worse.below == "top" else f"{worse.below}"
    if better.from_ == "lowest":
        found = f"scores below {upper}, all of them in grade '{better.id}' too, which goes down to the lowest"
    else:
        found = f"scores up to {upper}, which overlap grade '{better.id}' that starts at {better.from_}"
    way_out = f"Set its 'below' to {better.from_}; grades are listed best first."
    if better.from_ == "lowest":
        way_out = "List grades best first; only the worst goes down to the lowest."
    ground.add(f"grade '{worse.id}'", ("grades", number, "below"), found, "grades that do not overlap", way_out)


def _gap(ground: Ground, number: int, better: Grade, worse: Grade) -> None:
    found = f"no grade for scores from {worse.below} to below {better.from_}, between '{worse.id}' and '{better.id}'"
    way_out = f"Set its 'below' to {better.from_}, or write 'unknown' where the sources leave it open."
    ground.add(f"grade '{worse.id}'", ("grades", number, "below"), found, "grades that follow each other", way_out)


def check_shapes(ground: Ground) -> None:
    """Note shapes that name what is not there, or that nothing can bring about."""
    _campaigns(ground)
    _clauses(ground)
    _quotas(ground)
    _published(ground)
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
        if clause.lock is not None:
            ground.within(subject, (*path, "lock", "at_most"), clause.lock.at_most)
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
        if grade.quota is not None:
            subject, path = f"grade '{grade.id}'", ("grades", number, "quota")
            ground.within(subject, (*path, "among_from"), grade.quota.among_from)
            _month_days(ground, subject, (*path, "assessed"), grade.quota.assessed)
            if isinstance(grade.quota.share, Decimal) and not 0 <= grade.quota.share <= 1:
                ground.add(subject, (*path, "share"), f"a share of {grade.quota.share}", "0 to 1", "Correct it.")
        if (grade.from_ == "quota") != (grade.quota is not None):
            found = "'from: quota' without a quota" if grade.quota is None else "a quota whose 'from' is not 'quota'"
            way_out = "Write both, or neither."
            ground.add(f"grade '{grade.id}'", ("grades", number, "from"), found, "the two together", way_out)
    shares = [g.quota.share for g in ground.book.grades if g.quota is not None and not isinstance(g.quota.share, str)]
    if sum(shares) > 1 and max(shares) <= 1:
        ground.add("grades", ("grades",), f"shares that sum to {sum(shares)}", "at most 1", "Correct a share.")


def _published(ground: Ground) -> None:
    """Note days on which no grade is ever found or published."""
    published, path = ground.book.grades_published, ("grades_published",)
    if published is None:
        return
    _day_of_year(ground, "grades_published", (*path, "from"), published.from_)
    if published.assessed not in MONTH_ENDS:
        way_out = f"Use one of {', '.join(MONTH_ENDS)}."
        expected = "the last day of a month in every year"
        ground.add("grades_published", (*path, "assessed"), f"'{published.assessed}'", expected, way_out)
    elif published.assessed == published.from_:
        found, expected = f"{published.from_}, the day on whose closing state they are found", "another day"
        ground.add("grades_published", (*path, "from"), found, expected, "Correct one of the two days.")
    if not ground.grade_ids:
        found = "grades that are published, and no grade of the subject"
        ground.add("grades_published", path, found, "grades", "Add grades, or remove it.")


def _score(ground: Ground) -> None:
    score, book = ground.book.score, ground.book
    if score.cycle is not None:
        _month_days(ground, "score, cycle", ("score", "cycle", "starts"), score.cycle.starts)
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


def _month_days(ground: Ground, subject: str, path: Keys, month_days: Sequence[str]) -> None:
    """Note what is no day of any year, and a day that comes twice."""
    for number, month_day in enumerate(month_days):
        _day_of_year(ground, subject, (*path, number), month_day)
        if month_day in month_days[:number]:
            ground.add(subject, (*path, number), f"{month_day} again", "each day once", "Remove it.")


def _day_of_year(ground: Ground, subject: str, path: Keys, month_day: str) -> None:
    """Note what is no day of any year."""
    month, day = (int(part) for part in month_day.split("-"))
    if not (1 <= month <= 12 and 1 <= day <= monthrange(2000, month)[1]):
        found, expected = f"'{month_day}'", "a month and a day of it (MM-DD)"
        ground.add(subject, path, found, expected, "Correct the month or the day.")
