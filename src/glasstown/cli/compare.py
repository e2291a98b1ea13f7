"""`glasstown compare`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from glasstown.cli.faults import StoppedError
from glasstown.cli.options import Json, whole
from glasstown.cli.output import finish, progress


def compare(
    first: Annotated[str, typer.Argument(metavar="A", help="A rulebook, several with commas, a scenario, or a run.")],
    second: Annotated[str, typer.Argument(metavar="B", help="Another.")],
    seeds: Annotated[
        str | None, typer.Option(metavar="N", help="How many seeds, from --seed on.  [default: 6; two runs: their own]")
    ] = None,
    draws: Annotated[
        str | None,
        typer.Option(metavar="N", help="How many draws from the parameters' ranges.  [default: 10; two runs: none]"),
    ] = None,
    people: Annotated[str | None, typer.Option(metavar="N", help="How many people.  [default: 20000]")] = None,
    months: Annotated[str | None, typer.Option(metavar="M", help="How many months.  [default: 60]")] = None,
    seed: Annotated[str | None, typer.Option(metavar="S", help="First seed.  [default: 1]")] = None,
    place: Annotated[str | None, typer.Option(metavar="FILE-or-ID", help="Aggregates of the people.")] = None,
    start: Annotated[
        str | None, typer.Option(metavar="YYYY-MM", help="First month; by default the first in which both hold.")
    ] = None,
    unknown: Annotated[str | None, typer.Option(metavar="low|high", help="Bound that unknown points take.")] = None,
    threads: Annotated[str | None, typer.Option(metavar="T", help="Threads.")] = None,
    out: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Folder of the runs; by default runs/compare-N.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Lay two rulebooks, scenarios or runs side by side: the same people, the same luck.

    Differences in acts, records, wrong records, listings and measures, how far luck and ignorance of the parameters move
    them, whom they meet, and the people whose lives differ most. A sign that fewer than nine in ten seeds, or draws,
    share is called undetermined.

    \b
    Examples:
      glasstown compare rongcheng-2013@one-point-b rongcheng-2013@a-to-960
      glasstown compare runs/first runs/second
      glasstown compare suining-2010 my-scenario.yaml --seeds 10 --people 5000
    """
    from glasstown import api

    asked = {"people": people, "months": months, "seed": seed, "threads": threads, "seeds": seeds, "draws": draws}
    numbers = {name: whole(text, f"--{name}") for name, text in asked.items() if text is not None}
    try:
        with progress("Comparing", "months") as report:
            answer = api.compare(
                first, second, **numbers, place=place, start=start, unknown=unknown, out=out, progress=report
            )
    except KeyboardInterrupt:
        raise stopped(out) from None
    finish(answer, as_json=as_json)


def stopped(out: Path | None) -> StoppedError:
    """Return the message for a comparison that was stopped: where its runs lie, and how to begin anew."""
    where = out if out is not None else Path("runs")
    return StoppedError(
        f"Stopped. Runs that were finished, if any, lie in {where} and can be compared by themselves. "
        "The same command with a new --out, or without one, begins anew."
    )
