"""Reasons are sentences that a lawyer can check."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from glasstown.interpreter import explain
from glasstown.interpreter.life import Life, Record, live
from glasstown.language.model import Clause
from golden.harness import Golden, acts_from, book_from, load_golden

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
        "Clauses late (clause late, recorded on 2020-01-01). −10 points. They lapse on 2020-01-08. "
        "The grade changes from A to B.",
        "Points of late lapse after 5 days: the −10 points of event e0 return as +10 points. "
        "The grade changes from B to A.",
    ]


def test_record__tells_the_cap_that_drops_it() -> None:
    assert why(("often", date(2020, 1, 1)), ("often", date(2020, 1, 2)))[1] == (
        "Clauses often (clause often). +2 points. The cap of clause often (1 record in a calendar year) is reached, "
        "so the record is dropped."
    )


def test_record__tells_bound_fine_and_list() -> None:
    assert why(("big", date(2020, 1, 1))) == [
        "Clauses big (clause big). −50 points. The score stops at its bound, so 15 points are taken. "
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


def golden(name: str) -> Golden:
    return next(each for each in load_golden() if each.name == name)


def told(name: str) -> list[str]:
    each = golden(name)
    return [line.why for line in live(each.book, each.acts, each.life).ledger]


def test_lock__tells_what_it_holds_and_what_it_held() -> None:
    lines = told("locks/a-ceiling-over-the-score-shown")
    assert "The score shown is no higher than 85 for 30 days." in lines[0]
    assert lines[-1].startswith(
        "The lock of clause finding, begun through event e0, is over. Under it, the score shown was no higher than 85."
    )
    assert told("locks/a-nominal-of-nothing-is-no-reward")[0].endswith("Records that give move nothing for 30 days.")


def test_dropped_record__tells_the_lock_or_the_consent_that_drops_it() -> None:
    assert "A lock on the score stands, so the record is dropped." in told("locks/a-frozen-score-takes-no-reward")[2]
    assert "There is no consent, so the record is dropped." in told("accounts/without-consent-nothing-counts")[0]


def test_requirement__tells_which_one_is_not_met() -> None:
    assert told("laws/proof-that-is-asked-for")[2].endswith(
        "It calls for proof (photo: at least 2), and the record has 1, so it does not apply and counts nowhere."
    )
    assert "The clause is not in force on 2020-02-29" in told("laws/the-counting-day-says-whether-a-clause-is-law")[0]
    assert "No value of the clause is in force on 2020-01-31" in told("laws/dated-points-of-a-record")[0]
    assert "It does not reach this circumstance: unless child" in told("laws/circumstances-that-exclude")[0]


def test_campaign__tells_how_much_it_multiplies() -> None:
    assert told("laws/a-campaign-comes-before-caps")[0] == (
        "Clauses capped (clause capped). +6 points. That is 1.5 times as much during campaigns spring."
    )


def test_cycle__tells_what_is_carried_over() -> None:
    assert told("cycles/half-rectified")[4] == (
        "A rating cycle begins: the score returns to the base of 50 and earlier records stop counting. "
        "Event e0 is carried over and takes −5 points."
    )


def test_listing__tells_the_days_of_decision_and_listing() -> None:
    lines = told("waits/grace-from-the-end-of-january")
    assert "on 2020-02-29 (decided on 2020-01-31, unless ended before)." in lines[0]
    assert lines[2] == (
        "The wait of event e0 for the list 'lists graced' is over. The subject comes on the list 'lists graced'."
    )


def test_objection__tells_its_clocks() -> None:
    lines = told("objections/review-of-a-refusal")
    assert "An answer is due by 2020-02-07." in lines[1]
    assert "Review may be asked for until 2020-02-10." in lines[3]
    assert lines[5] == "The review of the refused objection to the record of event e0 is not answered in time."


def test_cut_off__tells_every_grade_of_the_day() -> None:
    assert told("quotas/nobody-reaches-it-without-a-cut-off")[1].startswith(
        "Cut-offs of 2020-12-31 are in force: nobody in grade A, grade B from 95 on."
    )


def test_flag__says_what_is_not_told() -> None:
    each = golden("quotas/nobody-reaches-it-without-a-cut-off")
    assert live(each.book, each.acts, each.life).flags == (
        "grade A: the cut-off of 2021-12-31 is not given; nobody reaches the grade",
        "grade B: the cut-off of 2021-12-31 is not given; nobody reaches the grade",
    )


def test_list_that_begins_again__says_so_on_the_line_that_ended_it() -> None:
    golden = next(each for each in load_golden() if each.name == "lists/while-and-held")
    ends = [line for line in live(golden.book, golden.acts, golden.life).ledger if line.phase == "list-end"]
    again = "Its condition still holds, so the list 'lists watch' begins again, for 10 days until 2020-01-21."
    assert again in ends[0].why
    assert "begins again" not in ends[-1].why


def test_list_that_is_entered_once_anew_while_on_it__says_so() -> None:
    golden = next(each for each in load_golden() if each.name == "lists/an-entry-that-begins-once")
    lines = {line.day.isoformat(): line.why for line in live(golden.book, golden.acts, golden.life).ledger}
    assert (
        "met anew, so another entry on the list 'lists ban' begins, for one month until 2020-08-10."
        in lines["2020-07-10"]
    )
    assert "begins" not in lines["2020-02-11"]


@pytest.mark.parametrize(
    ("in_force", "day", "said"),
    [
        (None, date(2020, 6, 1), "No value of the clause is in force on 2020-06-01"),
        ({"from": date(2019, 1, 1)}, date(2020, 6, 1), "No value of the clause is in force on 2020-06-01"),
        ({"from": date(2021, 1, 1)}, date(2020, 6, 1), "The clause is not in force on 2020-06-01"),
        ({"until": date(2020, 6, 1)}, date(2020, 6, 1), "The clause is not in force on 2020-06-01"),
    ],
)
def test_not_law__blames_the_values_only_where_the_clause_itself_is_in_force(
    in_force: dict[str, date] | None, day: date, said: str
) -> None:
    values = (
        {"until": date(2020, 1, 1), "value": Decimal(-1)},
        {"from": date(2021, 1, 1), "value": Decimal(-2)},
    )
    clause = Clause.model_validate(
        {
            "id": "c",
            "label": "c",
            "direction": "deduct",
            "points": {"dated": values},
            "in_force": in_force,
            "cite": {"source": "s", "at": "p. 1", "evidence": "invented"},
        }
    )
    assert explain.not_law(clause, day) == said


def small(**clause: object) -> tuple[str, ...]:
    """Return the reasons of one record under a book whose score has little room: base 1, bounds 0 and 3."""
    book = book_from(
        "small",
        {"score": {"base": 1, "lowest": 0, "highest": 3}, "clauses": [{"id": "one", "direction": "deduct", **clause}]},
    )
    day = date(2020, 1, 1)
    life = Life(day, date(2020, 12, 31), (Record("e0", 0, day, day, clause="one"),))
    return tuple(line.why for line in live(book, acts_from({}), life).ledger)


def test_one_point__is_told_in_the_singular() -> None:
    taken, back = small(points=-1, lapse={"after": {"days": 5}})
    assert taken == "Clauses one (clause one). −1 point. It lapses on 2020-01-06."
    assert back == "Points of one lapse after 5 days: the −1 point of event e0 returns as +1 point."


@pytest.mark.parametrize(
    ("points", "words"),
    [(-9, "so 1 point is taken."), (9, "so 2 points are given."), (Decimal("9"), "so 2 points are given.")],
)
def test_what_a_bound_leaves__is_told_without_a_sign(points: int | Decimal, words: str) -> None:
    (told,) = small(points=points, direction="deduct" if points < 0 else "reward")
    assert f"The score stops at its bound, {words}" in told


def test_bound_that_leaves_nothing__says_so() -> None:
    book = book_from(
        "full",
        {
            "score": {"base": 3, "lowest": 0, "highest": 3},
            "clauses": [{"id": "more", "direction": "reward", "points": 1}],
        },
    )
    day = date(2020, 1, 1)
    (line,) = live(
        book, acts_from({}), Life(day, date(2020, 12, 31), (Record("e0", 0, day, day, clause="more"),))
    ).ledger
    assert "so the score stays as it is." in line.why
