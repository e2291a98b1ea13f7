"""Every cited part of a rulebook as an entry: id, label, what it says in words, and its source."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from glasstown.answers import words
from glasstown.answers.blocks import Item

if TYPE_CHECKING:
    from glasstown.rulebook.model import Cite, Clause, Rulebook


@dataclass(frozen=True, slots=True)
class Entry:
    """One cited statement of a scheme."""

    id: str
    label: str
    says: tuple[str, ...]
    cite: Cite | None
    note: str | None = None
    label_zh: str | None = None
    origin: str | None = None
    """the rulebook beneath that says it, where this one lies over another"""

    def as_json(self) -> dict[str, Any]:
        """Return the entry with its source; `says` holds the statements in words."""
        cited = self.cite
        return {
            "id": self.id,
            "label": self.label,
            "label_zh": self.label_zh,
            "says": list(self.says),
            "evidence": cited.evidence if cited else None,
            "seen": cited.seen if cited else None,
            "source": cited.source if cited else None,
            "at": cited.at if cited else None,
            "note": self.note,
            "from": self.origin,
        }

    def item(self) -> Item:
        """Return the entry as it is shown: name, statements, then source and notes."""
        origin = [f"from {self.origin}"] if self.origin else []
        quiet = [
            *origin,
            *([source_words(self.cite)] if self.cite else []),
            *([f"note: {self.note}"] if self.note else []),
        ]
        label = f"{self.label} ({self.label_zh})" if self.label_zh else self.label
        return Item(
            self.id,
            label,
            tuple([f"{'; '.join(each.rstrip('.') for each in self.says)}."] if self.says else []),
            tuple(quiet),
        )


def source_words(cite: Cite) -> str:
    """Return evidence, source and locator; says how the source was read when it was not its own text."""
    seen = "" if cite.seen == "direct" else f", seen {cite.seen}"
    note = f" ({cite.note})" if cite.note else ""
    return f"[{cite.evidence}{seen}] {cite.source}, {cite.at}{note}"


def entries(book: Rulebook) -> dict[str, tuple[Entry, ...]]:
    """Return the parts of a rulebook in the order they are shown, each part's entries in file order."""
    parts = {**_scored(book), **_catalogue(book), **_consequences(book), **_remarks(book)}
    if not book.inherited:
        return parts
    origins = {each.what: each.from_ for each in book.inherited}
    return {
        name: tuple(replace(each, origin=origins.get(f"{name}/{each.id}") or origins.get(name)) for each in part)
        for name, part in parts.items()
    }


def _scored(book: Rulebook) -> dict[str, tuple[Entry, ...]]:
    rule, unit = book.score, book.score.unit
    bounds = (("lowest", "lower bound", rule.lowest), ("highest", "upper bound", rule.highest))
    return {
        "subjects": tuple(Entry(each.kind, each.label, words.subject(each), each.cite) for each in book.subjects),
        "score": (
            Entry("base", "where everyone starts", words.base(rule), rule.base.cite),
            *(Entry(part.id, part.label, (words.counted(part.value, unit),), part.cite) for part in rule.parts),
            *(Entry(name, label, (words.figure(bound.value, unit),), bound.cite) for name, label, bound in bounds),
        ),
        "grades": tuple(Entry(each.id, each.label, (words.grade(each, unit),), each.cite) for each in book.grades),
    }


def _catalogue(book: Rulebook) -> dict[str, tuple[Entry, ...]]:
    unit = book.score.unit
    return {
        "clauses": tuple(
            Entry(
                each.id,
                each.label,
                (*words.clause_effects(each, book), *_filed(each)),
                each.cite,
                each.note,
                each.label_zh,
            )
            for each in book.clauses
        ),
        "groups": tuple(
            Entry(each.id, each.label, tuple(words.cap(limit, unit) for limit in each.caps), each.cite)
            for each in book.groups
        ),
        "ladders": tuple(
            Entry(each.id, each.label, (" → ".join(each.steps), f"counted over {words.span(each.window)}"), each.cite)
            for each in book.ladders
        ),
    }


def _filed(clause: Clause) -> tuple[str, ...]:
    """Return who records a clause, and where it stands in the scheme's own catalogue."""
    agency = [f"recorded by {clause.agency}"] if clause.agency is not None else []
    return (*agency, *([f"stands under '{clause.category}'"] if clause.category is not None else []))


def _consequences(book: Rulebook) -> dict[str, tuple[Entry, ...]]:
    return {
        "lists": tuple(
            Entry(each.id, each.label, words.list_rule(each, book), each.cite, each.note) for each in book.lists
        ),
        "measures": tuple(
            Entry(each.id, each.label, words.measure(each), each.cite, each.note) for each in book.measures
        ),
        "procedures": tuple(Entry(each.id, each.label, words.procedure(each), each.cite) for each in book.procedures),
    }


def _remarks(book: Rulebook) -> dict[str, tuple[Entry, ...]]:
    return {
        **{
            name: tuple(Entry(each.id, each.text, (), each.cite, each.note) for each in getattr(book, name))
            for name in ("publicity", "redress", "process")
        },
        "observations": tuple(
            Entry(each.id, each.label, (_figure(each.value, each.unit, each.year),), each.cite, each.note)
            for each in book.observations
        ),
        "variants": tuple(
            Entry(
                f"@{each.id}",
                each.label + (" (runs where none is named)" if each.id == book.default_variant else ""),
                tuple(f"{setting.path} = {setting.value}" for setting in each.settings),
                each.cite,
            )
            for each in book.variants
        ),
    }


def _figure(value: Any, unit: str, year: int | None) -> str:
    numbers = value if isinstance(value, tuple) else (value,)
    shown = ", ".join(words.plain(number) if isinstance(number, Decimal) else str(number) for number in numbers)
    return f"{shown} {unit}{f' ({year})' if year is not None else ''}"
