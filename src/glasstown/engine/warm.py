"""Compile every kernel once, so that the first run of an installation starts at once: `python -m glasstown.engine.warm`."""

from __future__ import annotations

import sys
import time
import warnings
from datetime import date
from typing import Any

import numpy as np

from glasstown.compiler import columns as col
from glasstown.compiler.rulebook_rows import TABLES, Book
from glasstown.engine import counts, leaving, rounds
from glasstown.engine.conduct import own
from glasstown.engine.kernel import cache, philox
from glasstown.engine.kernel.calendar import make_calendar
from glasstown.engine.nobody import no_conduct, no_practice, no_turning
from glasstown.engine.office import entering
from glasstown.engine.person import holds, lists, scores
from glasstown.engine.society import gates, tenants
from glasstown.engine.tables import deterrence
from glasstown.engine.tables.bundles import Here, Law
from glasstown.engine.tables.lived_rows import Lived
from glasstown.engine.tables.own_bundles import Who
from glasstown.engine.tables.person_rows import Begins, Chance, Cursor
from glasstown.engine.tables.scene import Scene, make_tally
from glasstown.engine.tables.shapes import Rules
from glasstown.engine.tables.state import (
    Residents,
    make_desk,
    make_found,
    make_log,
    make_mine,
    make_post,
    make_shard,
    make_slots,
    make_status,
    make_work,
    no_mail,
)
from glasstown.engine.tables.turning import Begin, Turned, Under
from glasstown.engine.tables.turning_rows import FirstStanding, TenantSlots, Turn
from glasstown.rows import make_row, make_rows


def warm() -> float:
    """Call each kernel that Python calls, on next to nothing; return the seconds it took."""
    began = time.perf_counter()
    rules, cal = empty_rules(), make_calendar(date(2020, 1, 1))
    slots, flow_width, level_width = make_slots(1, 0, 1)
    law, chance = Law(rules, cal, no_practice(), slots), make_row(Chance)
    begins = make_rows(Begins, 0)
    mine = make_mine(make_work(0), begins)
    lists.settle(law, mine, 0, 0)
    holds.wrongly_on(rules.clauses, mine, 0)
    scores.shown(rules.book, 0, 0)
    deterrence.standing_of(np.zeros(0, dtype=np.int64), 0)
    counts.in_force(rules.measures, 0, 0, 0)
    entering.effect_day_of(rules, cal, 0, 0)
    entering.counting_day_of_record(rules, cal, 0, 0, 0)
    philox.words(chance, 0, 0, 0, 0)
    philox.fill(chance, 0, 0, 1, 0, 1, np.zeros((4, 32), dtype=np.uint32))
    nobody = Residents(
        group=np.zeros(1, dtype=np.uint8),
        is_urban=np.zeros(1, dtype=np.bool_),
        is_scored=np.zeros((1, 1), dtype=np.bool_),
        household=np.zeros(1, dtype=np.uint8),
        roles=np.zeros(1, dtype=np.uint16),
        theta=np.zeros(1, dtype=np.int16),
        prosocial=np.zeros(1, dtype=np.int16),
    )
    known, found, log, work = no_conduct(), make_found(1, 0), make_log(0), make_work(0)
    shard = make_shard(known, nobody, kind="person", first_block=0)
    status = make_status(rules, nobody.is_scored[0], n_blocks=1, grade=col.NO_GRADE, lists=0)
    accounts = (np.zeros((5, flow_width), dtype=np.int64), np.zeros((5, level_width), dtype=np.int64))
    pool = np.zeros((8, 2), dtype=np.int64)
    lived = make_rows(Lived, 5)
    scene = Scene(known.model, shard, work, log, chance, make_tally(5, 0), lived, found, 0)
    rounds.begin(scene, 0)
    rounds.find_all_unable(scene)
    rounds.bind_all(scene, np.zeros(1, dtype=np.int64))
    rounds.live_conduct(scene, make_row(Cursor), 0)
    here = Here(shard, status, found, no_mail(), make_post(0))
    rounds.live_rules(
        law, here, make_desk(work, begins, log, chance, accounts, (pool, pool.copy()), make_row(Cursor)), 0
    )
    begin = Begin(make_row(FirstStanding), make_row(TenantSlots), pool[:0])
    warm_turning(
        scene,
        Under(
            0, rules.book, rules.clauses, rules.measures, law.practice.borders, law.practice.felt, begin, shard.first,
            shard.profile, status, *accounts, pool, pool.copy(), mine,
        ),
    )  # fmt: skip
    bits = np.zeros(1, dtype=np.uint32)
    gates.gather(bits, status, np.zeros(32, dtype=np.int64), np.zeros(col.N_STANDINGS, dtype=np.int64))
    gates.show(bits, status, shard, law.practice.shown, chance, 0)
    society = known.model.society
    gates.inherit(society, shard, bits, np.zeros(256, dtype=np.int64), lived, chance)
    gates.renew(society, shard, bits, lived, chance, 0)
    own.answer_of(Who(0, 0, 0, 1, 0), (0, 0, 0, 0), np.zeros(0, dtype=np.int64))
    own.close_by_mechanism(known.model.own, shard, bits[:0], chance, 0)
    return time.perf_counter() - began


def warm_turning(scene: Scene, under: Under) -> None:
    """Call the kernels of a change of tenants on nobody."""
    turns, x = make_rows(Turn, 0), np.zeros((0, 0), dtype=np.int64)
    shard = scene.shard
    turned = Turned(turns, x, scene.work.draws[0])
    tenants.turn_lives(no_turning(), scene.model, shard, scene.lived, scene.chance, turned, 1)
    leaving.turn_under(under, turns, x, 1)
    tenants.fold(shard.propensity, shard.lives.heads, shard.lives.is_female, shard.hashes, turns, x)


def empty_rules() -> Rules:
    """Return tables of a rulebook with one clause that does nothing."""
    tables: dict[str, Any] = {name: make_rows(register, 0) for name, register in TABLES.items()}
    for name, n_rows in (("clauses", 1), ("measures", 1), ("procedures", col.N_PROCEDURES)):
        tables[name] = make_rows(TABLES[name], n_rows)
    book = tables["book"] = make_row(Book)
    book.ceiling = book.balance = book.consent = book.met = book.running = book.assessed = book.parts = -1
    return Rules(**tables, steps=np.zeros(0, dtype=np.int64))


def main() -> int:
    """Fill the cache and say how long it took and where it lies."""
    print(
        "Compiling the engine's kernels (once for this installation, up to a minute) ...", file=sys.stderr, flush=True
    )
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Compiling the kernels")  # it has just been said
        seconds = warm()
    print(f"Kernels ready after {seconds:.0f} s in {cache.cache_folder()}.", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
