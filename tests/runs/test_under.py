"""A rulebook of a run is named as the run names it, or by its ID alone where that can mean only one; everywhere the same."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

import glasstown
from glasstown.errors import UsageError
from glasstown.runs.subjects import named_under

NAMES = ("rongcheng-2013@one-point-b", "suining-2010", "second@here", "second@there")
WAYS: dict[str, Callable[[Path, str], object]] = {
    "life": lambda run, under: glasstown.life(run, 0, under=under),
    "lives": lambda run, under: glasstown.lives(run, fifth=1, under=under),
    "rescue": lambda run, under: glasstown.rescue(run, under=under),
    "rescue of one": lambda run, under: glasstown.rescue(run, 0, under=under),
    "report": lambda run, under: glasstown.report(run, under=under, out=run / "told.html"),
}


@pytest.mark.parametrize(
    ("under", "name"),
    [("rongcheng-2013", NAMES[0]), (NAMES[0], NAMES[0]), ("suining-2010", NAMES[1]), ("second@there", NAMES[3])],
)
def test_name__is_the_runs_own_or_the_id_alone(under: str, name: str) -> None:
    assert named_under("The life", NAMES, under) == name


@pytest.mark.parametrize(
    ("under", "said"),
    [
        ("second", "which this run has in 2 readings; expected a rulebook of this run. Name one: second@here, second@there."),
        ("rongcheng-2013@a-to-960", "expected a rulebook of this run"),
        ("rongcheng", "expected a rulebook of this run"),
        ("suining-2010@x", "expected a rulebook of this run"),
    ],
)  # fmt: skip
def test_name__that_can_mean_another_or_none_is_refused(under: str, said: str) -> None:
    with pytest.raises(UsageError) as refused:
        named_under("The life", NAMES, under)
    assert said in str(refused.value)


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("under") / "run"
    glasstown.run("rongcheng-2013", people=150, firms=0, months=2, out=out, threads=1)
    return out


@pytest.mark.parametrize("way", WAYS)
def test_every_command__takes_the_id_alone(way: str, run: Path) -> None:
    assert WAYS[way](run, "rongcheng-2013") is not None
    with pytest.raises(UsageError, match="a rulebook of this run"):
        WAYS[way](run, "rongcheng-2013@other")
