"""The engine tells every golden micro-life as the interpreter does, or refuses the rulebook whole."""

from __future__ import annotations

import pytest

from glasstown.compiler import compile_rulebook
from glasstown.compiler.not_executed import not_executed
from glasstown.engine.ledger_lines import differences
from glasstown.engine.one_life import live_in_engine
from glasstown.errors import CompileError
from glasstown.interpreter.life import live
from golden.harness import Golden, load_golden

CASES_ALONE = {"object", "decide", "end"}
"""decisions that only a case can have, as are missing proof and exclusions: a town's records are in order"""

EVERY = load_golden()
REFUSED = [golden for golden in EVERY if not_executed(golden.book)]
LIVED = [
    golden
    for golden in EVERY
    if golden not in REFUSED
    and not {decision.procedure for decision in golden.life.decisions} & CASES_ALONE
    and all(record.proof is None and not record.unless for record in golden.life.records)
]


@pytest.mark.parametrize("golden", LIVED, ids=lambda golden: golden.name)
def test_golden_life__is_told_alike_by_the_engine(golden: Golden) -> None:
    compiled = compile_rulebook(golden.book, golden.acts)
    lived = live_in_engine(compiled, golden.acts, golden.life)
    told = live(golden.book, golden.acts, golden.life)
    assert differences(lived.ledger, told, compiled) == []
    assert (lived.score, lived.grade, lived.lists) == (told.score, told.grade, told.lists)
    assert dict(lived.n_unknown) == dict(told.n_unknown)


@pytest.mark.parametrize("golden", REFUSED, ids=lambda golden: golden.name)
def test_rulebook_with_a_shape_that_the_engine_lacks__is_refused_whole(golden: Golden) -> None:
    with pytest.raises(CompileError):
        compile_rulebook(golden.book, golden.acts)


def test_most_golden_lives__are_lived_by_the_engine() -> None:
    assert len(LIVED) >= 80
