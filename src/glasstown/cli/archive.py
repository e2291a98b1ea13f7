"""`glasstown archive` and `glasstown unpack`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from glasstown.cli.options import STDOUT, Json, RunFolder, check_one_document
from glasstown.cli.output import finish
from glasstown.incoming import path_of


def archive(
    run: RunFolder,
    out: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="The file to write; by default RUN.tar beside the run's folder.", parser=path_of
        ),
    ] = None,
    as_json: Json = False,
) -> None:
    """Pack a finished run, or a comparison with all its runs, into one file that can be passed on.

    It holds everything that living the run again and drawing its pictures needs, with the SHA-256 of every file, a citation and
    a page to read first. The same run gives the same bytes.

    \b
    Examples:
      glasstown archive runs/suining-2010-1
      glasstown archive runs/compare-1
    """
    from glasstown import api

    check_one_document("archive", out, as_json=as_json)
    answer = api.archive(run, out=out)
    if out != STDOUT:
        finish(answer, as_json=as_json)


def unpack(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="A file that `glasstown archive` wrote.", parser=path_of)
    ],
    folder: Annotated[
        Path | None,
        typer.Argument(metavar="[DIR]", help="The folder to make; by default named as the file.", parser=path_of),
    ] = None,
    as_json: Json = False,
) -> None:
    """Make the folder of a run, or of a comparison, out of an archive, once every checksum in it was found right.

    Nothing is written where anything in the file is not as `glasstown archive` wrote it. `glasstown run` on the folder lives the
    run again by the texts in it, `glasstown compare` a comparison.

    \b
    Example:
      glasstown unpack suining-2010-1.tar
    """
    from glasstown import api

    finish(api.unpack(file, folder), as_json=as_json)
