"""S1 and S2 against plain Python: the same lives, person by person, and flows that add up."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import numpy as np
import pytest

from glasstown.chance import DRAWS, philox
from glasstown.engine.tables import lives as col
from glasstown.engine.tables.shapes import Society
from glasstown.engine.town import Town
from glasstown.population import BLOCK
from glasstown.rows import as_array, total_of
from verification.towns import Plan, build

PEOPLE, MONTHS = 600, 30
BUSY = {
    "work.lose_per_month": Decimal("0.05"),
    "income.shock": Decimal("0.25"),
    "debt.credit_months": Decimal("0.5"),
    "income.out_of_work": Decimal("0.3"),
    "work.flagged": Decimal(0),
    "debt.refused": Decimal(0),
    "gate.work_loss": Decimal(0),
    "gate.licence_loss": Decimal(0),
    "hazard.c11": Decimal(0),
    "work.fail_per_month": Decimal("0.01"),
    "property.again_per_month": Decimal(0),
    "judgment.lapses_per_month": Decimal(0),
}
"""what closed gates do to work and debt is told in test_gates.py, what judgments do in test_judgments.py"""


def town_of(**changes: str) -> Town:
    named = {name.replace("__", "."): Decimal(value) for name, value in changes.items()}
    return build(Plan("cn-court-list-2017", PEOPLE, MONTHS, date(2018, 1, 1), {**BUSY, **named}, shards=3))


def state(town: Town) -> list[dict[str, int]]:
    """Return everybody's life as plain numbers."""
    shards = town.sides[0].shards
    columns = {
        name: np.concatenate([getattr(shard.lives, name) for shard in shards]).tolist()
        for name in ("work", "shock", "savings", "debt", "late", "strain", "means", "due", "assets")
    }
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def month_of(
    society: Society, life: dict[str, int], group: int, u_job: int, u_shock: int, is_trader: bool
) -> dict[str, int]:
    """Live one month of work and debt in plain integers, as docs/model.md tells it."""
    life, number = dict(life), society.numbers
    if life["work"] == col.CHILD:
        return life
    if life["work"] == col.EMPLOYED and u_job < number.lose:
        life["work"] = col.UNEMPLOYED
    elif life["work"] == col.SELF_EMPLOYED and u_job < number.fail:
        life["work"], life["assets"], life["means"] = col.UNEMPLOYED, 0, life["means"] | col.FAILED
    elif life["work"] == col.UNEMPLOYED and u_job < number.find:
        life["work"] = col.SELF_EMPLOYED if is_trader else col.EMPLOYED
    z = (number.persistence * life["shock"] + 2048) // 4096 + int(society.shock[u_shock // 2**22])
    life["shock"] = max(min(z, col.MOST_SHOCK), -col.MOST_SHOCK)
    income = int(society.power[max(0, min(life["shock"] // 16 + 1024, 2047))])
    if life["work"] == col.UNEMPLOYED:
        income = income * number.out_of_work // 256
    least = int(society.least[group])
    due = life["due"] if life["debt"] > 0 else 0
    usual = life["due"] * number.per_due // 256
    have = life["savings"] + income - least
    if have >= due:
        have -= due
        while due and life["late"] and have >= due:
            life["late"], have = life["late"] - 1, have - due
        back = min(life["debt"] - usual, have // 2) if due and life["debt"] > usual else 0
        life["debt"], have = life["debt"] - back, have - back
    elif due and life["late"] == 0 and life["debt"] + due - have <= usual + number.credit:
        life["debt"], have = life["debt"] + due - have, 0
    elif due:
        life["late"], have = min(life["late"] + 1, 255), max(have, 0)
    have = max(have, 0)
    kept = have
    if life["late"] == 0:
        kept = min(have, life["savings"])
        gap = number.target - kept
        if gap > 0 and income - least - due > 0:
            kept = min(have, kept + (gap + 15) // 16)
    life["savings"] = min(kept, 32767)
    life["strain"] = max(0, min((due + least - kept // 6) * 16 // max(income, 1), 32))
    claim = max(life["debt"], 6 * least)
    free = max(5 * (income - due) - 6 * least, 0) // 5
    unable = 10 * (kept + 16 * life["assets"] + free) < claim
    failed = life["means"] & col.FAILED
    life["means"] = int(unable) + 2 * int(life["late"] >= number.arrears or failed > 0) + failed
    return life


def endowed(town: Town, groups: list[int]) -> list[dict[str, int]]:
    """Return everybody's life on the first day with the debt and the property that are drawn in month 0."""
    society, lives = town.sides[0].conduct.model.society, state(town)
    draw = DRAWS["life-means"]
    luck = philox(1, draw.stream, np.arange(PEOPLE, dtype=np.uint64), 0, draw.block)
    for n, (life, group) in enumerate(zip(lives, groups, strict=True)):
        if life["work"] != col.CHILD:
            life["assets"] = int(society.assets[int(luck[1, n]) >> 24])
            if life["debt"]:
                life["due"] = int(society.dues[group, int(luck[0, n]) >> 24])
                life["debt"] = life["due"] * int(society.numbers.per_due) // 256
    return lives


def test_lives__are_those_of_the_equations_person_by_person() -> None:
    town = town_of()
    society = town.sides[0].conduct.model.society
    groups = np.concatenate([shard.profile & 15 for shard in town.sides[0].shards]).tolist()
    traders = np.concatenate([shard.roles & society.numbers.trader for shard in town.sides[0].shards]).tolist()
    lives, seen = endowed(town, groups), set()
    for month in range(MONTHS):
        entities = np.arange(PEOPLE, dtype=np.uint64)
        luck = philox(1, DRAWS["life"].stream, entities, month, 0)
        lives = [
            month_of(society, life, group, int(luck[0, n]), int(luck[1, n]), traders[n] > 0)
            for n, (life, group) in enumerate(zip(lives, groups, strict=True))
        ]
        town.advance()
        assert state(town) == lives, month
        seen |= {name for life in lives for name in ("late", "debt") if life[name]}
        seen |= {f"means {life['means']}" for life in lives}
    assert seen >= {"late", "debt", "means 0", "means 1", "means 3", "means 7"}
    assert PEOPLE > 2 * BLOCK


def test_unemployed__change_by_jobs_lost_and_found() -> None:
    town = town_of()
    before = sum(life["work"] == col.UNEMPLOYED for life in state(town))
    for _ in range(MONTHS):
        town.advance()
        lived = total_of(town.sides[0].lived)
        assert int(lived.unemployed) == before + int(lived.lost) + int(lived.failed) - int(lived.found)
        before = int(lived.unemployed)
        now = state(town)
        assert before == sum(life["work"] == col.UNEMPLOYED for life in now)
        assert int(lived.arrears) == sum(life["means"] & 2 > 0 for life in now)
        assert int(lived.unable) == sum(life["means"] & 1 for life in now)


def acts(**changes: str) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """Return the acts of a whole run by class."""
    town = build(
        Plan(
            "cn-court-list-2017",
            9000,
            24,
            date(2018, 1, 1),
            {n.replace("__", "."): Decimal(v) for n, v in changes.items()},
        )
    )
    total = np.zeros(len(town.sides[0].conduct.classes), dtype=np.int64)
    for _ in range(24):
        town.advance()
        total += town.sides[0].tally.acts.sum(axis=0)
    return total


def test_strain_and_arrears__move_the_classes_that_they_are_about_and_no_other() -> None:
    plain = acts(strain__loading="0", judgment__arrears="0")
    strained, sued = acts(strain__loading="1", judgment__arrears="0"), acts(strain__loading="0", judgment__arrears="10")
    assert set(np.flatnonzero(plain != strained)) == {3, 4, 6}
    assert set(np.flatnonzero(plain != sued)) == {11}
    assert sued[11] > plain[11]


@pytest.mark.parametrize(("name", "column"), [("work.lose_per_month", "lost"), ("work.find_per_month", "found")])
def test_step_switched_off__leaves_its_account_empty(name: str, column: str) -> None:
    def flow(**changes: str) -> int:
        town, total = town_of(**changes), 0
        for _ in range(6):
            town.advance()
            total += int(as_array(town.sides[0].lived)[column].sum())
        return total

    assert flow() > 0
    assert flow(**{name.replace(".", "__"): "0"}) == 0


def test_lives_switched_off__are_nobodys() -> None:
    town = town_of(living__lived="0")
    town.advance()
    assert state(town) == []
    accounts = as_array(town.sides[0].lived)
    assert {name for name in accounts.dtype.names or () if accounts[name].any()} <= {"told", "reported", "false", "believed"}


def gini(incomes: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> float:
    ordered, n = np.sort(incomes), len(incomes)
    return float((2 * np.arange(1, n + 1) - n - 1) @ ordered / (n * ordered.sum()))


def test_usual_incomes__keep_the_means_of_fifths_and_none_differs_where_nothing_spreads_them() -> None:
    usual, same = (
        np.asarray(town_of(**changes).sides[0].conduct.model.society.usual, dtype=float)
        for changes in ({}, {"income.spread": "0"})
    )
    assert np.allclose(usual.mean(axis=1), same.mean(axis=1), rtol=1e-3)
    assert (same == same[:, :1]).all()
    assert abs(gini(same.ravel()) - 0.389) < 0.002
    assert usual[0].max() > usual[1].min()


def test_incomes_of_a_month__are_as_uneven_as_in_the_record() -> None:
    """The official coefficient is 0.465; what people earn comes of fifths, of their own usual income, of luck and of work."""
    town = town_of(**{"work.lose_per_month": "0.0082", "work.find_per_month": "0.15", "work.fail_per_month": "0.002"})
    society, incomes = town.sides[0].conduct.model.society, []
    for _ in range(3):
        town.advance()
    for shard in town.sides[0].shards:
        lives, group = shard.lives, shard.profile & 15
        shares = np.exp2(lives.shock / 4096) * np.where(
            lives.work == col.UNEMPLOYED, society.numbers.out_of_work / 256, 1
        )
        incomes.append(np.asarray(society.usual)[group, lives.wage] * shares)
    assert abs(gini(np.concatenate(incomes)) - 0.465) < 0.03
    assert len({int(wage) for shard in town.sides[0].shards for wage in shard.lives.wage}) > 200
