"""`glasstown test`."""

from __future__ import annotations

from typing import Annotated

import typer

from glasstown.cli.options import Json
from glasstown.cli.output import finish


def worked(
    rulebooks: Annotated[
        list[str] | None, typer.Argument(metavar="[ID...]", help="Rulebooks; all that ship where none is named.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Run the worked cases beside the rulebooks.

    They lie in the folder `cases` of each rulebook, and are tests where they say what to `expect`. Ends with 1 when any
    case fails, and when nothing was tested of a rulebook that is named.

    \b
    Examples:
      glasstown test
      glasstown test suining-2010 my-city
    """
    from glasstown import api

    finish(api.test(*(rulebooks or [])), as_json=as_json)
