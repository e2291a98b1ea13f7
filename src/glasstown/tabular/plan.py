"""The tables that typed values come to: a column for each plain part, a table for each series.

- A part that is one value is laid out in its owner's row: `lapse.after` is `lapse_after`.
- A series is a table of its own, whose rows name their owner.
- A part that can be several things, `unknown` among them, has a column `..._form` that says which; it is never empty.
- A length of time is two columns, its number and its unit.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Final, TypeAlias

from pydantic.fields import FieldInfo

from glasstown.language.model_base import Span, Value
from glasstown.tabular.alternatives import KINDS, Alternatives, alternatives_of
from glasstown.tabular.column import NOT_APPLICABLE, NOT_KNOWN, Cell, Column, ColumnError, Empty, Table
from glasstown.tabular.extras import extras_of
from glasstown.tabular.register import (
    COLUMN_NAMES,
    FORMS,
    KEYS,
    LEFT_OUT,
    MEANINGS,
    REFERENCES,
    TABLE_NAMES,
    Of,
    is_unknown_if_empty,
    singular,
    unit_of,
)

ABSENT: Final = object()
"""stands for a part of what is not there"""
RULEBOOKS: Final = "rulebooks"
LEFT_OUT_WORDS: Final = re.compile(r"left out:? ([^;]+)")
SPAN_UNITS: Final = ("day", "working day", "month", "year")

Get: TypeAlias = Callable[[object], object]
"""From the value of a row to one part of it, ABSENT where it is not there."""


@dataclass(slots=True)
class Part:
    """A table with what fills it: for each column the part of a row's value, and the tables of its series.

    model   the value that a row tells; None where it is one plain value
    scoped  columns whose cells name a row of the same rulebook
    covers  fields that are in it
    """

    table: Table
    model: type[Value] | None
    gets: list[Get] = field(default_factory=list)
    scoped: set[str] = field(default_factory=set)
    parts: list[tuple[Get, Part]] = field(default_factory=list)
    covers: set[Of] = field(default_factory=set)
    is_of_rulebook: bool = False

    def add(self, column: Column, get: Get) -> None:
        """Add a column and what fills it."""
        self.table.add(column)
        self.gets.append(get)


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a row's value the fields of a value stand.

    absent   what an empty cell means here by the place alone; None where the value is always there
    """

    prefix: str = ""
    reach: Get = lambda item: item
    about: str = ""
    absent: str | None = None


@dataclass(frozen=True, slots=True)
class Spot:
    """One field at its place: name and meaning of its column, and how it is reached."""

    of: Of
    name: str
    meaning: str
    reach: Get
    place: Place
    is_optional: bool

    def empty(self) -> tuple[Empty, str] | None:
        """Return what an empty cell means; None where there is none."""
        if not self.is_optional:
            return (NOT_APPLICABLE, self.place.absent) if self.place.absent else None
        if self.is_unknown:
            return (NOT_KNOWN, "the sources on file do not tell it")
        said = LEFT_OUT_WORDS.search(self.meaning)
        if self.place.absent:
            return (NOT_APPLICABLE, f"{self.place.absent}, or {said[1] if said else 'it has none'}")
        return (NOT_APPLICABLE, said[1] if said else "there is none")

    @property
    def is_unknown(self) -> bool:
        """Return whether a value that is left out means that nobody tells it."""
        return self.is_optional and is_unknown_if_empty(self.of, self.meaning)


def plan(model: type[Value], name: str, meaning: str, parent: Part | None = None) -> Part:
    """Return the table of a series of values, with the tables of what they hold."""
    part = Part(Table(name, MEANINGS.get(name, meaning), ("id",), parent.table.name if parent else None), model)
    own_key = KEYS.get(model, "id")
    if parent is None and own_key == "id":
        part.covers.add((model, "id"))  # the id of the row
    _lay_out(part, model, Place())
    for column, get in extras_of(model):
        part.add(column, get)
    return part


def _lay_out(part: Part, model: type[Value], place: Place) -> None:
    """Add a column, or a table, for each field of a value."""
    for name, info in model.model_fields.items():
        of = (_owner(model, name), name)
        if of in LEFT_OUT or (of in part.covers and not place.prefix):
            continue
        part.covers.add(of)
        _field(part, of, info, place)


def _owner(model: type[Value], name: str) -> type[Value]:
    """Return the value that declares a field, which may be one that this one is a kind of."""
    return next(each for each in reversed(model.__mro__) if issubclass(each, Value) and name in each.model_fields)


def _field(part: Part, of: Of, info: FieldInfo, place: Place) -> None:
    shown = COLUMN_NAMES.get(of) or (info.alias or of[1]).rstrip("_")
    if shown == "id" and not place.prefix:
        shown = "local_id"
    can_be = alternatives_of(info.annotation, f"{of[0].__name__}.{of[1]}")
    about = ": ".join(text for text in (place.about, info.description) if text)
    if not info.description:
        raise ColumnError(f"{of[0].__name__}.{of[1]} has no description")
    owner = of[0]
    spot = Spot(of, place.prefix + shown, about, lambda item: _attribute(place.reach(item), owner, of[1]), place,
                can_be.is_optional)  # fmt: skip
    if can_be.number > 1 or (spot.is_unknown and place.absent):
        _several(part, spot, can_be)
    elif can_be.words:
        part.add(Column(spot.name, "string", about, None, spot.empty(), can_be.words), spot.reach)
    else:
        absent = _absent(spot) if can_be.is_optional else place.absent
        _one(part, spot, can_be, spot.empty(), absent)


def _absent(spot: Spot) -> str:
    own = f"there is no `{spot.name}`"
    return own if spot.place.absent is None or spot.place.absent == own else f"{spot.place.absent}, or {own}"


def _one(part: Part, spot: Spot, can_be: Alternatives, empty: tuple[Empty, str] | None, absent: str | None) -> None:
    """Add what is no closed list of words: plain values, values with parts, series."""
    for kind in can_be.plain:
        name = spot.name if len(can_be.plain) == 1 else f"{spot.name}_{KINDS[kind]}"
        _plain(part, replace(spot, name=name), kind, empty)
    for model in can_be.values:
        if model is Span:
            _span(part, replace(spot, name=f"{spot.name}_span") if can_be.plain else spot, empty)
        else:
            _lay_out(part, model, Place(f"{spot.name}_", _only(spot.reach, model), spot.meaning, absent))
    if can_be.items is not None:
        _series(part, spot, can_be.items)


def _several(part: Part, spot: Spot, can_be: Alternatives) -> None:
    """Add a column that says which of several things a part is, and the columns of each."""
    form = f"{spot.name}_form"
    nothing = NOT_KNOWN if spot.is_unknown else "none"
    names = [KINDS[kind] for kind in can_be.plain] + [_form_of(model) for model in can_be.values]
    forms = [*([NOT_APPLICABLE] if spot.place.absent else []), *([nothing] if can_be.is_optional else []), *names,
             *can_be.words, *(["several"] if can_be.items is not None else [])]  # fmt: skip
    if len(set(forms)) < len(forms):
        raise ColumnError(f"{form} would have one word for two things: {', '.join(forms)}")
    part.add(Column(form, "string", f"which of these it is: {spot.meaning}", None, None, tuple(forms)),
             lambda item: _form(spot.reach(item), nothing, can_be.words))  # fmt: skip
    elsewhere = f"`{form}` says what it is instead"
    _one(part, spot, can_be, (NOT_APPLICABLE, elsewhere), elsewhere)


def _form(value: object, nothing: str, words: Collection[str]) -> str:
    """Return the word for what a part is; a word of its closed list is one."""
    if value is ABSENT:
        return NOT_APPLICABLE
    if value is None:
        return nothing
    if isinstance(value, tuple):
        return "several"
    if isinstance(value, Value):
        return _form_of(type(value))
    kind = KINDS[type(value)]
    return str(value) if value in words else kind


def _form_of(model: type[Value]) -> str:
    return FORMS.get(model, model.__name__.lower())


def _plain(part: Part, spot: Spot, kind: type, empty: tuple[Empty, str] | None) -> None:
    """Add one column of plain values; a closed list of words beside it stands in the column of forms."""
    name = KINDS[kind]
    target, is_scoped = REFERENCES.get(spot.of, (None, False))
    unit = unit_of(spot.of) if name in ("integer", "number") and target is None else None
    part.add(
        Column(spot.name, "string" if target else name, spot.meaning, unit, empty, (), target), _only(spot.reach, kind)
    )
    if is_scoped:
        part.scoped.add(spot.name)


def _span(part: Part, spot: Spot, empty: tuple[Empty, str] | None) -> None:
    def measured(item: object, at: int) -> object:
        value = spot.reach(item)
        return value.measured()[at] if isinstance(value, Span) else None

    part.add(
        Column(spot.name, "integer", spot.meaning, f"as `{spot.name}_unit` says", empty), lambda item: measured(item, 0)
    )
    meaning = f"unit of `{spot.name}`; working days are those of the rulebook"
    part.add(Column(f"{spot.name}_unit", "string", meaning, None, empty, SPAN_UNITS), lambda item: measured(item, 1))


def _series(part: Part, spot: Spot, items: object) -> None:
    """Add the table of a series."""
    owner = part.table.name
    path = spot.name if owner == RULEBOOKS and not spot.place.prefix else f"{singular(owner)}_{spot.name}"
    name = TABLE_NAMES.get(path, path)
    can_be = alternatives_of(items, f"an item of {spot.name}")
    if can_be.number != 1 or can_be.is_optional:
        raise ColumnError(f"items of {name} can be several things")
    if can_be.values:
        below = plan(can_be.values[0], name, spot.meaning, part)
    else:
        below = _listed(
            part, replace(spot, reach=lambda item: item, name=singular(spot.of[1].rstrip("_"))), name, can_be
        )
    part.parts.append((_only(spot.reach, tuple), below))


def _listed(parent: Part, spot: Spot, name: str, can_be: Alternatives) -> Part:
    """Return the table of a series of plain values or words: one column beside whose they are."""
    part = Part(Table(name, spot.meaning, (singular(parent.table.name), "position"), parent.table.name), None)
    if can_be.words:
        part.add(Column(spot.name, "string", spot.meaning, None, None, can_be.words), spot.reach)
    else:
        _plain(part, spot, can_be.plain[0], None)
    return part


def _attribute(value: object, model: type[Value], name: str) -> object:
    return getattr(value, name) if isinstance(value, model) else ABSENT


def _only(reach: Get, kind: type) -> Get:
    """Return what reaches a part where it is of this type, and ABSENT otherwise."""
    return lambda item: value if type(value := reach(item)) is kind or _is_value(value, kind) else ABSENT


def _is_value(value: object, kind: type) -> bool:
    return isinstance(value, Value) and isinstance(value, kind)


def as_cell(value: object) -> Cell:
    """Return what stands in a cell; nothing for what is not there.  ColumnError for what no cell holds."""
    if value is ABSENT or value is None:
        return None
    if isinstance(value, str | int | Decimal | date):
        return value
    raise ColumnError(f"a cell holds {type(value).__name__}")
