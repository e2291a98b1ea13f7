"""What a month adds to the accounts (S16): measures in force, grades, lists, and the hash of what changed."""

from __future__ import annotations

from glasstown.compiler.rulebook_rows import Book, Measure
from glasstown.engine.kernel.bits import whole
from glasstown.engine.kernel.cache import entry, kernel
from glasstown.engine.kernel.logbook import is_kept, next_line
from glasstown.engine.person.holds import wrongly_on
from glasstown.engine.person.scores import NO_CEILING, own_shown, shown
from glasstown.engine.tables.bundles import Desk, Law
from glasstown.engine.tables.listed import lists_of
from glasstown.engine.tables.log_rows import STOOD
from glasstown.engine.tables.shapes import Status
from glasstown.rows import Rows


@kernel
def ceiling_of(book: Book, status: Status, position: int) -> int:
    """Return what locks hold somebody's score to, as it stood at the last month's end."""
    if book.ceiling < 0:
        return NO_CEILING
    return whole(status.more[position, book.ceiling])


@kernel
def account(law: Law, status: Status, desk: Desk, position: int, month: int) -> None:
    """S16. Move the standing accounts by what changed for one person: grades, lists, measures, sum of scores."""
    rules, slots, me = law.rules, law.slots, desk.mine.me
    flow, level = desk.flow[me.group], desk.level[me.group]
    grade_before, grade = whole(status.grade[position]), me.grade
    lists_before, lists = lists_of(status, position), me.lists
    before = shown(rules.book, whole(status.score[position]), ceiling_of(rules.book, status, position))
    level[slots.level_score] += own_shown(rules, me) - before
    wrongly = wrongly_on(rules.clauses, desk.mine, lists)
    account_wrongly(law, desk, lists_before, wrongly)
    if is_kept(desk.log) and (lists != lists_before or wrongly != me.wrongly):
        line = desk.log.rows[next_line(desk.log, STOOD, me.person)]
        line.month, line.lists, line.wrongly = month, lists, wrongly
    if grade == grade_before and lists == lists_before:
        return
    level[slots.level_grades + grade_before] -= 1
    level[slots.level_grades + grade] += 1
    for rule in range(rules.book.n_lists):
        change = ((lists >> rule) & 1) - ((lists_before >> rule) & 1)
        level[slots.level_lists + rule] += change
        if change > 0:
            flow[slots.list_in + rule] += 1
        elif change < 0:
            flow[slots.list_out + rule] += 1
    for measure in range(rules.book.n_measures):
        level[slots.level_measures + measure] += in_force(rules.measures, measure, grade, lists) - in_force(
            rules.measures, measure, grade_before, lists_before
        )


@kernel
def account_wrongly(law: Law, desk: Desk, lists_before: int, wrongly: int) -> None:
    """S16. Move the accounts of those whom nothing but wrong records holds on a list."""
    slots, me = law.slots, desk.mine.me
    flow, level = desk.flow[me.group], desk.level[me.group]
    if me.wrongly == 0 and wrongly == 0:
        return
    for rule in range(law.rules.book.n_lists):
        is_wrongly = (wrongly >> rule) & 1
        level[slots.level_lists_wrong + rule] += is_wrongly - ((me.wrongly >> rule) & 1)
        if is_wrongly == 1 and (lists_before >> rule) & 1 == 0:
            flow[slots.list_in_wrong + rule] += 1


@entry
def in_force(measures: Rows[Measure], measure: int, grade: int, lists: int) -> int:
    """Return 1 where a measure is in force for this grade and these lists."""
    by_grade = (measures[measure].grades >> grade) & 1
    by_list = 1 if measures[measure].lists & lists != 0 else 0
    return by_grade | by_list
