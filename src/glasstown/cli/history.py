"""`glasstown timeline`, `glasstown agencies` and `glasstown areas`."""

from __future__ import annotations

from typing import Annotated

import typer

from glasstown.cli.options import Json, record_date
from glasstown.cli.output import finish

_WHEN = "a year, a month or a day: 2016, 2016-09 or 2016-09-25"


def timeline(
    rulebook: Annotated[str | None, typer.Option(metavar="ID", help="Only what bears on this rulebook.")] = None,
    since: Annotated[str | None, typer.Option(metavar="DATE", help=f"From {_WHEN}.")] = None,
    until: Annotated[str | None, typer.Option(metavar="DATE", help="Up to such a date, it included.")] = None,
    as_json: Json = False,
) -> None:
    """Tell what happened when, from 1999 to 2026, with sources.

    \b
    Examples:
      glasstown timeline --since 2013 --until 2016
      glasstown timeline --rulebook cn-court-list-2017
    """
    from glasstown import api

    first = record_date(since, "--since") if since is not None else None
    last = record_date(until, "--until") if until is not None else None
    finish(api.timeline(rulebook=rulebook, since=first, until=last), as_json=as_json)


def agencies(
    agency: Annotated[list[str] | None, typer.Argument(metavar="[ID]...", help="Agencies; all without one.")] = None,
    as_json: Json = False,
) -> None:
    """Tell which agency records what, what it may do, and with whom it shares since when.

    \b
    Examples:
      glasstown agencies
      glasstown agencies courts railway
    """
    from glasstown import api

    finish(api.agencies(*(agency or ())), as_json=as_json)


def areas(as_json: Json = False) -> None:
    """Tell which areas took part: 43 pilots, 130 demonstration areas, and of which of them rules are on file.

    \b
    Example:
      glasstown areas
    """
    from glasstown import api

    finish(api.areas(), as_json=as_json)
