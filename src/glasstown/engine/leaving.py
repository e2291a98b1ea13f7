"""S0, S16: who leaves a rulebook and who begins under it when tenants change: state, ledger and standing accounts of one shard."""

from __future__ import annotations

import numpy as np

from glasstown.engine.counts import ceiling_of, in_force
from glasstown.engine.kernel.bits import whole
from glasstown.engine.kernel.cache import entry, kernel
from glasstown.engine.kernel.ledger_words import PERSON
from glasstown.engine.person.holds import wrongly_on
from glasstown.engine.person.scores import NO_CEILING, shown
from glasstown.engine.tables.deterrence import standing_of
from glasstown.engine.tables.listed import lay_lists, lists_of
from glasstown.engine.tables.practice_rows import RETURN_TENANTS
from glasstown.engine.tables.profiles import group_of
from glasstown.engine.tables.shapes import I64
from glasstown.engine.tables.turning import Under
from glasstown.engine.tables.turning_rows import DIED, MOVED, STAYED, Turn
from glasstown.population.tables import BLOCK
from glasstown.rows import Ints, Rows


@entry
def turn_under(under: Under, turns: Rows[Turn], x: I64, month: int) -> int:
    """S0. Let people leave a rulebook and begin under it; return how many entries its ledger has then, in `pool_out`.

    turns   who turned, in the order of their places
    x       (n, K) what they do: what the rulebook adds is added
    """
    status, row, read, written = under.status, 0, 0, 0
    for block in range(len(status.n_entries)):
        first, end, before = under.first[block], read + whole(status.n_entries[block]), written
        while row < len(turns) and turns[row].place < under.first[block + 1]:
            turn = turns[row]
            mine = entries_before(under, read, end, turn.place - first)
            written = carry(under, read, mine, written)
            read = entries_before(under, mine, end, turn.place - first + 1)
            written = turn_one(under, turn, mine, read, written, month)
            feel_standing(under, turn, x[row])
            row += 1
        written = carry(under, read, end, written)
        read = end
        status.n_entries[block] = np.int32(written - before)
    return written


@kernel
def entries_before(under: Under, start: int, end: int, person: int) -> int:
    """Return where the entries end that belong to people before a place in the neighbourhood."""
    while start < end and under.pool_in[start, 1] & PERSON.mask < person:
        start += 1
    return start


@kernel
def carry(under: Under, start: int, end: int, written: int) -> int:
    """Write entries down as they are; return how many are written then."""
    for row in range(start, end):
        under.pool_out[written, 0], under.pool_out[written, 1] = under.pool_in[row, 0], under.pool_in[row, 1]
        written += 1
    return written


@kernel
def turn_one(under: Under, turn: Turn, start: int, end: int, written: int, month: int) -> int:
    """S0. Let one leave, begin, or both; return how many entries are written then.

    start, end   where the entries stand of who lived there
    """
    status, position, gone = under.status, turn.place, turn.why != STAYED
    was, is_scored = status.is_scored[position] == 1, (turn.scored >> under.number) & 1 == 1
    goes, comes = was and (gone or not is_scored), is_scored and (gone or not was)
    status.is_scored[position] = np.uint8(1 if is_scored else 0)
    if goes:
        book_left(under, turn, start, end)
    else:
        written = carry(under, start, end, written)
    if goes or comes:
        lay_first(under, position, comes)
    if comes:
        status.begun[position] = np.int16(month)
        book_came(under, position)
        written = enter_first(under, position, written)
    return written


@kernel
def lay_first(under: Under, position: int, comes: bool) -> None:
    """S0. Let a place stand at the base; on lists stand only those whom the rulebook scores."""
    status, begin = under.status, under.begin.first
    status.score[position] = np.int32(under.book.base_score)
    status.grade[position] = np.uint8(begin.grade)
    lay_lists(status, position, begin.lists if comes else whole(0))
    status.n_records[position], status.nothing_owed[position] = np.uint8(0), np.uint8(0)
    for column in range(begin.n_more):
        status.more[position, column] = np.int32(begin.more[column])


@kernel
def enter_first(under: Under, position: int, written: int) -> int:
    """S0. Enter what somebody begins with; return how many entries are written then."""
    first = under.begin.entries
    for row in range(len(first)):
        under.pool_out[written, 0] = first[row, 0]
        under.pool_out[written, 1] = first[row, 1] & ~PERSON.mask | position % BLOCK
        written += 1
    return written


@kernel
def book_left(under: Under, turn: Turn, start: int, end: int) -> None:
    """S16. Take somebody who left out of what stands, and say of each list how they left it."""
    status, book, slots, position = under.status, under.book, under.begin.slots, turn.place
    group = group_of(under.profile[position])
    flow, level = under.flow[group], under.level[group]
    grade, lists = whole(status.grade[position]), lists_of(status, position)
    score = shown(book, whole(status.score[position]), ceiling_of(book, status, position))
    level[slots.level_grades + grade] -= 1
    level[slots.level_score] -= score
    flow[slots.returned + RETURN_TENANTS] -= score
    move_measures(under, level, grade, lists, -1)
    if lists == 0:
        return
    wrongly = wrongly_of(under, start, end, lists)
    way = slots.list_died if turn.why == DIED else slots.list_moved if turn.why == MOVED else slots.list_out
    for rule in range(book.n_lists):
        level[slots.level_lists + rule] -= (lists >> rule) & 1
        level[slots.level_lists_wrong + rule] -= (wrongly >> rule) & 1
        flow[way + rule] += (lists >> rule) & 1


@kernel
def wrongly_of(under: Under, start: int, end: int, lists: int) -> int:
    """Return on which lists nothing but wrong records held the one whose entries stand here, as bits."""
    mine = under.mine
    for row in range(start, end):
        mine.keys[row - start], mine.pays[row - start] = under.pool_in[row, 0], under.pool_in[row, 1]
    mine.me.n_entries = end - start
    return wrongly_on(under.clauses, mine, lists)


@kernel
def book_came(under: Under, position: int) -> None:
    """S16. Enter somebody who begins into what stands."""
    book, slots, begin = under.book, under.begin.slots, under.begin.first
    group = group_of(under.profile[position])
    flow, level = under.flow[group], under.level[group]
    base = shown(book, book.base_score, NO_CEILING)
    level[slots.level_grades + begin.grade] += 1
    level[slots.level_score] += base
    flow[slots.returned + RETURN_TENANTS] += base
    for rule in range(book.n_lists):
        level[slots.level_lists + rule] += (begin.lists >> rule) & 1
        flow[slots.list_in + rule] += (begin.lists >> rule) & 1
    move_measures(under, level, begin.grade, begin.lists, 1)


@kernel
def move_measures(under: Under, level: Ints, grade: int, lists: int, change: int) -> None:
    """S16. Enter the measures that are in force for somebody into what stands, or take them out of it."""
    for measure in range(under.book.n_measures):
        level[under.begin.slots.level_measures + measure] += change * in_force(under.measures, measure, grade, lists)


@kernel
def feel_standing(under: Under, turn: Turn, x: Ints) -> None:
    """S4. Add to the propensities of somebody what is felt of the rulebook from where they stand."""
    status = under.status
    if turn.changed == 0 or status.is_scored[turn.place] == 0:
        return
    column = standing_of(under.borders, whole(status.score[turn.place]))
    for k in range(len(x)):
        if (turn.changed >> k) & 1 == 1:
            x[k] += whole(under.felt[k, column])
