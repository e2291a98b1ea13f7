"""Tables in which nobody does anything, offices write nothing down and nobody leaves: for one life, whose records are given."""

from __future__ import annotations

import numpy as np

from glasstown.compiler.columns import N_STANDINGS
from glasstown.engine.tables.lives import no_society
from glasstown.engine.tables.model import Conduct
from glasstown.engine.tables.own import no_own
from glasstown.engine.tables.pace import no_pace
from glasstown.engine.tables.practice_rows import N_LISTS, Delay, Handled, OfficeAct, OfficeNumbers, Shown, StatusClause
from glasstown.engine.tables.shapes import Model, Practice
from glasstown.engine.tables.society_rows import Business
from glasstown.engine.tables.turning import Turning
from glasstown.engine.tables.turning_rows import Covers, Money, RoleChance, TurnNumbers
from glasstown.population.tables import OLDEST_AGE
from glasstown.rows import make_row, make_rows


def no_conduct() -> Conduct:
    """Return tables in which nobody does anything."""
    empty = np.zeros((0, 1), dtype=np.int64)
    model = Model(
        hit=np.zeros((1, 16), dtype=np.uint32),
        month_shift=np.zeros((1, 1), dtype=np.int64),
        fall=np.zeros((0, 17), dtype=np.int64),
        forget=np.zeros(1, dtype=np.int64),
        keen=np.zeros((0, 1, 2), dtype=np.int64),
        remembered=np.zeros((1, 16), dtype=np.uint32),
        class_mask=np.zeros(0, dtype=np.int64),
        find=np.zeros((0, 1, 2), dtype=np.uint32),
        capacity=0,
        society=no_society(),
        business=make_row(Business),
        strained=np.zeros(0, dtype=np.int64),
        own=no_own(),
    )
    none = np.zeros(0, dtype=np.int64)
    loads = np.zeros((0, 2, 2), dtype=np.int64)
    return Conduct(model, (), (), empty, none, (), none, loads, np.zeros((0, 1, 2), dtype=np.int64))


def no_turning() -> Turning:
    """Return tables of a place in which nobody turns."""
    known, ages, none = no_conduct(), np.zeros((2, OLDEST_AGE + 1), dtype=np.int64), np.zeros(0, dtype=np.int64)
    return Turning(
        numbers=make_row(TurnNumbers),
        dies=ages,
        moves=ages.copy(),
        enters=ages.copy(),
        work=none,
        roles=make_rows(RoleChance, 0),
        covers=make_rows(Covers, 0),
        matters=np.zeros(OLDEST_AGE + 2, dtype=np.int64),
        normal=np.zeros(1 << 16, dtype=np.int16),
        base=known.base,
        lift=known.lift,
        loading=known.loading,
        is_good=none.copy(),
        from_age=known.from_age,
        loads=known.loads,
        past_key=none.copy(),
        past=make_rows(Money, 0),
        past_judged=np.zeros(0, dtype=np.uint8),
    )


def no_practice() -> Practice:
    """Return tables of offices that write nothing down."""
    return Practice(
        felt=np.zeros((0, 1), dtype=np.int64),
        borders=np.zeros(0, dtype=np.int64),
        class_acts=np.zeros(1, dtype=np.int64),
        class_covered=np.zeros(0, dtype=np.int64),
        act_table=make_rows(OfficeAct, 0),
        delay=make_rows(Delay, 1024),
        spell=np.zeros((1, 1024), dtype=np.int64),
        numbers=make_row(OfficeNumbers),
        handled=make_rows(Handled, 0),
        status=make_rows(StatusClause, 0),
        bite=np.full(256, 256, dtype=np.int64),
        shame=np.full((33, 16), 256, dtype=np.int64),
        shown=make_rows(Shown, N_LISTS + N_STANDINGS),
        place=np.full(64, 256, dtype=np.int64),
        pace=no_pace(),
    )
