"""A comparison takes members of the ensemble where it fits, says why where it does not, and the old way where that is asked for."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import glasstown
from ensembles import ship
from glasstown.answers.contrast import Contrast
from glasstown.errors import UsageError
from glasstown.runs.request import RunRequest
from glasstown.storage.ensemble_file import FEWEST, manifest_path
from glasstown.studies.members import ways_for
from glasstown.studies.pairs import drawn_pairs

ASKED = RunRequest("suining-2010", people=300, months=4, seed=1, threads=1, command="test")


@pytest.fixture
def shipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return an ensemble that fits what is here, in the place of the shipped one: its members differ in one parameter."""
    return ship(tmp_path / "2019.parquet", [ASKED], monkeypatch)


def _altered(path: Path, key: str) -> None:
    manifest: dict[str, Any] = json.loads(manifest_path(path).read_text("utf-8"))
    (manifest if key in manifest else manifest["texts"])[key] = "0.0.0"
    manifest_path(path).write_text(json.dumps(manifest), encoding="utf-8")


def test_members__are_taken_in_order_without_what_a_request_sets(shipped: Path) -> None:
    ways = ways_for([ASKED], 3)
    assert not isinstance(ways, str)
    assert [way.seed for way in ways] == [50, 51, 52]
    assert [way.settings["detection.certainty"] for way in ways] == ["1.0", "1.01", "1.02"]
    held = ways_for([replace(ASKED, settings={"detection.certainty": "2"})], 1)
    assert not isinstance(held, str)
    assert "detection.certainty" not in held[0].settings


def test_more_draws_than_members__are_refused(shipped: Path) -> None:
    with pytest.raises(UsageError, match=f"at most {FEWEST} members"):
        ways_for([ASKED], FEWEST + 1)


@pytest.mark.parametrize("key", ["version", "code", "acts", "parameters", "place", "rulebook suining-2010"])
def test_ensemble_that_does_not_fit__is_told_and_not_used(shipped: Path, key: str) -> None:
    _altered(shipped, key)
    found = ways_for([ASKED], 3)
    assert found == f"The ensemble does not fit what is asked: it was made with another {key}"
    drawn = drawn_pairs([ASKED], 1)
    assert not drawn.is_ensemble
    assert drawn.said.startswith(found)


def test_without_an_ensemble__one_sentence_says_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("glasstown.studies.members.shipped_ensemble", lambda: tmp_path / "none.parquet")
    assert drawn_pairs([ASKED], 1).said.startswith("There is no ensemble in this installation. The draws are from")


def test_pairs__live_each_member_with_its_own_people(shipped: Path) -> None:
    drawn = drawn_pairs([ASKED, replace(ASKED, settings={"recording.dishonesty.suining-2010": "0.02"})], 3)
    assert drawn.is_ensemble
    assert len(drawn) == drawn.tried == 3
    assert len({both["offences"][0] for both in drawn.counts}) == 3
    assert drawn == drawn_pairs([ASKED, replace(ASKED, settings={"recording.dishonesty.suining-2010": "0.02"})], 3)


def test_compare__says_which_ways_were_taken(shipped: Path, tmp_path: Path) -> None:
    options: dict[str, Any] = {"people": 300, "months": 4, "seeds": 2, "draws": 3, "threads": 1}
    told = glasstown.compare("suining-2010", "suining-2010@ceiling-1000", **options, out=tmp_path / "a").as_json()
    assert (told["draws_of"], told["draws"]) == ("ensemble", 3)
    prior = glasstown.compare("suining-2010", "suining-2010@ceiling-1000", **options, prior=True, out=tmp_path / "b")
    assert prior.as_json()["draws_of"] == "prior"
    assert "The draws are from the parameters' ranges" in prior.as_json()["draws_said"]


def test_contrast__parts_luck_from_ignorance() -> None:
    contrast = Contrast("offences", None, None, (8, 12), (0, 10, 20, 30))
    luck, ignorance = contrast.spreads
    assert luck == 2.0
    assert ignorance == pytest.approx((125 - 4) ** 0.5)
    assert contrast.span(is_middle=True) == (2, 28)
    assert Contrast("offences", None, None, (8, 12), (10, 10)).spreads == (2.0, 0.0)
