"""`glasstown run`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, TypeAlias

import typer

from glasstown.cli.faults import own_words
from glasstown.cli.options import (
    Acts,
    Drive,
    Json,
    Mechanism,
    Parameters,
    Place,
    Reference,
    Start,
    Trust,
    Unknown,
    Whole,
    WithoutOrders,
    folder,
    number,
    numbers,
    settings,
)
from glasstown.cli.output import finish, progress

Set: TypeAlias = Annotated[
    list[str] | None,
    typer.Option(
        "--set", metavar="PATH=VALUE", help="Change one parameter of the model or value of a rulebook; repeatable."
    ),
]


def run(
    rulebook: Reference,
    people: Annotated[str | None, number("How many people; 100_000 is read too.  [default: 100000]")] = None,
    firms: Annotated[str | None, number("How many firms; by default as many as the place has.")] = None,
    months: Annotated[str | None, number("How many months, up to 1023.  [default: 60]", metavar="M")] = None,
    seed: Annotated[str | None, number("Seed of every random number.  [default: 1]", metavar="S")] = None,
    set_: Set = None,
    place: Place = None,
    drive: Drive = None,
    acts: Acts = None,
    parameters: Parameters = None,
    mechanism: Mechanism = None,
    start: Start = None,
    unknown: Unknown = None,
    trust_mechanism: Trust = None,
    threads: Annotated[str | None, number("Threads; the result does not depend on them.", metavar="T")] = None,
    track: Annotated[str | None, number("Keep the events of this many people.  [default: 0]")] = None,
    without_orders: WithoutOrders = False,
    out: Annotated[Path | None, folder("Folder of the run; by default runs/NAME-N.")] = None,
    is_whole: Whole = False,
    as_json: Json = False,
) -> None:
    """Let a synthetic town live under a rulebook, under several with commas between them, or under a preset.

    ID can also be a scenario, by its file or by the name of one that ships, or the folder of an earlier run: the texts that
    it kept, its options and its levers then count where none is given here.  `glasstown levers` lists what `--set` can change.

    The people are generated from published aggregates and the seed; nobody in the town exists. A run can be stopped at
    any moment and goes on with `glasstown resume DIR` to the same result.

    \b
    Examples:
      glasstown run suining-2010
      glasstown run cn-2019 --people 1_000_000
      glasstown run rongcheng-2013@one-point-b --people 100_000 --months 60 --seed 7
      glasstown run my-city --place my-city/place.yaml --unknown high --out runs/my-city
      glasstown run suining-2010 --set suining-2010/clauses/su-d06/points=-20 --set filing.lost=0
      glasstown run my-scenario.yaml --seed 2
      glasstown run rights-none --people 6000 --months 24
      glasstown run cn-court-list-2017@since-2013 --drive courts-list --months 147
    """
    from glasstown import api

    counts = numbers(people=people, firms=firms, months=months, seed=seed, threads=threads, track=track)
    with own_words(), progress("Living", "months") as report:
        town = api.run(
            rulebook, **counts, set=settings(set_ or []), place=place, drive=drive, acts=acts, parameters=parameters,
            mechanism=mechanism, trust_mechanism=trust_mechanism, start=start, unknown=unknown, without_orders=without_orders,
            out=out, all=is_whole, progress=report,
        )  # fmt: skip
    finish(town, as_json=as_json)
