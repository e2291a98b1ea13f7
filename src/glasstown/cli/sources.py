"""`glasstown sources`."""

from __future__ import annotations

from typing import Annotated

import typer

from glasstown.cli.options import Json
from glasstown.cli.output import finish


def sources(
    rulebooks: Annotated[
        list[str] | None, typer.Argument(metavar="[ID]...", help="Rulebooks; everything that is cited without one.")
    ] = None,
    bibtex: Annotated[bool, typer.Option("--bibtex", help="Print a BibTeX file.")] = False,
    as_json: Json = False,
) -> None:
    """List every work that is cited, and by which rulebooks.

    \b
    Examples:
      glasstown sources cn-court-list-2017
      glasstown sources --bibtex > glasstown.bib
    """
    from glasstown import api

    finish(api.sources(*(rulebooks or ()), bibtex=bibtex), as_json=as_json)
