"""Reasons are sentences that a lawyer can check."""

from __future__ import annotations

from datetime import date

from glasstown.interpreter.life import Life, Record, live
from golden.harness import acts_from, book_from, load_golden

BOOK = book_from(
    "told",
    {
        "score": {"lowest": 85, "highest": 110},
        "grades": [{"id": "A", "from": 95, "below": "top"}, {"id": "B", "from": "lowest", "below": 95}],
        "clauses": [
            {
                "id": "late",
                "direction": "deduct",
                "points": -10,
                "lapse": {"after": {"days": 5}},
                "starts_after": {"days": 2},
            },
            {"id": "often", "direction": "reward", "points": 2, "caps": [{"times": 1, "per": "year"}]},
            {"id": "big", "direction": "deduct", "points": -50, "fine": 20, "enters": {"list": "black"}},
        ],
        "lists": [{"id": "black", "leaves": {}}],
    },
)


def why(*events: tuple[str, date]) -> list[str]:
    records = tuple(Record(f"e{n}", n, day, day, clause=clause) for n, (clause, day) in enumerate(events))
    return [line.why for line in live(BOOK, acts_from({}), Life(date(2020, 1, 1), date(2020, 12, 31), records)).ledger]


def test_record__tells_days_points_lapse_and_grade() -> None:
    assert why(("late", date(2020, 1, 1))) == [
        "Clauses late (clause late, recorded on 2020-01-01). -10 points. They lapse on 2020-01-08. "
        "The grade changes from A to B.",
        "Points of late lapse after 5 days: the -10 points that were taken on event e0 return as +10 points. "
        "The grade changes from B to A.",
    ]


def test_record__tells_the_cap_that_drops_it() -> None:
    assert why(("often", date(2020, 1, 1)), ("often", date(2020, 1, 2)))[1] == (
        "Clauses often (clause often). +2 points. The cap of clause often (1 record in a calendar year) is reached, "
        "so the record is dropped."
    )


def test_record__tells_bound_fine_and_list() -> None:
    assert why(("big", date(2020, 1, 1))) == [
        "Clauses big (clause big). -50 points. The score stops at its bound, so -15 points is taken. "
        "A fine of 20 yuan. The grade changes from A to B. The subject comes on the list 'lists black'."
    ]


def test_every_line__has_a_reason_of_whole_sentences() -> None:
    for golden in load_golden():
        for line in live(golden.book, golden.acts, golden.life).ledger:
            assert line.why[0].isupper() or not line.why[0].isalpha(), (golden.name, line.why)
            assert line.why.endswith("."), (golden.name, line.why)
            assert "  " not in line.why
            assert ".." not in line.why, (golden.name, line.why)
            assert line.source == "own, golden", golden.name
