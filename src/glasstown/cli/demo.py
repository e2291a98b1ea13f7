"""`glasstown demo`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from glasstown.cli.faults import StoppedError
from glasstown.cli.options import Json, folder, whole
from glasstown.cli.output import finish


def demo(
    out: Annotated[Path, folder("Folder of the demo.")] = Path("demo"),
    people: Annotated[str, typer.Option(metavar="N", help="How many people; 100_000 is read too.")] = "100000",
    months: Annotated[str, typer.Option(metavar="M", help="How many months, up to 1023.")] = "60",
    seed: Annotated[str, typer.Option(metavar="S", help="Seed of every random number.")] = "1",
    threads: Annotated[
        str | None, typer.Option(metavar="T", help="Threads; the result does not depend on them.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Take the tour: one synthetic town under three rulebooks, told, drawn and written as a page.

    The same people with the same luck live under Suining 2010 and under both contested readings of Rongcheng 2013.  The
    folder holds the three runs, a picture and a report; an earlier demo in it is replaced, and no other folder is touched.

    \b
    Examples:
      glasstown demo
      glasstown demo --people 2000 --months 24 --out tour
    """
    from glasstown.demo import Options, make_demo

    numbers = {"people": people, "months": months, "seed": seed}
    options = Options(
        out=out,
        threads=None if threads is None else whole(threads, "--threads"),
        **{name: whole(text, f"--{name}") for name, text in numbers.items()},
    )
    try:
        toured = make_demo(options)
    except KeyboardInterrupt:
        raise StoppedError("Stopped. The same command makes the demo anew.") from None
    finish(toured, as_json=as_json)
