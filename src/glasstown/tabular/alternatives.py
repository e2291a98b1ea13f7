"""What a field of a typed value can be, read from its annotation: nothing, words, plain values, or values with parts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from types import NoneType, UnionType
from typing import Annotated, Final, Literal, Union, get_args, get_origin

from glasstown.language.model_base import Value
from glasstown.tabular.column import ColumnError, Kind

KINDS: Final[dict[object, Kind]] = {
    str: "string", int: "integer", Decimal: "number", bool: "boolean", date: "date",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Alternatives:
    """What a field can be.

    words    words of a closed list
    plain    types of one cell
    values   values with parts, whose parts are columns
    items    what its parts are, where it is a series: a table of its own
    """

    is_optional: bool
    words: tuple[str, ...]
    plain: tuple[type, ...]
    values: tuple[type[Value], ...]
    items: object | None

    @property
    def number(self) -> int:
        """Return how many alternatives there are beside nothing; words count as one."""
        return bool(self.words) + len(self.plain) + len(self.values) + (self.items is not None)


def alternatives_of(annotation: object, where: str) -> Alternatives:
    """Return what a field can be; ColumnError where it is something that no column can hold."""
    is_optional, items = False, None
    words: list[str] = []
    plain: list[type] = []
    values: list[type[Value]] = []
    for each in _flat(annotation):
        if each is NoneType:
            is_optional = True
        elif get_origin(each) is Literal and all(isinstance(word, str) for word in get_args(each)):
            words += [word for word in get_args(each) if word not in words]
        elif get_origin(each) is tuple and get_args(each)[1:] == (...,) and items is None:
            items = get_args(each)[0]
        elif isinstance(each, type) and issubclass(each, Value):
            values.append(each)
        elif each in KINDS and isinstance(each, type):
            plain.append(each)
        else:
            raise ColumnError(f"{where} can be {each}, which no column holds")
    return Alternatives(is_optional, tuple(words), tuple(plain), tuple(values), items)


def _flat(annotation: object) -> list[object]:
    """Return the alternatives of a type, unions inside unions and annotations opened."""
    origin = get_origin(annotation)
    if origin is Annotated:
        return _flat(get_args(annotation)[0])
    if origin in (Union, UnionType):
        return [each for part in get_args(annotation) for each in _flat(part)]
    return [annotation]
