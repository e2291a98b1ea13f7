"""Arguments of the Python interface: of the types that the commands read from text, or refused in the same words.

A function that is `asked` has each argument read by what its annotation says, so that what Python is lax about (True for 1,
one text for a list of texts, a path object for a text, a number of NumPy) is settled before anything begins.
"""

from __future__ import annotations

import inspect
import operator
import os
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import wraps
from pathlib import Path
from typing import Any, Final, ParamSpec, TypeAlias, TypeVar

from glasstown.incoming import path_of
from glasstown.letters import shown
from glasstown.runs.usage import check_unknown, day, month, record_date, refuse

P = ParamSpec("P")
R = TypeVar("R")

Reference: TypeAlias = str | Path
"""a rulebook by its id, or what is named by a path"""
Day: TypeAlias = date | str
"""a day, a month or a year: as a date, or written as the commands take it"""
Agree: TypeAlias = Callable[[str], bool]
"""is told what will be written, and says whether it is"""
LONGEST: Final = 60


def asked(function: Callable[P, R]) -> Callable[P, R]:
    """Return a function whose arguments are read before it is called.

    Errors   UsageError where one is of another type.
    """
    signature = inspect.signature(function)
    readers = {
        name: READERS[str(each.annotation).removesuffix(" | None")] for name, each in signature.parameters.items()
    }
    may_lack = {name for name, each in signature.parameters.items() if str(each.annotation).endswith(" | None")}

    def settled(name: str, value: object) -> object:
        return None if value is None and name in may_lack else readers[name](name.rstrip("_"), value)

    @wraps(function)
    def ask(*args: P.args, **kwargs: P.kwargs) -> R:
        bound = signature.bind(*args, **kwargs)
        for name, value in bound.arguments.items():
            is_many = signature.parameters[name].kind is inspect.Parameter.VAR_POSITIONAL
            bound.arguments[name] = tuple(settled(name, each) for each in value) if is_many else settled(name, value)
        return function(*bound.args, **bound.kwargs)

    return ask


def whole(name: str, value: object) -> int:
    """Return a whole number, one of NumPy's too; its bounds are checked where it is used."""
    try:
        if type(value).__name__ in ("bool", "bool_"):
            raise TypeError
        return operator.index(value)  # type: ignore[arg-type]
    except TypeError:
        refuse(name, _found(value), "a whole number", "Give one such as 100000.")


def number_or_text(name: str, value: object) -> int | str:
    """Return a text as it is, anything else as a whole number."""
    return value if isinstance(value, str) else whole(name, value)


def flag(name: str, value: object) -> bool:
    """Return True or False, of Python's own."""
    if not isinstance(value, bool):
        refuse(name, _found(value), "True or False", "Give one of the two.")
    return value


def text(name: str, value: object) -> str:
    """Return a text."""
    if not isinstance(value, str):
        refuse(name, _found(value), "a text", "Put it in quotes.")
    return value


def reference(name: str, value: object) -> str:
    """Return an id or a path as text."""
    if not isinstance(value, str | os.PathLike):
        refuse(name, _found(value), "an id or a path", "Give a text or a Path.")
    path = os.fspath(value)
    if not isinstance(path, str):
        refuse(name, _found(value), "an id or a path of text", "Give a text or a Path.")
    return path


def texts(name: str, value: object) -> tuple[str, ...]:
    """Return several texts; one alone is meant whole and not letter by letter."""
    if isinstance(value, str | os.PathLike):
        return (reference(name, value),)
    if isinstance(value, Mapping | bytes) or not hasattr(value, "__iter__"):
        refuse(name, _found(value), "a list of texts", "Give a list such as ['grades', 'lists'].")
    return tuple(reference(name, each) for each in value)


def levers(name: str, value: object) -> Mapping[str, str]:
    """Return paths with their values as a rules.yaml writes them."""
    if not isinstance(value, Mapping):
        refuse(name, _found(value), "paths with their values", "Give a dict such as {'filing.lost': 0}.")
    return {text(name, path): _written(f"{name}, '{path}'", each) for path, each in value.items()}


def _written(name: str, value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return f"{Decimal(repr(float(value))):f}"
    if not isinstance(value, str | int | Decimal | date) and not hasattr(value, "__index__"):
        refuse(
            name, _found(value), "a number, a text, a date, True or False", "Give what a rules.yaml would say there."
        )
    return str(value)


def a_day(name: str, value: object) -> Day:
    """Return a date or a text that is to be one; `day_of` and the like read it."""
    if not isinstance(value, date | str):
        refuse(name, _found(value), "a date, or a text such as 2010-02-01", "Give one of the two.")
    return value.date() if isinstance(value, datetime) else value


def listener(name: str, value: object) -> Callable[..., object]:
    """Return a function that is told how far it is."""
    if not callable(value):
        refuse(name, _found(value), "a function that takes done and all", "Give one, or leave it out.")
    return value


def day_of(value: Day | None, name: str) -> date | None:
    """Return a day, given as a date or written YYYY-MM-DD."""
    return day(value, name) if isinstance(value, str) else value


def text_of(value: Reference | None) -> str | None:
    """Return an id or a path as text, where there is one."""
    return None if value is None else str(value)


def month_of(value: Day | None, name: str) -> str | None:
    """Return a month written YYYY-MM, given so or as a date in it."""
    return month(value, name) if isinstance(value, str) else None if value is None else f"{value:%Y-%m}"


def record_day_of(value: Day | None, name: str) -> str | None:
    """Return a year, a month or a day as text."""
    return record_date(value, name) if isinstance(value, str) else None if value is None else value.isoformat()


def town_of(place: Reference | None, start: Day | None, unknown: str | None, **numbers: int | None) -> dict[str, Any]:
    """Return the options of a town, those of its size and luck by their names; refuse another word for `unknown`."""
    check_unknown(unknown)
    return {**numbers, "place": text_of(place), "start": month_of(start, "start"), "unknown": unknown}


def folder_of(name: Reference | None) -> Path | None:
    """Return a path, where there is one; UsageError for a name that may not come in."""
    return None if name is None else path_of(name)


def _found(value: object) -> str:
    said = shown(repr(value))
    said = said if len(said) <= LONGEST else f"{said[:LONGEST]}..."
    return said if value is None else f"{said} ({type(value).__name__})"


READERS: Final[Mapping[str, Callable[[str, Any], object]]] = {
    "int": whole,
    "bool": flag,
    "str": text,
    "int | str": number_or_text,
    "Reference": reference,
    "Sequence[str]": texts,
    "Mapping[str, object]": levers,
    "Day": a_day,
    "Progress": listener,
    "Agree": listener,
}
"""how an argument is read, by its annotation; one that is not here cannot be `asked`"""
