"""A test that looks at nothing is none: what a case may expect, and which files are tests."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from glasstown.answers.test import Tested as Outcome
from glasstown.answers.test import run_cases
from glasstown.paths import rulebook_folder

EVENT = "rulebook: suining-2010\nstart: 2010-02-01\nevents:\n  - {date: 2010-02-01, clause: su-d06}\n"
RIGHT = 'expect: {score: "950"}\n'


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """Give a rulebook of one's own without a case."""
    folder = tmp_path / "suining-2010"
    (folder / "cases").mkdir(parents=True)
    for name in ("rules.yaml", "sources.yaml"):
        (folder / name).write_bytes((rulebook_folder() / "suining-2010" / name).read_bytes())
    return folder


def went(own: Path, expect: str, name: str = "a.yaml") -> Outcome:
    path = own / "cases" / name
    path.parent.mkdir(exist_ok=True, parents=True)
    path.write_text(EVENT + expect, encoding="utf-8")
    return run_cases([str(own)])


@pytest.mark.parametrize(
    ("expect", "words"),
    [
        ("expect: {}", "nothing expected"),
        ("expect:", "nothing expected"),
        ("expect: {ledger: []}", "ledger: expected no line, found 1"),
        ("expect: {ledger: [{}]}", "a line that says nothing"),
        ("expect: {ledger: [{clause: su-d06}, {}]}", "a line that says nothing"),
        ("expect: {parts: []}", "no part"),
        ("expect: {ledger: [{clause: su-d06, parts: []}]}", "no part"),
        ("expect: {ledger: [{clause: su-dd06}]}", "Did you mean 'su-d06'?"),
        ("expect: {ledger: [{phase: recrd}]}", "Did you mean 'record'?"),
        ("expect: {ledger: [{grade: Z}]}", "expected one of the rulebook's grades"),
        ("expect: {ledger: [{lists: [nobody]}]}", "expected one of the rulebook's lists"),
        ("expect: {ledger: [{balance: 1}]}", "this rulebook has no balance"),
        ("expect: {lists: [nobody]}", "expected one of the rulebook's lists"),
        ('expect: {score: "1"}', "score: expected 1, found 950"),
    ],
)
def test_an_expectation_that_looks_at_nothing__does_not_pass(own: Path, expect: str, words: str) -> None:
    answer = went(own, expect)
    assert answer.exit_code == 1
    assert answer.n_failed == 1
    assert re.search(re.escape(words), str(answer.as_json()).replace("\\'", "'"))


@pytest.mark.parametrize(
    "expect", [RIGHT, "expect: {lists: []}", "expect: {ledger: [{phase: record, clause: su-d06}]}"]
)
def test_an_expectation_that_looks_at_something__passes(own: Path, expect: str) -> None:
    assert went(own, expect).exit_code == 0


def test_no_line_expected__passes_where_there_is_none(own: Path) -> None:
    text = "rulebook: suining-2010\nstart: 2010-02-01\nuntil: 2010-03-01\nexpect: {ledger: []}\n"
    (own / "cases" / "a.yaml").write_text(text, encoding="utf-8")
    assert run_cases([str(own)]).exit_code == 0


@pytest.mark.parametrize("name", ["a.yml", "a.YAML", "a.Yml", "deeper/a.yaml", "deeper/still/a.yml"])
def test_a_case_in_any_spelling__is_run(own: Path, name: str) -> None:
    assert went(own, RIGHT, name).n_cases == 1
    assert went(own, 'expect: {score: "1"}', name).exit_code == 1


def test_cases_without_expect__are_named_and_test_nothing(own: Path) -> None:
    answer = went(own, "")
    assert (answer.exit_code, answer.n_cases) == (1, 0)
    assert answer.as_json()["rulebooks"][0]["told"] == ["a"]
    assert "Nothing was tested." in str(answer.blocks())
    answer = went(own, RIGHT, "b.yaml")
    assert (answer.exit_code, answer.n_cases) == (0, 1)
    assert "1 more without `expect`" in str(answer.blocks())


def test_a_rulebook_without_cases__is_not_tested(own: Path) -> None:
    assert run_cases([str(own)]).exit_code == 1
    answer = run_cases(["suining-2010", str(own)])
    assert answer.exit_code == 1
    assert answer.untested == (str(own),)
    assert f"Not tested: {own}." in str(answer.blocks())


def test_all_that_ship__pass_although_some_have_no_cases() -> None:
    assert run_cases([]).exit_code == 0


def test_a_faulty_rulebook__hides_no_other(own: Path) -> None:
    rules = own / "rules.yaml"
    rules.write_text(rules.read_text(encoding="utf-8").replace("glasstown: 1", "glasstown: 9"), encoding="utf-8")
    answer = run_cases([str(own), "suining-2010"])
    assert answer.exit_code == 1
    assert answer.rulebooks[0].faults
    assert answer.rulebooks[1].cases
