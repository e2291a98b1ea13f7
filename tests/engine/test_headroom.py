"""No score wraps at 32 bits: `check` keeps numbers away from the end, and a town that comes near it stops."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

import glasstown
from agreement.both import disagreements
from agreement.conduct import catalogue
from glasstown.compiler.limits import MOST_TAKEN
from glasstown.engine import headroom
from glasstown.engine.one_life_entries import UntoldError
from glasstown.engine.person.scores import NO_CEILING
from glasstown.engine.tables.state import MOST_ENTRIES
from glasstown.errors import RunError
from glasstown.language.check import check_rulebook
from glasstown.language.check_clauses import MOST_POINTS
from glasstown.language.check_ground import MOST_QUANTA
from glasstown.ledger import Life, Record
from golden.harness import book_from

INT32 = np.iinfo(np.int32)
RULES = Path(__file__).parents[1] / "rulebooks" / "good" / "small"


def test_a_month__cannot_move_a_score_past_32_bits() -> None:
    assert MOST_QUANTA <= headroom.MOST_SCORE
    assert INT32.max >= headroom.MOST_SCORE + 2 * MOST_ENTRIES * MOST_TAKEN


@pytest.mark.parametrize("base", [MOST_QUANTA + 1, -MOST_QUANTA - 1, INT32.max, INT32.min, 1 << 31, -(1 << 40)])
def test_base__near_the_end_of_32_bits_is_refused(base: int) -> None:
    (fault,) = check_rulebook(book_from("x", {"score": {"base": Decimal(base)}}), catalogue())
    assert (fault.subject, fault.found) == ("score, base", str(base))
    assert fault.expected == f"at most {MOST_QUANTA} quanta of 1"


def records(n_months: int, each_month: int) -> tuple[Record, ...]:
    """Return so many records in each of so many months of 2020."""
    return tuple(
        Record(f"e{n}", n, day, day, clause="a")
        for n in range(n_months * each_month)
        for day in [date(2020, 1 + n // each_month, 1 + n % 28)]
    )


@pytest.mark.parametrize("sign", [-1, 1])
def test_score_at_the_end__is_told_alike(sign: int) -> None:
    direction = "reward" if sign > 0 else "deduct"
    clause = {
        "id": "a",
        "direction": direction,
        "points": Decimal(sign * MOST_POINTS),
        "lapse": {"after": {"days": 40}},
    }
    book = book_from("x", {"score": {"base": Decimal(sign * MOST_QUANTA)}, "clauses": [clause]})
    assert check_rulebook(book, catalogue()) == []
    life = Life(date(2020, 1, 1), date(2020, 5, 1), records(2, 1000))
    assert disagreements(book, catalogue(), life) == []


def test_score_beyond_the_headroom__is_no_life_of_the_engine() -> None:
    points = {"points": Decimal(-MOST_POINTS), "repeats": {"every": "month"}}
    clause = {"id": "a", "direction": "deduct", **points}
    book = book_from("x", {"score": {"base": Decimal(-MOST_QUANTA)}, "clauses": [clause]})
    lasting = tuple(replace(record, until=date(2022, 1, 1)) for record in records(1, 1000))
    life = Life(date(2020, 1, 1), date(2021, 12, 1), lasting)
    with pytest.raises(UntoldError, match="a score of -16"):
        disagreements(book, catalogue(), life)


def test_town__stops_where_a_score_leaves_the_headroom(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rules = (RULES / "rules.yaml").read_text(encoding="utf-8")
    assert rules.count("lowest: {value: 0,") == 1
    (tmp_path / "rules.yaml").write_text(
        rules.replace("lowest: {value: 0,", "lowest: {value: unknown,"), encoding="utf-8"
    )
    (tmp_path / "sources.yaml").write_bytes((RULES / "sources.yaml").read_bytes())
    monkeypatch.setattr(headroom, "MOST_SCORE", 80)
    with pytest.raises(RunError, match="a score of 100 quanta under 'small'; expected at most 80 quanta"):
        glasstown.run(str(tmp_path), people=20, months=1, out=tmp_path / "r")


def layer(score: list[int], more: list[int], **keys: Any) -> Any:
    """Return what is looked at of a layer: one shard's scores and what stands beside them, and a book without bounds."""
    status = SimpleNamespace(score=np.array(score, np.int32), more=np.array([more] * len(score), np.int32))
    compiled = SimpleNamespace(rulebook=book_from("x", keys))
    return SimpleNamespace(name="x", statuses=[status], compiled=compiled)


def test_farthest__is_told_with_its_sign_and_without_a_ceiling_that_is_none() -> None:
    assert headroom.farthest_of(layer([3, -7, 5], [NO_CEILING, 6])) == -7
    assert headroom.farthest_of(layer([3], [NO_CEILING, -9])) == -9
    assert headroom.farthest_of(layer([], [])) == 0


BOUNDS = {"lowest": Decimal(0), "highest": Decimal(200)}


def test_own_bounds__keep_a_score_unless_something_is_counted_beside_it() -> None:
    assert headroom.is_bounded(book_from("x", {"score": BOUNDS}))
    assert not headroom.is_bounded(book_from("x", {"score": {**BOUNDS, "beyond_bounds": "latent"}}))
    assert not headroom.is_bounded(book_from("x", {"score": {**BOUNDS, "lowest": "unknown"}}))
    assert not headroom.is_bounded(book_from("x", {"score": BOUNDS, "balance": {"unit": "coin"}}))
    parts = [{"id": "p", "value": Decimal(100)}]
    assert not headroom.is_bounded(book_from("x", {"score": {**BOUNDS, "parts": parts}}))
