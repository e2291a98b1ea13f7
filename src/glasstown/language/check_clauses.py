"""Clauses: what each says about itself, and the groups and caps that it stands under."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from glasstown.language.check_ground import Ground
from glasstown.language.check_names import name_of
from glasstown.language.model import Cap, Clause, MoneyRange, PointsDated, PointsRange, PointsRate, Span
from glasstown.language.tree import Keys
from glasstown.types import MOST_CAPS

MOST_POINTS = 32767
"""quanta; points of one record fit a 16-bit word"""
MOST_YUAN = 1_000_000_000
_SCORED_AS = {
    "person": ("person", "household"),
    "firm": ("firm", "organisation", "public body"),
    "household": ("household",),
    "organisation": ("organisation", "public body"),
    "public body": ("public body", "organisation"),
}


WHERE_ACTS = (
    "`glasstown act` lists them all; a clause about none of them leaves `act` out, and then no town records it."
)


def check_clauses(ground: Ground) -> None:
    """Note what is wrong with single clauses, groups and caps."""
    for number, clause in enumerate(ground.book.clauses):
        path = ("clauses", number)
        _references(ground, clause, path)
        _points(ground, clause, path)
        _fine(ground, clause, path)
        _terms(ground, clause, path)
        _override(ground, clause, path)
        _caps_of_clause(ground, clause, path)
    _every_cap(ground)
    _groups(ground)


def _references(ground: Ground, clause: Clause, path: Keys) -> None:
    subject = f"clause '{clause.id}'"
    book = ground.book
    ground.refer(subject, (*path, "act"), clause.act, ground.acts.ids(), "an act of the act catalogue", WHERE_ACTS)
    ground.refer(subject, (*path, "group"), clause.group, [group.id for group in book.groups], "a group")
    ground.refer(subject, (*path, "exception_to"), clause.exception_to, ground.clause_ids, "a clause")
    if clause.enters is not None:
        ground.refer(subject, (*path, "enters", "list"), clause.enters.list, ground.list_ids, "a list")
    kind, role = clause.applies_to.kind, clause.applies_to.role
    role_path = (*path, "applies_to", "role")
    if ground.refer(subject, role_path, role, ground.role_ids, "a role of the act catalogue") and role is not None:
        found = next(each.kind for each in ground.acts.roles if each.id == role)
        if found != kind and kind in ("person", "firm"):
            way_out = "Correct the role or the kind."
            ground.add(subject, role_path, f"'{role}', a role of a {found}", f"a role of a {kind}", way_out)
    if not {subject.kind for subject in book.subjects} & set(_SCORED_AS[kind]):
        expected = f"a {kind} among the subjects"
        ground.add(
            subject, path, f"a clause about a {kind}, whom the scheme does not score", expected, "Add the subject."
        )


def numbers_of(clause: Clause) -> Iterator[tuple[str, Decimal]]:
    """Yield every number of points that a clause names, with the key it stands under."""
    points = clause.points
    if isinstance(points, Decimal):
        yield "points", points
    elif isinstance(points, PointsRange):
        yield from (("points", number) for number in known_ends(points))
    elif isinstance(points, PointsRate):
        yield "points", points.each
    elif isinstance(points, PointsDated):
        yield from (("points", entry.value) for entry in points.dated if isinstance(entry.value, Decimal))
    if clause.if_unknown is not None:
        yield from (("if_unknown", number) for number in known_ends(clause.if_unknown))


def known_ends(points: PointsRange) -> tuple[Decimal, ...]:
    """Return the ends of a range that are known."""
    return tuple(number for number in (points.least, points.most) if isinstance(number, Decimal))


def _points(ground: Ground, clause: Clause, path: Keys) -> None:
    subject = f"clause '{clause.id}'"
    sign = -1 if clause.direction == "deduct" else 1
    for key, number in numbers_of(clause):
        ground.whole(subject, (*path, key), number)
        if number * sign < 0:
            expected = "points below 0" if sign < 0 else "points above 0"
            found = f"{number} in a clause whose direction is '{clause.direction}'"
            ground.add(subject, (*path, key), found, expected, "Correct the sign or the direction.")
        if abs(number) > MOST_POINTS * ground.book.score.quantum:
            expected = f"at most {MOST_POINTS} quanta of {ground.book.score.quantum}"
            ground.add(subject, (*path, key), f"{number} points", expected, "Use a larger quantum.")
    if isinstance(clause.points, Decimal | PointsRate) and all(
        n == 0 for key, n in numbers_of(clause) if key == "points"
    ):
        way_out = "Leave 'points' out where the effect is no number; what is not known is 'unknown', never 0."
        ground.add(subject, (*path, "points"), "0 points", "points that change the score", way_out)
    for key, span in (("points", clause.points), ("if_unknown", clause.if_unknown)):
        if not isinstance(span, PointsRange):
            continue
        if not known_ends(span):
            way_out = "Write 'points: unknown', or leave 'if_unknown' out."
            ground.add(subject, (*path, key), "a range with both ends unknown", "at least one end", way_out)
        elif isinstance(span.least, Decimal) and isinstance(span.most, Decimal) and span.least > span.most:
            found = f"least {span.least} above most {span.most}"
            ground.add(subject, (*path, key), found, "least <= most, signs included", "Exchange the two.")
    if clause.if_unknown is not None and clause.points != "unknown":
        way_out = "Remove 'if_unknown', or write 'points: unknown'."
        ground.add(subject, (*path, "if_unknown"), "bounds beside points that are known", "unknown points", way_out)


def _fine(ground: Ground, clause: Clause, path: Keys) -> None:
    fine = clause.fine
    subject, place = f"clause '{clause.id}'", (*path, "fine")
    if isinstance(fine, MoneyRange) and fine.least > fine.most:
        found = f"least {fine.least} above most {fine.most}"
        ground.add(subject, place, found, "least <= most", "Exchange the two.")
    most = fine.most if isinstance(fine, MoneyRange) else fine
    if isinstance(most, int) and not 0 <= most <= MOST_YUAN:
        ground.add(subject, place, f"{most} yuan", f"0 to {MOST_YUAN} yuan", "Correct the fine.")
    rate = clause.points
    if isinstance(rate, PointsRate) and rate.per > MOST_YUAN:
        ground.add(subject, (*path, "points", "per"), f"{rate.per}", f"at most {MOST_YUAN}", "Correct the portion.")


def is_nothing(span: object) -> bool:
    """Return whether this is a span of no time at all."""
    if not isinstance(span, Span):
        return False
    given = [number for number in (span.days, span.working_days, span.months, span.years) if number is not None]
    return bool(given) and not any(given)


def _terms(ground: Ground, clause: Clause, path: Keys) -> None:
    subject = f"clause '{clause.id}'"
    effects = (clause.points, clause.fine, clause.override, clause.enters, clause.effect, clause.lock)
    carried = any(
        clause.id in measure.when.clauses for measure in ground.book.measures if not isinstance(measure.when, str)
    )
    if all(effect is None for effect in effects) and not carried:
        way_out = "Give it points (or 'unknown'), a fine, an override, a list, or its effect in words."
        ground.add(subject, path, "a clause that does nothing", "an effect", way_out)
    spans: dict[str, object] = {
        "lapse": clause.lapse.after if clause.lapse else None,
        "override": clause.override.until if clause.override else None,
        "requires": clause.requires.clean if clause.requires else None,
        "lock": clause.lock.until if clause.lock else None,
    }
    for key, span in spans.items():
        if is_nothing(span):
            ground.add(subject, (*path, key), "a term of no time at all", "at least a day", f"Remove '{key}'.")
    if clause.repeats is not None and clause.points is None:
        way_out = "Give it points, or remove 'repeats'."
        ground.add(subject, (*path, "repeats"), "instalments of no points", "points that come again", way_out)
    if clause.lapse is not None and clause.points is None:
        way_out = "Give it points, or remove 'lapse'; an override has its own 'until'."
        ground.add(subject, (*path, "lapse"), "a lapse of no points", "points that return", way_out)


def _override(ground: Ground, clause: Clause, path: Keys) -> None:
    override = clause.override
    if override is None:
        return
    subject, place = f"clause '{clause.id}'", (*path, "override", "grade")
    if not ground.refer(subject, place, override.grade, ground.grade_ids, "a grade of the subject"):
        return
    best, worst = ground.grade_ids[0], ground.grade_ids[-1]
    if (override.holds, override.grade) in (("no_better", best), ("no_worse", worst)) and best != worst:
        side = "best" if override.grade == best else "worst"
        found = f"'{override.holds}' than '{override.grade}', the {side} grade, which holds anyhow"
        ground.add(subject, place, found, "an override that changes something", "Correct 'grade' or 'holds'.")
    if override.on_application and all(procedure.id != "apply" for procedure in ground.book.procedures):
        way_out = "Add the procedure 'apply', or remove 'on_application'."
        found = "an override on application, and no procedure 'apply'"
        ground.add(subject, (*path, "override", "on_application"), found, "a way to apply", way_out)


def _caps_of_clause(ground: Ground, clause: Clause, path: Keys) -> None:
    book = ground.book
    group = next((group for group in book.groups if group.id == clause.group), None)
    n_caps = len(clause.caps) + (len(group.caps) if group else 0) + len(book.score.caps)
    subject = f"clause '{clause.id}'"
    if n_caps > MOST_CAPS:
        found = f"{n_caps} caps over it, its group's and the score's included"
        ground.add(subject, (*path, "caps"), found, f"at most {MOST_CAPS}", "Join caps that say the same.")
    other = "rewards" if clause.direction == "deduct" else "deductions"
    for number, cap in enumerate(clause.caps):
        if cap.of == other:
            found = f"a cap of {other} on a clause whose direction is '{clause.direction}'"
            ground.add(subject, (*path, "caps", number, "of"), found, "a cap that can bind", "Remove 'of'.")


def _every_cap(ground: Ground) -> None:
    book = ground.book
    owners: list[tuple[Keys, tuple[Cap, ...]]] = [(("score",), book.score.caps)]
    owners += [(("groups", n), group.caps) for n, group in enumerate(book.groups)]
    owners += [(("clauses", n), clause.caps) for n, clause in enumerate(book.clauses)]
    for owner, caps in owners:
        for number, cap in enumerate(caps):
            path = (*owner, "caps", number)
            subject = name_of(ground, path)
            if (cap.times is None) == (cap.points is None):
                found = "neither times nor points" if cap.times is None else "both times and points"
                ground.add(subject, path, found, "one of the two", "Write two caps where both limits exist.")
            ground.whole(subject, (*path, "points"), cap.points)
            if is_nothing(cap.per):
                ground.add(subject, (*path, "per"), "a window of no time", "at least a day", "Correct the window.")


def _groups(ground: Ground) -> None:
    named = {clause.group for clause in ground.book.clauses}
    for number, group in enumerate(ground.book.groups):
        if group.id not in named:
            way_out = f"Give its clauses `group: {group.id}`, or remove it."
            ground.add(f"group '{group.id}'", ("groups", number), "a group of no clauses", "clauses in it", way_out)
        if not group.caps and all(group.id not in campaign.groups for campaign in ground.book.campaigns):
            path = ("groups", number, "caps")
            ground.add(f"group '{group.id}'", path, "no caps", "caps that its clauses share", "Add one, or remove it.")
