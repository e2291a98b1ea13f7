"""What lies in `cases` is a case that is tested, or `test` and `check` say that it is none."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from glasstown.cases.beside import case_files, not_read
from glasstown.cli.main import main
from glasstown.errors import RunWarning
from glasstown.paths import rulebook_folder

BOOK = "suining-2010"
CASE = "red-light-and-found-money.yaml"


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """Give a copy of a rulebook with one worked case."""
    folder = tmp_path / BOOK
    shutil.copytree(rulebook_folder() / BOOK, folder, ignore=shutil.ignore_patterns("cases"))
    (folder / "cases").mkdir()
    shutil.copy(rulebook_folder() / BOOK / "cases" / CASE, folder / "cases")
    return folder


def as_file(name: str) -> Callable[[Path], None]:
    def lay(own: Path) -> None:
        (own / "cases" / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(own / "cases" / CASE, own / "cases" / name)

    return lay


def behind_a_link(own: Path) -> None:
    shutil.copytree(own / "cases", own.parent / "elsewhere")
    (own / "cases" / "linked").symlink_to(own.parent / "elsewhere")


def behind_a_link_that_looks_like_a_case(own: Path) -> None:
    shutil.copytree(own / "cases", own.parent / "elsewhere")
    (own / "cases" / "linked.yaml").symlink_to(own.parent / "elsewhere")


UNREAD: dict[str, Callable[[Path], None]] = {
    name: as_file(name)
    for name in (
        "a.txt",
        "a.yaml.txt",
        "a.yaml.bak",
        ".a.yaml",
        "a.yaml~",
        "a",
        "more/a.txt",
        ".hidden/a.txt",
        "a.csv",
        "a.y aml",
    )
} | {"linked": behind_a_link, "linked.yaml": behind_a_link_that_looks_like_a_case}


@pytest.mark.parametrize("name", UNREAD)
def test_test_and_check__say_what_is_not_read(name: str, own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    UNREAD[name](own)
    words = f"1 file in `cases` is not read as a case: {name}. A case ends in .yaml, .yml or .json"
    assert main(("test", str(own))) == 0
    said = capsys.readouterr()
    assert "1 of 1 case passes" in said.out
    assert words in " ".join(said.err.split())
    assert main(("check", str(own))) == 0
    assert words in " ".join(capsys.readouterr().out.split())


@pytest.mark.parametrize("name", ["b.yml", "b.JSON", "more/b.yaml", ".hidden/b.yaml", "README.md", "readme", "LICENSE"])
def test_not_read__is_silent_of_cases_and_of_words_about_them(name: str, own: Path) -> None:
    as_file(name)(own)
    assert not_read(own) is None


def test_not_read__names_a_few_and_counts_the_others(own: Path) -> None:
    for number in range(6):
        as_file(f"{number}\x1b.txt")(own)
    said = not_read(own)
    assert said is not None
    assert said.startswith("6 files in `cases` are not read as cases: 0")
    assert "and 2 more" in said
    assert "\x1b" not in said


def test_case_files__of_a_linked_file_is_that_file(own: Path) -> None:
    (own / "cases" / "again.yaml").symlink_to(own / "cases" / CASE)
    assert [path.name for path in case_files(own)] == ["again.yaml", CASE]


def test_what_ships__has_nothing_that_is_not_read() -> None:
    assert [folder.name for folder in rulebook_folder().iterdir() if not_read(folder)] == []


def test_run_cases__warns_in_python(own: Path) -> None:
    from glasstown.answers.test import run_cases

    as_file("a.txt")(own)
    with pytest.warns(RunWarning, match=r"not read as a case: a\.txt"):
        run_cases([str(own)])
