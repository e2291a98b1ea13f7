"""Each meaning has one colour in every picture, and every colour its counterpart in the dark."""

from __future__ import annotations

import re
from pathlib import Path

import glasstown
from glasstown.render import style

SOURCE = Path(glasstown.__file__).parent


def test_ways__each_has_a_colour_of_its_own() -> None:
    assert len({*style.WAYS.values()}) == len(style.WAYS)
    assert style.RIGHT != style.WRONG


def test_dark__has_every_colour_of_a_chart() -> None:
    assert {*style.SEQUENCE, *style.WAYS.values(), style.RIGHT, style.WRONG} <= style.DARK.keys()


def test_colours__are_written_nowhere_else() -> None:
    written = {
        str(path.relative_to(SOURCE))
        for path in SOURCE.rglob("*.py")
        if re.search(r"[\"']#[0-9a-fA-F]{6}[\"']", path.read_text(encoding="utf-8"))
    }
    assert written == {"render/style.py"}
