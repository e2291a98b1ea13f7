"""A town that is held in memory and lives month by month, forth, dry and back."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from typing import Any, Final

from glasstown.engine.town import Town
from glasstown.errors import Fault, UsageError
from glasstown.language.days import month_first
from glasstown.language.orders import Order
from glasstown.runs.accounts import MonthRows
from glasstown.runs.held import hold, lay_back
from glasstown.runs.ordered import Aimed, aimed_at, canonical, moot_in, rows_of_orders
from glasstown.runs.plan import Plan, make_town
from glasstown.runs.request import whose_of
from glasstown.runs.snapshot import people_by_group
from glasstown.wording import between, counted

FIRST_ROWS: Final = 1 << 12


class Living:
    """A town that steps.  What its neighbourhoods hear from outside is not kept: a run on disk keeps it.

    A month that is broken off, by a fault or from the keyboard, leaves a town that is none; it is lived again from its first month
    when it is next asked, as its seed says.

    plan      what it is made of; it can live as many months as that has
    threads   a shard each
    log_rows  lines that there is room for where a dry month writes down what its offices do (eve.py), a shard and rulebook
    """

    def __init__(self, plan: Plan, *, threads: int | None = None) -> None:
        """Take a plan; the town stands before its first month."""
        self.plan = plan
        self.threads = threads or os.cpu_count() or 1
        self.month = 0
        self.log_rows = FIRST_ROWS
        self._moot: list[Aimed] = []
        self._town: Town | None = None

    @property
    def months(self) -> int:
        """Return how many months the town can live."""
        return self.plan.manifest.months

    @property
    def orders(self) -> tuple[Aimed, ...]:
        """Return what desks have decided so far, and decide in months to come."""
        return self.plan.inputs.orders

    @property
    def moot(self) -> tuple[Aimed, ...]:
        """Return the orders of months that were lived which found nothing to decide."""
        return tuple(self._moot)

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
        town = self.town
        self._live(months)
        for month in range(self.month, self.month + months):
            self._moot += [self.orders[place] for place in moot_in(month, self.orders, town.orders)]
        self.month += months

    def back(self, months: int = 1) -> None:
        """Put the town where it stood some months ago.  Errors   UsageError where it has not lived so many."""
        if not 0 < months <= self.month:
            found = f"{months}, where {counted(self.month, 'month')} {'has' if self.month == 1 else 'have'} been lived"
            raise UsageError("The town", [Fault("months", None, found, "1 or more that were lived", "Go back less.")])
        self._let_go()
        self.month -= months
        self._moot = [each for each in self._moot if each.month < self.month]

    def order(self, *more: Order) -> None:
        """Let desks decide more, in the month that is lived next or in later ones.

        Errors   UsageError, with nothing ordered, where one is of a month that is over, or cannot be meant (ordered.py)
        """
        faults = [
            Fault(f"the order about {each.about}, {each.of}", None, f"month {each.month}, which is over",
                  f"month {self.month} or a later one", "Go .back() first, or decide about what comes.")
            for each in more
            if each.month < self.month
        ]  # fmt: skip
        if faults:
            raise UsageError("The orders", faults)
        self._aim([*canonical(self.orders), *more])

    def _aim(self, orders: Sequence[Order]) -> None:
        """Let the town be lived with these orders from now on."""
        aimed = aimed_at(orders, whose_of(self.plan.manifest, self.plan.inputs))
        self.plan = replace(self.plan, inputs=replace(self.plan.inputs, orders=aimed))
        if self._town is not None:
            self._town.orders = rows_of_orders(aimed)

    def withdraw(self, order: Order) -> None:
        """Take back what a desk decided about an act of a month to come.

        Errors   UsageError where it decided nothing about it, or the month is over
        """
        (aimed,) = aimed_at([order], whose_of(self.plan.manifest, self.plan.inputs))
        left = [each for each in self.orders if each.act != aimed.act]
        is_over = order.month < self.month
        if is_over or len(left) == len(self.orders):
            found = f"month {order.month}, which is over" if is_over else "nothing decided"
            subject = f"the order about {order.about}, {order.of}"
            way_out = "Go .back() first." if is_over else "Leave it."
            raise UsageError(
                "The orders", [Fault(subject, None, found, "something decided in a month to come", way_out)]
            )
        self._aim(canonical(left))

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
