"""Cut-offs of quota grades against a plain count of who is best."""

from __future__ import annotations

from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from glasstown.compiler.rulebook_rows import Book
from glasstown.engine import quotas
from glasstown.engine.kernel.cache import as_python
from glasstown.engine.kernel.lots import MASK, lot_of
from glasstown.engine.quotas import QuotaReading
from glasstown.engine.tables.person_rows import Begins, Chance
from glasstown.rows import each, make_row, make_rows

SCORES = st.lists(st.integers(0, 12), max_size=30)
DECEMBER = frozenset({12})


def quota(share: str | None, row: int = 0, least: int = 0, ties_in: bool = False) -> QuotaReading:
    """Return a quota grade that is assessed at the end of December."""
    return QuotaReading(row, None if share is None else Decimal(share), least, DECEMBER, ties_in)


@given(SCORES, st.sampled_from(["0", "0.1", "0.25", "0.5", "1"]), st.integers(0, 8), st.booleans())
def test_cutoff__lets_in_the_best_share_and_equals_as_the_rule_says(
    scores: list[int], share: str, least: int, ties_in: bool
) -> None:
    (cutoff,) = quotas.assess([quota(share, 0, least, ties_in)], 12, np.array(scores, dtype=np.int64)).values()
    pool = sorted((score for score in scores if score >= least), reverse=True)
    k = int(Decimal(share) * len(pool))
    n_in = 0 if cutoff is None else sum(score >= cutoff for score in pool)
    last, beyond = pool[k - 1 : k], pool[k : k + 1]
    if ties_in:  # all who are as good as the last of the share
        assert n_in == (pool.index(last[0]) + pool.count(last[0]) if k else 0)
    else:  # none who is no better than the first beyond it
        assert n_in == (pool.index(beyond[0]) if beyond else k)


def test_shares__add_up_from_the_best_grade_on_and_an_unknown_one_leaves_the_rest_unknown() -> None:
    scores = np.arange(10)
    grades = [quota("0.1"), quota("0.3", 1), quota(None, 2), quota("0.2", 3)]
    assert quotas.assess(grades, 12, scores) == {0: 9, 1: 6, 2: None, 3: None}
    assert quotas.assess(grades, 6, scores) == {}


def test_cutoffs__hold_one_month_after_they_were_found_and_nobody_reaches_a_grade_without_one() -> None:
    begins = make_rows(Begins, 2)
    quotas.publish(begins, {0: 9, 1: None})
    quotas.publish(begins, {0: 7})
    assert [row.before_cut for row in each(begins)] == [9, quotas.NOBODY]
    assert [row.after_cut for row in each(begins)] == [7, quotas.NOBODY]


@pytest.mark.parametrize(
    ("latent", "column", "shown"), [(0, -1, [-5, 50, 200]), (1, -1, [0, 50, 100]), (1, 1, [0, 40, 100])]
)
def test_score_shown__is_held_in_its_bounds_and_below_the_ceiling_of_locks(
    latent: int, column: int, shown: list[int]
) -> None:
    book = make_row(Book)
    book.latent, book.lowest, book.highest, book.ceiling = latent, 0, 100, column
    status: Any = SimpleNamespace(
        score=np.array([-5, 50, 200]), more=np.array([[0, 1000], [0, 40], [0, 1000]]), is_scored=np.array([1, 1, 0])
    )
    rules: Any = SimpleNamespace(book=book)
    assert quotas.shown_scores(rules, status).tolist() == shown
    assert quotas.closing_scores(rules, [status, status]).tolist() == shown[:2] * 2
    assert quotas.closing_scores(rules, []).tolist() == []


@given(SCORES, st.sampled_from(["0", "0.1", "0.25", "0.5", "1"]), st.integers(1, 1 << 31))
def test_cutoff_by_lot__lets_in_the_share_to_the_head_and_is_of_each_their_own(
    scores: list[int], share: str, seed: int
) -> None:
    by_lot = quotas.QuotaReading(0, Decimal(share), -5, DECEMBER, False, by_lot=True)
    lots = lots_of(seed, len(scores))
    (cutoff,) = quotas.assess([by_lot], 12, np.array(scores, dtype=np.int64), lots).values()
    k = int(Decimal(share) * len(scores))
    own = [quotas.own_cutoff(cutoff, int(lot)) for lot in lots]
    is_in = [edge is not None and score >= edge for score, edge in zip(scores, own, strict=True)]
    assert sum(is_in) == k
    assert sorted(scores, reverse=True)[:k] == sorted(
        (score for score, is_one in zip(scores, is_in, strict=True) if is_one), reverse=True
    )


def lots_of(seed: int, n: int) -> np.ndarray[Any, Any]:
    """Return the lots of the first firms of a town."""
    chance = make_row(Chance)
    chance.key_0, chance.key_1 = seed, seed >> 7
    found: np.ndarray[Any, Any] = as_python(lot_of)(chance, np.arange(n))  # type: ignore[arg-type,assignment]
    return found


@pytest.mark.parametrize("seed", [0, 1, 0x9E3779B9, (1 << 32) - 1])
def test_lots__are_nobodys_twice_and_look_like_a_draw(seed: int) -> None:
    lots = lots_of(seed, 100_000)
    assert len(np.unique(lots)) == len(lots)
    assert 0 <= lots.min() < lots.max() <= MASK
    assert abs(float(lots.mean()) / MASK - 0.5) < 0.01
    assert abs(float(np.corrcoef(lots[:-1], lots[1:])[0, 1])) < 0.02
