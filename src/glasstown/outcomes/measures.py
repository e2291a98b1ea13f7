"""A run's accounts as measures: whole numbers and exact points; shares are made only where they are shown.

Everything is counted over one kind of subject, people or firms, and summed over its groups.  What a run does not keep has no
number, zero least of all: asking for it is an error, and `why_not` says why.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final, TypeAlias

import pyarrow as pa
import pyarrow.compute as pc

from glasstown.fields import is_points
from glasstown.types import WRONG, ClauseId, EntityKind

Series: TypeAlias = tuple[int, ...]
"""One whole number for each month of the run."""

Points: TypeAlias = Decimal
"""An exact number of points."""

NO_GRADE: Final = "none"


class NotKeptError(LookupError):
    """An account was asked for that the run does not keep: it has no number, and zero would be a wrong one."""


@dataclass(frozen=True, slots=True)
class Accounts:
    """The monthly accounts of one kind of subject.

    sums    a series for each (account, item) that is no account of points; what is not in it was zero in every month
    moved   the same of accounts of points
    unkept  accounts that were not kept of such subjects, each with the reason

    Errors   NotKeptError from whoever asks for an account that was not kept.
    """

    kind: EntityKind
    dates: tuple[date, ...]
    sums: Mapping[tuple[str, str], Series]
    moved: Mapping[tuple[str, str], tuple[Points, ...]] = field(default_factory=dict)
    unkept: Mapping[str, str] = field(default_factory=dict)

    def why_not(self, account: str) -> str | None:
        """Return why an account was not kept of such subjects; None where it was."""
        return self.unkept.get(account)

    def series(self, account: str, item: str) -> Series:
        """Return one account's value in each month; zeros where nothing was booked."""
        self._check_kept(account)
        return self.sums.get((account, item), (0,) * len(self.dates))

    def points(self, account: str, item: str) -> tuple[Points, ...]:
        """Return the points of one account in each month; zeros where nothing was booked."""
        self._check_kept(account)
        return self.moved.get((account, item), (Decimal(0),) * len(self.dates))

    def items(self, account: str) -> tuple[str, ...]:
        """Return the items that an account has booked anything for, sorted."""
        self._check_kept(account)
        return tuple(sorted(item for name, item in (*self.sums, *self.moved) if name == account))

    def _check_kept(self, account: str) -> None:
        if reason := self.unkept.get(account):
            raise NotKeptError(f"{account} of {self.kind}: {reason}")

    def total(self, account: str, item: str) -> int:
        """Return a flow's sum over all months; of no meaning for a stock such as grades."""
        return sum(self.series(account, item))

    def totals(self, account: str) -> dict[str, int]:
        """Return the sum over all months for each item of a flow account, zeros left out."""
        booked = {item: self.total(account, item) for item in self.items(account)}
        return {item: number for item, number in booked.items() if number}

    @property
    def scored(self) -> Series:
        """Return how many subjects were scored at each month's end."""
        return self.series("people", "scored")


def read_accounts(
    months: pa.Table,
    kind: EntityKind,
    group: str | None = None,
    *,
    rulebook: str | None = None,
    unkept: Mapping[str, str] | None = None,
) -> Accounts:
    """Return the accounts of one kind from the months table, summed over groups or for one group alone.

    `rulebook` chooses one of a run's rulebooks by its name there; what belongs to none, conduct, is always in it.  `unkept` is told
    by `runs.subjects.unkept_accounts`.
    """
    chosen = pc.equal(months["kind"], kind)
    if rulebook is not None:
        of_none, of_it = pc.is_null(months["rulebook"]), pc.equal(months["rulebook"], rulebook)
        chosen = pc.and_(chosen, pc.or_(of_none, pc.fill_null(of_it, False)))
    if group is not None:
        chosen = pc.and_(chosen, pc.equal(months["group"], group))
    dates = _dates(months)
    summed = months.filter(chosen).group_by(["account", "item", "month"]).aggregate([("value", "sum")])
    series: dict[tuple[str, str], list[Any]] = {}
    columns: list[list[Any]] = [summed[name].to_pylist() for name in ("account", "item", "month", "value_sum")]
    for account, item, month, value in zip(*columns, strict=True):
        of = Decimal if is_points(account) else int
        series.setdefault((account, item), [of(0)] * len(dates))[month] = of(value or 0)
    return Accounts(kind, dates, *parted(series), dict(unkept or {}))


def parted(
    series: Mapping[tuple[str, str], Iterable[Any]],
) -> tuple[dict[tuple[str, str], Series], dict[tuple[str, str], tuple[Points, ...]]]:
    """Return counts and points apart, by account and item."""
    counts = {key: tuple(values) for key, values in series.items() if not is_points(key[0])}
    moved = {key: tuple(map(Decimal, values)) for key, values in series.items() if is_points(key[0])}
    return counts, moved


def groups(months: pa.Table, kind: EntityKind) -> tuple[str, ...]:
    """Return the groups that the accounts of one kind are kept by, sorted."""
    mine = months.filter(pc.equal(months["kind"], kind))
    return tuple(sorted(pc.unique(mine["group"]).to_pylist()))


def _dates(months: pa.Table) -> tuple[date, ...]:
    pairs = months.group_by(["month", "date"]).aggregate([]).to_pylist()
    by_month = {row["month"]: row["date"] for row in pairs}
    first = by_month[min(by_month)] if by_month else None
    if first is None:
        return ()
    start = first.year * 12 + first.month - 1 - min(by_month)
    return tuple(date((start + n) // 12, (start + n) % 12 + 1, 1) for n in range(max(by_month) + 1))


def grade_counts(accounts: Accounts, grades: Iterable[str]) -> dict[str, Series]:
    """Return the subjects in each grade at each month's end, in the order given, then those without a grade, if any."""
    counts = {grade: accounts.series("grades", grade) for grade in grades}
    without = accounts.series("grades", NO_GRADE)
    return {**counts, NO_GRADE: without} if any(without) else counts


def mean_score(accounts: Accounts) -> tuple[Fraction | None, ...]:
    """Return the mean score in points at each month's end, exact; None where nobody was scored."""
    sums = accounts.points("score_sum", "score")
    return tuple(Fraction(total) / n if n else None for total, n in zip(sums, accounts.scored, strict=True))


@dataclass(frozen=True, slots=True)
class ClauseTally:
    """What one clause did over a whole run.  Points are signed: negative was taken."""

    clause: ClauseId
    records: int
    points: Points
    wrong_points: Points
    dropped: int


def fired_clauses(accounts: Accounts) -> set[ClauseId]:
    """Return the clauses that had a record or moved points."""
    moved = {item for item in accounts.items("points") if any(accounts.points("points", item))}
    return moved | set(accounts.totals("records"))


def clause_tallies(accounts: Accounts) -> tuple[ClauseTally, ...]:
    """Return every clause that had a record or moved points; most points taken first, then by id."""
    fired = fired_clauses(accounts)
    tallies = [
        ClauseTally(
            clause,
            accounts.total("records", clause),
            sum(accounts.points("points", clause), Decimal(0)),
            sum(accounts.points("points_wrong", clause), Decimal(0)),
            accounts.total("dropped", clause),
        )
        for clause in fired
    ]
    return tuple(sorted(tallies, key=lambda tally: (tally.points, tally.clause)))


@dataclass(frozen=True, slots=True)
class Truth:
    """Records by whether they were true, and what never became a record: found out too late, its record would follow the scheme."""

    right: int
    wrong_person: int
    wrong_content: int
    duplicate: int
    misjudged: int
    false_report: int
    inferred: int
    lost: int
    not_recorded: int
    too_late: int

    @property
    def wrong(self) -> int:
        """Return the records that stand in a life where they do not belong."""
        named = (self.wrong_person, self.wrong_content, self.duplicate, self.misjudged, self.false_report)
        return sum(named) + self.inferred

    @property
    def written(self) -> int:
        """Return all records, right and wrong."""
        return self.right + self.wrong


def truth(accounts: Accounts) -> Truth:
    """Return the records of the whole run by truth."""
    items = (*(("truth", name) for name in ("right", *WRONG, "lost", "not recorded")), ("too_late", "not made"))
    return Truth(*(accounts.total(*item) for item in items))


def lost_points(accounts: Accounts) -> tuple[Points, Points]:
    """Return all points taken, and the part of them that wrong records took; both as positive numbers.

    A correction gives points back under the clause that took them, so a clause's sum is what it took net of that.
    """
    taken = [tally for tally in clause_tallies(accounts) if tally.points < 0]
    nothing = Decimal(0)
    return -sum((tally.points for tally in taken), nothing), -sum(
        (min(tally.wrong_points, nothing) for tally in taken), nothing
    )
