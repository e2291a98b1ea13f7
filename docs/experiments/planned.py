"""What asking the experiments costs: by page its sides, the towns that are lived, and minutes of one core."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from asked import Experiment
from series import months_of, named

from glasstown.studies.pairs import requested
from glasstown.studies.plausible import TARGETS

TOWN = 0.30
"""seconds of one core for a million person-months of a town in memory, on the machine at hand; one on disk takes twice that"""
PAST = 1.05
"""seconds of one core for the past of a set of parameters, however large the town"""
ONE_IN = 7
"""draws that are lived for each that comes near what is published of the courts' list"""


class Planned(NamedTuple):
    """One page: how many sides it has, how many towns are lived for it, their millions of person-months, and minutes of one core."""

    name: str
    sides: int
    towns: int
    person_months: float
    minutes: float


def planned(name: str, experiment: Experiment | None, sizes: Mapping[str, int]) -> Planned:
    """Return what a page costs where an ensemble ships: seeds, members and draws on every side, and draws that are left out.

    experiment   None of a page that lives one town on disk with each seed, member and draw
    """
    sides = 1 if experiment is None else 1 + max(len(experiment.steps), 1)
    months = sizes["months"] if experiment is None else months_of(experiment, sizes["months"])
    each = sizes["people"] * months / 1e6
    of_seeds, of_ways = sizes["seeds"] * sides, 2 * sizes["draws"] * sides
    left_out = (ONE_IN - 1) * sizes["draws"] if _is_held(experiment) else 0
    towns = of_seeds + of_ways + left_out
    seconds = towns * each * TOWN + (of_ways + left_out) * PAST
    if experiment is None or not experiment.steps:  # on disk
        seconds += (of_seeds + (of_ways if experiment is None else 0)) * each * TOWN
    return Planned(name, sides, towns, towns * each, seconds / 60)


def _is_held(experiment: Experiment | None) -> bool:
    """Return whether draws are held to what is published of a rulebook of some side."""
    if experiment is None:
        return False
    names = (experiment.first, experiment.second, *(step.of for step in experiment.steps))
    books = [book for name in names if name for book in requested(named(name), {}).rulebook.split(",")]
    return any(book.partition("@")[0] in TARGETS for book in books)


def as_table(rows: list[Planned]) -> str:
    """Return the plan as lines, with its sum."""
    lines = [f"{'page':12} sides  towns  million person-months  minutes of one core"]
    lines += [
        f"{row.name:12} {row.sides:5} {row.towns:6} {row.person_months:22,.0f} {row.minutes:20.1f}" for row in rows
    ]
    whole = sum(row.minutes for row in rows)
    return "\n".join(
        [
            *lines,
            f"{'all':12} {'':5} {sum(row.towns for row in rows):6} {sum(row.person_months for row in rows):22,.0f} {whole:20.1f}",
        ]
    )
