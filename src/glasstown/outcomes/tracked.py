"""Whose life a report tells when nobody is named: somebody whose record shows the rules at work."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import pyarrow as pa

from glasstown.records.folder import RunFolder

FITTING_RECORDS: Final = 8
"""A life of about this many records shows several clauses and can still be read to its end."""


def interesting_person(folder: Path) -> int | None:
    """Return the person with the most instructive record; None where the run ends without scored people.

    The choice is the same for the same run: about eight records, then an uncommon grade, then the lowest number.
    """
    run = RunFolder.open(folder)
    if not run.files("final"):
        return None
    rows = _people(run.read("final"))
    if not rows:
        return None
    grades = [row.get("grade") for row in rows]
    n_in_grade = {grade: grades.count(grade) for grade in set(grades)}
    best = min(rows, key=lambda row: (_distance(row), n_in_grade[row.get("grade")], row["id"]))
    return int(best["id"])


def standing(folder: Path, person: int) -> dict[str, Any] | None:
    """Return one person's last row of a run; None where the run has no such row."""
    run = RunFolder.open(folder)
    rows = _people(run.read("final"), scored_only=False) if run.files("final") else []
    return next((row for row in rows if row["id"] == person), None)


def _people(final: pa.Table, *, scored_only: bool = True) -> list[dict[str, Any]]:
    wanted = [name for name in ("kind", "id", "age", "score", "grade", "n_records") if name in final.column_names]
    rows: list[dict[str, Any]] = final.select(wanted).to_pylist()
    return [row for row in rows if row["kind"] == "person" and (not scored_only or row.get("score") is not None)]


def _distance(row: dict[str, Any]) -> int:
    return abs(int(row.get("n_records") or 0) - FITTING_RECORDS)
