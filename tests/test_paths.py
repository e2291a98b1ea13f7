"""The files that Glasstown ships are found inside the package."""

from __future__ import annotations

from importlib import resources
from pathlib import Path
from zipfile import Path as ZipPath
from zipfile import ZipFile

import pytest

from glasstown import paths
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
