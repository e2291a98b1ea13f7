"""Options that several verbs share, and the reading of what a user types into one."""

from __future__ import annotations

from typing import Annotated, TypeAlias

import typer

from glasstown.cli import completion
from glasstown.runs.usage import day, record_date, refuse

__all__ = ["Json", "Reference", "day", "record_date", "settings", "whole"]

Json: TypeAlias = Annotated[bool, typer.Option("--json", help="Print one JSON document and nothing else.")]
Reference: TypeAlias = Annotated[
    str,
    typer.Argument(
        metavar="ID",
        help="A shipped rulebook, a path to one, or either with @READING.",
        autocompletion=completion.rulebooks,
    ),
]


def whole(text: str, option: str) -> int:
    """Return a whole number such as `100000` or `100_000`; its bounds are checked where it is used."""
    try:
        return int(text)
    except ValueError:
        refuse(option, f"'{text}'", "a whole number", "Write digits, such as 100000 or 100_000.")


def settings(texts: list[str], option: str = "--set") -> dict[str, str]:
    """Return PATH=VALUE pairs; a path given twice is refused."""
    chosen: dict[str, str] = {}
    for text in texts:
        path, equals, value = text.partition("=")
        if not equals or not path or not value:
            refuse(option, f"'{text}'", "PATH=VALUE", "Write it like --set hazard.c0=0.5.")
        if path in chosen:
            refuse(option, f"'{path}' twice", "each path once", "Keep one of the two.")
        chosen[path] = value
    return chosen
