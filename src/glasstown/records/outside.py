"""What a neighbourhood hears from outside itself: published cut-offs, and mail; what it needs to be lived again alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, TypeAlias

import numpy as np

from glasstown.compiler.columns import NEVER
from glasstown.engine import spilling
from glasstown.engine.mail import sends_mail
from glasstown.engine.shapes import I64
from glasstown.engine.state import as_rules
from glasstown.engine.town import Town
from glasstown.population import BLOCK
from glasstown.records.build import Plan
from glasstown.records.cutoffs import Published, cutoffs_of
from glasstown.records.folder import RunFolder
from glasstown.types import EntityKind

Delivered: TypeAlias = Mapping[tuple[EntityKind, str, int, int], I64]
"""Rows of mail by whom it is for, rulebook, month and neighbourhood, as the engine takes them."""


@dataclass(frozen=True, slots=True)
class Outside:
    """What neighbourhoods heard from outside in a run."""

    cutoffs: Published = field(default_factory=dict)
    mail: Delivered = field(default_factory=dict)


NOTHING = Outside()


def outside_of(folder: RunFolder, plan: Plan) -> Outside:
    """Return all that a run's neighbourhoods heard from outside."""
    return Outside(cutoffs_of(folder, plan), _mail_of(folder, plan))


def _mail_of(folder: RunFolder, plan: Plan) -> Delivered:
    """Return a run's mail; empty where no rulebook sends any."""
    senders = {name for name, compiled in plan.compiled.items() if sends_mail(as_rules(compiled))}
    if not senders:
        return {}
    origin = plan.manifest.start.replace(day=1)
    places = {name: {c: n for n, c in enumerate(plan.compiled[name].clause_ids())} for name in senders}
    found: dict[tuple[EntityKind, str, int, int], list[list[int]]] = {}
    for row in folder.read("mail").to_pylist():
        key = (row["kind"], row["rulebook"], row["month"], row["target"] // BLOCK)
        found.setdefault(key, []).append(_as_line(row, places[row["rulebook"]], origin))
    return {key: np.array(lines, dtype=np.int64) for key, lines in found.items()}


def _as_line(row: Mapping[str, Any], places: Mapping[str, int], origin: date) -> list[int]:
    """Return a row of the table as the engine takes it."""
    line = [0] * spilling.N_MAIL_COLUMNS
    line[spilling.Y_TARGET], line[spilling.Y_SOURCE], line[spilling.Y_EVENT] = (
        row["target"],
        row["source"],
        row["event"],
    )
    line[spilling.Y_CLAUSE] = places[row["clause"]]
    line[spilling.Y_DAY] = (row["recorded"] - origin).days
    line[spilling.Y_UNDONE] = NEVER if row["corrected"] is None else (row["corrected"] - origin).days
    line[spilling.Y_CHOICE], line[spilling.Y_AMOUNT] = row["choice"], row["amount"]
    return line


def mail_columns(town: Town, plan: Plan) -> dict[str, list[Any]]:
    """Return the columns of what a town has delivered since it was last asked, and let it be forgotten."""
    origin = plan.manifest.start.replace(day=1)
    columns: dict[str, list[Any]] = {name: [] for name in (
        "month", "kind", "rulebook", "target", "source", "event", "clause", "recorded", "corrected", "choice", "amount",
    )}  # fmt: skip
    for month, kind, rulebook, rows in sorted(town.delivered, key=lambda each: each[0]):
        ids = plan.compiled[rulebook].clause_ids()
        for line in rows.tolist():
            undone = line[spilling.Y_UNDONE]
            values = (
                month, kind, rulebook, line[spilling.Y_TARGET], line[spilling.Y_SOURCE], line[spilling.Y_EVENT],
                ids[line[spilling.Y_CLAUSE]], origin + timedelta(days=line[spilling.Y_DAY]),
                None if undone >= NEVER else origin + timedelta(days=undone), line[spilling.Y_CHOICE], line[spilling.Y_AMOUNT],
            )  # fmt: skip
            for name, value in zip(columns, values, strict=True):
                columns[name].append(value)
    town.delivered.clear()
    return columns
