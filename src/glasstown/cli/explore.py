"""`glasstown explore`."""

from __future__ import annotations

from typing import Annotated

import typer

from glasstown.cli.faults import StoppedError
from glasstown.cli.options import Json, number, numbers
from glasstown.cli.output import finish


def explore(
    port: Annotated[str | None, number("Port; 0 takes one that is free.  [default: 8753]", metavar="PORT")] = None,
    listen: Annotated[
        str | None,
        typer.Option(
            metavar="ADDRESS",
            help="Where to listen; other than this machine alone asks for a token.  [default: 127.0.0.1]",
        ),
    ] = None,
    towns: Annotated[bool, typer.Option("--towns", help="List the towns that it offers, and end.")] = False,
    as_json: Json = False,
) -> None:
    """Look at schemes, towns and lives in a browser, and change a rule, on this machine alone.

    The address to open is printed; Ctrl-C ends it. Towns live in memory and in a folder that goes with the process.
    Nothing is sent anywhere, and no page asks for anything from another host.

    \b
    Examples:
      glasstown explore
      glasstown explore --port 9000
      glasstown explore --towns
    """
    from glasstown import api

    try:
        answer = api.explore(**numbers(port=port), listen=listen, towns=towns)
    except KeyboardInterrupt:
        raise StoppedError("The explorer has ended. Nothing of it is left on disk.") from None
    finish(answer, as_json=as_json)
