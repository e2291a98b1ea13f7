"""The scenarios that ship: each is one, sets what a run takes, and is found by its name."""

from __future__ import annotations

from pathlib import Path

import pytest

from glasstown.archive.library import load_presets
from glasstown.errors import FaultsError, UsageError
from glasstown.language.load import shipped
from glasstown.runs.request import manifest_of
from glasstown.runs.scenario import request_of, scenario_of, shipped_scenarios


@pytest.mark.parametrize("name", shipped_scenarios())
def test_shipped_scenario__is_one_that_a_run_takes(name: str) -> None:
    scenario = scenario_of(name)
    assert scenario is not None
    assert scenario.title
    assert scenario.settings
    manifest, _ = manifest_of(request_of(name, {"people": 200, "months": 2}))
    assert manifest.settings == scenario.settings


def test_names__are_no_rulebooks_and_no_presets() -> None:
    assert set(shipped_scenarios()).isdisjoint({*shipped(), *(preset.id for preset in load_presets())})


def test_what_lies_in_the_working_folder__goes_before_what_ships(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert scenario_of("rights-none") is not None
    Path("rights-none").mkdir()
    assert scenario_of("rights-none") is None


def test_scenario_that_names_a_shipped_one__is_refused_with_its_place(tmp_path: Path) -> None:
    file = tmp_path / "my.yaml"
    file.write_text("glasstown_scenario: 1\nrulebooks: [rights-none]\n", "utf-8")
    with pytest.raises(UsageError, match=r"my\.yaml:2:13: scenario: found 'rights-none', a scenario"):
        scenario_of(str(file))


@pytest.mark.parametrize(
    ("path", "value"),
    [("filing.lost", "7"), ("filing.lots", "1"), ("suining-2010/clauses/su-d99/points", "-1"), ("nowhere/clauses/a/points", "1")],
)  # fmt: skip
def test_setting_that_a_file_gets_wrong__is_told_by_its_place_there(path: str, value: str, tmp_path: Path) -> None:
    file = tmp_path / "my.yaml"
    file.write_text(f"glasstown_scenario: 1\nrulebooks: [suining-2010]\nset:\n  {path}: {value}\n", "utf-8")
    with pytest.raises(FaultsError, match=rf"my\.yaml:4:\d+: set, {path}: found"):
        manifest_of(request_of(str(file), {"people": 200, "months": 2}))


def test_setting_of_a_command__is_told_as_its_option_whatever_the_file_says(tmp_path: Path) -> None:
    file = tmp_path / "my.yaml"
    file.write_text("glasstown_scenario: 1\nrulebooks: [suining-2010]\nset: {filing.lost: 0.01}\n", "utf-8")
    with pytest.raises(UsageError, match=r"--set filing\.lost: found 7"):
        manifest_of(request_of(str(file), {"people": 200, "months": 2}, settings={"filing.lost": "7"}))
