"""`glasstown query`."""

from __future__ import annotations

from typing import Annotated

import typer

from glasstown.cli.options import Json, RunFolder
from glasstown.cli.output import finish


def query(
    run: RunFolder,
    sql: Annotated[str, typer.Argument(metavar="SQL", help="One statement that selects.")],
    as_json: Json = False,
) -> None:
    """Ask a run a question in SQL.

    DuckDB reads the tables months, events, inbox, mail, hashes and final; nothing can be written and no other file be read.

    \b
    Example:
      glasstown query runs/suining-2010-1 "select month, item, sum(value) as people from months
        where account = 'grades' and kind = 'person' group by all order by all"
    """
    from glasstown import api

    finish(api.query(run, sql), as_json=as_json)
