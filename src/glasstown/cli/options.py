"""Options that several verbs share, and the reading of what a user types into one."""

from __future__ import annotations

from datetime import date
from typing import Annotated, NoReturn, TypeAlias

import typer

from glasstown.errors import Fault, UsageError

Json: TypeAlias = Annotated[bool, typer.Option("--json", help="Print one JSON document and nothing else.")]
Reference: TypeAlias = Annotated[
    str, typer.Argument(metavar="ID", help="A shipped rulebook, a path to one, or either with @READING.")
]


def refuse(option: str, found: str, expected: str, way_out: str) -> NoReturn:
    """Raise the error for one option or argument."""
    raise UsageError("the request", [Fault(option, None, found, expected, way_out)])


def whole(text: str, option: str, *, least: int, most: int | None = None) -> int:
    """Return a whole number such as `100000` or `100_000`; anything else, or out of bounds, is refused."""
    bounds = f"a whole number of at least {least}" if most is None else f"a whole number from {least} to {most}"
    try:
        number = int(text)
    except ValueError:
        refuse(option, f"'{text}'", bounds, f"Write digits, such as {option} {max(least, 12)}; 100_000 is read too.")
    if number < least or (most is not None and number > most):
        refuse(option, f"{number}", bounds, f"Choose another value for {option}.")
    return number


def day(text: str, option: str) -> date:
    """Return a date written YYYY-MM-DD; anything else, or a day that does not exist, is refused."""
    try:
        if len(text) != len("2010-02-01"):
            raise ValueError
        return date.fromisoformat(text)
    except ValueError:
        refuse(option, f"'{text}'", "a day of the calendar, written YYYY-MM-DD", "Write it like 2010-02-01.")


def month(text: str, option: str) -> str:
    """Return a month written YYYY-MM, unchanged; anything else is refused."""
    if not _is_month(text):
        refuse(option, f"'{text}'", "a month, written YYYY-MM", f"Write it like {option} 2010-02.")
    return text


def _is_month(text: str) -> bool:
    head, _, tail = text.partition("-")
    return len(head) == 4 and len(tail) == 2 and text.replace("-", "").isdigit() and "01" <= tail <= "12"


def settings(texts: list[str], option: str = "--set") -> dict[str, str]:
    """Return PATH=VALUE pairs; a path given twice is refused."""
    chosen: dict[str, str] = {}
    for text in texts:
        path, equals, value = text.partition("=")
        if not equals or not path or not value:
            refuse(option, f"'{text}'", "PATH=VALUE", "Write it like --set hazard.c0=0.05.")
        if path in chosen:
            refuse(option, f"'{path}' twice", "each path once", "Keep one of the two.")
        chosen[path] = value
    return chosen
