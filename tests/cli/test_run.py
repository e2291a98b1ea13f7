"""`run`, `resume`, `life`, `report`, `query`: requests that are refused before anything is computed or written."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.cli.conftest import Command


@pytest.fixture(autouse=True)
def in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--people", "0"), "people: found 0; expected a whole number of at least 1"),
        (("--people", "-5"), "people: found -5"),
        (("--people", "many"), "--people: found 'many'; expected a whole number"),
        (("--people", "1.5"), "--people: found '1.5'"),
        (("--firms", "-1"), "firms: found -1"),
        (("--months", "0"), "months: found 0; expected a whole number from 1 to 1023"),
        (("--months", "1024"), "months: found 1024"),
        (("--seed", "x"), "--seed: found 'x'"),
        (("--seed", "-1"), "seed: found -1"),
        (("--seed", str(2**64)), "seed: found 18446744073709551616"),
        (("--threads", "0"), "threads: found 0"),
        (("--track", "-1"), "track: found -1"),
        (("--unknown", "hihg"), "unknown: found 'hihg'; expected low or high. Did you mean 'high'?"),
        (("--start", "2014-13"), "start: found '2014-13'; expected a month, written YYYY-MM"),
        (("--start", "2014"), "start: found '2014'"),
        (("--set", "hazard.c0"), "--set: found 'hazard.c0'; expected PATH=VALUE"),
        (("--set", "hazard.c0=1", "--set", "hazard.c0=2"), "--set: found 'hazard.c0' twice"),
    ],
)
def test_run__refuses_what_is_out_of_bounds(
    command: Command, tmp_path: Path, options: tuple[str, ...], words: str
) -> None:
    ended = command("run", "suining-2010", *options)
    assert ended.code == 2
    assert ended.out == ""
    assert words in ended.err
    assert list(tmp_path.iterdir()) == []


def test_run__names_all_numbers_out_of_bounds_at_once(command: Command) -> None:
    err = command("run", "suining-2010", "--people", "0", "--months", "0").err
    assert "people: found 0" in err
    assert "months: found 0" in err


def test_run__refuses_several_rulebooks(command: Command) -> None:
    ended = command("run", "suining-2010,rongcheng-2013")
    assert ended.code == 2
    assert "one rulebook a run in this version" in ended.err


@pytest.mark.parametrize("verb", [("resume",), ("life",), ("report",), ("query",)])
def test_a_run_that_is_not_there__is_one_clear_message(command: Command, verb: tuple[str]) -> None:
    more = {"life": ["0"], "query": ["select 1"]}.get(verb[0], [])
    ended = command(verb[0], "runs/nowhere", *more)
    assert ended.code == 2
    assert ended.out == ""
    assert "runs/nowhere" in ended.err
    assert "fault of Glasstown" not in ended.err


def test_life__refuses_what_is_no_number(command: Command) -> None:
    assert "PERSON: found 'anna'" in command("life", "runs/nowhere", "anna").err
