"""`glasstown firm`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from glasstown.cli import completion
from glasstown.cli.options import STDOUT, Json
from glasstown.cli.output import finish
from glasstown.incoming import path_of


def firm(
    file: Annotated[
        str,
        typer.Argument(
            metavar="FIRM",
            help="One hypothetical firm: a file in YAML, or a worked firm by its name.",
            autocompletion=completion.firms,
        ),
    ],
    page: Annotated[
        Path | None,
        typer.Option("--html", metavar="FILE", help="Write it into a page that prints well, too.", parser=path_of),
    ] = None,
    as_json: Json = False,
) -> None:
    """Tell one hypothetical firm under every corporate rulebook in force.

    The file says what the firm is (sector, size, age, licences, place) and what happened to it, when. The answer tells its ratings
    over time, inspections to expect, gates that close, what reaches those who lead it, what partners see, and how each entry is
    repaired, each line with its clause and source. There is no field for who the firm is.

    \b
    Examples:
      glasstown firm factory
      glasstown firm my-firm.yaml
      glasstown firm my-firm.yaml --html my-firm.html
    """
    from glasstown import api
    from glasstown.errors import Fault, UsageError

    if as_json and page == STDOUT:
        fault = Fault(
            "--json", None, "--html /dev/stdout beside it", "one document on standard output", "Leave one out."
        )
        raise UsageError("firm", [fault])
    told = api.firm(file, html=page)
    if page == STDOUT:
        raise typer.Exit(told.exit_code)
    finish(told, as_json=as_json)
