"""A change that moves no result leaves an ensemble what it was; one that moves a result does not."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

import pasts
from glasstown.engine import before
from glasstown.language.target_file import SmallTown
from glasstown.runs.request import RunRequest, manifest_of
from glasstown.storage.ensemble_file import FEWEST, manifest_path, read_ensemble, write_ensemble
from glasstown.studies.members import hashes_of, misfits
from glasstown.studies.probes import MEMBERS, MONTHS, PEOPLE, PROBES, lived, lives_as_it_did, probes_of, told

TOWNS = (
    SmallTown(
        id="small", rulebooks=("suining-2010",), people=300, firms=0, months=6, start="2010-01", why="small enough to live here"
    ),
)  # fmt: skip
ASKED = RunRequest("suining-2010", people=300, months=4, seed=1, threads=1, command="test")
SETTINGS = ({"detection.certainty": "1.2"}, {"detection.certainty": "0.8"})


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """Return an ensemble of another code, with probes of what is here."""
    path = tmp_path / "2019.parquet"
    columns = {
        "member": list(range(FEWEST)), "seed": [50 + k for k in range(FEWEST)], "weight": [1 / FEWEST] * FEWEST,
        "set.detection.certainty": [SETTINGS[k % 2]["detection.certainty"] for k in range(FEWEST)],
    }  # fmt: skip
    probes = told(probes_of(TOWNS), SETTINGS, columns["seed"])  # type: ignore[arg-type]
    write_ensemble(path, columns, {"version": "0.0.1", "code": "another", "texts": {}, PROBES: probes})
    return path


def _with(path: Path, change: Mapping[str, Any]) -> None:
    manifest: dict[str, Any] = json.loads(manifest_path(path).read_text("utf-8"))
    manifest.update(change)
    manifest_path(path).write_text(json.dumps(manifest), encoding="utf-8")


def test_probes__are_every_town_under_the_first_members() -> None:
    large = TOWNS[0].model_copy(update={"people": 10**6, "months": 120})
    probes = probes_of((*TOWNS, large))
    assert [each.member for each in probes] == [*range(MEMBERS)] * 2
    assert [(each.people, each.months) for each in probes[::MEMBERS]] == [(300, 6), (PEOPLE, MONTHS)]


def test_digest__is_that_of_a_member_its_seed_and_its_settings() -> None:
    (probe,) = probes_of(TOWNS, members=1)
    digest = lived(probe, SETTINGS[0], 50)
    assert digest == lived(probe, SETTINGS[0], 50)
    assert digest != lived(probe, SETTINGS[1], 50)
    assert digest != lived(probe, SETTINGS[0], 51)


def test_other_code_that_lives_alike__keeps_an_ensemble(kept: Path) -> None:
    ensemble = read_ensemble(kept)
    assert lives_as_it_did(ensemble)
    assert misfits(ensemble, [manifest_of(ASKED)[0]]) == []


def test_probes_under_another_past__are_kept_apart(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is kept of a town with a short past would tell every later command that the model lives otherwise."""
    ensemble = read_ensemble(kept)
    with monkeypatch.context() as patch:
        patch.setattr(before, "N_BEFORE", pasts.SHORT[0])
        patch.setattr(before, "LONG_AGO", pasts.SHORT[1])
        assert not lives_as_it_did(ensemble)
    assert lives_as_it_did(ensemble)


def test_other_code_that_lives_otherwise__does_not(kept: Path) -> None:
    probes = read_ensemble(kept).manifest[PROBES]
    _with(kept, {PROBES: [probes[0], {**probes[1], "digest": "0" * 64}]})
    assert {each.subject for each in misfits(read_ensemble(kept), [manifest_of(ASKED)[0]])} == {"version", "code"}


def test_place_of_ones_own__is_excused_by_no_probe(kept: Path) -> None:
    """Probes live in what ships: that they live alike says nothing of another place."""
    asked = manifest_of(ASKED)[0]
    _with(kept, {"texts": hashes_of(asked)})
    ours = asked.model_copy(update={"place": asked.place.model_copy(update={"sha256": "0" * 64})})
    assert misfits(read_ensemble(kept), [asked]) == []
    assert [each.subject for each in misfits(read_ensemble(kept), [ours])] == ["place"]


def test_ensemble_without_probes__is_held_to_its_hashes(kept: Path) -> None:
    _with(kept, {PROBES: []})
    assert not lives_as_it_did(read_ensemble(kept))


def test_member_that_sets_what_is_no_parameter_any_more__does_not_live(kept: Path) -> None:
    ensemble = read_ensemble(kept)
    columns = {**{name: list(each) for name, each in ensemble.columns.items()}, "set.gone.away": ["1"] * FEWEST}
    manifest = {name: each for name, each in ensemble.manifest.items() if name != "rows"}
    write_ensemble(kept, columns, manifest)
    assert not lives_as_it_did(read_ensemble(kept))
