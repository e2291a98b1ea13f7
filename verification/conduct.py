"""S4 and S5 against closed forms: Poisson counts, normalisation, what detection and launch do to acts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal, localcontext

import numpy as np

from glasstown.chance import CERTAIN
from glasstown.engine.conduct.acts import MOST_ACTS, N_ROWS, ROW_ZERO, act
from glasstown.engine.kernel.cache import entry
from glasstown.engine.kernel.philox import fill
from glasstown.engine.sides import Side
from glasstown.engine.tables.bundles import At
from glasstown.engine.tables.hazards import poisson_thresholds
from glasstown.engine.tables.lived_rows import Lived
from glasstown.engine.tables.profiles import URBAN
from glasstown.engine.tables.propensity import NEVER_SHIFT, are_open
from glasstown.engine.tables.scene import Scene, make_tally
from glasstown.engine.tables.shapes import Shard
from glasstown.engine.tables.state import Residents, make_found, make_log, make_work, propensities
from glasstown.engine.town import Town
from glasstown.population import BLOCK
from glasstown.population.normal import normal_table
from glasstown.rows import make_rows, total_of
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
    yield from _certainty(people)
    yield from _reports(people)


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
def count_acts_of(scene: Scene, month: int) -> int:
    """Return the acts of a shard in one month, changing nothing."""
    total, shard, work = 0, scene.shard, scene.work
    n_blocks = (shard.propensity.shape[1] + 3) >> 2
    for block in range(len(shard.hashes)):
        at = At(block, shard.first[block], shard.first[block + 1] - shard.first[block], month)
        fill(scene.chance, shard.ident.acts, shard.ident.entity + at.first, at.n, month, n_blocks, work.draws)
        n_did = act(scene, at)
        for row in range(n_did):
            total += work.did[row].acts
    return total


def _scene(side: Side, shard: Shard) -> Scene:
    """Return what a month of conduct in a shard works on; what is found out is not asked for."""
    n_classes = len(side.conduct.classes)
    tally, lived = make_tally(len(side.lived), n_classes), make_rows(Lived, len(side.lived))
    work = make_work(n_classes)
    return Scene(side.conduct.model, shard, work, make_log(0), side.chance, tally, lived, make_found(0, 0), 0)


def _detection(people: int) -> Iterator[Check]:
    """Lower everybody's propensity as one detection does; the same draws must give two thirds of the acts."""
    town = build(Plan("rongcheng-2013", people, 12, date(2014, 1, 1), {"launch_effect": Decimal(0)}))
    side = town.sides[0]
    model = side.conduct.model
    step = int(model.fall[0, 1])
    yield within("first detection, acts of the class", "Dušek and Traxler 2022: one third fewer", 2 / 3,
                 2.0 ** (step / 256), 0.002, "code identity", "of those before")  # fmt: skip
    falling = np.array([k for k, fall in enumerate(np.asarray(model.fall)[:, 1]) if fall != 0])
    before = after = 0
    for shard in side.shards:
        kept, scene = shard.propensity.copy(), _scene(side, shard)
        shard.propensity[:, np.setdiff1d(np.arange(kept.shape[1]), falling)] = NEVER_SHIFT
        before += sum(int(count_acts_of(scene, month)) for month in range(12))
        chosen = kept[:, falling]
        shard.propensity[:, falling] = np.where(chosen > -29000, chosen + step, chosen)
        after += sum(int(count_acts_of(scene, month)) for month in range(12))
    yield within("acts of 12 months with one detection each, same draws", "one third fewer", 2 / 3, after / before,
                 0.002 + BAND_99 * (2 / 9 / max(before, 1)) ** 0.5, "code identity", "of those without")  # fmt: skip


def _launch(people: int) -> Iterator[Check]:
    """Live with and without the launch effect on the same draws, where it is felt whole however much is written down."""
    source, whole = "Castillo-Manzano and Castro-Nuño 2012", {"enforcement.half": Decimal(0)}
    plan = Plan("rongcheng-2013", people, 19, date(2014, 1, 1), whole)
    shift = np.asarray(conduct_of(plan).model.month_shift)[:, 0]
    for month, expected, allowed in ((0, 0.175, 0.002), (18, 0.01, 0.01)):
        yield within(f"launch effect in month {month}", source, expected, 1 - 2.0 ** (int(shift[month]) / 256), allowed,
                     "code identity", "fewer acts", 3)  # fmt: skip
    with_it, without = (
        _traffic_acts(plan),
        _traffic_acts(Plan("rongcheng-2013", people, 19, date(2014, 1, 1), {**whole, "launch_effect": Decimal(0)})),
    )
    band = 0.002 + BAND_99 * (0.175 * 0.825 / max(without, 1)) ** 0.5
    yield within("acts in road traffic in month 0, with and without", source, 0.175, 1 - with_it / without, band,
                 "code identity", "fewer acts")  # fmt: skip


def _traffic_acts(plan: Plan) -> int:
    """Return the acts in road traffic of the first month."""
    town = build(plan)
    town.advance()
    return int(town.sides[0].tally.acts[:, 0].sum())


def _certainty(people: int) -> Iterator[Check]:
    """Check 7: who knows that acts are found out twice as often does fewer, by the elasticity; learners are told beside."""
    source = "society model, section 6, check 7: ((2p + p0) / (p + p0))^-eps_p"
    known = {"belief.own": Decimal(0), "belief.neighbours": Decimal(0)}
    for elasticity in ("0.10", "0.30", "0.70"):
        changes = {
            "eps_p": Decimal(elasticity),
            "delta_detection": Decimal(0),
            "norm.loading": Decimal(0),
            "inform.believed_true": Decimal(0),
        }
        before, after, expected = _twice_as_certain(people, {**changes, **known}, 12)
        band = 0.003 + BAND_99 * (expected * (1 - expected) / max(before, 1)) ** 0.5
        yield within(f"acts with certainty doubled and known, eps_p {elasticity}", source, expected, after / before, band,
                     "code identity", "of those before")  # fmt: skip
        if elasticity == "0.30":
            before, after, _ = _twice_as_certain(people, changes, 36)
            figure = f"acts with certainty doubled, third year of people who learn it, eps_p {elasticity}"
            yield within(figure, "the answer of those who know", expected, after / before, 0.02, "property",
                         "of those before")  # fmt: skip


def _twice_as_certain(people: int, changes: dict[str, Decimal], months: int) -> tuple[int, int, float]:
    """Return the acts of people on foot in a run's last twelve months, at usual and twice that certainty, and the formula's ratio."""
    counted, expected = [], 0.0
    for times in (1, 2):
        plan = Plan(
            "rongcheng-2013", people, months, date(2014, 1, 1), {**changes, "detection.certainty": Decimal(times)}
        )
        town = build(plan)
        if times == 1:
            expected = _ratio_by_formula(town, float(changes["eps_p"]))
        total = 0
        for month in range(months):
            town.advance()
            total += int(town.sides[0].tally.acts[:, 1].sum()) if month >= months - 12 else 0
        counted.append(total)
    return counted[0], counted[1], expected


def _ratio_by_formula(town: Town, elasticity: float) -> float:
    """Return what doubling certainty multiplies the acts of people on foot by, each person weighed by hazard."""
    side, floor = town.sides[0], float(numbers({})["perception_floor"])
    weight = moved = 0.0
    for shard in side.shards:
        urban = (shard.profile.astype(np.int64) >> URBAN.at) & URBAN.mask
        cells = (shard.roles & np.uint16(side.conduct.model.class_mask[1])).astype(np.int64), urban
        p = side.conduct.model.find[1][cells] / 2**32
        x = shard.propensity[:, 1, :BLOCK].reshape(-1)[: len(p)]
        hazard = np.where(are_open(x), np.exp2(x / 256.0), 0.0)
        weight += float(hazard.sum())
        moved += float((hazard * ((2 * p + floor) / (p + floor)) ** -elasticity).sum())
    return moved / weight


def _reports(people: int) -> Iterator[Check]:
    """Check 9: a reward that moves true and false reports alike leaves their mix; one that moves false ones more does not."""
    source = "society model, section 6, check 9"
    plain = _true_share(people, {})
    rewarded = _true_share(people, {"inform.reward": Decimal(200)})
    band = BAND_99 * sum(share * (1 - share) / n for share, n in (plain, rewarded)) ** 0.5 + 0.002
    yield within("share of true reports, 200 yuan for each against none, both answering alike", source, plain[0], rewarded[0],
                 band, "code identity")  # fmt: skip
    tempted = _true_share(people, {"inform.reward": Decimal(200), "inform.response_false": Decimal(3)})
    words = f"{plain[0]:.4f} and with false ones answering six times as much {tempted[0]:.4f}"
    yield Check(
        "share of true reports where a reward tempts", source, "less", words, tempted[0] < plain[0], "code identity"
    )


def _true_share(people: int, changes: dict[str, Decimal]) -> tuple[float, int]:
    """Return the share of true ones among reports of a year, and how many reports there were."""
    still = {
        "belief.own": Decimal(0),
        "belief.neighbours": Decimal(0),
        "norm.loading": Decimal(0),
        "delta_detection": Decimal(0),
    }
    town = build(Plan("rongcheng-2013", people, 12, date(2014, 1, 1), {**still, **changes}))
    true, false = 0, 0
    for _ in range(12):
        town.advance()
        lived = total_of(town.sides[0].lived)
        true, false = true + int(lived.told), false + int(lived.false)
    return true / (true + false), true + false
