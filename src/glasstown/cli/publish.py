"""`glasstown publish`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from glasstown.cli.options import Json, RunFolder, whole
from glasstown.cli.output import finish, is_terminal, progress, say
from glasstown.incoming import path_of
from glasstown.runs.arguments import Agree


def publish(
    run: RunFolder,
    folder: Annotated[
        Path,
        typer.Argument(
            metavar="DIR", help="The folder to write: a new one, an empty one, or earlier pages.", parser=path_of
        ),
    ],
    lives: Annotated[
        str | None, typer.Option(metavar="N", help="How many lives are among the pages at most.  [default: 200]")
    ] = None,
    alone: Annotated[
        bool, typer.Option("--alone", help="Leave out the stories and papers, which are of other towns.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Write without asking; only a terminal is asked.")] = False,
    size: Annotated[bool, typer.Option("--size", help="Tell how large it would be, and write nothing.")] = False,
    as_json: Json = False,
) -> None:
    """Write the explorer's pages of one run as files, for a newspaper, a class or a museum.

    They open from a disk and under any address, without the program and without scripts, and ask nothing of another host.
    The size is told before anything is written. Desks and changed rules need the program; the pages say so.

    \b
    Examples:
      glasstown publish runs/cn-2019-1 pages
      glasstown publish runs/cn-2019-1 pages --size
      glasstown publish runs/cn-2019-1 pages --alone --lives 30 --yes
    """
    from glasstown import api

    with progress("Making pages", "pages") as report:
        answer = api.publish(
            run, folder, lives=whole(lives, "--lives") if lives is not None else None, alone=alone, size=size,
            agree=None if size else _agree(asks=not yes), progress=report,
        )  # fmt: skip
    finish(answer, as_json=as_json)


def _agree(*, asks: bool) -> Agree:
    """Return what tells the size, and on a terminal asks; a script is told and not held up."""

    def agree(size: str) -> bool:
        say(f"The pages are {size}.")
        if not asks or not (is_terminal(sys.stdin) and is_terminal(sys.stderr)):
            return True
        return typer.confirm("Write them?", default=True, err=True)

    return agree
