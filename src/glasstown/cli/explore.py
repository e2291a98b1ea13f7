"""`glasstown explore`."""

from __future__ import annotations

from typing import Annotated

import typer

from glasstown.cli.options import number, whole
from glasstown.cli.output import write
from glasstown.errors import Fault, UsageError

MOST_PORT = 65_535


def explore(
    port: Annotated[str, number("Port; 0 takes one that is free.", metavar="PORT")] = "8753",
    listen: Annotated[
        str, typer.Option(metavar="ADDRESS", help="Where to listen: beyond this machine alone, a token is asked for.")
    ] = "127.0.0.1",
) -> None:
    """Look at schemes, towns and lives in a browser, and change a rule, on this machine alone.

    The address to open is printed; Ctrl-C ends it. Towns live in memory and in a folder that goes with the process.
    Nothing is sent anywhere, and no page asks for anything from another host.

    \b
    Examples:
      glasstown explore
      glasstown explore --port 9000
    """
    from glasstown.explorer.needed import check_installed

    check_installed()
    from glasstown.explorer.serving import serve

    asked = whole(port, "--port")
    if asked > MOST_PORT:
        raise UsageError("The explorer", [Fault("--port", None, port, f"0 to {MOST_PORT}", "8753 is the usual one.")])
    serve(listen, asked, lambda address: write(f"Open {address} in a browser. Ctrl-C ends the explorer.\n"))
