"""Who leaves a place and who comes, by age, so that the ages of the place stand: chances as integer tables.

Somebody of age a stays a year with 1 - d(a) - o(a), d of dying and o of moving out, and is then a + 1.  Whoever leaves is followed
at once.  With p the ages of the place, those who come have the ages i(a + 1) = p(a + 1) - p(a) (1 - d(a) - o(a)), and i(0) = p(0);
where that would be negative, so many more move out.  First members of households and the others are balanced apart.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext
from typing import Final

import numpy as np
from numpy.typing import NDArray

from glasstown.chance import threshold
from glasstown.language.parameters import PlaceFile
from glasstown.population.tables import OLDEST_AGE, Chooser, age_shares

Shares = list[Decimal]
MEMBER, HEAD = 0, 1
_AGES: Final = OLDEST_AGE + 1


@dataclass(frozen=True, slots=True)
class TurnoverTables:
    """Chances in the year after a birthday, thresholds of 2**32, and ages of those who come.

    dies    (2, 121) by sex, women second, and age
    moves   (2, 121) by place in the household, first members second, and age
    enters  ages of those who come: to a further member's place, and to a first member's
    """

    dies: NDArray[np.uint64]
    moves: NDArray[np.uint64]
    enters: tuple[Chooser, Chooser]


def turnover_tables(place: PlaceFile, numbers: Mapping[str, Decimal]) -> TurnoverTables | None:
    """Return the tables of a place; None where nobody leaves it, and nobody grows older."""
    deaths, births, moves = (numbers.get(f"people.{name}", Decimal(0)) for name in ("deaths", "births", "moves"))
    men, women, out = _rates(place, deaths, moves)
    if not any((*men, *women, *out)):
        return None
    with localcontext() as context:
        context.prec = 60
        share = place.female.value
        dying = [(1 - share) * each + share * other for each, other in zip(men, women, strict=True)]
        heads, members = age_shares(place)
        moving, entering = [], []
        for ages in (members, heads):
            leaving = _moving(ages, dying, out) if moves > 0 else out
            moving.append(leaving)
            entering.append(Chooser(_entering(ages, dying, leaving, births)))
    return TurnoverTables(_thresholds(men, women), _thresholds(*moving), (entering[MEMBER], entering[HEAD]))


def _rates(place: PlaceFile, deaths: Decimal, moves: Decimal) -> tuple[Shares, Shares, Shares]:
    """Return by age the chance of men and of women to die, and of anybody to move out, times what a run sets."""
    men, women, out = ([Decimal(0)] * _AGES for _ in range(3))
    for cell in place.deaths.cells if place.deaths else ():
        for age in range(cell.from_, cell.to + 1):
            men[age], women[age] = min(cell.men * deaths, Decimal(1)), min(cell.women * deaths, Decimal(1))
    for band in place.moves.cells if place.moves else ():
        for age in range(band.from_, band.to + 1):
            out[age] = min(band.share * moves, 1 - max(men[age], women[age]))
    return men, women, out


def _moving(ages: Sequence[Decimal], dying: Shares, out: Shares) -> Shares:
    """Return the chance of moving out at each age: more where else more would grow older than the next age has."""
    found = []
    for age, share in enumerate(ages):
        after = ages[age + 1] if age < OLDEST_AGE else Decimal(0)
        beyond = share * (1 - dying[age] - out[age]) - after
        found.append(out[age] + (beyond / share if share > 0 and beyond > 0 else 0))
    return found


def _entering(ages: Sequence[Decimal], dying: Shares, out: Shares, births: Decimal) -> Shares:
    """Return the ages of those who come, as shares; those of the place where nobody is missing."""
    older = [share * (1 - dying[age] - out[age]) for age, share in enumerate(ages)]
    missing = [ages[0] * births, *(max(ages[age] - older[age - 1], Decimal(0)) for age in range(1, _AGES))]
    total = sum(missing, Decimal(0))
    return [each / total for each in missing] if total > 0 else list(ages)


def _thresholds(first: Shares, second: Shares) -> NDArray[np.uint64]:
    """Return two rows of chances as thresholds."""
    rows = [[threshold(min(max(each, Decimal(0)), Decimal(1))) for each in row] for row in (first, second)]
    return np.array(rows, dtype=np.uint64)
