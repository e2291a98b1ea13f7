"""The firms' months: distress, recovery, the end, links that are cut, distress that spreads, and jobs that go with firms."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest

import glasstown
from glasstown.engine.beginning import NO_NEWS, chance_to_lose
from glasstown.engine.society.trade import ALL_LINKS, GONE, STRESSED, steady, usual_exits
from glasstown.engine.town import Town
from glasstown.language.load import load_parameters
from glasstown.rows import as_table, total_of
from glasstown.runs.plan import make_plan, make_town
from glasstown.runs.request import RunRequest, manifest_of
from glasstown.runs.session import run_town

MONTHS = 30
ASKED = RunRequest(
    "cn-court-list-2017", people=1500, firms=3000, months=MONTHS, seed=2, threads=1, command="test", start="2018-01"
)
PLAIN = {
    "partner.contagion_per_year": "0.041", "firm.credit_response": "0", "partner.cut_per_month": "0", "partner.credit_withdrawn": "0",
    "start.lived_months": "0", "adaptation_half_life": "0", "firm.taken_over_per_month": "0",
}  # fmt: skip


PUBLIC = replace(ASKED, rulebook="cn-samr-lists-2021", start="2022-01")
"""a rulebook that shows its lists of firms to whoever looks"""
SEEN = {"hazard__k0": "0.05", "recording__dishonesty__default": "1", "public__searchers": "1"}


def town_of(asked: RunRequest = ASKED, **changes: str) -> Town:
    named = {name.replace("__", "."): value for name, value in changes.items()}
    manifest, inputs = manifest_of(replace(asked, settings={**PLAIN, **named}))
    return make_town(make_plan(manifest, inputs), threads=1)


def firms(town: Town, name: str) -> np.ndarray[tuple[int, ...], np.dtype[np.int64]]:
    return np.concatenate([getattr(shard.trade, name) for shard in town.sides[1].shards]).astype(np.int64)


def test_firms__fall_recover_and_go_under_as_often_as_said() -> None:
    town = town_of(firm__stressed_per_month="0.05", firm__recover_per_month="0.2", firm__exit_per_month="0.1")
    at_risk = fell = stressed = gone = 0
    for _ in range(MONTHS):
        before = firms(town, "health")
        town.advance()
        now = firms(town, "health")
        stressed += int((before == STRESSED).sum())
        gone += int((now == GONE).sum() - (before == GONE).sum())
        at_risk += int((before == 0).sum())
        fell += int(((before == 0) & (now == STRESSED)).sum())
        lived = total_of(town.sides[1].lived)
        assert int(lived.firms_gone) == int((now == GONE).sum())
        assert int(lived.firms_stressed) == int((now == STRESSED).sum())
    assert abs(gone / stressed - 0.1) < 4 * (0.1 / stressed) ** 0.5
    assert fell / at_risk > 0.05  # distress that spreads comes on top


def test_firm_that_is_gone__does_nothing_any_more() -> None:
    town = town_of(firm__stressed_per_month="0.05", firm__exit_per_month="0.1")
    for _ in range(MONTHS):
        town.advance()
    gone, mine = firms(town, "health") == GONE, propensities(town)
    assert gone.sum() > 100
    assert (mine[:, gone] < -24 * 256).all()  # below the first row of hazards: never
    assert (mine[0, ~gone] > -24 * 256).all()


def test_firm_that_is_taken_over__goes_on_as_it_was_at_first() -> None:
    """All firms go under and are taken over: what they do is what they did on the first day, and nothing is remembered."""
    town = town_of(
        firm__stressed_per_month="0.05", firm__exit_per_month="0.1", delta_detection="0.2", hazard__k5="0.05"
    )
    first, healthy = propensities(town), firms(town, "health") == 0
    for _ in range(MONTHS - 1):
        town.advance()
    gone, business = firms(town, "health") == GONE, town.sides[1].conduct.model.business
    detected = np.concatenate([shard.detections for shard in town.sides[1].shards], axis=1)
    assert (detected[:, gone] > 0).any()
    business.revive = 1 << 32
    town.advance()
    lived = total_of(town.sides[1].lived)
    assert int(lived.taken_over) == gone.sum() > 100
    assert int(lived.firms_gone) == int(lived.went_under)
    back = gone & (firms(town, "health") == 0)
    detected = np.concatenate([shard.detections for shard in town.sides[1].shards], axis=1)
    still = back & healthy & (detected == 0).all(axis=0)  # some are found out in the very month
    assert still.sum() > 100
    assert (propensities(town)[:, still] == first[:, still]).all()
    assert (firms(town, "links")[back] == ALL_LINKS).all()


def test_firms__begin_as_they_stand_when_nothing_changes() -> None:
    numbers = {parameter.id: parameter.value for parameter in load_parameters().parameters}
    stressed, gone = steady(numbers)
    town = make_town(
        make_plan(*manifest_of(replace(ASKED, firms=15_000, settings={"start.lived_months": "0"}))), threads=1
    )
    health = firms(town, "health")
    for state, share in ((GONE, gone), (STRESSED, (1 - gone) * stressed)):
        assert abs((health == state).mean() - float(share)) < 4 * (float(share) / len(health)) ** 0.5
    assert steady({**numbers, "firm.taken_over_per_month": Decimal(0)})[1] == 0


def propensities(town: Town) -> np.ndarray[tuple[int, ...], np.dtype[np.int16]]:
    """Return (K, firms) what all firms do."""
    shards = town.sides[1].shards
    rows = [s.propensity.transpose(1, 0, 2)[:, :, :150].reshape(s.propensity.shape[1], -1) for s in shards]
    return np.concatenate(rows, axis=1)[:, : sum(len(s.roles) for s in shards)]


def test_links__are_cut_to_listed_partners_alone() -> None:
    town = town_of(PUBLIC, **SEEN, partner__cut_per_month="0.2")
    ever, cut = np.zeros(3000, dtype=bool), 0
    for _ in range(MONTHS):
        town.advance()
        ever |= firms(town, "listed") == 1
        cut += int(total_of(town.sides[1].lived).cut)
    lost = 8 - np.array([int(each).bit_count() for each in firms(town, "links")])
    assert int(lost.sum()) == cut > 0
    from glasstown.engine.society.trade import PARTNERS

    for firm in np.flatnonzero(lost):
        first, place = firm // 150 * 150, firm % 150
        assert any(ever[first + (place + far) % 150] for far in PARTNERS)
    for without in (
        town_of(PUBLIC, **SEEN),
        town_of(PUBLIC, **{**SEEN, "public__searchers": "0"}, partner__cut_per_month="0.2"),
        town_of(hazard__k5="0.05", recording__dishonesty__default="1", partner__cut_per_month="0.2"),
    ):  # nobody cuts, nobody looks, or there is nowhere to look: spending orders are on no site of the record
        for _ in range(12):
            without.advance()
        assert (firms(without, "links") == 255).all()


@pytest.mark.parametrize(
    ("name", "on", "off"),
    [
        ("partner__contagion_per_year", "0.128", "0.041"),
        ("partner__credit_withdrawn", "0.5", "0"),
        ("firm__credit_response", "10", "0"),
    ],
)
def test_step_switched_off__is_seen_in_distress(name: str, on: str, off: str) -> None:
    base = {**SEEN, "firm__stressed_per_month": "0.05"}
    base |= {"firm__credit_response": "5"} if name != "firm__credit_response" else {"partner__cut_per_month": "0.2"}
    fell = []
    for value in (on, off):
        town, total = town_of(PUBLIC, **{**base, name: value}), 0
        for _ in range(MONTHS):
            town.advance()
            total += int(total_of(town.sides[1].lived).stressed)
        fell.append(total)
    assert fell[0] > fell[1]


def test_distress__drives_unpaid_wages_contracts_and_taxes_and_nothing_else() -> None:
    towns = [town_of(firm__stressed_per_month="0.05", firm__strain=strain) for strain in ("2", "0")]
    tallies = []
    for town in towns:
        total = np.zeros_like(town.sides[1].tally.acts.sum(axis=0))
        for _ in range(MONTHS):
            town.advance()
            total += town.sides[1].tally.acts.sum(axis=0)
        tallies.append(total)
    names = [each.id for each in towns[0].sides[1].conduct.classes]
    for k, name in enumerate(names):
        if name in ("k3", "k4", "k5"):
            assert tallies[0][k] > tallies[1][k], name
    assert tallies[0][names.index("k2")] == tallies[1][names.index("k2")]


def test_firms_that_go_under__cost_jobs_a_month_later_and_usual_ones_cost_none() -> None:
    numbers = {parameter.id: parameter.value for parameter in load_parameters().parameters}
    alone = {**numbers, "partner.contagion_per_year": Decimal(0), "firm.taken_over_per_month": Decimal(0)}
    leaves = Decimal("0.03") + (1 - Decimal("0.03")) * Decimal("0.15")
    assert abs(usual_exits(alone) - Decimal("0.03") * Decimal("0.01") / (Decimal("0.01") + leaves)) < Decimal("1e-12")
    assert usual_exits(numbers) > usual_exits(alone)
    town = town_of(firm__stressed_per_month="0.05", firm__exit_per_month="0.1", firm__jobs="1")
    society = town.sides[0].conduct.model.society
    usual = int(society.numbers.lose)
    assert chance_to_lose(town.sides[0], NO_NEWS) == usual
    for _ in range(7):
        town.advance()
    share = town.went_under
    town.advance()
    heard = town.heard[-1][1]
    assert heard.went_under == share
    assert chance_to_lose(town.sides[0], heard) == usual + share - int(society.numbers.usual_exits) != usual
    assert int(society.numbers.lose) == usual


def test_firms_switched_off__have_no_months(tmp_path: Path) -> None:
    town = town_of(firm__traded="0")
    town.advance()
    assert firms(town, "health").size == 0
    assert not as_table(town.sides[1].lived).any()
    assert town.went_under == -1


def test_run_with_firms__is_told_again_with_its_news_and_resumes_to_the_same(tmp_path: Path) -> None:
    settings = {"firm.stressed_per_month": "0.05", "linkage.by_number": "0", "firm.jobs": "1", "hazard.c11": "0.002",
                "recording.dishonesty.default": "1"}  # fmt: skip
    run_town(replace(ASKED, settings=settings, months=14, out=tmp_path / "run"))
    rows = glasstown.query(
        tmp_path / "run", "select account, count(*) from inbox where rulebook is null group by 1 order by 1"
    )
    assert [row[0] for row in rows.as_json()["rows"]] == ["firms went under", "listed name"]
    final = glasstown.query(
        tmp_path / "run",
        "select kind, health, count(distinct id), bool_or(closed like '%air-ticket%') from final group by all order by 1, 2",
    ).as_json()["rows"]
    assert [row[:2] for row in final] == [
        ["firm", "gone"],
        ["firm", "healthy"],
        ["firm", "in distress"],
        ["person", None],
    ]
    assert sum(row[2] for row in final[:3]) == 3000
    assert [row[3] for row in final] == [None, None, None, True]
    for person in (0, 151, 700, 1499):
        assert glasstown.life(tmp_path / "run", person, verify=True).as_json()["verified"] is True
    for firm in (0, 2999):
        assert glasstown.life(tmp_path / "run", firm, firm=True, verify=True).as_json()["verified"] is True
