"""What is said twice is the same twice: colours and roles in files and in the sheet, and pictures that are sound."""

from __future__ import annotations

import re
from datetime import date
from xml.etree import ElementTree

import pytest

from glasstown.explorer.drawing import ROLES, Chart, Line, chart, spark, whole
from glasstown.explorer.legend import LISTS, PAY, RANKS
from glasstown.explorer.life_drawing import Lane, Mark, Span, life_svg
from glasstown.explorer.map_drawing import COLOURS
from glasstown.paths import explorer_folder

SHEET = (explorer_folder() / "static" / "glasstown.css").read_text(encoding="utf-8")
LIGHT = SHEET.split(":root {", 1)[1].split("}", 1)[0]
DARK = re.findall(r"\{\s*color-scheme: dark;(.*?)\}", SHEET, flags=re.DOTALL)
TOKEN = re.compile(r"--([a-z0-9-]+): ([^;]+);")
DAYS = tuple(date(2019 + n // 12, n % 12 + 1, 1) for n in range(24))


def test_colours__of_a_file_are_those_of_the_sheet_in_light() -> None:
    tokens = dict(TOKEN.findall(LIGHT))
    assert {name: tokens[name] for name in COLOURS} == COLOURS


def test_colours__by_the_system_and_by_the_button_are_the_same_dark() -> None:
    assert len(DARK) == 2
    by_system, by_button = (dict(TOKEN.findall(each)) for each in DARK)
    assert by_system == by_button
    colours = {name for name, value in TOKEN.findall(LIGHT) if value.startswith("#")}
    assert set(by_button) == colours


@pytest.mark.parametrize("role", [role for role in ROLES if role != "title"])
def test_role__has_a_class_in_the_sheet(role: str) -> None:
    assert re.search(rf"\.d-{role}\b", SHEET)


def test_marks__have_their_shapes_in_the_sheet() -> None:
    for mark in (*LISTS, *PAY):
        kind = "s" if mark.shape in ("ring", "square") else "f"
        assert re.search(rf"\.{kind}-{mark.colour}\b", SHEET), mark
    assert all(f".f-{rank} " in SHEET for rank in RANKS)


def test_sheet__asks_no_other_host() -> None:
    assert re.findall(r"url\(([^)]+)\)", SHEET) == ["fonts/serif.woff2", "fonts/sans.woff2", "fonts/code.woff2"]
    assert "@import" not in SHEET


@pytest.mark.parametrize("for_file", [False, True])
@pytest.mark.parametrize("values", [[0] * 24, list(range(24)), [10**9] * 24, [0, 1] * 12])
def test_chart__is_sound_and_inside_its_frame(values: list[int], for_file: bool) -> None:
    spec = Chart("<Title> & more", DAYS, (Line("ink", values, "as it is"), Line("glass", values, "changed")), 12)
    drawn = ElementTree.fromstring(chart(spec, 'alt "<b>"', for_file=for_file, foot="One\nTwo"))
    wide, tall = (float(each) for each in drawn.attrib["viewBox"].split()[2:])
    names = {element.tag.rpartition("}")[2] for element in drawn.iter()}
    assert names <= {"svg", "path", "text", "circle", "rect"}
    for element in drawn.iter():
        for x, y in re.findall(r"[ML]([\d.-]+) ([\d.-]+)", element.attrib.get("d", "")):
            assert 0 <= float(x) <= wide
            assert 0 <= float(y) <= tall
    quarters = [element.text for element in drawn.iter() if (element.text or "").replace(",", "").isdigit()]
    assert quarters
    assert ("Synthetic" in "".join(drawn.itertext())) is False


def test_spark__of_one_month_is_drawn() -> None:
    assert ElementTree.fromstring(spark([5], 1, "ink", "one month")).attrib["aria-label"] == "one month"


def test_whole__writes_out_letters_that_no_text_may_have() -> None:
    assert "\u202e" not in whole("", 10, 10, "a\u202eb", for_file=True, foot="c\u202ed")


@pytest.mark.parametrize("for_file", [False, True])
def test_life__is_drawn_with_every_kind_of_lane(for_file: bool) -> None:
    lanes = [
        Lane("a-rulebook", "960 at the end", steps=((date(2019, 1, 1), 1000), (date(2019, 6, 1), 960))),  # type: ignore[arg-type]
        Lane(
            "Written down",
            "4",
            marks=tuple(Mark(date(2019, 3, 1), role, "x") for role in ("mark", "gift", "ring-wrong", "mark-refused")),
        ),
        Lane(
            "On lists",
            spans=(
                Span("a list with <markup>", date(2019, 2, 1), date(2020, 12, 31), "bar-black"),
                Span("at the end", date(2020, 12, 1), date(2020, 12, 31), "bar-wrong"),
            ),
        ),
    ]
    drawn = life_svg(lanes, date(2019, 1, 1), date(2021, 1, 1), "a life", for_file=for_file, foot="foot", title="title")
    said = " ".join(ElementTree.fromstring(drawn).itertext())
    assert "a list with <markup>" in said
    assert "1,000" in said
    assert ("title" in said) is for_file
