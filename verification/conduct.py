"""S4 and S5 against closed forms: Poisson counts, normalisation, what detection and launch do to acts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal, localcontext

import numpy as np

from glasstown.engine.cache import entry
from glasstown.engine.conduct import DID_ACTS, MOST_ACTS, N_ROWS, ROW_ZERO, TALLY_ACTS, act
from glasstown.engine.hazards import CERTAIN, poisson_thresholds
from glasstown.engine.philox import fill
from glasstown.engine.shapes import I64, Model, Shard, Work
from glasstown.engine.state import Residents, make_work, propensities
from glasstown.population.normal import normal_table
from verification.table import BAND_99, Check, within
from verification.towns import Plan, build, conduct_of, numbers

ROWS = (64, 400, 800, 1100, 1280, 1400, 1500)
MODEL = "society model S4"


def checks(people: int) -> Iterator[Check]:
    """Yield the checks of acts and detection."""
    yield _poisson()
    yield from _mean_hazards()
    yield from _detection(people)
    yield from _launch(people)


def _poisson() -> Check:
    """Compare the table's thresholds with the tail of a Poisson count, worked out with 60 digits."""
    hit = poisson_thresholds()
    worst = Decimal(0)
    with localcontext() as context:
        context.prec = 60
        for row in ROWS:
            mean = (Decimal(2).ln() * (4 * row - ROW_ZERO) / 256).exp()
            term = below = (-mean).exp()
            for n in range(1, MOST_ACTS + 2):
                worst = max(worst, abs((1 - below) - Decimal(int(hit[row, n - 1])) / CERTAIN))
                term = term * mean / n
                below += term
    return within(
        f"Poisson tails, {len(ROWS)} means × 16 counts, largest difference",
        "exact, 60 digits",
        0.0,
        float(worst * CERTAIN),
        1.0,
        "code identity",
        "of 2⁻³²",
        3,
    )


def _mean_hazards() -> Iterator[Check]:
    """Average the Poisson rows' means over every value that a trait can take: it must be the class's own hazard.

    A row stands for the four steps of 1/256 lg unit around it.
    """
    plan = Plan("rongcheng-2013", 150, 1, date(2014, 1, 1), {})
    known = conduct_of(plan)
    trait = normal_table()
    n = len(trait)
    byte, yes = np.zeros(n, dtype=np.uint8), np.ones(n, dtype=np.bool_)
    everyone = Residents(byte, yes, yes, byte, np.full(n, 0xFFFF, dtype=np.uint16), trait, trait)
    rows = np.clip((propensities(known, everyone)[:, :n].astype(np.int64) + ROW_ZERO + 2) >> 2, 0, N_ROWS - 1)
    hazards = np.where(rows > 0, np.exp2((4.0 * rows - ROW_ZERO) / 256), 0.0).mean(axis=1)
    values = numbers({})
    for k, act_class in enumerate(known.classes):
        shares = sum((a.share for a in known.acts if a.class_ == act_class.id), Decimal(0))
        expected = float(values[f"hazard.{act_class.id}"] * shares)
        yield within(
            f"mean hazard over traits, {act_class.label}", f"{MODEL}, Z_c", 1.0, float(hazards[k]) / expected, 0.01,
            "code identity", "of h_c",
        )  # fmt: skip


@entry
def count_acts_of(model: Model, shard: Shard, work: Work, chance: I64, month: int) -> int:
    """Return the acts of a shard in one month, changing nothing."""
    total = 0
    n_classes = shard.propensity.shape[1]
    for block in range(len(shard.hashes)):
        first = shard.first[block]
        n = shard.first[block + 1] - first
        fill(chance, shard.ident[3], shard.ident[0] + first, n, month, (n_classes + 3) >> 2, work.draws)
        n_did = act(model, shard, work, work.did, first, n, month)
        for row in range(n_did):
            total += work.did[row, DID_ACTS]
    return total


def _detection(people: int) -> Iterator[Check]:
    """Lower everybody's propensity as one detection does; the same draws must give two thirds of the acts."""
    town = build(Plan("rongcheng-2013", people, 12, date(2014, 1, 1), {"launch_effect": Decimal(0)}))
    side = town.sides[0]
    model, work = side.conduct.model, make_work(len(side.conduct.classes))
    step = int(model.fall[0, 1])
    yield within("first detection, acts of the class", "Dušek and Traxler 2022: one third fewer", 2 / 3,
                 2.0 ** (step / 256), 0.002, "code identity", "of those before")  # fmt: skip
    falling = np.array([k for k, fall in enumerate(model.fall[:, 1]) if fall != 0])
    before = after = 0
    for shard in side.shards:
        kept = shard.propensity.copy()
        shard.propensity[:, np.setdiff1d(np.arange(kept.shape[1]), falling)] = -32000
        before += sum(int(count_acts_of(model, shard, work, side.chance, month)) for month in range(12))
        chosen = kept[:, falling]
        shard.propensity[:, falling] = np.where(chosen > -29000, chosen + step, chosen)
        after += sum(int(count_acts_of(model, shard, work, side.chance, month)) for month in range(12))
    yield within("acts of 12 months with one detection each, same draws", "one third fewer", 2 / 3, after / before,
                 0.002 + BAND_99 * (2 / 9 / max(before, 1)) ** 0.5, "code identity", "of those without")  # fmt: skip


def _launch(people: int) -> Iterator[Check]:
    """Live with and without the launch effect on the same draws."""
    source = "Castillo-Manzano and Castro-Nuño 2012"
    plan = Plan("rongcheng-2013", people, 19, date(2014, 1, 1), {})
    shift = conduct_of(plan).model.month_shift[:, 0]
    for month, expected, allowed in ((0, 0.175, 0.002), (18, 0.01, 0.01)):
        yield within(f"launch effect in month {month}", source, expected, 1 - 2.0 ** (int(shift[month]) / 256), allowed,
                     "code identity", "fewer acts", 3)  # fmt: skip
    with_it, without = (
        _traffic_acts(plan),
        _traffic_acts(Plan("rongcheng-2013", people, 19, date(2014, 1, 1), {"launch_effect": Decimal(0)})),
    )
    band = 0.002 + BAND_99 * (0.175 * 0.825 / max(without, 1)) ** 0.5
    yield within("acts in road traffic in month 0, with and without", source, 0.175, 1 - with_it / without, band,
                 "code identity", "fewer acts")  # fmt: skip


def _traffic_acts(plan: Plan) -> int:
    """Return the acts in road traffic of the first month."""
    town = build(plan)
    town.advance()
    return int(town.sides[0].tally[:, TALLY_ACTS, 0].sum())
