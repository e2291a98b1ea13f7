"""docs/odd.md can be coded from: what was written from its section 7 alone agrees with the interpreter to the day."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from verification import from_odd
from verification.odd import COURT, SHORT, SUINING, differences

N_LIVES = 300
"""lives of each rulebook; `make verify` lives 10,000"""


@pytest.mark.parametrize("book", [COURT, SUINING, SHORT], ids=["court", "suining", "court cut short"])
def test_lives_written_from_the_page__agree_to_the_day(book: object) -> None:
    assert differences(book, 7, N_LIVES)[:3] == []  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["months_on", "working_days_on"])
def test_page_read_otherwise__is_seen(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    real = getattr(from_odd, name)
    monkeypatch.setattr(from_odd, name, lambda day, n: real(day, n + 1))
    assert differences(COURT, 7, 50)


def test_correction_that_is_left_out__is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(from_odd.State, "correct", lambda state, number: None)
    assert differences(COURT, 7, 200)
    assert differences(SUINING, 7, 200)


def test_days_of_the_scheme_that_are_left_out__are_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(from_odd.Rules, "holds", lambda rules, day: True)
    assert differences(SHORT, 7, 50)


def test_page__has_the_seven_sections_of_the_protocol() -> None:
    text = (Path(__file__).resolve().parents[2] / "docs" / "odd.md").read_text(encoding="utf-8")
    assert [int(n) for n in re.findall(r"^## (\d)\. ", text, flags=re.MULTILINE)] == list(range(1, 8))
    assert all(f"S{n}" in text for n in (4, 5, 7, 8, 9, 10, 16))
