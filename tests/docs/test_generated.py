"""Generated pages hold what `docs/generate.py` would write."""

from __future__ import annotations

from pathlib import Path

import pytest

from glasstown.language.load import load_parameters, shipped
from scripts import script

ROOT = Path(__file__).resolve().parents[2]


GENERATOR = script(ROOT / "docs" / "generate.py")
PAGES = GENERATOR.pages()


@pytest.mark.parametrize("path", sorted(PAGES), ids=lambda path: f"{path.parent.name}/{path.name}")
def test_page__is_what_the_generator_writes(path: Path) -> None:
    assert path.read_text(encoding="utf-8") == PAGES[path], "run `make docs` and commit the result"


def test_catalogue__has_a_page_for_each_rulebook_and_no_other() -> None:
    assert GENERATOR.left_over(PAGES) == [], "run `make docs` and commit the result"
    assert {path.stem for path in PAGES if path.parent.name == "catalogue"} == {*shipped(), "README"}


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
