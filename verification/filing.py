"""S7 against closed forms: what goes wrong with records, how late they are, how long states last.

Everybody is scored, of age and has every role here, so that nothing is lost because it is about nobody.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

from glasstown.engine.kernel.entries import LOG_FILED
from glasstown.engine.tables import practice as columns
from glasstown.engine.tables.model import Conduct
from glasstown.engine.tables.shapes import I64, Practice
from glasstown.engine.tables.state import make_log
from glasstown.engine.town import Logs, Town, live_shard_month, make_scratch
from verification.table import BAND_99, Check, binomial, within
from verification.towns import Plan, build, numbers

EVENT, ACT, ACT_DAY, RECORD_DAY, UNTIL, WRONG = 2, 3, 4, 5, 6, 8
"""Columns of a log row of a record filed (filing.enter)."""
DUPLICATE_BIT = 1 << 9
MONTHS = 12
DAYS_A_MONTH = 30.4375


@dataclass(frozen=True, slots=True)
class Filed:
    """What a year of filing left: log rows of records (N, 12), and the accounts by truth (6,)."""

    rows: I64
    truth: I64
    known: Conduct
    practice: Practice


def checks(people: int) -> Iterator[Check]:
    """Yield the checks of filing."""
    changes = {
        "recording.dishonesty.rongcheng-2013": Decimal(1), "recording.rewards.rongcheng-2013": Decimal(1),
        "notice.delay_months": Decimal(0),
    }  # fmt: skip
    filed = _file(build(Plan("rongcheng-2013", people, MONTHS, date(2014, 1, 1), changes)))
    values = {name: float(value) for name, value in numbers({}).items()}
    yield from _shares(filed, values)
    yield from _delays(filed, values)
    yield from _spells(filed)


def _file(town: Town) -> Filed:
    """Live a year in which every record is logged, and return what was filed."""
    side = town.sides[0]
    layer, scratch = side.layers[0], make_scratch(len(side.conduct.classes), 1)
    rows, truth = [], np.zeros(columns.N_TRUTHS, dtype=np.int64)
    for shard, status in zip(side.shards, layer.statuses, strict=True):
        shard.roles[:] = 0xFFFF
        status.is_scored[:] = 1
    for month in range(MONTHS):
        for number in range(len(side.shards)):
            log = make_log(4 * len(side.shards[number].roles) + 1000)
            lived = live_shard_month(side, number, scratch, month, logs=Logs(make_log(0), (log,)))
            flow = lived.flows[0]
            written = log.rows[: log.written[0]]
            rows.append(written[written[:, 0] == LOG_FILED])
            truth += flow[:, layer.slots.truth : layer.slots.truth + columns.N_TRUTHS].sum(axis=0)
    return Filed(np.concatenate(rows), truth, side.conduct, layer.practice)


def _shares(filed: Filed, values: dict[str, float]) -> Iterator[Check]:
    """Compare the shares of records lost, about another person, with other content, and filed twice."""
    kept = int(filed.truth[[columns.RIGHT, columns.WRONG_PERSON, columns.WRONG_CONTENT]].sum())
    lost = int(filed.truth[columns.TRUTH_LOST])
    source = "data/parameters.yaml, {}"
    yield binomial("records lost", source.format("filing.lost"), values["filing.lost"], lost, kept + lost)
    for name, column in (("wrong_person", columns.WRONG_PERSON), ("duplicate", columns.DUPLICATE)):
        share = values[f"filing.{name}"]
        label = {"wrong_person": "records about another person", "duplicate": "records filed twice"}[name]
        yield binomial(label, source.format(f"filing.{name}"), share, int(filed.truth[column]), kept)
    first = filed.rows[(filed.rows[:, EVENT] & DUPLICATE_BIT) == 0]
    share = values["filing.wrong_content"] * _content_can_differ(filed, first)
    wrong = int(filed.truth[columns.WRONG_CONTENT])
    where = source.format("filing.wrong_content, where another act is drawn")
    yield binomial("records with the content of another act", where, share, wrong, kept)


def _content_can_differ(filed: Filed, first: I64) -> float:
    """Return the chance that an error of content changes anything: another act is drawn, and it has a clause.

    By class, weighed by how often each class was recorded: the act found is drawn by share times detection, the one
    written by share alone.  The weights of towns stand for both, which is exact where a class has one way of detection.
    """
    practice = filed.practice
    classes = np.searchsorted(practice.class_acts, first[:, ACT], side="right") - 1
    counts = np.bincount(classes, minlength=len(filed.known.classes))
    chances = np.array([_differs(practice, k) for k in range(len(filed.known.classes))])
    return float((counts * chances).sum() / counts.sum())


def _differs(practice: Practice, k: int) -> float:
    """Return the chance that an act found in a class and one drawn by share are two, both with a clause."""
    acts = practice.act_table[practice.class_acts[k] : practice.class_acts[k + 1]].astype(np.float64)
    has_clause = acts[:, columns.A_N_ANSWERS] > 0
    found = acts[:, columns.A_WEIGHT_URBAN] * has_clause
    drawn = acts[:, columns.A_SHARE]
    if found.sum() == 0 or drawn.sum() == 0:
        return 0.0
    found, drawn = found / found.sum(), drawn / drawn.sum() * has_clause
    return float(1 - (found * drawn).sum() - (1 - drawn.sum()))


def _delays(filed: Filed, values: dict[str, float]) -> Iterator[Check]:
    """Compare the days between act and record with the table's mean, and the table's with the stated months."""
    first = filed.rows[((filed.rows[:, EVENT] & DUPLICATE_BIT) == 0) & (filed.rows[:, WRONG] != columns.WRONG_PERSON)]
    row_of = filed.practice.act_table[first[:, ACT], columns.A_DELAY]
    for row, label, name in (
        (columns.DELAY_OFFICE, "an office", "filing.delay_months"),
        (columns.DELAY_COURT, "a court", "filing.delay_months_court"),
    ):
        days = (first[:, RECORD_DAY] - first[:, ACT_DAY])[row_of == row]
        yield from _against_table(
            f"delay of {label}", f"data/parameters.yaml, {name}", days, filed.practice.delay[row], values[name]
        )


def _spells(filed: Filed) -> Iterator[Check]:
    """Compare how long states last with the table's mean, and the table's with the stated chance of ending."""
    lasting = filed.rows[(filed.rows[:, UNTIL] > 0) & ((filed.rows[:, EVENT] & DUPLICATE_BIT) == 0)]
    for number, act in enumerate(filed.known.acts):
        row = int(filed.practice.act_table[number, columns.A_SPELL])
        mine = lasting[lasting[:, ACT] == number]
        if act.spell is None or row < 0 or len(mine) < 30:
            continue
        days = mine[:, UNTIL] - mine[:, ACT_DAY] - 1
        months = float(1 / act.spell.ends_per_month)
        yield from _against_table(f"length of '{act.label}'", "data/acts.yaml", days, filed.practice.spell[row], months)


def _against_table(label: str, source: str, days: I64, table: NDArray[np.int64], months: float) -> Iterator[Check]:
    """Yield two checks: sample against table inside a 99 % band, table against the stated mean inside 1 %.

    Whole days are rounded down, which costs half a day on average.
    """
    stated = months * DAYS_A_MONTH - 0.5
    yield within(f"{label}: mean of the table", source, stated, float(table.mean()), 0.01 * stated + 0.05,
                 "code identity", "days", 2)  # fmt: skip
    if len(days):
        band = BAND_99 * float(table.std()) / len(days) ** 0.5
        drawn = f"{label}: mean of {len(days):,} drawn"
        ours = float(days.mean())
        yield within(drawn, "the table", float(table.mean()), ours, band, "code identity", "days", 2)
