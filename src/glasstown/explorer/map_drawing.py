"""The map of a town as a picture that stands alone: every dot in the colour of its mark, with the legend below."""

from __future__ import annotations

from html import escape
from typing import Any, Final

import numpy as np

from glasstown.explorer import offered
from glasstown.explorer.asked import View
from glasstown.explorer.drawing import INK, INK_2, PAPER, REFUSED, SANS, SERIF, TINTS, WRONG, whole
from glasstown.explorer.layout import WIDE, layout_of
from glasstown.explorer.legend import Mark, counts_of, marks_of, numbered
from glasstown.explorer.towns import Lived
from glasstown.render import words
from glasstown.render.style import EXPLORER_GRADES, EXPLORER_RANKS
from glasstown.wording import grouped

COLOURS: Final = {
    "dot": TINTS["dot"],
    "dot-child": TINTS["child"],
    "dot-b": TINTS["second"],
    "dot-black": INK,
    "wrong-dot": WRONG,
    "refused": REFUSED,
    **{f"rank-{n}": colour for n, colour in enumerate(EXPLORER_RANKS, start=1)},
    **{f"grade-{n}": colour for n, colour in enumerate(EXPLORER_GRADES, start=1)},
}
"""the colours of marks in light; the sheet has the same, and those of the dark"""
HEAD: Final = 54
LEGEND: Final = 22


def map_svg(lived: Lived, view: View, is_town: Any, foot: str) -> str:
    """Return the map at the end of a month, with title, legend and source."""
    marks, place = marks_of(lived, view.colour), numbered(lived, view.colour, lived.frames[view.at - 1])
    layout = layout_of(len(place), is_town, WIDE)
    dots = []
    for n in sorted(range(len(marks)), key=lambda n: marks[n].shape != "dot"):
        members = np.flatnonzero(place == n).tolist()
        inner = "".join(_shape(marks[n], layout.x[each], layout.y[each] + HEAD, layout.step) for each in members)
        dots.append(f"<g {_paint(marks[n], layout.step)}>{inner}</g>")
    day, counts = words.month(lived.days[view.at - 1]), counts_of(lived, view.colour, view.at)
    title = f"{offered.towns()[view.town].label}, {day}"
    head = f'<text x="16" y="30" font-family="{SERIF}" font-size="19" fill="{INK}">{escape(words.first_up(title[:84]))}</text>'
    low = HEAD + WIDE[1] + 20
    legend = "".join(
        _legend(mark, counts[n], 24 + 370 * (n % 2), low + LEGEND * (n // 2)) for n, mark in enumerate(marks)
    )
    height = low + LEGEND * -(-len(marks) // 2) + 4
    return whole(head + "".join(dots) + legend, WIDE[0], height, title, for_file=True, foot=foot)


def _paint(mark: Mark, step: float) -> str:
    colour = COLOURS[mark.colour]
    if mark.shape in ("ring", "square"):
        return f'fill="{PAPER}" stroke="{colour}" stroke-width="{max(step * 0.3, 1.2):.2f}"'
    return f'fill="{colour}"'


def _shape(mark: Mark, x: float, y: float, step: float) -> str:
    size = {"dot": 0.36, "disc": 0.52, "ring": 0.6, "square": 0.5}[mark.shape] * step
    if mark.shape == "square":
        return f'<rect x="{x - size:.1f}" y="{y - size:.1f}" width="{2 * size:.1f}" height="{2 * size:.1f}"/>'
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{size:.1f}"/>'


def _legend(mark: Mark, number: int, x: float, y: float) -> str:
    words_of = f"{grouped(number)} {escape(mark.words)}"
    said = f'<text x="{x + 14}" y="{y + 4}" font-family="{SANS}" font-size="13" fill="{INK_2}">{words_of}</text>'
    return f"<g {_paint(mark, 6)}>{_shape(mark, x, y, 8)}</g>{said}"
