"""What a month adds to the accounts (S16): measures in force, grades, lists, and the hash of what changed."""

from __future__ import annotations

import numpy as np

from glasstown.engine.kernel.cache import entry, kernel
from glasstown.engine.person.lists import NO_CEILING, own_shown, shown, wrongly_on
from glasstown.engine.tables.person_rows import Me
from glasstown.engine.tables.shapes import I64, Rules, Slots, Status


@kernel
def ceiling_of(rules: Rules, status: Status, position: int) -> int:
    """Return what locks hold somebody's score to, as it stood at the last month's end."""
    if rules.book.ceiling < 0:
        return NO_CEILING
    return np.int64(status.more[position, rules.book.ceiling])


@kernel
def account(
    rules: Rules, slots: Slots, status: Status, keys: I64, pays: I64, me: Me, flow: I64, level: I64, position: int
) -> None:  # fmt: skip
    """S16. Move the standing accounts by what changed for one person: grades, lists, measures, sum of scores."""
    grade_before, grade = np.int64(status.grade[position]), me.grade
    lists_before, lists = np.int64(status.lists[position]), me.lists
    before = shown(rules, np.int64(status.score[position]), ceiling_of(rules, status, position))
    level[slots.level_score] += own_shown(rules, me) - before
    account_wrongly(rules, slots, me, flow, level, lists_before, wrongly_on(rules, keys, pays, me.n_entries, lists))
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
        level[slots.level_measures + measure] += in_force(rules, measure, grade, lists) - in_force(
            rules, measure, grade_before, lists_before
        )


@kernel
def account_wrongly(
    rules: Rules, slots: Slots, me: Me, flow: I64, level: I64, lists_before: int, wrongly: int
) -> None:  # fmt: skip
    """S16. Move the accounts of those whom nothing but wrong records holds on a list."""
    if me.wrongly == 0 and wrongly == 0:
        return
    for rule in range(rules.book.n_lists):
        is_wrongly = (wrongly >> rule) & 1
        level[slots.level_lists_wrong + rule] += is_wrongly - ((me.wrongly >> rule) & 1)
        if is_wrongly == 1 and (lists_before >> rule) & 1 == 0:
            flow[slots.list_in_wrong + rule] += 1


@entry
def in_force(rules: Rules, measure: int, grade: int, lists: int) -> int:
    """Return 1 where a measure is in force for this grade and these lists."""
    by_grade = (rules.measures[measure].grades >> grade) & 1
    by_list = 1 if rules.measures[measure].lists & lists != 0 else 0
    return by_grade | by_list


@kernel
def mix(h: np.uint64, value: np.uint64) -> np.uint64:
    """Return a 64-bit hash of a hash and a value (multiply and fold; not for secrets)."""
    x = (h ^ value) * np.uint64(0x9E3779B97F4A7C15)
    x ^= x >> np.uint64(32)
    x *= np.uint64(0xD6E8FEB86659FD93)
    return x ^ (x >> np.uint64(29))
