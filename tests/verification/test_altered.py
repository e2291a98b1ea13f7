"""Altered run folders: what is counted as what, and that the count is made."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from verification import altered
from verification.altered import Ended

TRUE = Ended(0, "42", "")


@pytest.mark.parametrize(
    ("found", "verdict"),
    [
        (TRUE, "the same"),
        (Ended(2, "", "found a link"), "refused"),
        (Ended(0, "43", "the table was made again"), "told"),
        (Ended(0, "43", ""), "wrong without a word"),
        (Ended(2, "", "This is a fault of Glasstown itself"), "internal fault"),
        (Ended(-1, "", "KeyError: 'x'"), "internal fault"),
    ],
)
def test_verdict_of__lays_an_answer_beside_the_true_one(found: Ended, verdict: str) -> None:
    assert altered.verdict_of(found, TRUE) == verdict


def test_tried__asks_every_question_of_every_folder_and_finds_a_planted_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    real = altered.ask

    def ask(run: Path, name: str, line: tuple[str, ...]) -> Ended:
        ended = real(run, name, line)
        return Ended(0, "another life", "") if name == "life" and (run / "planted").exists() else ended

    def plant(run: Path, *_: object) -> str:
        (run / "planted").touch()
        return "planted"

    monkeypatch.setattr(altered, "ask", ask)
    monkeypatch.setattr(altered, "ALTERATIONS", (plant,))
    tally = altered.tried(2)
    assert tally.folders == 2
    assert tally.verdicts == {"the same": 10, "wrong without a word": 1, "told": 1}  # a run that is going tells no life


def test_tried__alters_a_folder_in_the_same_way_whoever_begins_with_it(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[float] = []
    told: list[int] = []

    def alter(_run: Path, _base: Path, random: Random) -> str:
        drawn.append(random.random())
        return "somehow"

    monkeypatch.setattr(altered, "_make_runs", lambda base: [(base / state).mkdir() for state in altered.STATES])
    monkeypatch.setattr(altered, "ask", lambda *_: TRUE)
    monkeypatch.setattr(altered, "ALTERATIONS", (alter,))
    altered.tried(4, progress=lambda tally: told.append(tally.folders))
    whole, told_whole = drawn[:], told[:]
    drawn.clear()
    altered.tried(2)
    altered.tried(2, first=2)
    assert drawn == whole
    assert len(set(whole)) == 4
    assert told_whole == [1, 2, 3, 4]
