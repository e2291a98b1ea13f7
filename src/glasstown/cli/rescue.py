"""`glasstown rescue`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from glasstown.cli.options import Json, whole
from glasstown.cli.output import finish
from glasstown.incoming import path_of


def rescue(
    run: Annotated[Path, typer.Argument(metavar="RUN", help="Folder of a finished run.", parser=path_of)],
    person: Annotated[
        str | None, typer.Argument(metavar="[PERSON]", help="Number of a person; without one, who is listed.")
    ] = None,
    under: Annotated[
        str | None,
        typer.Option(metavar="ID", help="The rulebook to ask under; by default the first that lists the person."),
    ] = None,
    firm: Annotated[
        bool, typer.Option("--firm", help="The number is a firm's; without one, firms are listed.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Tell what would have saved a person: the smallest changes after which the life does not end on a black list.

    An act left undone, a way out taken in time, a wrong record never made, another rule; each is lived again and
    verified. Without PERSON it lists who ends the run on a black list. Under a rulebook of grades that lists nobody, it asks
    what would have kept somebody out of a worse grade than everybody starts in.

    \b
    Examples:
      glasstown rescue runs/first
      glasstown rescue runs/first 188
      glasstown rescue runs/firms 12 --firm
    """
    from glasstown import api

    number = whole(person, "PERSON") if person is not None else None
    finish(api.rescue(run, number, under=under, firm=firm), as_json=as_json)
