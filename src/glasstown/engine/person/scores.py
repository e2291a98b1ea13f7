"""The score as it is shown, and the grade (docs/the-day.md, section 5)."""

from __future__ import annotations

from glasstown.compiler.columns import EXACTLY, LOT_BITS, NO_GRADE, NO_WORSE
from glasstown.compiler.rulebook_rows import Book
from glasstown.engine.kernel.cache import entry, kernel
from glasstown.engine.kernel.entries import LOCK, OVERRIDE
from glasstown.engine.kernel.ledger_words import clause_of, kind_of
from glasstown.engine.tables.bundles import Mine
from glasstown.engine.tables.person_rows import Begins, Me
from glasstown.engine.tables.shapes import Rules
from glasstown.rows import Rows

NO_CEILING = (1 << 31) - 1
"""What stands for no lock's ceiling: more quanta than any score has."""


@entry
def shown(book: Book, score: int, ceiling: int) -> int:
    """Return the score as it is shown: a hidden sum held within the bounds, and below the ceiling of the locks that stand."""
    if book.latent == 1:
        return min(max(score, book.lowest), book.highest, ceiling)
    return min(score, ceiling)


@kernel
def own_shown(rules: Rules, me: Me) -> int:
    """Return the score of the person in hand as it is shown."""
    return shown(rules.book, me.score, me.ceiling)


@kernel
def find_ceiling(rules: Rules, mine: Mine) -> None:
    """Find the lowest ceiling of the locks that stand."""
    if rules.book.ceiling < 0:
        return
    ceiling = NO_CEILING
    for position in range(mine.me.n_entries):
        if kind_of(mine.keys[position]) == LOCK:
            ceiling = min(ceiling, rules.clauses[clause_of(mine.keys[position])].at_most)
    mine.me.ceiling = ceiling
    mine.me.more[rules.book.ceiling] = ceiling


@kernel
def score_grade(rules: Rules, begins: Rows[Begins], score: int, lot: int, is_cut: bool) -> int:
    """Return the first grade that covers a score, or NO_GRADE; `is_cut` once the month's cut-offs are published."""
    for place in range(rules.book.n_grades):
        grade, begin = rules.grades[place], begins[place]
        rank = (score << LOT_BITS) + lot if grade.by_lot == 1 else score
        if (begin.after_cut if is_cut else begin.before_cut) <= rank and score < grade.below:
            return place
    return NO_GRADE


@kernel
def grade_of_the_day(rules: Rules, me: Me) -> int:
    """Return the grade as it was found last, whether or not another one is published."""
    return me.more[rules.book.running] if rules.book.running >= 0 else me.grade


@kernel
def grade_of(rules: Rules, mine: Mine) -> int:
    """Return the grade: of the score, then exactly, then no worse, then no better; of several the worst holds."""
    if rules.book.consent >= 0 and mine.me.more[rules.book.consent] == 0:
        return NO_GRADE
    grade = score_grade(rules, mine.begins, own_shown(rules, mine.me), mine.me.lot, mine.me.is_cut == 1)
    exactly, floor, ceiling = -1, -1, -1
    for position in range(mine.me.n_entries):
        if kind_of(mine.keys[position]) == OVERRIDE:
            clause = rules.clauses[clause_of(mine.keys[position])]
            if clause.holds == EXACTLY:
                exactly = max(exactly, clause.grade)
            elif clause.holds == NO_WORSE:
                floor = max(floor, clause.grade)
            else:
                ceiling = max(ceiling, clause.grade)
    if exactly >= 0:
        grade = exactly
    if floor >= 0:
        grade = min(grade, floor)
    if ceiling >= 0:
        grade = ceiling if grade == NO_GRADE else max(grade, ceiling)
    return grade
