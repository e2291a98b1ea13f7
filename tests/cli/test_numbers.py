"""Numbers and days that a command takes are written in the digits 0 to 9; anything else is one message, before anything is made."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.main import get_group

import glasstown
from glasstown.cli.verbs import build
from glasstown.errors import RulebookError, UsageError
from glasstown.paths import data_folder, rulebook_folder
from glasstown.runs.usage import tenant_of
from longer import few
from tests.cli.conftest import Command

STRANGE = ("٣", "３", "1_0_0", "3.0", "3e0", "three", "")
TENANTS = ("3.5x", "3.", ".0", ".", "3.٠", "٣.0", "3.1_0", "3.0.0", "3,0", "3.0e1", "3. 0", "3.-1")
"""what only looks like a place and its tenant, as in 3.0"""
VERBS = {
    "run": ("suining-2010",),
    "compare": ("suining-2010", "suining-2010@ceiling-1000"),
    "sweep": ("suining-2010",),
    "demo": (),
    "report": ("r",),
    "lives": ("r",),
    "publish": ("r", "pages"),
    "ensemble": (),
}
"""verbs with options that take a number, and what they need before them"""
OPTIONS = [
    (verb, option.opts[0])
    for verb, command in get_group(build()).commands.items()
    for option in command.params
    if option.metavar in ("N", "M", "S", "T", "PERSON") and option.param_type_name == "option"
]


def test_options__are_those_that_are_tried() -> None:
    assert {verb for verb, _ in OPTIONS} == set(VERBS)
    assert len(OPTIONS) == 29


@pytest.mark.parametrize(("verb", "option"), few(OPTIONS, OPTIONS[::3], is_spread=True))
def test_number_of_an_option__is_written_in_plain_digits(
    verb: str, option: str, command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for text in STRANGE:
        ended = command(verb, *VERBS[verb], f"{option}={text}")
        assert ended.code == 2
        assert ended.err.count("expected a whole number") == 1, (text, ended.err)
        assert len(ended.err.strip().splitlines()) == 2
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("words", "text"),
    [
        *((words, text) for words in (("rescue", "r"), ("claims",)) for text in STRANGE[:-1]),
        *((("life", "r"), text) for text in (*STRANGE[:-1], *TENANTS) if text != "3.0"),  # the first tenant of place 3
    ],
)
def test_number_of_an_argument__is_written_in_plain_digits(words: tuple[str, ...], text: str, command: Command) -> None:
    ended = command(*words, text)
    assert (ended.code, ended.err.count("expected a whole number")) == (2, 1)
    assert f"found '{text}'" in ended.err


def test_tenant_of_a_place__is_a_number_behind_a_point() -> None:
    assert tenant_of("3") == (3, None)
    assert tenant_of("3.0") == (3, 0)
    assert tenant_of("1_000.12") == (1000, 12)


@pytest.mark.parametrize("text", ["x", "17.x", "x.0", "17.0.0", "17.-1", ".", "17."])
def test_what_is_no_number_of_a_person__is_told_both_that_may_be_written(text: str) -> None:
    with pytest.raises(UsageError) as problem:
        tenant_of(text)
    (fault,) = problem.value.faults
    assert fault.found == f"'{text}'"
    assert "such as 17, or a place's and a tenant's with a point between them, such as 17.0" in fault.expected


@pytest.mark.parametrize("text", ["٠.٥", "０.5", "1_0", "inf", "nan", "0,5", " 0.5", "1e999"])
def test_value_of_a_parameter__is_what_a_rulebook_would_take_for_a_number(text: str) -> None:
    with pytest.raises(UsageError, match=r"hazard\.c1.*expected a number from"):
        glasstown.run("suining-2010", people=10, months=1, set={"hazard.c1": text})
    with pytest.raises((UsageError, RulebookError)):
        glasstown.run("suining-2010", people=10, months=1, set={"suining-2010/clauses/su-d06/points": text})


@pytest.mark.parametrize(
    "text", ["٢٠١٢-03-01", "２０１２-03-01", "2012-W10-1", "20120301", "2012-3-1", "2012-03-01T", "2012-02-30"]
)
def test_day__is_written_one_way(text: str, command: Command) -> None:
    for words in (("show", "suining-2010", "--as-at"), ("act", "littering", "--as-at"), ("timeline", "--since")):
        ended = command(*words, text)
        assert (ended.code, ended.err.count("expected a ")) == (2, 1), (words, ended.err)
    assert command("run", "suining-2010", "--start", text).code == 2


@pytest.mark.parametrize("text", ["'-٥٠'", "-٥٠", "'－50'", "'-5_0'", "-5_0", "' -50'", "'-5e1'"])
def test_number_of_a_rulebook__is_written_in_plain_digits(text: str, command: Command, tmp_path: Path) -> None:
    shipped = rulebook_folder() / "suining-2010"
    for name in ("rules.yaml", "sources.yaml"):
        (tmp_path / name).write_bytes((shipped / name).read_bytes())
    rules = tmp_path / "rules.yaml"
    rules.write_text(rules.read_text("utf-8").replace("points: -35\n", f"points: {text}\n", 1), "utf-8")
    ended = command("check", str(tmp_path))
    assert ended.code == 1
    assert "1 fault" in ended.out


@pytest.mark.parametrize("text", ["٠١-٠١", "0١-01", "1-1"])
def test_day_of_a_year__is_written_in_plain_digits(text: str, command: Command, tmp_path: Path) -> None:
    shipped = rulebook_folder() / "cn-tax-credit-2022"
    for name in ("rules.yaml", "sources.yaml"):
        (tmp_path / name).write_bytes((shipped / name).read_bytes())
    rules = tmp_path / "rules.yaml"
    words = rules.read_text("utf-8")
    assert '"01-01"' in words
    rules.write_text(words.replace('"01-01"', f'"{text}"', 1), "utf-8")
    ended = command("check", str(tmp_path))
    assert (ended.code, "1 fault" in ended.out) == (1, True)


@pytest.mark.parametrize("text", ["1٠", "1_0", "۳"])
def test_numbers_of_a_case_and_a_place__are_written_in_plain_digits(
    text: str, command: Command, tmp_path: Path
) -> None:
    case = tmp_path / "case.yaml"
    case.write_text(
        f"rulebook: suining-2010\nevents: [{{date: 2011-01-01, clause: su-d06, fine: '{text}'}}]\n", encoding="utf-8"
    )
    ended = command("case", "suining-2010", str(case))
    assert (ended.code, "a whole number" in ended.err) == (1, True)
    place = tmp_path / "place.yaml"
    words = (data_folder() / "places" / "china-2020.yaml").read_text("utf-8")
    place.write_text(words.replace('{id: "3", label', f'{{id: "{text}", label', 1), encoding="utf-8")
    ended = command("run", "suining-2010", "--place", str(place), "--people", "10", "--out", str(tmp_path / "r"))
    assert (ended.code, "household_size" in ended.err) == (2, True)
