"""`glasstown compare`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from glasstown.cli.faults import own_words
from glasstown.cli.options import (
    Acts,
    By,
    Json,
    Mechanism,
    Parameters,
    Place,
    Prior,
    Start,
    Table,
    Unknown,
    WithoutOrders,
    folder,
    number,
    numbers,
)
from glasstown.cli.output import finish, progress


def compare(
    first: Annotated[str, typer.Argument(metavar="A", help="A rulebook, several with commas, a scenario, or a run.")],
    second: Annotated[
        str | None, typer.Argument(metavar="B", help="Another; with --without-orders, A itself by default.")
    ] = None,
    seeds: Annotated[str | None, number("How many seeds, from --seed on.  [default: 6; two runs: their own]")] = None,
    draws: Annotated[
        str | None, number("How many members of the ensemble, or draws.  [default: 10; two runs: none]")
    ] = None,
    prior: Prior = False,
    by: By = None,
    without_orders: WithoutOrders = False,
    people: Annotated[str | None, number("How many people.  [default: 20000]")] = None,
    months: Annotated[str | None, number("How many months.  [default: 60]", metavar="M")] = None,
    seed: Annotated[str | None, number("First seed.  [default: 1]", metavar="S")] = None,
    place: Place = None,
    acts: Acts = None,
    parameters: Parameters = None,
    mechanism: Mechanism = None,
    start: Start = None,
    unknown: Unknown = None,
    threads: Annotated[str | None, number("Threads.", metavar="T")] = None,
    out: Annotated[Path | None, folder("Folder of the runs; by default runs/compare-N.")] = None,
    table: Table = None,
    as_json: Json = False,
) -> None:
    """Lay two rulebooks, scenarios or runs side by side: the same people, the same luck.

    Differences in acts, records, errors, listings and measures, how far luck and ignorance of the parameters move them, and
    whom they meet, by income or what --by asks. A mean difference has a 95 % interval over the seeds, and is more, less, no
    more, no less or undetermined. A comparison can be stopped at any moment; the same command with the same --out goes on.
    The folder of a finished one, alone, is told again, and with --out lived again.

    \b
    Examples:
      glasstown compare rongcheng-2013@one-point-b rongcheng-2013@a-to-960
      glasstown compare runs/first runs/second
      glasstown compare runs/compare-1 --out again
      glasstown compare suining-2010 my-scenario.yaml --seeds 10 --people 5000
      glasstown compare no-scheme rongcheng-2013 --table numbers.csv
      glasstown compare rights-none rights-stay --people 6000 --months 24 --by age --by work
    """
    from glasstown import api

    counts = numbers(people=people, months=months, seed=seed, threads=threads, seeds=seeds, draws=draws)
    with own_words(), progress("Comparing", "months") as report:
        answer = api.compare(
            first, second, **counts, prior=prior, by=by or None, without_orders=without_orders, place=place, acts=acts,
            parameters=parameters, mechanism=mechanism, start=start, unknown=unknown, out=out, table=table,
            progress=report,
        )  # fmt: skip
    finish(answer, as_json=as_json)
