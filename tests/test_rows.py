"""Registers of rows: one class is the columns, the NumPy type and what a reader is told."""

from __future__ import annotations

import numpy as np
import pytest

from glasstown.compiler.rulebook_rows import TABLES, Cap
from glasstown.compiler.tables import CompiledRules
from glasstown.engine.tables.conduct_rows import Did, Household, Seen
from glasstown.engine.tables.filing_rows import Filed, Letter
from glasstown.engine.tables.lived_rows import Lived
from glasstown.engine.tables.log_rows import LogLine
from glasstown.engine.tables.person_rows import MOST_MORE, Chance, Cursor, Ident, Me, Origin
from glasstown.engine.tables.practice_rows import OfficeAct, OfficeNumbers, StatusClause
from glasstown.engine.tables.society_rows import Business, SocietyNumbers
from glasstown.rows import (
    Row,
    as_array,
    as_table,
    column,
    columns_of,
    dtype_of,
    each,
    in_python,
    joined,
    make_row,
    make_rows,
    rows_of,
)

REGISTERS = [
    *TABLES.values(), Lived, SocietyNumbers, Business, Did, Seen, Household, Me, Origin, Ident, Chance, Cursor,
    OfficeAct, OfficeNumbers, StatusClause, Filed, Letter, LogLine,
]  # fmt: skip


@pytest.mark.parametrize("register", REGISTERS, ids=lambda register: register.__name__)
def test_register__says_unit_and_meaning_of_every_column(register: type[Row]) -> None:
    for found in columns_of(register).values():
        assert found.unit
        assert found.meaning.endswith(".")
    assert register.__doc__
    assert dtype_of(register).isalignedstruct


def test_registers__name_every_table_of_a_compiled_rulebook() -> None:
    tables = [name for name in CompiledRules.__slots__ if name not in ("rulebook", "flags", "steps")]
    assert sorted(TABLES) == sorted(tables)


def test_numbers_of_a_person__fit_the_further_state() -> None:
    assert dtype_of(Me)["more"].shape == (MOST_MORE,)


def test_row__is_read_and_written_by_name() -> None:
    rows = make_rows(Cap, 3)
    rows[1].times = 4
    assert rows[1].times == 4
    assert as_array(rows)["times"].tolist() == [0, 4, 0]
    me = make_row(Me)
    me.score += 7
    me.more[2] = 5
    assert (me.score, me.more[2], me.more[0]) == (7, 5, 0)


def test_rows_of__takes_a_table_as_it_stands() -> None:
    rows = rows_of(Cap, [[1, 2, 3, 4], [5, 6, 7, 8]])
    assert (rows[1].times, rows[1].points, rows[1].period, rows[1].span) == (5, 6, 7, 8)
    assert len(rows_of(Cap, np.zeros((0, 4), dtype=np.int64))) == 0


def test_as_table__gives_back_what_rows_of_took() -> None:
    table = [[1, 2, 3, 4], [5, 6, 7, 8]]
    assert as_table(rows_of(Cap, table)).tolist() == table
    assert as_table(make_rows(Cap, 0)).shape == (0, 4)


def test_rows_in_python__hold_numbers_that_dates_take() -> None:
    rows = make_rows(LogLine, 2)
    rows[1].day, rows[1].more[2] = 31, 7
    first, second = in_python(rows)
    assert (first.day, second.day, second.more[2]) == (0, 31, 7)
    assert type(second.day) is type(second.more[2]) is int
    assert in_python(make_rows(LogLine, 0)) == []


def test_joined_rows__are_read_by_name_still() -> None:
    first, second = rows_of(Cap, [[1, 2, 3, 4]]), rows_of(Cap, [[5, 6, 7, 8]])
    both = joined(Cap, [first, second])
    both[1].times = 9
    assert [row.times for row in each(both)] == [1, 9]
    assert second[0].times == 5
    assert len(joined(Cap, [])) == 0


def test_rows_of__refuses_a_table_of_another_width() -> None:
    with pytest.raises(ValueError, match="Cap has 4 numbers a row, not 3"):
        rows_of(Cap, [[1, 2, 3]])


def test_column__of_a_name_that_numpy_takes__is_refused() -> None:
    class Planted(Row):
        base: int = column("quanta", "What everybody begins with.")

    with pytest.raises(TypeError, match=r"Planted\.base: a NumPy record has an attribute of this name"):
        dtype_of(Planted)


def test_attribute_that_is_no_column__is_refused() -> None:
    class Planted(Row):
        most = 3

    with pytest.raises(TypeError, match=r"Planted\.most is no column"):
        columns_of(Planted)
