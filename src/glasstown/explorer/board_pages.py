"""The public board: every list that the town's platform would publish, browsed by letter or number, and what no entry of it says."""

from __future__ import annotations

from typing import Any, Final

from starlette.responses import Response

from glasstown.explorer import offered
from glasstown.explorer.asked import TOWN_KEYS, View, chosen, refuse
from glasstown.explorer.board import HUNDRED, Board, Boards, Entry, boards_of, hundreds_of, letters_of, silence_of
from glasstown.explorer.citing import cited
from glasstown.explorer.commands import python, run_command, run_python
from glasstown.explorer.frames import UNABLE
from glasstown.explorer.listing import listings_of
from glasstown.explorer.record_pages import UnknownError
from glasstown.explorer.site import Again, Asked, Page, Site, csv_file
from glasstown.explorer.town_pages import meta, picker, stale, view_with_texts
from glasstown.explorer.towns import Lived
from glasstown.render import law_words, words
from glasstown.render.life_sums import bears
from glasstown.render.words import full_date
from glasstown.runs.one_life import Told
from glasstown.wording import grouped

BOARD_KEYS: Final = (*TOWN_KEYS, "list", "under")
SHOWN: Final = 120
"""entries on one page of a list; letters and numbers part the rest"""
FIELDS: Final = {
    "name": "name",
    "address": "home address",
    "reason": "why",
    "points": "points",
    "grade": "grade",
    "photo": "photograph",
    "partial-id": "identity number, a part of it hidden",
    "case": "document, case number, date and court",
    "organisation-code": "code of the firm",
    "nothing": "nothing",
}
"""what an entry can show, in words"""


async def boards_for(site: Site, asked: Asked, view: View) -> Boards:
    """Return the lists of a view's town on its last day."""
    made = view.made_of
    found: Boards = await site.made(asked, ("boards", made), lambda tell: boards_of(site.runs.run(made, tell)))
    return found


async def board(site: Site, asked: Asked) -> Response:
    """Answer the board: the lists, and of the one that is looked at the entries under a letter or a hundred of numbers."""
    view = asked.view()
    lived = await site.lived(asked, view)
    boards = await boards_for(site, asked, view)
    known = {each.address: each for each in boards.published}
    fullest = max(known.values(), key=lambda each: len(each.entries), default=None)
    address = chosen(asked.found, "list", tuple(known), fullest.address if fullest else "") if known else ""
    shown = known.get(address)
    entries, under = _under(shown, asked.found.get("under", "")) if shown else ((), "")
    values = {
        "view": view, "lived": lived, "offer": offered.towns()[view.town], "boards": boards, "shown": shown,
        "entries": entries[:SHOWN], "n": len(entries), "under": under, "day": boards.day,
        "letters": letters_of(shown.entries) if shown else {}, "silence": silence_of(boards, lived), "hundred": HUNDRED,
        "hundreds": hundreds_of(shown.entries) if shown else {}, "said": _said(shown) if shown else [],
        "years": _years(view), **picker(view), **stale(view, lived),
    }  # fmt: skip
    return site.render(Page("board.html", "The public board", "/town/board", values, _again(view, lived, address)))


def _again(view: View, lived: Lived, address: str) -> Again:
    query = view.query(list=address or None)
    listed = "select id, rulebook, lists from final where lists <> '' order by id"
    return Again(
        f'{run_command(view, "town")} && glasstown query town "{listed}"',
        python(run_python(view, out="town"), f'print(glasstown.query("town", "{listed}"))'),
        lived.digest,
        (("CSV of the board", f"/town/board.csv?{query}"),),
        f"/town/board?{view_with_texts(view, lived).query(list=address or None)}",
    )


def _years(view: View) -> list[int]:
    """Return after how many months the board can be looked at: each year of the town's, and its last month."""
    return sorted({*range(12, view.months + 1, 12), view.months})


def _under(shown: Board, asked: str) -> tuple[tuple[Entry, ...], str]:
    """Return the entries under a letter or in a hundred of numbers; all where nothing is asked.  Errors   UsageError"""
    if not asked:
        return shown.entries, ""
    numbers = {str(n): n for n in hundreds_of(shown.entries)}
    letters = letters_of(shown.entries)
    if asked in letters:
        return tuple(each for each in shown.entries if each.letter == asked), asked
    if asked in numbers:
        return tuple(each for each in shown.entries if each.number // HUNDRED == numbers[asked]), asked
    raise refuse("under", f"'{asked[:20]}'", "a letter or a hundred that the page offers", "Leave it out for all.")


def _said(shown: Board) -> list[dict[str, Any]]:
    """Return what the rulebook says of the publication of a list, each with its source."""
    return [
        {
            "text": each.text,
            "cited": cited(shown.book, each.cite),
            "fields": [FIELDS[name] for name in each.what],
            "note": each.note,
        }
        for each in shown.said
    ]


async def board_csv(site: Site, asked: Asked) -> Response:
    """Answer the entries of all lists that are published, as CSV."""
    view = asked.view()
    lived = await site.lived(asked, view)
    boards = await boards_for(site, asked, view)
    rows = [(each, entry) for each in boards.published for entry in each.entries]
    columns: dict[str, list[Any]] = {
        "list": [each.rule.label for each, _ in rows],
        "rulebook": [each.rulebook for each, _ in rows],
        "kind": [entry.kind for _, entry in rows],
        "number": [entry.number for _, entry in rows],
        "invented_name": [entry.name for _, entry in rows],
    }
    return csv_file("board.csv", columns, meta(view, lived))


async def entry(site: Site, asked: Asked) -> Response:
    """Answer one entry: as it is published, and beside it what it does not say."""
    view = asked.view()
    lived = await site.lived(asked, view)
    boards = await boards_for(site, asked, view)
    shown = next((each for each in boards.published if each.address == asked.found.get("list", "")), None)
    found = next((each for each in (shown.entries if shown else ()) if str(each.number) == asked.names["number"]), None)
    if shown is None or found is None:
        where = "Pick somebody from the board."
        raise UnknownError(
            "The address", refuse("entry", "nobody on this list", "somebody who is named on it", where).faults
        )
    made, number, kind = view.made_of, found.number, found.kind
    life = await site.made(asked, ("life", made, number, kind), lambda tell: site.runs.life(made, number, kind, tell))
    under = next(each for each in life.result.under if each.rulebook == shown.rulebook)
    times = listings_of(under, shown.rule)
    last = times[-1] if times else None
    values = {
        "view": view, "lived": lived, "offer": offered.towns()[view.town], "entry": found, "shown": shown, "last": last,
        "fields": _fields(shown, found, last), "said": _said(shown), "unsaid": _unsaid(shown, lived, life.result.under, found, times),
        "when": full_date(last.day) if last else "", "day": boards.day, **stale(view, lived),
    }  # fmt: skip
    firm = " --firm" if kind == "firm" else ""
    again = Again(
        f"{run_command(view, 'town')} && glasstown life town {number}{firm}",
        python(run_python(view, out="town"), f"print(glasstown.life('town', {number}{', firm=True' if firm else ''}))"),
        lived.digest,
        share=f"/town/board/{number}?{view_with_texts(view, lived).query(list=shown.address)}",
    )
    return site.render(Page("board_entry.html", f"{found.name} on the board", "/town/board", values, again))


def _fields(shown: Board, entry: Entry, last: Any) -> list[tuple[str, str]]:
    """Return what an entry shows, field by field, as far as a synthetic town has it."""
    clause = last.clause.label if last is not None and last.clause is not None else "not told by the ledger"
    day = full_date(last.day) if last is not None else ""
    have = {
        "name": entry.name,
        "reason": words.first_up(clause),
        "case": f"entered on {day}" if day else "",
        "partial-id": f"none exists here; number {entry.number} of the town stands for it",
        "organisation-code": f"none exists here; number {entry.number} of the town stands for it",
    }
    asked = list(dict.fromkeys(name for each in shown.said for name in each.what))
    if entry.kind == "person" and "name" in asked:
        asked = [name for name in asked if name != "organisation-code"]
    rows = [(FIELDS[name], have.get(name, "not modelled")) for name in asked if name != "nothing"]
    about = f"{entry.sex}, {entry.age}" if entry.age is not None and "partial-id" in asked else ""
    return [*rows[:1], *([("sex and age", about)] if about else []), *rows[1:]]


def _unsaid(
    shown: Board, lived: Lived, under: tuple[Told, ...], entry: Entry, times: list[Any]
) -> list[tuple[str, str, bool]]:
    """Return what the entry does not say: each with a name, a sentence, and whether it is what should never have been."""
    last = times[-1] if times else None
    rows: list[tuple[str, str, bool]] = []
    if last is not None:
        rows.append(
            ("Is it so?", last.wrong or "The record behind it is right, by the rulebook’s own words.", bool(last.wrong))
        )
        if last.noticed is not None:
            told = "They had notice before the listing." if last.noticed else "Nobody told them before the listing."
            rows.append(("Were they told?", told, not last.noticed))
        rows.append(("Did they object?", "They did." if last.objected else "No objection is on record.", False))
    if entry.kind == "person" == lived.kind and entry.number < lived.frames.shape[1]:
        n = int(((lived.frames[:, entry.number] & UNABLE) != 0).sum())
        could = f"In {n} of {len(lived.days)} months they owed by judgment what they could not have paid."
        rows.append(
            ("Could they pay?", could if n else "In no month did they owe what they could not have paid.", False)
        )
    mine = next(each for each in under if each.rulebook == shown.rulebook)
    if closed := bears(mine.measures, mine.book):
        rows.append(("What follows", f"{words.first_up(closed)}.", False))
    ends = shown.rule.leaves
    term = (
        f"After {law_words.lasting(ends.after)}" if ends.after is not None else "When its ground ends, and not by time"
    )
    kept = f" {words.first_up(shown.rule.retention)}." if shown.rule.retention else ""
    rows.append(("When it ends", f"{term}.{kept}", False))
    others = sum(len(each.lists) for each in under) - 1
    rows.append(("Other lists", f"{grouped(others) if others else 'No other one'} in this town.", False))
    return rows
