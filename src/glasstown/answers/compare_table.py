"""A comparison as tidy rows: one number each, of one measure, group, side, seed and draw."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from glasstown.outcomes.by_group import ALL
from glasstown.outcomes.by_trait import group_name
from glasstown.population.tables import FIRM_SIZES
from glasstown.studies.pair_runs import SIDES
from glasstown.types import SYNTHETIC_WORDS

if TYPE_CHECKING:
    import pyarrow

    from glasstown.outcomes.twins import Pair
    from glasstown.studies.pairs import Drawn

PEOPLE, LIVED, LIVED_FIRMS = "people at the end", "person-months lived", "firms: firm-months lived"
"""heads of a group, for rates: people go with what is known at the end, months with what is counted over the run"""
COLUMNS: Final = ("measure", "group", "side", "seed", "draw", "value", "population")
Row: TypeAlias = tuple[str, str, str, int | None, int | None, int | None]
LISTED, RECORDED = "listed at the end", "records kept at the end"
"""what is known of people by their traits: on a black list at the end, and records that have taken effect, up to 255 a person"""


def tidy_rows(pairs: Sequence[Pair], drawn: Drawn) -> Iterator[Row]:
    """Yield every count: by seed of everybody, of each group and of people by trait, with heads; then by draw, of everybody.

    A draw has no seed, and what a side does not keep has no value.
    """
    for pair in pairs:
        for group, counts in ({ALL: pair.counts, **pair.groups}).items():
            yield from _of_both(group, counts, pair.seed, None)
        for group, months in pair.lived.items():
            yield from _of_both(group, {LIVED_FIRMS if group in FIRM_SIZES else LIVED: months}, pair.seed, None)
        yield from _of_both(ALL, {PEOPLE: (pair.people, pair.people)}, pair.seed, None)
        for cell in pair.cells:
            counts = {PEOPLE: (cell.people, cell.people), RECORDED: cell.records, LISTED: cell.listed}
            yield from _of_both(group_name(cell.trait, cell.value), counts, pair.seed, None)
    for number, drawn_counts in enumerate(drawn.counts, start=1):
        yield from _of_both(ALL, drawn_counts, None, number)


def _of_both(
    group: str, counts: Mapping[str, Sequence[int | None]], seed: int | None, draw: int | None
) -> Iterator[Row]:
    for measure, values in counts.items():
        for side, value in zip(SIDES, values, strict=False):
            yield measure, group, side, seed, draw, value


def drawn_in(table: pyarrow.Table) -> list[dict[str, tuple[int | None, ...]]]:
    """Return the counts of both sides in each draw that a table of these rows has, the first draw first."""
    found: dict[int, dict[str, dict[str, int | None]]] = {}
    for row in table.filter(table["draw"].is_valid()).to_pylist():
        found.setdefault(row["draw"], {}).setdefault(row["measure"], {})[row["side"]] = row["value"]
    return [
        {measure: tuple(values[side] for side in SIDES) for measure, values in found[draw].items()}
        for draw in sorted(found)
    ]


def columns_of(pairs: Sequence[Pair], drawn: Drawn) -> dict[str, list[Any]]:
    """Return the rows as columns, each row with the words that say who is in it."""
    rows = [(*row, SYNTHETIC_WORDS) for row in tidy_rows(pairs, drawn)]
    return {name: [row[n] for row in rows] for n, name in enumerate(COLUMNS)}


def table_of(columns: Mapping[str, Sequence[Any]], names: tuple[str, str]) -> pyarrow.Table:
    """Return the rows in Arrow; the metadata names both sides."""
    import pyarrow as pa

    numbers = {"seed": pa.uint64(), "draw": pa.int32(), "value": pa.int64()}
    arrays = {name: pa.array(columns[name], numbers.get(name, pa.string())) for name in COLUMNS}
    about = {"population": SYNTHETIC_WORDS, **dict(zip(SIDES, names, strict=True))}
    return pa.table(arrays).replace_schema_metadata(about)
