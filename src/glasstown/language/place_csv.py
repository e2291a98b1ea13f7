"""A place from a plain table of published aggregates: a row a cell, as share or as count; docs/places.md describes it.

Nothing else has a column here, so that no table of people can be read as one of places.
"""

from __future__ import annotations

import csv
import io
import re
import warnings
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation, localcontext
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from glasstown.errors import Fault, Place, RulebookError, RunWarning, did_you_mean
from glasstown.incoming import fault_of_text
from glasstown.language.files import parse_with_places, shown_path
from glasstown.language.parameters import PlaceFile
from glasstown.language.yaml import FROM_A_PIPE, is_pipe
from glasstown.letters import shown
from glasstown.personal import WHY_NOT

ENDING: Final = ".csv"
NEEDED, NUMBERS, FURTHER = ("group", "cell"), ("share", "count"), ("label", "source", "evidence", "note")
COLUMNS: Final = (*NEEDED, *NUMBERS, *FURTHER)
MARGINALS: Final = ("age", "household_size", "income_fifth", "work", "firm_size", "firm_sector")
SINGLES: Final = (
    *("female", "urban", "registered_urban", "registered_rural", "debt_urban", "debt_rural"),
    *("firms_per_person", "firms_per_representative"),
)
ROLE, SMALLEST = "role", "smallest_cell"
GROUPS: Final = (*MARGINALS, *SINGLES, ROLE, SMALLEST)
YES, NO = "yes", "no"
MOST_ROWS, LEAST_PEOPLE, PLACES = 400, 10, Decimal("1e-12")
OF_PERSONS: Final = re.compile(
    r"(?i)name|surname|phone|mobile|address|mail|birth|born|passport|licen[cs]e|plate|person|people_?id|^id$|_id$|id_|uuid|card"
    r"|姓名|身份证|电话|手机|住址|地址|生日"
)
"""headings that a table of persons has"""
BAND: Final = re.compile(r"(\d{1,3})\s*[-–]\s*(\d{1,3})")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table: its texts by column, and where it stands."""

    texts: Mapping[str, str]
    at: Place

    @property
    def group(self) -> str:
        """Return what the row is about."""
        return self.texts["group"]

    @property
    def cell(self) -> str:
        """Return which cell of it."""
        return self.texts["cell"]

    @property
    def column(self) -> str:
        """Return which of the two numbers it has."""
        return "count" if self.texts.get("count") else "share"

    @property
    def number(self) -> Decimal:
        """Return its number."""
        return Decimal(self.texts[self.column])


def is_table(path: Path) -> bool:
    """Return whether a file is such a table, by its name."""
    return path.suffix.lower() == ENDING


def read_place_table(path: Path, base: PlaceFile) -> tuple[PlaceFile, str]:
    """Return the place of a table, and its text as a place file; what the table does not say is as in `base`, and told.

    Errors   RulebookError with every fault
    """
    file = shown_path(path)
    if is_pipe(path):
        raise RulebookError(file, [Fault("file", Place(file), "a pipe", "a CSV file", FROM_A_PIPE)])
    try:
        content = path.read_bytes()
        text = content.decode("utf-8-sig")
    except OSError as error:
        words = (error.strerror or str(error)).lower()
        raise RulebookError(
            file, [Fault("file", Place(file), words, "a file that can be read", "Check the name.")]
        ) from None
    except UnicodeDecodeError:
        fault = Fault("file", Place(file), "bytes that are no UTF-8", "text in UTF-8", "Save it as UTF-8.")
        raise RulebookError(file, [fault]) from None
    rows = _rows(text, file)
    if faults := [*_row_faults(rows), *_group_faults(rows)]:
        raise RulebookError(file, faults)
    groups = {name: [row for row in rows if row.group == name] for name in GROUPS}
    left = [name for name in (*MARGINALS, *SINGLES) if not groups[name]]
    if left:
        warnings.warn(f"{file}: not in it, and as in {base.id}: {', '.join(left)}.", RunWarning, stacklevel=3)
    values = {**base.model_dump(mode="json", by_alias=True, exclude_none=True), **_values(groups, base)}
    values |= _named(path, sha256(content).hexdigest())
    place = PlaceFile.model_validate_json(_json(values))
    said = _json(place.model_dump(mode="json", by_alias=True, exclude_none=True))
    return parse_with_places(said, file, PlaceFile).value, said


def _json(values: Any) -> str:
    import json

    return json.dumps(values, ensure_ascii=False, indent=1) + "\n"


def _named(path: Path, digest: str) -> dict[str, str]:
    name = re.sub(r"[^A-Za-z0-9+._-]+", "-", path.stem).strip("-._+") or "own-place"
    return {"id": name, "label": f"{name}, from a table with the SHA-256 {digest[:16]}"}


def _rows(text: str, file: str) -> list[Row]:
    """Return the lines of the table; RulebookError where its columns are not such a table's."""
    lines = list(csv.reader(io.StringIO(text)))
    heads = [head.strip().lower() for head in lines[0]] if lines else []
    if faults := list(_head_faults(heads, Place(file, 1, 1))):
        raise RulebookError(file, faults)
    if len(lines) > MOST_ROWS:
        found = f"{len(lines) - 1} rows"
        way_out = f"{WHY_NOT}: give cells of published tables, never a row for each of many."
        raise RulebookError(file, [Fault("file", Place(file), found, f"at most {MOST_ROWS} rows", way_out)])
    found_rows = []
    for number, line in enumerate(lines[1:], start=2):
        at = Place(file, number, 1)
        if not any(cell.strip() for cell in line) or line[0].lstrip().startswith("#"):
            continue
        if len(line) != len(heads):
            expected = f"{len(heads)} cells, as the first line has"
            fault = Fault("row", at, f"{len(line)} cells", expected, "Put a text with a comma into double quotes.")
            raise RulebookError(file, [fault])
        found_rows.append(Row({head: cell.strip() for head, cell in zip(heads, line, strict=True)}, at))
    return found_rows


def _head_faults(heads: Sequence[str], at: Place) -> Iterator[Fault]:
    expected = f"columns {', '.join(NEEDED)}, one or both of {' and '.join(NUMBERS)}, and perhaps {', '.join(FURTHER)}"
    if persons := [head for head in heads if OF_PERSONS.search(head)]:
        found = f"the column '{shown(persons[0])}', as tables of persons have"
        yield Fault("columns", at, found, expected, f"{WHY_NOT}: a place is made of published aggregates.")
        return
    strange = [head for head in heads if head not in COLUMNS]
    missing = [name for name in NEEDED if name not in heads]
    missing += [] if set(heads) & set(NUMBERS) else [" or ".join(NUMBERS)]
    lacking = f"no column {', '.join(missing)}" if missing else ""
    if strange or lacking:
        found = ", and ".join(filter(None, (", ".join(f"'{shown(head)}'" for head in strange[:5]), lacking)))
        way_out = did_you_mean(strange[0], COLUMNS) if strange else "Name the columns in the first line."
        yield Fault("columns", at, found, expected, way_out)
    if len(set(heads)) < len(heads):
        yield Fault("columns", at, "a column twice", "each once", "Remove one.")


def _row_faults(rows: Sequence[Row]) -> Iterator[Fault]:
    """Yield what is wrong with rows by themselves."""
    seen: set[tuple[str, str]] = set()
    for row in rows:
        if row.group not in GROUPS:
            yield Fault("group", row.at, f"'{shown(row.group)}'", "a group of a place", did_you_mean(row.group, GROUPS))
        if (row.group, row.cell) in seen:
            yield Fault("cell", row.at, f"'{shown(row.cell)}' of {row.group} again", "each once", "Add the two.")
        seen.add((row.group, row.cell))
        given = [name for name in NUMBERS if row.texts.get(name)]
        if len(given) != 1:
            found = "a share and a count" if given else "neither a share nor a count"
            yield Fault("number", row.at, found, "one of the two", "Fill one of the columns.")
            continue
        yield from _number_faults(row)
        for name in FURTHER:
            if fault := fault_of_text(row.texts.get(name, ""), f"'{name}'", row.at):
                yield fault


def _number_faults(row: Row) -> Iterator[Fault]:
    text = row.texts[row.column]
    try:
        value = Decimal(text)
    except InvalidOperation:
        value = Decimal(-1)
    if not value.is_finite() or value < 0 or len(text) > 30:
        yield Fault(row.column, row.at, f"'{shown(text)}'", "a number of 0 or more", "Write 5 percent as 0.05.")
    elif row.column == "count" and (value != value.to_integral_value() or 0 < value < LEAST_PEOPLE):
        expected = f"a whole number of at least {LEAST_PEOPLE} people, or 0"
        yield Fault("count", row.at, text, expected, "Merge cells: a small one can be read as a record of individuals.")
    if row.group == "age" and not BAND.fullmatch(row.cell):
        yield Fault("cell", row.at, f"'{shown(row.cell)}'", "ages from and to, such as 15-59", "Write both ends.")


def _group_faults(rows: Sequence[Row]) -> Iterator[Fault]:
    """Yield what is wrong with the rows of a group together: shares that do not sum to 1 with the sum found."""
    for name in dict.fromkeys(row.group for row in rows):
        mine = [row for row in rows if row.group == name]
        if any(_number_fault_of(row) for row in mine):
            continue
        columns = {row.column for row in mine}
        if len(columns) > 1:
            yield Fault(
                name, mine[0].at, "shares and counts", "one kind of number", "Count all, or give all as shares."
            )
        elif name in MARGINALS and columns == {"share"}:
            with localcontext() as exact:
                exact.prec = 1000
                total = sum((row.number for row in mine), Decimal(0))
            if total != 1:
                way_out = f"Change the cell whose figure was rounded by {1 - total:+}, and say so in its note."
                yield Fault(name, mine[0].at, f"shares that sum to {total}", "exactly 1", way_out)
        elif name in MARGINALS and not sum(row.number for row in mine):
            yield Fault(name, mine[0].at, "counts that sum to 0", "people", "Leave the group out.")
        elif name in SINGLES:
            yield from _single_faults(name, mine, columns)


def _number_fault_of(row: Row) -> bool:
    return len([name for name in NUMBERS if row.texts.get(name)]) != 1 or any(_number_faults(row))


def _single_faults(name: str, mine: Sequence[Row], columns: set[str]) -> Iterator[Fault]:
    cells = {row.cell for row in mine}
    if columns == {"count"} and (cells != {YES, NO} or not sum(row.number for row in mine)):
        yield Fault(name, mine[0].at, f"counts of {', '.join(sorted(cells))}", "counts of yes and of no", "Give both.")
    if columns == {"share"} and len(mine) > 1:
        yield Fault(name, mine[0].at, f"{len(mine)} shares", "one", "Give the share alone; what is left is clear.")
    if columns == {"share"} and not name.startswith("firms_") and mine[0].number > 1:
        yield Fault(name, mine[0].at, f"{mine[0].number}", "a share from 0 to 1", "Write 5 percent as 0.05.")


def _values(groups: Mapping[str, Sequence[Row]], base: PlaceFile) -> dict[str, Any]:
    """Return the keys of a place file that the table says."""
    found: dict[str, Any] = {}
    for name in MARGINALS:
        if mine := groups[name]:
            found[name] = {"cells": _cells(name, mine, base), "basis": _basis(mine)}
    for name in SINGLES:
        if mine := groups[name]:
            value = next((share for row, share in zip(mine, _shares(mine), strict=True) if row.cell == YES), None)
            found[name] = {"value": str(mine[0].number if value is None else value), "basis": _basis(mine)}
    if mine := groups[ROLE]:
        given = {row.cell: row for row in mine}
        roles = [role.model_dump(mode="json", exclude_none=True) for role in base.roles]
        for role in roles:
            if (row := given.pop(role["role"], None)) is not None:
                role |= {"share": str(row.number), "basis": _basis([row])}
        roles += [{"role": name, "share": str(row.number), "basis": _basis([row])} for name, row in given.items()]
        found["roles"] = roles
    counts = [row.number for rows in groups.values() for row in rows if row.column == "count" and row.number]
    if groups[SMALLEST] or counts:
        found[SMALLEST] = int(min([*counts, *(row.number for row in groups[SMALLEST])]))
    return found


def _shares(rows: Sequence[Row]) -> list[Decimal]:
    """Return the share of each row, which sum to 1: counts over their sum, what is rounded away going to the largest."""
    if rows[0].column == "share":
        return [row.number for row in rows]
    total = sum((row.number for row in rows), Decimal(0))
    shares = [(row.number / total).quantize(PLACES) for row in rows]
    largest = max(range(len(rows)), key=lambda place: shares[place])
    shares[largest] += 1 - sum(shares, Decimal(0))
    return shares


def _cells(name: str, rows: Sequence[Row], base: PlaceFile) -> list[dict[str, Any]]:
    if name == "age":
        bands = [BAND.fullmatch(row.cell) for row in rows]
        return [
            {"from": int(band[1]), "to": int(band[2]), "share": str(share)}
            for band, share in zip(bands, _shares(rows), strict=True)
            if band
        ]
    known = {cell.id: cell.label for cell in getattr(base, name).cells}
    return [
        {"id": row.cell, "label": row.texts.get("label") or known.get(row.cell, row.cell), "share": str(share)}
        for row, share in zip(rows, _shares(rows), strict=True)
    ]


def _basis(rows: Sequence[Row]) -> dict[str, str]:
    said = {name: next((row.texts[name] for row in rows if row.texts.get(name)), "") for name in FURTHER[1:]}
    usual = {"source": "not said in the table", "evidence": "assumed"}
    return {**usual, **{name: text for name, text in said.items() if text}}
