"""Pictures of the explorer: own SVG, drawn once for a page, whose sheet colours it, and once for a file that stands alone.

In a page a shape has the class of its role; in a file it has the colours of light, and the source is written into it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from itertools import pairwise
from typing import Final

from glasstown.letters import shown
from glasstown.render import style
from glasstown.wording import grouped

INK, INK_2, GLASS, WRONG = style.EXPLORER_INK, style.EXPLORER_INK_2, style.EXPLORER_GLASS, style.EXPLORER_WRONG
REFUSED, LINE, HAIR, PAPER = style.EXPLORER_REFUSED, style.EXPLORER_LINE, style.EXPLORER_HAIR, style.EXPLORER_PAPER
TINTS: Final = style.EXPLORER_TINTS
SERIF: Final = "Source Serif, Noto Serif CJK SC, Georgia, serif"
SANS: Final = "Source Sans, Noto Sans CJK SC, Arial, sans-serif"
ROLES: Final[Mapping[str, Mapping[str, str]]] = {
    "ink": {"fill": "none", "stroke": INK, "stroke-width": "2"},
    "glass": {"fill": "none", "stroke": GLASS, "stroke-width": "2", "stroke-dasharray": "5 4"},
    "wrong": {"fill": "none", "stroke": WRONG, "stroke-width": "2"},
    "refused": {"fill": "none", "stroke": REFUSED, "stroke-width": "2"},
    "rest": {"fill": "none", "stroke": LINE, "stroke-width": "1.6"},
    "axis": {"fill": "none", "stroke": LINE, "stroke-width": "1"},
    "grid": {"fill": "none", "stroke": HAIR, "stroke-width": "1"},
    "now": {"fill": "none", "stroke": INK_2, "stroke-width": "1", "stroke-dasharray": "2 3"},
    "dot-ink": {"fill": INK},
    "dot-glass": {"fill": GLASS},
    "dot-wrong": {"fill": WRONG},
    "dot-refused": {"fill": REFUSED},
    "band": {"fill": TINTS["band"]},
    "bar-black": {"fill": INK},
    "bar-wrong": {"fill": TINTS["wrong"], "stroke": TINTS["wrong-deep"], "stroke-width": "1.4"},
    "bar-unable": {"fill": TINTS["unable"]},
    "bar-refused": {"fill": TINTS["refused"], "stroke": REFUSED, "stroke-width": "1"},
    "ring-wrong": {"fill": PAPER, "stroke": WRONG, "stroke-width": "3"},
    "mark": {"fill": "none", "stroke": INK, "stroke-width": "3"},
    "gift": {"fill": PAPER, "stroke": TINTS["gift"], "stroke-width": "2"},
    "text": {"fill": INK_2, "font-family": SANS, "font-size": "12.5"},
    "text-ink": {"fill": INK, "font-family": SANS, "font-size": "13", "font-weight": "600"},
    "text-glass": {"fill": GLASS, "font-family": SANS, "font-size": "13", "font-weight": "600"},
    "text-wrong": {"fill": TINTS["wrong-deep"], "font-family": SANS, "font-size": "13", "font-weight": "600"},
    "text-refused": {"fill": REFUSED, "font-family": SANS, "font-size": "12.5"},
    "text-on": {"fill": PAPER, "font-family": SANS, "font-size": "12.5"},
    "title": {"fill": INK, "font-family": SERIF, "font-size": "20", "font-weight": "500"},
}
"""what each role is in a file of its own; the sheet of the pages has the same, light and dark"""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a chart: its role, a value for each month, and what it is called; `heavy` ends where the month stands."""

    role: str
    values: Sequence[float]
    name: str = ""


@dataclass(frozen=True, slots=True)
class Chart:
    """Lines over months, with the month that is looked at."""

    title: str
    days: tuple[date, ...]
    lines: tuple[Line, ...]
    at: int
    unit: str = ""


class Pen:
    """Makes shapes with the class of their role, or for a file with its colours."""

    def __init__(self, *, for_file: bool) -> None:
        self.for_file = for_file

    def tag(self, name: str, role: str, content: str = "", **values: object) -> str:
        """Return one element; content is text, which is escaped."""
        own = {key.replace("_", "-"): value for key, value in values.items()}
        painted = ROLES[role] if self.for_file else {"class": f"d-{role}"}
        said = "".join(f' {key}="{escape(str(value))}"' for key, value in {**painted, **own}.items())
        return f"<{name}{said}>{escape(shown(content))}</{name}>" if content else f"<{name}{said}/>"

    def path(self, role: str, points: Sequence[tuple[float, float]]) -> str:
        """Return a line through points; nothing of none."""
        drawn = "".join(f"{'L' if n else 'M'}{x:.1f} {y:.1f}" for n, (x, y) in enumerate(points))
        return self.tag("path", role, d=drawn) if drawn else ""

    def text(self, role: str, x: float, y: float, words: str, anchor: str = "start") -> str:
        """Return words at a place."""
        return self.tag("text", role, words, x=f"{x:.1f}", y=f"{y:.1f}", text_anchor=anchor)


def whole(
    inner: str, width: float, height: float, alt: str, *, css: str = "", for_file: bool = False, foot: str = ""
) -> str:
    """Return a drawing with the words for those who do not see it; in a file with the source below it."""
    said = escape(shown(alt), quote=True)
    if not for_file:
        return f'<svg class="{css}" viewBox="0 0 {width:g} {height:g}" role="img" aria-label="{said}">{inner}</svg>'
    pen, lines = Pen(for_file=True), foot.split("\n")
    below = "".join(pen.text("text", 16, height + 14 + 17 * n, line) for n, line in enumerate(lines))
    tall = height + 22 + 17 * len(lines)
    paper = f'<rect width="{width:g}" height="{tall:g}" fill="{PAPER}"/>'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:g}" height="{tall:g}" viewBox="0 0 {width:g} {tall:g}" '
        f'role="img" aria-label="{said}">{paper}{inner}{below}</svg>\n'
    )


def spark(values: Sequence[float], at: int, role: str, alt: str) -> str:
    """Return a line of one's thumb: what has been up to the month, and faintly what comes."""
    wide, tall, pen = 92, 24, Pen(for_file=False)
    high = max([*values, 1]) * 1.08
    places = [
        (n / max(len(values) - 1, 1) * wide, tall - 1 - value / high * (tall - 3)) for n, value in enumerate(values)
    ]
    now = places[at - 1]
    inner = (
        pen.path("axis", [(0, tall), (wide, tall)])
        + pen.path("rest", places[at - 1 :])
        + pen.path(role, places[:at])
        + pen.tag("circle", f"dot-{role}", cx=f"{now[0]:.1f}", cy=f"{now[1]:.1f}", r=2.8)
    )
    return whole(inner, wide, tall, alt, css="spark")


def chart(spec: Chart, alt: str, *, for_file: bool = False, foot: str = "", width: int = 760, height: int = 300) -> str:
    """Return a chart of lines over months, from zero, each named at its end."""
    pen, left, right, top, bottom = (
        Pen(for_file=for_file),
        62,
        120 if any(line.name for line in spec.lines) else 28,
        46 if for_file else 14,
        30,
    )
    wide, tall, n = width - left - right, height - top - bottom, len(spec.days)
    high = _nice(max([value for line in spec.lines for value in line.values] + [1]))

    def at(month: float, value: float) -> tuple[float, float]:
        return left + month / max(n - 1, 1) * wide, top + tall - value / high * tall

    inner = pen.text("title", 16, 28, spec.title) if for_file else ""
    for part in range(5):
        value = high * part / 4
        inner += pen.path("grid" if part else "axis", [at(0, value), at(n - 1, value)])
        inner += pen.text(
            "text", left - 8, at(0, value)[1] + 4, grouped(int(value)) if value == int(value) else f"{value:g}", "end"
        )
    inner += "".join(
        pen.text("text", at(month, 0)[0], height - 8, name, "start" if month == 0 else "middle")
        for month, name in _years(spec.days)
    )
    if spec.at < n:
        inner += pen.path("now", [at(spec.at - 1, 0), at(spec.at - 1, high)])
    ends = _apart([at(n - 1, line.values[-1])[1] for line in spec.lines])
    for line, end in zip(spec.lines, ends, strict=True):
        inner += pen.path(line.role, [at(month, value) for month, value in enumerate(line.values)])
        now = at(spec.at - 1, line.values[spec.at - 1])
        inner += pen.tag("circle", f"dot-{line.role}", cx=f"{now[0]:.1f}", cy=f"{now[1]:.1f}", r=4)
        inner += pen.text(f"text-{line.role}", left + wide + 10, end + 4, line.name)
    return whole(inner, width, height, alt, css="chart", for_file=for_file, foot=foot)


def _years(days: Sequence[date]) -> list[tuple[int, str]]:
    """Return the months at which a year is written, so far apart that no two meet."""
    found = [(n, str(day.year)) for n, day in enumerate(days) if day.month == 1 or n == 0]
    gap = max(len(days) / 9, 1)
    kept: list[tuple[int, str]] = []
    for n, name in found:
        if not kept or n - kept[-1][0] >= gap:
            kept.append((n, name))
    return kept


def _nice(most: float) -> float:
    """Return a round number not below, whose quarters are whole."""
    size = 1.0
    while 40 * size < most:
        size *= 10
    return next(size * each for each in (4, 8, 12, 16, 20, 28, 40) if size * each >= most)


def _apart(ends: Sequence[float], gap: float = 17) -> list[float]:
    """Return places for names, in the order of their lines' ends and so far apart that none lies over another."""
    order = sorted(range(len(ends)), key=lambda n: ends[n])
    places = list(ends)
    for before, after in pairwise(order):
        places[after] = max(places[after], places[before] + gap)
    return places
