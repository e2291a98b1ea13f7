"""One life as a picture: a lane for each thing that moves, over the years, with the day that it is about."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from glasstown.explorer.drawing import Pen, whole
from glasstown.render.case_words import list_labels
from glasstown.render.words import GATE_WORDS, first_up
from glasstown.runs.one_life import LifeResult, Told
from glasstown.types import WRONG
from glasstown.wording import grouped

WIDTH, LEFT, RIGHT, TOP = 760, 176, 22, 30
BAR: Final = 18
MOST_NAMES: Final = 30


@dataclass(frozen=True, slots=True)
class Span:
    """Something that lasts: its name, from when and until when, and its role."""

    name: str
    since: date
    until: date
    role: str


@dataclass(frozen=True, slots=True)
class Mark:
    """Something that happens on a day: the shape that it has, and its words."""

    day: date
    role: str
    words: str


@dataclass(frozen=True, slots=True)
class Lane:
    """A lane of the picture: its name, a line below it, and what is drawn: steps of a score, marks, or spans."""

    name: str
    below: str = ""
    steps: tuple[tuple[date, Decimal], ...] = ()
    marks: tuple[Mark, ...] = ()
    spans: tuple[Span, ...] = ()

    @property
    def height(self) -> int:
        """Return how tall it is."""
        return max(46, 66 if self.steps else 0, 14 + (BAR + 4) * len(self.spans))


def lanes_of(told: LifeResult, start: date, end: date, unable: Sequence[Span]) -> list[Lane]:
    """Return the lanes of a life: scores, means, records, lists, and what was refused; those that are empty are left out."""
    lanes = [_score(each, start) for each in told.under if _moves(each)]
    lanes += [Lane("Could not pay", "what is owed by judgment", spans=tuple(unable))] if unable else []
    records = tuple(_records(told))
    lanes += [Lane("Written down", f"{len(records)} in the files", marks=records)] if records else []
    lists = tuple(span for each in told.under for span in _lists(each, end))
    lanes += [Lane("On lists", spans=lists)] if lists else []
    refused = tuple(
        Mark(_day(row["month"]), "mark-refused", first_up(GATE_WORDS.get(str(row["gate"]), str(row["gate"]))))
        for row in told.befell
        if row["what"] == "refused"
    )
    return lanes + (
        [Lane("Refused", f"at {len({mark.words for mark in refused})} gates", marks=refused)] if refused else []
    )


def _moves(under: Told) -> bool:
    return (
        under.book is not None
        and under.book.score.kept
        and any(line["after"] != line["before"] for line in under.lines)
    )


def _score(under: Told, start: date) -> Lane:
    first = Decimal(str(under.lines[0]["before"]))
    steps = [(start, first), *((_day(line["date"]), Decimal(str(line["after"]))) for line in under.lines)]
    grade = f", grade {under.grade}" if under.grade else ""
    return Lane(under.rulebook, f"{grouped(steps[-1][1])} at the end{grade}", steps=tuple(steps))


def _records(told: LifeResult) -> Iterator[Mark]:
    seen: set[tuple[str, str]] = set()
    for each in told.under:
        for line in each.lines:
            key = (each.rulebook, str(line["event"]))
            if line["phase"] != "record" or key in seen:
                continue
            seen.add(key)
            clause = next((one for one in each.book.clauses if one.id == line["clause"]), None) if each.book else None
            is_gift = clause is not None and clause.direction == "reward"
            role = "ring-wrong" if line.get("truth") in WRONG else "gift" if is_gift else "mark"
            yield Mark(_day(line["date"]), role, clause.label if clause is not None else str(line["clause"]))


def _lists(under: Told, end: date) -> Iterator[Span]:
    """Yield the times on the lists of a rulebook, as its ledger tells them."""
    labels, since = list_labels(under.book), dict[str, tuple[date, bool]]()
    colours = {rule.id: rule.colour for rule in under.book.lists} if under.book else {}
    for line in under.lines:
        for name in line["lists"]:
            since.setdefault(name, (_day(line["date"]), line.get("truth") in WRONG))
        for name in [name for name in since if name not in line["lists"]]:
            yield _span(name, labels, colours, *since.pop(name), _day(line["date"]))
    for name, (day, is_wrong) in since.items():
        yield _span(name, labels, colours, day, is_wrong, end)


def _span(
    name: str, labels: Mapping[str, str], colours: Mapping[str, str], since: date, is_wrong: bool, until: date
) -> Span:
    role = "bar-wrong" if is_wrong else "bar-black" if colours.get(name) == "black" else "bar-refused"
    wrongly = ", wrongly" if is_wrong else ""
    return Span(f"{labels.get(name, name)}{wrongly}", since, until, role)


def _day(value: Any) -> date:
    return value if isinstance(value, date) else date.fromisoformat(str(value))


def life_svg(
    lanes: Sequence[Lane], start: date, end: date, alt: str, *, for_file: bool = False, foot: str = "", title: str = ""
) -> str:
    """Return the picture of a life."""
    pen, top = Pen(for_file=for_file), TOP + (30 if for_file else 0)
    height = top + sum(lane.height for lane in lanes) + 8
    days = max((end - start).days, 1)

    def at(day: date) -> float:
        return LEFT + min(max((day - start).days / days, 0), 1) * (WIDTH - LEFT - RIGHT)

    inner = pen.text("title", 16, 26, title) if for_file else ""
    for year in range(start.year, end.year + 1):
        place = at(max(date(year, 1, 1), start))
        if year == start.year or date(year, 1, 1) < end:
            inner += pen.path("grid", [(place, top - 4), (place, height - 8)])
            inner += pen.text("text", place + 4, top - 10, str(year))
    y = top
    for lane in lanes:
        inner += pen.path("axis", [(0, y), (WIDTH, y)]) + pen.text("text-ink", 14, y + 20, lane.name[:MOST_NAMES])
        inner += pen.text("text", 14, y + 37, lane.below) if lane.below else ""
        inner += _steps(pen, lane, at, y, end) + _marks(pen, lane, at, y) + _spans(pen, lane, at, y)
        y += lane.height
    return whole(inner, WIDTH, height, alt, css="life-picture", for_file=for_file, foot=foot)


def _steps(pen: Pen, lane: Lane, at: Any, y: int, end: date) -> str:
    if not lane.steps:
        return ""
    low, high = min(value for _, value in lane.steps), max(value for _, value in lane.steps)
    span = float(high - low) or 1.0

    def up(value: Decimal) -> float:
        return y + lane.height - 12 - float(value - low) / span * (lane.height - 30)

    points: list[tuple[float, float]] = []
    for day, value in lane.steps:
        points += [(at(day), points[-1][1])] if points else []
        points.append((at(day), up(value)))
    points.append((at(end), points[-1][1]))
    first, last = lane.steps[0][1], lane.steps[-1][1]
    named = pen.text("text", points[0][0] + 4, points[0][1] - 5, grouped(first))
    if last != first:
        named += pen.text("text", points[-1][0] - 2, points[-1][1] - 5, grouped(last), "end")
    return pen.path("ink", points) + named


def _marks(pen: Pen, lane: Lane, at: Any, y: int) -> str:
    middle, drawn = y + lane.height / 2, ""
    for mark in lane.marks:
        x = at(mark.day)
        if mark.role == "ring-wrong":
            drawn += pen.tag("circle", "ring-wrong", cx=f"{x:.1f}", cy=f"{middle:.1f}", r=6.5)
        elif mark.role == "gift":
            drawn += pen.tag("path", "gift", d=f"M{x:.1f} {middle - 6:.1f}l6 6l-6 6l-6 -6z")
        elif mark.role == "mark-refused":
            drawn += pen.tag("rect", "bar-refused", x=f"{x - 4.5:.1f}", y=f"{middle - 4.5:.1f}", width=9, height=9)
        else:
            drawn += pen.tag("path", "mark", d=f"M{x:.1f} {middle - 7:.1f}v14")
    return drawn


def _spans(pen: Pen, lane: Lane, at: Any, y: int) -> str:
    drawn = ""
    for n, span in enumerate(lane.spans):
        x, low = at(span.since), y + 9 + n * (BAR + 4)
        wide = max(at(span.until) - x, 3)
        drawn += pen.tag("rect", span.role, x=f"{x:.1f}", y=low, width=f"{wide:.1f}", height=BAR, rx=2)
        if not span.name:
            continue
        room = int((WIDTH - RIGHT - x) / 6.6)
        role = {"bar-black": "text-on", "bar-wrong": "text-wrong"}.get(span.role, "text-refused")
        is_inside = len(span.name) * 6.6 < wide - 12
        if is_inside or len(span.name) > (x - LEFT) / 6.6:
            words = span.name if len(span.name) <= room else span.name[: max(room - 1, 4)] + "…"
            drawn += pen.text(role if is_inside or span.role != "bar-black" else "text-ink", x + 7, low + 13, words)
        else:
            drawn += pen.text("text-ink" if role == "text-on" else role, x - 7, low + 13, span.name, "end")
    return drawn
