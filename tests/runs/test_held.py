"""A month lived dry leaves nothing behind: every array that can be reached from a town is as it was, to the byte."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from glasstown.engine.kernel.cache import is_plain
from glasstown.engine.sides import Layer, Pool
from glasstown.engine.town import Town
from glasstown.runs import held
from glasstown.runs.held import hold, lay_back
from glasstown.runs.memory import plan_in_memory
from glasstown.runs.plan import Plan, make_town
from glasstown.runs.request import RunRequest

pytestmark = [pytest.mark.usefixtures("short_past"), pytest.mark.skipif(is_plain(), reason="lives towns")]
JETTY = Path(__file__).parents[1] / "rulebooks" / "good" / "jetty" / "rules.yaml"
"""a rulebook under which records follow from others', by letters that take a month"""
BOOKS = {
    "one": RunRequest("cn-court-list-2017", people=300, months=14, seed=7, settings={"people.moves": "2"}),
    "many": RunRequest(
        "cn-2019", people=450, firms=150, months=14, seed=5,
        settings={"people.moves": "2", "firm.traded": "1", "linkage.by_number": "0"},
    ),
    "quotas": RunRequest("rongcheng-2019", people=450, months=14, seed=3),
    "letters": RunRequest(
        str(JETTY), people=300, firms=150, months=14, seed=5, start="2020-01",
        settings={"recording.dishonesty.default": "0.9", "hazard.c0": "2", "hazard.c1": "4", "hazard.c2": "2", "hazard.k4": "0.03"},
    ),
}  # fmt: skip
SCRATCH = {"_scratch", "_executor", "begun", "closed", "closed_by"}
"""what a month works with and what is made once for a cut-off or a date of law: no state"""


@pytest.fixture(scope="module", params=BOOKS)
def plan(request: pytest.FixtureRequest) -> Plan:
    return plan_in_memory(BOOKS[request.param])


def reached(thing: Any, path: str = "town") -> Iterator[tuple[str, bytes]]:
    """Yield by path all that hangs on a town: arrays, numbers, texts; of a ledger the entries that are read next."""
    if isinstance(thing, np.ndarray | np.generic):
        yield path, thing.tobytes()
    elif isinstance(thing, Pool):
        yield path, thing.read[: thing.n_entries].tobytes()
    elif isinstance(thing, tuple | list):
        yield f"{path}.length", str(len(thing)).encode()
        for name, each in zip(getattr(thing, "_fields", range(len(thing))), thing, strict=True):
            yield from reached(each, f"{path}.{name}")
    elif isinstance(thing, dict):
        for name, each in thing.items():
            yield from reached(each, f"{path}[{name}]")
    elif is_dataclass(thing):
        for each_field in fields(thing):
            if each_field.name not in SCRATCH | {"compiled", "conduct", "turning"}:
                yield from reached(getattr(thing, each_field.name), f"{path}.{each_field.name}")
    elif isinstance(thing, Town):
        for name in vars(thing).keys() - SCRATCH:
            yield from reached(getattr(thing, name), f"{path}.{name}")
    else:
        yield path, repr(thing).encode()


def state_of(town: Town) -> dict[str, bytes]:
    return dict(reached(town))


def lived(plan: Plan, months: int, shards: int = 2) -> Town:
    town = make_town(plan, threads=1, shards_per_thread=shards)
    for _ in range(months):
        town.advance()
    return town


@pytest.mark.parametrize("month", [0, 1, 11])
def test_a_month_that_is_laid_back__leaves_every_byte_as_it_was(plan: Plan, month: int) -> None:
    town = lived(plan, month)
    before, kept = state_of(town), hold(town)
    town.advance()
    changed = [path for path, value in state_of(town).items() if before.get(path) != value]
    assert len(changed) > 10  # there was something to lay back
    lay_back(town, kept)
    assert state_of(town) == before
    town.advance()
    town.advance()
    assert state_of(town) == state_of(lived(plan, month + 2))


def test_several_dry_months__end_in_the_digest_of_the_run(plan: Plan) -> None:
    town, twin = lived(plan, 3), lived(plan, 3, shards=1)
    kept = hold(town)
    for _ in range(3):
        for _ in range(4):
            town.advance()
        lay_back(town, kept)
        assert town.digest() == twin.digest()
    for _ in range(8):
        town.advance()
        twin.advance()
    assert town.digest() == twin.digest()


@pytest.mark.parametrize("left_out", ["level", "lived", "strain", "score"])
def test_what_is_not_held__is_seen(left_out: str, plan: Plan, monkeypatch: pytest.MonkeyPatch) -> None:
    """The test above looks by another way than `held` does, so that it would see an array that is forgotten."""
    town = lived(plan, 11)
    arrays_of = held.arrays_of
    shards = [shard.lives.strain for side in town.sides for shard in side.shards]
    layers: list[Layer] = [layer for side in town.sides for layer in side.layers]
    lost = {
        "level": [layer.level for layer in layers],
        "lived": [np.asarray(side.lived) for side in town.sides],
        "strain": shards,
        "score": [status.score for layer in layers for status in layer.statuses],
    }[left_out]
    monkeypatch.setattr(
        held, "arrays_of", lambda of: (each for each in arrays_of(of) if not any(each is gone for gone in lost))
    )
    before, kept = state_of(town), hold(town)
    for _ in range(3):
        town.advance()
    lay_back(town, kept)
    is_still = left_out == "score" and all(not status.score.any() for layer in layers for status in layer.statuses)
    assert is_still or state_of(town) != before


def test_letters_that_are_not_held__are_seen() -> None:
    town = lived(plan_in_memory(BOOKS["letters"]), 5)
    assert any(len(rows) for rows in town.waiting.values())
    before, kept = state_of(town), hold(town)
    town.advance()
    lay_back(town, replace(kept, waiting={}))
    changed = {path for path, value in state_of(town).items() if before.get(path) != value}
    assert {path.split(".")[1].partition("[")[0] for path in changed | (before.keys() - state_of(town).keys())} == {
        "waiting"
    }
    lay_back(town, kept)
    assert state_of(town) == before
