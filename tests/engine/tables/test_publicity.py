"""S4, S11 to S14: what is made public reaches each audience by its own share, and moves what it should in the way it should."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from decimal import Decimal
from typing import Any

import numpy as np
import pytest

from glasstown.chance import CERTAIN
from glasstown.compiler import compile_rulebook
from glasstown.compiler.tables import CompiledRules
from glasstown.engine.tables import deterrence, publicity
from glasstown.engine.tables.model import make_conduct, numbers_of, of_kind
from glasstown.engine.tables.practice_rows import N_LISTS
from glasstown.engine.tables.publicity import shown_table
from glasstown.language.load import load_acts, load_parameters, load_rulebook
from glasstown.population.tables import role_ids
from glasstown.rows import as_array

ACTS, NUMBERS = load_acts(), numbers_of(load_parameters())
COURT, VILLAGE = "cn-court-list-2017", "wendeng-rural-2020"
MINDING = {
    "shame.feared": Decimal(5), "eps_s": Decimal(1),
    "recording.dishonesty.default": Decimal(1), "recording.court.default": Decimal(1),
}  # fmt: skip


def rules_of(name: str, **changes: Any) -> CompiledRules:
    """Return a rulebook's tables, with every item of its publicity changed."""
    book = load_rulebook(name)
    items = tuple(each.model_copy(update=changes) for each in book.publicity)
    return compile_rulebook(book.model_copy(update={"publicity": items}), ACTS)


def numbers(**changes: str) -> dict[str, Decimal]:
    return {**NUMBERS, **{f"public.{key}": Decimal(value) for key, value in changes.items()}}


def reach(name: str, numbers: Mapping[str, Decimal]) -> tuple[int, int]:
    """Return the largest chances that a month shows anybody under a rulebook, to those around and to who looks."""
    table = as_array(shown_table(rules_of(name), numbers))
    return int(table["around"].max()), int(table["looking"].max())


@pytest.mark.parametrize(
    ("name", "changes", "around", "looking"),
    [
        (COURT, {"neighbours": "0", "readers": "0"}, 0, None),
        (COURT, {"optional": "0"}, 0, None),
        (COURT, {"neighbours": "1", "optional": "1"}, CERTAIN, None),
        (COURT, {"searchers": "0"}, None, 0),
        (COURT, {"searchers": "1"}, None, CERTAIN),
        ("rongcheng-2013", {"asked": "0"}, 0, 0),
        ("rongcheng-2013", {"asked": "1"}, 0, CERTAIN),
    ],
)
def test_audience__reaches_as_far_as_its_parameter_says(
    name: str, changes: dict[str, str], around: int | None, looking: int | None
) -> None:
    usual, found = reach(name, NUMBERS), reach(name, numbers(**changes))
    assert found == (usual[0] if around is None else around, usual[1] if looking is None else looking)


def test_reach__is_summed_over_items_with_their_rhythm() -> None:
    some = numbers(neighbours="0.3", readers="0.1", optional="1")
    names = load_rulebook(COURT).publicity[1].model_copy(update={"where": ("loudspeaker",), "optional": False})
    quarterly = names.model_copy(update={"where": ("newspaper", "screen"), "every": "quarter"})
    assert publicity.around([names], some) == Decimal("0.3")
    assert abs(publicity.around([names, quarterly], some) - Decimal("0.3") - Decimal("0.4") / 3) < Decimal("1e-20")
    assert publicity.around([names] * 9, some) == 1
    assert publicity.around([names.model_copy(update={"what": ("points",)})], some) == 0


def test_who_looks__finds_no_more_where_two_sites_say_the_same() -> None:
    site = load_rulebook(COURT).publicity[0]
    assert publicity.looking([site, site], NUMBERS) == publicity.looking([site], NUMBERS) == NUMBERS["public.searchers"]


def test_grades_that_somebody_is_the_worse_for__are_seen_on_the_certificate_and_others_are_not() -> None:
    rules = rules_of("rongcheng-2013")
    table = as_array(shown_table(rules, NUMBERS))["looking"][N_LISTS:]
    seen = {grade for grade, chance in zip(rules.grade_ids(), table, strict=False) if chance}
    assert seen == {"B", "C", "D"}


def felt(rules: CompiledRules, numbers: Mapping[str, Decimal]) -> np.ndarray[tuple[int, ...], np.dtype[np.int64]]:
    """Return what people feel of a rulebook where they mind much and everything is written down."""
    classes, acts = of_kind(ACTS, "person")
    return deterrence.felt_table(rules, ACTS, classes, acts, {**numbers, **MINDING})


@pytest.mark.parametrize("name", [COURT, VILLAGE, "jiakuang-majia-2018"])
def test_being_shown__is_feared_the_more_the_more_neighbours_take_notice(name: str) -> None:
    rules = rules_of(name)
    none, some, all_of_them = (felt(rules, numbers(neighbours=share, readers="0")) for share in ("0", "0.5", "1"))
    assert (some <= none).all()
    assert (some < none).any()
    assert (all_of_them <= some).all()
    assert (all_of_them < some).any()
    silent = felt(rules_of(name, what=("nothing",)), NUMBERS)
    assert (silent == none).all()


def test_rhythm__makes_it_feared_less_where_it_is_rarer() -> None:
    often, rarely = (felt(rules_of(VILLAGE, every=every), NUMBERS) for every in ("month", "year"))
    assert (often <= rarely).all()
    assert (often < rarely).any()


@pytest.mark.parametrize(("weight", "sign"), [("0.3", 1), ("0", 0), ("-0.3", -1)])
def test_models__move_good_deeds_by_the_sign_of_their_weight_and_nothing_else(weight: str, sign: int) -> None:
    known = make_conduct(
        (rules_of("rongcheng-2013"),),
        ACTS,
        numbers(models=weight),
        kind="person",
        roles=role_ids(ACTS, "person"),
        months=3,
    )
    good = np.array(known.is_good)
    usual = make_conduct(
        (rules_of("rongcheng-2013"),), ACTS, NUMBERS, kind="person", roles=role_ids(ACTS, "person"), months=3
    )
    moved = np.asarray(known.model.month_shift) - np.asarray(usual.model.month_shift)
    assert (moved[:, ~good] == 0).all()
    assert set(np.sign(moved[:, good]).ravel().tolist()) <= {0, sign}
    assert moved.any() == (sign != 0)


def most(rules: CompiledRules, numbers: Mapping[str, Decimal], row: str) -> int:
    """Return the largest chance that a month shows anybody, by the table that offices would get now."""
    return int(as_array(publicity.shown_table(rules, numbers))[row].max())


@contextmanager
def ignoring(monkeypatch: pytest.MonkeyPatch, name: str) -> Iterator[None]:
    """Plant a fault: the share of one audience is not read, and every item reaches as many of it as usual."""
    real = publicity.shown_table
    with monkeypatch.context() as patch:
        patch.setattr(publicity, "shown_table", lambda rules, given: real(rules, {**given, name: NUMBERS[name]}))
        yield


@pytest.mark.parametrize(
    ("name", "row", "books"),
    [
        ("public.neighbours", "around", COURT), ("public.readers", "around", COURT), ("public.optional", "around", COURT),
        ("public.searchers", "looking", COURT), ("public.asked", "looking", "rongcheng-2013"),
    ],
)  # fmt: skip
def test_audience_that_is_ignored__would_be_found(
    monkeypatch: pytest.MonkeyPatch, name: str, row: str, books: str
) -> None:
    """Whatever audience a table leaves out, its own parameter at 0 would then move nothing."""
    rules, off = rules_of(books), {**NUMBERS, name: Decimal(0)}
    assert most(rules, off, row) < most(rules, NUMBERS, row)
    with ignoring(monkeypatch, name):
        assert most(rules, off, row) == most(rules, NUMBERS, row)
