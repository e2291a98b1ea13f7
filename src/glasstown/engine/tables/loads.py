"""How sex and age load on what people do, and from which age on they do it.

A load says how many times as often; it moves nobody's mean: over those who may act, the mean number of acts stays h_c.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, localcontext
from typing import Final

import numpy as np

from glasstown.engine.tables.hazards import lg_q8
from glasstown.engine.tables.shapes import I64
from glasstown.language.acts import ActClass
from glasstown.population.composition import Composition

FORTIES: Final = (40, 49)
"""The ages on which the record has a figure."""


def from_ages(classes: tuple[ActClass, ...]) -> I64:
    """Return (K,) the age from which people act in each class."""
    return np.array([each.from_age.years if each.from_age else 0 for each in classes], dtype=np.int64)


def make_loads(classes: tuple[ActClass, ...], numbers: Mapping[str, Decimal], people: Composition | None) -> I64:
    """Return (K, 2, 2) Q8.8: what being a woman (1), and being in one's forties (1), adds to a propensity.

    people   of whom the place is made; without, and for classes on which the record is silent, nothing is added
    """
    loads = np.zeros((len(classes), 2, 2), dtype=np.int64)
    for k, each in enumerate(classes):
        men, forties = (numbers.get(f"load.{name}.{each.id}", Decimal(1)) for name in ("men", "forties"))
        if people is None or men == forties == 1:
            continue
        since = each.from_age.years if each.from_age else 0
        share = people.among(*FORTIES, from_age=since)
        with localcontext() as context:
            context.prec = 20
            mean = (people.women + (1 - people.women) * men) * (1 - share + share * forties)
            for sex, by_sex in enumerate((men, Decimal(1))):
                for age, by_age in enumerate((Decimal(1), forties)):
                    loads[k, sex, age] = lg_q8(by_sex * by_age / mean)
    return loads
