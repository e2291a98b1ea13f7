"""S16: what must add up in a month does, and a town in which it does not stops and says what is off by how much."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from glasstown.engine.kernel.identities import assert_identities, gaps, standing
from glasstown.engine.town import Town
from glasstown.errors import RunError
from verification.towns import Plan, build, layer_of


def town_of() -> Town:
    return build(Plan("rongcheng-2013", 900, 12, date(2014, 1, 1), {}))


def _lists(town: Town) -> None:
    layer_of(town).level[0, layer_of(town).slots.level_lists] += 1


def _grades(town: Town) -> None:
    layer_of(town).level[0, layer_of(town).slots.level_grades] -= 1


def _scores(town: Town) -> None:
    layer_of(town).level[0, layer_of(town).slots.level_score] += 3


def _jobs(town: Town) -> None:
    town.sides[0].lived[0].lost += 2


def _recovered(town: Town) -> None:
    town.sides[0].lived[0].recovered += 7


def _owed(town: Town) -> None:
    town.sides[0].lived[0].owed += 7


def test_months__hold_every_identity() -> None:
    town, seen = town_of(), set()
    for _ in range(12):
        before = standing(town.sides[0])
        town.advance()
        found = gaps(town.sides[0], before)
        seen |= {what for what, _ in found}
        assert [gap for _, gap in found if gap] == []
    assert len(seen) >= 4


@pytest.mark.parametrize(
    ("plant", "words"),
    [
        (_lists, "list blacklist changed by in − out − died − moved: off by 1"),
        (_grades, "grades add up to those scored: off by -1"),
        (_scores, "the sum of scores changed by points \\+ what was returned: off by 3"),
        (_jobs, "jobs and businesses lost − found, and by who came and left: off by -2"),
        (_recovered, "− recovered − written off − moved away is owed after: off by 7"),
        (_owed, "what people owe adds up to what the accounts say: off by -7"),
    ],
)
def test_planted_fault__stops_the_town(plant: Callable[[Town], None], words: str) -> None:
    town = town_of()
    town.advance()
    before = standing(town.sides[0])
    town.advance()
    plant(town)
    with pytest.raises(RunError, match=words):
        assert_identities(town.sides[0], before, 1)


def test_town__asserts_them_at_the_end_of_each_month() -> None:
    town = town_of()
    layer = layer_of(town)
    layer.level[0, layer.slots.level_grades] += 1
    with pytest.raises(RunError, match="grades add up"):
        town.advance()
