"""Each shape that the engine lacks is refused by itself, and no key of the language passes unseen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from glasstown.compiler import compile_rulebook
from glasstown.compiler.not_executed import not_executed
from glasstown.errors import CompileError
from glasstown.rulebook import model
from glasstown.rulebook.load import load_acts, load_rulebook
from glasstown.rulebook.model import Clause, ListRule, Override, Rulebook, Score

SMALL = load_rulebook(str(Path(__file__).parents[1] / "rulebooks" / "good" / "small"))
CITE = SMALL.score.base.cite
PERIOD = model.Period.model_validate({"from": date(2020, 1, 1)})
Change = Callable[[Rulebook], Rulebook]


def book(**keys: Any) -> Change:
    return lambda small: small.model_copy(update=keys)


def score(**keys: Any) -> Change:
    return lambda small: small.model_copy(update={"score": small.score.model_copy(update=keys)})


def first(part: str, **keys: Any) -> Change:
    """Return the change of the first clause, list, grade or measure."""

    def change(small: Rulebook) -> Rulebook:
        items = getattr(small, part)
        return small.model_copy(update={part: (items[0].model_copy(update=keys), *items[1:])})

    return change


def override(until: Any) -> Change:
    return first("clauses", override=Override(grade="C", holds="no_better", until=until))


BAND = model.AmountBand.model_validate({"from": 1, "of": "time"})
QUOTA = model.Quota(share=Decimal("0.1"), assessed=("12-31",))
BOUNDED = model.BasePart(id="all", label="all of it", value=Decimal(100), lowest=Decimal(0), cite=CITE)
SHAPES: dict[str, Change] = {
    "rating cycle": score(cycle=model.Cycle(starts=("01-01",), cite=CITE)),
    "part with a bound": score(parts=(BOUNDED,)),
    "consent": book(consent=model.Consent(cite=CITE)),
    "balance": book(balance=model.Balance(unit="point", cite=CITE)),
    "quota": first("grades", from_="quota", quota=QUOTA),
    "amount band": first("clauses", amount=BAND),
    "status": first("clauses", status=True, act=None),
    "reached by": first("clauses", reached_by=model.ReachedBy(clause="litter", through="household")),
    "lock": first("clauses", lock=model.Lock(freezes="all", until="unknown")),
    "carries over": first("clauses", carries_over=True),
    "override to the end of a cycle": override("cycle-end"),
    "override while a state lasts": override("state-ends"),
    "act of a household": first("clauses", applies_to=model.AppliesTo(kind="household")),
    "measure in force": first("measures", in_force=PERIOD),
}


@pytest.mark.parametrize("name", SHAPES)
def test_shape__alone_is_refused(name: str) -> None:
    changed = SHAPES[name](SMALL)
    assert len(not_executed(changed)) == 1
    with pytest.raises(CompileError):
        compile_rulebook(changed, load_acts())


def test_plain_rulebook__is_not_refused() -> None:
    assert not_executed(SMALL) == []
    compile_rulebook(SMALL, load_acts())


WORDS = {"id", "label", "label_zh", "cite", "note", "category", "agency", "effect", "direction"}
RUN = {
    Clause: "act exception_to applies_to points if_unknown fine group caps starts_after counts_from lapse repeats "
    "override enters requires in_force",
    ListRule: "colour entry leaves decided_within grace",
    Score: "kept unit quantum base lowest highest beyond_bounds caps black_box",
}
CHANGES_NO_LIFE = {
    Clause: "proof unless part",
    ListRule: "authority objection notified retention",
    Score: "parts",
}
"""a town's records have their proof and no exclusion; parts without bounds, clocks of objection and words change nothing"""
REFUSED = {
    Clause: "amount status reached_by lock carries_over",
    ListRule: "",
    Score: "cycle",
}


@pytest.mark.parametrize("part", [Clause, ListRule, Score], ids=lambda part: part.__name__)
def test_every_key__is_run_or_without_effect_or_refused(part: type[Clause] | type[ListRule] | type[Score]) -> None:
    told = {*RUN[part].split(), *CHANGES_NO_LIFE[part].split(), *REFUSED[part].split()}
    assert set(part.model_fields) - WORDS == told
