"""Cases: what is refused, with places; what is told; what is expected otherwise."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from glasstown.cases.case import load_case, load_cases, reference_of, run_case
from glasstown.errors import CaseError, UsageError
from glasstown.language.load import load_acts, load_rulebook
from glasstown.paths import rulebook_folder
from golden.harness import acts_from, book_from
from rulebooks.worked import worked

PARTS: dict[str, Any] = {
    "score": {"quantum": "0.5", "lowest": 0},
    "grades": [{"id": "A", "from": 95, "below": "top"}, {"id": "B", "from": "lowest", "below": 95}],
    "clauses": [
        {"id": "flat", "act": "noise", "direction": "deduct", "points": -10},
        {"id": "range", "direction": "deduct", "points": {"least": -20, "most": -2}, "fine": {"least": 50, "most": 90}},
        {"id": "rate", "direction": "reward", "points": {"each": "0.5", "per": 2, "of": "hour"}},
        {"id": "lasting", "direction": "deduct", "points": -1, "repeats": {"every": "month"}},
        {"id": "works", "direction": "deduct", "points": -1, "applies_to": {"kind": "firm"}},
        {"id": "first", "act": "smoke", "direction": "deduct", "points": -1},
        {"id": "second", "act": "smoke", "direction": "deduct", "points": {"least": -9, "most": -5}},
    ],
    "ladders": [{"id": "smoke", "steps": ["first", "second"], "window": {"years": 1}}],
    "lists": [{"id": "low", "entry": {"score_at_most": 80}, "leaves": {"when_condition_ends": True}}],
    "measures": [{"id": "barred", "when": {"lists": ["low"]}}],
    "procedures": [{"id": "pass-test", "resets_score": True}],
}
BOOK = book_from("town", PARTS)
ACTS = acts_from({"noise": None, "loud-noise": "noise", "smoke": None, "singing": None})


def write(folder: Path, text: str) -> Path:
    path = folder / "case.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def faults(folder: Path, text: str) -> list[str]:
    with pytest.raises(CaseError) as caught:
        load_case(write(folder, text), BOOK, ACTS)
    assert caught.value.exit_code == 2
    return [str(fault) for fault in caught.value.faults]


def told(folder: Path, text: str) -> dict[str, Any]:
    case = load_case(write(folder, text), BOOK, ACTS)
    answer: dict[str, Any] = json.loads(json.dumps(run_case(BOOK, ACTS, case).as_json()))
    return answer


def event(text: str) -> str:
    return f"rulebook: town\nstart: 2010-01-01\nevents:\n  - {{{text}}}\n"


def test_case__is_told_as_the_contract_says(tmp_path: Path) -> None:
    answer = told(tmp_path, event("date: 2010-02-01, clause: rate, amount: 5"))
    assert list(answer)[:6] == ["rulebook", "score", "grade", "lists", "measures", "ledger"]
    assert (answer["rulebook"], answer["score"], answer["grade"]) == ("town", "101", "A")
    line = answer["ledger"][0]
    keys = ["date", "clause", "before", "after", "grade", "cap", "lists", "measures", "why", "source"]
    assert list(line)[:10] == keys
    assert [line[key] for key in keys[:6]] == ["2010-02-01", "rate", "100", "101", "A", None]
    assert line["source"] == "own, golden"


def test_case__takes_quoted_numbers_and_dates_and_json(tmp_path: Path) -> None:
    text = json.dumps({"start": "2010-01-01", "events": [{"date": "2010-02-01", "clause": "range", "points": "-2.5"}]})
    assert told(tmp_path, text)["score"] == "97.5"


def test_case__without_start_and_until_reaches_from_first_to_last_event(tmp_path: Path) -> None:
    text = (
        "events:\n  - {date: 2010-02-01, recorded: 2010-03-01, clause: flat}\n  - {date: 2010-01-05, act: loud-noise}\n"
    )
    life = load_case(write(tmp_path, text), BOOK, ACTS).life
    assert (life.start, life.until) == (date(2010, 1, 5), date(2010, 3, 1))


def test_case__end_ends_a_state_that_lasts(tmp_path: Path) -> None:
    text = event("date: 2010-01-31, clause: lasting, id: state") + "  - {date: 2010-03-31, event: end, of: state}\n"
    lines = [(line["date"], line["phase"]) for line in told(tmp_path, text)["ledger"]]
    assert lines == [("2010-01-31", "record"), ("2010-02-28", "repeat"), ("2010-03-31", "state-end")]


def test_case__flags_an_until_without_use(tmp_path: Path) -> None:
    answer = told(tmp_path, event("date: 2010-02-01, clause: flat, until: 2010-05-01"))
    assert any("`until` changes nothing" in flag for flag in answer["flags"])


@pytest.mark.parametrize(
    ("events", "words"),
    [
        ("date: 2010-02-30, clause: flat", "4:12: value: found the date 2010-02-30, which does not exist"),
        ('date: "2010-02-30", clause: flat', "4:12: event 1, date: found the date 2010-02-30, which does not exist"),
        ("date: 1999-12-31, clause: flat", "4:12: event 1, date: found 1999-12-31, before the scheme began"),
        ("date: 2009-12-31, clause: flat", "before the life starts"),
        ("date: 2010-02-02, recorded: 2010-02-01, clause: flat", "event 1, recorded: found 2010-02-01, before the act"),
        ("date: 2010-02-02, clause: lasting, until: 2010-02-01", "event 1, until: found 2010-02-01, before the event"),
        ("date: 2010-02-02, clause: flit", "Did you mean 'flat'?"),
        ("date: 2010-02-02, act: smoky", "Did you mean 'smoke'?"),
        ("date: 2010-02-02, act: singing", "the act 'singing', which no clause of this rulebook covers"),
        ("date: 2010-02-02, clause: flat, act: noise", "found 'clause' and 'act'; expected exactly one"),
        ("date: 2010-02-02", "found neither clause nor act nor event"),
        ("date: 2010-02-02, clause: range", "found no points; expected points: between -20 and -2"),
        ("date: 2010-02-02, clause: range, points: -21", "found points: -21; expected points: between -20 and -2"),
        ("date: 2010-02-02, clause: range, points: 5", "The sign belongs to it."),
        ("date: 2010-02-02, clause: range, points: -2.3", "a whole number of steps of 0.5"),
        ("date: 2010-02-02, clause: range, points: -3, fine: 91", "expected between 50 and 90 yuan"),
        ("date: 2010-02-02, clause: flat, points: -10", "none, as clause 'flat' gives no range"),
        ("date: 2010-02-02, clause: rate", "found no amount; expected amount: how many (hour)"),
        ("date: 2010-02-02, clause: rate, amount: 0", "a number above 0"),
        ("date: 2010-02-02, clause: flat, amount: 2", "none, as clause 'flat' is no rate"),
        ("date: 2010-02-02, clause: flat, fine: 2", "none, as clause 'flat' gives no range"),
        ("date: 2010-02-02, clause: works", "clause 'works', which is about a firm"),
        ("date: 2010-02-02, event: correct", "found no 'of'"),
        ("date: 2010-02-02, event: correct, of: e9", "found 'e9', which is no earlier record"),
        ("date: 2010-02-02, event: object, of: e9", "one that this rulebook has: correct, end, pass-test"),
        ("date: 2010-02-02, event: repair", "Its section on redress: read. Remove the event."),
        ("date: 2010-02-02, event: pass-tset", "Did you mean 'pass-test'?"),
        ("date: 2010-02-02, event: pass-test, of: e9", "'of' with 'pass-test'"),
        ("date: 2010-02-02, event: pass-test, amount: 2", "found 'amount' with a decision"),
        ("date: 2010-02-02, clause: flat, of: e9", "'of' only with a decision"),
        ("date: 2010-02-02, clause: flat, ammount: 2", "Did you mean 'amount'?"),
    ],
)
def test_case__refuses_an_event_with_its_place(tmp_path: Path, events: str, words: str) -> None:
    assert any(words in fault and "case.yaml:4:" in fault for fault in faults(tmp_path, event(events)))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "empty"),
        ("rulebook: town\n", "neither start nor events"),
        ("rulebook: other\nstart: 2010-01-01\nuntil: 2011-01-01\n", "'town', the rulebook asked for"),
        ("rulebook: town@x\nstart: 2010-01-01\nuntil: 2011-01-01\n", "the reading 'x'"),
        ("start: 2010-01-01\nuntil: 2009-01-01\n", "a day not before start"),
        ("subject: frim\nstart: 2010-01-01\nuntil: 2011-01-01\n", "whom the scheme scores (person)"),
        ("start: 2010-01-01\nuntil: 2011-01-01\ngiven: {household_score: 3}\n", "no list of this rulebook"),
        ("start: 2010-01-01\nuntil: 2011-01-01\ngiven: {cutoff: 3}\n", "this rulebook has no quota"),
        ("start: 2010-01-01\nuntil: 2011-01-01\nexpect: {grade: AA}\n", "'AA'; expected one of the rulebook's grades"),
        ("- start: 2010-01-01\n- start: 2011-01-01\n", "a list at the top"),
        ("start: 2010-01-01\n---\nstart: 2010-01-01\n", "a second document"),
        ("lives: []\nstart: 2010-01-01\n", "the key 'lives'"),
    ],
)
def test_case__refuses_the_whole(tmp_path: Path, text: str, words: str) -> None:
    assert any(words in fault for fault in faults(tmp_path, text))


@pytest.mark.parametrize("key", ["name", "number", "phone", "address", "id_card", "face", "account", "ID-Card", "Name"])
def test_case__refuses_keys_that_tell_people_apart(tmp_path: Path, key: str) -> None:
    texts = [f"start: 2010-01-01\n{key}: x\n", event(f"date: 2010-02-02, clause: flat, {key}: x")]
    for text in texts:
        assert any(f"'{key}', which would tell a real person apart" in fault for fault in faults(tmp_path, text))


@pytest.mark.parametrize("name", ["320324199001011234", "13912345678", "li wei", "a123456"])
def test_case__refuses_ids_that_could_be_a_persons(tmp_path: Path, name: str) -> None:
    text = event(f"date: 2010-02-02, clause: flat, id: {name}")
    assert any("a short word for this event" in fault for fault in faults(tmp_path, text))


def test_case__refuses_tables(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text("date,clause\n2010-01-01,flat\n", encoding="utf-8")
    with pytest.raises(UsageError, match="no reader for tables"):
        load_case(path, BOOK, ACTS)


def test_case__refuses_more_than_ten_thousand_events(tmp_path: Path) -> None:
    text = "start: 2010-01-01\nevents:\n" + "  - {date: 2010-02-01, clause: flat}\n" * 10_001
    (message,) = faults(tmp_path, text)
    assert message.endswith(
        "case.yaml:3:3: case, events: found 10001 events; expected at most 10000. "
        "Tell one life; a town is what `glasstown run` is for."
    )


def test_case__tells_all_faults_at_once(tmp_path: Path) -> None:
    text = event("date: 2010-02-02, clause: flit") + "  - {date: 1999-02-02, clause: range}\n"
    assert len(faults(tmp_path, text)) == 4


def test_case__asks_for_the_choice_that_a_ladder_comes_to(tmp_path: Path) -> None:
    text = event("date: 2010-02-01, act: smoke") + "  - {date: 2010-03-01, act: smoke}\n"
    case = load_case(write(tmp_path, text), BOOK, ACTS)
    with pytest.raises(CaseError, match=r"case.yaml:5:5: event 'event-2' under clause 'second': found no points"):
        run_case(BOOK, ACTS, case)


def test_case__says_what_it_expects_otherwise(tmp_path: Path) -> None:
    text = event("date: 2010-02-01, clause: flat")
    text += "expect: {score: 91, grade: null, lists: [low], ledger: [{clause: flat, after: 90}, {clause: flat}]}\n"
    case = load_case(write(tmp_path, text), BOOK, ACTS)
    assert run_case(BOOK, ACTS, case).differences == (
        "score: expected 91, found 90",
        "grade: expected none, found B",
        "lists: expected low, found none",
        "ledger: no line after line 1 fits expected line 2 (clause flat)",
    )


@pytest.mark.parametrize("rulebook", worked())
def test_worked_cases__come_out_as_they_expect(rulebook: str) -> None:
    acts = load_acts()
    cases = load_cases(rulebook_folder() / rulebook, acts)
    assert cases
    assert {case.file: run_case(book, acts, case).differences for book, case in cases} == {
        case.file: () for _, case in cases
    }


def test_case__gives_the_contracts_example(tmp_path: Path) -> None:
    text = "rulebook: suining-2010\nstart: 2010-01-01\nuntil: 2011-01-01\nevents:\n"
    text += "  - {date: 2010-02-01, clause: su-d06}\n  - {date: 2010-03-01, clause: su-b06}\n"
    book, acts, path = load_rulebook("suining-2010"), load_acts(), write(tmp_path, text)
    assert reference_of(path) == "suining-2010"
    answer = run_case(book, acts, load_case(path, book)).as_json()
    assert (answer["score"], answer["grade"]) == ("965", "B")
    assert [(line["before"], line["after"]) for line in answer["ledger"]] == [("1000", "950"), ("950", "965")]


def test_case__imports_nothing_heavy() -> None:
    heavy = {"numpy", "numba", "pyarrow", "duckdb", "altair"}
    code = f"import sys, glasstown.cases.case; print(*{heavy} & {{*sys.modules}})"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "\n"


ENDED = """
rulebook: x
start: 2020-01-01
until: 2021-06-01
events:
  - {date: 2020-12-30, clause: a}
  - {date: 2021-02-01, event: correct, of: event-1}
"""


def test_case__decides_after_the_scheme_has_ended_and_records_nothing(tmp_path: Path) -> None:
    clauses = [{"id": "a", "direction": "deduct", "points": -5}]
    book = book_from("x", {"clauses": clauses, "in_force": {"from": date(2020, 1, 1), "until": date(2021, 1, 1)}})
    acts = acts_from({})
    result = run_case(book, acts, load_case(write(tmp_path, ENDED), book, acts))
    assert [(line.day, line.phase) for line in result.account.ledger] == [
        (date(2020, 12, 30), "record"),
        (date(2021, 2, 1), "correction"),
    ]
    late = ENDED.replace("2020-12-30", "2021-01-02")
    with pytest.raises(CaseError, match="after the scheme ended"):
        load_case(write(tmp_path, late), book, acts)


@pytest.mark.parametrize(
    ("text", "until"),
    [
        ("events:\n  - {date: 2010-02-01, clause: lasting, until: 2010-06-01}\n", "2010-06-01"),
        ("events:\n  - {date: 2010-02-01, clause: flat}\nexpect: {ledger: [{date: 2010-05-01}]}\n", "2010-05-01"),
    ],
)
def test_case_without_until__is_told_to_the_last_day_that_it_names(tmp_path: Path, text: str, until: str) -> None:
    case = load_case(write(tmp_path, text), BOOK, ACTS)
    assert case.life.until == date.fromisoformat(until)
    assert run_case(BOOK, ACTS, case).as_json()["flags"] == [
        f"no `until`: the life is told to {until}, the last day that the file names"
    ]


def test_case_that_ends_with_its_last_event__says_nothing_of_it(tmp_path: Path) -> None:
    assert told(tmp_path, "events:\n  - {date: 2010-02-01, clause: flat, recorded: 2010-02-07}\n")["flags"] == []


def test_case_without_until__has_the_points_of_a_state_to_its_end(tmp_path: Path) -> None:
    lasting = "events:\n  - {date: 2010-02-01, clause: lasting, until: 2010-06-01}\n"
    stated = told(tmp_path, f"until: 2010-06-01\n{lasting}")
    assert told(tmp_path, lasting)["score"] == stated["score"]
    assert told(tmp_path, lasting)["ledger"] == stated["ledger"]


REPAIRED = book_from(
    "town",
    {
        "clauses": [
            {"id": "back", "direction": "deduct", "points": -5, "rectified": [{"within": {"days": 9}, "returns": 1}]},
            {"id": "plain", "direction": "deduct", "points": -5},
        ],
        "procedures": [{"id": "repair"}],
    },
)


def test_repair__that_no_clause_calls_for_gets_one_message(tmp_path: Path) -> None:
    text = "events: [{date: 2020-01-01, clause: %s, id: e}, {date: 2020-01-05, event: repair, of: e}]"
    case = load_case(write(tmp_path, text % "back"), REPAIRED, ACTS)
    assert run_case(REPAIRED, ACTS, case).account.score == 100
    with pytest.raises(CaseError) as caught:
        load_case(write(tmp_path, text % "plain"), REPAIRED, ACTS)
    assert caught.value.exit_code == 2
    (fault,) = caught.value.faults
    assert "'e', whose clause 'plain' calls for no repair" in str(fault)


def test_running_grade__is_expected_only_where_grades_are_published(tmp_path: Path) -> None:
    (fault,) = faults(tmp_path, "events: [{date: 2020-01-01, clause: flat}]\nexpect: {running: A}")
    assert "'A'" in fault
    assert "where the rulebook publishes grades once a year" in fault
