"""`glasstown life`."""

from __future__ import annotations

from typing import Annotated

import typer

from glasstown.cli.options import Json, RunFolder
from glasstown.cli.output import finish


def life(
    run: RunFolder,
    person: Annotated[
        str,
        typer.Argument(
            metavar="PERSON", help="Number of a synthetic person, from 0; 17.0 is who lived in place 17 first."
        ),
    ],
    firm: Annotated[bool, typer.Option("--firm", help="The number is a firm's.")] = False,
    under: Annotated[
        str | None, typer.Option(metavar="RULEBOOK", help="Tell it under this one of the run's rulebooks alone.")
    ] = None,
    verify: Annotated[
        bool, typer.Option("--verify", help="Tell the life in both readings and against the run; 1 where they differ.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Tell one synthetic life of a run.

    What happened, what was recorded, what followed, and why: the person's neighbourhood is lived again from the run's
    manifest, and every change is told with its clause and source.  A number is a place in a household; without the number of a tenant
    behind it, who lives there at the end is told.

    \b
    Examples:
      glasstown life runs/suining-2010-1 4711
      glasstown life runs/suining-2010-1 4711 --verify
      glasstown life runs/suining-2010-1 4711.0
      glasstown life runs/cn-2019-1 12 --firm --verify
    """
    from glasstown import api

    finish(api.life(run, person, verify=verify, firm=firm, under=under), as_json=as_json)
