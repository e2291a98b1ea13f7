"""Options that several verbs share, and the reading of what a user types into one."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final, TypeAlias

import typer
from typer.models import OptionInfo

from glasstown.cli import completion
from glasstown.errors import Fault, UsageError
from glasstown.incoming import path_of
from glasstown.runs.usage import day, record_date, refuse, whole

__all__ = [
    "STDOUT", "Acts", "By", "Drive", "Json", "Mechanism", "Parameters", "Place", "Reference", "RunFolder", "Start", "Trust",
    "Unknown", "WithoutOrders",
    "check_one_document", "day", "folder",
    "number", "numbers", "record_date", "settings", "whole",
]  # fmt: skip

STDOUT: Final = Path("/dev/stdout")

Json: TypeAlias = Annotated[bool, typer.Option("--json", help="Print one JSON document and nothing else.")]
Whole: TypeAlias = Annotated[
    bool, typer.Option("--all", help="Tell every clause, measure and fitted number, not the first few.")
]
Reference: TypeAlias = Annotated[
    str,
    typer.Argument(
        metavar="ID",
        help="A shipped rulebook, a path to one, or either with @READING.",
        autocompletion=completion.rulebooks,
    ),
]


RunFolder: TypeAlias = Annotated[Path, typer.Argument(metavar="RUN", help="The folder of a run.", parser=path_of)]
Place: TypeAlias = Annotated[
    str | None,
    typer.Option(
        metavar="FILE-or-ID", help="Published aggregates that the people are generated from.  [default: china-2020]"
    ),
]
Drive: TypeAlias = Annotated[
    str | None,
    typer.Option(metavar="FILE-or-ID", help="Who stands on a list at first, and how it is filled and left by date."),
]
Acts: TypeAlias = Annotated[
    str | None,
    typer.Option(metavar="FILE", help="Acts, classes and roles over those that ship: same id in place, others beside."),
]
Parameters: TypeAlias = Annotated[
    str | None, typer.Option(metavar="FILE", help="Parameters of the model over those that ship, by id.")
]
Mechanism: TypeAlias = Annotated[
    str | None, typer.Option(metavar="FILE", help="A mechanism of one's own: a Python function that the month asks.")
]
Trust: TypeAlias = Annotated[
    str | None,
    typer.Option(metavar="SHA256", help="Trust the mechanism that came with the run, of which you have read the code."),
]
Prior: TypeAlias = Annotated[
    bool, typer.Option("--prior", help="Take the parameters' own ranges, whatever ensemble there is.")
]
Start: TypeAlias = Annotated[
    str | None, typer.Option(metavar="YYYY-MM", help="First month; by default the first in which every rulebook holds.")
]
WithoutOrders: TypeAlias = Annotated[
    bool, typer.Option("--without-orders", help="Leave out what desks decide in a scenario or an earlier run.")
]
By: TypeAlias = Annotated[
    list[str] | None,
    typer.Option(
        metavar="TRAIT",
        help="Tell all by income, age, sex, place, registration or work; repeatable.  [default: income]",
    ),
]
Table: TypeAlias = Annotated[
    Path | None,
    typer.Option(metavar="FILE", help="Write the numbers into FILE.csv or FILE.parquet, one a row.", parser=path_of),
]
Unknown: TypeAlias = Annotated[
    str | None, typer.Option(metavar="low|high", help="Give unknown points the bound that the record allows.")
]


def number(words: str, *, metavar: str = "N") -> OptionInfo:
    """Return an option that takes a whole number; `whole` reads it."""
    option: OptionInfo = typer.Option(metavar=metavar, help=words)
    return option


def folder(words: str, *names: str) -> OptionInfo:
    """Return an option that takes a folder; `~` at its beginning is the home folder."""
    option: OptionInfo = typer.Option(*names, metavar="DIR", help=words, parser=path_of)
    return option


def numbers(**texts: str | None) -> dict[str, int]:
    """Return the whole numbers of those options that were given."""
    return {name: whole(text, f"--{name}") for name, text in texts.items() if text is not None}


def check_one_document(verb: str, out: Path | None, *, as_json: bool) -> None:
    """Refuse a file and a JSON document on standard output together."""
    if as_json and out == STDOUT:
        found, expected = "--out /dev/stdout beside it", "one document on standard output"
        raise UsageError(verb, [Fault("--json", None, found, expected, "Leave one out.")])


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
