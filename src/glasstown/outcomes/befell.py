"""What befell each subject of a neighbourhood in a run, read off from living it again: lists, errors, refusals, means.

Everything is counted as the run's accounts count it, by month: a test adds it up over all and compares.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from glasstown.engine.kernel.entries import CORRECTION
from glasstown.engine.tables.lived_rows import BANKRUPT
from glasstown.engine.tables.lives import ARREARS, GATES, UNABLE, UNEMPLOYED
from glasstown.engine.tables.log_rows import DECIDED, FILED, JUDGED, PAID, REFUSED, STOOD, LogLine
from glasstown.engine.tables.practice_rows import TRUTHS
from glasstown.language.days import month_first
from glasstown.runs.live_again import Lived, LivedUnder
from glasstown.runs.plan import Plan
from glasstown.types import WRONG


@dataclass(frozen=True, slots=True)
class Listing:
    """A time on a list, as the months' ends saw it; `until` is None where it had not ended by the end of the run.

    was_wrong   whether nothing but wrong records brought it about
    is_wrong    whether in some month nothing but wrong records held it up
    """

    rulebook: str
    list: str
    since: date
    until: date | None
    was_wrong: bool
    is_wrong: bool

    def as_json(self) -> dict[str, Any]:
        """Return it as plain values."""
        return {
            "rulebook": self.rulebook,
            "list": self.list,
            "since": self.since.isoformat(),
            "until": None if self.until is None else self.until.isoformat(),
            "wrongly_at_first": self.was_wrong,
            "wrongly": self.is_wrong,
        }


@dataclass(frozen=True, slots=True)
class Befell:
    """What befell one subject, in the rulebooks' order and by month.

    wrong          records that were wrong, by how, under all rulebooks looked at
    corrected      decisions that took a record back
    refused        how often each gate refused something
    could_not_pay  months at whose end what was owed by judgment could not have been paid
    in_arrears     months in which creditors could go to court
    out_of_work    months out of work
    guarantor      cases in which somebody else's debt was claimed
    bankrupt       how often somebody was declared bankrupt
    """

    listings: tuple[Listing, ...]
    wrong: Mapping[str, int]
    corrected: int
    refused: Mapping[str, int]
    could_not_pay: int
    in_arrears: int
    out_of_work: int
    guarantor: int
    bankrupt: int


def befell(plan: Plan, lived: Lived, member: int, under: tuple[str, ...]) -> Befell:
    """Return what befell one member of a neighbourhood under these rulebooks: who lives in the place at the end, since they came."""
    mine = [each for each in lived.under if each.rulebook in under]
    since = int(lived.shard.lives.since[member]) if len(lived.shard.lives.since) else 0
    rows = [row for each in mine for row in each.rows.get((member, since), [])]
    filed = Counter(TRUTHS[row.truth] for row in rows if row.kind == FILED)
    refused: Counter[str] = Counter()
    conduct = lived.rows.get((member, since), [])
    for row in conduct:
        if row.kind == REFUSED:
            refused[GATES[row.gate]] += row.times
    owes = lived.owed[since:, member] > 0 if lived.owed.size else np.zeros(0, dtype=np.bool_)
    return Befell(
        listings=tuple(listing for each in mine for listing in _listings(plan, each, member, since)),
        wrong={name: filed[name] for name in WRONG if filed[name]},
        corrected=sum(row.kind == DECIDED and row.entry == CORRECTION for row in rows),
        refused=dict(refused),
        could_not_pay=int((_has(lived.means[since:], member, UNABLE) & owes).sum()),
        in_arrears=int(_has(lived.means[since:], member, ARREARS).sum()),
        out_of_work=int((lived.work[since:, member] == UNEMPLOYED).sum()) if lived.work.size else 0,
        guarantor=sum(row.kind == JUDGED and row.other > 0 for row in conduct),
        bankrupt=sum(row.kind == PAID and row.how == BANKRUPT for row in conduct),
    )


def _has(means: np.ndarray[Any, Any], member: int, bit: int) -> np.ndarray[Any, Any]:
    """Return the months at whose end somebody's means had a bit; none where lives are not lived."""
    return means[:, member] & bit != 0 if means.size else np.zeros(0, dtype=np.bool_)


def _listings(plan: Plan, under: LivedUnder, member: int, tenant: int) -> Iterator[Listing]:
    """Yield each time on a list of one rulebook, in the order in which they began; some began before the run did."""
    compiled = plan.compiled[under.rulebook]
    stood = [row for row in under.rows.get((member, tenant), []) if row.kind == STOOD]
    before = under.listed.get(member) if tenant == 0 else None
    found: list[tuple[int, Listing]] = []
    for place, name in enumerate(compiled.list_ids()):
        since = -before[1] if before is not None and compiled.clauses[before[0]].list == place else None
        for first, last, was_wrong, is_wrong in _times_on(stood, place, since):
            until = None if last is None else _first(plan, last)
            found.append((first, Listing(under.rulebook, name, _first(plan, first), until, was_wrong, is_wrong)))
    yield from (each for _, each in sorted(found, key=lambda pair: pair[0]))


def _times_on(stood: Sequence[LogLine], place: int, since: int | None) -> Iterator[tuple[int, int | None, bool, bool]]:
    """Yield first month, month of the end, whether wrongly at first and ever, of each time on a list; `since`: begun before."""
    was_wrong = is_wrong = False
    for row in stood:
        is_on, is_wrongly = bool((row.lists >> place) & 1), bool((row.wrongly >> place) & 1)
        if is_on and since is None:
            since, was_wrong, is_wrong = row.month, is_wrongly, False
        is_wrong = is_wrong or is_wrongly
        if not is_on and since is not None:
            yield since, row.month, was_wrong, is_wrong
            since, was_wrong, is_wrong = None, False, False
    if since is not None:
        yield since, None, was_wrong, is_wrong


def _first(plan: Plan, month: int) -> date:
    return month_first(plan.manifest.start.replace(day=1), month)
