"""An earlier run that is lived again comes to its digest, or the command says that it does not."""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

import glasstown
from glasstown import paths
from glasstown.cli.main import main
from glasstown.errors import RunWarning
from glasstown.paths import shipped_files
from glasstown.runs.session import RunRequest, resume_town, run_town
from glasstown.storage.folder import RunFolder

TOWN = {"people": 300, "months": 6, "threads": 1}


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the shipped files as a copy that a test may edit."""
    copy = tmp_path / "installed"
    shutil.copytree(shipped_files(), copy)
    monkeypatch.setattr(paths, "shipped_files", lambda: copy)
    return copy


def found_out_more(installed: Path) -> None:
    """Let every act be found out four times in five."""
    acts = installed / "data" / "acts.yaml"
    text, n = re.subn(r"(urban|rural): 0?\.\d+", r"\1: 0.8", acts.read_text("utf-8"))
    assert n
    acts.write_text(text, "utf-8")


def test_old_run_after_acts_changed__has_its_digest_again_and_the_difference_is_named(
    installed: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    glasstown.run("suining-2010", **TOWN, out=tmp_path / "old")
    found_out_more(installed)
    glasstown.run("suining-2010", **TOWN, out=tmp_path / "new")
    capsys.readouterr()
    assert main(["run", str(tmp_path / "old"), "--threads", "1", "--out", str(tmp_path / "again"), "--json"]) == 0
    said = capsys.readouterr()
    told = json.loads(said.out)
    digests = {name: RunFolder.open(tmp_path / name).manifest.digest for name in ("old", "new", "again")}
    assert digests["old"] == digests["again"] == told["digest"] != digests["new"]
    assert told["again"] == {"run": str(tmp_path / "old"), "digest": digests["old"], "same": True}
    assert "acts.yaml: the run's text differs from the installed one; the run's is taken." in said.err


def test_stopped_run_after_acts_changed__is_gone_on_with_by_its_own_texts_and_the_difference_is_named(
    installed: Path, tmp_path: Path
) -> None:
    def stop(done: int, _: int) -> None:
        if done == 4:
            raise KeyboardInterrupt

    request = RunRequest("suining-2010", people=300, months=6, threads=1, command="a test")
    run_town(replace(request, out=tmp_path / "whole"))
    with pytest.raises(KeyboardInterrupt):
        run_town(replace(request, out=tmp_path / "half"), stop, seconds_between=0.0)
    found_out_more(installed)
    with pytest.warns(RunWarning, match=r"half: acts\.yaml: the run's text differs from the installed one"):
        resume_town(tmp_path / "half")
    assert RunFolder.open(tmp_path / "half").manifest.digest == RunFolder.open(tmp_path / "whole").manifest.digest


def test_run_that_does_not_come_to_its_digest__is_told_with_exit_code_1(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    glasstown.run("suining-2010", **TOWN, out=tmp_path / "old")
    RunFolder.open(tmp_path / "old").update(digest="0f" * 32)
    capsys.readouterr()
    assert main(["run", str(tmp_path / "old"), "--threads", "1", "--out", str(tmp_path / "again")]) == 1
    said = " ".join(capsys.readouterr().out.split())
    assert f"NOT reproduced: the same was asked as of {tmp_path / 'old'}" in said
    assert "the same code made both" in said
    RunFolder.open(tmp_path / "old").update(code="ab" * 16, versions={"glasstown": "0.1.9"}, checkout=None)
    assert main(["run", str(tmp_path / "old"), "--threads", "1", "--out", str(tmp_path / "third")]) == 1
    assert "Glasstown 0.1.9 made the earlier run" in " ".join(capsys.readouterr().out.split())


def test_run_of_something_else__is_compared_with_nothing(tmp_path: Path) -> None:
    glasstown.run("suining-2010", **TOWN, out=tmp_path / "old")
    assert glasstown.run(tmp_path / "old", seed=2, threads=1, out=tmp_path / "other").again is None
    assert glasstown.run("suining-2010", **TOWN, out=tmp_path / "third").again is None
    same = glasstown.run(tmp_path / "old" / "manifest.json", threads=1, out=tmp_path / "fourth").again
    assert same is not None
    assert same.is_same


def test_manifest__says_version_and_commit_of_what_made_it(tmp_path: Path) -> None:
    glasstown.run("suining-2010", **TOWN, out=tmp_path / "old")
    manifest = RunFolder.open(tmp_path / "old").manifest
    assert manifest.versions["glasstown"] == glasstown.__version__
    is_checkout = (Path(glasstown.__file__).parents[2] / ".git").exists()
    assert (manifest.checkout is not None) == is_checkout
