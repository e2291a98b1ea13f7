"""Altered run folders: what is counted as what, and that the count is made."""

from __future__ import annotations

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

    def ask(run: altered.Path, name: str, line: tuple[str, ...]) -> Ended:
        ended = real(run, name, line)
        return Ended(0, "another life", "") if name == "life" and (run / "planted").exists() else ended

    def plant(run: altered.Path, *_: object) -> str:
        (run / "planted").touch()
        return "planted"

    monkeypatch.setattr(altered, "ask", ask)
    monkeypatch.setattr(altered, "ALTERATIONS", (plant,))
    tally = altered.tried(2)
    assert tally.folders == 2
    assert tally.verdicts == {"the same": 10, "wrong without a word": 1, "told": 1}  # a run that is going tells no life
