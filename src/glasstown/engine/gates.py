"""S11: which gates lists and grades close, as bits that are read at a month's beginning as the last one ended."""

from __future__ import annotations

from datetime import date

import numpy as np

from glasstown.compiler import columns as col
from glasstown.compiler.tables import CompiledRules
from glasstown.engine.cache import entry
from glasstown.engine.lives import AIR, BLACK, JOB, LOAN, RAIL, RED
from glasstown.engine.shapes import I64, Lives, Status
from glasstown.rulebook.model import Measure

GATES = {"air-ticket": AIR, "rail-ticket": RAIL, "loan": LOAN, "job": JOB}
"""gates at which people ask"""
WEAK = ("reference", "voluntary", "manage")
"""forces that close nothing"""


def closing(compiled: CompiledRules, day: date) -> tuple[I64, I64]:
    """Return the bits that each list and each grade closes by law of a day, and black and red lists.

    Returns   (32,) by list, (32,) by grade
    """
    by_list, by_grade = np.zeros(32, dtype=np.int64), np.zeros(col.NO_GRADE + 1, dtype=np.int64)
    for row, measure in zip(compiled.measures.tolist(), compiled.rulebook.measures, strict=True):
        bits = _bits(measure, day)
        for place in range(32):
            by_list[place] |= bits * ((row[col.M_LISTS] >> place) & 1)
        for grade in range(col.NO_GRADE):
            by_grade[grade] |= bits * ((row[col.M_GRADES] >> grade) & 1)
    for place, rule in enumerate(compiled.rulebook.lists):
        by_list[place] |= BLACK if rule.colour == "black" else RED if rule.colour == "red" else 0
    return by_list, by_grade


def _bits(measure: Measure, day: date) -> int:
    """Return the gate that a measure closes to people on a day, as a bit; 0 for none."""
    if measure.kind != "restrict" or measure.force in WEAK or (measure.subjects and "person" not in measure.subjects):
        return 0
    law = measure.in_force
    if law is not None and not _holds(law.from_, law.until, day):
        return 0
    return GATES.get(measure.gate or "", 0)


def _holds(first: object, until: object, day: date) -> bool:
    """Return whether a day lies from a period's first to the day before its end; what is not known is no bound."""
    return not (isinstance(first, date) and day < first) and not (isinstance(until, date) and day >= until)


@entry
def close_gates(lives: Lives, status: Status, by_list: I64, by_grade: I64, is_first: int) -> None:
    """S11. Write what grade and lists close into `closed`; the first rulebook's bits replace those of the month before."""
    for position in range(len(lives.closed)):
        bits = by_grade[status.grade[position]] if status.is_scored[position] == 1 else 0
        on = np.int64(status.lists[position])
        if on == 0 and bits == 0:
            if is_first == 1:
                lives.closed[position] = np.uint8(0)
            continue
        place = 0
        while on != 0:
            if on & 1 == 1:
                bits |= by_list[place]
            on >>= 1
            place += 1
        lives.closed[position] = np.uint8(bits if is_first == 1 else bits | np.int64(lives.closed[position]))
