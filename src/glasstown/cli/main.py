"""The command `glasstown`: the one place where errors become messages and exit codes.

Nothing is imported up here that takes time: whatever moment a command is stopped in, `entry` has begun.
"""

from __future__ import annotations

import sys

from glasstown.cli.stopped import INTERRUPTED_EXIT, INTERRUPTED_WORDS, deafen, exit_code, listen, was_told

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import NoReturn


def main(arguments: Sequence[str]) -> int:
    """Run one command line and return its exit code; never raises for what a user can cause."""
    try:
        code = _run(arguments)
        return code if code != INTERRUPTED_EXIT else _interrupted()
    except KeyboardInterrupt:
        return _interrupted()
    except SystemExit as ending:
        return ending.code if isinstance(ending.code, int) else 0
    except Exception as problem:
        return _told(problem)


def _run(arguments: Sequence[str]) -> int:
    from glasstown.cli.output import words_on_stderr
    from glasstown.cli.verbs import PROGRAM, build
    from glasstown.incoming import check_arguments

    check_arguments(arguments)
    with words_on_stderr():
        code = build()(args=list(arguments or ["--help"]), prog_name=PROGRAM, standalone_mode=False)
    return code if isinstance(code, int) else 0


def _told(problem: Exception) -> int:
    """Say what went wrong and return the exit code; what a library made of being told to stop is no fault."""
    from typer.exceptions import TyperException

    from glasstown.cli.faults import StoppedError, tell, tell_request
    from glasstown.errors import GlasstownError

    if isinstance(problem, TyperException):
        return tell_request(problem)
    if was_told() and not isinstance(problem, GlasstownError):
        return _interrupted()
    if isinstance(problem, StoppedError):
        deafen()
        tell(problem)
        return exit_code()
    return tell(problem)


def _interrupted() -> int:
    """Say that nothing was changed and return the exit code."""
    deafen()
    if sys.stderr is not None:
        try:
            sys.stderr.write(INTERRUPTED_WORDS + "\n")
            sys.stderr.flush()
        except (OSError, ValueError):
            pass  # nobody listens
    return exit_code()


def entry() -> NoReturn:
    """Run the command line of this process."""
    try:
        listen()
        from glasstown.cli import process

        process.begin("".join(sys.argv[1:2]))
        code = main(sys.argv[1:])
        deafen()
        process.end()
    except KeyboardInterrupt:
        code = _interrupted()
    sys.exit(code)
