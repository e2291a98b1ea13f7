"""What was before the first month: the same for all rulebooks, shards and threads, and a town that begins as it would go on."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

import glasstown
from glasstown.chance import DRAWS, philox
from glasstown.engine import before
from glasstown.engine.society.joint import apart
from glasstown.engine.tables.lives import CHILD, EMPLOYED, UNEMPLOYED
from glasstown.engine.tables.model import Conduct
from glasstown.engine.tables.past import MONEY, Past, drawn_from, keys_of
from glasstown.engine.tables.shapes import I64, Lives
from glasstown.engine.tables.state import Residents
from glasstown.engine.town import Town
from glasstown.runs.plan import make_plan, make_town
from glasstown.runs.request import RunRequest, manifest_of

PACKAGE = Path(glasstown.__file__).parent
ASKED = RunRequest("no-scheme", people=1200, firms=450, months=4, seed=3, threads=1, command="test", start="2018-01")


@pytest.fixture(autouse=True)
def short_past(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let fewer people have lived before, for a shorter time."""
    monkeypatch.setattr(before, "N_BEFORE", 40)
    monkeypatch.setattr(before, "LONG_AGO", 60)


def town_of(threads: int = 1, shards: int = 1, **changes: object) -> Town:
    plan = make_plan(*manifest_of(replace(ASKED, **changes)))  # type: ignore[arg-type]
    return make_town(plan, threads=threads, shards_per_thread=shards)


def lives(town: Town, name: str) -> np.ndarray[tuple[int, ...], np.dtype[np.int64]]:
    return np.concatenate([getattr(shard.lives, name) for shard in town.sides[0].shards]).astype(np.int64)


def test_two_rulebooks__begin_with_the_same_people() -> None:
    one, other = town_of(), town_of(rulebook="cn-court-list-2017")
    for name in Lives._fields:
        assert (lives(one, name) == lives(other, name)).all(), name
    for side_of_one, side_of_other in zip(one.sides, other.sides, strict=True):
        for a, b in zip(side_of_one.shards, side_of_other.shards, strict=True):
            assert (a.detections == b.detections).all()
            assert (a.trade.health == b.trade.health).all()
            assert (a.hashes == b.hashes).all()


def test_shards_and_threads__change_nothing_of_what_was_before() -> None:
    digests = set()
    for threads, shards in ((1, 1), (1, 5), (2, 3)):
        town = town_of(threads, shards)
        for _ in range(3):
            town.advance()
        digests.add(town.digest())
        town.close()
    assert len(digests) == 1


def test_words_of_a_month_before__are_those_of_no_month_of_a_run() -> None:
    """Months before the first count down from 2**32, farther than a run can come."""
    from glasstown.engine.kernel.philox import words
    from glasstown.engine.tables.state import chance_of

    stream = DRAWS["life"].stream
    chance = chance_of(7, "person")
    expected = philox(7, stream, np.array([5], dtype=np.uint64), (1 << 32) - 24, 0)[:, 0].tolist()
    assert list(words(chance, stream.number, 5, -24, 0)) == expected
    assert list(words(chance, stream.number, 5, 24, 0)) != expected


def test_town__begins_with_debts_judgments_and_unemployment_of_those_who_lived_before() -> None:
    town, fresh = town_of(people=9_000), town_of(people=9_000, settings={"start.lived_months": "0"})
    assert (lives(town, "owed") > 0).sum() > 20
    assert (lives(town, "late") > 0).sum() > 20
    assert not lives(fresh, "owed").any()
    assert not lives(fresh, "late").any()
    work = lives(town, "work")
    share = (work == UNEMPLOYED).sum() / np.isin(work, (EMPLOYED, UNEMPLOYED)).sum()
    assert abs(share - 0.0082 / (0.0082 + 0.15)) < 0.012


def test_somebody_of_the_same_kind__is_drawn_and_nobody_where_there_is_none() -> None:
    rng = np.random.default_rng(1)
    n = 4000
    group, work = rng.integers(0, 5, n).astype(np.uint8), rng.integers(0, 6, n).astype(np.uint8)
    owes, court = rng.integers(0, 2, n).astype(bool), rng.integers(-4000, -1000, n).astype(np.int16)
    key = np.sort(keys_of(group, work, owes, court)[group != 4])
    past = Past(
        key, {name: np.zeros(len(key)) for name in MONEY}, np.zeros_like(key), np.zeros(len(key), dtype=np.uint8)
    )
    mine = keys_of(group, work, owes, court)
    place = drawn_from(past, mine, 1, np.arange(n, dtype=np.uint64))
    assert (place[group == 4] == -1).all()
    found = place >= 0
    assert (found == (group != 4)).all()
    assert (key[place[found]] >> 16 == mine[found] >> 16).all()
    rank = np.searchsorted(key, mine[found])
    assert (abs(place[found] - rank) <= 64).all()  # the nearest in how often before a court
    assert len(np.unique(place[found])) > found.sum() / 3


def test_children__have_nothing_of_others() -> None:
    town = town_of()
    is_child = lives(town, "work") == CHILD
    assert is_child.any()
    assert not lives(town, "owed")[is_child].any()
    assert not lives(town, "shock")[is_child].any()


def test_past__is_made_once_for_a_set_of_parameters(monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[int] = []
    real = before.live_long_ago

    def counted(known: Conduct, residents: Residents) -> I64:
        calls.append(1)
        return real(known, residents)

    monkeypatch.setattr(before, "live_long_ago", counted)
    before._kept.clear()
    plan = make_plan(*manifest_of(replace(ASKED, settings={"judgment.arrears": "7"})))
    again = make_plan(*manifest_of(replace(ASKED, rulebook="suining-2010", settings={"judgment.arrears": "7"})))
    assert plan.conduct["person"].past is again.conduct["person"].past
    other = make_plan(*manifest_of(replace(ASKED, settings={"judgment.arrears": "6"})))
    assert other.conduct["person"].past is not plan.conduct["person"].past
    assert len(calls) <= 2


@pytest.mark.parametrize("file", ["population/tables.py", "engine/tables/past.py", "language/acts.py", "chance.py"])
def test_name_of_a_kept_past__follows_from_all_code_that_makes_people_and_towns(file: str) -> None:
    """With less in it, one version of the package read what another had kept, and a replay differed from its run."""
    assert (PACKAGE / file).read_bytes() in before._code()


def test_town__begins_with_claims_of_two_that_people_of_the_past_owed_together(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of two who owed one claim before, one has it here, and somebody of the neighbourhood stands for it anew."""
    found: list[tuple[I64, I64]] = []
    monkeypatch.setattr(before, "apart", lambda shard: found.append(apart(shard)) or found[-1])
    monkeypatch.setattr(
        before, "kept_table", lambda _name, _from, make, **_: make()
    )  # a past that is kept is not lived
    before._kept.clear()
    town = town_of(
        rulebook="cn-court-list-2017", people=3000, settings={"hazard.c11": "0.002", "judgment.guarantor": "1"}
    )
    (alone, joint), (claims, owed) = found[0], (lives(town, "joint"), lives(town, "owed"))
    assert 0 < joint.sum() // 2 <= alone.sum()
    assert (claims > 0).sum() > 5
    for block, slot in zip(*np.nonzero(claims), strict=True):
        for name in ("joint_debtor", "joint_guarantor"):
            assert owed[block * 150 + lives(town, name)[block, slot]] >= claims[block, slot]
