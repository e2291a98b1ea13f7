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
    people: Annotated[str, typer.Option(metavar="N", help="How many people; 100_000 is read too.")] = "100000",
    firms: Annotated[
        str | None, typer.Option(metavar="N", help="How many firms; by default as many as the place has.")
    ] = None,
    months: Annotated[str, typer.Option(metavar="M", help="How many months, up to 1023.")] = "60",
    seed: Annotated[str, typer.Option(metavar="S", help="Seed of every random number.")] = "1",
    set_: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="PATH=VALUE", help="Change one parameter of the model; repeatable."),
    ] = None,
    place: Annotated[
        str, typer.Option(metavar="FILE-or-ID", help="Published aggregates that the people are generated from.")
    ] = "china-2020",
    start: Annotated[
        str | None, typer.Option(metavar="YYYY-MM", help="First month; by default the first in which the scheme holds.")
    ] = None,
    unknown: Annotated[
        str | None, typer.Option(metavar="low|high", help="Give unknown points the bound that the record allows.")
    ] = None,
    threads: Annotated[
        str | None, typer.Option(metavar="T", help="Threads; the result does not depend on them.")
    ] = None,
    track: Annotated[str, typer.Option(metavar="N", help="Keep the events of this many people.")] = "0",
    out: Annotated[Path | None, typer.Option(metavar="DIR", help="Folder of the run; by default runs/NAME-N.")] = None,
    as_json: Json = False,
) -> None:
    """Let a synthetic town live under a rulebook, under several with commas between them, or under a preset.

    The people are generated from published aggregates and the seed; nobody in the town exists. A run can be stopped at
    any moment and goes on with `glasstown resume DIR` to the same result.

    \b
    Examples:
      glasstown run suining-2010
      glasstown run cn-2019 --people 1_000_000
      glasstown run rongcheng-2013@one-point-b --people 100_000 --months 60 --seed 7
      glasstown run my-city --place my-city/place.yaml --unknown high --out runs/my-city
    """
    from glasstown import api
    from glasstown.answers.town import free_folder

    numbers = {"people": whole(people, "--people"), "months": whole(months, "--months"), "seed": whole(seed, "--seed")}
    numbers["track"] = whole(track, "--track")
    folder = out if out is not None else free_folder(rulebook)
    try:
        with progress("Living", "months") as report:
            town = api.run(
                rulebook,
                **numbers,
                firms=whole(firms, "--firms") if firms is not None else None,
                threads=whole(threads, "--threads") if threads is not None else None,
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
