"""A run opened for reading under one of its rulebooks: its manifest, the rulebook as it stood, and its accounts.

The rulebook, acts and parameters come from the texts in the manifest, so that an old run is read with its own rules.

Whose life a report tells when nobody is named: somebody whose record shows the rules at work.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc

from glasstown.interpreter.calendar import add_months
from glasstown.language.acts import ActCatalogue
from glasstown.language.model import Clause, Rulebook, Source
from glasstown.language.parameters import Parameters
from glasstown.outcomes.measures import Accounts, read_accounts
from glasstown.runs.subjects import named_under, scored_kinds, unkept_accounts
from glasstown.runs.texts import Texts, kept
from glasstown.storage.folder import RunFolder
from glasstown.storage.manifest import Manifest
from glasstown.types import ClauseId, EntityKind


@dataclass(frozen=True, slots=True)
class TownRun:
    """One run under one of its rulebooks, read; `number` is its place among them.

    `accounts` holds an entry for everybody who lives there, whom the rulebook's clauses are about first; they say themselves what
    is not kept.
    """

    folder: Path
    manifest: Manifest
    book: Rulebook
    acts: ActCatalogue
    parameters: Parameters
    months: pa.Table
    accounts: Mapping[EntityKind, Accounts]
    number: int = 0

    @property
    def kinds(self) -> tuple[EntityKind, ...]:
        """Return who lives there: whom clauses are about first, else people first."""
        return tuple(self.accounts)

    @property
    def scored_kinds(self) -> tuple[EntityKind, ...]:
        """Return the kinds of subjects that clauses are about, people first."""
        return tuple(kind for kind in scored_kinds(self.book) if kind in self.accounts)

    @property
    def last_month(self) -> date | None:
        """Return the first day of the last month that was lived, whoever was scored in it; None where there is none yet."""
        if self.manifest.status == "done":
            return add_months(self.manifest.start, self.manifest.months - 1)
        days = [each.dates[-1] for each in self.accounts.values() if each.dates]
        return max(days, default=None)

    @property
    def reference(self) -> str:
        """Return the rulebook as a command names it, ID or ID@VARIANT, which is its name in the run's tables."""
        return self.manifest.rulebooks[self.number].reference

    @property
    def beside(self) -> tuple[str, ...]:
        """Return the other rulebooks that were in force over the same town."""
        return tuple(each.reference for each in self.manifest.rulebooks if each.reference != self.reference)

    @property
    def reading(self) -> str | None:
        """Return the reading in words, where the rulebook has several."""
        chosen = self.book.variant or self.manifest.rulebooks[self.number].variant
        return next((variant.label for variant in self.book.variants if variant.id == chosen), chosen)

    def clause(self, clause_id: ClauseId) -> Clause | None:
        """Return the clause of this id; None where the rulebook has none."""
        return next((clause for clause in self.book.clauses if clause.id == clause_id), None)

    def source(self, key: str) -> Source | None:
        """Return the source of this key; None where it is not listed."""
        return next((source for source in self.book.sources if source.key == key), None)


def open_run(path: Path, under: str | None = None) -> TownRun:
    """Read a run's folder under one of its rulebooks, by default the first.

    Errors   RecordError names what is damaged; UsageError where the run has no such rulebook.
    """
    folder = RunFolder.open(path)
    manifest = folder.manifest
    number = _number_of(manifest, under)
    found = kept(Texts.of(manifest), manifest.settings)
    book, months = found.books[number], folder.read("months")
    name = manifest.rulebooks[number].reference
    numbers = {each.id: str(each.value) for each in found.parameters.parameters} | manifest.settings
    accounts = {
        kind: read_accounts(months, kind, rulebook=name, unkept=unkept_accounts(book, kind, numbers))
        for kind in _living(manifest, book)
    }
    return TownRun(path, manifest, book, found.acts, found.parameters, months, accounts, number)


def _living(manifest: Manifest, book: Rulebook) -> tuple[EntityKind, ...]:
    """Return who lives in a run, whom clauses of the rulebook are about first."""
    living: tuple[EntityKind, ...] = ("person", "firm") if manifest.firms else ("person",)
    about = scored_kinds(book)
    return tuple(sorted(living, key=lambda kind: kind not in about))


def open_all(path: Path) -> tuple[TownRun, ...]:
    """Read a run's folder under each of its rulebooks, in the run's order."""
    names = [each.reference for each in RunFolder.open(path).manifest.rulebooks]
    return tuple(open_run(path, under=name) for name in names)


def _number_of(manifest: Manifest, under: str | None) -> int:
    """Return the place of a rulebook in a run; without a name the first."""
    if under is None:
        return 0
    names = [each.reference for each in manifest.rulebooks]
    return names.index(named_under("The run", names, under))


FITTING_RECORDS: Final = 8
"""A life of about this many records shows several clauses and can still be read to its end."""


def interesting_person(folder: Path, rulebook: str | None = None) -> int | None:
    """Return the person with the most instructive record; None where the run ends without scored people.

    The choice is the same for the same run: about eight records, then an uncommon grade, then the lowest number.
    """
    people = scored_people(folder, ("n_records",), rulebook)
    if people is None or people.num_rows == 0:
        return None
    n_records = pc.fill_null(people["n_records"], 0).cast(pa.int64())  # bytes would wrap below zero
    distance = pc.abs(pc.subtract(n_records, pa.scalar(FITTING_RECORDS, n_records.type)))
    nearest = people.filter(pc.equal(distance, pc.min(distance)))
    n_in_grade = {entry["values"]: entry["counts"] for entry in pc.value_counts(people["grade"]).to_pylist()}
    pairs = zip(nearest["grade"].to_pylist(), nearest["id"].to_pylist(), strict=True)
    return int(min(pairs, key=lambda pair: (n_in_grade[pair[0]], pair[1]))[1])


def scored_people(folder: Path, more: tuple[str, ...] = (), rulebook: str | None = None) -> pa.Table | None:
    """Return id, score, grade and further columns of the people whom a rulebook scores at the end; None before the end.

    Without a name the run's first rulebook is meant.
    """
    run = RunFolder.open(folder)
    if not run.files("final"):
        return None
    final = run.read("final")
    under = rulebook or run.manifest.rulebooks[0].reference
    of_it = pc.fill_null(pc.equal(final["rulebook"].cast(pa.string()), under), False)
    chosen = pc.and_(pc.and_(pc.equal(final["kind"].cast(pa.string()), "person"), of_it), pc.is_valid(final["score"]))
    columns = {name: final[name] for name in ("id", "score", *more)}
    return pa.table({**columns, "grade": final["grade"].cast(pa.string())}).filter(chosen)


def is_scored(folder: Path, person: int, rulebook: str | None = None) -> bool:
    """Return whether a rulebook scores one person at the end of a run; before the end everybody is taken to be scored."""
    people = scored_people(folder, rulebook=rulebook)
    return people is None or bool(pc.any(pc.equal(people["id"], person)).as_py())


def standing(folder: Path, person: int) -> dict[str, Any] | None:
    """Return one person's score and grade at the end of a run; None where the person is not scored in it."""
    people = scored_people(folder)
    if people is None:
        return None
    rows: list[dict[str, Any]] = people.filter(pc.equal(people["id"], person)).to_pylist()
    return rows[0] if rows else None
