"""`glasstown resume`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from glasstown.cli.faults import own_words
from glasstown.cli.options import Json, Trust, Whole
from glasstown.cli.output import finish, progress
from glasstown.incoming import path_of


def resume(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The folder of a run.", parser=path_of)],
    trust_mechanism: Trust = None,
    is_whole: Whole = False,
    as_json: Json = False,
) -> None:
    """Go on with a run that was interrupted.

    It starts from the newest whole checkpoint and ends in the same digest as a run that nobody interrupted. On a
    finished run it prints the result, and where a file of it lacks or differs, it lives the run again.

    \b
    Example:
      glasstown resume runs/suining-2010-1
    """
    from glasstown import api

    with own_words(), progress("Living", "months") as report:
        town = api.resume(folder, trust_mechanism=trust_mechanism, all=is_whole, progress=report)
    finish(town, as_json=as_json)
