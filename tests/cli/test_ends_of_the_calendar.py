"""Days and months at the ends of the calendar: each command lives with them or refuses them in one message."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.main import get_group

from glasstown.cli.verbs import build
from glasstown.paths import rulebook_folder
from tests.cli.conftest import Command, Ended

DAYS = ("0001-01-01", "0001-01-02", "1600-02-29", "9999-12-30", "9999-12-31", "0000-01-01", "10000-01-01")
MONTHS = ("0000-12", "0001-01", "0001-12", "9910-01", "9999-12", "10000-01")
"""months outside of those that a town can live"""
TOWN = ("--people", "10", "--months", "1")
TAKE_A_DAY = {
    ("rulebooks", "--as-at"): (),
    ("show", "--as-at"): ("suining-2010",),
    ("act", "--as-at"): ("littering",),
    ("compare-rules", "--as-at"): ("suining-2010", "rongcheng-2013"),
    ("timeline", "--since"): (),
    ("timeline", "--until"): (),
}
TAKE_A_MONTH = {
    ("run", "--start"): ("suining-2010", *TOWN),
    ("compare", "--start"): ("suining-2010", "suining-2010@ceiling-1000", *TOWN, "--draws", "0", "--seeds", "1"),
    ("sweep", "--start"): ("suining-2010", *TOWN, "--parameters", "hazard.c0", "--trajectories", "2"),
}


def is_borne(ended: Ended) -> bool:
    """Return whether a command answered, or refused in one message."""
    return not ended.err if ended.code == 0 else ended.code == 2 and ended.err.count("found ") == 1


def test_options__that_take_a_day_or_a_month_are_those_that_are_tried() -> None:
    options = {
        (verb, option.opts[0])
        for verb, command in get_group(build()).commands.items()
        for option in command.params
        if option.metavar in ("DATE", "YYYY-MM")
    }
    assert options == {*TAKE_A_DAY, *TAKE_A_MONTH}


@pytest.mark.parametrize(("verb", "option"), TAKE_A_DAY)
def test_day_at_an_end__is_answered_or_refused(verb: str, option: str, command: Command) -> None:
    ended = {day: command(verb, *TAKE_A_DAY[verb, option], option, day) for day in DAYS}
    assert [day for day, each in ended.items() if not is_borne(each)] == []
    assert [day for day, each in ended.items() if each.code] == ["0000-01-01", "10000-01-01"]


@pytest.mark.parametrize(("verb", "option"), TAKE_A_MONTH)
def test_month_that_no_town_can_live__is_refused_before_anything_is_made(
    verb: str, option: str, command: Command, tmp_path: Path
) -> None:
    for month in MONTHS:
        ended = command(verb, *TAKE_A_MONTH[verb, option], option, month, "--out", str(tmp_path / "out"))
        assert (ended.code, is_borne(ended)) == (2, True), (month, ended.err)
    assert list(tmp_path.iterdir()) == []


def test_last_month__is_lived_and_no_town_outlasts_the_calendar(command: Command, tmp_path: Path) -> None:
    words = ("run", "suining-2010", "--people", "10", "--start", "9909-12", "--out", str(tmp_path / "out"))
    ended = command(*words, "--months", "999999")
    assert (ended.code, is_borne(ended)) == (2, True), ended.err
    assert list(tmp_path.iterdir()) == []
    assert command(*words, "--months", "2").code == 0


def rulebook_from(day: str, folder: Path) -> str:
    """Write Suining's rulebook, in force from another day, and return its folder."""
    for name in ("rules.yaml", "sources.yaml"):
        text = (rulebook_folder() / "suining-2010" / name).read_text("utf-8")
        (folder / name).write_text(text.replace("from: 2010-01-01", f"from: {day}"), encoding="utf-8")
    assert f"from: {day}" in (folder / "rules.yaml").read_text("utf-8")
    return str(folder)


@pytest.mark.parametrize(
    ("start", "days"),
    [
        ("0001-01-01", ("0001-01-01", "0001-01-02")),
        ("9999-12-01", ("9999-12-30", "9999-12-31")),
        ("0001-01-01", ("9999-12-31",)),
    ],
)
def test_case_at_an_end__is_told(start: str, days: tuple[str, ...], command: Command, tmp_path: Path) -> None:
    events = "".join(f"  - {{date: {day}, clause: su-d05}}\n" for day in days)
    case = tmp_path / "life.yaml"
    case.write_text(f"rulebook: suining-2010\nsubject: person\nstart: {start}\nevents:\n{events}", encoding="utf-8")
    ended = command("case", rulebook_from("0001-01-01", tmp_path), str(case))
    assert ended.code == 0, ended.err
    assert all(day in ended.out for day in days)


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_rulebook_whose_days_lie_at_an_end__is_checked_and_shown(day: str, command: Command, tmp_path: Path) -> None:
    rulebook = rulebook_from(day, tmp_path)
    for verb in ("check", "show"):
        assert command(verb, rulebook).code == 0, verb
    run = command("run", rulebook, *TOWN, "--out", str(tmp_path / "out"))
    assert is_borne(run), run.err
