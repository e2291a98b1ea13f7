"""`glasstown ensemble`."""

from __future__ import annotations

from typing import Annotated

import typer

from glasstown.cli.options import Json, number, numbers
from glasstown.cli.output import finish, progress


def ensemble(
    verify: Annotated[str | None, number("Live so many random members anew, with other luck.")] = None,
    seed: Annotated[str | None, number("Seed that chooses and lives them.  [default: 1]", metavar="S")] = None,
    holdout: Annotated[
        bool, typer.Option("--holdout", help="Hold the members to what the calibration has not seen.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Tell of the towns that ship as not ruled out by the record, and hold them to it.

    With --verify each of some members, lived anew, must come near nine in ten of the targets that it was calibrated to; with
    --holdout intervals of 80 per cent must cover between 60 and 95 per cent of the hold-outs, and every miss have its cause.

    \b
    Examples:
      glasstown ensemble
      glasstown ensemble --verify 20 --seed 99
      glasstown ensemble --holdout
    """
    from glasstown import api

    given = {name: value for name, value in numbers(verify=verify, seed=seed).items() if value is not None}
    with progress("Living members anew", "members") as report:
        answer = api.ensemble(**given, holdout=holdout, progress=report)
    finish(answer, as_json=as_json)
