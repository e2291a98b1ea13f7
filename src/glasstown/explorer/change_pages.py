"""The page that changes a rule: one lever moved, and the town laid beside its twin, the same people with the same luck."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, Final

from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from glasstown.answers.compare_width import share_words
from glasstown.answers.contrast import NOT_KEPT
from glasstown.answers.levers import Lever, levers
from glasstown.explorer import offered
from glasstown.explorer.asked import VALUE, View, chosen, refuse
from glasstown.explorer.commands import python, run_command, run_python
from glasstown.explorer.drawing import Chart, Line, chart
from glasstown.explorer.picture_files import vega_lite_file
from glasstown.explorer.site import Again, Asked, Page, Site, csv_file, svg_file
from glasstown.explorer.town_pages import foot, meta, picker, role_of, slug, stale, view_with_texts, words_of
from glasstown.explorer.written import SIDES, Compared, twins_of
from glasstown.outcomes.counted import MEASURES, harm_of
from glasstown.render import style, words
from glasstown.render.blocks import Grid, Heading, Paragraph

MODEL: Final = "the model"
LONGEST: Final = 120
"""letters of a lever in the list of them"""
SAMPLE: Final = (
    (
        "rongcheng-2013",
        "rongcheng-2013/clauses/rc13-d01/points",
        "-20",
        "A traffic ticket costs 20 points instead of 5",
    ),
    ("cn-court-list-2017", "notice.delay_months", "0", "Nobody is told a month before the listing"),
    ("cn-2019", "gate.joined", "1", "One gate alone closes to those on a list, instead of twelve"),
)
"""changes that the page begins with: town, lever, value, and what they say"""


@lru_cache(maxsize=32)
def _levers(town: str) -> dict[str, tuple[Lever, ...]]:
    """Return what can be set in a town, rulebook by rulebook, and last of the model: numbers, and yes or no."""
    books = offered.towns()[town].rulebooks
    reading = {town.partition("@")[0]: town} if "@" in town else {}
    found = {name: levers((reading.get(name, name),), None).levers for name in books}
    found[MODEL] = levers((), None).levers
    return {name.partition("@")[0]: tuple(each for each in levers if _is_plain(each)) for name, levers in found.items()}


def _is_plain(lever: Lever) -> bool:
    """Return whether a lever is a number, or yes or no."""
    return lever.value in ("true", "false") or bool(re.fullmatch(r"[-+]?[0-9]+(\.[0-9]+)?", lever.value))


async def change(site: Site, asked: Asked) -> Response:
    """Answer which levers there are; with one and its value, what it does."""
    view = asked.view(View(people=1_000, months=48))
    by_book = await run_in_threadpool(_levers, view.town)
    books = tuple(by_book)
    path = asked.found.get("lever", "")
    lever = _lever(by_book, path) if path else None
    book = chosen(asked.found, "of", books, _book_of(path, books))
    value = asked.found.get("value", "")
    base = {
        "view": view, "offer": offered.towns()[view.town], "books": books, "book": book, "lever": lever, "value": value,
        "groups": _groups(by_book[book], book), "samples": SAMPLE, "found": None, "is_stale": False, **picker(view),
    }  # fmt: skip
    if lever is None or not value:
        return site.render(Page("change.html", "Change a rule", "/change", base))
    return await _answer(site, asked, view, lever, value, base)


async def _answer(site: Site, asked: Asked, view: View, lever: Lever, value: str, base: Mapping[str, Any]) -> Response:
    first, second = pair_for(view, lever, value)
    found: Compared = await site.made(
        asked, ("compared", first, second), lambda tell: site.runs.compared(first, second, tell)
    )
    query = view.query(lever=lever.path, value=value)
    shared = view_with_texts(view, found.first).query(lever=lever.path, value=value)
    files = (("CSV of the verdicts", f"/change.csv?{query}"),)
    again = Again(
        f"{run_command(first, 'first')} && {run_command(second, 'second')} && glasstown compare first second",
        python(
            run_python(first, "first", out="first"), run_python(second, "second", out="second"),
            "print(glasstown.compare('first', 'second'))",
        ),
        f"{found.first.digest[:16]} and {found.second.digest}", files, f"/change?{shared}",
    )  # fmt: skip
    rows, same = _verdicts(found), [words_of(each.name) for each in found.twinned.contrasts if each.verdict == "same"]
    values = {
        **base, "found": found, "rows": rows, "same": same, "pictures": _pictures(found, query), "sides": SIDES,
        "parting": _parting(found), "twins": twins_of(found.twinned), "by": _grids(found), "query": query,
        "second": second, **stale(view, found.first),
    }  # fmt: skip
    return site.render(Page("change.html", "What the change does", "/change", values, again))


def _lever(by_book: Mapping[str, Sequence[Lever]], path: str) -> Lever:
    known = {lever.path: lever for levers in by_book.values() for lever in levers}
    return known[chosen({"lever": path}, "lever", tuple(known), "")]


def _book_of(path: str, books: Sequence[str]) -> str:
    name = path.partition("/")[0]
    return name if "/" in path and name in books else MODEL if path else books[0]


def _groups(levers: Sequence[Lever], book: str) -> list[tuple[str, list[tuple[Lever, str]]]]:
    """Return the levers of a rulebook under what they belong to, or of the model under the step that they act in."""
    found: dict[str, list[tuple[Lever, str]]] = {}
    for lever in levers:
        unit = f" {lever.unit}" if lever.unit else ""
        if book == MODEL:
            group, name = f"Step {lever.step}", f"{lever.path}: {lever.value}{unit}"
        else:
            parts = lever.path.split("/")[1:]
            group, name = parts[0].replace("_", " "), f"{' '.join(parts[1:]) or parts[0]}: {lever.value}{unit}"
        about = f" ({lever.label})" if lever.label else ""
        found.setdefault(words.first_up(group), []).append((lever, f"{name}{about}"[:LONGEST]))
    return list(found.items())


def pair_for(view: View, lever: Lever, value: str) -> tuple[View, View]:
    """Return the town as it is, and with the lever moved.  Errors   UsageError where nothing is moved or the value is none."""
    if not VALUE.fullmatch(value):
        raise refuse("value", f"'{value[:40]}'", "a number, or true or false", f"It is {lever.value} now.")
    if value == lever.value:
        raise refuse(
            "value",
            f"'{value}', which it is already",
            "another value",
            (lever.bounds and f"It can be {lever.bounds}.") or "Change it.",
        )
    first = view.made_of
    kept = tuple(pair for pair in first.settings if pair[0] != lever.path)
    first = View(first.town, first.people, first.months, first.seed, kept)
    return first, View(first.town, first.people, first.months, first.seed, (*kept, (lever.path, value)))


GROUPS: Final = ((1, "Harm: of these, more is worse"), (-1, "Good: of these, more is better"), (0, "Neither"))
"""how measures are parted, by what more of one means for whom it happens to"""


def _verdicts(found: Compared) -> list[tuple[str, list[dict[str, Any]]]]:
    """Return a row for each measure that differs, under what more of it means."""
    rows = []
    for each in found.twinned.contrasts:
        if each.verdict in ("same", NOT_KEPT):
            continue
        first, second, difference = each.shown()
        harm = harm_of(each.name)
        rows.append({
            "words": MEASURES[each.name], "first": first, "second": second, "difference": difference,
            "share": share_words(each.relative) if each.relative else "", "verdict": each.verdict,
            "tone": style.tone_of(each.verdict, harm).replace(" ", "-"), "harm": harm,
        })  # fmt: skip
    parted = [(words, [row for row in rows if row["harm"] == harm]) for harm, words in GROUPS]
    return [(words, mine) for words, mine in parted if mine]


PICTURED: Final = (
    "on a black list",
    "wrongly listed",
    "refusals",
    "offences",
    "found out",
    "records",
    "wrong records",
    "payments missed",
    "out of work",
)
MOST_PICTURES: Final = 4


def _pictured(found: Compared) -> list[str]:
    """Return the measures that are drawn: those that move most, of their own size."""
    prefix = "" if found.first.kind == "person" else "firms: "
    there = [
        prefix + name
        for name in PICTURED
        if prefix + name in found.first.series and prefix + name in found.second.series
    ]

    def moved(name: str) -> float:
        one, other = found.first.series[name], found.second.series[name]
        return sum(abs(a - b) for a, b in zip(one, other, strict=True)) / max(sum(one), sum(other), 1)

    return [name for name in sorted(there, key=moved, reverse=True) if moved(name) > 0][:MOST_PICTURES]


def _chart(found: Compared, name: str) -> Chart:
    """Return one measure of both towns by month."""
    lines = (
        Line(role_of(name), found.first.series[name], "as it is"),
        Line("glass", found.second.series[name], "changed"),
    )
    return Chart(words.first_up(words_of(name)), found.first.days, lines, len(found.first.days))


def _picture(found: Compared, name: str, *, for_file: bool, below: str = "") -> str:
    alt = f"{words_of(name)}, by month: the rule as it is, and changed (dashed)"
    return chart(_chart(found, name), alt, for_file=for_file, foot=below, height=300 if for_file else 250)


def _pictures(found: Compared, query: str) -> list[dict[str, Any]]:
    return [
        {"name": name, "words": words.first_up(words_of(name)), "drawn": _picture(found, name, for_file=False),
         "csv": f"/change/{slug(name)}.csv?{query}", "svg": f"/change/{slug(name)}.svg?{query}",
         "png": f"/change/{slug(name)}.png?{query}", "vega": f"/change/{slug(name)}.vl.json?{query}",
         "rows": list(zip(found.first.days, found.first.series[name], found.second.series[name], strict=True))}
        for name in _pictured(found)
    ]  # fmt: skip


def _parting(found: Compared) -> list[str]:
    """Return the sentences of the comparison on where the two towns part."""
    said, is_here = [], False
    for block in found.twinned.blocks():
        if isinstance(block, Heading):
            is_here = block.text == "Where they part"
        elif is_here and isinstance(block, Paragraph):
            said.append(block.text)
    return said


def _grids(found: Compared) -> list[Grid]:
    """Return whom the change meets, as the comparison tells it."""
    grids, heading = [], ""
    for block in found.twinned.blocks():
        if isinstance(block, Heading):
            heading = block.text
        elif isinstance(block, Grid) and heading == "Whom it meets":
            grids.append(block)
    return grids


async def _asked(site: Site, asked: Asked) -> tuple[View, Compared]:
    view = asked.view(View(people=1_000, months=48))
    lever = _lever(await run_in_threadpool(_levers, view.town), asked.found.get("lever", ""))
    first, second = pair_for(view, lever, asked.found.get("value", ""))
    found: Compared = await site.made(
        asked, ("compared", first, second), lambda tell: site.runs.compared(first, second, tell)
    )
    return second, found


async def change_csv(site: Site, asked: Asked) -> Response:
    """Answer every measure of both towns as CSV."""
    view, found = await _asked(site, asked)
    rows = [each.as_json() for each in found.twinned.contrasts]
    names = ("measure", "words", "first", "second", "difference", "relative", "verdict", "why_first", "why_second")
    return csv_file("change.csv", {name: [row[name] for row in rows] for name in names}, meta(view, found.second))


async def picture_csv(site: Site, asked: Asked) -> Response:
    """Answer one measure of both towns by month as CSV."""
    view, found = await _asked(site, asked)
    name = _named(found, asked)
    columns = {"date": found.first.days, "as it is": found.first.series[name], "changed": found.second.series[name]}
    return csv_file(f"{slug(name)}.csv", columns, {"of": MEASURES[name], **meta(view, found.second)})


async def picture_svg(site: Site, asked: Asked) -> Response:
    """Answer the picture of one measure of both towns."""
    view, found = await _asked(site, asked)
    name = _named(found, asked)
    return svg_file(f"{slug(name)}.svg", _picture(found, name, for_file=True, below=foot(view, found.second)))


async def picture_vega(site: Site, asked: Asked) -> Response:
    """Answer one measure of both towns as a chart of Vega-Lite, its data within."""
    view, found = await _asked(site, asked)
    name = _named(found, asked)
    return vega_lite_file(slug(name), _chart(found, name), MEASURES[name], foot(view, found.second))


def _named(found: Compared, asked: Asked) -> str:
    named = {slug(name): name for name in found.first.series if name in found.second.series}
    return named[chosen({"measure": asked.names["name"]}, "measure", tuple(named), "")]
