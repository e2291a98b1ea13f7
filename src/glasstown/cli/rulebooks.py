"""`glasstown rulebooks`."""

from __future__ import annotations

from glasstown.cli.options import Json
from glasstown.cli.output import finish


def rulebooks(as_json: Json = False) -> None:
    """List the rulebooks that ship.

    Id, title, place, years, subjects, clauses (how many have a known value, an unknown value, or an effect that is
    not a number), how well documented, and the readings where the sources leave something open.

    \b
    Example:
      glasstown rulebooks
    """
    from glasstown import api

    finish(api.rulebooks(), as_json=as_json)
