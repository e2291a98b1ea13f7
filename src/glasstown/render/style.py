"""Colours and chart theme, shared by every picture and page; what has a meaning has a name, and one colour.

Chart marks use hues that people with the common colour blindnesses tell apart.  In a page every chart
colour is looked up in `DARK`, so that one drawing serves light and dark.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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
RED: Final = "#b3261e"
SLATE: Final = "#3d5a80"
INDIGO: Final = "#7a6be0"
NIGHT: Final = "#2d1f85"
PALE: Final = "#a5adb8"
GREY: Final = "#858e9b"
WHITISH: Final = "#bcc3cc"
RANKS: Final = (
    "#005f73", "#0b808d", "#268c80", "#478c5c", "#7a872d", "#a0772a", "#8f4f2a", "#6f2f1f", "#4a1f2b",
)  # fmt: skip
"""Teal to brown: grades from best to worst, and nothing else."""

PLAIN: Final = SLATE
"""What is told apart by its place and its name alone: bars by month, the score of a life."""
RIGHT: Final = MUTED
WRONG: Final = PURPLE
"""A record that is right or a listing by one, and one that is not, in every picture."""
LEFT: Final = SKY
"""Who left a list."""
NO_GRADE: Final = PALE
SIDES: Final = (NIGHT, INDIGO)
"""Two readings of one rulebook."""
LIVED: Final = BLUE
PUBLISHED: Final = ORANGE
PERFORMED: Final = GOLD
"""What a town lived, and what was published, wherever the two are held together."""
BY_HAND: Final = MUTED
"""What is worked out without a town."""

EXTENTS: Final = {"executable": PLAIN, "unknown": PALE, "shown": FAINT}
"""How far a clause can be executed."""
EFFECTS: Final = {"takes": ORANGE, "gives": BLUE}
OUTCOMES: Final = {"fails": ORANGE, "passes": BLUE}
"""What is worse, and what is better, for whom it happens to, in answers about one rulebook."""
TONES: Final = {
    "worse": ORANGE, "no better": GOLD, "better": BLUE, "no worse": SKY, "moves": GREEN, "same": MUTED, "undetermined": GREY,
}  # fmt: skip
"""What a difference means to those it happens to, in every picture of measures."""
HARMFUL: Final = {"more": "worse", "no less": "no better", "less": "better", "no more": "no worse"}
GOOD: Final = {"more": "better", "no less": "no worse", "less": "worse", "no more": "no better"}


def tone_of(verdict: str, harm: int) -> str:
    """Return what a verdict means where more of a measure is harm (1), good (-1), or neither (0)."""
    if harm == 0:
        return "moves" if verdict in HARMFUL else verdict
    return (HARMFUL if harm > 0 else GOOD).get(verdict, verdict)


NAMED: Final = {
    "blue": BLUE, "green": GREEN, "yellow": GOLD, "orange": ORANGE, "red": RED, "black": INK, "white": WHITISH,
}  # fmt: skip
"""Grades that are called by a colour are drawn in it."""
LETTERS: Final = dict(zip(("AAA", "AA", "A+", "A", "B", "C", "D", "E", "F"), RANKS, strict=True))
"""Grades that are called by a letter have the same colour under every rulebook."""
LISTS: Final = {"black": INK, "red": RED, "grey": GREY}
"""Lists by their colour."""


def of_grades(grades: Sequence[str]) -> dict[str, str]:
    """Return the colour of each grade of a rulebook, best first: the one that it is called by, else one by its rank."""
    known = {**NAMED, **LETTERS}
    others = [grade for grade in grades if grade not in known]
    free = [colour for colour in RANKS if colour not in {known.get(grade) for grade in grades}]
    step = (len(free) - 1) / max(len(others) - 1, 1)
    ranked = {grade: free[round(place * step) % len(free)] for place, grade in enumerate(others)}
    return {grade: known.get(grade) or ranked[grade] for grade in grades}


TOGETHER: Final[Mapping[str, Mapping[str, str]]] = {
    "report": {
        "plain": PLAIN, "right": RIGHT, "wrong": WRONG, "left": LEFT, "no grade": NO_GRADE,
        "one reading": SIDES[0], "the other": SIDES[1],
        **{f"grade {name}": colour for name, colour in LETTERS.items()},
        **{f"called {name}": colour for name, colour in {**NAMED, **LISTS}.items()},
    },
    "comparison": TONES,
    "against the record": {"lived": LIVED, "published": PUBLISHED, "performed": PERFORMED, "by hand": BY_HAND,
                           **{f"called {name}": NAMED[name] for name in ("green", "red", "black")}},
}  # fmt: skip
"""Meanings that can stand on one page, each with its colour: no two have the same."""

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
    RED: "#ff8a80",
    SLATE: "#9db8dd",
    INDIGO: "#9a8ff0",
    NIGHT: "#dcd7ff",
    PALE: "#69727e",
    GREY: "#8b94a1",
    WHITISH: "#f5f6f8",
    **dict(
        zip(
            RANKS,
            ("#3fa9bf", "#52c3cf", "#63cdbf", "#84cf9b", "#bccb63", "#dcb25f", "#dd976b", "#d98672", "#cf8090"),
            strict=True,
        )
    ),
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


# The explorer's pages and files: the hues of its sheet (`explorer/static/glasstown.css`) in light.
EXPLORER_INK, EXPLORER_INK_2, EXPLORER_GLASS, EXPLORER_WRONG = "#14201e", "#42504d", "#0b6a60", "#f07f13"
EXPLORER_REFUSED, EXPLORER_LINE, EXPLORER_HAIR, EXPLORER_PAPER = "#1d57b0", "#d5dcd8", "#e5eae7", "#ffffff"
EXPLORER_TINTS: Final[Mapping[str, str]] = {
    "band": "#ebefec",
    "wrong": "#fdeede",
    "wrong-deep": "#b34a00",
    "unable": "#8fa9cc",
    "refused": "#e3ecf9",
    "gift": "#a3195b",
    "dot": "#a9b6b0",
    "child": "#d6ddd9",
    "second": "#7590b5",
}
EXPLORER_RANKS: Final = ("#0b3d37", "#0b6a60", "#3f9a8d", "#8cc3b9", "#c3ddd7")
EXPLORER_GRADES: Final = ("#005f73", "#268c80", "#7fb8a4", "#b9a24a", "#a0772a", "#8f4f2a", "#6f2f1f", "#4a1f2b")
"""ranks and grades of dots on the map, the best first"""
