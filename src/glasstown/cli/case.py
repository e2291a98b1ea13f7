"""`glasstown case`."""

from __future__ import annotations

from typing import Annotated

import typer

from glasstown.cli import completion
from glasstown.cli.options import Json, Reference
from glasstown.cli.output import FINDINGS_EXIT, finish, say


def case(
    rulebook: Reference,
    file: Annotated[
        str,
        typer.Argument(
            metavar="CASE",
            help="One hypothetical life: a file in YAML, or a worked case of the rulebook.",
            autocompletion=completion.cases,
        ),
    ],
    as_json: Json = False,
) -> None:
    """Tell one hypothetical life, clause by clause.

    The life is typed by hand, event by event; the answer is a line for every change of score, grade, list and measure,
    with the clause behind it and its source. There is no reader for many lives, and no field for who somebody is.

    Ends with 1 where the case says what to expect and the rulebook answers otherwise, and where either has faults.

    \b
    Examples:
      glasstown case suining-2010 red-light-and-found-money
      glasstown case suining-2010 my-case.yaml
    """
    from glasstown import api
    from glasstown.errors import CaseError, RulebookError

    try:
        told = api.case(rulebook, file)
    except (CaseError, RulebookError) as problem:  # what was asked about has faults; the request itself was right
        say(str(problem))
        raise typer.Exit(FINDINGS_EXIT) from None
    finish(told, as_json=as_json)
