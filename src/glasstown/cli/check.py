"""`glasstown check`."""

from __future__ import annotations

from typing import Annotated

import typer

from glasstown.cli.options import Json
from glasstown.cli.output import finish


def check(
    rulebooks: Annotated[list[str], typer.Argument(metavar="PATH-or-ID...", help="Rulebooks to check.")],
    as_json: Json = False,
) -> None:
    """Check rulebooks: every fault, with places.

    Each fault says where it stands, what was found, what was expected and the way out.
    Ends with 0 when all are sound and with 1 when any has a fault.

    \b
    Examples:
      glasstown check suining-2010
      glasstown check my-city/rules.yaml
    """
    from glasstown import api

    finish(api.check(*rulebooks), as_json=as_json)
