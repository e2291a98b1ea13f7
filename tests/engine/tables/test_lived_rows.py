"""The accounts of lives follow their register: names, order, and one name for each number."""

from __future__ import annotations

import pytest

from glasstown.engine.tables.lived_rows import OTHER_GATES, TRIP_GATES, Lived, accounts_of, booked
from glasstown.engine.tables.lives import FIRST_OTHER, GATES
from glasstown.rows import Row, as_table, column, make_rows
from glasstown.runs.accounts import LIVED


def test_accounts__name_every_number_once() -> None:
    assert accounts_of(Lived) == LIVED
    assert len(LIVED) == len(set(LIVED)) == as_table(make_rows(Lived, 1)).shape[1]


@pytest.mark.parametrize(
    ("name", "at", "account"),
    [("employed", None, ("work", "employed")), ("refused_trips", 1, ("refusals", "rail-ticket")),
     ("refused_others", 7, ("refusals", "exit")), ("cut", None, ("partners", "cut"))],
)  # fmt: skip
def test_number__stands_where_its_account_is_read(name: str, at: int | None, account: tuple[str, str]) -> None:
    rows = make_rows(Lived, 1)
    if at is None:
        setattr(rows[0], name, 5)
    else:
        getattr(rows[0], name)[at] = 5
    numbers = as_table(rows)[0].tolist()
    assert [LIVED[place] for place, number in enumerate(numbers) if number] == [account]


def test_gates__are_those_of_the_accounts_and_loans_and_jobs() -> None:
    assert (*TRIP_GATES, *OTHER_GATES) == tuple(gate for gate in GATES if gate not in ("loan", "job"))
    assert GATES[FIRST_OTHER:] == OTHER_GATES


def test_column_without_an_account__is_refused() -> None:
    class Planted(Row):
        lost: int = booked("jobs", "lost", "jobs", "Jobs lost.")
        kept: int = column("jobs", "Jobs kept.")

    with pytest.raises(TypeError, match=r"Planted\.kept says not which account it is"):
        accounts_of(Planted)
