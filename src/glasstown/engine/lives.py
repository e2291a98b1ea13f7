"""What a person's life is made of beside conduct: work, income, savings, debt and strain, on the first day and as tables.

Money stands in parts of 1/256 of the person's own usual month's income, income shocks in lg units of 1/4096, strain in sixteenths.
Firms have no lives of this kind, and a run with `living.lived` off has none either: the arrays are empty then.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, localcontext

import numpy as np
from numpy.typing import NDArray

from glasstown.chance import threshold
from glasstown.engine.hazards import table
from glasstown.engine.shapes import I64, Lives, Society
from glasstown.population.normal import normal_table
from glasstown.population.tables import INCOME_FIFTHS, WORK

CHILD, EMPLOYED, SELF_EMPLOYED, UNEMPLOYED = (WORK.index(name) for name in WORK[:4])

UNIT = 256
"""parts of a usual month's income"""
STRAIN_UNIT = 16
MOST_STRAIN = 2 * STRAIN_UNIT
MOST_MONEY = 32767
UNABLE = 1
"""bit of `means`: could not pay what a judgment asks"""
ARREARS = 2
"""bit of `means`: so many months late that creditors go to court"""

# single numbers of a society
S_LOSE = 0  # thresholds of 2**32
S_FIND = 1
S_PERSISTENCE = 2  # of 4096
S_OUT_OF_WORK = 3  # income without work, of 256
S_DUE = 4  # debt service, parts
S_DEBT = 5  # usual debt, parts
S_CREDIT = 6  # further credit before no bank lends, parts
S_TARGET = 7  # savings that people keep to, parts
S_ARREARS = 8  # months late before creditors go to court
N_SOCIETY = 9

# columns of the accounts of lives
L_EMPLOYED = 0
L_UNEMPLOYED = 1
L_LOST = 2
L_FOUND = 3
L_OWING = 4
L_MISSED = 5
L_ARREARS = 6
L_UNABLE = 7
L_BORROWED = 8
L_INCOME = 9
N_LIVED = 10

POWER_STEPS = 1 << 11
"""rows of the table of 2**z: z from -4 up to 4 lg units in steps of 1/256"""


def make_society(numbers: Mapping[str, Decimal], loaded: NDArray[np.bool_], judged: NDArray[np.bool_]) -> Society:
    """Return the tables of lives.

    loaded   (K,) the classes of conduct that strain drives
    judged   (K,) the class of judgments, which arrears bring about

    Source   society_model S1, S2; docs/model.md gives the equations.
    """
    usual = [int(numbers[f"income.{name.replace('-', '_')}"]) for name in INCOME_FIFTHS]
    single = np.zeros(N_SOCIETY, dtype=np.int64)
    single[S_LOSE] = threshold(numbers["work.lose_per_month"])
    single[S_FIND] = threshold(numbers["work.find_per_month"])
    single[S_PERSISTENCE] = _whole(numbers["income.persistence"] * 4096)
    single[S_OUT_OF_WORK] = _whole(numbers["income.out_of_work"] * UNIT)
    single[S_DUE] = _whole(numbers["debt.service"] * UNIT)
    single[S_DEBT] = min(_whole(numbers["debt.months"] * UNIT), MOST_MONEY)
    single[S_CREDIT] = _whole(numbers["debt.credit_months"] * UNIT)
    single[S_TARGET] = min(_whole(numbers["living.savings_months"] * UNIT), MOST_MONEY)
    single[S_ARREARS] = _whole(numbers["judgment.after_months"])
    least = [_whole(numbers["living.least"] * UNIT / month) for month in usual]
    society = Society(
        is_lived=np.array([int(numbers["living.lived"] > 0)], dtype=np.int64),
        numbers=single,
        usual=np.array(usual, dtype=np.int64),
        least=np.array(least, dtype=np.int64),
        shock=_shocks(numbers["income.shock"]),
        power=_powers(),
        strain_shift=_strain_shift(numbers["strain.loading"], loaded, 0),
        arrears_shift=_whole(numbers["judgment.arrears"] * 256) * judged.astype(np.int64),
    )
    mean = _mean_strain(society)
    return society._replace(strain_shift=_strain_shift(numbers["strain.loading"], loaded, mean))


def no_society() -> Society:
    """Return the tables of those who have no lives of this kind."""
    none = np.zeros(1, dtype=np.int64)
    return Society(
        none,
        none.copy(),
        none.copy(),
        none.copy(),
        none.copy(),
        none.copy(),
        np.zeros((1, 0), dtype=np.int64),
        none.copy(),
    )


def make_lives(society: Society, group: NDArray[np.uint8], work: NDArray[np.uint8], owes: NDArray[np.bool_]) -> Lives:
    """Return lives on the first day: usual income, the savings people keep to, the usual debt of those who owe, nobody late."""
    n = len(work) if society.is_lived[0] else 0
    owing = owes[:n] & (work[:n] != CHILD)
    lives = Lives(
        work=work[:n].astype(np.uint8),
        shock=np.zeros(n, dtype=np.int16),
        savings=np.full(n, society.numbers[S_TARGET] if n else 0, dtype=np.int16),
        debt=np.where(owing, society.numbers[S_DEBT] if n else 0, 0).astype(np.int16),
        late=np.zeros(n, dtype=np.uint8),
        strain=np.zeros(n, dtype=np.uint8),
        means=np.zeros(n, dtype=np.uint8),
    )
    if n:
        lives.strain[:] = first_strain(society, group[:n], owing)
        lives.strain[work[:n] == CHILD] = 0
    return lives


def first_strain(society: Society, group: NDArray[np.uint8], owing: NDArray[np.bool_]) -> NDArray[np.uint8]:
    """Return strain at usual income and usual savings, in sixteenths."""
    due = np.where(owing, society.numbers[S_DUE], 0)
    asked = due + society.least[group] - society.numbers[S_TARGET] // 6
    strain: NDArray[np.uint8] = np.clip(asked * STRAIN_UNIT // UNIT, 0, MOST_STRAIN).astype(np.uint8)
    return strain


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


def _powers() -> I64:
    """Return 2**z in parts of 1/256, z from -4 to 4 in steps of 1/256."""
    with localcontext() as context:
        context.prec = 20
        lg_2 = Decimal(2).ln()
        values = [_whole(((Decimal(row) / 256 - 4) * lg_2).exp() * UNIT) for row in range(POWER_STEPS)]
    powers: I64 = table([values])[0]
    return powers


def _whole(value: Decimal) -> int:
    return int(value.to_integral_value())
