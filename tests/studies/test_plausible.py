"""Draws of the parameters are kept where the first side comes near what is published of its rulebooks, and the others are told."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

import glasstown
from glasstown.language.load import load_rulebook
from glasstown.runs.memory import live_in_memory, plan_in_memory
from glasstown.runs.request import RunRequest
from glasstown.studies.pairs import drawn_pairs
from glasstown.studies.plausible import MOST_TRIES, TARGETS, is_plausible, targets_of

pytestmark = pytest.mark.usefixtures("short_past")
ASKED = RunRequest("cn-court-list-2017", people=12_000, months=30, seed=1, threads=1, command="test", start="2018-01")


def test_targets__are_of_rulebooks_that_are_there() -> None:
    for name, target in TARGETS.items():
        book = load_rulebook(name)
        assert 0 < target.least < target.most
        assert target.item is None or target.item in [rule.id for rule in book.lists]


def test_town_too_small__is_held_to_nothing() -> None:
    assert set(targets_of(plan_in_memory(ASKED))) == {"cn-court-list-2017"}
    assert targets_of(plan_in_memory(replace(ASKED, people=3000, months=12))) == {}
    assert targets_of(plan_in_memory(replace(ASKED, rulebook="suining-2010", start=None))) == {}


@pytest.mark.parametrize(("recorded", "kept"), [("1", True), ("0", False)])
def test_draw_with_hardly_any_record__is_left_out(recorded: str, kept: bool) -> None:
    plan = plan_in_memory(ASKED)
    sums = live_in_memory(plan, {"recording.court.default": recorded, "hazard.c11": "0.0005"})
    assert is_plausible(plan, sums, targets_of(plan)) is kept


def test_kept_draws__are_the_same_each_time_and_all_come_near() -> None:
    requests = [replace(ASKED, settings={"gate.joined": joined}) for joined in ("0", "12")]
    one, other = (drawn_pairs(requests, 2, prior=True) for _ in range(2))
    assert one == other
    assert len(one) <= 2 <= one.tried <= 2 * MOST_TRIES
    assert len(one.near) == 1
    for both in one.counts:
        assert both["refusals"][0] == 0
        assert both["listings"][0] > 0


def test_compare__says_how_many_draws_were_lived_for_those_kept(tmp_path: Path) -> None:
    answer = glasstown.compare(
        "suining-2010",
        "suining-2010@ceiling-1000",
        people=450,
        months=6,
        seeds=1,
        draws=2,
        threads=1,
        out=tmp_path / "both",
    )
    told = answer.as_json()
    assert (told["draws"], told["draws_tried"], told["draws_near"]) == (2, 2, [])
