"""What a person's life is made of beside conduct: work, income, savings, debt and strain, on the first day and as tables.

Money stands in parts of 1/256 of the person's own usual month's income, income shocks in lg units of 1/4096, strain in sixteenths.
Firms have no lives of this kind, and a run with `living.lived` off has none either: the arrays are empty then.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, localcontext
from functools import cache, lru_cache

import numpy as np
from numpy.typing import NDArray

from glasstown.chance import threshold
from glasstown.engine.tables import means
from glasstown.engine.tables.lived_rows import OTHER_GATES, TRIP_GATES
from glasstown.engine.tables.pace import no_pace
from glasstown.engine.tables.pressing import BITE_UNIT, bites, shames
from glasstown.engine.tables.propensity import are_open
from glasstown.engine.tables.shapes import I64, Lives, Society
from glasstown.engine.tables.society_rows import SocietyNumbers
from glasstown.population.normal import normal_table
from glasstown.population.tables import BLOCK, INCOME_FIFTHS, WORK
from glasstown.rows import Ints, make_row

CHILD, EMPLOYED, SELF_EMPLOYED, UNEMPLOYED, RETIRED = (WORK.index(name) for name in (*WORK[:4], "retired"))

WIDTH = 160
"""Room for a neighbourhood in working arrays: a multiple of 32 above BLOCK."""
UNIT = 256
"""parts of a usual month's income"""
STRAIN_UNIT = 16
N_BELIEFS = 7
"""classes of which people believe something: the first of the catalogue, offences"""
MOST_STRAIN = 2 * STRAIN_UNIT
MOST_MONEY = 32767
MOST_SHOCK = 32000
"""how far a month's income moves from the usual one, at most: 1/4096 lg"""
UNABLE = 1
"""bit of `means`: could not pay what a judgment asks"""
ARREARS = 2
"""bit of `means`: so many months late that creditors go to court, or with a business that failed"""
FAILED = 4
"""bit of `means`: a business failed, and no case was opened yet"""
CALLED = 8
"""bit of `means`: a bank has called the loan, and none was taken since"""
SUED = 16
"""bit of `means`: there was a case, ever"""
PAID_WHEN_CALLED = 32
"""bit of `means`: a case was opened this month and paid at once"""
LASTING_MEANS = FAILED | CALLED | SUED
ASSET_PARTS = 16
"""parts of a usual month's income, of 256, that `assets` counts in"""

# rows of a month's words of life (chance.DRAWS, 'life')
JOB_LUCK, SHOCK_LUCK, _, LOAN_LUCK = range(4)
LOW_LUCK = (1 << 22) - 1
"""bits of a word of SHOCK_LUCK that say nothing of income: whether somebody owns again what they sold"""

# bits of `closed`
GATES = (*TRIP_GATES, "loan", "job", *OTHER_GATES)
"""gates at which people ask, in the order in which they join in"""
N_GATES = len(GATES)
FIRST_OTHER = GATES.index(OTHER_GATES[0])
"""first gate after trips, loans and jobs"""
GATE_BITS = {gate: 1 << place for place, gate in enumerate(GATES)}
AIR, RAIL, LOAN, JOB = (GATE_BITS[gate] for gate in GATES[:FIRST_OTHER])
LICENCE = GATE_BITS["licence"]
ALL_GATES = (1 << N_GATES) - 1
PARTS = {"better-seats": "rail-ticket", "public-post": "job"}
"""gates that are a part of another, with which they join in"""
DOORS = (*GATES, *PARTS)
"""all that can be closed: the gates, then their parts"""
N_DOORS = len(DOORS)
ALL_DOORS = (1 << N_DOORS) - 1
SEATS_AT = DOORS.index("better-seats")
SEATS = 1 << SEATS_AT
POSTS = 1 << DOORS.index("public-post")
BLACK = 1 << N_DOORS  # on a black list
RED = 2 << N_DOORS  # on a red list
SHOWN = 4 << N_DOORS  # on a black list, or in a bad grade, and shown this month to those around
SEEN = 8 << N_DOORS  # and found by whoever decides about them this month
STOPPED = N_DOORS + 4
"""first of the bits of doors at which somebody was refused and asks no more, while they are closed"""
SHARED = GATE_BITS["property"] | GATE_BITS["private-school"]
"""gates that a household can share with its head"""

POWER_STEPS = 1 << 11
"""rows of the table of 2**z: z from -4 up to 4 lg units in steps of 1/256"""


def make_society(
    numbers: Mapping[str, Decimal], loaded: NDArray[np.bool_], judged: NDArray[np.bool_],
    observed: NDArray[np.bool_], usual: NDArray[np.uint32], certain: NDArray[np.uint32],
) -> Society:  # fmt: skip
    """Return the tables of lives.

    loaded   (K,) the classes of conduct that strain drives
    judged   (K,) the class of judgments, which arrears bring about
    observed (K,) the classes that others see
    usual, certain   (K, masks, 2) chance of being found out at the usual certainty, of 2**32, and as it is

    Source   society_model S1, S2; docs/model.md gives the equations.
    """
    incomes = [int(numbers[f"income.{name.replace('-', '_')}"]) for name in INCOME_FIFTHS]
    single = make_numbers(numbers)
    is_learnt = single.own > 0 or single.neighbours > 0
    least = [_whole(numbers["living.least"] * UNIT / month) for month in incomes]
    society = Society(
        numbers=single,
        usual=means.incomes(numbers, incomes),
        least=np.array(least, dtype=np.int64),
        shock=_shocks(numbers["income.shock"]),
        power=_powers(),
        strain_shift=_strain_shift(numbers["strain.loading"], loaded, 0),
        arrears_shift=_whole(numbers["judgment.arrears"] * 256) * judged.astype(np.int64),
        strained=np.flatnonzero(loaded | judged).astype(np.int64),
        lg_belief=_lg_beliefs(numbers["eps_p"], numbers["perception_floor"]),
        usual_belief=_beliefs(usual),
        first_belief=_beliefs(usual if is_learnt else certain),
        observed=np.flatnonzero(observed).astype(np.int64),
        wanted=_wanted(numbers, incomes),
        price=_prices(numbers, incomes),
        dues=means.dues(numbers, incomes),
        assets=means.assets(numbers),
        claims=means.claims(numbers),
        bite=bites(numbers["procedure.bite"]),
        shame=shames(numbers["shame.response"], numbers["shame.dilution"]),
        pace=no_pace(),
    )
    mean = _mean_strain(society)
    return society._replace(strain_shift=_strain_shift(numbers["strain.loading"], loaded, mean))


CHANCES = {
    "lose": "work.lose_per_month", "find": "work.find_per_month",
    "believed": "inform.believed_false", "proven": "inform.believed_true", "refused": "debt.refused",
    "inherits": "household.inherits", "fail": "work.fail_per_month", "again": "debt.again_per_month",
    "lapse": "judgment.lapses_per_month", "pays_called": "judgment.pays_when_called",
    "perform": "procedure.perform_per_month", "perform_unable": "procedure.perform_unable_per_month",
    "settles": "settlement.share", "bankrupt": "bankruptcy.per_month", "guaranteed": "judgment.guarantor",
}  # fmt: skip
"""parameters that are chances, by the column of SocietyNumbers"""
AMOUNTS = {
    "persistence": ("income.persistence", 4096), "out_of_work": ("income.out_of_work", UNIT),
    "due": ("debt.service", UNIT), "debt": ("debt.months", UNIT), "credit": ("debt.credit_months", UNIT),
    "target": ("living.savings_months", UNIT), "arrears": ("judgment.after_months", 1), "own": ("belief.own", 65536),
    "neighbours": ("belief.neighbours", 16384), "inertia": ("norm.inertia", 65536), "norm": ("norm.loading", 256),
    "substitute": ("gate.substitute", 256), "seats": ("gate.seats", 256), "learns": ("gate.learns", 256),
    "work_loss": ("gate.work_loss", UNIT), "licence_loss": ("gate.licence_loss", UNIT), "jobs": ("firm.jobs", 256),
    "cut": ("ties.cut", 65536), "supervised": ("bankruptcy.supervised_months", 1),
    "copies": ("filing.copy_corrected_per_month", 256), "hears": ("platform.heard_per_month", 256), "ties": ("ties.usual", 1),
    "support": ("support.usual", 256), "falsified": ("support.falsified", 256),
    "support_listed": ("support.listed", 256), "support_red": ("support.red", 256),
    "support_neighbours": ("support.neighbours", 256), "attached": ("judgment.attached", 256),
    "settles_at": ("settlement.least", 256), "shame_below": ("shame.below", 1),
}  # fmt: skip
"""parameters that are counted in so many parts, by column"""
ATTEMPTS = ("gate.attempts_air", "gate.attempts_rail")


def make_numbers(numbers: Mapping[str, Decimal]) -> SocietyNumbers:
    """Return the single numbers of lives; what firms bring to them, `usual_exits`, is 0."""
    single = make_row(SocietyNumbers)
    for column, name in CHANCES.items():
        setattr(single, column, threshold(numbers[name]))
    for column, (name, parts) in AMOUNTS.items():
        setattr(single, column, _whole(numbers[name] * parts))
    for place, name in enumerate(ATTEMPTS):
        single.attempts[place] = _whole(numbers[name] * 256)
    single.debt, single.target = min(single.debt, MOST_MONEY), min(single.target, MOST_MONEY)
    single.flagged = _whole((1 - numbers["work.flagged"]) * 256)
    single.private = _whole((1 - numbers["work.state"]) * 256)
    single.acquire = threshold(numbers["property.again_per_month"]) >> 10
    single.is_lived = int(numbers["living.lived"] > 0)
    single.by_name = int(numbers["linkage.by_number"] == 0)
    single.joined = int(numbers["gate.joined"])
    single.per_due = _whole(numbers["debt.months"] / numbers["debt.service"] * UNIT)
    single.mean_income = int(
        sum(numbers[f"income.{name.replace('-', '_')}"] for name in INCOME_FIFTHS) / len(INCOME_FIFTHS)
    )
    return single


def no_society() -> Society:
    """Return the tables of those who have no lives of this kind."""
    none, cells = np.zeros(1, dtype=np.int64), np.zeros((0, 1, 2), dtype=np.int64)
    empty = np.zeros((1, 0), dtype=np.int64)
    numbers = make_row(SocietyNumbers)
    numbers.tips = -1
    return Society(
        numbers, empty.copy(), none.copy(), none.copy(), none.copy(), empty, none.copy(), none[:0].copy(),
        np.zeros(1, dtype=np.int32), cells,
        cells.copy(), none.copy(), empty.copy(), empty.copy(), empty.copy(), none.copy(), none.copy(), none.copy(), empty.copy(),
        no_pace(),
    )  # fmt: skip


def make_lives(
    society: Society, group: NDArray[np.uint8], work: NDArray[np.uint8], owes: NDArray[np.bool_], n_blocks: int, *,
    age: NDArray[np.uint8], is_female: NDArray[np.bool_],
) -> Lives:  # fmt: skip
    """Return lives on the first day: usual income, the savings people keep to, the usual debt of those who owe, nobody late.

    Beliefs and what is usual are laid in by `first_beliefs` and `first_norms`.
    """
    n = len(work) if society.numbers.is_lived else 0
    n_blocks = n_blocks if n else 0
    owing = owes[:n] & (work[:n] != CHILD)
    lives = Lives(
        work=work[:n].astype(np.uint8),
        wage=np.zeros(n, dtype=np.uint8),
        shock=np.zeros(n, dtype=np.int16),
        savings=np.full(n, society.numbers.target if n else 0, dtype=np.int16),
        debt=np.where(owing, society.numbers.debt if n else 0, 0).astype(np.int16),
        due=np.where(owing, min(society.numbers.due, means.MOST_DUE) if n else 0, 0).astype(np.uint8),
        assets=np.zeros(n, dtype=np.uint16),
        usual_assets=np.zeros(n, dtype=np.uint8),
        owed=np.zeros(n, dtype=np.int32),
        supervised=np.zeros(n, dtype=np.uint8),
        late=np.zeros(n, dtype=np.uint8),
        strain=np.zeros(n, dtype=np.uint8),
        means=np.zeros(n, dtype=np.uint8),
        closed=np.zeros(n, dtype=np.uint32),
        bite=np.zeros(n, dtype=np.uint8),
        ties=np.full(n, society.numbers.ties if n else 0, dtype=np.uint8),
        stance=np.zeros(n, dtype=np.uint8),
        age=age[:n].copy(),
        since=np.zeros(n, dtype=np.int16),
        is_female=is_female[:n].astype(np.uint8),
        belief=np.zeros((n_blocks, N_BELIEFS, BLOCK), dtype=np.uint16),
        norm=np.zeros((n_blocks, N_BELIEFS), dtype=np.int32),
        first_norm=np.zeros((n_blocks, N_BELIEFS), dtype=np.int32),
        heads=np.zeros((n_blocks, N_BELIEFS), dtype=np.int32),
        joint=np.zeros((n_blocks, means.JOINT_ROOM), dtype=np.int32),
        joint_debtor=np.zeros((n_blocks, means.JOINT_ROOM), dtype=np.uint8),
        joint_guarantor=np.zeros((n_blocks, means.JOINT_ROOM), dtype=np.uint8),
    )
    if n:
        lives.strain[:] = first_strain(society, group[:n], owing)
        lives.strain[work[:n] == CHILD] = 0
    return lives


def first_strain(society: Society, group: NDArray[np.uint8], owing: NDArray[np.bool_]) -> NDArray[np.uint8]:
    """Return strain at usual income and usual savings, in sixteenths."""
    due = np.where(owing, society.numbers.due, 0)
    asked = due + society.least[group] - society.numbers.target // 6
    strain: NDArray[np.uint8] = np.clip(asked * STRAIN_UNIT // UNIT, 0, MOST_STRAIN).astype(np.uint8)
    return strain


def first_beliefs(
    society: Society, lives: Lives, masks: Ints, roles: NDArray[np.uint16], urban: NDArray[np.bool_],
    propensity: NDArray[np.int16],
) -> None:  # fmt: skip
    """Lay beliefs into lives, and fold into the propensities how far belief stands from the usual certainty.

    propensity   (K, P) changed in place
    """
    n_blocks, n = len(lives.norm), len(roles)
    for k in range(N_BELIEFS):
        cells = (roles & np.uint16(masks[k])).astype(np.int64), urban.astype(np.int64)
        first, usual = society.first_belief[k][cells], society.usual_belief[k][cells]
        whole = np.zeros(n_blocks * BLOCK, dtype=np.uint16)
        whole[:n] = first
        lives.belief[:, k] = whole.reshape(n_blocks, BLOCK)
        moved = society.lg_belief[usual >> 4] - society.lg_belief[first >> 4]
        propensity[k] += np.where(are_open(propensity[k]), moved, 0).astype(np.int16)


def first_norms(lives: Lives, propensity: NDArray[np.int16]) -> None:
    """Lay in who may act in each neighbourhood, and what is usual there: the mean of what their propensities (B, K, BLOCK) make."""
    for k in range(lives.norm.shape[1] if len(lives.norm) else 0):
        lives.heads[:, k] = are_open(propensity[:, k]).sum(axis=1)
        lives.first_norm[:, k] = hazards_of(propensity[:, k]).sum(axis=1) // np.maximum(lives.heads[:, k], 1)
    lives.norm[:] = lives.first_norm


def hazards_of(propensity: NDArray[np.int16]) -> I64:
    """Return 2**x in parts of 2**16 of propensities in Q8.8, from a table of the fraction and a shift."""
    x = np.clip(propensity.astype(np.int64), -24 * 256, 4 * 256)
    whole, part = x >> 8, x & 255
    mantissa = _powers()[part + (POWER_STEPS >> 1)] << 16
    found: I64 = np.where(whole >= 0, mantissa << np.maximum(whole, 0), mantissa >> np.maximum(-whole, 0)) >> 8
    return np.where(are_open(propensity), found, 0)


def _wanted(numbers: Mapping[str, Decimal], incomes: list[int]) -> I64:
    """Return (12, 5) thresholds of 2**32 for wanting what a gate gives in a month: d (y / mean y)^e / 12; none of loans and jobs."""
    mean = Decimal(sum(incomes)) / len(incomes)
    with localcontext() as context:
        context.prec = 20
        rows = []
        for gate in GATES:
            if gate in ("loan", "job"):
                rows.append([0] * len(incomes))
                continue
            elasticity = numbers[f"gate.elasticity_{TRIPS.get(gate, 'others')}"]
            powers = [((Decimal(each) / mean).ln() * elasticity).exp() for each in incomes]
            level = numbers[_wanted_name(gate)] * len(powers) / sum(powers) / 12
            rows.append([threshold(min(level * each, Decimal(1))) for each in powers])
        return np.array(rows, dtype=np.int64)


TRIPS = {"air-ticket": "air", "rail-ticket": "rail"}


def _wanted_name(gate: str) -> str:
    return f"gate.trips_{TRIPS[gate]}" if gate in TRIPS else f"gate.wanted_{gate.replace('-', '_')}"


def _prices(numbers: Mapping[str, Decimal], incomes: list[int]) -> I64:
    """Return (12, 5) what a gate gives is worth, in 1/64 of a usual month's income; nothing of loans and jobs (S1, S2)."""
    names = [f"gate.price_{TRIPS.get(gate, gate).replace('-', '_')}" for gate in GATES]
    return np.array(
        [[_whole(numbers.get(name, Decimal(0)) * BITE_UNIT / each) for each in incomes] for name in names],
        dtype=np.int64,
    )


def _beliefs(chances: NDArray[np.uint32]) -> I64:
    """Return chances of 2**32 in parts of 2**16, for the classes of which people believe something."""
    return (chances[:N_BELIEFS] >> np.uint32(16)).astype(np.int64)


@lru_cache(maxsize=8)
def _lg_beliefs(elasticity: Decimal, floor: Decimal) -> NDArray[np.int32]:
    """Return eps_p lg(p + p0) in Q8.8, p the middle of 4096 steps."""
    with localcontext() as context:
        context.prec = 20
        lg_2 = Decimal(2).ln()
        steps = [(Decimal(2 * row + 1) / 8192 + floor).ln() / lg_2 for row in range(4096)]
        return np.array([_whole(elasticity * 256 * step) for step in steps], dtype=np.int32)


def _mean_strain(society: Society) -> int:
    """Return the mean strain of the first day over fifths and debtors, in sixteenths: half of all owe."""
    groups = np.arange(len(INCOME_FIFTHS), dtype=np.uint8)
    both = [first_strain(society, groups, np.full(len(groups), owing)) for owing in (False, True)]
    return int(np.rint(np.concatenate(both).mean()))


def _strain_shift(loading: Decimal, loaded: NDArray[np.bool_], mean: int) -> I64:
    """Return (strain, K) what strain adds to each class, Q8.8: nu (q - mean)."""
    rows = [_whole(loading * 256 * (q - mean) / STRAIN_UNIT) for q in range(MOST_STRAIN + 1)]
    shift: I64 = np.array(rows, dtype=np.int64)[:, None] * loaded.astype(np.int64)[None, :]
    return shift


def _shocks(spread: Decimal) -> I64:
    """Return 1024 equally likely shocks of a normal spread, in 1/4096 lg units."""
    quantiles = normal_table().astype(np.int64)
    step = len(quantiles) // 1024
    middle = quantiles[step // 2 :: step][:1024]
    return np.array([_whole(spread * 16 * int(each)) for each in middle], dtype=np.int64)


@cache
def _powers() -> I64:
    """Return 2**z in parts of 1/256, z from -4 to 4 in steps of 1/256."""
    with localcontext() as context:
        context.prec = 20
        lg_2 = Decimal(2).ln()
        values = [_whole(((Decimal(row) / 256 - 4) * lg_2).exp() * UNIT) for row in range(POWER_STEPS)]
    return np.array(values, dtype=np.int64)


def _whole(value: Decimal) -> int:
    return int(value.to_integral_value())
