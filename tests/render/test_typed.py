"""What a run says to try next works, whatever the rulebook is and wherever it lies."""

from __future__ import annotations

import shlex
import shutil
from pathlib import Path

import pytest

from glasstown.cli.main import main
from glasstown.outcomes.opened import open_run
from glasstown.paths import rulebook_folder
from glasstown.render import typed
from glasstown.render.next_steps import commands
from glasstown.render.typed import reference
from glasstown.storage.manifest import Document

GOOD = Path(__file__).resolve().parents[1] / "rulebooks" / "good"
RUN = ("--people", "40", "--months", "1", "--out")


def shows(folder: Path) -> list[list[str]]:
    """Return the words of each command after `glasstown` that a run says to try, but for those on the run itself."""
    words = [shlex.split(command)[1:] for command in commands((open_run(folder),))]
    return [each for each in words if each[0] in ("show", "run", "compare")]


@pytest.mark.parametrize(
    "given", ["../mine", "../mine/rules.yaml", "../with blank/mine", "suining-2010", "suining-2010@ceiling-1000"]
)
def test_every_rulebook__is_named_so_that_the_command_finds_it(
    given: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for folder in ("mine", "with blank/mine"):
        shutil.copytree(GOOD / "small", tmp_path / folder)
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    assert main(["run", given, *RUN, "r"]) == 0
    (said,) = shows(Path("r"))
    for name in [said[1]] if said[0] == "run" else said[1:]:
        assert main(["show", name]) == 0


@pytest.mark.parametrize("change", ["moved", "changed"])
def test_a_rulebook_that_is_no_longer_there__is_not_named(
    change: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(GOOD / "small", tmp_path / "mine")
    monkeypatch.chdir(tmp_path)
    assert main(["run", "mine", *RUN, "r"]) == 0
    rules = tmp_path / "mine" / "rules.yaml"
    if change == "moved":
        rules.rename(tmp_path / "else.yaml")
    else:
        rules.write_text(rules.read_text(encoding="utf-8") + "# changed\n", encoding="utf-8")
    assert shows(Path("r")) == []
    assert reference(open_run(Path("r")), None) is None


def test_one_of_several_rulebooks__is_named_by_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(GOOD / "small", tmp_path / "mine")
    monkeypatch.chdir(tmp_path)
    assert main(["run", "suining-2010,mine", *RUN, "r"]) == 0
    assert reference(open_run(Path("r"), under="small"), None) == "mine"


def test_a_record_card__says_that_it_does_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert (rulebook_folder() / "covid-lists-2020").is_dir()
    assert main(["run", "covid-lists-2020", *RUN, "r"]) == 0
    out = " ".join(capsys.readouterr().out.split())
    assert "no month written yet" not in out
    assert "covid-lists-2020 has no clause that could be recorded" in out
    assert "Clauses of" not in out
    assert shows(Path("r")) == []


@pytest.mark.parametrize("edited", ["rules.yaml", "sources.yaml"])
def test_an_edited_copy_that_keeps_a_shipped_id__is_named_by_its_path(
    edited: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(rulebook_folder() / "suining-2010", tmp_path / "edited")
    file = tmp_path / "edited" / edited
    file.write_text(f"{file.read_text(encoding='utf-8')}# edited\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert main(["run", "edited@ceiling-1000", *RUN, "r"]) == 0
    assert "show suining-2010" not in capsys.readouterr().out
    (said,) = shows(Path("r"))
    assert said[1].startswith("edited")
    assert main(["show", said[1]]) == 0
    file.write_text(file.read_text(encoding="utf-8") + "# and again\n", encoding="utf-8")
    assert shows(Path("r")) == []


def test_an_addon_whose_base_is_edited__is_not_named_as_the_shipped_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["run", "xihuotangzhai-2015", *RUN, "r"]) == 0
    run = open_run(Path("r"))
    assert reference(run, None) == "xihuotangzhai-2015"
    texts = run.manifest.rulebooks[0]
    assert texts.base is not None
    edited = texts.base.model_copy(update={"rules": Document.of("rules.yaml", f"{texts.base.rules.text}# edited\n")})
    assert not typed._ships(texts.model_copy(update={"base": edited}))
