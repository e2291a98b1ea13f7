"""Every table of the dataset, filled from what ships: rulebooks, acts, parameters, places, and the history around them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from glasstown.archive.claims import Ledger, load_claims
from glasstown.archive.history import (
    Agencies,
    Timeline,
    load_agencies,
    load_areas,
    load_sources,
    load_timeline,
)
from glasstown.archive.library import Presets, load_presets
from glasstown.language.load import load_acts, load_parameters, load_place, load_rulebook, shipped
from glasstown.language.model import Rulebook
from glasstown.language.model_base import Value
from glasstown.language.parameters import PlaceFile
from glasstown.paths import data_folder
from glasstown.tabular.alternatives import alternatives_of
from glasstown.tabular.column import NOT_APPLICABLE, Cell, Column, ColumnError, Empty, Table
from glasstown.tabular.gates import Gate, load_gates
from glasstown.tabular.plan import RULEBOOKS, Part, as_cell, plan
from glasstown.tabular.register import KEYS, LEFT_OUT, ROOT_NAMES, Of, singular

DATA: Final = "data"
"""stands in the place of a rulebook's id for what the files of `data/` cite"""
ID_FIELDS: Final[Mapping[str, tuple[str, ...]]] = {"timeline": ("date",), "areas": ("batch", "name")}
"""what makes the id of a row whose value has none"""
SHARED: Final = ("sources",)
"""tables that rulebooks and the files of `data/` fill together"""
OF_DATA: Final[tuple[Empty, str]] = (NOT_APPLICABLE, "cited by timeline, agencies, areas or claims, not by a rulebook")
"""what an empty `rulebook` means in such a table"""
ITS_OWN: Final[tuple[Empty, str]] = (NOT_APPLICABLE, "it is its own")


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose parts are told: the id of the row, the scope of names, and what the rulebook has from one beneath it."""

    id: str
    scope: str
    inherited: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Root:
    """A table that is part of no other, with the values that fill it."""

    part: Part
    items: Sequence[Value]


def filled() -> list[Table]:
    """Return every table with its rows, rulebooks first."""
    roots = planned()
    tables: list[Table] = []
    for root in roots:
        tables += [part.table for part in _all(root.part)]
        _fill_root(root)
    sources = next(part for part in _all(roots[0].part) if part.table.name == "sources")
    _fill(sources, tuple(load_sources().values()), Owner(DATA, DATA))
    return tables


def covered() -> set[Of]:
    """Return every field of a typed value that is in a table."""
    inside = {of for root in planned() for part in _all(root.part) for of in part.covers}
    return inside | set(ROOT_NAMES)


def planned() -> list[Root]:
    """Return the tables of the record, with the values that fill them but no rows yet."""
    books = [load_rulebook(name) for name in shipped()]
    values = (load_acts(), load_parameters(), Timeline(events=load_timeline()), Agencies(agencies=load_agencies()),
              load_areas(), Ledger(claims=load_claims()), Presets(presets=load_presets()))  # fmt: skip
    roots = [_root(Rulebook, RULEBOOKS, "", books)]
    for value in values:
        roots += list(_contained(value))
    roots.append(_root(Gate, "gates", "", load_gates()))
    names = sorted(path.stem for path in (data_folder() / "places").glob("*.yaml"))
    roots.append(_root(PlaceFile, "places", "", [load_place(name) for name in names]))
    return roots


def _contained(value: Value) -> Iterator[Root]:
    """Yield a table for each series of a file; ColumnError where one has no name."""
    for name, info in type(value).model_fields.items():
        of = (type(value), name)
        if of in LEFT_OUT:
            continue
        if of not in ROOT_NAMES:
            raise ColumnError(f"{of[0].__name__}.{name} has no table; name it in ROOT_NAMES")
        (model,) = alternatives_of(alternatives_of(info.annotation, name).items, name).values
        yield _root(model, ROOT_NAMES[of], info.description or "", getattr(value, name))


def _root(model: type[Value], name: str, meaning: str, items: Sequence[Value]) -> Root:
    part = plan(model, name, meaning)
    _identify(part, is_of_rulebook=name == RULEBOOKS, parent=None)
    return Root(part, items)


def _identify(part: Part, *, is_of_rulebook: bool, parent: str | None) -> None:
    """Put before the columns of a table, and of those below, what tells its rows apart and whose parts they are."""
    first, part.is_of_rulebook = [], is_of_rulebook
    if "id" in part.table.key:
        first.append(Column("id", "string", "stable name of the row, unique in the table"))
    if parent is not None:
        if is_of_rulebook:
            empty = OF_DATA if part.table.name in SHARED else None
            first.append(Column("rulebook", "string", "the scheme that it belongs to", None, empty, (), RULEBOOKS))
        if parent != RULEBOOKS:
            first.append(Column(singular(parent), "string", "the row that it is a part of", None, None, (), parent))
        first.append(Column("position", "integer", "place among the parts of its owner, from 1", "number"))
    if _can_be_inherited(part):
        meaning = "the scheme beneath from which this one has it; leave such rows out where each statement counts once"
        first.append(Column("inherited_from", "string", meaning, None, ITS_OWN, (), RULEBOOKS))
    taken = {column.name for column in first} & {column.name for column in part.table.columns}
    if taken:
        raise ColumnError(f"table {part.table.name} has a column {min(taken)} of its own")
    part.table.columns[:0] = first
    for _, below in part.parts:
        _identify(below, is_of_rulebook=is_of_rulebook, parent=part.table.name)


def _can_be_inherited(part: Part) -> bool:
    return part.table.parent == RULEBOOKS and part.model is not None and "id" in part.model.model_fields


def _fill_root(root: Root) -> None:
    """Fill a table that is part of no other, and those below it."""
    name, taken = root.part.table.name, set[str]()
    for item in root.items:
        owner_id = _free(_root_id(item, name), taken)
        inherited = {each.what: each.from_ for each in item.inherited} if isinstance(item, Rulebook) else {}
        owner = Owner(owner_id, owner_id if isinstance(item, Rulebook) else DATA, inherited)
        root.part.table.rows.append((owner_id, *_cells(root.part, item, owner)))
        _fill_below(root.part, item, owner)


def _root_id(item: Value, table: str) -> str:
    names = ID_FIELDS.get(table) or (KEYS.get(type(item), "id"),)
    return "/".join(str(getattr(item, name)) for name in names)


def _free(name: str, taken: set[str]) -> str:
    """Return the name, or with a number behind it where it is taken."""
    number, free = 1, name
    while free in taken:
        number += 1
        free = f"{name}/{number}"
    taken.add(free)
    return free


def _fill(part: Part, items: Iterable[object], owner: Owner) -> None:
    """Add a row for each part of an owner, and those of the tables below."""
    table, name = part.table, part.table.name
    key = KEYS.get(part.model, "id") if part.model else None
    for position, item in enumerate(items, start=1):
        has_key = part.model is not None and key in part.model.model_fields
        own = str(getattr(item, str(key))) if has_key else str(position)
        row_id = f"{owner.id}/{own}"
        first: list[Cell] = [row_id] if part.model is not None else []
        if part.is_of_rulebook:
            first.append(None if owner.scope == DATA else owner.scope)
        if table.parent is not None and table.parent != RULEBOOKS:
            first.append(owner.id)
        first.append(position)
        if _can_be_inherited(part):
            first.append(owner.inherited.get(f"{name}/{own}") or owner.inherited.get(name))
        table.rows.append((*first, *_cells(part, item, owner)))
        _fill_below(part, item, Owner(row_id, owner.scope, owner.inherited))


def _fill_below(part: Part, item: object, owner: Owner) -> None:
    for get, below in part.parts:
        series = get(item)
        if isinstance(series, tuple):
            _fill(below, series, owner)


def _cells(part: Part, item: object, owner: Owner) -> list[Cell]:
    """Return the cells of a row from its value; what names a row of the same rulebook has the rulebook before it."""
    columns = part.table.columns[-len(part.gets) :] if part.gets else []
    cells = []
    for column, get in zip(columns, part.gets, strict=True):
        cell = as_cell(get(item))
        if cell is not None and column.target is not None:
            cell = f"{owner.scope}/{cell}" if column.name in part.scoped else str(cell)
        cells.append(cell)
    return cells


def _all(part: Part) -> Iterator[Part]:
    """Yield a table and those below it."""
    yield part
    for _, below in part.parts:
        yield from _all(below)
