"""A town beside its twin: who was spared or written down, whether rightly, and that all of it is of the runs themselves."""

from __future__ import annotations

from typing import Any

import pytest

import glasstown
from glasstown.answers.living import LivingTown
from glasstown.desks.reckoning import AS_USUAL, MOOT, OTHERWISE, SPARED, WRITTEN, Decided, Entry, _fate
from glasstown.desks.sees import place_of
from glasstown.engine.kernel.cache import is_plain
from glasstown.language.orders import order_of
from glasstown.types import WRONG as WRONG_WORDS

pytestmark = [pytest.mark.usefixtures("short_past"), pytest.mark.skipif(is_plain(), reason="lives towns")]
MONTHS = 8
RIGHT, WRONG = Entry("E1", "right"), Entry("E1", "misjudged")


def decided(with_desk: Entry | None, without: Entry | None) -> Decided:
    order = order_of({"month": 0, "desk": "court", "about": "person/7", "of": "e7", "do": "spare"})
    return Decided(order, "", None, _fate(with_desk, without), (with_desk, without), (0, 0))


@pytest.mark.parametrize(
    ("with_desk", "without", "fate", "is_right"),
    [
        (None, WRONG, SPARED, True), (None, RIGHT, SPARED, False), (RIGHT, None, WRITTEN, True), (WRONG, None, WRITTEN, False),
        (Entry("C1", "right"), WRONG, OTHERWISE, True), (RIGHT, RIGHT, AS_USUAL, None), (None, None, AS_USUAL, None),
    ],
)  # fmt: skip
def test_a_decision__is_right_as_the_rulebook_asks(
    with_desk: Entry | None, without: Entry | None, fate: str, is_right: bool | None
) -> None:
    found = decided(with_desk, without)
    assert (found.fate, found.is_right) == (fate, is_right)


@pytest.fixture(scope="module")
def town() -> LivingTown:
    """Return a town in which a clerk has spared every third file and written down every other third, for three months."""
    made: LivingTown = glasstown.town("rongcheng-2013", people=900, firms=0, months=MONTHS, seed=7, threads=1)
    made.step(2)
    for _ in range(3):
        for number, case in enumerate(made.desk("clerk").cases()):
            if number % 3 < 2:
                made.decide(case, ("spare", "record")[number % 3])
        made.step()
    return made.step(MONTHS - 5)


@pytest.fixture(scope="module")
def found(town: LivingTown) -> Any:
    return town.reckon()


def test_the_digests__are_those_of_both_runs(town: LivingTown, found: Any, tmp_path: Any) -> None:
    twin = glasstown.town("rongcheng-2013", people=900, firms=0, months=MONTHS, seed=7, threads=1).step(MONTHS)
    assert found.reckoned.digests == (town.digest, twin.digest)
    written = town.write(tmp_path / "run")
    without = glasstown.run(tmp_path / "run", without_orders=True, out=tmp_path / "twin", threads=1)
    assert (written.result.values["digest"], without.result.values["digest"]) == found.reckoned.digests


def test_what_else_moved__is_what_compare_counts(town: LivingTown, found: Any, tmp_path: Any) -> None:
    town.write(tmp_path / "run")
    told = glasstown.compare(tmp_path / "run", without_orders=True, out=tmp_path / "both").pairs[0].counts
    assert "records" in told
    assert {name: found.reckoned.counts[name] for name in told} == {name: tuple(pair) for name, pair in told.items()}


def test_every_decision__has_come_to_something(town: LivingTown, found: Any) -> None:
    rows = found.reckoned.decided
    assert len(rows) == town.as_json()["orders"] > 5
    fates = {each.fate for each in rows}
    assert {SPARED, WRITTEN} <= fates
    assert MOOT not in fates
    for each in rows:
        if each.order.do == "spare":
            assert each.written[0] is None
            assert each.fate in (SPARED, AS_USUAL)
        assert each.says
        if each.fate in (SPARED, WRITTEN):
            assert each.claim == (each.written[0] or each.written[1]).truth
        assert each.name.endswith("(synthetic)")


def test_claims__are_told_of_files_that_neither_town_wrote_down(found: Any) -> None:
    left = [each for each in found.reckoned.decided if each.written == (None, None)]
    assert any(each.claim is not None for each in left)
    assert {each.claim for each in found.reckoned.decided} <= {*WRONG_WORDS, "right", None}


def test_lives_that_turned__are_those_decided_about_and_few_others(found: Any) -> None:
    changed = {each.order.about for each in found.reckoned.decided if each.fate in (SPARED, WRITTEN)}
    assert 0 < found.reckoned.turned["person"] < 900
    assert len(changed) > 0


def test_how_somebody_fared__is_what_the_towns_of_both_have(town: LivingTown, found: Any) -> None:
    twin = glasstown.town("rongcheng-2013", people=900, firms=0, months=MONTHS, seed=7, threads=1).step(MONTHS)
    assert any(each.fared[0].ties for each in found.reckoned.decided)
    for each in found.reckoned.decided:
        for told, here in zip(each.fared, (town, twin), strict=True):
            side, shard, place = place_of(here._living.town, "person", each.order.number)
            lives = side.shards[shard].lives
            assert (told.owed, told.ties) == (lives.owed[place], lives.ties[place])
            months = MONTHS - each.order.month
            assert 0 <= told.out_of_work <= months
            assert 0 <= told.closed <= months


def test_groups__are_those_of_the_town(town: LivingTown, found: Any) -> None:
    for each in found.reckoned.decided:
        assert set(each.groups) == {"income", "age", "sex", "place"}
    assert {each["group"] for each in found.as_json()["habits"] if each["what"] == "sex"} == {"male", "female"}
    total = sum(each["files"] for each in found.as_json()["habits"] if each["what"] == "income")
    assert total == len(found.reckoned.decided)


def test_those_who_turned_furthest__are_the_lives_that_differ(found: Any) -> None:
    furthest = found.reckoned.furthest
    assert 0 < len(furthest) == min(sum(found.reckoned.turned.values()), 40)
    assert [each.months for each in furthest] == sorted((each.months for each in furthest), reverse=True)
    assert all(1 <= each.months <= MONTHS - 2 and each.name.endswith("(synthetic)") for each in furthest)


def test_a_reckoning__is_read_as_words_and_as_a_table(found: Any) -> None:
    said = str(found.blocks())
    assert "no best answer" in said
    assert found.table().num_rows == len(found.reckoned.decided)
    assert found.as_json()["digest"] != found.as_json()["digest_without"]


def test_a_town_without_orders__has_nothing_to_reckon() -> None:
    made = glasstown.town("rongcheng-2013", people=300, firms=0, months=2, seed=7, threads=1).step(2)
    found = made.reckon()
    assert found.reckoned.turned == {"person": 0}
    assert "No desk has decided anything" in str(found.blocks())
    assert found.reckoned.digests[0] == found.reckoned.digests[1]
