"""`glasstown compare-rules`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from glasstown.cli.options import Json, day
from glasstown.cli.output import finish
from glasstown.incoming import path_of


def compare_rules(
    rulebooks: Annotated[
        list[str] | None, typer.Argument(metavar="ID ID...", help="Rulebooks: ids, paths, either with @READING.")
    ] = None,
    part: Annotated[
        list[str] | None,
        typer.Option(
            metavar="PART",
            help="This part alone: scheme, clauses, others, grades, lists, measures, reach, publicity, redress; may be repeated.",
        ),
    ] = None,
    as_at: Annotated[
        str | None, typer.Option(metavar="DATE", help="Say which are in force on this day (YYYY-MM-DD).")
    ] = None,
    only_differences: Annotated[bool, typer.Option("--only-differences", help="Leave out what all say alike.")] = False,
    matrix: Annotated[
        str | None,
        typer.Option(metavar="WHAT", help="By topic, each cell a cited answer: rights, acts or measures."),
    ] = None,
    csv: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Write the matrix as CSV, a statement a row, with sources.", parser=path_of),
    ] = None,
    html: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Write the matrix as a page, to be read or printed.", parser=path_of),
    ] = None,
    sources: Annotated[
        bool, typer.Option("--sources", help="Evidence, source and place behind every statement.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Lay rulebooks side by side.

    The same act in each, then grades, lists, measures by gate, who else is reached, publicity and redress. What was
    not read is unknown, and differs from nothing. With a part and no rulebook, all that ship are compared.

    With --matrix rulebook by topic, rights, acts or measures: a cell says something, denies it, is silent, absent or unread.

    \b
    Examples:
      glasstown compare-rules rongcheng-2013 rongcheng-2019 --only-differences
      glasstown compare-rules rongcheng-2013@one-point-b rongcheng-2013@a-to-960 --part grades --sources
      glasstown compare-rules --part reach
      glasstown compare-rules cn-henan-credit-2019 suining-2010 --matrix rights --html rights.html
    """
    from glasstown import api

    answer = api.compare_rules(
        *(rulebooks or ()),
        part=part or (),
        as_at=day(as_at, "--as-at") if as_at is not None else None,
        only_differences=only_differences,
        sources=sources,
        matrix=matrix,
        csv=csv,
        html=html,
    )
    finish(answer, as_json=as_json)
