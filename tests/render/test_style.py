"""Each meaning has one colour in every picture, and every colour its counterpart in the dark."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import glasstown
from glasstown.language.load import load_rulebook, shipped
from glasstown.render import style

SOURCE = Path(glasstown.__file__).parent


ROOT = SOURCE.parents[1]


@pytest.mark.parametrize("page", style.TOGETHER)
def test_meanings__that_meet_on_a_page_have_a_colour_each(page: str) -> None:
    by_colour: dict[str, list[str]] = {}
    for meaning, colour in style.TOGETHER[page].items():
        by_colour.setdefault(colour, []).append(meaning)
    assert [each for each in by_colour.values() if len(each) > 1] == []


@pytest.mark.parametrize("page", style.TOGETHER)
def test_dark__parts_what_the_light_parts(page: str) -> None:
    dark = [style.DARK[colour] for colour in style.TOGETHER[page].values()]
    assert len(set(dark)) == len(dark)


def test_grades__are_drawn_in_the_colour_that_they_are_called_by() -> None:
    assert style.of_grades(["green", "blue", "yellow", "red", "black"]) == {
        name: style.NAMED[name] for name in ("green", "blue", "yellow", "red", "black")
    }


@pytest.mark.parametrize("reference", shipped())
def test_grades__of_a_rulebook_have_a_colour_each(reference: str) -> None:
    grades = [grade.id for grade in load_rulebook(reference).grades]
    assert len(set(style.of_grades(grades).values())) == len(set(grades))


def test_tones__follow_the_harm_of_a_measure() -> None:
    assert [style.tone_of("more", harm) for harm in (1, -1, 0)] == ["worse", "better", "moves"]
    assert [style.tone_of("less", harm) for harm in (1, -1, 0)] == ["better", "worse", "moves"]


def test_colours__are_written_nowhere_else() -> None:
    beside = [*(ROOT / "docs").rglob("*.py"), *(ROOT / "verification").rglob("*.py")]
    written = {
        str(path.relative_to(ROOT))
        for path in (*SOURCE.rglob("*.py"), *beside)
        if re.search(r"[\"']#[0-9a-fA-F]{6}[\"']", path.read_text(encoding="utf-8"))
    }
    assert written == {"src/glasstown/render/style.py"}
