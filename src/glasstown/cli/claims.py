"""`glasstown claims`."""

from __future__ import annotations

from typing import Annotated

import typer

from glasstown.cli.options import Json, whole
from glasstown.cli.output import finish


def claims(
    number: Annotated[list[str] | None, typer.Argument(metavar="[N]...", help="Rows; all without one.")] = None,
    verdict: Annotated[
        str | None,
        typer.Option(metavar="VERDICT", help="Only rows that are: traced, conflicting, not found, context, left out."),
    ] = None,
    about: Annotated[
        str | None, typer.Option(metavar="WORD", help="Only rows with this word in them, or these words in a row.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Tell what became of each claim of the article that this project began with.

    What the record says of it, what in the project shows it, and what is missing.

    \b
    Examples:
      glasstown claims 35
      glasstown claims --verdict conflicting
      glasstown claims --about "national score"
    """
    from glasstown import api

    numbers = [whole(text, "claim") for text in number or ()]
    finish(api.claims(*numbers, verdict=verdict, about=about), as_json=as_json)
