"""Generated pages hold what `docs/generate.py` would write."""

from __future__ import annotations

from pathlib import Path

import pytest

from glasstown.language.load import load_parameters, shipped
from scripts import script

ROOT = Path(__file__).resolve().parents[2]


GENERATOR = script(ROOT / "docs" / "generate.py")


@pytest.fixture(scope="module")
def pages() -> dict[Path, str]:
    written: dict[Path, str] = GENERATOR.pages()
    return written


def test_every_page__is_what_the_generator_writes(pages: dict[Path, str]) -> None:
    assert len(pages) > 80
    other = [str(path) for path, text in sorted(pages.items()) if path.read_text(encoding="utf-8") != text]
    assert other == [], "run `make docs` and commit the result"


def test_catalogue__has_a_page_for_each_rulebook_and_no_other(pages: dict[Path, str]) -> None:
    assert GENERATOR.left_over(pages) == [], "run `make docs` and commit the result"
    assert {path.stem for path in pages if path.parent.name == "catalogue"} == {*shipped(), "README"}


def test_model_page__names_every_parameter_and_step() -> None:
    text = (ROOT / "docs" / "model.md").read_text(encoding="utf-8")
    assert [p.id for p in load_parameters().parameters if f"`{p.id}`" not in text] == []
    assert [n for n in (4, 5, 7, 8, 9, 10, 16) if f"## S{n} " not in text] == []


def test_with_part__replaces_what_stands_between_the_markers() -> None:
    text = "a\n<!-- generated: x -->\nold\n<!-- end of generated: x -->\nb\n"
    expected = "a\n<!-- generated: x -->\n\nnew\n\n<!-- end of generated: x -->\nb\n"
    assert GENERATOR.with_part(text, "x", "new") == expected


def test_table__escapes_bars() -> None:
    assert GENERATOR.table(("a",), [("x|y",)]).endswith("| x\\|y |")
