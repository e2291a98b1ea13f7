"""What a person takes in memory: as many bytes as the page of benchmarks says, and no more than it allows."""

from __future__ import annotations

import pytest

from glasstown.engine import before
from glasstown.engine.town import Town
from glasstown.runs.plan import make_plan, make_town
from glasstown.runs.request import RunRequest, manifest_of

MOST = 110
"""Bytes of dense state a person with two scored rulebooks, at most."""


@pytest.fixture(autouse=True)
def short_past(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let few have lived before, and not for long."""
    monkeypatch.setattr(before, "N_BEFORE", 3)
    monkeypatch.setattr(before, "LONG_AGO", 24)


def town(rulebooks: str) -> Town:
    asked = RunRequest(rulebooks, people=600, firms=0, months=1, seed=1, settings={"start.lived_months": "0"})
    return make_town(make_plan(*manifest_of(asked)), threads=1)


def test_state__takes_no_more_than_is_allowed_with_two_rulebooks_that_score() -> None:
    assert 0.9 * MOST < town("rongcheng-2013,suining-2010").bytes_per_person()["dense"] <= MOST


def test_rulebook_without_lists__takes_nothing_for_them() -> None:
    with_lists, without = town("rongcheng-2013"), town("rongcheng-2019")
    wide, narrow = (each.sides[0].layers[0].statuses[0].lists.shape[1] for each in (with_lists, without))
    assert (wide, narrow) == (1, 0)
