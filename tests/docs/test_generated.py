"""Generated pages hold what `docs/generate.py` would write."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

from glasstown.rulebook.load import load_parameters

ROOT = Path(__file__).resolve().parents[2]


def _generator() -> ModuleType:
    spec = importlib.util.spec_from_file_location("docs_generate", ROOT / "docs" / "generate.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


GENERATOR = _generator()


@pytest.mark.parametrize("path", sorted(GENERATOR.pages()), ids=lambda path: path.name)
def test_page__is_what_the_generator_writes(path: Path) -> None:
    assert path.read_text(encoding="utf-8") == GENERATOR.pages()[path], "run `make docs` and commit the result"


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
