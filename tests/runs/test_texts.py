"""The texts of an earlier run are what its folder means as a request, whatever is installed under the same names."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

import glasstown
from glasstown import paths
from glasstown.archive.library import references_of
from glasstown.errors import GlasstownError, RunWarning
from glasstown.paths import data_folder, rulebook_folder, shipped_files
from glasstown.runs.request import RunRequest, inputs_of, manifest_of
from glasstown.runs.scenario import request_of, scenario_of
from glasstown.runs.session import run_town
from glasstown.storage.folder import RunFolder
from glasstown.studies.pairs import same_town

TOWN = {"people": 300, "months": 3, "threads": 1}
DIFFERS = "the run's text differs from the installed one"


def harder(folder: Path) -> None:
    """Make every deduction of a rulebook ten times as hard; AssertionError where there is none."""
    rules = folder / "rules.yaml"
    text, deductions = re.subn(r"(points: -\d+)$", r"\g<1>0", rules.read_text("utf-8"), flags=re.MULTILINE)
    assert deductions > 0
    rules.write_text(text, "utf-8")


def digest(folder: Path) -> str | None:
    return RunFolder.open(folder).manifest.digest


@pytest.fixture
def another_installation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the shipped files as a copy that a test may edit."""
    copy = tmp_path / "installed"
    shutil.copytree(shipped_files(), copy)
    monkeypatch.setattr(paths, "shipped_files", lambda: copy)
    return copy


def test_run_of_an_own_text_named_like_a_shipped_one__is_lived_again_by_that_text(tmp_path: Path) -> None:
    mine = tmp_path / "rongcheng-2019"
    shutil.copytree(rulebook_folder() / "rongcheng-2019", mine)
    harder(mine)
    glasstown.run(mine, **TOWN, out=tmp_path / "own")
    shutil.rmtree(mine)
    with pytest.warns(RunWarning, match=f"rongcheng-2019: {DIFFERS}"):
        glasstown.run(tmp_path / "own", threads=1, out=tmp_path / "again")
    glasstown.run("rongcheng-2019", **TOWN, out=tmp_path / "shipped")
    assert digest(tmp_path / "own") == digest(tmp_path / "again") != digest(tmp_path / "shipped")
    with pytest.warns(RunWarning, match=DIFFERS):
        found = glasstown.compare(
            tmp_path / "own", "rongcheng-2019", people=300, months=3, seeds=1, draws=0, out=tmp_path / "c"
        )
    assert found.pairs[0].first_anything is not None
    with pytest.warns(RunWarning, match=DIFFERS):
        glasstown.life(tmp_path / "own", 3)
    with pytest.warns(RunWarning, match=DIFFERS):
        glasstown.report(tmp_path / "own")
    with pytest.warns(RunWarning, match=DIFFERS):
        glasstown.rescue(tmp_path / "own")


def test_run_of_an_own_text__needs_its_file_no_longer(tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    shutil.copytree(rulebook_folder() / "suining-2010", mine)
    rules = mine / "rules.yaml"
    rules.write_text(rules.read_text("utf-8").replace("id: suining-2010", "id: mine", 1), "utf-8")
    glasstown.run(mine, **TOWN, out=tmp_path / "own")
    shutil.rmtree(mine)
    glasstown.run(tmp_path / "own", threads=1, out=tmp_path / "again")
    glasstown.run(tmp_path / "own" / "manifest.json", seed=2, threads=1, out=tmp_path / "other")
    assert digest(tmp_path / "own") == digest(tmp_path / "again") != digest(tmp_path / "other")


def test_add_on_and_its_base__are_those_of_the_run(tmp_path: Path, another_installation: Path) -> None:
    run_town(RunRequest("xihuotangzhai-2015", people=300, months=3, threads=1, out=tmp_path / "own", command="test"))
    documents = RunFolder.open(tmp_path / "own").manifest.rulebooks[0]
    assert documents.base is not None
    harder(another_installation / "rulebooks" / documents.base.id)
    with pytest.warns(RunWarning, match=f"{documents.base.id}: {DIFFERS}"):
        request = request_of(str(tmp_path / "own"), {"threads": 1})
    assert manifest_of(request)[1].books == inputs_of(RunFolder.open(tmp_path / "own")).books


@pytest.mark.parametrize("name", ["places/china-2020.yaml", "parameters.yaml", "acts.yaml"])
def test_data_file_that_is_another_one_today__is_that_of_the_run(
    tmp_path: Path, another_installation: Path, name: str
) -> None:
    run_town(RunRequest("suining-2010", people=300, months=3, threads=1, out=tmp_path / "own", command="test"))
    file = another_installation / "data" / name
    assert file == data_folder() / name
    file.write_text(file.read_text("utf-8") + "# another text\n", "utf-8")
    with pytest.warns(RunWarning, match=f"{Path(name).name}: {DIFFERS}"):
        request = request_of(str(tmp_path / "own"), {})
    texts, kept = manifest_of(request)[0], RunFolder.open(tmp_path / "own").manifest
    assert (texts.place, texts.parameters, texts.acts) == (kept.place, kept.parameters, kept.acts)


def test_place_file_named_like_a_shipped_one__is_that_of_the_run(tmp_path: Path) -> None:
    own = tmp_path / "china-2020.yaml"
    text = (data_folder() / "places" / "china-2020.yaml").read_text("utf-8")
    own.write_text(text.replace("label: ", "label: other ", 1), "utf-8")
    glasstown.run("suining-2010", **TOWN, place=str(own), out=tmp_path / "own")
    own.unlink()
    differs = rf"china-2020\.yaml: {DIFFERS}"
    with pytest.warns(RunWarning, match=differs):
        request = request_of(str(tmp_path / "own"), {})
    with pytest.warns(RunWarning, match=differs):
        named = request_of(str(tmp_path / "own"), {"place": "china-2020"})
    with pytest.raises(GlasstownError, match="two texts of china-2020"):
        same_town(request, RunRequest("suining-2010", people=300, months=3))
    assert manifest_of(request)[1].place.label.startswith("other")
    assert not manifest_of(named)[1].place.label.startswith("other")


def test_run_as_a_request__takes_further_settings_and_refuses_wrong_ones(tmp_path: Path) -> None:
    glasstown.run("suining-2010", **TOWN, out=tmp_path / "own")
    path = "suining-2010/clauses/su-d06/points"
    request = request_of(str(tmp_path / "own"), {"seed": 4}, settings={path: "-3"})
    manifest, inputs = manifest_of(request)
    assert (manifest.seed, dict(manifest.settings)) == (4, {path: "-3"})
    assert next(each for each in inputs.books[0].clauses if each.id == "su-d06").points == -3
    with pytest.raises(GlasstownError, match=r"su-d06.*a multiple of the quantum"):
        manifest_of(replace(request, settings={path: "-0.5"}))
    with pytest.raises(GlasstownError, match="other-2010"):
        manifest_of(replace(request, settings={"other-2010/title": "x"}))


def test_command_of_such_a_run__names_the_folder_and_no_place(tmp_path: Path) -> None:
    glasstown.run("suining-2010", **TOWN, out=tmp_path / "own")
    town = glasstown.run(tmp_path / "own", seed=2, threads=1, out=tmp_path / "again")
    command = RunFolder.open(town.folder).manifest.command
    assert str(tmp_path / "own") in command
    assert "--place" not in command


@pytest.mark.parametrize(
    ("text", "references"),
    [
        ("a,b/city", ("a,b/city",)),
        ("a,b/city@strict", ("a,b/city@strict",)),
        ("suining-2010,a,b/city,cn-2017", ("suining-2010", "a,b/city", "cn-2017")),
        ("a,b,c", ("a,b,c",)),
        ("a, suining-2010", ("a", "suining-2010")),
    ],
)
def test_comma_in_a_path__parts_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, references: tuple[str, ...]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a,b" / "city").mkdir(parents=True)
    (tmp_path / "a,b,c").mkdir()
    assert references_of(text) == references


def test_comma_in_a_path__in_a_scenario_and_a_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("a", "b", "a,b"):
        shutil.copytree(rulebook_folder() / "suining-2010", tmp_path / name)
        rules = tmp_path / name / "rules.yaml"
        rules.write_text(
            rules.read_text("utf-8").replace("id: suining-2010", f"id: {name.replace(',', '-')}", 1), "utf-8"
        )
    (tmp_path / "two.yaml").write_text("glasstown_scenario: 1\nrulebooks: [a, b]\n", "utf-8")
    scenario = scenario_of("two.yaml")
    assert scenario is not None
    assert [each.id for each in manifest_of(request_of("two.yaml", {"people": 50, "months": 1}))[0].rulebooks] == [
        "a",
        "b",
    ]
    town = glasstown.run("a,b", people=50, months=1, threads=1)
    assert [each.id for each in RunFolder.open(town.folder).manifest.rulebooks] == ["a-b"]


def test_moved_run__is_told_where_it_lies(tmp_path: Path) -> None:
    glasstown.run("suining-2010", people=150, months=1, threads=1, out=tmp_path / "a")
    (tmp_path / "a").rename(tmp_path / "b")
    assert glasstown.resume(tmp_path / "b").as_json()["run"] == str(tmp_path / "b")
    shutil.copytree(tmp_path / "b", tmp_path / "c")
    (tmp_path / "c" / "hashes.parquet").unlink()
    with pytest.warns(RunWarning, match="not whole"):
        assert glasstown.resume(tmp_path / "c").as_json()["run"] == str(tmp_path / "c")
