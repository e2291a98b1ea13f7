"""What a shell asks at the tab key: commands and options by Typer, rulebooks and worked cases from here."""

from __future__ import annotations

import os
from typing import Final

import typer

from glasstown.cli.output import write
from glasstown.runs.usage import refuse

PROGRAM: Final = "glasstown"
ASKED_IN: Final = "_GLASSTOWN_COMPLETE"
"""environment variable in which a shell asks"""
SHELLS: Final = ("bash", "zsh", "fish", "powershell", "pwsh")


def listen() -> None:
    """Let Typer know the shells that it can answer, where one asks; any other start does without."""
    if ASKED_IN in os.environ:
        from typer._completion_classes import completion_init

        completion_init()


def script(shell: str | None) -> None:
    """Print the lines that teach a shell to ask, and end; UsageError for a shell that is not known."""
    if shell is None:
        return
    if shell not in SHELLS:
        refuse("--completion", f"'{shell}'", f"one of {', '.join(SHELLS)}", "Name your shell.")
    from typer._completion_shared import get_completion_script

    write(get_completion_script(prog_name=PROGRAM, complete_var=ASKED_IN, shell=shell) + "\n")
    raise typer.Exit


def rulebooks(incomplete: str) -> list[str]:
    """Return the shipped rulebooks whose ids begin like this."""
    from glasstown.language.texts import shipped

    return [name for name in shipped() if name.startswith(incomplete)]


def cases(ctx: typer.Context, incomplete: str) -> list[str]:
    """Return the worked cases of the rulebook that stands before, as far as they begin like this."""
    from glasstown.cases.beside import case_files, name_of
    from glasstown.errors import GlasstownError
    from glasstown.language.texts import locate

    try:
        folder = locate(str(ctx.params.get("rulebook") or ""))[0].parent
    except GlasstownError:
        return []
    names = (name_of(folder, path) for path in case_files(folder))
    return [name for name in names if name.startswith(incomplete)]


def firms(incomplete: str) -> list[str]:
    """Return the worked firms whose names begin like this."""
    from glasstown.cases.firm_file import worked_firms

    return [name for name in worked_firms() if name.startswith(incomplete)]
