"""Numbers and days at their ends: each is refused with what may stand there, or means what it says."""

from __future__ import annotations

from datetime import date
from decimal import Decimal, localcontext
from typing import Any

import pytest

from agreement.both import disagreements
from agreement.conduct import catalogue
from glasstown.errors import UsageError
from glasstown.exact import exactly, is_short
from glasstown.interpreter.life import live
from glasstown.language.check import check_rulebook
from glasstown.language.check_ground import MOST_QUANTA
from glasstown.language.load import load_acts, load_parameters, load_rulebook
from glasstown.language.model import Rulebook, Subject
from glasstown.language.parameters import Parameters
from glasstown.language.shape import build
from glasstown.language.tree import Document
from glasstown.ledger import Life, Record, in_points
from glasstown.runs.request import RunRequest, start_of, with_settings
from glasstown.runs.scenario import ScenarioFile
from golden.harness import book_from

PLAIN = {"id": "a", "direction": "deduct", "points": Decimal(-1)}


def told(**parts: Any) -> list[str]:
    """Return what is found wrong with a rulebook of these parts."""
    book = book_from("x", {"clauses": [PLAIN], **parts})
    return [fault.found for fault in check_rulebook(book, catalogue())]


@pytest.mark.parametrize(
    "number", [10**15, -(10**15), 2**64, 10**400, Decimal("1e28"), Decimal("1e-16"), Decimal("1e999999")]
)
def test_number_of_many_digits__is_refused_wherever_it_stands(number: int | Decimal) -> None:
    data: Any = {"glasstown_parameters": 1, "parameters": [{"value": number}]}
    value, (fault, *_) = build(Parameters, Document("x", data))
    assert value is None
    assert fault.subject == "'value'"
    assert fault.expected == "at most 15 digits before the point and 15 after it"
    assert len(fault.found) < 60


def test_seed_of_64_bits__is_no_number_of_many_digits() -> None:
    data: Any = {"glasstown_scenario": 1, "rulebooks": ["suining-2010"], "seed": 2**64 - 1}
    value, faults = build(ScenarioFile, Document("x", data))
    assert (value is not None and value.seed, faults) == (2**64 - 1, [])


def test_not_a_number__is_short_of_nothing() -> None:
    assert not is_short(Decimal("NaN"))
    assert not is_short(Decimal("Infinity"))


TOO_MANY = Decimal(MOST_QUANTA + 1)
POINTS = {
    "grade": {"grades": [{"id": "A", "from": TOO_MANY, "below": "top"}, {"id": "B", "from": "lowest", "below": TOO_MANY}]},
    "list": {"lists": [{"id": "l", "entry": {"score_at_most": -TOO_MANY}, "leaves": {"when_condition_ends": True}}]},
    "cap": {"clauses": [{**PLAIN, "caps": [{"points": TOO_MANY, "per": "year"}]}]},
    "lock": {"clauses": [{**PLAIN, "lock": {"at_most": TOO_MANY, "until": {"days": 1}}}]},
    "highest": {"score": {"highest": TOO_MANY}},
    "lowest": {"score": {"lowest": -TOO_MANY}},
    "quota": {
        "grades": [
            {
                "id": "A", "from": "quota", "below": "top",
                "quota": {"share": Decimal("0.1"), "assessed": ["12-31"], "among_from": TOO_MANY},
            }
        ]
    },
}  # fmt: skip


@pytest.mark.parametrize("name", POINTS)
def test_points_beyond_what_scores_have_room_for__are_refused_wherever_they_stand(name: str) -> None:
    assert set(told(**POINTS[name])) & {str(TOO_MANY), str(-TOO_MANY)}


@pytest.mark.parametrize(
    ("part", "found"),
    [
        ({"value": Decimal("100.5")}, "100.5"),
        ({"value": Decimal(100), "lowest": Decimal("0.5")}, "0.5"),
        ({"value": Decimal(100), "lowest": Decimal(101)}, "100, outside 101 to 100"),
        ({"value": Decimal(100), "highest": Decimal(99)}, "100, outside 100 to 99"),
    ],
)
def test_part_of_the_score__is_whole_and_inside_its_bounds(part: dict[str, Any], found: str) -> None:
    assert found in told(score={"parts": [{"id": "p", **part}]})


@pytest.mark.parametrize(
    ("day", "is_one"), [("02-29", True), ("02-30", False), ("13-01", False), ("00-10", False), ("04-31", False)]
)
def test_day_of_a_cycle_or_a_quota__is_one_of_some_year(day: str, is_one: bool) -> None:
    quota = {"share": Decimal("0.1"), "assessed": [day]}
    grades = [{"id": "A", "from": "quota", "below": "top", "quota": quota}]
    wanted = [] if is_one else [f"'{day}'"]
    assert told(score={"cycle": {"starts": [day]}}) == wanted
    assert told(grades=grades) == wanted


def test_day_of_a_cycle__comes_once() -> None:
    assert told(score={"cycle": {"starts": ["01-01", "07-01", "01-01"]}}) == ["01-01 again"]


def test_grace_of_a_thousand_years__is_refused() -> None:
    lists = [{"id": "l", "grace": {"least": 1, "most": 12_000}, "leaves": {}}]
    assert told(lists=lists) == ["12000 months"]


def test_subject_with_a_role_of_another_kind__is_refused() -> None:
    small = load_rulebook("suining-2010")
    role = next(role.id for role in load_acts().roles if role.kind == "firm")
    subject = Subject(kind="person", label="x", role=role, cite=small.subjects[0].cite)
    book = small.model_copy(update={"subjects": (*small.subjects, subject)})
    assert [fault.found for fault in check_rulebook(book, load_acts())] == [f"'{role}', a role of a firm"]


@pytest.mark.parametrize("text", ["nan", "sNaN", "-NaN123", "inf", "-Infinity", "1e999999999", "x", ""])
def test_setting_that_is_no_number_of_the_range__is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="expected a number from"):
        with_settings(load_parameters(), {"filing.lost": text})


def bounded(low: object, high: object) -> Rulebook:
    """Return a rulebook whose base is unknown, with these bounds."""
    return book_from("x", {"score": {"base": "unknown", "lowest": low, "highest": high}, "clauses": [PLAIN]})


@pytest.mark.parametrize(
    ("low", "high", "first"),
    [
        (Decimal(-5), Decimal(5), 0),
        (Decimal(5), "unknown", 5),
        ("unknown", Decimal(-5), -5),
        (Decimal(3), Decimal(9), 3),
    ],
)
def test_unknown_base__counts_from_0_or_the_bound_nearest_to_it(low: object, high: object, first: int) -> None:
    book = bounded(low, high)
    life = Life(date(2020, 1, 1), date(2020, 2, 1), (Record("e0", 0, date(2020, 1, 9), date(2020, 1, 9), clause="a"),))
    account = live(book, catalogue(), life)
    assert account.ledger[0].before == first
    assert account.flags[0] == f"the base is unknown: counted from {first}"
    assert disagreements(book, catalogue(), life) == []


@pytest.mark.parametrize(
    ("day", "start"),
    [(date.min, date(2, 1, 1)), (date(2, 3, 4), date(2, 3, 1)), (date(9909, 12, 9), date(9909, 12, 1))],
)
def test_town__begins_inside_the_calendar(day: date, start: date) -> None:
    book = book_from("x", {"in_force": {"from": day}})
    assert start_of(RunRequest("x"), (book,)) == start


@pytest.mark.parametrize("month", ["0001-01", "9910-01", "9999-12"])
def test_start_outside_the_calendar__is_refused_with_the_months_that_do(month: str) -> None:
    book = book_from("x", {"in_force": {"from": date.min}})
    with pytest.raises(UsageError, match=f"--start: found {month}; expected a month from 0002-01 to 9909-12"):
        start_of(RunRequest("x", start=month), (book,))


def test_arithmetic__is_the_same_in_whatever_context_its_caller_has() -> None:
    book = load_rulebook("suining-2010")
    life = Life(date(2013, 1, 1), date(2013, 2, 1))
    plain = live(book, load_acts(), life)
    with localcontext() as narrow:
        narrow.prec = 2
        assert live(book, load_acts(), life) == plain
        assert check_rulebook(book, load_acts()) == []
        assert in_points(123456789, Decimal("0.5")) == "61728394.5"
        assert exactly(lambda: Decimal(1234) * 10)() == 12340
