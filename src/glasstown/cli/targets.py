"""`glasstown targets`."""

from __future__ import annotations

from typing import Annotated

import typer

from glasstown.cli.options import Json
from glasstown.cli.output import finish


def targets(
    use: Annotated[
        str | None, typer.Option("--use", metavar="USE", help="Only those of one use: train, hold-out, context.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Tell what is published and a town can be held to.

    Each figure with its source, how uncertain it is, how far off the model may be and why, and whether the calibration sees it.

    \b
    Examples:
      glasstown targets
      glasstown targets --use hold-out
    """
    from glasstown import api

    finish(api.targets(use=use), as_json=as_json)
