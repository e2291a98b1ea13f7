"""The part of the Python interface that takes many runs to one finding: sweeps, and the ensemble.

`api` has these functions too, and is where they are used from.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from glasstown.runs.arguments import Day, Reference, asked, folder_of, text_of, town_of
from glasstown.types import Progress

if TYPE_CHECKING:
    from glasstown.answers.ensemble import Members
    from glasstown.answers.sweep import Swept


@asked
def ensemble(
    *, verify: int | None = None, seed: int = 1, holdout: bool = False, progress: Progress | None = None
) -> Members:
    """Return the towns that ship as not ruled out; `verify` lives some anew, `holdout` holds all to what they have not seen."""
    from glasstown.answers.ensemble import members

    return members(verify, seed, progress, holdout=holdout)


@asked
def sweep(
    reference: Reference,
    *,
    compare: Reference | None = None,
    method: str = "morris",
    measure: str | None = None,
    parameters: Sequence[str] | None = None,
    from_: Reference | None = None,
    trajectories: int | None = None,
    levels: int | None = None,
    samples: int | None = None,
    people: int | None = None,
    months: int | None = None,
    seed: int | None = None,
    place: Reference | None = None,
    acts: Reference | None = None,
    parameter_file: Reference | None = None,
    mechanism: Reference | None = None,
    start: Day | None = None,
    unknown: str | None = None,
    threads: int | None = None,
    out: Reference | None = None,
    prior: bool = False,
    progress: Progress | None = None,
) -> Swept:
    """Return which of the model's parameters move the measures, or with `compare` the differences between two sides.

    `from_` is the folder of a finished sweep by Morris, whose strongest parameters one by Sobol' takes.  A parameter that the
    calibration turns goes from the 5th to the 95th of a hundred members of the ensemble where one fits; with `prior` over its own.
    """
    from glasstown.answers.sweep import Swept
    from glasstown.studies.sweeps import Asked, swept

    options = town_of(place, start, unknown, people=people, months=months, seed=seed, threads=threads)
    options |= {"acts": text_of(acts), "parameters": text_of(parameter_file), "mechanism": text_of(mechanism)}
    how = Asked(method, measure, tuple(parameters or ()), folder_of(from_), trajectories, samples, levels, prior)
    found = swept(str(reference), text_of(compare), options, how, folder_of(out), progress)
    return Swept(found.folder, found.plan, found.values, found.effects, found.measure, found.why)
