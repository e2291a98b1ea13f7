"""What is not known of the model's parameters, as draws from their ranges: each draw is one way in which things may be.

A Latin hypercube: every parameter's range is cut into as many slices as there are draws, and each slice is used once.
"""

from __future__ import annotations

import random
from collections.abc import Collection
from decimal import Decimal
from typing import Final

from glasstown.language.parameters import Parameter, Parameters

DIGITS: Final = 6
"""digits of a drawn value; a run keeps it as text, so that it can be asked for again"""
WIDE: Final = 10
"""a range whose ends lie further apart than so many times is drawn on its logarithm"""


def draws_of(parameters: Parameters, n: int, *, seed: int, held: Collection[str] = ()) -> tuple[dict[str, str], ...]:
    """Return so many settings of all parameters but the held ones, each value inside its range, as `--set` takes them.

    Random   Python's generator, seeded; the draws of one seed and number are always the same.
    """
    chance = random.Random(seed)
    drawn: tuple[dict[str, str], ...] = tuple({} for _ in range(n))
    for parameter in parameters.parameters:
        slices = list(range(n))
        chance.shuffle(slices)
        places = [(each + chance.random()) / n for each in slices]
        if parameter.id in held or parameter.low == parameter.high:
            continue
        for settings, place in zip(drawn, places, strict=True):
            settings[parameter.id] = value_at(parameter, place)
    return drawn


def value_at(parameter: Parameter, place: float) -> str:
    """Return the value at a place between 0 and 1 of a parameter's range, evenly or, where that is wide, by its logarithm."""
    low, high = float(parameter.low), float(parameter.high)
    value = low * (high / low) ** place if is_wide(parameter) else low + (high - low) * place
    text = Decimal(f"{value:.{DIGITS}g}")
    return format(min(max(text, parameter.low), parameter.high), "f")


def is_wide(parameter: Parameter) -> bool:
    """Return whether a parameter is drawn on its logarithm."""
    return parameter.low > 0 and float(parameter.high) / float(parameter.low) > WIDE
