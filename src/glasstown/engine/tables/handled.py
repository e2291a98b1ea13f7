"""A rulebook's clauses as its offices handle their records: whom each is about, and how an objection to a record of it goes.

What the rulebook says of objections holds; a parameter stands where it says nothing, or nothing that is known.
"""

from __future__ import annotations

from decimal import Decimal

from glasstown.chance import threshold
from glasstown.compiler import columns as col
from glasstown.compiler.redress import has_review, objection_of, takes_objections
from glasstown.compiler.rows import span
from glasstown.engine.conduct.beliefs import Numbers
from glasstown.engine.tables.hazards import DAYS_A_MONTH
from glasstown.engine.tables.practice_rows import Handled
from glasstown.language.model import Clause, Objection, Rulebook, Span
from glasstown.rows import Rows, each, make_rows
from glasstown.types import EntityKind

CALENDAR_DAYS = {col.DAYS: Decimal(1), col.WORKING: Decimal("1.4"), col.MONTHS: DAYS_A_MONTH}
"""days of the calendar in one of each unit: five in seven are working days"""


def handled_rows(book: Rulebook, numbers: Numbers, *, kind: EntityKind, roles: tuple[str, ...]) -> Rows[Handled]:
    """Return one row a clause."""
    rows = make_rows(Handled, len(book.clauses))
    for clause, row in zip(book.clauses, each(rows), strict=True):
        row.role = _role(clause, kind, roles)
        _fill_objection(row, book, objection_of(book, clause), numbers)
    return rows


def _role(clause: Clause, kind: EntityKind, roles: tuple[str, ...]) -> int:
    """Return the bit of the role that a clause about this kind is about, 0 for all."""
    about = clause.applies_to
    return 1 << roles.index(about.role) if about.role and about.kind == kind else 0


def _fill_objection(row: Handled, book: Rulebook, rule: Objection | None, numbers: Numbers) -> None:
    """Fill in how an objection goes, by the rulebook's rule where there is one."""
    row.answer_unit, row.review_unit, row.correction_unit = (col.NO_SPAN,) * 3
    row.stays = of_2_16(numbers["objection.stays"])
    if rule is None:
        row.objection = threshold(numbers["objection.share"]) if takes_objections(book) else 0
        return
    row.objection = threshold(numbers["objection.share"] * in_time(rule.within, numbers))
    if isinstance(rule.stays, bool):
        row.stays = of_2_16(Decimal(rule.stays))
    row.answer_unit, row.answer = time_taken(rule.answered_within, numbers)
    row.correction_unit, row.correction = span(rule.corrected_within)
    if has_review(rule):
        row.review = threshold(numbers["objection.review_share"] * in_time(rule.review_within, numbers))
        row.review_unit, row.review_answer = time_taken(rule.review_answered_within, numbers)


def in_time(within: Span | str | None, numbers: Numbers) -> Decimal:
    """Return the share of those who would object that do while they may; all of them where there is no end, or none is known.

    Source   an even chance on each day, with the mean `objection.made_months`
    """
    unit, number = span(within)
    if unit == col.NO_SPAN:
        return Decimal(1)
    mean = numbers["objection.made_months"] * DAYS_A_MONTH
    return 1 - (-(number * CALENDAR_DAYS[unit]) / mean).exp()


def time_taken(within: Span | str | None, numbers: Numbers) -> tuple[int, int]:
    """Return unit and number of the time that an answer takes of what a rulebook gives for it; NO_SPAN where it gives none."""
    unit, number = span(within)
    used = numbers["objection.time_used"]
    if unit == col.NO_SPAN or used == 1:
        return unit, number
    if unit == col.MONTHS:
        return col.DAYS, int((number * DAYS_A_MONTH * used).to_integral_value())
    return unit, int((number * used).to_integral_value())


def of_2_16(share: Decimal) -> int:
    """Return a share as a number of 65,536."""
    return int((share * 65536).to_integral_value())
