"""The engine tells every golden micro-life as the interpreter does."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from glasstown.compiler import compile_rulebook
from glasstown.engine.one_life import live_in_engine
from glasstown.engine.one_life_lines import differences
from glasstown.interpreter.life import live
from golden.harness import Golden, load_golden

ROOT = Path(__file__).resolve().parents[2]
CASES_ALONE = {"object", "decide", "end"}
"""decisions that only a case can have"""

EVERY = load_golden()
LIVED = [golden for golden in EVERY if not {decision.procedure for decision in golden.life.decisions} & CASES_ALONE]


@pytest.mark.parametrize("golden", LIVED, ids=lambda golden: golden.name)
def test_golden_life__is_told_alike_by_the_engine(golden: Golden) -> None:
    compiled = compile_rulebook(golden.book, golden.acts)
    lived = live_in_engine(compiled, golden.acts, golden.life)
    told = live(golden.book, golden.acts, golden.life)
    assert differences(lived.ledger, told, compiled) == []
    assert (lived.score, lived.grade, lived.lists) == (told.score, told.grade, told.lists)
    assert dict(lived.n_unknown) == dict(told.n_unknown)


def test_most_golden_lives__are_lived_by_the_engine() -> None:
    assert len(LIVED) >= 140


@pytest.mark.parametrize("page", ["CONTRIBUTING.md", "docs/the-day.md"])
def test_page__names_the_decisions_of_the_lives_that_the_engine_leaves_out(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    (named,) = re.findall(r"but for those with a decision that only a case can have \((.*?)\)", text)
    assert set(re.findall(r"`(\w+)`", named)) == CASES_ALONE
