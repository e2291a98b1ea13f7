"""`glasstown run`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from glasstown.cli.faults import StoppedError
from glasstown.cli.options import Json, Reference, settings, whole
from glasstown.cli.output import finish, progress


def run(
    rulebook: Reference,
    people: Annotated[
        str | None, typer.Option(metavar="N", help="How many people; 100_000 is read too.  [default: 100000]")
    ] = None,
    firms: Annotated[
        str | None, typer.Option(metavar="N", help="How many firms; by default as many as the place has.")
    ] = None,
    months: Annotated[str | None, typer.Option(metavar="M", help="How many months, up to 1023.  [default: 60]")] = None,
    seed: Annotated[str | None, typer.Option(metavar="S", help="Seed of every random number.  [default: 1]")] = None,
    set_: Annotated[
        list[str] | None,
        typer.Option(
            "--set", metavar="PATH=VALUE", help="Change one parameter of the model or value of a rulebook; repeatable."
        ),
    ] = None,
    place: Annotated[
        str | None,
        typer.Option(
            metavar="FILE-or-ID",
            help="Published aggregates that the people are generated from.  [default: china-2020]",
        ),
    ] = None,
    start: Annotated[
        str | None, typer.Option(metavar="YYYY-MM", help="First month; by default the first in which the scheme holds.")
    ] = None,
    unknown: Annotated[
        str | None, typer.Option(metavar="low|high", help="Give unknown points the bound that the record allows.")
    ] = None,
    threads: Annotated[
        str | None, typer.Option(metavar="T", help="Threads; the result does not depend on them.")
    ] = None,
    track: Annotated[
        str | None, typer.Option(metavar="N", help="Keep the events of this many people.  [default: 0]")
    ] = None,
    out: Annotated[Path | None, typer.Option(metavar="DIR", help="Folder of the run; by default runs/NAME-N.")] = None,
    as_json: Json = False,
) -> None:
    """Let a synthetic town live under a rulebook, under several with commas between them, or under a preset.

    ID can also be a scenario file, or the folder of an earlier run, whose options and levers then count where none is
    given here.  `glasstown levers` lists what `--set` can change.

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
    """
    from glasstown import api
    from glasstown.storage.folder import free_folder

    asked = {"people": people, "firms": firms, "months": months, "seed": seed, "threads": threads, "track": track}
    numbers = {name: whole(text, f"--{name}") for name, text in asked.items() if text is not None}
    folder = out if out is not None else free_folder(rulebook)
    try:
        with progress("Living", "months") as report:
            town = api.run(
                rulebook,
                **numbers,
                set=settings(set_ or []),
                place=place,
                start=start,
                unknown=unknown,
                out=folder,
                progress=report,
            )
    except KeyboardInterrupt:
        raise stopped(folder) from None
    finish(town, as_json=as_json)


def stopped(folder: Path) -> StoppedError:
    """Return the message for a run that was stopped: what is safe, and how to go on."""
    if (folder / "manifest.json").is_file():
        return StoppedError(
            f"Stopped. What was written to {folder} is safe. Go on to the same result with: glasstown resume {folder}"
        )
    return StoppedError("Stopped before anything was written. Give the same command again.")
