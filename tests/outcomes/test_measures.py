"""Measures are exact sums over the months table."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

import towns
from glasstown.engine.tables.practice_rows import TRUTHS
from glasstown.outcomes import measures
from glasstown.storage import table_of


def table(*cells: towns.Cell, months: int = 4) -> pa.Table:
    return table_of("months", towns.columns(list(cells), months))


def test_read_accounts__sums_groups_and_keeps_kinds_apart() -> None:
    months = table(
        ("person", "fifth-1", "acts", "c0", lambda n: n + 1),
        ("person", "fifth-2", "acts", "c0", lambda n: 10),
        ("firm", "small", "acts", "k0", lambda n: 100),
    )
    people = measures.read_accounts(months, "person")
    assert people.series("acts", "c0") == (11, 12, 13, 14)
    assert people.series("acts", "k0") == (0, 0, 0, 0)
    assert measures.read_accounts(months, "person", "fifth-1").total("acts", "c0") == 10
    assert measures.groups(months, "person") == ("fifth-1", "fifth-2")


def test_read_accounts__a_month_without_a_row_is_zero() -> None:
    months = table(
        ("person", "fifth-1", "people", "scored", lambda n: 5),
        ("person", "fifth-1", "records", "x", lambda n: 7 if n == 2 else 0),
    )
    accounts = measures.read_accounts(months, "person")
    assert accounts.series("records", "x") == (0, 0, 7, 0)
    assert accounts.dates[0] == date(2013, 1, 1)
    assert accounts.dates[-1] == date(2013, 4, 1)


def test_read_accounts__an_empty_table_has_no_months() -> None:
    accounts = measures.read_accounts(table(), "person")
    assert accounts.dates == ()
    assert measures.clause_tallies(accounts) == ()


@given(st.integers(-(10**15), 10**15), st.integers(1, 10**9))
def test_mean_score__is_an_exact_fraction(total: int, scored: int) -> None:
    months = table(
        ("person", "fifth-1", "people", "scored", lambda n: scored),
        ("person", "fifth-1", "score_sum", "score", lambda n: total),
        months=1,
    )
    assert measures.mean_score(measures.read_accounts(months, "person")) == (Fraction(total, scored),)


def test_clause_tallies__most_taken_first_and_wrong_part_beside_it() -> None:
    months = table(
        ("person", "fifth-1", "records", "small", lambda n: 1),
        ("person", "fifth-1", "points", "small", lambda n: -5),
        ("person", "fifth-1", "records", "large", lambda n: 2),
        ("person", "fifth-1", "points", "large", lambda n: -40),
        ("person", "fifth-1", "points_wrong", "large", lambda n: -10),
        ("person", "fifth-1", "records", "gift", lambda n: 1),
        ("person", "fifth-1", "points", "gift", lambda n: 3),
    )
    accounts = measures.read_accounts(months, "person")
    tallies = measures.clause_tallies(accounts)
    assert [tally.clause for tally in tallies] == ["large", "small", "gift"]
    assert (tallies[0].records, tallies[0].points, tallies[0].wrong_points) == (8, -160, -40)
    assert measures.lost_points(accounts) == (180, 40)


def test_grade_counts__those_without_a_grade_are_shown_only_where_there_are_any() -> None:
    held = measures.read_accounts(table(("person", "fifth-1", "grades", "A", lambda n: 3)), "person")
    assert list(measures.grade_counts(held, ["A", "B"])) == ["A", "B"]
    none = measures.read_accounts(table(("person", "fifth-1", "grades", "none", lambda n: 3)), "person")
    assert list(measures.grade_counts(none, ["A"])) == ["A", "none"]


def test_truth__wrong_is_all_but_right_lost_and_not_recorded() -> None:
    cells = [("person", "fifth-1", "truth", name, lambda n, i=i: i) for i, name in enumerate(TRUTHS, start=1)]
    cells.append(("person", "fifth-1", "too_late", "not made", lambda n: 7))
    found = measures.truth(measures.read_accounts(table(*cells, months=1), "person"))
    assert (found.right, found.wrong, found.written, found.lost, found.not_recorded) == (1, 33, 34, 5, 6)
    assert found.too_late == 7
