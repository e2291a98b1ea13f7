"""`glasstown dataset`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from glasstown.cli.options import Json
from glasstown.cli.output import finish
from glasstown.incoming import path_of


def dataset(
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", help="The folder to make; an earlier dataset is replaced.", parser=path_of)
    ],
    as_json: Json = False,
) -> None:
    """Write the whole record as tables: CSV and Parquet, with a codebook and a Frictionless data package.

    Schemes, clauses, grades, lists, measures, redress, sources, timeline, agencies, areas, claims, gates, acts and parameters, each
    statement with its source and how well it is documented. The same version writes the same bytes.

    \b
    Examples:
      glasstown dataset record
    """
    from glasstown import api

    finish(api.dataset(folder), as_json=as_json)
