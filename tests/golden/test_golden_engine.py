"""The engine tells every golden micro-life as the interpreter does."""

from __future__ import annotations

import pytest

from glasstown.compiler import compile_rulebook
from glasstown.engine.ledger_lines import differences
from glasstown.engine.one_life import live_in_engine
from glasstown.interpreter.life import live
from golden.harness import Golden, load_golden


@pytest.mark.parametrize("golden", load_golden(), ids=lambda golden: golden.name)
def test_golden_life__is_told_alike_by_the_engine(golden: Golden) -> None:
    compiled = compile_rulebook(golden.book, golden.acts)
    lived = live_in_engine(compiled, golden.acts, golden.life)
    told = live(golden.book, golden.acts, golden.life)
    assert differences(lived.ledger, told, compiled) == []
    assert (lived.score, lived.grade, lived.lists) == (told.score, told.grade, told.lists)
    assert dict(lived.n_unknown) == dict(told.n_unknown)
