"""Tables in which nobody does anything and offices write nothing down: for one life, whose records are given."""

from __future__ import annotations

import numpy as np

from glasstown.engine.tables.lives import no_society
from glasstown.engine.tables.model import Conduct
from glasstown.engine.tables.own import no_own
from glasstown.engine.tables.pace import no_pace
from glasstown.engine.tables.practice_rows import Delay, OfficeAct, OfficeNumbers, StatusClause
from glasstown.engine.tables.shapes import Model, Practice
from glasstown.engine.tables.society_rows import Business
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
        clause_role=np.zeros(0, dtype=np.int64),
        status=make_rows(StatusClause, 0),
        bite=np.full(256, 256, dtype=np.int64),
        shame=np.full((33, 16), 256, dtype=np.int64),
        place=np.full(64, 256, dtype=np.int64),
        pace=no_pace(),
    )
