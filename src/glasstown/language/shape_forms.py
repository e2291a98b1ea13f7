"""The forms that a field of a model may take, and the words for them and for what was found."""

from __future__ import annotations

import types
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo


def members(annotation: Any) -> tuple[Any, ...]:
    """Return the forms a value may have, None left out; annotations with constraints stay as they are."""
    inner = get_args(annotation)[0] if get_origin(annotation) is Annotated else annotation
    if get_origin(inner) in (Union, types.UnionType):
        return tuple(m for part in get_args(inner) if part is not type(None) for m in members(part))
    return () if annotation is type(None) else (annotation,)


def bare(annotation: Any) -> Any:
    """Return the annotation without its constraints."""
    return get_args(annotation)[0] if get_origin(annotation) is Annotated else annotation


def is_model(annotation: Any) -> bool:
    """Return whether the annotation is a model, that is, a mapping in the file."""
    return isinstance(annotation, type) and issubclass(annotation, BaseModel)


def item_of(annotation: Any) -> Any:
    """Return what a list of this annotation holds, or None where it is no list."""
    inner = bare(annotation)
    return get_args(inner)[0] if get_origin(inner) is tuple else None


def named_by(annotation: Any) -> Any:
    """Return what a mapping of free names holds, or None where the annotation is no such mapping."""
    inner = bare(annotation)
    return get_args(inner)[1] if get_origin(inner) is dict else None


@cache
def fields_of(model: type[BaseModel]) -> dict[str, FieldInfo]:
    """Return the model's fields by the key that a file writes."""
    return {field.alias or name: field for name, field in model.model_fields.items()}


def closest(models: tuple[type[BaseModel], ...], value: dict[str, Any]) -> type[BaseModel]:
    """Return the mapping form that shares most keys with the value; the first of equals."""
    return max(models, key=lambda model: len(fields_of(model).keys() & value.keys()))


def found_words(value: Any) -> str:
    """Return a value in words: what it is, and how it is written."""
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return f"'{str(value).lower()}' (true or false)"
    if isinstance(value, int | Decimal):
        return f"the number {value}"
    if isinstance(value, date):
        return f"the date {value}"
    if isinstance(value, str):
        return f"the text '{value if len(value) <= 60 else value[:57] + '...'}'"
    return f"a mapping ({', '.join(list(value)[:5])})" if isinstance(value, dict) else f"a list of {len(value)}"


def expected_words(annotation: Any) -> str:
    """Return what an annotation takes, in words."""
    return " or ".join(dict.fromkeys(_form_words(form) for form in members(annotation)))


def _form_words(form: Any) -> str:
    inner = bare(form)
    if is_model(inner):
        needed = [key for key, field in fields_of(inner).items() if field.is_required()]
        return f"a mapping with {', '.join(needed or fields_of(inner))}"
    if get_origin(inner) is Literal:
        return " or ".join(str(word) if isinstance(word, int) else f"'{word}'" for word in get_args(inner))
    if named_by(form) is not None:
        return f"a mapping of names to {expected_words(named_by(form))}"
    if item_of(form) is not None:
        return f"a list, each item {expected_words(item_of(form))}"
    words = {
        Decimal: "a number",
        int: "a whole number",
        str: "text",
        bool: "true or false",
        date: "a date (YYYY-MM-DD)",
    }
    return words.get(inner, str(inner))
