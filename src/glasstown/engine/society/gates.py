"""S11, S12: which gates lists and grades close, as bits that are read at a month's beginning as the last one ended.

Each gate belongs to an office of its own that keeps a copy of the lists.  An office may hear late of a listing, and its copy may
outlive a correction; a household may share what is closed to its head.
"""

from __future__ import annotations

from datetime import date
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from glasstown.compiler import columns as col
from glasstown.compiler.tables import CompiledRules
from glasstown.engine.kernel import draws
from glasstown.engine.kernel.bits import whole
from glasstown.engine.kernel.cache import entry, kernel
from glasstown.engine.kernel.philox import byte, lane, life_words
from glasstown.engine.tables.burdens import is_burden
from glasstown.engine.tables.listed import lists_of, lists_of_any
from glasstown.engine.tables.lived_rows import Lived
from glasstown.engine.tables.lives import (
    ALL_DOORS,
    BLACK,
    DOORS,
    GATES,
    N_DOORS,
    PARTS,
    RED,
    SEEN,
    SHARED,
    SHOWN,
    STOPPED,
)
from glasstown.engine.tables.person_rows import Chance
from glasstown.engine.tables.practice_rows import N_LISTS, Shown
from glasstown.engine.tables.profiles import group_of, household_of
from glasstown.engine.tables.shapes import I64, Shard, Society, Status
from glasstown.language.model import Measure
from glasstown.rows import Ints, Rows, in_python

Bits: TypeAlias = NDArray[np.uint32]

ALSO = {
    "tourism": "hotel", "spending": "hotel",
    "state-firm-post": "public-post",
    "housing": "property", "school": "private-school", "trade-licence": "licence", "qualification": "licence", "relief": "subsidy",
}  # fmt: skip
"""gates of rulebooks that are one gate of a town with others"""
STANDING = (1 << STOPPED) - 1
"""bits of `closed` that say what is closed and who is listed"""
STRIDE = 64
"""people who are looked at together: most of such a group are on no list"""


def closing(compiled: CompiledRules, day: date, joined: int) -> tuple[I64, I64]:
    """Return the bits that each list and each grade closes by law of a day, and black and red lists.

    joined    how many gates join in, in the order of GATES
    Returns   (32,) by list, (32,) by grade
    """
    by_list, by_grade = np.zeros(32, dtype=np.int64), np.zeros(col.N_STANDINGS, dtype=np.int64)
    law = compiled.law_of_measures(day)
    for row, measure, is_law in zip(in_python(compiled.measures), compiled.rulebook.measures, law, strict=True):
        bits = _bits(measure) & _joined(joined) if is_law else 0
        if not bits:  # most measures close no gate at which people ask
            continue
        for place in range(32):
            by_list[place] |= bits * ((row.lists >> place) & 1)
        for grade in range(col.NO_GRADE):
            by_grade[grade] |= bits * ((row.grades >> grade) & 1)
    for place, rule in enumerate(compiled.rulebook.lists if compiled.is_law(day) else ()):
        by_list[place] |= BLACK if rule.colour == "black" else RED if rule.colour == "red" else 0
    return by_list, by_grade


def gates_closed_by(compiled: CompiledRules) -> tuple[str, ...]:
    """Return the gates that any measure of a rulebook closes to people, wholly or in part, in the order of GATES."""
    bits = 0
    for measure in compiled.rulebook.measures:
        bits |= _bits(measure)
    closed = {PARTS.get(door, door) for place, door in enumerate(DOORS) if (bits >> place) & 1}
    return tuple(gate for gate in GATES if gate in closed)


def _bits(measure: Measure) -> int:
    """Return the gates that a measure closes to people, as bits; 0 for none."""
    if not is_burden(measure) or (measure.subjects and "person" not in measure.subjects):
        return 0
    if measure.gate == "any":
        return ALL_DOORS
    gate = ALSO.get(measure.gate or "", measure.gate)
    return 1 << DOORS.index(gate) if gate in DOORS else 0


def _joined(joined: int) -> int:
    """Return the bits of the first gates, as many as join in, and of their parts."""
    some = GATES[:joined]
    return sum(1 << place for place, door in enumerate(DOORS) if PARTS.get(door, door) in some)


@entry
def gather(bits: Bits, status: Status, by_list: Ints, by_grade: Ints) -> None:
    """S11. Add what everybody's grade and lists close under one rulebook to `bits`."""
    grades = np.uint32(0)
    for grade in range(len(by_grade)):
        grades = np.uint32(grades | np.uint32(whole(by_grade[grade] != 0) << grade))
    for start in range(0, len(bits), STRIDE):
        end = min(start + STRIDE, len(bits))
        if not any_touched(status, grades, start, end):
            continue
        for position in range(start, end):
            lists, grade = lists_of(status, position), whole(status.grade[position])
            is_graded = (whole(grades) >> grade) & whole(status.is_scored[position])
            if lists == 0 and is_graded == 0:
                continue
            closed = closed_to(lists, by_list)
            if is_graded == 1:
                closed |= by_grade[grade]
            bits[position] |= np.uint32(closed)


@kernel
def any_touched(status: Status, grades: np.uint32, start: int, end: int) -> bool:
    """Return whether any of these people is on a list, or in one of some grades: a loop that takes several people at a time.

    grades   as bits
    """
    touched = np.uint32(0)
    for position in range(np.uint64(start), np.uint64(end)):
        is_graded = np.uint32(grades >> np.uint32(status.grade[position])) & np.uint32(status.is_scored[position])
        touched = np.uint32(touched | is_graded)
    return bool(touched != 0) or lists_of_any(status, start, end) != 0


@kernel
def closed_to(lists: int, by_list: Ints) -> int:
    """Return what these lists close."""
    closed, place = 0, 0
    while lists != 0:
        if lists & 1 == 1:
            closed |= by_list[place]
        lists >>= 1
        place += 1
    return closed


@entry
def show(bits: Bits, status: Status, shard: Shard, shown: Rows[Shown], chance: Chance, month: int) -> None:
    """S11 to S14. Add to `bits` who is shown this month to those around, and who is seen by those who decide about them.

    shown   how surely, by list and grade (publicity.py)
    """
    grades = np.uint32(0)
    for row in range(N_LISTS, len(shown)):
        grades = np.uint32(grades | np.uint32(whole(shown[row].around | shown[row].looking != 0) << (row - N_LISTS)))
    for start in range(0, len(bits), STRIDE):
        end = min(start + STRIDE, len(bits))
        if not any_touched(status, grades, start, end):
            continue
        for position in range(start, end):
            is_graded = (whole(grades) >> whole(status.grade[position])) & whole(status.is_scored[position])
            if is_graded == 0 and lists_of(status, position) == 0:
                continue
            around, looking = chances_shown(status, shown, position)
            if around | looking == 0:
                continue
            lot = life_words(chance, shard, position, month, draws.SHOWING)
            bits[position] |= np.uint32(SHOWN * whole(lot[0] < around) | SEEN * whole(lot[1] < looking))


@kernel
def chances_shown(status: Status, shown: Rows[Shown], position: int) -> tuple[int, int]:
    """Return how surely a month shows somebody to those around and to who looks, of 2**32: by the list or grade that does most."""
    around, looking, lists, place = whole(0), whole(0), lists_of(status, position), 0
    if status.is_scored[position] == 1:
        row = N_LISTS + whole(status.grade[position])
        around, looking = whole(shown[row].around), whole(shown[row].looking)
    while lists != 0:
        if lists & 1 == 1:
            around, looking = max(around, whole(shown[place].around)), max(looking, whole(shown[place].looking))
        lists >>= 1
        place += 1
    return around, looking


@entry
def inherit(society: Society, shard: Shard, bits: Bits, shared: Ints, lived: Rows[Lived], chance: Chance) -> None:
    """S12. Let the households of some on a black list share what is closed to them there: drawn once a life for each of them.

    shared   (256,) scratch: zeros
    """
    for block in range(len(shard.first) - 1):
        first, end = shard.first[block], shard.first[block + 1]
        is_any = False
        for position in range(first, end):
            mine = whole(bits[position])
            if mine & BLACK == 0 or mine & SHARED == 0:
                continue
            lot = life_words(chance, shard, position, whole(shard.lives.since[position]), draws.HOUSEHOLD)
            if lot[0] < society.numbers.inherits:
                shared[household_of(shard.profile[position])] |= mine & SHARED
                is_any = True
        if not is_any:
            continue
        for position in range(first, end):
            added = shared[household_of(shard.profile[position])] & ~whole(bits[position])
            if added != 0:
                bits[position] |= np.uint32(added)
                lived[group_of(shard.profile[position])].inherited += 1
        for household in range(len(shared)):
            shared[household] = 0


@entry
def renew(society: Society, shard: Shard, bits: Bits, lived: Rows[Lived], chance: Chance, month: int) -> None:
    """S7, S11. Bring `closed` up to `bits`, each gate as soon as its office hears of a listing, or of its end.

    An office that has not heard keeps to its copy; who stands on a list is known at once.  Who had stopped asking at a gate asks
    again once it opened.
    """
    closed, numbers = shard.lives.closed, society.numbers
    for position in range(len(closed)):
        stopped = whole(closed[position]) >> STOPPED
        before, now = whole(closed[position]) & STANDING, whole(bits[position])
        if before == now:
            continue
        changed = (before ^ now) & ALL_DOORS
        if changed != 0 and (numbers.copies < 256 or numbers.hears < 256):
            lot = life_words(chance, shard, position, month, draws.OFFICES)
            for gate in range(N_DOORS):
                if (changed >> gate) & 1 == 0:
                    continue
                heard = numbers.hears if (now >> gate) & 1 == 1 else numbers.copies
                if byte(lane(lot, gate >> 2), gate) >= heard:
                    now ^= 1 << gate
        closed[position] = np.uint32(now | (stopped & now & ALL_DOORS) << STOPPED)
        if now & ~whole(bits[position]) & ALL_DOORS != 0:
            lived[group_of(shard.profile[position])].copies += 1
