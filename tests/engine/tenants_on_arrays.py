"""S0 on whole arrays, the lives: who leaves and comes, and with what, with NumPy alone (`turnover_on_arrays.py`)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from glasstown.chance import DRAWS, Entities, Words, philox
from glasstown.engine.conduct.memory import LEAST_REMEMBERED, MOST_FELT, N_REMEMBERED, REMEMBERED_STEPS
from glasstown.engine.kernel import draws
from glasstown.engine.society.tenants import MONTHS
from glasstown.engine.tables.lived_rows import Lived
from glasstown.engine.tables.lives import CALLED, CHILD, MOST_MONEY, N_BELIEFS, UNEMPLOYED, first_strain
from glasstown.engine.tables.model import Conduct, numbers_of
from glasstown.engine.tables.past import drawn_from, keys_of, take
from glasstown.engine.tables.profiles import URBAN, groups_of, households_of
from glasstown.engine.tables.propensity import are_open
from glasstown.engine.tables.shapes import I64, Lives, Shard, Society
from glasstown.engine.tables.state import Residents, propensities
from glasstown.engine.tables.turning_rows import DIED, MOVED, STAYED
from glasstown.population import BLOCK
from glasstown.population.tables import ADULT_AGE, FIRST_RETIRED_AGE, FIRST_WORKING_AGE, OLDEST_AGE
from glasstown.population.tenants import Homes, first_words
from glasstown.population.turnover import TurnoverTables, turnover_tables
from glasstown.rows import Rows, as_array
from glasstown.runs.plan import Plan, turning_of, whom_scored


@dataclass(frozen=True, slots=True)
class Turnover:
    """How the places of a town change their tenants: who leaves and comes, and the ages at which something changes."""

    plan: Plan
    tables: TurnoverTables
    turning: NDArray[np.bool_]

    @classmethod
    def of(cls, plan: Plan) -> Turnover:
        tables, kernels = turnover_tables(plan.inputs.place, numbers_of(plan.inputs.parameters)), turning_of(plan)
        assert tables is not None
        assert kernels is not None
        return cls(tables=tables, plan=plan, turning=np.array(kernels.matters) == 1)

    @property
    def population(self) -> Any:
        return self.plan.population


@dataclass(frozen=True, slots=True)
class Turned:
    """Those of a shard in whose place somebody else lives from a month on, or for whom an age changes something.

    place  (n,) position in the shard
    why    (n,) STAYED, DIED or MOVED
    age    (n,) of who lives there now
    """

    place: I64
    why: NDArray[np.uint8]
    age: NDArray[np.uint8]

    @property
    def is_gone(self) -> NDArray[np.bool_]:
        """Return in whose place somebody else lives."""
        gone: NDArray[np.bool_] = self.why != STAYED
        return gone


def look(turnover: Turnover, shard: Shard, month: int) -> Turned:
    """S0. Look at the places whose month it is: let tenants die, move out or grow older, and others come."""
    tables, lives, entity = turnover.tables, shard.lives, int(shard.ident.entity)
    place = np.arange((month - entity) % MONTHS, len(shard.roles), MONTHS)
    age, person, is_head = lives.age[place], (place + entity).astype(np.uint64), _heads(shard, place)
    draw = DRAWS["life-leaving"]
    luck = philox(turnover.population.seed, draw.stream, person, month, draw.block)[draw.lane].astype(np.uint64)
    dies = tables.dies[lives.is_female[place], age]
    why = np.where(
        luck < dies, DIED, np.where(luck < dies + tables.moves[is_head.astype(np.int64), age], MOVED, STAYED)
    )
    why[age >= OLDEST_AGE] = DIED
    gone = why != STAYED
    now = np.where(gone, 0, age + 1).astype(np.uint8)
    words = first_words(turnover.population.seed, person[gone], np.full(int(gone.sum()), month, dtype=np.uint64))
    by_age = words[DRAWS["age"].lane]
    now[gone] = np.where(is_head[gone], tables.enters[1].choose(by_age), tables.enters[0].choose(by_age))
    lives.age[place] = now
    lives.since[place[gone]] = month
    changed = gone | turnover.turning[now]
    return Turned(place[changed], why[changed].astype(np.uint8), now[changed])


def _heads(shard: Shard, place: I64) -> NDArray[np.bool_]:
    """Return who has the place of the first member of a household."""
    household = households_of(shard.profile)
    first: NDArray[np.bool_] = (place % BLOCK == 0) | (household[place] != household[place - 1])
    return first


def residents_at(turnover: Turnover, shard: Shard, place: I64) -> Residents:
    """Return who lives in some places now, as the engine takes people."""
    lives, profile = shard.lives, shard.profile[place]
    homes = Homes(
        person=(place + int(shard.ident.entity)).astype(np.uint64),
        since=lives.since[place].astype(np.uint64),
        age=lives.age[place],
        is_urban=(profile >> np.uint16(URBAN.at)) & np.uint16(URBAN.mask) == 1,
        household=households_of(profile).astype(np.uint8),
    )
    who = turnover.population.tenants(homes)
    return Residents(
        group=groups_of(profile).astype(np.uint8),
        is_urban=homes.is_urban,
        is_scored=whom_scored(turnover.plan, homes.age, who.roles),
        household=homes.household,
        roles=who.roles,
        theta=who.theta,
        prosocial=who.prosocial,
        work=who.work,
        owes=who.owes,
        age=homes.age,
        is_female=who.is_female,
    )


def settle_in(
    turnover: Turnover, known: Conduct, shard: Shard, turned: Turned, who: Residents, lived: Rows[Lived]
) -> None:  # fmt: skip
    """S0. Let those who have come begin: the newborn with nothing yet, movers with what others like them have and remember.

    Those of an age begin to work, to owe, or retire.

    who   the residents at `turned.place`
    """
    society, lives, place, gone = known.model.society, shard.lives, turned.place, turned.is_gone
    seed, looked, came = turnover.population.seed, lives.work[place] == UNEMPLOYED, place[gone]
    book_debts(lived, shard, turned)
    lives.work[came] = who.work[gone]
    lives.is_female[came] = who.is_female[gone]
    for name, first in (("shock", 0), ("savings", int(society.numbers.target)), ("debt", 0), ("due", 0), ("assets", 0),
                        ("usual_assets", 0), ("owed", 0), ("supervised", 0), ("late", 0), ("means", 0), ("closed", 0), ("bite", 0),
                        ("ties", int(society.numbers.ties))):  # fmt: skip
        getattr(lives, name)[came] = first
    _come_of_age(society, seed, shard, turned, who)
    lives.strain[came] = np.where(
        lives.work[came] == CHILD, 0, first_strain(society, who.group[gone], lives.debt[came] > 0)
    )
    lives.stance[came] = _of_a_life(seed, shard, came, draws.STANCE)[0] >> 24
    lives.belief[came // BLOCK, :, came % BLOCK] = _usual_beliefs(shard)[came // BLOCK]
    shard.roles[place] = who.roles
    shard.detections[:, came] = 0
    start = propensities(known, who)
    _bring_money(known, seed, shard, turned, who, start)
    _remember(known, seed, shard, turned, who, start)
    account(lived, shard, turned, looked)


def _usual_beliefs(shard: Shard) -> NDArray[np.uint16]:
    """Return (B, 7) what is believed in each neighbourhood, on average: whoever comes believes it too."""
    n = np.diff(shard.first)
    whole = shard.lives.belief[:, :, :BLOCK].sum(axis=2, dtype=np.int64)
    beliefs: NDArray[np.uint16] = (whole // np.maximum(n, 1)[:, None]).astype(np.uint16)
    return beliefs


def _come_of_age(society: Society, seed: int, shard: Shard, turned: Turned, who: Residents) -> None:
    """S0. Give those who begin to work their work and property, those who are grown a household's debt, and let the old retire."""
    lives, place, gone = shard.lives, turned.place, turned.is_gone
    lots = _of_a_life(seed, shard, place, draws.MEANS)
    lives.wage[place[gone]] = lots[2][gone] >> 24
    begin = (gone | (lives.work[place] == CHILD)) & (who.age >= FIRST_WORKING_AGE)
    lives.work[place[begin]] = who.work[begin]
    lives.usual_assets[place[begin]] = lots[1][begin] >> 24
    lives.assets[place[begin]] = np.asarray(society.assets)[lots[1][begin] >> 24]
    retires = ~gone & (who.age == FIRST_RETIRED_AGE)
    lives.work[place[retires]] = who.work[retires]
    borrows = who.owes & (lives.debt[place] == 0) & (gone | (who.age == ADULT_AGE))
    borrows &= (lives.means[place] & CALLED == 0) & (lives.owed[place] == 0)
    due = society.dues[who.group[borrows], lots[0][borrows] >> 24]
    lives.due[place[borrows]] = due
    lives.debt[place[borrows]] = np.minimum((due * int(society.numbers.per_due)) >> 8, MOST_MONEY)


def _bring_money(
    known: Conduct, seed: int, shard: Shard, turned: Turned, who: Residents, start: NDArray[np.int16]
) -> None:  # fmt: skip
    """S0. Let grown movers have the money and the judgments of somebody like them who lived before."""
    judged = int(known.model.society.numbers.judged)
    if known.past is None or judged < 0:
        return
    mover = turned.is_gone & (who.work != CHILD)
    place, key = turned.place[mover], keys_of(who.group, who.work, who.owes, start[judged])[mover]
    person, since = _whose(shard, place)
    source = drawn_from(known.past, key, seed, person.astype(np.int64), since)
    take(known.past, known.model, shard, place[source >= 0], source[source >= 0])


def _remember(
    known: Conduct, seed: int, shard: Shard, turned: Turned, who: Residents, start: NDArray[np.int16]
) -> None:  # fmt: skip
    """S5. Draw how many detections grown movers remember, as everybody did before the first month; of judgments nothing."""
    model, came = known.model, turned.is_gone
    if model.forget[0] == 0:
        return
    n_most, (person, since) = MOST_FELT, _whose(shard, turned.place[came])
    stream, n_blocks = DRAWS["remembered"].stream, -(-len(start) // 4)
    words = [philox(seed, stream, person, since, draws.REMEMBERED + block) for block in range(n_blocks)]
    for k in range(len(start)):
        is_felt = model.fall[k, n_most] != 0 and k != int(model.society.numbers.judged)
        is_mine = are_open(start[k][came])
        if not is_felt or not is_mine.any():
            continue
        cells = (who.roles[came] & np.uint16(model.class_mask[k])).astype(np.int64), who.is_urban[came].astype(np.int64)
        x = start[k][came].astype(np.int64) + model.keen[k][cells] - LEAST_REMEMBERED
        row = np.clip((x + (1 << (REMEMBERED_STEPS - 1))) >> REMEMBERED_STEPS, 0, N_REMEMBERED - 1)
        n_found = (words[k >> 2][k & 3][:, None] < model.remembered[row]).sum(axis=1)
        shard.detections[k, turned.place[came]] = np.where(is_mine, n_found, 0)


def _whose(shard: Shard, place: I64) -> tuple[Entities, Entities]:
    """Return by which numbers the tenants of some places are known: place, and month of arrival."""
    return (place + int(shard.ident.entity)).astype(np.uint64), shard.lives.since[place].astype(np.uint64)


def _of_a_life(seed: int, shard: Shard, place: I64, block: int) -> Words:
    """Return (4, n) words that are drawn once a life, as kernels draw them."""
    return philox(seed, DRAWS["life"].stream, *_whose(shard, place), block)


def leave(shard: Shard, gone: I64) -> I64:
    """S0. Take the claims of those at some positions who are gone out of the books; return what of their debts others go on owing.

    Of a claim whose two are gone together, the debtor takes it along.

    Returns   (P,) yuan, by whom they were owed
    """
    lives, stays = shard.lives, np.zeros(len(shard.lives.owed), dtype=np.int64)
    is_gone = np.zeros(len(lives.owed), dtype=np.bool_)
    is_gone[gone] = True
    for block in np.unique(gone // BLOCK).tolist():
        kept = []
        for slot in range(int(np.count_nonzero(lives.joint[block]))):
            claim = tuple(int(of[block, slot]) for of in (lives.joint, lives.joint_debtor, lives.joint_guarantor))
            debtor, guarantor = block * BLOCK + claim[1], block * BLOCK + claim[2]
            if is_gone[guarantor]:
                stays[guarantor] += claim[0]
            elif is_gone[debtor]:
                stays[debtor] += claim[0]
            else:
                kept.append(claim)
        for of, place in ((lives.joint, 0), (lives.joint_debtor, 1), (lives.joint_guarantor, 2)):
            of[block] = 0
            of[block, : len(kept)] = [each[place] for each in kept]
    return stays


def book_debts(lived: Rows[Lived], shard: Shard, turned: Turned) -> None:
    """S0. Enter what the dead owed by judgment as written off, and what those owed who moved as gone with them."""
    group, owed = groups_of(shard.profile[turned.place]), shard.lives.owed[turned.place].astype(np.int64)
    owed -= leave(shard, turned.place[turned.is_gone])[turned.place]
    for name, why in (("written_off", DIED), ("moved_away", MOVED)):
        np.add.at(as_array(lived)[name], group[turned.why == why], owed[turned.why == why])


def account(lived: Rows[Lived], shard: Shard, turned: Turned, looked: NDArray[np.bool_]) -> None:
    """S16. Enter who left and came, who came of age, and who looks for work and did not, or no longer.

    looked   whether the tenant before, or the same one younger, was looking for work
    """
    lives, table = shard.lives, as_array(lived)
    group, gone, age = groups_of(shard.profile[turned.place]), turned.is_gone, lives.age[turned.place]
    np.add.at(table["left"], (group[gone], turned.why[gone].astype(np.int64) - DIED), 1)
    np.add.at(table["came"], (group[gone], (age[gone] > 0).astype(np.int64)), 1)
    np.add.at(table["of_age"], group[~gone & (age == ADULT_AGE)], 1)
    np.add.at(table["moved_here"], group[gone], lives.owed[turned.place[gone]].astype(np.int64))
    looks = lives.work[turned.place] == UNEMPLOYED
    stays = ~gone & looks & looked
    np.add.at(table["unemployed_left"], group[looked & ~stays], 1)
    np.add.at(table["unemployed_came"], group[looks & ~stays], 1)


def count_heads(lives: Lives, is_open: NDArray[np.bool_], block: I64) -> None:
    """S3. Count anew who may act in some neighbourhoods: (b, K, places) whether a class is open to them."""
    lives.heads[block] = is_open[:, :N_BELIEFS].sum(axis=2)
