"""`glasstown levers`."""

from __future__ import annotations

from typing import Annotated

import typer

from glasstown.cli.options import Json, Mechanism
from glasstown.cli.output import finish


def levers(
    rulebooks: Annotated[
        list[str] | None, typer.Argument(metavar="[ID]...", help="Rulebooks; the model's parameters without one.")
    ] = None,
    about: Annotated[
        str | None, typer.Option(metavar="WORD", help="Only those with this word in path, step or label.")
    ] = None,
    mechanism: Mechanism = None,
    as_json: Json = False,
) -> None:
    """List what `--set` can change: parameters of the model, or every number and choice of a rulebook.

    \b
    Examples:
      glasstown levers --about filing
      glasstown levers suining-2010 --about su-d06
      glasstown levers --mechanism camera.py --about camera
    """
    from glasstown import api

    finish(api.levers(*(rulebooks or ()), about=about, mechanism=mechanism), as_json=as_json)
