"""Cut-offs of quota grades that a run has published: written to its inbox, and read again for one life."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import TypeAlias

from glasstown.engine.quotas import CutOffs, QuotaReading, are_published, read_quotas
from glasstown.ledger import CutOff
from glasstown.records.accounts import month_first
from glasstown.records.build import Plan
from glasstown.records.folder import RunFolder
from glasstown.types import EntityKind

CUT_OFF = "cut-off"
"""The account under which the inbox has them, by KIND/GRADE, in quanta, for the month from whose first day they hold."""
Published: TypeAlias = Mapping[tuple[EntityKind, str, int], CutOffs]
"""What came into force, by kind, rulebook and month; a grade that nobody reached stands there as None."""


def cutoffs_of(folder: RunFolder, plan: Plan) -> Published:
    """Return every cut-off of a run's months; empty where no rulebook has quota grades."""
    quotas = {name: read_quotas(compiled) for name, compiled in plan.compiled.items()}
    if not any(quotas.values()):
        return {}
    rows = folder.read("inbox").to_pylist()
    known = {
        (*row["item"].split("/", 1), row["rulebook"], row["month"]): row["value"]
        for row in rows
        if row["account"] == CUT_OFF
    }
    published: dict[tuple[EntityKind, str, int], CutOffs] = {}
    for kind in plan.kinds:
        for name, readings in quotas.items():
            grades = plan.compiled[name].grade_ids()
            for month in range(1, plan.manifest.months):
                due = due_in(readings, (plan.manifest.start.month - 1 + month - 1) % 12 + 1)
                first = month_first(plan.manifest.start, month)
                if due and are_published(plan.compiled[name], plan.manifest.start, first):
                    published[kind, name, month] = {row: known.get((kind, grades[row], name, month)) for row in due}
    return published


def due_in(readings: Sequence[QuotaReading], month_before: int) -> tuple[int, ...]:
    """Return the grades that are assessed on the last day of a calendar month."""
    return tuple(reading.row for reading in readings if month_before in reading.months)


def as_given(published: Published, plan: Plan, kind: EntityKind, rulebook: str) -> tuple[CutOff, ...]:
    """Return a rulebook's cut-offs as the interpreter takes them: by assessed day, in points."""
    compiled = plan.compiled[rulebook]
    return tuple(
        CutOff(
            month_first(plan.manifest.start, month) - timedelta(days=1),
            compiled.grade_ids()[row],
            None if quanta is None else quanta * compiled.quantum,
        )
        for (whose, name, month), cutoffs in published.items()
        if (whose, name) == (kind, rulebook)
        for row, quanta in cutoffs.items()
    )
