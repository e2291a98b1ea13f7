"""What came of it: the town with what was decided beside the same town without, told when somebody leaves the desk."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from starlette.responses import Response

from glasstown.answers.reckoning import NO_BEST, Reckoning
from glasstown.desks.habits import habits_of
from glasstown.desks.reckoning import Decided, Turned
from glasstown.explorer import reckoning_told as told
from glasstown.explorer.asked import whole
from glasstown.explorer.commands import SESSION, python
from glasstown.explorer.desk_asked import Sat, sat
from glasstown.explorer.desk_file import TITLES
from glasstown.explorer.desk_pages import python_lines
from glasstown.explorer.requested import hash_of
from glasstown.explorer.seats import Told, reckoning
from glasstown.explorer.site import Again, Asked, Page, Site, csv_file
from glasstown.types import SYNTHETIC_WORDS


async def reckoning_page(site: Site, asked: Asked) -> Response:
    """Answer what came of the decisions of an address: with whom, whether rightly, what else moved, and whose lives turned."""
    where, until, came = await found_for(site, asked)
    found = came.found
    view = where.decided_view
    telling = told.Telling(view, came.kind, found)
    habits = habits_of(found.decided)
    most = told.mattered_most(found)
    values = {
        "where": where, "found": found, "lived": came, "is_stale": where.view.texts not in (None, hash_of(came.parts)),
        "until": until, "title_of": TITLES[where.desk], "no_best": NO_BEST,
        "rows": told.rows_of(telling), "left_over": told.left_over(found), "moved": told.moved(found),
        "habits": told.habit_tables(habits), "thumbs": list(told.thumbs(habits)), "other_side": told.other_side(found),
        "most": most and _most(telling, *most),
        "turned": [_turned(telling, each) for each in found.furthest], "n_turned": sum(found.turned.values()),
        "back": _back(where), "spans": _spans(where, until), "lucks": f"/desks/{where.desk}/lucks?{_query(where, until)}",
    }  # fmt: skip
    return site.render(Page("reckoning.html", "What came of it", "/desks", values, _again(where, until, came)))


async def found_for(site: Site, asked: Asked) -> tuple[Sat, int, Told]:
    """Return who left which desk, up to when it is told, and what came of it.  Errors   NotYet"""
    where = sat(asked, at_end=True)
    until = whole(asked.found, "until", where.view.months, max(where.left, 1), where.view.months)
    view = where.decided_view.made_of
    came: Told = await site.made(asked, ("reckoned", view, until), lambda tell: reckoning(view, until, tell))
    return where, until, came


def _turned(telling: told.Telling, each: Turned) -> dict[str, Any]:
    is_told = each.kind == telling.kind
    return {
        "name": each.name.removesuffix(" (synthetic)"), "months": each.months,
        "with_you": telling.page_of(each.number, with_you=True) if is_told else None,
        "without": telling.page_of(each.number, with_you=False),
    }  # fmt: skip


def _most(telling: told.Telling, each: Decided, said: list[str]) -> dict[str, Any]:
    is_told = each.order.about.startswith(telling.kind)
    page = telling.page_of(each.order.number, with_you=True) if is_told else None
    return {"name": each.name.removesuffix(" (synthetic)"), "address": page, "said": said}


def _back(where: Sat) -> str:
    """Return the desk that was left: at the month of the address, or at the last one that has a desk."""
    return replace(where, month=min(where.month, where.view.months - 1)).address()


def _query(where: Sat, until: int) -> str:
    return where.query(until=until)


def _spans(where: Sat, until: int) -> list[tuple[str, str, bool]]:
    """Return up to when it can be told: as the desk was left, a year later, and at the end."""
    ends = {where.left: "as you left", where.left + 12: "a year later", where.view.months: "at the end"}
    there = [(month, said) for month, said in sorted(ends.items()) if max(where.left, 1) <= month <= where.view.months]
    return [(said, f"/desks/{where.desk}/reckoning?{_query(where, month)}", month == until) for month, said in there]


def _again(where: Sat, until: int, came: Told) -> Again:
    """Return how the same is had by command and in Python."""
    at_end = replace(where, month=until)
    lines = (*python_lines(at_end), "print(town.reckon())")
    months = "" if until == where.view.months else f" --months {until}"
    command = (
        f"glasstown run {SESSION}{months} --out with-you && glasstown run {SESSION}{months} --without-orders --out without "
        "&& glasstown compare with-you without"
    )
    csv = f"/desks/{where.desk}/reckoning.csv?{_query(where, until)}"
    files = (("Session file", f"/desks/session.yaml?{where.query()}"), ("CSV", csv))
    shared = replace(where, view=replace(where.view, texts=hash_of(came.parts)))
    share = f"/desks/{where.desk}/reckoning?{_query(shared, until)}"
    return Again(command, python(*lines), came.found.digests[0], files, share)


async def reckoning_csv(site: Site, asked: Asked) -> Response:
    """Answer every decision with what came of it as CSV."""
    where, until, came = await found_for(site, asked)
    found = came.found
    more = {
        "months": str(until),
        "digest": found.digests[0],
        "digest_without": found.digests[1],
        "population": SYNTHETIC_WORDS,
    }
    return csv_file(f"reckoning-{where.desk}.csv", {**Reckoning(found).columns(), **told.columns_of(found)}, more)
