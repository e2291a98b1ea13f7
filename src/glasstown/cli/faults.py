"""Whatever goes wrong, in one clear message and an exit code: nothing here ever shows a traceback unasked.

`GLASSTOWN_DEBUG=1` shows the traceback of a fault of Glasstown itself.
"""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from glasstown.cli.output import say
from glasstown.cli.stopped import INTERRUPTED_EXIT
from glasstown.errors import GlasstownError, Stopped, nearest
from glasstown.paths import installation_fault

if TYPE_CHECKING:
    from typer.exceptions import TyperException

REQUEST_EXIT = 2


class StoppedError(GlasstownError):
    """The user stopped a command; the message says what is safe and how to go on."""

    exit_code = INTERRUPTED_EXIT


@contextmanager
def own_words() -> Iterator[None]:
    """Say what lies in the folder of a command that the user stops, and how to go on; before there is one, nothing was changed."""
    try:
        yield
    except Stopped as stop:
        raise StoppedError(str(stop)) from None


def tell(problem: BaseException) -> int:
    """Say what went wrong on stderr and return the exit code."""
    if isinstance(problem, GlasstownError):
        say(str(problem))
        _say_incomplete(str(problem))
        return problem.exit_code
    if isinstance(problem, OSError):
        say(_system_words(problem))
        _say_incomplete("")
        return REQUEST_EXIT
    if isinstance(problem, MemoryError):
        say("The memory of this machine is not enough for that. Ask for fewer people or months.")
        return REQUEST_EXIT
    if os.environ.get("GLASSTOWN_DEBUG"):
        import traceback

        say("".join(traceback.format_exception(problem)))
    say(
        f"This is a fault of Glasstown itself, not of your request ({type(problem).__name__}: {problem}). "
        "What was finished on disk is safe. Please report it, with what GLASSTOWN_DEBUG=1 shows."
    )
    return REQUEST_EXIT


def _say_incomplete(said: str) -> None:
    """Say that files of the installation are gone, where they are and it was not said: what went wrong may come of that."""
    incomplete = installation_fault()
    if incomplete is not None and str(incomplete) not in said:
        say(str(incomplete))


def _has_working_folder() -> bool:
    try:
        os.getcwd()
    except FileNotFoundError:
        return False
    return True


def _system_words(problem: OSError) -> str:
    name = problem.filename if problem.filename is not None else "a file"
    if problem.filename is None and not _has_working_folder():
        return "the working folder: found none, it has been removed or moved away. Change to a folder that is there, then try again."
    if problem.errno in (errno.ENOSPC, errno.EDQUOT):
        return (
            f"The disk is full, found while writing {name}. What was finished is safe. "
            "Free some space and give the command again; an interrupted run goes on with: glasstown resume DIR"
        )
    if problem.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return f"{name}: reading or writing is not permitted here. Choose another folder or file, or change its rights."
    if problem.errno in (errno.ENOENT, errno.ENOTDIR):
        return f"{name}: found no such file or folder. Check the path."
    if problem.errno == errno.EISDIR:
        return f"{name}: found a folder; expected a file. Name the file."
    return f"{name}: the system answers '{problem.strerror or problem}'. Check the path and the disk, then try again."


def tell_request(problem: TyperException) -> int:
    """Say what is wrong with options or arguments, with the nearest spelling, and return the exit code."""
    context = getattr(problem, "ctx", None)
    path = context.command_path if context is not None else "glasstown"
    option = getattr(problem, "option_name", None)
    message = problem.format_message() if hasattr(problem, "format_message") else str(problem)
    if option is not None and re.fullmatch(r"-\d.*", option):
        message = "found a number with a minus; numbers begin at 0."
    elif option is not None and context is not None and message.startswith("No such option"):
        known = [name for parameter in context.command.params for name in parameter.opts]
        close = nearest(option, [*known, "--help"])
        message = f"there is no option '{option}'. " + (f"Did you mean '{close}'?" if close else "")
    if message.startswith("Got unexpected extra argument") and path.endswith(" case"):
        message = f"{message.strip()}. Several rulebooks go with commas between them: {path} A,B CASE"
    say(f"{path}: {message.strip()}\nSee: {path} --help")
    return REQUEST_EXIT
