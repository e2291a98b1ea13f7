"""A change of tenants in kernels, beside a second reading of it on whole arrays: the same state, ledger and accounts, bit for bit."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

import numpy as np
import pytest

from engine.tenants_on_arrays import Turnover, residents_at
from engine.turnover_on_arrays import feel_anew, turn_on_arrays
from glasstown.engine import before
from glasstown.engine import town as engine
from glasstown.engine.scratch import make_scratch
from glasstown.engine.sides import Side
from glasstown.engine.society.tenants import EVERY
from glasstown.engine.tables.lived_rows import Lived
from glasstown.engine.tables.turning_rows import STAYED
from glasstown.engine.town import Accounts
from glasstown.engine.turnover import turn
from glasstown.rows import as_table, in_python, make_rows
from glasstown.runs.plan import Plan, make_plan, side_of
from glasstown.runs.request import RunRequest, manifest_of

OFTEN = {"people.deaths": "0.8", "people.moves": "2", "recording.dishonesty.default": "0.9", "filing.wrong_person": "0.02",
         "hazard.c1": "4", "hazard.c11": "0.002", "judgment.guarantor": "1", "start.lived_months": "12"}  # fmt: skip
BOOKS = ("rongcheng-2013@one-point-b,suining-2010,cn-court-list-2017", "cn-2019", "no-scheme")


@pytest.fixture(autouse=True)
def short_past(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let few have lived before, and not for long."""
    monkeypatch.setattr(before, "N_BEFORE", 3)
    monkeypatch.setattr(before, "LONG_AGO", 24)


def plan_of(books: str, **settings: str) -> Plan:
    request = RunRequest(books, people=420, firms=0, months=30, seed=5, settings=OFTEN | settings, command="test")
    return make_plan(*manifest_of(request))


def side(plan: Plan) -> Side:
    return side_of(plan, "person", first_block=0, n_blocks=3, n_shards=1)


def arrays(side: Side, lived: Accounts) -> Iterator[tuple[str, Any]]:
    """Yield all that a month leaves behind: state, ledgers, accounts."""
    shard = side.shards[0]
    bundles: list[Any] = [shard, shard.lives, *(layer.statuses[0] for layer in side.layers)]
    for bundle in bundles:
        yield from ((name, value) for name, value in bundle._asdict().items() if isinstance(value, np.ndarray))
    for layer, flow, level in zip(side.layers, lived.flows, lived.levels, strict=True):
        pool = layer.pools[0]
        yield f"ledger of {layer.name}", pool.read[: pool.n_entries]
        yield from ((f"flow of {layer.name}", flow), (f"level of {layer.name}", level))
    yield "lived", as_table(lived.lived)


@pytest.mark.parametrize("books", BOOKS)
def test_kernels__turn_people_as_whole_arrays_do(books: str, monkeypatch: pytest.MonkeyPatch) -> None:
    plan = plan_of(books)
    ours, theirs, scratch = side(plan), side(plan), make_scratch(16, 3)
    n_turned, moved = 0, set[tuple[bool, bool, bool]]()
    for month in range(16):
        mine = engine.live_shard_month(ours, 0, scratch, month, on_turned=lambda changes: None)
        n_turned += len(mine.changes.turned)
        moved |= {
            (turned.why == STAYED, turned.changed == 0, turned.changed == EVERY)
            for turned in in_python(mine.changes.turned)
        }
        with monkeypatch.context() as patch:
            patch.setattr(engine, "turn", partial(turn_on_arrays, Turnover.of(plan)))
            other = engine.live_shard_month(theirs, 0, scratch, month)
        for (name, one), (_, two) in zip(arrays(ours, mine), arrays(theirs, other), strict=True):
            assert np.array_equal(one, two), (month, name)
    assert n_turned > 60
    assert {(False, False, True), (True, True, False), (True, False, False)} <= moved, (
        "some stay as they were, some in part"
    )


def test_propensities__folded_anew_are_those_that_stand() -> None:
    plan = plan_of(BOOKS[0])
    lived, scratch, everybody = side(plan), make_scratch(16, 3), np.arange(420)
    for month in range(15):
        engine.live_shard_month(lived, 0, scratch, month)
    shard = lived.shards[0]
    before, heads = shard.propensity.copy(), shard.lives.heads.copy()
    feel_anew(lived, 0, everybody, residents_at(Turnover.of(plan), shard, everybody))
    apart = np.abs(shard.propensity.astype(int) - before)
    assert apart.max() == 0, "the terms that stand are not those that were folded in"
    assert (shard.lives.heads == heads).all()


def test_whoever_comes__has_nothing_of_who_was_there_before() -> None:
    lived, scratch, junk = side(plan_of("no-scheme")), make_scratch(16, 3), 77
    shard, kept = lived.shards[0], {"age", "since", "is_female"}
    mine = {name: array for name, array in shard.lives._asdict().items() if len(array) == 420 and name not in kept}
    mine |= {f"detections {k}": row for k, row in enumerate(shard.detections)}
    found: dict[str, set[int]] = {name: set() for name in mine}
    for month in range(1, 13):
        for array in (*mine.values(), shard.lives.belief):
            array[:] = junk
        changes = turn(lived, 0, month, make_rows(Lived, 5), [], scratch.work, told=True)
        gone = [turned.place for turned in in_python(changes.turned) if turned.why != STAYED]
        for name, array in mine.items():
            found[name] |= set(array[gone].tolist())
    assert len(found) == 17 + len(shard.detections)
    assert [name for name, values in found.items() if values <= {junk}] == []
