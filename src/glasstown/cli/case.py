"""`glasstown case`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from glasstown.cli import completion
from glasstown.cli.options import Json
from glasstown.cli.output import FINDINGS_EXIT, finish, say
from glasstown.incoming import path_of

STDOUT = Path("/dev/stdout")


def case(
    rulebook: Annotated[
        str,
        typer.Argument(
            metavar="ID",
            help="A rulebook, several with commas between them, or a preset: by id or path, either with @READING.",
            autocompletion=completion.rulebooks,
        ),
    ],
    file: Annotated[
        str,
        typer.Argument(
            metavar="CASE",
            help="One hypothetical life: a file in YAML, or a worked case of the rulebook.",
            autocompletion=completion.cases,
        ),
    ],
    certificate: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="Print the certificate of grade too, where the scheme has one.", parser=path_of
        ),
    ] = None,
    as_json: Json = False,
) -> None:
    """Tell one hypothetical life, clause by clause.

    The life is typed by hand, event by event; the answer is a line for every change of score, grade, list and measure,
    with the clause behind it and its source. There is no reader for many lives, and no field for who somebody is.

    Under several rulebooks, or a preset, one life is told day by day under all of them, with the last state under each.
    What a rulebook has no use for is left out there and named; what none of them has a use for is a fault.

    Ends with 1 where the case says what to expect and the rulebook answers otherwise, and where either has faults.

    \b
    Examples:
      glasstown case suining-2010 red-light-and-found-money
      glasstown case suining-2010 my-case.yaml
      glasstown case suining-2010,rongcheng-2013,cn-court-list-2017 my-case.yaml
      glasstown case rongcheng-2013 visit-earns-four --certificate certificate.html
    """
    from glasstown import api
    from glasstown.errors import CaseError, Fault, RulebookError, UsageError

    if as_json and certificate == STDOUT:
        fault = Fault(
            "--json", None, "--certificate /dev/stdout beside it", "one document on standard output", "Leave one out."
        )
        raise UsageError("case", [fault])
    try:
        told = api.case(rulebook, file, certificate=certificate)
    except (CaseError, RulebookError) as problem:  # what was asked about has faults; the request itself was right
        say(str(problem))
        raise typer.Exit(FINDINGS_EXIT) from None
    if certificate == STDOUT:
        raise typer.Exit(told.exit_code)
    finish(told, as_json=as_json)
