"""`glasstown case` takes a worked case of the rulebook by its name."""

from __future__ import annotations

from pathlib import Path

import pytest

from glasstown.paths import rulebook_folder
from tests.cli.conftest import Command

NAME = "red-light-and-found-money"


def test_case__by_name_is_the_file_beside_the_rulebook(command: Command) -> None:
    path = rulebook_folder() / "suining-2010" / "cases" / f"{NAME}.yaml"
    assert command("case", "suining-2010", NAME).out == command("case", "suining-2010", str(path)).out


def test_case__by_name_is_found_beside_a_rulebook_of_ones_own(command: Command, tmp_path: Path) -> None:
    shipped = rulebook_folder() / "suining-2010"
    for name in ("rules.yaml", "sources.yaml", f"cases/{NAME}.yaml"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes((shipped / name).read_bytes())
    assert command("case", str(tmp_path), NAME).code == 0


def test_case__a_name_comes_before_a_file_and_a_path_means_the_file(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path(NAME).write_text("rulebook: suining-2010\n", encoding="utf-8")
    assert command("case", "suining-2010", NAME).code == 0
    assert command("case", "suining-2010", f"./{NAME}").code == 1
    assert command("case", "suining-2010", str(tmp_path / NAME)).code == 1


def test_case__a_misspelt_name_is_told_with_the_nearest(command: Command) -> None:
    ended = command("case", "suining-2010", "red-light-and-found-mony")
    assert ended.code == 2
    assert f"Did you mean '{NAME}'?" in ended.err
