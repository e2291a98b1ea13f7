"""What is wrong with a picture, seen by its own layout: labels cut, outside, or one upon another; legends of what is not there.

The layout is the drawing engine's; widths are those of the letters of Helvetica, which the charts' font shares.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import vl_convert as vlc

WIDTHS = {
    **dict.fromkeys("ijl'", 222), **dict.fromkeys(" !,./:;I[]ft\\", 278), **dict.fromkeys("()-r`", 333), **dict.fromkeys("{}|*", 389),
    **dict.fromkeys("ckJsvxyz", 500), **dict.fromkeys("+<=>~−±", 584), **dict.fromkeys("FTZ", 611),
    **dict.fromkeys("ABEKPSVXY&", 667), **dict.fromkeys("CDHNRUw", 722), **dict.fromkeys("GOQ", 778), **dict.fromkeys("Mm", 833),
    "%": 889, "W": 944, "…": 1000, "@": 1015,
}  # fmt: skip
"""thousandths of the size of type; 556 of every other letter"""
BOLD = 1.07
SLACK = 1.5
"""pixels by which two boxes may touch"""


@dataclass(frozen=True)
class Label:
    """A text of a picture with the box that it fills."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    is_cut: bool
    role: str

    def meets(self, other: Label) -> bool:
        """Return whether two boxes lie over one another by more than they may touch."""
        across = min(self.right, other.right) - max(self.left, other.left)
        down = min(self.bottom, other.bottom) - max(self.top, other.top)
        return across > SLACK and down > SLACK


def width_of(text: str, size: float, *, is_bold: bool) -> float:
    """Return how many pixels a line of text is wide."""
    return sum(WIDTHS.get(letter, 556) for letter in text) / 1000 * size * (BOLD if is_bold else 1)


def faults_of(chart: Any) -> list[str]:
    """Return what is wrong with a picture, in words."""
    drawn = vlc.vegalite_to_scenegraph(chart.to_dict())
    labels = list(_labels(drawn["scenegraph"], 0.0, 0.0))
    x, y = drawn["origin"]
    told = [f"cut: {each.text}" for each in labels if each.is_cut]
    for each in labels:
        if each.left + x < -SLACK or each.right + x > drawn["width"] + SLACK:
            told.append(f"beyond the side: {each.text}")
        if each.top + y < -SLACK or each.bottom + y > drawn["height"] + SLACK:
            told.append(f"beyond top or foot: {each.text}")
    places = {(each.text, round(each.left), round(each.top)): each for each in labels}
    apart = list(places.values())  # a text on a ground of its own is drawn twice in one place
    told += [
        f"one upon another: {one.text} | {other.text}" for one, other in combinations(apart, 2) if one.meets(other)
    ]
    hues = set(_hues(drawn["scenegraph"], is_legend=False))
    told += [f"a legend of nothing: {hue}" for hue in _hues(drawn["scenegraph"], is_legend=True) if hue not in hues]
    return told


def panels_of(chart: Any) -> int:
    """Return how many panels of a picture have marks in them, less those that have none: 0 where one is empty."""
    drawn = vlc.vegalite_to_scenegraph(chart.to_dict())
    found = [any(_marks(group)) for group in _views(drawn["scenegraph"])]
    return len(found) if all(found) else 0


def _items(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield from node.get("items") or ()


def _labels(node: dict[str, Any], x: float, y: float) -> Iterator[Label]:
    """Yield every text below a mark, with its box on the picture."""
    kind = node.get("marktype")
    for item in _items(node):
        left, top = x + item.get("x", 0.0), y + item.get("y", 0.0)
        if kind == "group":
            for each in _items(item):
                yield from _labels(each, left, top)
        elif kind == "text" and item.get("opacity", 1) and item.get("text") not in (None, "", [], [""]):
            yield _label(item, left, top, str(node.get("role")))


def _label(item: dict[str, Any], x: float, y: float, role: str) -> Label:
    size, told = item.get("fontSize", 11), item["text"]
    lines = [str(each) for each in told] if isinstance(told, list) else str(told).split(item.get("lineBreak") or "\n")
    wide = max(width_of(line, size, is_bold=item.get("fontWeight") == "bold") for line in lines)
    high = size * 0.75 + (len(lines) - 1) * item.get("lineHeight", size + 2)
    limit = item.get("limit") or 0
    x, y = x + item.get("dx", 0), y + item.get("dy", 0)
    if item.get("angle", 0) % 180:
        return Label(" ".join(lines), x - high / 2, y - wide / 2, x + high / 2, y + wide / 2, 0 < limit < wide, role)
    left = {"center": x - wide / 2, "right": x - wide}.get(item.get("align", "left"), x)
    first = {"middle": -size * 0.375, "top": size * 0.1, "line-top": size * 0.1}.get(
        item.get("baseline", ""), -size * 0.75
    )
    top = y + first - ((len(lines) - 1) * item.get("lineHeight", size + 2) / 2 if _is_axis_side(item, role) else 0)
    return Label(" ".join(lines), left, top, left + wide, top + high, 0 < limit < wide, role)


def _is_axis_side(item: dict[str, Any], role: str) -> bool:
    """Return whether lines are set about the middle, as labels at the side of an axis are."""
    return role == "axis-label" and item.get("baseline") == "middle"


def _hues(node: dict[str, Any], *, is_legend: bool) -> Iterator[str]:
    """Yield the colours of a legend's symbols, or of all marks."""
    role = str(node.get("role"))
    wanted = role == "legend-symbol" if is_legend else role == "mark" or role.startswith("legend") is False
    for item in _items(node):
        if node.get("marktype") == "group":
            if is_legend or not role.startswith("legend"):
                for each in _items(item):
                    yield from _hues(each, is_legend=is_legend)
        elif wanted:
            yield from (str(item[key]) for key in ("fill", "stroke") if item.get(key) not in (None, "transparent"))


def _views(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the groups that hold marks, those of concatenated panels each for itself."""
    for item in _items(node):
        if node.get("marktype") != "group":
            continue
        groups = [each for each in _items(item) if each.get("marktype") == "group" and each.get("role") == "scope"]
        if groups:
            for each in groups:
                yield from _views(each)
        elif node.get("role") in ("frame", "scope"):
            yield item


def _marks(item: dict[str, Any]) -> Iterator[bool]:
    yield from (bool(each.get("items")) for each in _items(item) if each.get("role") == "mark")
