"""`glasstown sweep`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from glasstown.cli.faults import own_words
from glasstown.cli.options import (
    Acts,
    Json,
    Mechanism,
    Parameters,
    Place,
    Prior,
    Start,
    Unknown,
    folder,
    number,
    numbers,
)
from glasstown.cli.output import finish, progress


def sweep(
    rulebook: Annotated[str, typer.Argument(metavar="ID", help="A rulebook, several with commas, or a scenario.")],
    compare: Annotated[
        str | None,
        typer.Option(metavar="OTHER", help="A second one: what moves the difference, second less first."),
    ] = None,
    method: Annotated[
        str, typer.Option(metavar="morris|sobol", help="Screen all parameters, or look closely at a few.")
    ] = "morris",
    measure: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="Measure to tell at length.  [default: wrongful listings, if any]"),
    ] = None,
    parameters: Annotated[
        str | None, typer.Option(metavar="A,B,C", help="Parameters to sweep.  [default: morris: all that are free]")
    ] = None,
    from_: Annotated[
        Path | None, folder("sobol: a finished sweep of morris, whose top 12 parameters it takes.", "--from")
    ] = None,
    trajectories: Annotated[str | None, number("morris: how many trajectories.  [default: 10]")] = None,
    levels: Annotated[str | None, number("morris: levels of each range, an even number.  [default: 4]")] = None,
    samples: Annotated[str | None, number("sobol: points, a power of two.  [default: 64]")] = None,
    prior: Prior = False,
    people: Annotated[str | None, number("How many people.  [default: 5000]")] = None,
    months: Annotated[str | None, number("How many months.  [default: 60]", metavar="M")] = None,
    seed: Annotated[str | None, number("Seed of the town and of the design.  [default: 1]", metavar="S")] = None,
    place: Place = None,
    acts: Acts = None,
    parameter_file: Parameters = None,
    mechanism: Mechanism = None,
    start: Start = None,
    unknown: Unknown = None,
    threads: Annotated[str | None, number("Settings that are lived side by side.", metavar="T")] = None,
    out: Annotated[Path | None, folder("Folder of the sweep; by default runs/sweep-N.")] = None,
    as_json: Json = False,
) -> None:
    """Tell which of the model's parameters move a measure, or the difference between two sides, over their whole ranges.

    What a scenario sets is held; all else goes through its range: that of the ensemble's members where one fits, else its own.
    --method morris screens all parameters, --method sobol parts the variance among a few. A sweep can be stopped at any
    moment; the same command with the same --out goes on. Needs SALib: pip install glasstown[sweep].

    \b
    Examples:
      glasstown sweep rongcheng-2019,cn-court-list-2017 --measure records
      glasstown sweep by-name.yaml --compare by-number.yaml --out runs/screened
      glasstown sweep by-name.yaml --compare by-number.yaml --method sobol --from runs/screened
    """
    from glasstown import api

    sizes = {"trajectories": trajectories, "levels": levels, "samples": samples}
    counts = numbers(people=people, months=months, seed=seed, threads=threads, **sizes)
    names = [name.strip() for name in parameters.split(",") if name.strip()] if parameters is not None else None
    with own_words(), progress("Sweeping", "settings") as report:
        answer = api.sweep(
            rulebook, compare=compare, method=method, measure=measure, parameters=names, from_=from_, **counts,
            place=place, acts=acts, parameter_file=parameter_file, mechanism=mechanism, start=start, unknown=unknown,
            out=out, prior=prior, progress=report,
        )  # fmt: skip
    finish(answer, as_json=as_json)
