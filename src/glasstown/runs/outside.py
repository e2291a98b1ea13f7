"""What a neighbourhood hears from outside itself: published cut-offs, and mail; what it needs to be lived again alone.

Cut-offs of quota grades that a run has published: written to its inbox, and read again for one life.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final, TypeAlias

import numpy as np

from glasstown.compiler.columns import NEVER
from glasstown.engine.beginning import N_NAMES, NO_NEWS, News
from glasstown.engine.kernel.cache import as_python
from glasstown.engine.kernel.lots import lot_of
from glasstown.engine.office.spilling import sends_mail
from glasstown.engine.orders import NO_ORDERS
from glasstown.engine.quotas import CutOffs, QuotaReading, are_published, own_cutoff, read_quotas
from glasstown.engine.tables.filing_rows import Letter
from glasstown.engine.tables.shapes import I64
from glasstown.engine.tables.state import as_rules, chance_of
from glasstown.engine.town import Ordered, Town
from glasstown.language.days import month_first
from glasstown.ledger import CutOff
from glasstown.population import BLOCK
from glasstown.rows import Rows, each, in_python, make_rows
from glasstown.runs.ordered import rows_of_orders
from glasstown.runs.plan import Plan
from glasstown.storage.folder import RunFolder
from glasstown.types import EntityKind

CUT_OFF = "cut-off"
"""The account under which the inbox has them, by KIND/GRADE, in points, for the month from whose first day they hold."""
RANK: Final = "cut-off by lot"
"""The account under which it has those that begin at a rank, of score and lot, as that number."""
Published: TypeAlias = Mapping[tuple[EntityKind, str, int], CutOffs]
"""What came into force, by kind, rulebook and month; a grade that nobody reached stands there as None."""


def cutoffs_of(folder: RunFolder, plan: Plan) -> Published:
    """Return every cut-off of a run's months; empty where no rulebook has quota grades."""
    quotas = {name: read_quotas(compiled) for name, compiled in plan.compiled.items()}
    if not any(quotas.values()):
        return {}
    rows = folder.read("inbox").to_pylist()
    known = {
        (*row["item"].split("/", 1), row["rulebook"], row["month"]): int(
            Decimal(row["value"]) / (plan.compiled[row["rulebook"]].quantum if row["account"] == CUT_OFF else 1)
        )
        for row in rows
        if row["account"] in (CUT_OFF, RANK)
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


def as_given(published: Published, plan: Plan, kind: EntityKind, rulebook: str, number: int) -> tuple[CutOff, ...]:
    """Return a rulebook's cut-offs as the interpreter takes them for one subject: by assessed day, in points."""
    compiled = plan.compiled[rulebook]
    lot, grades = as_python(lot_of)(chance_of(plan.manifest.seed, kind), number), in_python(compiled.grades)
    return tuple(
        CutOff(
            month_first(plan.manifest.start, month) - timedelta(days=1),
            compiled.grade_ids()[row],
            None if own is None else own * compiled.quantum,
        )
        for (whose, name, month), cutoffs in published.items()
        if (whose, name) == (kind, rulebook)
        for row, cutoff in cutoffs.items()
        for own in [own_cutoff(cutoff, lot) if grades[row].by_lot == 1 else cutoff]
    )


Delivered: TypeAlias = Mapping[tuple[EntityKind, str, int, int], Rows[Letter]]
"""Rows of mail by whom it is for, rulebook, month and neighbourhood, as the engine takes them."""


@dataclass(frozen=True, slots=True)
class Outside:
    """What neighbourhoods heard from outside in a run, and what desks decided about their acts."""

    cutoffs: Published = field(default_factory=dict)
    mail: Delivered = field(default_factory=dict)
    news: Mapping[int, News] = field(default_factory=dict)
    orders: Ordered = field(default_factory=dict)

    def orders_for(self, kind: EntityKind, rulebooks: Sequence[str], month: int) -> Sequence[I64]:
        """Return what desks decide in a month, by rulebook; nothing where no desk has orders."""
        return [self.orders.get((kind, name, month), NO_ORDERS) for name in rulebooks] if self.orders else ()

    def news_of(self, kind: EntityKind, month: int) -> News:
        """Return what people learnt of the town in a month; firms learn nothing."""
        return self.news.get(month, NO_NEWS) if kind == "person" else NO_NEWS


NOTHING = Outside()


def outside_of(folder: RunFolder, plan: Plan) -> Outside:
    """Return all that a run's neighbourhoods heard from outside."""
    orders = rows_of_orders(plan.inputs.orders)
    return Outside(cutoffs_of(folder, plan), _mail_of(folder, plan), _news_of(folder, plan), orders)


NAME, WENT_UNDER = "listed name", "firms went under"
"""Accounts under which the inbox has the town's news: bits closed to those of a name, by its rank; and firms, of 2**32."""


def _news_of(folder: RunFolder, plan: Plan) -> dict[int, News]:
    """Return the news of a run's months; empty where there was none."""
    goes_by_name = plan.conduct["person"].model.society.numbers.by_name == 1
    if not goes_by_name and "firm" not in plan.kinds:
        return {}
    by_name = {
        month: np.zeros(N_NAMES if goes_by_name else 0, dtype=np.uint32) for month in range(plan.manifest.months)
    }
    went_under = dict.fromkeys(by_name, -1)
    for row in folder.read("inbox").to_pylist():
        if row["account"] == NAME:
            by_name[row["month"]][int(row["item"])] = int(row["value"])
        elif row["account"] == WENT_UNDER:
            went_under[row["month"]] = int(row["value"])
    return {month: News(by_name[month], went_under[month]) for month in by_name}


def news_rows(town: Town) -> list[tuple[int, str, str, int]]:
    """Return month, account, item and value of the news since the town was last asked, and let it be forgotten."""
    rows = []
    for month, news in town.heard:
        if news.went_under >= 0:
            rows.append((month, WENT_UNDER, "all", news.went_under))
        rows += [(month, NAME, str(rank), int(news.by_name[rank])) for rank in np.flatnonzero(news.by_name)]
    town.heard.clear()
    return rows


MOOT = "moot order"
"""The account under which the inbox has orders that found nothing to decide, by their places among the manifest's."""


def moot_of(folder: RunFolder) -> list[int]:
    """Return the places of a run's orders that found nothing to decide."""
    return [int(row["item"]) for row in folder.read("inbox").to_pylist() if row["account"] == MOOT]


def _mail_of(folder: RunFolder, plan: Plan) -> Delivered:
    """Return a run's mail; empty where no rulebook sends any."""
    senders = {name for name, compiled in plan.compiled.items() if sends_mail(as_rules(compiled))}
    if not senders:
        return {}
    origin = plan.manifest.start.replace(day=1)
    places = {name: {c: n for n, c in enumerate(plan.compiled[name].clause_ids())} for name in senders}
    sent: dict[tuple[EntityKind, str, int, int], list[Mapping[str, Any]]] = {}
    for row in folder.read("mail").to_pylist():
        sent.setdefault((row["kind"], row["rulebook"], row["month"], row["target"] // BLOCK), []).append(row)
    return {key: _as_letters(rows, places[key[1]], origin) for key, rows in sent.items()}


def _as_letters(rows: Sequence[Mapping[str, Any]], places: Mapping[str, int], origin: date) -> Rows[Letter]:
    """Return rows of the table as the engine takes them."""
    letters = make_rows(Letter, len(rows))
    for row, letter in zip(rows, each(letters), strict=True):
        letter.target, letter.source, letter.event = row["target"], row["source"], row["event"]
        letter.clause = places[row["clause"]]
        letter.day = (row["recorded"] - origin).days
        letter.undone = NEVER if row["corrected"] is None else (row["corrected"] - origin).days
        letter.choice, letter.amount = row["choice"], row["amount"]
    return letters


def mail_columns(town: Town, plan: Plan) -> dict[str, list[Any]]:
    """Return the columns of what a town has delivered since it was last asked, and let it be forgotten."""
    origin = plan.manifest.start.replace(day=1)
    columns: dict[str, list[Any]] = {name: [] for name in (
        "month", "kind", "rulebook", "target", "source", "event", "clause", "recorded", "corrected", "choice", "amount",
    )}  # fmt: skip
    for month, kind, rulebook, rows in sorted(town.delivered, key=lambda each: each[0]):
        ids = plan.compiled[rulebook].clause_ids()
        for letter in in_python(rows):
            corrected = None if letter.undone >= NEVER else origin + timedelta(days=letter.undone)
            values = (
                month, kind, rulebook, letter.target, letter.source, letter.event, ids[letter.clause],
                origin + timedelta(days=letter.day), corrected, letter.choice, letter.amount,
            )  # fmt: skip
            for name, value in zip(columns, values, strict=True):
                columns[name].append(value)
    town.delivered.clear()
    return columns
