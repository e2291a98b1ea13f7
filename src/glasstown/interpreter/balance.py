"""The balance: points as money, earned beside the rating and spent (rule 3.12, section 4)."""

from __future__ import annotations

from datetime import date

from glasstown.interpreter import explain_decisions
from glasstown.interpreter.course import Course
from glasstown.interpreter.note import Note
from glasstown.interpreter.reading import to_quanta
from glasstown.ledger import Decision
from glasstown.types import Quanta


def earn(course: Course, taken: Quanta) -> None:
    """Add what a record or an instalment gives."""
    standing = course.standing
    if standing.balance is not None and taken > 0:
        standing.balance += taken


def take_back(course: Course, standing_points: Quanta) -> None:
    """Take what a correction returns, but no more than the balance holds."""
    standing = course.standing
    if standing.balance is not None and standing_points > 0:
        standing.balance -= min(standing.balance, standing_points)


def spend(course: Course, decision: Decision, day: date) -> None:
    """Spend points where the balance holds as many; one line either way, and the score is not touched."""
    standing, rule = course.standing, course.reading.book.balance
    if standing.balance is None or rule is None:
        course.flag(f"event {decision.id}: this rulebook has no balance to spend from")
        return
    assert decision.amount is not None
    amount = to_quanta(decision.amount, course.reading.book.score.quantum)
    held = standing.balance
    if held >= amount:
        standing.balance -= amount
    why = explain_decisions.spending(course, rule, amount, held)
    course.write(Note(day, "spend", standing.score, why, rule.cite, record=decision.id))
