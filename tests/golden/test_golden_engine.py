"""The engine tells every golden micro-life as the interpreter does."""

from __future__ import annotations

import pytest

from glasstown.compiler import compile_rulebook
from glasstown.engine.one_life import live_in_engine
from glasstown.engine.one_life_lines import differences
from glasstown.interpreter.life import live
from golden.harness import Golden, load_golden

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
