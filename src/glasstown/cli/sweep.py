"""`glasstown sweep`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from glasstown.cli.faults import StoppedError
from glasstown.cli.options import Json, whole
from glasstown.cli.output import finish, progress


def sweep(
    rulebook: Annotated[str, typer.Argument(metavar="ID", help="A rulebook, several with commas, or a scenario.")],
    compare: Annotated[
        str | None,
        typer.Option(
            metavar="OTHER", help="A second one: what moves the difference between the two, second less first."
        ),
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
        Path | None,
        typer.Option(
            "--from", metavar="DIR", help="sobol: a finished sweep of morris, whose top 12 parameters it takes."
        ),
    ] = None,
    trajectories: Annotated[
        str | None, typer.Option(metavar="N", help="morris: how many trajectories.  [default: 10]")
    ] = None,
    levels: Annotated[
        str | None, typer.Option(metavar="N", help="morris: levels of each range, an even number.  [default: 4]")
    ] = None,
    samples: Annotated[
        str | None, typer.Option(metavar="N", help="sobol: points, a power of two.  [default: 64]")
    ] = None,
    people: Annotated[str | None, typer.Option(metavar="N", help="How many people.  [default: 5000]")] = None,
    months: Annotated[str | None, typer.Option(metavar="M", help="How many months.  [default: 60]")] = None,
    seed: Annotated[
        str | None, typer.Option(metavar="S", help="Seed of the town and of the design.  [default: 1]")
    ] = None,
    place: Annotated[str | None, typer.Option(metavar="FILE-or-ID", help="Aggregates of the people.")] = None,
    start: Annotated[
        str | None, typer.Option(metavar="YYYY-MM", help="First month; by default the first in which all hold.")
    ] = None,
    unknown: Annotated[str | None, typer.Option(metavar="low|high", help="Bound that unknown points take.")] = None,
    threads: Annotated[str | None, typer.Option(metavar="T", help="Settings that are lived side by side.")] = None,
    out: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Folder of the sweep; by default runs/sweep-N.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Tell which of the model's parameters move a measure, or the difference between two sides, over their whole ranges.

    What a scenario sets is held; all else is moved from the low to the high end of its range. --method morris screens all
    parameters, --method sobol parts the variance among a few. A sweep can be stopped at any moment; the same command with
    the same --out goes on. Needs SALib: pip install glasstown[sweep].

    \b
    Examples:
      glasstown sweep rongcheng-2019,cn-court-list-2017 --measure records
      glasstown sweep by-name.yaml --compare by-number.yaml --out runs/screened
      glasstown sweep by-name.yaml --compare by-number.yaml --method sobol --from runs/screened
    """
    from glasstown import api
    from glasstown.storage.folder import free_folder

    asked = {"people": people, "months": months, "seed": seed, "threads": threads}
    asked.update(trajectories=trajectories, levels=levels, samples=samples)
    numbers = {name: whole(text, f"--{name}") for name, text in asked.items() if text is not None}
    names = [name.strip() for name in parameters.split(",") if name.strip()] if parameters is not None else None
    folder = out if out is not None else free_folder("sweep")
    try:
        with progress("Sweeping", "settings") as report:
            answer = api.sweep(
                rulebook, compare=compare, method=method, measure=measure, parameters=names, from_=from_, **numbers,
                place=place, start=start, unknown=unknown, out=folder, progress=report,
            )  # fmt: skip
    except KeyboardInterrupt:
        raise stopped(folder) from None
    finish(answer, as_json=as_json)


def stopped(folder: Path) -> StoppedError:
    """Return the message for a sweep that was stopped: what is safe, and how to go on."""
    if (folder / "plan.json").is_file():
        return StoppedError(
            f"Stopped. Every setting that was lived is safe. Go on with the same command and --out {folder}"
        )
    return StoppedError("Stopped before anything was written. Give the same command again.")
