"""Properties of lives, whatever happens in them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from glasstown.errors import CaseError
from glasstown.interpreter.life import Decision, Life, Record, live
from golden.harness import acts_from, book_from

ACTS = acts_from({"noise": None})
START, UNTIL = date(2020, 1, 1), date(2021, 6, 30)
SCORE = {"base": 100, "lowest": 0, "highest": 150}
CLAUSES: list[dict[str, Any]] = [
    {"id": "a", "direction": "deduct", "points": -30},
    {"id": "b", "direction": "reward", "points": 25, "lapse": {"after": {"months": 1}}},
    {"id": "c", "direction": "deduct", "points": -7, "lapse": {"after": {"days": 20}}, "repeats": {"every": "month"}},
    {"id": "d", "direction": "deduct", "points": "unknown"},
]
BOUNDED = book_from("bounded", {"score": SCORE, "clauses": CLAUSES})
OPEN = book_from("open", {"clauses": CLAUSES})
CAPPED = book_from(
    "capped",
    {
        "score": {**SCORE, "caps": [{"points": 60, "per": "month"}]},
        "clauses": [*CLAUSES, {"id": "e", "direction": "reward", "points": 9, "caps": [{"times": 1, "per": "week"}]}],
    },
)


@st.composite
def lives(draw: st.DrawFn, clauses: str = "abcd") -> Life:
    days = st.integers(0, 400).map(lambda n: START + timedelta(days=n))
    records = []
    for n in range(draw(st.integers(0, 8))):
        day, until = draw(days), draw(st.none() | days)
        records.append(Record(f"r{n}", n, day, day, clause=draw(st.sampled_from(clauses)), until=until))
    return Life(START, UNTIL, tuple(records))


@given(lives(clauses="abcde"))
@settings(max_examples=60)
def test_live__stays_within_bounds_and_lines_join(life: Life) -> None:
    account = live(CAPPED, ACTS, life)
    scores = [line.after for line in account.ledger]
    assert all(0 <= score <= 150 for score in scores)
    assert [line.before for line in account.ledger] == [100, *scores][: len(scores)]
    assert account.score == ([100, *scores])[-1]
    assert [line.day for line in account.ledger] == sorted(line.day for line in account.ledger)


@given(lives(), st.randoms(use_true_random=False))
@settings(max_examples=60)
def test_live__does_not_care_in_which_order_records_are_handed_over(life: Life, random: Any) -> None:
    shuffled = list(life.records)
    random.shuffle(shuffled)
    assert live(BOUNDED, ACTS, replace(life, records=tuple(shuffled))) == live(BOUNDED, ACTS, life)


@given(lives())
@settings(max_examples=60)
def test_live__closes_each_day_alike_whatever_the_places_of_records_without_bounds(life: Life) -> None:
    turned = replace(life, records=tuple(replace(record, order=-record.order) for record in life.records))
    closing = [{line.day: line.after for line in live(OPEN, ACTS, each).ledger} for each in (life, turned)]
    assert closing[0] == closing[1]


@given(lives(), st.sampled_from("abcd"), st.integers(0, 400))
@settings(max_examples=60)
def test_live__a_correction_right_after_a_record_restores_the_score(life: Life, clause: str, n: int) -> None:
    day = START + timedelta(days=n)
    extra = Record("x", 99, day, day, clause=clause, until=UNTIL)
    decision = Decision("y", 100, day + timedelta(days=1), "correct", "x")
    corrected = replace(life, records=(*life.records, extra), decisions=(decision,))
    assert live(OPEN, ACTS, corrected).score == live(OPEN, ACTS, life).score


@given(lives(), st.sampled_from("acd"), st.integers(0, 400))
@settings(max_examples=60)
def test_live__another_deduction_never_raises_the_final_score(life: Life, clause: str, n: int) -> None:
    day = START + timedelta(days=n)
    worse = replace(life, records=(*life.records, Record("x", 99, day, day, clause=clause)))
    assert live(OPEN, ACTS, worse).score <= live(OPEN, ACTS, life).score


@pytest.mark.parametrize("book", [BOUNDED, CAPPED], ids=lambda book: book.id)
def test_live__without_events_has_no_line(book: Any) -> None:
    account = live(book, ACTS, Life(START, UNTIL))
    assert (account.ledger, account.score, account.flags) == ((), 100, ())


def test_live__names_the_record_that_lacks_a_choice() -> None:
    book = book_from("range", {"clauses": [{"id": "r", "direction": "deduct", "points": {"least": -5, "most": -1}}]})
    with pytest.raises(CaseError, match="points: between -5 and -1"):
        live(book, ACTS, Life(START, UNTIL, (Record("e", 0, START, START, clause="r"),)))
    with pytest.raises(CaseError, match="Choose a number inside"):
        live(book, ACTS, Life(START, UNTIL, (Record("e", 0, START, START, clause="r", points=Decimal(-6)),)))


def test_live__flags_what_is_unknown() -> None:
    parts: dict[str, Any] = {
        "score": {"base": "unknown"},
        "grades": [{"id": "D", "from": "unknown", "below": "unknown"}],
        "clauses": [
            {
                "id": "u",
                "direction": "deduct",
                "points": "unknown",
                "fine": "unknown",
                "lapse": {"after": "unknown"},
                "override": {"grade": "D", "holds": "exactly", "until": "unknown"},
                "enters": {"list": "black"},
            }
        ],
        "lists": [{"id": "black", "leaves": {"after": "unknown"}}],
        "measures": [{"id": "m", "when": "unknown"}],
    }
    account = live(book_from("unknown", parts), ACTS, Life(START, UNTIL, (Record("e", 0, START, START, clause="u"),)))
    assert account.flags[0] == "the base is unknown: counted from 0"
    for words in ("measure m", "clause u: the fine", "clause u: when its points", "how long grade D", "list black"):
        assert any(words in flag for flag in account.flags), words
    assert account.n_unknown == {"u": 1}
    assert (account.grade, account.lists) == ("D", ("black",))


def test_live__stays_quick_with_ten_thousand_events() -> None:
    days = [START + timedelta(days=n // 30) for n in range(10_000)]
    records = tuple(Record(f"r{n}", n, day, day, clause="abcde"[n % 5]) for n, day in enumerate(days))
    account = live(CAPPED, ACTS, Life(START, UNTIL, records))
    assert len([line for line in account.ledger if line.phase == "record"]) == 10_000
