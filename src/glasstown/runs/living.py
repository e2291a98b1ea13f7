"""A town that is held in memory and lives month by month, forth, dry and back."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from glasstown.engine.town import Town
from glasstown.errors import Fault, UsageError
from glasstown.language.days import month_first
from glasstown.runs.accounts import MonthRows
from glasstown.runs.held import hold, lay_back
from glasstown.runs.plan import Plan, make_town
from glasstown.runs.snapshot import people_by_group
from glasstown.wording import between, counted


class Living:
    """A town that steps.  What its neighbourhoods hear from outside is not kept: a run on disk keeps it.

    A month that is broken off, by a fault or from the keyboard, leaves a town that is none; it is lived again from its first month
    when it is next asked, as its seed says.

    plan     what it is made of; it can live as many months as that has
    threads  a shard each
    """

    def __init__(self, plan: Plan, *, threads: int | None = None) -> None:
        """Take a plan; the town stands before its first month."""
        self.plan = plan
        self.threads = threads or os.cpu_count() or 1
        self.month = 0
        self._town: Town | None = None

    @property
    def months(self) -> int:
        """Return how many months the town can live."""
        return self.plan.manifest.months

    @property
    def town(self) -> Town:
        """Return the town as it stands now."""
        if self._town is None:
            self._town = make_town(self.plan, threads=self.threads, shards_per_thread=1)
            self._live(self.month)
        return self._town

    @property
    def day(self) -> date:
        """Return the first day of the month that is lived next."""
        return month_first(self.plan.manifest.start, self.month)

    def step(self, months: int = 1) -> None:
        """Live months.  Errors   UsageError, with nothing lived, where they are none or go beyond the last."""
        self._check_room(months)
        _ = self.town
        self._live(months)
        self.month += months

    def back(self, months: int = 1) -> None:
        """Put the town where it stood some months ago.  Errors   UsageError where it has not lived so many."""
        if not 0 < months <= self.month:
            found = f"{months}, where {counted(self.month, 'month')} {'has' if self.month == 1 else 'have'} been lived"
            raise UsageError("The town", [Fault("months", None, found, "1 or more that were lived", "Go back less.")])
        self._let_go()
        self.month -= months

    @contextmanager
    def dry(self, months: int = 1) -> Iterator[Town]:
        """Live months, give the town as it then stands, and lay all of it back at the end.

        What is asked of this object meanwhile is asked of the town as it stood before.
        """
        self._check_room(months)
        held = hold(self.town)
        self._live(months)
        town, self._town = self.town, None
        try:
            yield town
        finally:
            lay_back(town, held)
            if self._town is None and self.month == held.month:
                self._town = town
            else:
                town.close()

    def close(self) -> None:
        """Let threads and state go; a town that is asked again is lived again."""
        self._let_go()

    def digest(self) -> str:
        """Return the digest of all months so far: that of a run of so many months."""
        return self.town.digest()

    def accounts(self) -> dict[str, list[Any]]:
        """Return the columns of the last month's accounts, as a run has them; no rows before the first month."""
        rows = MonthRows(self.plan.manifest.start)
        for side in self.town.sides if self.month else ():
            rows.add(self.month - 1, side, self.plan.compiled, people_by_group(side))
        return rows.columns

    def _live(self, months: int) -> None:
        """Live months, or leave no town behind."""
        town = self._town
        assert town is not None
        self._town = None  # there is none until the months are whole
        try:
            for _ in range(months):
                town.advance()
                town.cutoffs.clear()
                town.delivered.clear()
                town.heard.clear()
        except BaseException:
            town.close()
            raise
        self._town = town

    def _let_go(self) -> None:
        if self._town is not None:
            self._town.close()
        self._town = None

    def _check_room(self, months: int) -> None:
        left = self.months - self.month
        if not 0 < months <= left:
            found = f"{months} after {counted(self.month, 'month')} of {self.months}"
            expected = between(1, left) if left else "none: the town has lived all its months"
            way_out = "Make the town with more months (months=120)." if months > left else "Give 1 or more."
            raise UsageError("The town", [Fault("months", None, found, expected, way_out)])
