"""`glasstown report`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from glasstown.cli.options import STDOUT, Json, RunFolder, check_one_document, whole
from glasstown.cli.output import finish
from glasstown.incoming import path_of


def report(
    run: RunFolder,
    life: Annotated[
        str | None, typer.Option(metavar="PERSON", help="Tell this person's life; by default one is chosen.")
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="The file to write; by default report.html in the run's folder.", parser=path_of
        ),
    ] = None,
    under: Annotated[
        str | None, typer.Option(metavar="RULEBOOK", help="Tell this one of the run's rulebooks; by default all.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Write a run as one self-contained HTML file.

    The town, one life step by step, the sources and the limits; it opens in any browser and needs no network.

    \b
    Examples:
      glasstown report runs/suining-2010-1
      glasstown report runs/suining-2010-1 --life 4711 --out suining.html
    """
    from glasstown import api

    check_one_document("report", out, as_json=as_json)
    person = whole(life, "--life") if life is not None else None
    answer = api.report(run, life=person, out=out, under=under)
    if out != STDOUT:
        finish(answer, as_json=as_json)
