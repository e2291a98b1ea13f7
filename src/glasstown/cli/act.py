"""`glasstown act`."""

from __future__ import annotations

from typing import Annotated

import typer

from glasstown.cli.options import Json, day
from glasstown.cli.output import finish


def act(
    acts: Annotated[
        list[str] | None, typer.Argument(metavar="[ACT]...", help="Acts; `glasstown act` alone lists them.")
    ] = None,
    about: Annotated[
        str | None, typer.Option(metavar="WORD", help="Clauses with this word in them or in their act.")
    ] = None,
    with_: Annotated[
        list[str] | None, typer.Option("--with", metavar="PATH", help="A further rulebook; may be repeated.")
    ] = None,
    as_at: Annotated[
        str | None, typer.Option(metavar="DATE", help="Say which rulebooks are in force on this day (YYYY-MM-DD).")
    ] = None,
    as_json: Json = False,
) -> None:
    """Tell what all rulebooks do about one act.

    The clause that answers, directly or through a more general act; points, fine, list, lapse, who records it,
    evidence and source; and which rulebooks say nothing. Without ACT the acts are listed, by class of conduct.

    \b
    Examples:
      glasstown act late-utility-bill
      glasstown act --about warning
      glasstown act
    """
    from glasstown import api

    when = day(as_at, "--as-at") if as_at is not None else None
    finish(api.act(*(acts or ()), about=about, with_=with_ or (), as_at=when), as_json=as_json)
