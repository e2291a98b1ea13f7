"""The validator's errors followed back to the keys of a file: one clear fault for each misfit.

Where a field may have several forms, the form that the file comes closest to is the one that is explained.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Literal, cast, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo

from glasstown.errors import Fault, nearest
from glasstown.exact import whole_number
from glasstown.language.model_base import ADDRESS
from glasstown.language.shape_forms import (
    bare,
    closest,
    expected_words,
    fields_of,
    found_words,
    is_model,
    item_of,
    members,
)
from glasstown.language.tree import Document, Keys

MOST_LISTED = 12
"""keys listed in a message where none is close to the one found"""
SINGULAR = {
    "clauses": "clause",
    "grades": "grade",
    "lists": "list",
    "measures": "measure",
    "groups": "group",
    "ladders": "ladder",
    "sources": "source",
    "variants": "variant",
    "procedures": "procedure",
    "observations": "observation",
    "parts": "part",
    "acts": "act",
    "roles": "role",
    "classes": "class",
    "parameters": "parameter",
    "cells": "cell",
    "publicity": "publicity entry",
    "redress": "redress entry",
    "process": "process entry",
    "subjects": "subject",
    "caps": "cap",
    "settings": "setting",
    "events": "event",
    "campaigns": "campaign",
    "exempt": "exempt subject",
    "proof": "proof",
    "unless": "exclusion",
    "dated": "dated value",
}


@dataclass(frozen=True, slots=True)
class _Spot:
    """A pydantic error followed to the file: the keys that lead there, the field's annotation, and the mapping it is of."""

    path: Keys
    annotation: Any
    field: FieldInfo | None
    is_choice: bool
    error: Any
    owner: type[BaseModel] | None = None


MANY_MISSING = 4
"""so many keys missing from one mapping, and more than half of those it must have, are one fault: it is another kind of thing"""


def explain(model: type[BaseModel], document: Document, problem: ValidationError) -> Iterator[Fault]:
    """Yield each misfit once; first each mapping that lacks most of its keys, which explains why they are missing."""
    chosen: set[Keys] = set()
    spots = [spot for error in problem.errors(include_url=False) if (spot := _follow(model, document, error))]
    unknown = [spot.path for spot in spots if spot.error["type"] == "extra_forbidden"]
    hollow = _hollow(document, [spot for spot in spots if not _is_misspelt(spot, unknown)])
    yield from hollow.values()
    renamed = _renamed(spots, unknown, hollow)
    for spot in spots:
        if spot.path in renamed:
            yield from _fault_of_name(document, spot, renamed[spot.path])
            continue
        if (
            (spot.error["type"] == "missing" and spot.path[:-1] in hollow)
            or any(spot.path[: len(bad)] == bad for bad in document.unresolved)
            or _is_misspelt(spot, unknown)
            or _is_echo(document, spot)
        ):
            continue
        if spot.is_choice:
            if spot.path in chosen:
                continue
            chosen.add(spot.path)
        yield _fault(document, spot)


def _hollow(document: Document, spots: list[_Spot]) -> dict[Keys, Fault]:
    """Return, by path, one fault for each mapping that lacks most of the keys that it must have."""
    missing: dict[Keys, list[_Spot]] = {}
    for spot in spots:
        if spot.error["type"] == "missing" and spot.owner is not None:
            missing.setdefault(spot.path[:-1], []).append(spot)
    found: dict[Keys, Fault] = {}
    for path, lacking in missing.items():
        owner = lacking[0].owner
        needed = [key for key, field in fields_of(owner).items() if field.is_required()] if owner else []
        keys = [key for key in needed if any(spot.path[-1] == key for spot in lacking)]
        if len(keys) >= MANY_MISSING and 2 * len(keys) > len(needed):
            named = [f"'{key}'" for key in keys]
            without = f"no {', '.join(named[:-1])} or {named[-1]}"
            way_out = "Add them, or start from a shipped file of this kind."
            found[path] = Fault(subject_of(document, path), document.at(*path), without, "all of them", way_out)
    return found


def _is_misspelt(spot: _Spot, unknown: list[Keys]) -> bool:
    """Return whether a missing key is there under a misspelt name, whose own fault says so."""
    if spot.error["type"] != "missing":
        return False
    beside = [str(path[-1]) for path in unknown if path[:-1] == spot.path[:-1]]
    return nearest(str(spot.path[-1]), beside) is not None


def _renamed(spots: list[_Spot], unknown: list[Keys], hollow: Mapping[Keys, Fault]) -> dict[Keys, _Spot]:
    """Return by path the key that is meant: of a mapping's only unknown key the only one that it lacks, and of that one itself."""
    found: dict[Keys, _Spot] = {}
    for spot in spots:
        parent, name = spot.path[:-1], str(spot.path[-1]) if spot.path else ""
        if spot.error["type"] != "extra_forbidden" or parent in hollow or nearest(name, _known(spot)):
            continue
        lacking = [each for each in spots if each.error["type"] == "missing" and each.path[:-1] == parent]
        if len(lacking) == 1 and sum(path[:-1] == parent for path in unknown) == 1:
            found |= {spot.path: lacking[0], lacking[0].path: lacking[0]}
    return found


def _fault_of_name(document: Document, spot: _Spot, lacking: _Spot) -> Iterator[Fault]:
    """Yield the one fault of a key under a name that it does not have, where its name stands in the file."""
    if spot is lacking or lacking.field is None:
        return
    last, name = spot.path[-1], lacking.path[-1]
    found, expected = f"the unknown key '{last}', and no '{name}'", f"'{name}': {expected_words(lacking.annotation)}"
    way_out = f"If '{last}' is meant for it, call it '{name}' ({lacking.field.description}); else remove it."
    yield Fault(subject_of(document, spot.path[:-1]), document.key(*spot.path), found, expected, way_out)


def _known(spot: _Spot) -> list[str]:
    """Return the keys that a mapping can have."""
    return list(fields_of(spot.annotation)) if is_model(spot.annotation) else []


def _is_echo(document: Document, spot: _Spot) -> bool:
    """Return whether a list counts as too short only because an item of it has a fault of its own."""
    value = _value_at(document, spot.path)
    return (
        spot.error["type"] == "too_short" and isinstance(value, list) and len(value) >= spot.error["ctx"]["min_length"]
    )


def _follow(model: type[BaseModel], document: Document, error: Any) -> _Spot | None:
    """Follow an error's location; None where it belongs to a form that the file did not choose."""
    loc, path = tuple(error["loc"]), cast(Keys, ())
    annotation: Any = model
    field: FieldInfo | None = None
    owner: type[BaseModel] | None = None
    while True:
        forms = members(annotation)
        if len(forms) > 1:
            label = loc[0] if loc else None
            chosen = _chosen(forms, _value_at(document, path))
            if chosen is None:
                return _Spot(path, annotation, field, True, error)
            if label != _label(chosen) and loc:
                return None
            loc, annotation = loc[1:], chosen
            forms = (chosen,)
        if not loc:
            return _Spot(path, annotation, field, False, error, owner)
        step, loc = loc[0], loc[1:]
        inner = bare(forms[0])
        path = (*path, step)
        if is_model(inner):
            found = fields_of(inner).get(str(step))
            if found is None:
                return _Spot(path, inner, None, False, error)
            field, annotation, owner = found, found.annotation, inner
        else:
            annotation = item_of(forms[0])
            if annotation is None:
                return _Spot(path[:-1], forms[0], field, False, error)


def _label(form: Any) -> str:
    """Return the name that pydantic gives a form in an error's location."""
    if is_model(form):
        return str(form.__name__)
    item = bare(item_of(form))
    return f"tuple[{getattr(item, '__name__', item).lower()}, ...]"


def _chosen(forms: tuple[Any, ...], value: Any) -> Any:
    """Return the form that a mapping or list of the file means, or None where it is none of the forms."""
    if isinstance(value, dict):
        models = tuple(form for form in forms if is_model(form))
        return closest(models, value) if models else None
    if isinstance(value, list):
        return next((form for form in forms if item_of(form) is not None), None)
    return None


def _value_at(document: Document, path: Keys) -> Any:
    value: Any = document.data
    for key in path:
        try:
            value = value[key]
        except (KeyError, IndexError, TypeError):
            return None
    return value


def subject_of(document: Document, path: Keys) -> str:
    """Return the words that name what stands at a path, such as "clause 'a1', cite, at"."""
    words: list[str] = []
    value: Any = document.data
    parent = ""
    for key in path:
        try:
            value = value[key]
        except (KeyError, IndexError, TypeError):
            value = None
        if isinstance(key, int):
            name = value.get("id", value.get("key")) if isinstance(value, dict) else None
            singular = SINGULAR.get(parent, f"{parent} item")
            words = words[:-1] if words and words[-1] == parent else words
            words.append(f"{singular} '{name}'" if name is not None else f"{singular} {key + 1}")
        else:
            words.append(key)
        parent = str(key)
    return ", ".join(words) if words else "file"


def _fault(document: Document, spot: _Spot) -> Fault:
    kind, value = spot.error["type"], _value_at(document, spot.path)
    owner, last = subject_of(document, spot.path[:-1]), spot.path[-1] if spot.path else ""
    if kind == "extra_forbidden":
        known = _known(spot)
        close = nearest(str(last), known)
        way_out = "Remove it; the schema of the language lists the keys."
        if close or len(known) <= MOST_LISTED:
            way_out = f"Did you mean '{close}'?" if close else f"Remove it; the keys here are {', '.join(known)}."
        return Fault(owner, document.key(*spot.path), f"the unknown key '{last}'", "a key of the language", way_out)
    if kind == "missing" and spot.field is not None:
        place = document.at(*spot.path[:-1])
        return Fault(owner, place, f"no '{last}'", expected_words(spot.annotation), _add(str(last), spot.field))
    subject = subject_of(document, spot.path)
    place = document.at(*spot.path)
    forms = members(spot.annotation)
    expected = expected_words(spot.annotation)
    if kind in _BOUNDS:
        expected = f"{expected} {_BOUNDS[kind].format(**spot.error['ctx'])}"
    elif kind in _INSTEAD:
        expected = _INSTEAD[kind].format(**spot.error["ctx"])
    elif kind == "string_pattern_mismatch":
        expected = _of_pattern(spot.error["ctx"]["pattern"])
    if date in [bare(form) for form in forms] and isinstance(value, str) and QUOTED_DATE.fullmatch(value):
        found, way_out = f"the date {value}, which does not exist", "Correct the day, month or year."
        return Fault(subject, place, found, "a day of the calendar", way_out)
    return Fault(subject, place, found_words(value), expected, _way_out(value, forms, spot.field))


def _of_pattern(pattern: str) -> str:
    """Return in words what a text must look like."""
    if pattern == ADDRESS:
        return "an address that begins with http:// or https://, without blanks, quotes, braces or backslashes"
    return "month and day (MM-DD)" if "d" in pattern else "an id of letters, digits and + . _ -"


QUOTED_DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_BOUNDS = {
    "greater_than": "above {gt}",
    "greater_than_equal": "of at least {ge}",
    "less_than": "below {lt}",
    "less_than_equal": "of at most {le}",
    "string_too_short": "that is not empty",
}
_INSTEAD = {"too_short": "a list of at least {min_length}", "too_long": "a list of at most {max_length}"}


def _add(key: str, field: FieldInfo) -> str:
    if key == "cite":
        return (
            "Every statement needs a source: add `cite: {source: KEY, at: page or article, evidence: reported}`; "
            "what rests on nothing written says `evidence: assumed` or `invented`."
        )
    return f"Add `{key}:` ({field.description})."


def _way_out(value: Any, forms: tuple[Any, ...], field: FieldInfo | None) -> str:
    plain = [bare(form) for form in forms]
    words = [word for form in plain if get_origin(form) is Literal for word in get_args(form)]
    takes_number = Decimal in plain or int in plain
    if str in plain and isinstance(value, int | Decimal | date):
        return "Put it in quotes, so that it is read as text."
    if isinstance(value, str) and bool in plain and value.lower() in ("yes", "no", "on", "off"):
        return "Write true or false."
    if isinstance(value, str) and takes_number and whole_number(value) is not None:
        return "Remove the quotes."
    if isinstance(value, str) and takes_number and re.search(r"\d", value):
        return "Write digits alone, with '-' before and '.' inside, as in -12.5."
    if isinstance(value, str) and (close := nearest(value, [str(word) for word in words])):
        return f"Did you mean '{close}'?"
    if isinstance(value, Decimal) and int in plain:
        return "Write a number without a fraction."
    about = f" ({field.description})" if field is not None and field.description else ""
    return f"Write what is expected{about}."
