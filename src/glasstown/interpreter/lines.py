"""A line of the ledger as plain values: the keys that a case's ledger and a life of a run share."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from glasstown.interpreter.account import Line
from glasstown.interpreter.reading import in_points


def line_json(line: Line, quantum: Decimal) -> dict[str, Any]:
    """Return one line of the ledger; scores are exact decimal strings."""
    return {
        "date": line.day.isoformat(),
        "clause": line.clause,
        "before": in_points(line.before, quantum),
        "after": in_points(line.after, quantum),
        "grade": line.grade,
        "cap": line.cap,
        "lists": list(line.lists),
        "measures": list(line.measures),
        "why": line.why,
        "source": line.source,
        "event": line.record,
        "phase": line.phase,
        "fine": line.fine,
        "unknown": line.unknown,
    }
