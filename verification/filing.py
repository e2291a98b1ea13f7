"""S7 against closed forms: what goes wrong with records, how late they are, how long states last.

Everybody is scored, of age and has every role here, so that nothing is lost because it is about nobody.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np
from numpy.typing import NDArray

from glasstown.engine.scratch import make_scratch
from glasstown.engine.tables import practice_rows as codes
from glasstown.engine.tables.log_rows import FILED
from glasstown.engine.tables.model import Conduct
from glasstown.engine.tables.shapes import I64, Practice
from glasstown.engine.tables.state import make_log
from glasstown.engine.town import Logs, Town, live_shard_month
from glasstown.rows import as_array
from verification.table import BAND_99, Check, binomial, within
from verification.towns import Plan, build, numbers

DUPLICATE_BIT = 1 << 9
MONTHS = 12
DAYS_A_MONTH = 30.4375


@dataclass(frozen=True, slots=True)
class Filed:
    """What a year of filing left: log lines of records, and the accounts by truth (9,)."""

    rows: NDArray[Any]  # of LogLine
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
    rows, truth = [], np.zeros(codes.N_TRUTHS, dtype=np.int64)
    for shard, status in zip(side.shards, layer.statuses, strict=True):
        shard.roles[:] = 0xFFFF
        status.is_scored[:] = 1
    for month in range(MONTHS):
        for number in range(len(side.shards)):
            log = make_log(4 * len(side.shards[number].roles) + 1000)
            lived = live_shard_month(side, number, scratch, month, logs=Logs(make_log(0), (log,)))
            flow = lived.flows[0]
            written = as_array(log.rows)[: log.written[0]]
            rows.append(written[written["kind"] == FILED])
            truth += flow[:, layer.slots.truth : layer.slots.truth + codes.N_TRUTHS].sum(axis=0)
    return Filed(np.concatenate(rows), truth, side.conduct, layer.practice)


def _shares(filed: Filed, values: dict[str, float]) -> Iterator[Check]:
    """Compare the shares of records lost, about another person, with other content, and filed twice."""
    kept = int(filed.truth[[codes.RIGHT, codes.WRONG_PERSON, codes.WRONG_CONTENT]].sum())
    lost = int(filed.truth[codes.TRUTH_LOST])
    source = "data/parameters.yaml, {}"
    yield binomial("records lost", source.format("filing.lost"), values["filing.lost"], lost, kept + lost)
    for name, column in (("wrong_person", codes.WRONG_PERSON), ("duplicate", codes.DUPLICATE)):
        share = values[f"filing.{name}"]
        label = {"wrong_person": "records about another person", "duplicate": "records filed twice"}[name]
        yield binomial(label, source.format(f"filing.{name}"), share, int(filed.truth[column]), kept)
    first = filed.rows[(filed.rows["event"] & DUPLICATE_BIT) == 0]
    share = values["filing.wrong_content"] * _content_can_differ(filed, first)
    wrong = int(filed.truth[codes.WRONG_CONTENT])
    where = source.format("filing.wrong_content, where another act is drawn")
    yield binomial("records with the content of another act", where, share, wrong, kept)


def _content_can_differ(filed: Filed, first: NDArray[Any]) -> float:
    """Return the chance that an error of content changes anything: another act is drawn, and it has a clause.

    By class, weighed by how often each class was recorded: the act found is drawn by share times detection, the one
    written by share alone.  The weights of towns stand for both, which is exact where a class has one way of detection.
    """
    practice = filed.practice
    classes = np.searchsorted(np.asarray(practice.class_acts), first["act"], side="right") - 1
    counts = np.bincount(classes, minlength=len(filed.known.classes))
    chances = np.array([_differs(practice, k) for k in range(len(filed.known.classes))])
    return float((counts * chances).sum() / counts.sum())


def _differs(practice: Practice, k: int) -> float:
    """Return the chance that an act found in a class and one drawn by share are two, both with a clause."""
    acts = as_array(practice.act_table)[practice.class_acts[k] : practice.class_acts[k + 1]]
    has_clause = acts["n_answers"] > 0
    found, drawn = acts["share_urban"].astype(np.float64) * has_clause, acts["share"].astype(np.float64)
    if found.sum() == 0 or drawn.sum() == 0:
        return 0.0
    found, drawn = found / found.sum(), drawn / drawn.sum() * has_clause
    return float(1 - (found * drawn).sum() - (1 - drawn.sum()))


def _delays(filed: Filed, values: dict[str, float]) -> Iterator[Check]:
    """Compare the days between act and record with the table's mean, and the table's with the stated months."""
    first = filed.rows[((filed.rows["event"] & DUPLICATE_BIT) == 0) & (filed.rows["truth"] != codes.WRONG_PERSON)]
    by_court = as_array(filed.practice.act_table)["by_court"][first["act"]]
    for column, label, name in (
        ("office", "an office", "filing.delay_months"),
        ("court", "a court", "filing.delay_months_court"),
    ):
        days = (first["record_day"] - first["act_day"])[by_court == int(column == "court")]
        yield from _against_table(
            f"delay of {label}",
            f"data/parameters.yaml, {name}",
            days,
            as_array(filed.practice.delay)[column],
            values[name],
        )


def _spells(filed: Filed) -> Iterator[Check]:
    """Compare how long states last with the table's mean, and the table's with the stated chance of ending."""
    lasting = filed.rows[(filed.rows["until"] > 0) & ((filed.rows["event"] & DUPLICATE_BIT) == 0)]
    for number, act in enumerate(filed.known.acts):
        row = int(filed.practice.act_table[number].spell)
        mine = lasting[lasting["act"] == number]
        if act.spell is None or row < 0 or len(mine) < 30:
            continue
        days = mine["until"] - mine["act_day"] - 1
        months = float(1 / act.spell.ends_per_month)
        yield from _against_table(
            f"length of '{act.label}'", "data/acts.yaml", days, np.asarray(filed.practice.spell)[row], months
        )


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
