"""`glasstown show`."""

from __future__ import annotations

from typing import Annotated

import typer

from glasstown.cli.options import Json, Reference, day
from glasstown.cli.output import finish


def show(
    rulebook: Reference,
    clause: Annotated[str | None, typer.Option(metavar="CLAUSE", help="Show this clause alone.")] = None,
    as_at: Annotated[
        str | None, typer.Option(metavar="DATE", help="Say whether the scheme is in force on this day (YYYY-MM-DD).")
    ] = None,
    as_json: Json = False,
) -> None:
    """Print a scheme in words, with sources.

    Every clause, grade, list and measure with its evidence, source and locator. What the record does not tell is
    said to be unknown, never left out.

    \b
    Examples:
      glasstown show suining-2010
      glasstown show suining-2010 --clause su-d06
      glasstown show rongcheng-2013 --as-at 2015-06-30
    """
    from glasstown import api

    when = day(as_at, "--as-at") if as_at is not None else None
    finish(api.show(rulebook, clause=clause, as_at=when), as_json=as_json)
