"""Turns of the year: cycles that begin, cut-offs that are published, lists that are assessed (docs/the-day.md, phase 1).

Tables that take long to make and never change: made once for an installation, and read again from the cache folder.

A file's name holds a hash of all that its table is made from, its first bytes a hash of the rest.  One that is missing, cut short or
changed is made anew, and where nothing can be written the table is simply made each time.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from glasstown.compiler.columns import NEVER
from glasstown.engine.kernel import cache
from glasstown.engine.kernel.cache import kernel
from glasstown.engine.kernel.calendar import is_scheme, month_of
from glasstown.engine.kernel.entries import (
    BIAS,
    CARRIED,
    CARRIED_UNTIL_SHIFT,
    CARRY,
    CLAUSE_MASK,
    CLAUSE_SHIFT,
    CORRECTION,
    COUNTED,
    DAY_MASK,
    EVENT_MASK,
    EVENT_SHIFT,
    GRANTED,
    KEPT,
    LAPSE,
    PHASE_ASSESSMENT,
    REPEAT,
    STANDING_SHIFT,
    TAKEN_MASK,
    TURN,
    TURN_CUT_OFF,
    TURN_CYCLE,
    key,
)
from glasstown.engine.kernel.whole_files import read_whole, write_whole
from glasstown.engine.person.grants import drop, move_score, note_standing, push, return_to_base
from glasstown.engine.tables.person_rows import Me
from glasstown.engine.tables.shapes import I64, Calendar, Rules


@kernel
def turn_in(rules: Rules, cal: Calendar, month: int, row: int) -> int:
    """Return the day in a month on which a row of the table of turns falls, or -1; a day that the month lacks is its last."""
    if rules.turns[row].month != (cal.origin.month - 1 + month) % 12 + 1:
        return -1
    day: int = min(cal.month_start[month] + rules.turns[row].day - 1, cal.month_start[month + 1] - 1)
    return day


@kernel
def next_turn(rules: Rules, cal: Calendar, day: int) -> int:
    """Return the first day later than `day` on which a cycle begins, NEVER where there is none."""
    month = month_of(cal, day)
    for ahead in range(14):
        if month + ahead + 1 >= len(cal.month_start):
            break
        for row in range(len(rules.turns)):
            begins = turn_in(rules, cal, month + ahead, row)
            if begins > day:
                return min(begins, NEVER)
    return NEVER


@kernel
def publishes(rules: Rules, cal: Calendar, month: int) -> bool:
    """Return whether cut-offs of quota grades come into force on the first day of a month."""
    if month <= cal.origin.first_month or not is_scheme(cal, cal.month_start[month]):
        return False
    month_before = (cal.origin.month - 1 + month - 1) % 12 + 1
    is_assessed: bool = (rules.book.cut_months >> month_before) & 1 == 1
    return is_assessed


@kernel
def has_turn(rules: Rules, cal: Calendar, month: int) -> bool:
    """Return whether a cycle begins or cut-offs come into force in a month."""
    for row in range(len(rules.turns)):
        if cal.origin.first_day < turn_in(rules, cal, month, row) < cal.origin.over:
            return True
    return publishes(rules, cal, month)


@kernel
def add_turns(rules: Rules, cal: Calendar, keys: I64, pays: I64, me: Me, month: int) -> None:
    """Enter the month's cycles and cut-offs for the person in hand."""
    for row in range(len(rules.turns)):
        day = turn_in(rules, cal, month, row)
        if cal.origin.first_day < day < cal.origin.over:
            push(keys, pays, me, key(day, PHASE_ASSESSMENT, TURN_CYCLE, 0, TURN), me.person)
    if publishes(rules, cal, month):
        push(keys, pays, me, key(cal.month_start[month], PHASE_ASSESSMENT, TURN_CUT_OFF, 0, TURN), me.person)


@kernel
def begin_cycle(rules: Rules, keys: I64, pays: I64, me: Me, day: int) -> None:
    """Let the score begin anew, and take again what is carried over (section 4).

    What is carried keeps its entry, with the points that were taken again as those that stand.
    """
    return_to_base(rules, me)
    forget_carried(keys, pays, me, day)
    wipe_but_carried(rules, keys, pays, me)
    last = -1
    while True:
        position = next_carried(keys, me, last)
        if position < 0:
            break
        last = keys[position]
        event, clause = (last >> EVENT_SHIFT) & EVENT_MASK, (last >> CLAUSE_SHIFT) & CLAUSE_MASK
        standing = ((pays[position] >> 8) & TAKEN_MASK) - BIAS
        pays[position] -= standing << 8
        note_standing(keys, pays, me, event, move_score(rules, me, standing, rules.clauses[clause].part))


@kernel
def next_carried(keys: I64, me: Me, after_key: int) -> int:
    """Return the position of the carried record that comes next in the order of clauses and events, or -1."""
    position = -1
    for candidate in range(me.n_entries):
        if keys[candidate] & 15 == CARRIED and keys[candidate] > after_key:
            if position < 0 or keys[candidate] < keys[position]:
                position = candidate
    return position


@kernel
def forget_carried(keys: I64, pays: I64, me: Me, day: int) -> None:
    """Let go of what would be carried over, but whose state is over by this day."""
    position = 0
    while position < me.n_entries:
        until = (pays[position] >> CARRIED_UNTIL_SHIFT) & DAY_MASK
        if keys[position] & 15 == CARRIED and 0 < until <= day:
            drop(keys, pays, me, position)
        else:
            position += 1


@kernel
def is_carried(keys: I64, me: Me, event: int) -> bool:
    """Return whether a record is one that the next cycle takes again."""
    for position in range(me.n_entries):
        if keys[position] & 15 == CARRIED and (keys[position] >> EVENT_SHIFT) & EVENT_MASK == event:
            return True
    return False


@kernel
def wipe_but_carried(rules: Rules, keys: I64, pays: I64, me: Me) -> None:
    """Let all records so far count nowhere; one that is carried over can still be applied for and corrected."""
    position = 0
    while position < me.n_entries:
        kind = keys[position] & 15
        if kind == LAPSE or kind == REPEAT or kind == CARRY:
            drop(keys, pays, me, position)
            continue
        if kind == KEPT:
            clause = (keys[position] >> CLAUSE_SHIFT) & CLAUSE_MASK
            stays = rules.clauses[clause].on_application == 1 or rules.clauses[clause].part >= 0
            if not stays or not is_carried(keys, me, (keys[position] >> EVENT_SHIFT) & EVENT_MASK):
                drop(keys, pays, me, position)
                continue
            pays[position] = pays[position] & ~(COUNTED | GRANTED)
        elif kind == CORRECTION:
            pays[position] = pays[position] & ((1 << STANDING_SHIFT) - 1)
        position += 1


def kept_table(
    name: str, made_from: bytes, make: Callable[[], NDArray[Any]], *, dtype: str, shape: tuple[int, ...]
) -> NDArray[Any]:
    """Return a table, read from the cache folder where it lies there whole, else made and kept there.

    name       what it is called on disk, before the hash
    made_from  everything that its values follow from: the text of the code that makes it, and constants from elsewhere
    dtype      of the table, byte order included, such as "<u4"
    """
    path = table_path(name, made_from)
    content = read_whole(path)
    if content is not None and len(content) == np.dtype(dtype).itemsize * int(np.prod(shape)):
        native = np.dtype(dtype).newbyteorder("=")
        return (
            np.frombuffer(content, dtype=dtype).reshape(shape).astype(native)
        )  # a copy: kernels take no read-only array
    table = make()
    write_whole(path, table.astype(dtype).tobytes())
    return table


def table_path(name: str, made_from: bytes) -> Path:
    """Return where a table lies, or would lie."""
    return cache.base_folder() / "tables" / f"{name}-{hashlib.blake2b(made_from, digest_size=8).hexdigest()}.bin"
