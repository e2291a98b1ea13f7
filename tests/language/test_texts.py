"""What a reference to a rulebook means: an id before a path, a folder before a file, and the reading behind the last `@`."""

from __future__ import annotations

from pathlib import Path

import pytest

from glasstown.errors import UsageError
from glasstown.language.texts import RULES, locate, read_text, with_reading
from glasstown.paths import rulebook_folder


@pytest.mark.parametrize(
    ("reference", "plain", "reading"),
    [
        ("suining-2010", "suining-2010", None),
        ("suining-2010@ceiling-1000", "suining-2010", "ceiling-1000"),
        ("suining-2010@", "suining-2010", ""),
        ("a@b/c", "a@b/c", None),
        ("a@b\\c", "a@b\\c", None),
        ("a@b@c", "a@b", "c"),
        ("a@b,c", "a@b,c", None),
    ],
)
def test_reading__is_what_follows_the_last_at_sign_of_a_name(reference: str, plain: str, reading: str | None) -> None:
    assert with_reading(reference) == (plain, reading)


def test_id__comes_before_a_folder_of_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "suining-2010").mkdir()
    (tmp_path / "suining-2010" / RULES).write_text("", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert locate("suining-2010@x") == (rulebook_folder() / "suining-2010" / RULES, "x")
    assert locate("./suining-2010")[0] == Path("suining-2010") / RULES


def test_path__begins_beside_the_file_that_names_it(tmp_path: Path) -> None:
    (tmp_path / "mine@home").mkdir()
    (tmp_path / "mine@home" / RULES).write_text("", encoding="utf-8")
    assert locate("mine@home", tmp_path) == (tmp_path / "mine@home" / RULES, None)
    assert locate("mine@home@strict", tmp_path) == (tmp_path / "mine@home" / RULES, "strict")
    (tmp_path / "single.yaml").write_text("", encoding="utf-8")
    assert locate("single.yaml@strict", tmp_path) == (tmp_path / "single.yaml", "strict")


@pytest.mark.parametrize(
    ("reference", "words"),
    [
        ("suining-2011", "Did you mean"),
        ("nothing-at-all-like-it", "`glasstown rulebooks` lists them"),
        ("x" * 500, "x..."),
        ("", "found ''"),
    ],
)
def test_reference_that_means_nothing__is_told_with_its_neighbour(reference: str, words: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError) as problem:
        locate(reference, tmp_path)
    assert words in str(problem.value)
    assert len(str(problem.value)) < 700


def test_folder_without_rules__is_told_as_such(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(UsageError, match=f"a folder without {RULES}"):
        locate("empty", tmp_path)


def test_text__is_the_rulebook_in_the_reading_that_is_named_or_the_default() -> None:
    plain, named = (read_text(*locate(reference)) for reference in ("suining-2010", "suining-2010@ceiling-1000"))
    assert named.book.variant == "ceiling-1000"
    assert plain.book.variant == plain.book.default_variant != "ceiling-1000"
    assert plain.document.data["score"] != named.document.data["score"]
