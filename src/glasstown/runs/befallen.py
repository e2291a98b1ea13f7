"""What befell somebody beside records and money: work lost and found, arrears, want of means, refusals, ties that broke."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import numpy as np

from glasstown.engine.tables.lives import ARREARS, EMPLOYED, GATES, SELF_EMPLOYED, UNABLE, UNEMPLOYED
from glasstown.engine.tables.log_rows import REFUSED
from glasstown.language.days import month_first
from glasstown.runs.live_again import Lived
from glasstown.runs.tenancies import Tenancy

CHANGES = {
    "work": ("out of work", "found work"),
    "late": ("missed a payment", "caught up with payments"),
    "arrears": ("so late that creditors can go to court", "creditors can no longer go to court"),
    "unable": ("could not pay what is owed by judgment", "could pay what is owed by judgment"),
}
"""what begins and what ends, by what it is about"""
REFUSED_AT = "refused"
TIES = "lost ties"


def befallen_of(lived: Lived, member: int, tenancy: Tenancy, origin: date) -> list[dict[str, Any]]:
    """Return what befell the tenant of a place, month by month; nothing where lives are not lived.

    Each has `month`, `what`, `gate` (None but of a refusal) and `times` (ties lost or refusals; else 1).
    """
    if not lived.work.size:
        return []
    found = [*_changes(lived, member, tenancy), *_ties(lived, member, tenancy), *_refusals(lived, member, tenancy)]
    return [
        {"month": str(month_first(origin, month)), "what": what, "gate": gate, "times": times}
        for month, what, gate, times in sorted(found, key=lambda each: each[0])
    ]


def _span(lived: Lived, tenancy: Tenancy) -> slice:
    return slice(tenancy.since, len(lived.work) if tenancy.until is None else tenancy.until)


def _changes(lived: Lived, member: int, tenancy: Tenancy) -> Iterator[tuple[int, str, None, int]]:
    """Yield when something began and ended, as the months' ends saw it; work that somebody had at first is no change."""
    span = _span(lived, tenancy)
    work, means = lived.work[span, member], lived.means[span, member]
    states = {
        "late": lived.late[span, member] > 0,
        "arrears": (means & ARREARS) != 0,
        "unable": ((means & UNABLE) != 0) & (lived.owed[span, member] > 0),
    }
    for month in range(1, len(work)):
        if work[month - 1] in (EMPLOYED, SELF_EMPLOYED) and work[month] == UNEMPLOYED:
            yield tenancy.since + month, CHANGES["work"][0], None, 1
        if work[month - 1] == UNEMPLOYED and work[month] in (EMPLOYED, SELF_EMPLOYED):
            yield tenancy.since + month, CHANGES["work"][1], None, 1
    for name, is_so in states.items():
        before = np.concatenate(([False], is_so[:-1]))
        for month in np.flatnonzero(is_so != before).tolist():
            yield tenancy.since + month, CHANGES[name][0 if is_so[month] else 1], None, 1


def _ties(lived: Lived, member: int, tenancy: Tenancy) -> Iterator[tuple[int, str, None, int]]:
    """Yield how many ties broke, year by year, in the last month of each year in which some did."""
    ties = lived.ties[_span(lived, tenancy), member].astype(np.int64)
    lost = np.concatenate(([0], np.maximum(ties[:-1] - ties[1:], 0)))
    for first in range(0, len(lost), 12):
        year = lost[first : first + 12]
        if year.any():
            last = first + int(np.flatnonzero(year)[-1])
            yield tenancy.since + last, TIES, None, int(year.sum())


def _refusals(lived: Lived, member: int, tenancy: Tenancy) -> Iterator[tuple[int, str, str, int]]:
    for row in lived.rows.get((member, tenancy.since), []):
        if row.kind == REFUSED:
            yield row.month, REFUSED_AT, GATES[row.gate], row.times
