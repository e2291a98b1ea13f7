"""Plain values to a frozen model: exact numbers where the model wants them, lists as tuples, all else refused."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from glasstown.errors import Fault
from glasstown.exact import MOST_DIGITS, is_short
from glasstown.language.shape_forms import bare, closest, fields_of, found_words, is_model, item_of, members, named_by
from glasstown.language.shape_words import QUOTED_DATE, explain
from glasstown.language.tree import LONGEST_NUMBER, Document, Keys, Tree

ModelT = TypeVar("ModelT", bound=BaseModel)
MARK = "glasstown_"
KINDS = {
    "acts": "a catalogue of acts", "drive": "a drive", "parameters": "parameters", "place": "a place", "run": "a run's manifest",
    "scenario": "a scenario", "series": "a series", "targets": "targets", "unknowns": "unknowns of a calibration",
}  # fmt: skip
"""what a file is that says so by its mark"""

_DECIMAL = re.compile(r"[-+]?[0-9]{1,15}(\.[0-9]{1,15})?")


@cache
def _forms(annotation: Any) -> tuple[bool, bool, bool, bool, Any, tuple[type[BaseModel], ...], Any]:
    """Return: takes Decimal, takes int, takes text, takes a date, what a list holds, which mappings it takes, what names map to."""
    forms = members(annotation)
    plain = [bare(form) for form in forms]
    lists = [item_of(form) for form in forms if item_of(form) is not None]
    models = tuple(form for form in plain if is_model(form))
    named = next((named_by(form) for form in forms if named_by(form) is not None), None)
    return Decimal in plain, int in plain, str in plain, date in plain, lists[0] if lists else None, models, named


def conform(value: Any, annotation: Any) -> Any:
    """Return the value with lists as tuples, and numbers and dates exact where the annotation wants them.

    Whole numbers and quoted decimal strings become `Decimal` only where a `Decimal` is wanted, and quoted dates dates where no
    text is: what writes YAML or JSON quotes them.  All else is left for the model to refuse.
    """
    takes_decimal, takes_int, takes_text, takes_date, item, models, named = _forms(annotation)
    if isinstance(value, dict):
        if not models:
            return {key: conform(v, named) for key, v in value.items()} if named is not None else value
        known = fields_of(closest(models, value))
        return {key: conform(v, known[key].annotation) if key in known else v for key, v in value.items()}
    if isinstance(value, list):
        return tuple(conform(v, item) for v in value) if item is not None else tuple(value)
    if takes_date and isinstance(value, str) and not takes_text:
        return _dated(value)
    if not takes_decimal or isinstance(value, bool):
        return value
    if isinstance(value, int) and not takes_int:
        return Decimal(value)
    if isinstance(value, str) and not takes_text and _DECIMAL.fullmatch(value):
        return Decimal(value)
    return value


def _dated(text: str) -> Any:
    """Return the day that a text writes down, or the text where it is none of the calendar."""
    found = QUOTED_DATE.fullmatch(text)
    try:
        return date(*(int(part) for part in found.groups())) if found else text
    except ValueError:
        return text


def build(model: type[ModelT], document: Document) -> tuple[ModelT | None, list[Fault]]:
    """Return the model and no fault, or None and every fault of the document's shape."""
    if not isinstance(document.data, dict):
        return None, [*document.faults, _not_a_mapping(model, document)]
    if other := _of_another_kind(model, document):
        return None, [*document.faults, other]
    if long := list(_long_numbers(document, getattr(model, "most_digits", MOST_DIGITS))):
        return None, sorted(dict.fromkeys((*document.faults, *long)), key=_by_place)
    try:
        value = model.model_validate(conform(document.data, model))
    except ValidationError as problem:
        told = list(explain(model, document, problem))
        return None, sorted(dict.fromkeys((*document.faults, *told)), key=_by_place)
    return (None, list(document.faults)) if document.faults else (value, [])


def _of_another_kind(model: type[BaseModel], document: Document) -> Fault | None:
    """Return the one fault of a file that says by its first key that it is something else; None of any other."""
    data = document.data if isinstance(document.data, dict) else {}
    marks = [name for name in model.model_fields if name.startswith(MARK)]
    found = [str(key) for key in data if str(key).startswith(MARK)]
    if not marks or marks[0] in found or not found:
        return None
    one, other = (KINDS.get(name.removeprefix(MARK)) for name in (found[0], marks[0]))
    if one is None or other is None:
        return None
    return Fault(
        "file", document.key(found[0]), f"{one} (`{found[0]}`)", f"{other} (`{marks[0]}`)", "Name another file."
    )


def _long_numbers(document: Document, most_digits: int) -> Iterator[Fault]:
    """Yield a fault for each number with more digits than arithmetic and tables are made for."""
    for path, leaf in _leaves(document.data, ()):
        if isinstance(leaf, int | Decimal) and not is_short(leaf, most_digits):
            is_long = isinstance(leaf, Decimal) or abs(leaf) > 10**LONGEST_NUMBER
            shown = f"{Decimal(leaf):.3e}" if is_long else str(leaf)
            yield Fault(
                "value" if not path else f"'{path[-1]}'", document.at(*path), f"the number {shown}",
                f"at most {most_digits} digits before the point and {most_digits} after it", "Write a shorter one.",
            )  # fmt: skip


def _leaves(value: Tree, path: Keys) -> Iterator[tuple[Keys, Tree]]:
    """Yield every value inside lists and mappings, with its path."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _leaves(inner, (*path, key))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _leaves(inner, (*path, number))
    else:
        yield path, value


def _by_place(fault: Fault) -> tuple[str, int, int]:
    place = fault.place
    return (place.file, place.line or 0, place.column or 0) if place else ("", 0, 0)


def _not_a_mapping(model: type[BaseModel], document: Document) -> Fault:
    first = next(iter(fields_of(model)))
    if document.data is None:
        return Fault(
            "file", document.at(), "an empty file", f"keys such as '{first}'", "Start from a shipped file of this kind."
        )
    return Fault(
        "file", document.at(), found_words(document.data), f"keys such as '{first}'", "Write `key: value` lines."
    )
