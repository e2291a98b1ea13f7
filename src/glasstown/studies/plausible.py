"""Which draws of the parameters are ways in which things may have been: those in which the first side comes near what is published.

A draw in which hardly anything is ever recorded says nothing about any rule.  The society model asks that such draws be left out
before anything else is looked at (its section 8).

What is not known of the model's parameters, as draws from their ranges: each draw is one way in which things may be.

A Latin hypercube: every parameter's range is cut into as many slices as there are draws, and each slice is used once.
"""

from __future__ import annotations

import random
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from glasstown.language.parameters import Parameter, Parameters
from glasstown.runs.memory import Sums
from glasstown.runs.plan import Plan

MOST_TRIES: Final = 20
"""draws that are tried for each that is asked for"""


FEWEST: Final = 20
"""of a target at its least: a town in which luck alone moves it further is not held to it"""


@dataclass(frozen=True, slots=True)
class Target:
    """What a run under a rulebook must come near.

    account, item   of the months table; item None sums over all
    least, most     a person and month
    words           what that is, and where the numbers come from
    """

    account: str
    item: str | None
    least: float
    most: float
    words: str


TARGETS: Final[Mapping[str, Target]] = {
    "cn-court-list-2017": Target(
        "list_in", "spc_dishonest", 0.82 * 0.003 / 36, 0.82 * 0.012 / 36,
        "entries onto the courts' list that would keep 0.3 to 1.2 % of those of 15 and over on it at a mean stay of 36 months "
        "(Supreme People's Court: 8.54 million in December 2023, 0.74 %)",
    ),
    "rongcheng-2013": Target(
        "records", None, 0.472 / 36, 0.472 / 12,
        "0.472 records of each subject on file in 12 to 36 months (Xinhua 2015, whose period is not stated)",
    ),
}  # fmt: skip
"""by rulebook"""


def targets_of(plan: Plan) -> dict[str, Target]:
    """Return the targets of a plan's rulebooks, by their names in the run; none that its town is too small to come near by luck."""
    person_months = plan.manifest.people * plan.manifest.months
    ids = {name: plan.books[name].id for name in plan.inputs.names}
    found = {name: TARGETS[book] for name, book in ids.items() if book in TARGETS}
    return {name: target for name, target in found.items() if target.least * person_months >= FEWEST}


def is_plausible(plan: Plan, sums: Sums, targets: Mapping[str, Target]) -> bool:
    """Return whether a town's sums come near every target of its rulebooks."""
    person_months = plan.manifest.people * plan.manifest.months
    for name, target in targets.items():
        booked = sums.get(("person", name), {})
        found = sum(
            n for (account, item), n in booked.items() if account == target.account and target.item in (item, None)
        )
        if not target.least * person_months <= found <= target.most * person_months:
            return False
    return True


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
    return value_between(parameter.low, parameter.high, place, on_log=is_wide(parameter))


def value_between(least: Decimal, most: Decimal, place: float, *, on_log: bool) -> str:
    """Return the value at a place between 0 and 1 of a range, as text that a setting takes: inside it, with a few digits."""
    low, high = float(least), float(most)
    value = low * (high / low) ** place if on_log else low + (high - low) * place
    text = Decimal(f"{value:.{DIGITS}g}")
    return format(min(max(text, least), most), "f")


def is_wide(parameter: Parameter) -> bool:
    """Return whether a parameter is drawn on its logarithm."""
    return parameter.low > 0 and float(parameter.high) / float(parameter.low) > WIDE
