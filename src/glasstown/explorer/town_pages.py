"""The pages of a town: its map with the month lever, each of its accounts, and the same as tables and files."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Mapping
from dataclasses import replace
from typing import Any, Final

import numpy as np
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from glasstown.exact import whole_number
from glasstown.explorer import offered
from glasstown.explorer.asked import COLOURS, TOWN_KEYS, View, chosen, read, refuse
from glasstown.explorer.commands import python, run_command, run_python
from glasstown.explorer.drawing import Chart, Line, chart, spark, whole
from glasstown.explorer.jobs import BusyError
from glasstown.explorer.layout import NARROW, WIDE, layout_of
from glasstown.explorer.legend import counts_of, marks_of, numbered
from glasstown.explorer.map_drawing import map_svg
from glasstown.explorer.picture_files import vega_lite_file
from glasstown.explorer.site import Again, Asked, Page, Site, csv_file, file_of, svg_file
from glasstown.explorer.towns import COST, GOT, Lived, Stepping, packed
from glasstown.outcomes.counted import MEASURES
from glasstown.population.tables import BLOCK
from glasstown.render import words
from glasstown.runs.subjects import NOUNS
from glasstown.types import SYNTHETIC_WORDS
from glasstown.wording import counted, grouped

ROLES: Final = {
    "wrongly listed": "wrong",
    "wrong records": "wrong",
    "refusals": "refused",
    "barred unlisted": "refused",
}
"""how a measure is drawn: wrong records and what comes of them in orange, closed gates in blue, all else in ink"""
PEOPLE, MONTHS = (500, 2_000, 5_000, 20_000, 100_000), (12, 24, 36, 60, 120)
"""sizes that a page offers"""


def role_of(name: str) -> str:
    """Return how a measure is drawn."""
    return ROLES.get(name.removeprefix("firms: "), "ink")


def words_of(name: str) -> str:
    """Return what a measure is, for one month: the words of a comparison, without the months that they multiply by."""
    said = MEASURES[name].removeprefix("firms: ")
    for unit, noun in (("person-months", "people"), ("firm-months", "firms")):
        said = (
            said.replace(f"{unit} of people", noun)
            .replace(f"{unit} of those", "those")
            .replace(f"{unit} of adults", "adults")
        )
        said = said.replace(f"{unit} of closed", "closed").replace(unit, noun)
    return said.partition(":")[0].replace("people people", "people")


def slug(name: str) -> str:
    """Return a measure's name as it stands in an address."""
    return name.replace(": ", "--").replace(" ", "-")


def again_of(view: View, lived: Lived, files: tuple[tuple[str, str], ...] = (), share: str = "") -> Again:
    """Return how a town is had by command and in Python; `share` is the path of what is passed on."""
    address = f"{share}?{view_with_texts(view, lived).query()}" if share else ""
    return Again(run_command(view), python(run_python(view), "print(town)"), lived.digest, files, address)


async def town(site: Site, asked: Asked) -> Response:
    """Answer the town of an address, at the month that it names."""
    view = asked.view()
    lived = await site.lived(asked, view)
    offer = offered.towns()[view.town]
    marks = marks_of(lived, view.colour)
    counts = counts_of(lived, view.colour, view.at)
    files = (
        ("Python", "#python"), ("CSV", f"/town.csv?{view.query()}"), ("SVG", f"/town/map.svg?{view.query()}"),
        ("Table of the dots", f"/town/people?{view.query()}"),
    )  # fmt: skip
    values = {
        "view": view, "lived": lived, "offer": offer, "head": words.first_up(offer.label), "noun": NOUNS[lived.kind],
        "marks": [(mark, counts[n]) for n, mark in enumerate(marks)], "colours": colours_of(lived),
        "got": [_row(view, lived, name) for name in _there(lived, GOT)],
        "cost": [_row(view, lived, name) for name in _there(lived, COST)],
        "day": lived.days[view.at - 1], "unkept": lived.unkept, "block": BLOCK,
        "data": _data(view, lived), "share": view_with_texts(view, lived).query(), **stale(view, lived), **picker(view),
        "people_words": counted(lived.people, "person", "people") + (f" and {counted(lived.firms, 'firm')}" if lived.firms else ""),
    }  # fmt: skip
    return site.render(
        Page(
            "town.html",
            f"{words.month(lived.days[view.at - 1])}, {offer.label}",
            "/town",
            values,
            again_of(view, lived, files),
        )
    )


def colours_of(lived: Lived) -> dict[str, str]:
    """Return by what the people of a town can be coloured."""
    without = {"grade"} if not lived.grades else set()
    of_firms = {"fifth": "Size", "grade": "Grade"} if lived.kind == "firm" else {}
    names = {**COLOURS, **of_firms}
    return {
        name: said for name, said in names.items() if name not in without and (name != "pay" or lived.kind == "person")
    }


def picker(view: View, towns: Mapping[str, offered.Offer] | None = None) -> dict[str, Any]:
    """Return what a form offers from which a town is picked: all towns, where it is not said which."""
    by_kind: dict[str, list[Any]] = {kind: [] for kind in offered.KINDS}
    for each in (offered.towns() if towns is None else towns).values():
        by_kind[each.kind].append(each)
    sizes = sorted({*PEOPLE, view.people})
    return {"towns": by_kind, "sizes": sizes, "lengths": sorted({*MONTHS, view.months})}


def stale(view: View, lived: Lived) -> dict[str, Any]:
    """Return whether an address was made with other texts than those that lie here."""
    return {"is_stale": view.texts is not None and view.texts != lived.texts}


def view_with_texts(view: View, lived: Lived) -> View:
    """Return a view as it is shared: with the month it shows and the hash of its texts."""
    return replace(view, month=view.at, texts=lived.texts)


def _there(lived: Lived, names: tuple[str, ...]) -> list[str]:
    prefix = "" if lived.kind == "person" else "firms: "
    return [prefix + name for name in names if prefix + name in lived.series]


def _row(view: View, lived: Lived, name: str) -> dict[str, Any]:
    series = lived.series[name]
    said, role = words_of(name), role_of(name)
    alt = f"{said}, by month: {grouped(series[view.at - 1])} in {words.month(lived.days[view.at - 1])}"
    return {
        "name": name, "slug": slug(name), "words": said, "value": series[view.at - 1], "role": role,
        "spark": spark(series, view.at, role, alt),
    }  # fmt: skip


def _data(view: View, lived: Lived) -> str:
    """Return what the island of the page takes: series, days in words, and the marks of each colouring."""
    kinds = {
        colour: [
            {"name": mark.name, "words": mark.words, "shape": mark.shape, "colour": mark.colour}
            for mark in marks_of(lived, colour)
        ]
        for colour in colours_of(lived)
    }
    told = {
        "at": view.at, "months": view.months, "n": lived.frames.shape[1], "kind": lived.kind, "block": BLOCK,
        "days": [words.month(day) for day in lived.days], "series": {slug(name): each for name, each in lived.series.items()},
        "roles": {slug(name): role_of(name) for name in lived.series}, "kinds": kinds, "grades": len(lived.grades),
        "base": lived.base, "wide": WIDE, "narrow": NARROW, "frames": f"/api/frames?{view.made_of.query()}",
        "life": f"/lives/{{}}?{view.made_of.query()}", "table": f"/town/people?{view.made_of.query()}",
    }  # fmt: skip
    return json.dumps(told, separators=(",", ":")).replace("<", "\\u003c")


async def town_csv(site: Site, asked: Asked) -> Response:
    """Answer the accounts of a town by month as CSV."""
    view = asked.view()
    lived = await site.lived(asked, view)
    columns: dict[str, Any] = {"month": list(range(1, len(lived.days) + 1)), "date": lived.days}
    columns |= {slug(name): each for name, each in lived.series.items()}
    return csv_file("town.csv", columns, meta(view, lived))


def meta(view: View, lived: Lived) -> dict[str, str]:
    """Return what is true of every row of a town's tables."""
    return {"population": SYNTHETIC_WORDS, "made by": run_command(view), "digest": lived.digest}


async def frames(site: Site, asked: Asked) -> Response:
    """Answer what the map is painted from: places on both maps, what is fixed of everybody, and a frame a month, compressed."""
    view = asked.view().made_of
    lived = await site.lived(asked, view)
    body = await site.made(asked, ("frames", view), lambda tell: _frames(lived))
    return Response(body, media_type="application/octet-stream", headers={"Content-Encoding": "gzip"})


def _frames(lived: Lived) -> bytes:
    places = [layout_of(lived.frames.shape[1], is_town(lived), size) for size in (WIDE, NARROW)]
    head = [np.array([each.step * 100 for each in places], dtype="<u2")]
    head += [np.round(axis * 50).astype("<u2") for each in places for axis in (each.x, each.y)]
    return packed(lived, b"".join(each.tobytes() for each in head))


def is_town(lived: Lived) -> Any:
    """Return (B,) whether each neighbourhood lies in town."""
    return (lived.fixed[::BLOCK] & 8) != 0


async def map_file(site: Site, asked: Asked) -> Response:
    """Answer the map of a month as SVG."""
    view = asked.view()
    lived = await site.lived(asked, view)
    drawn = await run_in_threadpool(map_svg, lived, view, is_town(lived), foot(view, lived))
    return svg_file(f"town-{view.at}.svg", drawn)


def foot(view: View, lived: Lived) -> str:
    """Return what is written below a picture that leaves the explorer."""
    said = f"{SYNTHETIC_WORDS.capitalize()}: nobody here exists. It compares rules and estimates nothing that happened in China."
    return f"{said}\n{run_command(view)}\nDigest {lived.digest[:16]}, Glasstown"


async def account(site: Site, asked: Asked) -> Response:
    """Answer one account of a town: its picture, its table, and how both are had otherwise."""
    view, lived, name = await _account(site, asked)
    said = words_of(name)
    spec = Chart(words.first_up(said), lived.days, (Line(role_of(name), lived.series[name], ""),), view.at)
    drawn = chart(spec, f"{said}, month by month")
    kinds = (("CSV", "csv"), ("SVG", "svg"), ("Vega-Lite", "vl.json"))
    files = tuple((form, f"/town/{slug(name)}.{kind}?{view.query()}") for form, kind in kinds)
    rows = [
        (n + 1, words.month(day), value)
        for n, (day, value) in enumerate(zip(lived.days, lived.series[name], strict=True))
    ]
    values = {
        "view": view, "lived": lived, "head": words.first_up(said), "drawn": drawn, "rows": rows, "whole": MEASURES[name],
        "sum": sum(lived.series[name]), **stale(view, lived),
        "offer": offered.towns()[view.town],
    }  # fmt: skip
    return site.render(
        Page("account.html", words.first_up(said), "/town", values, again_of(view, lived, files, f"/town/{slug(name)}"))
    )


async def _account(site: Site, asked: Asked) -> tuple[View, Lived, str]:
    view = asked.view()
    lived = await site.lived(asked, view)
    named = {slug(name): name for name in lived.series}
    return view, lived, named[chosen({"account": asked.names["name"]}, "account", tuple(named), "")]


async def account_csv(site: Site, asked: Asked) -> Response:
    """Answer one account by month as CSV."""
    view, lived, name = await _account(site, asked)
    columns = {"month": list(range(1, len(lived.days) + 1)), "date": lived.days, slug(name): lived.series[name]}
    return csv_file(f"{slug(name)}.csv", columns, {"of": MEASURES[name], **meta(view, lived)})


async def account_svg(site: Site, asked: Asked) -> Response:
    """Answer the picture of one account."""
    view, lived, name = await _account(site, asked)
    spec = Chart(words.first_up(words_of(name)), lived.days, (Line(role_of(name), lived.series[name], ""),), view.at)
    return svg_file(f"{slug(name)}.svg", chart(spec, MEASURES[name], for_file=True, foot=foot(view, lived)))


async def account_vega(site: Site, asked: Asked) -> Response:
    """Answer one account as a chart of Vega-Lite, its data within."""
    view, lived, name = await _account(site, asked)
    spec = Chart(words.first_up(words_of(name)), lived.days, (Line(role_of(name), lived.series[name], ""),), view.at)
    return vega_lite_file(slug(name), spec, MEASURES[name], foot(view, lived))


PAGE: Final = 100
MOST_LIVING: Final = 2
"""towns that are lived for programs at once"""


async def people(site: Site, asked: Asked) -> Response:
    """Answer the dots of the map as a table, a hundred at a time, those first whose mark is the first of the legend."""
    view = asked.view()
    lived = await site.lived(asked, view)
    marks, place = marks_of(lived, view.colour), numbered(lived, view.colour, lived.frames[view.at - 1])
    order = np.lexsort((np.arange(len(place)), place))
    n_pages = -(-len(order) // PAGE)
    text = asked.found.get("page", "1")
    page = whole_number(text)
    if page is None or not 1 <= page <= n_pages:
        raise refuse("page", f"'{text[:20]}'", f"a number from 1 to {n_pages}", "Leave it out for 1.")
    shown = order[(page - 1) * PAGE : page * PAGE].tolist()
    rows = [(number, marks[place[number]], _fixed(lived, number)) for number in shown]
    values = {
        "view": view, "lived": lived, "rows": rows, "page": page, "n_pages": n_pages, "day": lived.days[view.at - 1],
        "noun": NOUNS[lived.kind], "offer": offered.towns()[view.town], **stale(view, lived),
    }  # fmt: skip
    files = (("CSV", f"/town/people.csv?{view.query()}"),)
    return site.render(
        Page("people.html", "Table of the dots", "/town", values, again_of(view, lived, files, "/town/people"))
    )


def _fixed(lived: Lived, number: int) -> str:
    fixed = int(lived.fixed[number])
    if lived.kind == "firm":
        return ""
    return f"{words.FIFTHS[f'fifth-{fixed & 7}']}, {'in town' if fixed & 8 else 'in the countryside'}"


async def people_csv(site: Site, asked: Asked) -> Response:
    """Answer the dots of the map as CSV."""
    view = asked.view()
    lived = await site.lived(asked, view)
    marks, place = marks_of(lived, view.colour), numbered(lived, view.colour, lived.frames[view.at - 1])
    columns = {
        lived.kind: list(range(len(place))),
        "month": [view.at] * len(place),
        "mark": [marks[each].words for each in place.tolist()],
    }
    return csv_file("people.csv", columns, meta(view, lived))


async def live_api(site: Site, request: Request) -> Response:
    """Answer a town as it is lived, a month a line: a month is lived when the line before it has been taken, and none after that."""
    body = await request.body()
    try:
        said = json.loads(body)
    except (ValueError, RecursionError):
        raise refuse(
            "the body", "no JSON", 'an object such as {"town": "cn-2019", "people": 2000}', "Send one."
        ) from None
    if not isinstance(said, dict) or not all(
        isinstance(value, str | int) and not isinstance(value, bool) for value in said.values()
    ):
        raise refuse(
            "the body", "something else", "an object of texts and whole numbers", "The keys are those of /town."
        )
    found = read(((str(key), str(value)) for key, value in said.items()), TOWN_KEYS)
    view = Asked("/api/live", {}, found).view().made_of
    if site.n_living >= MOST_LIVING:
        raise BusyError
    stepping = await run_in_threadpool(Stepping, view)
    return StreamingResponse(_lines(site, stepping), media_type="application/x-ndjson")


async def _lines(site: Site, stepping: Stepping) -> AsyncIterator[bytes]:
    months = stepping.months()
    site.n_living += 1
    try:
        while (month := await run_in_threadpool(next, months, None)) is not None:
            line: Mapping[str, Any] = {
                "month": month.number + 1,
                "date": str(month.day),
                "measures": dict(month.measures),
            }
            yield json.dumps(line).encode() + b"\n"
    finally:
        site.n_living -= 1
        months.close()


__all__ = ["account", "file_of", "frames", "people", "town", "whole"]
