"""A run opened for reading: its manifest, its rulebook as it stood, and its accounts.

The rulebook, acts and parameters come from the texts in the manifest, so that an old run is read with its own rules.
"""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from glasstown.outcomes.measures import Accounts, read_accounts
from glasstown.records.folder import RunFolder
from glasstown.records.manifest import Manifest
from glasstown.rulebook.acts import ActCatalogue
from glasstown.rulebook.load import load_rulebook, read_document
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


def open_run(path: Path) -> TownRun:
    """Read a run's folder; `RecordError` names what is missing or damaged."""
    folder = RunFolder.open(path)
    manifest = folder.manifest
    with tempfile.TemporaryDirectory(prefix="glasstown-") as unpacked:
        folder.unpack_inputs(Path(unpacked))
        book = _book(Path(unpacked), manifest)
        acts = _acts(Path(unpacked), manifest)
        parameters = read_document(Path(unpacked) / "data" / manifest.parameters.name, Parameters)
    months = folder.read("months")
    accounts = {kind: read_accounts(months, kind) for kind in _scored_kinds(book)}
    return TownRun(path, manifest, book, acts, parameters, months, accounts)


def _book(unpacked: Path, manifest: Manifest) -> Rulebook:
    documents = manifest.rulebooks[0]
    rules = unpacked / "rulebooks" / documents.id / documents.rules.name
    return load_rulebook(f"{rules}@{documents.variant}" if documents.variant else str(rules))


def _acts(unpacked: Path, manifest: Manifest) -> ActCatalogue:
    shipped, *own = (read_document(unpacked / "data" / document.name, ActCatalogue) for document in manifest.acts)
    for more in own:
        changes = {name: getattr(shipped, name) + getattr(more, name) for name in ("roles", "classes", "acts")}
        shipped = shipped.model_copy(update=changes)
    return shipped


def _scored_kinds(book: Rulebook) -> tuple[EntityKind, ...]:
    subjects = {subject.kind for subject in book.subjects}
    clauses = {clause.applies_to.kind for clause in book.clauses}
    kinds: list[EntityKind] = []
    if "person" in subjects or "person" in clauses:
        kinds.append("person")
    if "firm" in subjects or "firm" in clauses:
        kinds.append("firm")
    return tuple(kinds)
