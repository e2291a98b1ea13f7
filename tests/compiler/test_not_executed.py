"""Each shape that the engine lacks is refused by itself, and no key of the language passes unseen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from glasstown.compiler import compile_rulebook
from glasstown.compiler.not_executed import not_executed
from glasstown.errors import CompileError
from glasstown.language import model
from glasstown.language.load import load_acts, load_rulebook
from glasstown.language.model import Clause, ListRule, Rulebook, Score

SMALL = load_rulebook(str(Path(__file__).parents[1] / "rulebooks" / "good" / "small"))
CITE = SMALL.score.base.cite
PERIOD = model.Period.model_validate({"from": date(2020, 1, 1)})
Change = Callable[[Rulebook], Rulebook]


def first_clause(**keys: Any) -> Rulebook:
    """Return the rulebook with its first clause changed."""
    first, *rest = SMALL.clauses
    return SMALL.model_copy(update={"clauses": (first.model_copy(update=keys), *rest)})


SHAPES = {"act of a household": first_clause(applies_to=model.AppliesTo(kind="household"))}


@pytest.mark.parametrize("name", SHAPES)
def test_shape__alone_is_refused(name: str) -> None:
    changed = SHAPES[name]
    assert len(not_executed(changed)) == 1
    with pytest.raises(CompileError):
        compile_rulebook(changed, load_acts())


def test_plain_rulebook__is_not_refused() -> None:
    assert not_executed(SMALL) == []
    compile_rulebook(SMALL, load_acts())


WORDS = {"id", "label", "label_zh", "cite", "note", "category", "agency", "effect", "direction"}
RUN = {
    Clause: "act exception_to applies_to points if_unknown fine group caps starts_after counts_from lapse repeats "
    "override enters requires in_force amount status reached_by lock carries_over part proof unless",
    ListRule: "colour entry leaves decided_within grace",
    Score: "kept unit quantum base lowest highest beyond_bounds caps black_box cycle parts",
}
CHANGES_NO_LIFE = {Clause: "", ListRule: "authority objection notified retention", Score: ""}
"""clocks of objection and words change nothing"""


@pytest.mark.parametrize("part", [Clause, ListRule, Score], ids=lambda part: part.__name__)
def test_every_key__is_run_or_without_effect(part: type[Clause] | type[ListRule] | type[Score]) -> None:
    told = {*RUN[part].split(), *CHANGES_NO_LIFE[part].split()}
    assert set(part.model_fields) - WORDS == told
