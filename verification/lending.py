"""Lending by score, worked out by hand: how long until somebody is shut out, and who is, once there is a way back.

Steps and chances of repaying are those of the lending models after Liu and others 2018 and D'Amour and others 2020, with
lending to steps 3 to 6.  The language of rulebooks says what follows from a loan; that a loan is made, and repaid, is the
world's part, and no condition of a clause could say it.  So the check plays the world: it makes one loan a period to whoever
is not shut out, and draws whether it is repaid.
"""

from __future__ import annotations

import math
import random
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from glasstown.engine.tables.listed import lists_of_all
from glasstown.interpreter.life import live
from glasstown.language.load import load_acts, load_rulebook
from glasstown.ledger import Life, Record
from verification.given import give, scores_of
from verification.table import BAND_99, Check, same, within
from verification.towns import Plan, build, compiled, layer_of

RULEBOOK = str(Path(__file__).parent / "rulebooks" / "trap")
REPAYS = (0.1, 0.2, 0.45, 0.6, 0.65, 0.7, 0.7)
"""chance that a loan is repaid, by step"""
LOWEST_LENT, HIGHEST = 3, 6
STEPS = range(LOWEST_LENT, HIGHEST + 1)
HAND = {3: 37.74, 4: 61.23, 5: 72.34, 6: 75.67}
BACK = {"0.01": 0.7260, "0.05": 0.3464, "0.1": 0.2095, "0.2": 0.1170}
"""share shut out in the long run, by the chance of being readmitted in a period"""
SOURCE = "steps and repayment of D'Amour and others 2020, after Liu and others 2018; the chain by hand"
START = date(2001, 1, 1)
COUNTED = 200
"""periods that are averaged over once the first day is forgotten"""


def checks(lives: int) -> Iterator[Check]:
    """Yield loans until shut out, through the interpreter, and who is shut out in the long run, through the engine."""
    for step in STEPS:
        yield from _loans(step, lives)
    for chance in BACK:
        yield from _shut_out(chance, 4 * lives)


def chain(back: float) -> NDArray[np.float64]:
    """Return the chain over shut out and steps 3 to 6: one loan a period, or with a chance the way back to step 3."""
    moves = np.zeros((5, 5))
    moves[0, 0], moves[0, 1] = 1 - back, back
    for place, step in enumerate(STEPS, start=1):
        moves[place, min(place + 1, 4)] += REPAYS[step]
        moves[place, place - 1] += 1 - REPAYS[step]
    return moves


def loans_until_shut_out() -> dict[int, float]:
    """Return the mean number of loans until shut out, by the step of the first: (I - Q)^-1 1."""
    among_steps = chain(0)[1:, 1:]
    found = np.linalg.solve(np.eye(4) - among_steps, np.ones(4))
    return dict(zip(STEPS, found.tolist(), strict=True))


def shut_out_in_the_long_run(back: float) -> float:
    """Return the share of the shut out in the long run: the time that being shut out takes, over a whole round from step 3."""
    return (1 / back) / (1 / back + loans_until_shut_out()[LOWEST_LENT])


def _loans(step: int, n_lives: int) -> Iterator[Check]:
    """Let lives begin at a step and borrow day by day until they are shut out; the interpreter says when that is."""
    book, acts, draw = load_rulebook(RULEBOOK), load_acts(), random.Random(f"loans from {step}")
    counts, n_wrong = [], 0
    for _ in range(n_lives):
        life, steps = _drawn(draw, step)
        account = live(book, acts, life)
        told = [line for line in account.ledger if line.clause in ("repaid", "defaulted")]
        n_wrong += int([int(line.after) for line in told] != steps or "shut-out" not in account.lists)
        counts.append(next((n for n, line in enumerate(told, start=1) if "shut-out" in line.lists), len(told)))
    yield same(
        f"lives from step {step} in which interpreter and world differ on any day ({n_lives} lives)", SOURCE, 0, n_wrong
    )
    expected = loans_until_shut_out()[step]
    band = BAND_99 * float(np.std(counts)) / n_lives**0.5
    by_hand = f"{SOURCE}: (I − Q)⁻¹ 1, {HAND[step]}"
    yield within(f"loans until shut out from step {step}, interpreter", by_hand, expected, float(np.mean(counts)), band,
                 "code identity", digits=2)  # fmt: skip


def _drawn(draw: random.Random, step: int) -> tuple[Life, list[int]]:
    """Return a life with one loan a day until the step falls below that of lending, and the step after each loan."""
    records = [_record(n, 0, "opens") for n in range(step - LOWEST_LENT)]
    steps: list[int] = []
    while step >= LOWEST_LENT:
        is_repaid = draw.random() < REPAYS[step]
        step = min(step + 1, HIGHEST) if is_repaid else step - 1
        steps.append(step)
        records.append(_record(len(records), len(steps), "repaid" if is_repaid else "defaulted"))
    return Life(START, START + timedelta(len(steps)), tuple(records)), steps


def _record(number: int, day: int, clause: str) -> Record:
    """Return a record of a clause, so many days after the first."""
    when = START + timedelta(day)
    return Record(f"e{number}", number, when, when, clause=clause)


def _shut_out(chance: str, people: int) -> Iterator[Check]:
    """Let a town borrow once a month; the engine lists who falls below step 3 and draws who is readmitted (S10)."""
    back = float(chance)
    second = sorted(abs(np.linalg.eigvals(chain(back))))[-2]
    forgotten = math.ceil(math.log(1e-3) / math.log(second))
    months = forgotten + COUNTED
    changes = {"procedure.pass_test_per_month": Decimal(chance), "living.lived": Decimal(0)}
    town = build(Plan(RULEBOOK, people, months, START, changes, shards=1))
    layer, draw = layer_of(town), np.random.default_rng(int(1000 * back))
    clauses = compiled(RULEBOOK).clause_ids()
    repaid, defaulted = clauses.index("repaid"), clauses.index("defaulted")
    odds, out = np.array(REPAYS), np.zeros(people)
    for month in range(months):
        step = scores_of(layer)
        borrows = np.flatnonzero(step >= LOWEST_LENT)
        pays_back = draw.random(len(borrows)) < odds[step[borrows]]
        give(town, borrows, np.where(pays_back, repaid, defaulted), day_of_month=15)
        town.advance()
        if month >= forgotten:
            out += np.concatenate([lists_of_all(status.lists) for status in layer.statuses]) & 1
    share = out / COUNTED
    band = BAND_99 * float(share.std()) / people**0.5 + 1e-3
    figure = f"share shut out where {chance} are readmitted a month, engine, {people:,} people"
    by_hand, ours = f"{SOURCE}: {BACK[chance]}", float(share.mean())
    yield within(figure, by_hand, shut_out_in_the_long_run(back), ours, band, "code identity", at=back)
