"""What is said to a caller in Python: arguments by their keywords, where the commands say options.

Messages are written once, in the words of the commands.  Whoever asked from Python has typed no `--out`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache, wraps
from typing import Final, ParamSpec, TypeVar

from glasstown.errors import Fault, FaultsError
from glasstown.exact import whole_number

P = ParamSpec("P")
R = TypeVar("R")

COMMAND: Final = re.compile(r"`glasstown [^`]*`|'[^']*'")
"""what stays as it is: a whole command, and what was typed"""
OPTION: Final = re.compile(
    r"(?P<tick>`?)--(?P<name>[a-z][a-z-]*)(?:[ =](?P<value>[\w./:-]*\d[\w./:-]*|[\w./-]+(?=`)))?(?P=tick)"
)
ON_LINE: Final = re.compile(r" on the command line\b")


def in_python(text: str) -> str:
    """Return a sentence with options as keywords of Python.

    >>> in_python("Give another name with --out."), in_python("such as --start 1900-01, or `--about warning`")
    ('Give another name with out=.', "such as start='1900-01', or about='warning'")
    >>> in_python("Finish it with `glasstown resume runs/a --threads 2`.")
    'Finish it with `glasstown resume runs/a --threads 2`.'
    """
    kept, parts = COMMAND.findall(text), COMMAND.split(text)
    told = [ON_LINE.sub("", OPTION.sub(_keyword, part)) for part in parts]
    return "".join(part + (kept[n] if n < len(kept) else "") for n, part in enumerate(told))


def _keyword(found: re.Match[str]) -> str:
    name, value = found["name"].replace("-", "_"), found["value"]
    if not value:
        return f"{name}="
    return f"{name}={value if whole_number(value) is not None else repr(value)}"


def _retold(problem: FaultsError) -> FaultsError:
    """Return an error of the same kind in the words of Python."""
    faults = [
        Fault(
            _subject(each.subject), each.place, in_python(each.found), in_python(each.expected), in_python(each.way_out)
        )
        for each in problem.faults
    ]
    return type(problem)(problem.subject, faults)


def _subject(subject: str) -> str:
    """Return what a fault is about: the bare keyword where it is an option."""
    return in_python(subject).removesuffix("=")


@cache
def told_in_python(function: Callable[P, R]) -> Callable[P, R]:
    """Return a function whose faults are told in the words of Python."""

    @wraps(function)
    def called(*arguments: P.args, **keywords: P.kwargs) -> R:
        try:
            return function(*arguments, **keywords)
        except FaultsError as problem:
            raise _retold(problem).with_traceback(problem.__traceback__) from None

    return called
