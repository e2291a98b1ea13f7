"""Colours and chart theme, shared by every picture and page; what has a meaning has a name, and one colour.

Chart marks use the Okabe-Ito hues, which people with the common colour blindnesses tell apart.  In a page every chart
colour is looked up in `DARK`, so that one drawing serves light and dark.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

FONT: Final = "Liberation Sans, Arial, Helvetica, sans-serif"
PAPER: Final = "#ffffff"
INK: Final = "#1d2129"
MUTED: Final = "#5b6470"
FAINT: Final = "#e3e7ed"
BAND: Final = "#eceff4"
BLUE: Final = "#0067a5"
ORANGE: Final = "#c44e00"
GREEN: Final = "#00805c"
PURPLE: Final = "#a8508a"
SKY: Final = "#3f9fd3"
GOLD: Final = "#a87900"

PALE: Final = "#a5adb8"
RED: Final = "#b3261e"

RIGHT: Final = BLUE
WRONG: Final = PURPLE
"""A record that is right, and one that is not, in every picture."""
WAYS: Final = {"more": ORANGE, "no less": GOLD, "less": BLUE, "no more": SKY, "same": MUTED, "undetermined": PALE}
"""Which way something moves that is neither harm nor good."""
TONES: Final = {
    "worse": ORANGE, "no better": GOLD, "better": BLUE, "no worse": SKY, "moves": GREEN, "same": MUTED, "undetermined": PALE,
}  # fmt: skip
"""What a difference means to those it happens to, in every picture of measures."""
HARMFUL: Final = {"more": "worse", "no less": "no better", "less": "better", "no more": "no worse"}
GOOD: Final = {"more": "better", "no less": "no worse", "less": "worse", "no more": "no better"}


def tone_of(verdict: str, harm: int) -> str:
    """Return what a verdict means where more of a measure is harm (1), good (-1), or neither (0)."""
    if harm == 0:
        return "moves" if verdict in WAYS and verdict in HARMFUL else verdict
    return (HARMFUL if harm > 0 else GOOD).get(verdict, verdict)


SEQUENCE: Final = (BLUE, GREEN, GOLD, ORANGE, PURPLE, SKY, MUTED)
"""Grades from best to worst, then whatever else is told apart, in this order."""
NAMED: Final = {
    "blue": BLUE,
    "green": GREEN,
    "yellow": GOLD,
    "orange": ORANGE,
    "red": RED,
    "black": INK,
    "white": PALE,
    "AAA": SKY,
    "AA": PALE,
    "A+": MUTED,
    "A": BLUE,
    "B": GREEN,
    "C": GOLD,
    "D": ORANGE,
    "E": RED,
}
"""Grades that are called by a colour are drawn in it; those called by a letter have the same one under every rulebook."""
LISTS: Final = {"black": INK, "red": RED, "grey": MUTED}
"""Lists by their colour."""


def of_grades(grades: Sequence[str]) -> dict[str, str]:
    """Return the colour of each grade of a rulebook, best first: the one that it is called by, else one of those left over."""
    left = [colour for colour in SEQUENCE if colour not in {NAMED.get(grade) for grade in grades}]
    others = [grade for grade in grades if grade not in NAMED]
    return {grade: NAMED.get(grade) or left[others.index(grade) % len(left)] for grade in grades}


DARK: Final = {
    PAPER: "#14171c",
    INK: "#e8eaee",
    MUTED: "#a2abb8",
    FAINT: "#2d333d",
    BAND: "#222831",
    BLUE: "#5db4ec",
    ORANGE: "#ff9a57",
    GREEN: "#4fcba3",
    PURPLE: "#e39ac9",
    SKY: "#8fcdf0",
    GOLD: "#e5be4f",
    PALE: "#69727e",
    RED: "#ff8a80",
}


def theme() -> dict[str, Any]:
    """Return the Vega-Lite config that all charts share: quiet axes, one family of type, no frame."""
    return {
        "background": PAPER,
        "font": FONT,
        "view": {"stroke": None},
        "title": {
            "anchor": "start",
            "color": INK,
            "fontSize": 17,
            "fontWeight": "bold",
            "subtitleColor": MUTED,
            "subtitleFontSize": 12.5,
            "subtitleLineHeight": 17,
            "subtitlePadding": 6,
            "lineHeight": 21,
            "offset": 18,
        },
        "axis": {
            "labelColor": MUTED,
            "labelFontSize": 11.5,
            "titleColor": MUTED,
            "titleFontSize": 12,
            "titleFontWeight": "normal",
            "gridColor": FAINT,
            "domain": False,
            "ticks": False,
            "labelPadding": 6,
        },
        "header": {"labelColor": INK, "titleColor": INK},
    }
