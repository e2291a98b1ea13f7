"""docs/experiments: every question can be asked again, and every page and picture that is named is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from glasstown.runs.scenario import scenario_of
from scripts import script

HERE = Path(__file__).resolve().parents[2] / "docs" / "experiments"


RUN = script(HERE / "run.py")


@pytest.mark.parametrize("experiment", RUN.EXPERIMENTS, ids=lambda each: each.name)
def test_experiment__can_be_asked_again(experiment: object, tmp_path: Path) -> None:
    RUN.write(experiment, tmp_path, people=450, months=6, seeds=2, draws=2)
    name = experiment.name  # type: ignore[attr-defined]
    written, kept = ((folder / f"{name}.md").read_text(encoding="utf-8") for folder in (tmp_path, HERE))
    assert (tmp_path / f"{name}.png").stat().st_size > 1000
    headings = [re.findall(r"^#.*", text, flags=re.MULTILINE) for text in (written, kept)]
    assert headings[0] == headings[1]
    assert "ynthetic population" in kept


def test_readme__leads_to_every_page_and_no_other() -> None:
    text = (HERE / "README.md").read_text(encoding="utf-8")
    assert re.findall(r"\]\(([\w-]+)\.md\)", text) == list(RUN.NAMES)
    assert {path.stem for path in HERE.glob("*.png")} == set(RUN.NAMES)


def test_schemes__can_be_asked_again(tmp_path: Path) -> None:
    RUN.write_schemes(tmp_path, people=1500, months=6, seeds=2, draws=2)
    written, kept = ((folder / "schemes.md").read_text(encoding="utf-8") for folder in (tmp_path, HERE))
    assert (tmp_path / "schemes.png").stat().st_size > 1000
    assert written.splitlines()[0] == kept.splitlines()[0]
    assert "ynthetic population" in kept


def test_courts_list__can_be_lived_again(tmp_path: Path) -> None:
    RUN.write_courts_list(tmp_path, people=900, seeds=2, months=40)
    written, kept = ((folder / "courts-list.md").read_text(encoding="utf-8") for folder in (tmp_path, HERE))
    assert "<svg" in (tmp_path / "courts-list.svg").read_text(encoding="utf-8")
    assert written.splitlines()[0] == kept.splitlines()[0]
    assert "| 2018 |" not in written
    assert "| 2018 |" in kept
    assert "ynthetic population" in kept


def test_name_of_no_experiment__is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert RUN.main(["gate"]) == 2
    assert "No experiment gate; there are means, " in capsys.readouterr().err


@pytest.mark.parametrize("path", sorted(HERE.glob("*.yaml")), ids=lambda path: path.stem)
def test_scenario__is_one(path: Path) -> None:
    scenario = scenario_of(str(path))
    assert scenario is not None
    assert scenario.title
