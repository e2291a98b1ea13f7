"""Whoever asks from Python is told of keywords, not of options; one mistake is one fault, in words that can be read."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import glasstown
from glasstown import api
from glasstown.cli.main import main as command
from glasstown.errors import Fault, FaultsError, UsageError, did_you_mean
from glasstown.language.mechanism import parse_mechanism
from glasstown.python_words import in_python, told_in_python
from glasstown.wording import between

SOURCE = Path(glasstown.__file__).parent
COMMANDS = re.compile(r"`glasstown [^`]*`|'[^']*'")


def faults_in_source() -> list[str]:
    """Return every constant text in the source outside cli/ in which an option is named to somebody."""
    found = []
    for file in sorted(SOURCE.rglob("*.py")):
        if file.relative_to(SOURCE).parts[0] == "cli":
            continue
        tree = ast.parse(file.read_text(encoding="utf-8"))
        found += [
            node.value
            for node in ast.walk(tree)
            if isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and re.search(r"(?<![\w-])--[a-z]", node.value)
        ]
    return found


@pytest.mark.parametrize("said", faults_in_source())
def test_no_text_of_the_source__names_an_option_in_python(said: str) -> None:
    told = COMMANDS.sub("", in_python(said))
    assert not re.search(r"(?<![\w`-])--[a-z][a-z-]+", told), told


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("Name another, such as one by --out.", "Name another, such as one by out=."),
        ("Leave --firm out, or run with --firms.", "Leave firm= out, or run with firms=."),
        ("Write it like `--about warning`.", "Write it like about='warning'."),
        ("--trust-mechanism", "trust_mechanism="),
        ("as '--out' was typed", "as '--out' was typed"),
        ("Go on with `glasstown resume runs/a --threads 2`.", "Go on with `glasstown resume runs/a --threads 2`."),
        ("--seeds 6", "seeds=6"),
    ],
)
def test_options__are_keywords(said: str, told: str) -> None:
    assert in_python(said) == told


def test_functions_of_the_package__are_those_of_the_api_told_in_python(tmp_path: Path) -> None:
    assert glasstown.compare is glasstown.compare
    assert glasstown.compare.__doc__ == api.compare.__doc__
    (tmp_path / "file").touch()
    for ask in (
        lambda: glasstown.run("suining-2010", people=0, months=1),
        lambda: glasstown.run("suining-2010", people=300, months=1, out=tmp_path / "file"),
        lambda: glasstown.compare("no-scheme", "suining-2010", by=["zodiac"]),
        lambda: glasstown.compare("no-scheme", "suining-2010", seeds=0),
        lambda: glasstown.claims(about=" "),
        lambda: glasstown.sweep("suining-2010", method="x"),
    ):
        with pytest.raises(FaultsError) as caught:
            ask()
        assert "--" not in COMMANDS.sub("", str(caught.value)), str(caught.value)


def test_planted_function_that_is_not_told_in_python__is_found() -> None:
    def refused() -> None:
        raise UsageError("the request", [Fault("--out", None, "a file", "a folder", "Name another with --out.")])

    with pytest.raises(UsageError, match=r"--out"):
        refused()
    with pytest.raises(UsageError, match=r"out: found a file; expected a folder\. Name another with out=\."):
        told_in_python(refused)()


def said_by(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert command(list(arguments)) in (1, 2)
    return " ".join(capsys.readouterr().err.split())


@pytest.mark.parametrize("asked", [["claims", "--about", ""], ["levers", "--about", " "], ["act", "--about", ""]])
def test_empty_word__is_refused(asked: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert "found an empty word; expected a word" in said_by(capsys, *asked)


@pytest.mark.parametrize("further", [[], ["able-and-performs"]])
def test_rulebooks_without_a_comma__lead_to_the_comma(further: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    said = said_by(capsys, "case", "cn-court-list-2017", "cn-finance-list-2017", *further)
    assert "Several rulebooks go with commas between them" in said


def test_several_traits_with_a_comma__lead_to_one_at_a_time(capsys: pytest.CaptureFixture[str]) -> None:
    said = said_by(capsys, "compare", "no-scheme", "suining-2010", "--by", "age,sex")
    assert "Ask for --by age --by sex." in said


SCENARIO = "glasstown_scenario: 1\nrulebooks: [suining-2010]\npeople: 300\nmonths: 1\n"


@pytest.mark.parametrize("option", ["--acts", "--parameters", "--place"])
def test_file_of_another_kind__is_one_fault(option: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "s.yaml").write_text(SCENARIO, encoding="utf-8")
    said = said_by(capsys, "run", "suining-2010", option, str(tmp_path / "s.yaml"), "--people", "300", "--months", "1")
    assert ": 1 fault " in said
    assert "found a scenario (`glasstown_scenario`); expected" in said


def test_case_of_somebody_who_is_not_scored__is_one_fault(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = "subject: firm\nstart: 2019-01-01\nuntil: 2020-12-31\nroles: [villager]\nevents:\n"
    text += "  - {date: 2019-03-01, clause: E1}\n  - {date: 2019-04-01, clause: E2}\n"
    (tmp_path / "c.yaml").write_text(text, encoding="utf-8")
    said = said_by(capsys, "case", "cn-youth-volunteers-2016", str(tmp_path / "c.yaml"))
    assert ": 1 fault " in said
    assert "Write `subject: person`." in said


def test_numbers_of_people__have_one_form(capsys: pytest.CaptureFixture[str]) -> None:
    said = said_by(capsys, "run", "suining-2010", "--people", "20000000000000")
    assert "found 20,000,000,000,000; expected 1 to 1,000,000,000,000." in said


def test_bounds__say_one_number_once() -> None:
    assert (between(1, 1), between(1, 3)) == ("1", "1 to 3")


def test_many_that_are_known__are_called_what_they_are() -> None:
    known = [f"a.{n}" for n in range(221)]
    assert did_you_mean("zzzz", known, called="parameters") == "None of the 221 parameters is spelt like it."


HEAD = 'MECHANISM = {"name": "counter", "label": "a counter", "seam": "gate", "of": "rail-ticket"}\n\n\n'


@pytest.mark.parametrize(
    "text", ["def mechanism(score):\n    return score\n", "def mechanism(month):\n    return grade + month\n"]
)
def test_mechanism_that_reads_what_a_rulebook_keeps__is_told_why_not(text: str) -> None:
    with pytest.raises(FaultsError) as caught:
        parse_mechanism(HEAD + text, "m.py")
    said = str(caught.value)
    assert "which no mechanism may read" in said
    assert "not known" not in said
    assert "neither reads nor writes what a rulebook keeps" in said
