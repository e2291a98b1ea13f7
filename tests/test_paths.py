"""The files that Glasstown ships are found inside the package."""

from __future__ import annotations

from importlib import metadata, resources
from pathlib import Path
from types import SimpleNamespace
from zipfile import Path as ZipPath
from zipfile import ZipFile

import pytest

from glasstown import paths
from glasstown.cli.main import main
from glasstown.errors import UsageError


def test_folders__lie_inside_the_package() -> None:
    assert paths.shipped_files().parent == Path(paths.__file__).parent
    assert (paths.rulebook_folder() / "suining-2010" / "rules.yaml").is_file()
    assert (paths.data_folder() / "acts.yaml").is_file()
    assert (paths.schema_folder() / "rules.schema.json").is_file()


@pytest.mark.parametrize("missing", paths.PARTS)
def test_installation_without_data__is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, missing: str) -> None:
    for part in set(paths.PARTS) - {missing}:
        (tmp_path / "_data" / part).mkdir(parents=True)
    monkeypatch.setattr(resources, "files", lambda _package: tmp_path)
    with pytest.raises(UsageError, match=f"no {missing} in .*Install again from a complete copy"):
        paths.shipped_files()


def test_package_inside_an_archive__is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    with ZipFile(tmp_path / "whole.zip", "w") as archive:
        archive.writestr("_data/data/acts.yaml", "")
    monkeypatch.setattr(resources, "files", lambda _package: ZipPath(str(tmp_path / "whole.zip")))
    with pytest.raises(UsageError, match="inside an archive"):
        paths.data_folder()


class Listed:
    """A file as an installation's own list names it."""

    def __init__(self, name: str, where: Path) -> None:
        self.parts, self._where = ("glasstown", "_data", *name.split("/")), where

    def locate(self) -> Path:
        return self._where.joinpath(*self.parts[2:])


def installed(monkeypatch: pytest.MonkeyPatch, folder: Path, *gone: str) -> None:
    """Let the installation's list name the shipped files, and these further ones."""
    names = ["data/acts.yaml", "rulebooks/suining-2010/rules.yaml", *gone]
    files = [Listed(name, folder) for name in names]
    monkeypatch.setattr(metadata, "distribution", lambda _name: SimpleNamespace(files=files))


def test_missing_files__are_those_of_the_installations_list(monkeypatch: pytest.MonkeyPatch) -> None:
    folder = paths.shipped_files()
    installed(monkeypatch, folder)
    assert paths.missing_files() == ()
    paths.check_installation()
    installed(monkeypatch, folder, "rulebooks/harbour/rules.yaml", "data/gone.yaml")
    assert paths.missing_files() == ("data/gone.yaml", "rulebooks/harbour/rules.yaml")
    with pytest.raises(UsageError, match=r"no data/gone\.yaml, rulebooks/harbour/rules\.yaml any more.*Install again"):
        paths.check_installation()


def test_missing_files__of_what_is_not_installed_are_none(monkeypatch: pytest.MonkeyPatch) -> None:
    def nowhere(name: str) -> None:
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(metadata, "distribution", nowhere)
    assert paths.missing_files() == ()
    monkeypatch.setattr(metadata, "distribution", lambda _name: SimpleNamespace(files=None))
    assert paths.missing_files() == ()


@pytest.mark.parametrize(
    "line",
    [("rulebooks",), ("test",), ("sources",), ("show", "harbour"), ("act", "--json", "nothing"), ("check", "harbour")],
)
def test_commands__say_once_that_a_file_of_the_installation_is_gone(
    line: tuple[str, ...], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    installed(monkeypatch, paths.shipped_files(), "rulebooks/harbour/rules.yaml")
    assert main(line) in (1, 2)
    said = " ".join("".join(capsys.readouterr()).split())
    assert said.count("Install again from a complete copy of Glasstown.") == 1, said
    assert "rulebooks/harbour/rules.yaml" in said
