"""Points that come back by how soon a matter is put right: what the shares, their days and the rulebook must have in common."""

from __future__ import annotations

from glasstown.language.check_clauses import is_nothing, numbers_of
from glasstown.language.check_ground import Ground
from glasstown.language.model import Clause, PointsRange, PointsRate, Rectified
from glasstown.language.tree import Keys


def check_rectified(ground: Ground) -> None:
    """Note shares of nothing, shares that nobody can ask for, and days that no record can meet."""
    for number, clause in enumerate(ground.book.clauses):
        if clause.rectified:
            path: Keys = ("clauses", number, "rectified")
            _clause(ground, clause, path)
            for at, step in enumerate(clause.rectified):
                _step(ground, clause, step, (*path, at))
                if at and step.returns >= clause.rectified[at - 1].returns:
                    found = f"{step.returns} after {clause.rectified[at - 1].returns}"
                    way_out = "Put the shares in order: the sooner it is put right, the more comes back."
                    ground.add(
                        f"clause '{clause.id}'", (*path, at, "returns"), found, "less than the share before it", way_out
                    )


def _clause(ground: Ground, clause: Clause, path: Keys) -> None:
    """Note a clause of which nothing can come back, and a rulebook in which nobody puts anything right."""
    subject = f"clause '{clause.id}'"
    if clause.direction == "reward" or clause.points is None:
        found = "a share of a reward" if clause.direction == "reward" else "a share of no points"
        ground.add(subject, path, found, "points that the clause takes", "Remove 'rectified'.")
    if clause.repeats is not None:
        way_out = "Remove one of the two: a state that lasts is over with its `until`."
        ground.add(subject, path, "'rectified' on a clause that repeats", "one or the other", way_out)
    if all(procedure.id != "repair" for procedure in ground.book.procedures):
        way_out = "Add the procedure 'repair', or remove 'rectified'."
        ground.add(
            subject, path, "points that a repair brings back, and no procedure 'repair'", "the procedure", way_out
        )


def _step(ground: Ground, clause: Clause, step: Rectified, path: Keys) -> None:
    """Note a share without one day to be in time for, and one that is no whole number of quanta."""
    subject = f"clause '{clause.id}'"
    if (step.within is None) == (step.until is None):
        found = "neither 'within' nor 'until'" if step.within is None else "both 'within' and 'until'"
        ground.add(subject, path, found, "one of the two", "Say by when the matter is put right.")
    if is_nothing(step.within):
        ground.add(subject, (*path, "within"), "a time of no days at all", "at least a day", "Correct it.")
    if isinstance(clause.points, PointsRange | PointsRate):
        return
    quantum = ground.book.score.quantum
    for key, number in numbers_of(clause):
        share = number * step.returns
        if key == "points" and number % quantum == 0 and share % quantum:
            found = f"{step.returns} of {abs(number)} points, which is {abs(share.normalize()):f}"
            expected = f"a multiple of the quantum {quantum}"
            ground.add(subject, (*path, "returns"), found, expected, "Correct it, or declare a smaller quantum.")
