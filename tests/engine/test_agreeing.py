"""A disagreement of the two readings is an error of its own, which carries both lives and says how to report it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from glasstown.compiler import compile_rulebook
from glasstown.engine.agreeing import apart, must_agree
from glasstown.engine.one_life import live_in_engine
from glasstown.errors import HOW_TO_REPORT, AgreementError
from glasstown.interpreter.life import live
from glasstown.ledger import Life, Record
from golden.harness import acts_from, book_from

BOOK = book_from("small", {"clauses": [{"id": "minus", "direction": "deduct", "points": -5}]})
DAY = date(2020, 2, 3)
LIFE = Life(date(2020, 1, 1), date(2020, 3, 1), (Record("e0", 0, DAY, DAY, "minus"),))


def test_readings_that_agree__raise_nothing() -> None:
    compiled, acts = compile_rulebook(BOOK, acts_from({})), acts_from({})
    must_agree(live_in_engine(compiled, acts, LIFE), live(BOOK, acts, LIFE), compiled)


@pytest.mark.parametrize(
    ("change", "words"), [({"score": 96}, "score: engine 95"), ({"ledger": ()}, "only the engine has")]
)
def test_readings_that_differ__raise_an_error_with_both_lives(change: dict[str, object], words: str) -> None:
    compiled, acts = compile_rulebook(BOOK, acts_from({})), acts_from({})
    lived = live_in_engine(compiled, acts, LIFE)
    told = replace(live(BOOK, acts, LIFE), **change)  # type: ignore[arg-type]
    with pytest.raises(AgreementError) as caught:
        must_agree(lived, told, compiled)
    assert (caught.value.engine, caught.value.interpreter) == (lived, told)
    assert caught.value.differences == tuple(apart(lived, told, compiled))
    assert words in str(caught.value)
    assert "'small' differ on one life, in one place:" in str(caught.value)
    assert str(caught.value).endswith(HOW_TO_REPORT)
