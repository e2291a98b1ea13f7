"""A shard's round: what Python calls, for every neighbourhood of a shard in turn; the month that each lives is in `period.py`."""

from __future__ import annotations

from glasstown.engine.conduct.memory import remember
from glasstown.engine.conduct.others import take_stance
from glasstown.engine.kernel.cache import entry
from glasstown.engine.kernel.logbook import turn_page
from glasstown.engine.kernel.mixing import mix
from glasstown.engine.kernel.stops import ALL, DONE, FOUND_FULL
from glasstown.engine.period import live_block, live_neighbours
from glasstown.engine.person.carrying import neighbourhood
from glasstown.engine.society.joint import bind_those_from_before
from glasstown.engine.society.judgments import endow, find_unable
from glasstown.engine.society.trade import begin_trade
from glasstown.engine.tables.bundles import Desk, Here, Law
from glasstown.engine.tables.person_rows import Cursor
from glasstown.engine.tables.scene import Scene
from glasstown.engine.tables.shapes import I64


@entry
def begin(scene: Scene, month: int) -> None:
    """Draw once a life, in every block of a shard, what everybody has and remembers before the first month that is lived."""
    for block in range(len(scene.shard.hashes)):
        at = neighbourhood(scene.shard, block, month)
        if len(scene.shard.lives.work) > 0:
            take_stance(scene, at)
            endow(scene, at)
        if len(scene.shard.trade.health) > 0:
            begin_trade(scene, at)
        remember(scene, at)


@entry
def bind_all(scene: Scene, joint: I64) -> None:
    """S2. Find in every block of a shard who stands for debts from before: `joint` (P,) as `Past` has it."""
    if len(scene.shard.lives.work) > 0:
        for block in range(len(scene.shard.hashes)):
            bind_those_from_before(scene, neighbourhood(scene.shard, block, 0), joint)


@entry
def find_all_unable(scene: Scene) -> None:
    """S2. Say of everybody in a shard who owes by judgment whether they could pay, as things stand."""
    if len(scene.shard.lives.work) > 0:
        for block in range(len(scene.shard.hashes)):
            find_unable(scene, neighbourhood(scene.shard, block, 0))


@entry
def live_conduct(scene: Scene, cursor: Cursor, month: int) -> int:
    """Live the month of conduct in every block of a shard from `cursor` on; return why it stopped, and where, in `cursor`.

    A caller can give more room and go on.  Nothing of a block has changed at FOUND_FULL.
    """
    shard, found = scene.shard, scene.found
    while cursor.block < len(shard.hashes):
        block = cursor.block
        at = neighbourhood(shard, block, month)
        if found.starts[block] + at.n * (shard.propensity.shape[1] + 2) > len(found.rows):
            return FOUND_FULL
        turn_page(scene.log, block)
        shard.hashes[block] = mix(shard.hashes[block], live_neighbours(scene, at, ALL))
        cursor.block = block + 1
    return DONE


@entry
def live_rules(law: Law, here: Here, desk: Desk, month: int) -> int:
    """Live the month under one rulebook in every block of a shard from `desk.cursor` on; return why it stopped.

    Nothing of a block has changed at POOL_FULL or POST_FULL.
    """
    while desk.cursor.block < len(here.status.n_entries):
        block = desk.cursor.block
        turn_page(desk.log, block)
        why = live_block(law, here, desk, neighbourhood(here.shard, block, month))
        if why != DONE:
            return why
        desk.cursor.block = block + 1
    return DONE
