"""A run opened for reading: its manifest, its rulebook as it stood, and its accounts.

The rulebook, acts and parameters come from the texts in the manifest, so that an old run is read with its own rules.
"""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa

from glasstown.outcomes.measures import Accounts, read_accounts
from glasstown.records.folder import RunFolder
from glasstown.records.manifest import Document, Manifest, RulebookDocuments
from glasstown.rulebook.acts import ActCatalogue
from glasstown.rulebook.load import read_again, read_document
from glasstown.rulebook.model import Clause, Rulebook, Source
from glasstown.rulebook.parameters import Parameters
from glasstown.types import ClauseId, EntityKind


@dataclass(frozen=True, slots=True)
class TownRun:
    """One run, read.  `accounts` holds an entry for each kind of subject that the rulebook scores."""

    folder: Path
    manifest: Manifest
    book: Rulebook
    acts: ActCatalogue
    parameters: Parameters
    months: pa.Table
    accounts: Mapping[EntityKind, Accounts]

    @property
    def kinds(self) -> tuple[EntityKind, ...]:
        """Return the kinds of subjects that were scored, people first."""
        return tuple(self.accounts)

    @property
    def reference(self) -> str:
        """Return the rulebook as a command names it: ID or ID@VARIANT."""
        book = self.manifest.rulebooks[0]
        return f"{book.id}@{book.variant}" if book.variant else book.id

    @property
    def reading(self) -> str | None:
        """Return the reading in words, where the rulebook has several."""
        chosen = self.book.variant or self.manifest.rulebooks[0].variant
        return next((variant.label for variant in self.book.variants if variant.id == chosen), chosen)

    def clause(self, clause_id: ClauseId) -> Clause | None:
        """Return the clause of this id; None where the rulebook has none."""
        return next((clause for clause in self.book.clauses if clause.id == clause_id), None)

    def source(self, key: str) -> Source | None:
        """Return the source of this key; None where it is not listed."""
        return next((source for source in self.book.sources if source.key == key), None)


class Texts(NamedTuple):
    """The texts of a manifest, read."""

    book: Rulebook
    acts: ActCatalogue
    parameters: Parameters


def open_run(path: Path, texts: Texts | None = None) -> TownRun:
    """Read a run's folder; `texts` saves the reading to who has just run it.  `RecordError` names what is damaged."""
    folder = RunFolder.open(path)
    manifest = folder.manifest
    book, acts, parameters = texts or _read_texts(manifest.rulebooks[0], manifest.acts, manifest.parameters)
    months = folder.read("months")
    accounts = {kind: read_accounts(months, kind) for kind in _scored_kinds(book)}
    return TownRun(path, manifest, book, acts, parameters, months, accounts)


@lru_cache(maxsize=8)
def _read_texts(documents: RulebookDocuments, acts: tuple[Document, ...], parameters: Document) -> Texts:
    """Read the texts of a manifest; they are the key, so several runs of the same texts are read once."""
    with tempfile.TemporaryDirectory(prefix="glasstown-") as unpacked:
        folder = Path(unpacked)
        rules, _ = (_unpack(folder, document) for document in (documents.rules, documents.sources))
        book = read_again(rules, documents.variant)
        catalogues = [read_document(_unpack(folder, document), ActCatalogue) for document in acts]
        return Texts(book, _together(catalogues), read_document(_unpack(folder, parameters), Parameters))


def _unpack(folder: Path, document: Document) -> Path:
    path = folder / document.name
    path.write_bytes(document.text.encode("utf-8"))
    return path


def _together(catalogues: Sequence[ActCatalogue]) -> ActCatalogue:
    shipped, *own = catalogues
    for more in own:
        changes = {name: getattr(shipped, name) + getattr(more, name) for name in ("roles", "classes", "acts")}
        shipped = shipped.model_copy(update=changes)
    return shipped


def _scored_kinds(book: Rulebook) -> tuple[EntityKind, ...]:
    """Return the kinds that clauses are about: a subject that no clause is about has no score that could move."""
    about = {clause.applies_to.kind for clause in book.clauses}
    kinds: tuple[EntityKind, ...] = ("person", "firm")
    return tuple(kind for kind in kinds if kind in about)
