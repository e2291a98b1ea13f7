"""`glasstown rulebooks`."""

from __future__ import annotations

from typing import Annotated

import typer

from glasstown.cli.options import Json, day
from glasstown.cli.output import finish


def rulebooks(
    kind: Annotated[
        str | None,
        typer.Option(metavar="KIND", help="Only those that score: person, firm, household, organisation, public body."),
    ] = None,
    place: Annotated[
        str | None, typer.Option(metavar="TEXT", help="Only those whose place has this text in it.")
    ] = None,
    act: Annotated[str | None, typer.Option(metavar="ACT", help="Only those with a clause for this act.")] = None,
    only_rewards: Annotated[
        bool, typer.Option("--only-rewards", help="Only those that give and never take, as far as the record goes.")
    ] = False,
    as_at: Annotated[
        str | None,
        typer.Option(metavar="DATE", help="Only those in force on this day, or perhaps in force (YYYY-MM-DD)."),
    ] = None,
    as_json: Json = False,
) -> None:
    """List the rulebooks that ship, one line each.

    Years, how far each runs, clauses (executable, unknown, shown only), lists, measures, redress, and how well
    documented its statements are.

    \b
    Examples:
      glasstown rulebooks
      glasstown rulebooks --place shandong --act late-utility-bill
      glasstown rulebooks --only-rewards --as-at 2019-06-30
    """
    from glasstown import api

    when = day(as_at, "--as-at") if as_at is not None else None
    finish(api.rulebooks(kind=kind, place=place, act=act, only_rewards=only_rewards, as_at=when), as_json=as_json)
