"""Whose life a report tells when nobody is named: somebody whose record shows the rules at work."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc

from glasstown.storage.folder import RunFolder

FITTING_RECORDS: Final = 8
"""A life of about this many records shows several clauses and can still be read to its end."""


def interesting_person(folder: Path, rulebook: str | None = None) -> int | None:
    """Return the person with the most instructive record; None where the run ends without scored people.

    The choice is the same for the same run: about eight records, then an uncommon grade, then the lowest number.
    """
    people = scored_people(folder, ("n_records",), rulebook)
    if people is None or people.num_rows == 0:
        return None
    n_records = pc.fill_null(people["n_records"], 0)
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


def standing(folder: Path, person: int) -> dict[str, Any] | None:
    """Return one person's score and grade at the end of a run; None where the person is not scored in it."""
    people = scored_people(folder)
    if people is None:
        return None
    rows: list[dict[str, Any]] = people.filter(pc.equal(people["id"], person)).to_pylist()
    return rows[0] if rows else None
