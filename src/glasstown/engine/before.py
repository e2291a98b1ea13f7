"""What was before the first month: years without any rulebook, lived so that a town begins as it would go on.

What is remembered of detections, how firms stand and whom creditors are after is laid in as it is when nothing changes; beliefs,
norms and all that hangs together are then lived for some months (`start.lived_months`), with months that count down before month 0.
No rulebook is in force in them, so that towns of the same people under different rulebooks begin alike.
"""

from __future__ import annotations

import functools
import hashlib
from collections import OrderedDict
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from glasstown.engine import rounds
from glasstown.engine.kernel import cache
from glasstown.engine.scratch import NO_LOG, Scratch, live_conduct, make_scratch
from glasstown.engine.society.joint import apart
from glasstown.engine.tables.kept_tables import kept_table
from glasstown.engine.tables.lived_rows import Lived
from glasstown.engine.tables.lives import CHILD, first_norms
from glasstown.engine.tables.model import Conduct
from glasstown.engine.tables.past import MONEY, Past, drawn_from, keys_of, lay
from glasstown.engine.tables.person_rows import Chance
from glasstown.engine.tables.scene import Scene, make_tally
from glasstown.engine.tables.shapes import I64, Model, Shard
from glasstown.engine.tables.state import Residents, chance_of, make_shard, positions
from glasstown.population.tables import BLOCK
from glasstown.rows import make_rows

LONG_AGO = 240
"""Months that those who lived before have lived: debts that nobody can pay last longest, some eight years on average."""
N_BEFORE = 200
"""Neighbourhoods of those who lived before."""
THEIR_SEED = 0x6C61_7373_746F_776E
"""Their luck is their own, the same for every town, so that what they came to is made once for a set of parameters."""
N_GROUPS = 5
MADE_BY = ("language", "compiler", "population", "engine")
"""Rooms of the package whose code says who lived before, and what they came to."""
MOST_KEPT = 4
_kept: OrderedDict[bytes, Past] = OrderedDict()


def live_before(known: Conduct, shard: Shard, residents: Residents, chance: Chance, scratch: Scratch) -> None:
    """Let a shard that has just been made have a past: what stands when nothing changes, then months without a rulebook."""
    court = _court(known, shard)
    rounds.begin(_scene(known, shard, chance, scratch), -known.n_lived)
    if known.past is not None and len(residents.work):
        key = keys_of(residents.group, residents.work, residents.owes, court)
        seed = int(chance.key_0) | int(chance.key_1) << 32
        persons = np.arange(len(key), dtype=np.int64) + int(shard.ident.entity)
        place = drawn_from(known.past, key, seed, persons)
        place = np.where(residents.work == CHILD, -1, place)
        lay(known.past, known.model, shard, place)
        joint = np.where(place >= 0, known.past.joint[place], 0)
        rounds.bind_all(_scene(known, shard, chance, scratch), joint)
    first_norms(shard.lives, shard.propensity)
    for month in range(-known.n_lived, 0):
        live_conduct(_scene(known, shard, chance, scratch), scratch, month)


def _scene(known: Conduct, shard: Shard, chance: Chance, scratch: Scratch) -> Scene:
    """Return what a month before the first works on; nobody asks for its accounts."""
    scratch.fit(len(shard.hashes))
    tally, lived = make_tally(N_GROUPS, len(known.classes)), make_rows(Lived, N_GROUPS)
    lose = int(known.model.society.numbers.lose)
    return Scene(known.model, shard, scratch.work, NO_LOG, chance, tally, lived, scratch.found, lose)


def find_unable(known: Conduct, shard: Shard, chance: Chance) -> None:
    """Say of everybody in a shard who owes by judgment whether they could pay, where that has changed from outside the months."""
    rounds.find_all_unable(_scene(known, shard, chance, make_scratch(len(known.classes), len(shard.hashes))))


def _court(known: Conduct, shard: Shard) -> np.ndarray[Any, np.dtype[np.int16]]:
    """Return everybody's propensity to be before a court, as the shard was made."""
    block, person = positions(len(shard.roles))
    found: np.ndarray[Any, np.dtype[np.int16]] = shard.propensity[
        block, int(known.model.society.numbers.judged), person
    ]
    return found


def with_past(
    known: Conduct, residents_of: Callable[[int, int, int], Residents], place: bytes, *, is_kept: bool
) -> Conduct:
    """Return conduct with the money of those who lived before; without where lives are not lived, or nothing was before.

    residents_of  people of a seed, from one neighbourhood to another
    place         what they are made from
    is_kept       whether it is worth keeping on disk for later runs
    """
    numbers = known.model.society.numbers
    if known.n_lived == 0 or numbers.is_lived == 0 or numbers.judged < 0:
        return known
    made_from = hashlib.blake2b(place + _code(), digest_size=16)
    made_from.update(f" {N_BEFORE} {LONG_AGO} {known.n_lived}".encode())
    for part in _bytes_of(known.model, (known.base, known.loading, known.loads, known.lift, known.from_age)):
        made_from.update(part)
    key = made_from.digest()
    if key not in _kept:
        shape = (len(MONEY) + 4, N_BEFORE * BLOCK)

        def make() -> I64:
            return live_long_ago(known, residents_of(THEIR_SEED, 0, N_BEFORE))

        table = kept_table("past", key, make, dtype="<i8", shape=shape) if is_kept else make()
        _kept[key] = _as_past(table)
        while len(_kept) > MOST_KEPT:
            _kept.popitem(last=False)
    return replace(known, past=_kept[key])


@functools.cache  # every setting of a town asks, and it reads some ninety files
def _code() -> bytes:
    """Return what says by which code the past is lived: kernels, and all of the package that makes people and towns."""
    package = Path(__file__).parents[1]
    files = [*package.glob("*.py"), *(file for room in MADE_BY for file in (package / room).rglob("*.py"))]
    return cache.kernel_hash().encode() + b"".join(file.read_bytes() for file in sorted(files))


def _bytes_of(model: Model, more: tuple[I64, ...]) -> Iterator[bytes]:
    """Yield what the tables of conduct hold, but for what a rulebook or a month changes."""
    society = model.society._asdict()
    parts: dict[str, Any] = {**model._asdict(), **society}
    for name in ("hit", "month_shift", "society", "pace", "own"):
        del parts[name]
    for value in (*parts.values(), *more):
        yield np.asarray(value).tobytes()


def live_long_ago(known: Conduct, residents: Residents) -> I64:
    """Return (columns, N) what those who lived before have and owe, as `_as_past` reads it.

    Columns   key, whether adult, `MONEY`, what another owes too, judgments that are remembered
    """
    long_ago = replace(known, past=None, n_lived=LONG_AGO + known.n_lived)
    shard = make_shard(long_ago, residents, kind="person", first_block=0)
    key = keys_of(residents.group, residents.work, residents.owes, _court(long_ago, shard))
    scratch, chance = make_scratch(len(known.classes), len(shard.hashes)), chance_of(THEIR_SEED, "person")
    rounds.begin(_scene(long_ago, shard, chance, scratch), -long_ago.n_lived)
    first_norms(shard.lives, shard.propensity)
    for month in range(-long_ago.n_lived, -known.n_lived):
        live_conduct(_scene(long_ago, shard, chance, scratch), scratch, month)
    money = [getattr(shard.lives, name).astype(np.int64) for name in MONEY]
    alone, joint = apart(shard)
    money[MONEY.index("owed")] = alone
    judged = shard.detections[int(known.model.society.numbers.judged)].astype(np.int64)
    return np.array([key, (residents.work != CHILD).astype(np.int64), *money, joint, judged])


def _as_past(table: I64) -> Past:
    """Return the adults among those who lived before, in order."""
    adults = table[:, table[1] == 1]
    adults = adults[:, np.argsort(adults[0], kind="stable")]
    money = {name: column.copy() for name, column in zip(MONEY, adults[2:-2], strict=True)}
    return Past(adults[0].copy(), money, adults[-2].copy(), adults[-1].astype(np.uint8))
