"""The rulebooks that ship, one row each: what `rulebooks` answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from glasstown.answers.base import Answer
from glasstown.answers.blocks import Block, Grid, Item, Paragraph
from glasstown.types import UNKNOWN

if TYPE_CHECKING:
    import altair

    from glasstown.rulebook.model import Rulebook


@dataclass(frozen=True, slots=True)
class ClauseCounts:
    """How many clauses have a known value, an unknown value, or an effect that is not a number."""

    valued: int
    unknown: int
    other: int

    @property
    def all(self) -> int:
        """All clauses."""
        return self.valued + self.unknown + self.other


def count_clauses(book: Rulebook) -> ClauseCounts:
    """Count a rulebook's clauses by how far their value is known; a range and a rate are known values."""
    values = [clause.points for clause in book.clauses]
    unknown = sum(value == UNKNOWN for value in values)
    other = sum(value is None for value in values)
    return ClauseCounts(len(values) - unknown - other, unknown, other)


def years(book: Rulebook) -> str:
    """Return the years in force as text, such as `2010–unknown` or `2013–2019`."""
    force = book.in_force
    if isinstance(force.until, date):
        return f"{force.from_.year}–{force.until.year}"
    return f"{force.from_.year}–{'unknown' if force.until == UNKNOWN else 'now'}"


@dataclass(frozen=True)
class Shelf(Answer):
    """The shipped rulebooks, in alphabetical order of their ids."""

    books: tuple[Rulebook, ...]

    def as_json(self) -> dict[str, Any]:
        """Return one object for each rulebook under the key `rulebooks`."""
        return {"rulebooks": [_row(book) for book in self.books]}

    def columns(self) -> Mapping[str, Sequence[Any]]:
        """Return one row for each rulebook."""
        counts = [count_clauses(book) for book in self.books]
        return {
            "id": [book.id for book in self.books],
            "title": [book.title for book in self.books],
            "place": [book.place.name for book in self.books],
            "years": [years(book) for book in self.books],
            "subjects": [", ".join(each.kind for each in book.subjects) for book in self.books],
            "clauses": [count.all for count in counts],
            "clauses_valued": [count.valued for count in counts],
            "clauses_unknown": [count.unknown for count in counts],
            "clauses_other": [count.other for count in counts],
            "documented": [book.documented for book in self.books],
        }

    def blocks(self) -> list[Block]:
        """Return one item for each rulebook, counts in a grid below."""
        heads = ("id", "years", "clauses", "valued", "unknown", "other")
        counts = [(book, count_clauses(book)) for book in self.books]
        rows = tuple(
            (book.id, years(book), str(count.all), str(count.valued), str(count.unknown), str(count.other))
            for book, count in counts
        )
        items = [_item(book) for book in self.books]
        note = "valued: a known number, range or rate of points; unknown: points that the record does not give; "
        note += "other: an effect that is not a number.  Example: glasstown show " + (rows[0][0] if rows else "ID")
        return [Grid(heads, rows, frozenset({2, 3, 4, 5})), Paragraph(note, quiet=True), *items]

    def chart(self) -> altair.TopLevelMixin:
        """Return the clauses of each rulebook by how far their value is known."""
        import altair as alt

        rows = [
            {"rulebook": book.id, "value": kind, "clauses": getattr(count_clauses(book), kind)}
            for book in self.books
            for kind in ("valued", "unknown", "other")
        ]
        chart: alt.Chart = (
            alt.Chart(alt.InlineData(values=rows), title="Clauses by how far their value is known")
            .mark_bar()
            .encode(x="clauses:Q", y=alt.Y("rulebook:N", title=None), color=alt.Color("value:N", title=None))
        )
        return chart


def _item(book: Rulebook) -> Item:
    lines = [
        f"{book.place.name}; scores {', '.join(each.label for each in book.subjects)}; {book.documented}",
        *(
            f"reading @{variant.id}{' (default)' if variant.id == book.default_variant else ''}: {variant.label}"
            for variant in book.variants
        ),
    ]
    return Item(book.id, book.title, tuple(lines))


def _row(book: Rulebook) -> dict[str, Any]:
    count, force = count_clauses(book), book.in_force
    return {
        "id": book.id,
        "title": book.title,
        "title_zh": book.title_zh,
        "place": book.place.name,
        "level": book.place.level,
        "in_force": {
            "from": force.from_.isoformat(),
            "until": force.until.isoformat() if isinstance(force.until, date) else force.until,
        },
        "years": years(book),
        "subjects": [each.kind for each in book.subjects],
        "clauses": {"all": count.all, "valued": count.valued, "unknown": count.unknown, "other": count.other},
        "status": book.status,
        "documented": book.documented,
        "variants": [
            {"id": each.id, "label": each.label, "default": each.id == book.default_variant} for each in book.variants
        ],
    }
