"""Tallies of acts begin at nothing and add up in place."""

from __future__ import annotations

import pytest

from glasstown.engine.tables.scene import add_tally, make_tally


def test_tallies__add_up_in_place_by_group_and_class() -> None:
    total, more = make_tally(2, 3), make_tally(2, 3)
    acts = total.acts
    more.acts[1, 2], more.found[0, 1] = 5, 2
    add_tally(total, more)
    add_tally(total, more)
    assert total.acts is acts
    assert (total.acts.tolist(), total.found.tolist()) == ([[0, 0, 0], [0, 0, 10]], [[0, 4, 0], [0, 0, 0]])
    assert (int(more.acts.sum()), int(more.found.sum())) == (5, 2)


def test_tallies_of_different_towns__do_not_add_up() -> None:
    with pytest.raises(ValueError, match="broadcast"):
        add_tally(make_tally(2, 3), make_tally(3, 3))
