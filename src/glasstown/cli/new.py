"""`glasstown new`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from glasstown.cli.options import Json
from glasstown.cli.output import finish
from glasstown.incoming import path_of


def new(
    folder: Annotated[
        Path,
        typer.Argument(metavar="FOLDER", help="The folder to make; its name is the rulebook's id.", parser=path_of),
    ],
    list_: Annotated[bool, typer.Option("--list", help="Begin with a list: grounds, ways out, an objection.")] = False,
    score: Annotated[bool, typer.Option("--score", help="Begin with a score and grades; the usual.")] = False,
    as_json: Json = False,
) -> None:
    """Begin a rulebook of your own: a small draft that passes `check`, with comments that say what each part is for.

    A folder that is there is left as it is, and the command ends with 2.

    \b
    Examples:
      glasstown new my-city
      glasstown new my-list --list
    """
    from glasstown import api

    finish(api.new(folder, list_=list_, score=score), as_json=as_json)
