"""The pages of lives: whom something befell in a town, picked and never typed, and one life with its reasons and sources."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

import numpy as np
from starlette.responses import Response

from glasstown.answers.life import Lived as Life
from glasstown.exact import whole_number
from glasstown.explorer import offered
from glasstown.explorer.asked import View, chosen, refuse
from glasstown.explorer.commands import python, run_command, run_python
from glasstown.explorer.drawing import Pen, whole
from glasstown.explorer.frames import BARRED, BLACK, UNABLE, WRONGLY
from glasstown.explorer.life_drawing import Span, lanes_of, life_svg
from glasstown.explorer.site import Again, Asked, Page, Site, csv_file, svg_file
from glasstown.explorer.town_pages import again_of, foot, meta, picker, stale, view_with_texts
from glasstown.explorer.towns import Lived
from glasstown.interpreter.calendar import add_months
from glasstown.outcomes.befell import Befell
from glasstown.outcomes.finding import Fitting
from glasstown.render import life_sums, life_told, words
from glasstown.render.case_words import list_labels
from glasstown.render.found_lives import who_words
from glasstown.runs.one_life import Told
from glasstown.wording import counted

BEFELL: Final[Mapping[str, tuple[str, int]]] = {
    "wrongly": ("stood on a black list through wrong records alone", WRONGLY),
    "black": ("stood on a black list", BLACK),
    "barred": ("met closed gates, though on no black list", BARRED),
    "unable": ("owed by judgment what they could not pay", UNABLE),
    "any": ("anything or nothing: the first by number", 0),
}
"""what can have befallen somebody: its words, and the bit of a frame that tells it"""
LANE_WORDS: Final = (
    (BLACK, "on a black list"),
    (WRONGLY, "wrongly"),
    (BARRED, "with closed gates, on no list"),
    (UNABLE, "unable to pay"),
)
SHOWN: Final = 24
NOTHING: Final = Befell((), {}, 0, {}, 0, 0, 0, 0, 0)


async def lives(site: Site, asked: Asked) -> Response:
    """Answer those of a town whom something befell, with the months of it drawn."""
    view = asked.view()
    lived = await site.lived(asked, view)
    befell = chosen(asked.found, "befell", tuple(BEFELL), _usual(lived))
    numbers = _numbers(lived, BEFELL[befell][1])
    n_pages = max(-(-len(numbers) // SHOWN), 1)
    page = _page(asked, n_pages)
    shown = [number for number in numbers[(page - 1) * SHOWN : page * SHOWN] if number in lived.who]
    rows = [_row(lived, number) for number in shown]
    values = {
        "view": view, "lived": lived, "offer": offered.towns()[view.town], "rows": rows, "befell": befell,
        "kinds": [(name, said, len(_numbers(lived, bit))) for name, (said, bit) in BEFELL.items()],
        "page": page, "n_pages": n_pages, "n": len(numbers), **picker(view), **stale(view, lived),
    }  # fmt: skip
    option = {"wrongly": " --wrongly-listed", "black": " --listed", "unable": " --could-not-pay"}.get(befell, "")
    call = {"wrongly": "wrongly_listed=True", "black": "listed=True", "unable": "could_not_pay=True"}.get(befell, "")
    firm = "firm=True" if lived.kind == "firm" else ""
    flags = (" --firm" if firm else "") + option
    given = ", ".join(each for each in ("'town'", call, firm) if each)
    again = Again(
        f"{run_command(view, 'town')} && glasstown lives town{flags}",
        python(run_python(view, out="town"), f"print(glasstown.lives({given}))"),
        lived.digest,
        (("CSV", f"/lives.csv?{view.query(befell=befell)}"),),
        f"/lives?{view_with_texts(view, lived).query(befell=befell)}",
    )
    return site.render(Page("lives.html", "Lives", "/lives", values, again))


def _usual(lived: Lived) -> str:
    """Return what is asked where the address says nothing: the rarest harm that befell anybody."""
    return next((name for name, (_, bit) in BEFELL.items() if _numbers(lived, bit)), "any")


def _numbers(lived: Lived, bit: int) -> list[int]:
    """Return whom it befell in any month, by number; all of whom the page can tell, where nothing is asked."""
    if bit == 0:
        return sorted(lived.who)
    ever = (np.bitwise_or.reduce(lived.frames) & np.uint8(bit)) != 0
    return [int(number) for number in np.flatnonzero(ever) if int(number) in lived.who]


def _page(asked: Asked, n_pages: int) -> int:
    text = asked.found.get("page", "1")
    page = whole_number(text)
    if page is None or not 1 <= page <= n_pages:
        raise refuse("page", f"'{text[:20]}'", f"a number from 1 to {n_pages}", "Leave it out for 1.")
    return page


def _row(lived: Lived, number: int) -> dict[str, Any]:
    months = lived.frames[:, number]
    said = [
        f"{counted(int(((months & bit) != 0).sum()), 'month')} {told}"
        for bit, told in LANE_WORDS
        if ((months & bit) != 0).any()
    ]
    who = who_words(Fitting(lived.who[number], (), NOTHING))
    return {"number": number, "who": words.first_up(who), "said": said, "lane": _lane(lived, number, "; ".join(said))}


def _lane(lived: Lived, number: int, alt: str) -> str:
    """Return the months of somebody as a strip: on a black list, wrongly, or with closed gates; below it, unable to pay."""
    pen, n, wide = Pen(for_file=False), len(lived.days), 300
    months = lived.frames[:, number]
    above = [
        ("bar-refused", BARRED, 3, 12),
        ("bar-black", BLACK, 3, 12),
        ("bar-wrong", WRONGLY, 3, 12),
        ("bar-unable", UNABLE, 18, 4),
    ]
    inner = pen.path("axis", [(0, 15.5), (wide, 15.5)])
    for role, bit, y, tall in above:
        for first, last in spans_of((months & bit) != 0):
            x, end = first / n * wide, last / n * wide
            inner += pen.tag("rect", role, x=f"{x:.1f}", y=y, width=f"{max(end - x, 1.5):.1f}", height=tall)
    return whole(inner, wide, 26, alt or "nothing in any month", css="lane")


def spans_of(is_on: Any) -> list[tuple[int, int]]:
    """Return from which month, and up to which, something holds."""
    edges = np.flatnonzero(np.diff(np.concatenate([[0], is_on.astype(np.int8), [0]])))
    return [(int(first), int(last)) for first, last in edges.reshape(-1, 2)]


async def lives_csv(site: Site, asked: Asked) -> Response:
    """Answer those whom something befell as CSV."""
    view = asked.view()
    lived = await site.lived(asked, view)
    befell = chosen(asked.found, "befell", tuple(BEFELL), _usual(lived))
    numbers = _numbers(lived, BEFELL[befell][1])
    columns: dict[str, list[Any]] = {lived.kind: numbers}
    columns |= {
        name: [lived.who[number][name] for number in numbers] for name in ("age", "sex", "town", "group", "work")
    }
    for name, bit in (("on_black_list", BLACK), ("wrongly", WRONGLY), ("barred", BARRED), ("unable", UNABLE)):
        columns[f"months_{name}"] = [int(((lived.frames[:, number] & bit) != 0).sum()) for number in numbers]
    return csv_file("lives.csv", columns, meta(view, lived))


async def _life(site: Site, asked: Asked) -> tuple[View, Lived, Life, int]:
    view = asked.view()
    lived = await site.lived(asked, view)
    text, n = asked.names["number"], lived.frames.shape[1]
    number = whole_number(text)
    if number is None or not 0 <= number < n:
        raise refuse(lived.kind, f"'{text[:20]}'", f"a number below {n}", "Pick somebody from the list of lives.")
    made = view.made_of
    life = await site.made(
        asked, ("life", made, int(text)), lambda tell: site.runs.life(made, int(text), lived.kind, tell)
    )
    return view, lived, life, int(text)


async def life(site: Site, asked: Asked) -> Response:
    """Answer one life: its picture, what happened and why, what was done and seen, where it ends."""
    view, lived, found, number = await _life(site, asked)
    told = found.result
    books = {each.rulebook: each.book for each in told.under if each.book is not None}
    name = str(told.person.get("name") or "").removesuffix(" (synthetic)")
    age = told.person.get("age_at_the_end", told.person.get("age"))
    happened = [_moment(each) for each in life_told.moments(told, books)]
    head = f"{name}, {age}" if name and age is not None else name or f"{lived.kind.capitalize()} {number}"
    lanes, start, end = _lanes(lived, found, number)
    ends = [each for each in told.under if each.lists or each.grade or each.lines]
    files = (
        ("CSV of the ledger", f"/lives/{number}.csv?{view.query()}"), ("SVG", f"/lives/{number}.svg?{view.query()}"),
    )  # fmt: skip
    firm = " --firm" if lived.kind == "firm" else ""
    given = f"'town', {number}, verify=True" + (", firm=True" if firm else "")
    again = Again(
        f"{run_command(view, 'town')} && glasstown life town {number}{firm} --verify",
        python(run_python(view, out="town"), f"print(glasstown.life({given}))"), lived.digest, files,
        f"/lives/{number}?{view_with_texts(view, lived).query()}",
    )  # fmt: skip
    values = {
        "view": view, "lived": lived, "offer": offered.towns()[view.town], "number": number, "head": head,
        "who": life_sums.who(told, number, lived.kind), "verified": found.exit_code == 0, "happened": happened,
        "drawn": life_svg(lanes, start, end, f"The life of {head}, told in words below") if lanes else "",
        "done": life_sums.done_rows(told, told.classes), "done_heads": life_sums.DONE_HEADS, "done_words": life_sums.done_words(told),
        "ends": [_end(each) for each in ends], "near": _near(lived, number), **stale(view, lived),
    }  # fmt: skip
    return site.render(Page("life.html", head, "/lives", values, again))


def _lanes(lived: Lived, found: Life, number: int) -> tuple[list[Any], date, date]:
    start, end = lived.days[0], add_months(lived.days[-1], 1)
    unable = [
        Span("", lived.days[first], end if last == len(lived.days) else lived.days[last], "bar-unable")
        for first, last in spans_of((lived.frames[:, number] & UNABLE) != 0)
    ]
    return lanes_of(found.result, start, end, unable), start, end


def _moment(each: life_told.Moment) -> dict[str, Any]:
    evidence = each.clause.cite.evidence if each.clause is not None else None
    css = "wrong" if each.is_wrong else "down" if each.change < 0 else "up" if each.change > 0 else ""
    return {"moment": each, "css": css, "evidence": evidence, "when": words.first_up(each.when)}


def _end(under: Told) -> dict[str, Any]:
    labels = list_labels(under.book)
    kept = under.book is not None and under.book.score.kept and under.is_scored
    return {
        "rulebook": under.rulebook, "score": under.score if kept else None, "grade": under.grade,
        "lists": [labels.get(each, each) for each in under.lists], "bears": life_sums.bears(under.measures, under.book),
        "unknown": life_sums.flags_together(under.flags),
    }  # fmt: skip


def _near(lived: Lived, number: int) -> tuple[int | None, int | None]:
    """Return the one before and the one after among those whom something befell."""
    every = _numbers(lived, BLACK | WRONGLY | BARRED | UNABLE)
    return (
        max((each for each in every if each < number), default=None),
        min((each for each in every if each > number), default=None),
    )


async def life_csv(site: Site, asked: Asked) -> Response:
    """Answer the ledger of a life as CSV."""
    view, lived, found, number = await _life(site, asked)
    return csv_file(f"life-{number}.csv", found.columns(), {lived.kind: str(number), **meta(view, lived)})


async def life_file(site: Site, asked: Asked) -> Response:
    """Answer the picture of a life."""
    view, lived, found, number = await _life(site, asked)
    lanes, start, end = _lanes(lived, found, number)
    title = f"{lived.kind.capitalize()} {number}, {words.month(start)} to {words.month(lived.days[-1])}"
    below = foot(view, lived).replace(run_command(view), f"{run_command(view, 'town')} && glasstown life town {number}")
    return svg_file(f"life-{number}.svg", life_svg(lanes, start, end, title, for_file=True, foot=below, title=title))


__all__ = ["again_of", "life", "life_csv", "life_file", "lives", "lives_csv"]
