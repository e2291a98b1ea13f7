"""The pages of papers: which there are, and each as it is printed, with its rule and what it does not say beside it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any, Final

import numpy as np
from starlette.responses import Response

from glasstown.answers.life import Lived as Life
from glasstown.exact import whole_number
from glasstown.explorer import offered
from glasstown.explorer.asked import TOWN_KEYS, View, refuse
from glasstown.explorer.citing import cited
from glasstown.explorer.commands import python, run_command, run_python
from glasstown.explorer.frames import BLACK, UNGRADED
from glasstown.explorer.papers import (
    Certificate,
    Notice,
    Telling,
    Village,
    certificate_of,
    certificates_in,
    friday_after,
    notice_of,
    notices_in,
    telling_of,
    village_of,
    villages_of,
)
from glasstown.explorer.site import Again, Asked, Page, Site
from glasstown.explorer.town_pages import stale, view_with_texts
from glasstown.explorer.towns import Lived
from glasstown.language.model import Rulebook
from glasstown.render import law_words, words
from glasstown.types import Progress
from glasstown.wording import grouped

PAPER_KEYS: Final = (*TOWN_KEYS, "village", "friday")
RONGCHENG: Final = View("rongcheng-2013", people=1_200, months=24, seed=1)
COURTS: Final = View("cn-court-list-2017", people=2_000, months=36, seed=1)
"""towns whose papers are shown where an address names none: those whose rules have them"""
READ_OUT: Final = ("tengjia-2019", "friday-names")
"""the rule by which names are read out on Fridays"""
MOST_SHOWN: Final = 6
MOST_LOOKED_AT: Final = 24
"""people whose papers the first page offers, and of whom it looks whether they got a letter"""


async def papers(site: Site, asked: Asked) -> Response:
    """Answer which papers there are, each with people of a town whose paper can be printed."""
    courts, rongcheng = await site.lived(asked, COURTS), await site.lived(asked, RONGCHENG)
    plain, lower = _graded(rongcheng)
    listed = [n for n in sorted(courts.who) if (courts.frames[:, n] & BLACK).any()]
    shelf = offered.books()
    letters = await site.made(asked, ("letters", COURTS), lambda tell: _letters(site, listed[:MOST_LOOKED_AT], tell))
    values = {
        "certificate": _rule(shelf["rongcheng-2013"], certificates_in(shelf["rongcheng-2013"])),
        "notice": _rule(shelf["cn-court-list-2017"], notices_in(shelf["cn-court-list-2017"])[:2]),
        "friday": _rule(shelf[READ_OUT[0]], [each for each in shelf[READ_OUT[0]].publicity if each.id == READ_OUT[1]]),
        "rongcheng": RONGCHENG, "courts": COURTS, "plain": plain, "lower": lower[:MOST_SHOWN], "letters": letters,
    }  # fmt: skip
    again = Again(
        "glasstown show rongcheng-2013",
        python("print(glasstown.show('rongcheng-2013'))", "print(glasstown.show('tengjia-2019'))"),
    )
    return site.render(Page("papers.html", "Papers of the system", "/papers", values, again))


def _letters(site: Site, numbers: list[int], tell: Progress) -> dict[str, list[int]]:
    """Return who got a letter and who did not, of these people; those of whom the record was wrong stand with the latter too."""
    telling = telling_of(site.runs.run(COURTS, tell))
    found: dict[str, list[int]] = {"sent": [], "unsent": [], "wrong": []}
    for n, number in enumerate(numbers):
        letter: Notice | None = notice_of(site.runs.life(COURTS, number, "person", tell).result, telling)
        if letter is not None:
            found["sent" if letter.was_sent else "unsent"].append(number)
            found["wrong"] += [number] if letter.listing.wrong else []
        tell(n + 1, len(numbers))
    return found


def _graded(lived: Lived) -> tuple[int, list[int]]:
    """Return somebody with the grade that most have on the last day, and those who stand below it."""
    grades = lived.frames[-1] & 15
    usual = int(np.bincount(grades[(grades > 0) & (grades < UNGRADED)]).argmax())
    below = np.flatnonzero((grades > usual) & (grades < UNGRADED)).tolist()
    return int(np.flatnonzero(grades == usual)[0]), [int(each) for each in below]


def _rule(book: Rulebook, said: Any) -> list[dict[str, Any]]:
    """Return statements of a rulebook in words, each with its source."""
    return [{"text": each.text, "cited": cited(book, each.cite), "book": book.id, "id": each.id} for each in said]


async def _life(site: Site, asked: Asked, usual: View) -> tuple[View, Lived, Life, int]:
    view = asked.view(usual)
    lived = await site.lived(asked, view)
    number, n = whole_number(asked.names["number"]), lived.people
    if number is None or not 0 <= number < n:
        found = f"'{asked.names['number'][:20]}'"
        raise refuse("person", found, f"a number below {n}", "Pick somebody from the papers.")
    made = view.made_of
    life = await site.made(
        asked, ("life", made, number, "person"), lambda tell: site.runs.life(made, number, "person", tell)
    )
    return view, lived, life, number


def _again(view: View, lived: Lived, number: int, path: str) -> Again:
    return Again(
        f"{run_command(view, 'town')} && glasstown life town {number}",
        python(run_python(view, out="town"), f"print(glasstown.life('town', {number}))"),
        lived.digest,
        share=f"{path}?{view_with_texts(view, lived).query()}",
    )


def _name(life: Life) -> str:
    return str(life.result.person.get("name") or "").removesuffix(" (synthetic)")


async def certificate(site: Site, asked: Asked) -> Response:
    """Answer the certificate of grade of somebody, as it is stamped on the last day of the run."""
    view, lived, life, number = await _life(site, asked, RONGCHENG)
    day = lived.days[-1]
    paper = certificate_of(life.result, day)
    book = paper.under.book if paper else None
    values = {
        "view": view, "lived": lived, "offer": offered.towns()[view.town], "number": number, "name": _name(life), "paper": paper,
        "book": book, "rules": _rule(book, paper.rules) if paper and book else [], "said": _said_by(paper) if paper else [],
        "day": day, "learned": _remarks(book, ("learned-late", "as-records-arrive")) if book else [], **stale(view, lived),
    }  # fmt: skip
    again = _again(view, lived, number, f"/papers/certificate/{number}")
    return site.render(Page("certificate.html", f"Certificate of {_name(life)}", "/papers", values, again))


def _remarks(book: Rulebook, names: tuple[str, ...]) -> list[dict[str, Any]]:
    return _rule(book, [each for each in book.process if each.id in names])


def _said_by(paper: Certificate) -> list[tuple[str, str, bool]]:
    """Return what a certificate does not say, as rows: a name, a number or sentence, and whether it should never have been."""
    book = paper.under.book
    base = book.score.base.value if book is not None else "unknown"
    return [
        ("points everyone begins with", grouped(base) if isinstance(base, Decimal) else str(base), False),
        ("records behind it", grouped(paper.records), False),
        ("points that records took", grouped(paper.lost), False),
        ("points that records gave", grouped(paper.won), False),
        ("of these records wrong", grouped(paper.wrong), paper.wrong > 0),
    ]


async def notice(site: Site, asked: Asked) -> Response:
    """Answer the letter that somebody got, or did not get, before they were listed."""
    view, lived, life, number = await _life(site, asked, COURTS)
    made = view.made_of
    telling: Telling = await site.made(asked, ("telling", made), lambda tell: telling_of(site.runs.run(made, tell)))
    letter = notice_of(life.result, telling)
    book = letter.under.book if letter else None
    rule = letter.listing.rule if letter else None
    values = {
        "view": view, "lived": lived, "offer": offered.towns()[view.town], "number": number, "name": _name(life), "letter": letter,
        "book": book, "rules": _rule(book, letter.rules) if letter and book else [], "telling": telling,
        "answers": law_words.lasting(rule.objection.answered_within) if rule and rule.objection else "",
        "dated": words.full_date(letter.dated) if letter and letter.dated else "",
        "begins": words.full_date(letter.listing.day) if letter else "",
        "recorded": words.full_date(letter.listing.recorded) if letter else "",
        "until": words.full_date(letter.listing.until) if letter and letter.listing.until else "",
        "ground": cited(book, letter.listing.clause.cite) if letter and book and letter.listing.clause else None,
        "objection": rule.objection if rule else None, "stays": _stays(rule.objection.stays) if rule and rule.objection else "",
        "objected_at": cited(book, rule.objection.cite) if book and rule and rule.objection else None, **stale(view, lived),
    }  # fmt: skip
    again = _again(view, lived, number, f"/papers/notice/{number}")
    return site.render(Page("notice.html", f"The letter to {_name(life)}", "/papers", values, again))


def _stays(stays: bool | str) -> str:
    """Return what an objection does to the listing meanwhile."""
    if isinstance(stays, str):
        return "Whether the listing waits meanwhile is unknown."
    return "The listing waits meanwhile." if stays else "The listing does not wait meanwhile."


async def friday(site: Site, asked: Asked) -> Response:
    """Answer the list of one Friday in one village: who lost points in the seven days up to it."""
    view = asked.view(RONGCHENG)
    lived = await site.lived(asked, view)
    made = view.made_of
    villages = await site.made(asked, ("villages", made), lambda tell: villages_of(site.runs.run(made, tell)))
    if not villages:
        raise refuse("town", "a town without villages", "one with people in the countryside", "Take a larger town.")
    block = _picked(asked, "village", [str(each) for each in villages], str(villages[0]))
    found: Village = await site.made(
        asked, ("village", made, block), lambda tell: village_of(site.runs.run(made, tell), int(block))
    )
    fridays = found.fridays()
    fullest = max(fridays, key=lambda day: len(found.read_out(day)), default=friday_after(found.first))
    known = [str(day) for day in (fridays or (fullest,))]
    day = date.fromisoformat(_picked(asked, "friday", known, str(fullest)))
    shelf = offered.books()
    values = {
        "view": view, "lived": lived, "offer": offered.towns()[view.town], "village": found, "villages": villages, "day": day,
        "when": words.full_date(day), "read_out": found.read_out(day), "back": found.given_back(day),
        "fridays": [(str(each), words.full_date(each), len(found.read_out(each))) for each in fridays],
        "rules": _rule(shelf[READ_OUT[0]], [each for each in shelf[READ_OUT[0]].publicity if each.id == READ_OUT[1]]),
        **stale(view, lived),
    }  # fmt: skip
    shared = view_with_texts(view, lived).query(village=block, friday=day)
    asking = f"select id, lists, score from final where block = {block} order by score"
    again = Again(
        f'{run_command(view, "town")} && glasstown query town "{asking}"',
        python(run_python(view, out="town"), f'print(glasstown.query("town", "{asking}"))'),
        lived.digest, share=f"/papers/friday?{shared}",
    )  # fmt: skip
    return site.render(Page("friday.html", f"Friday, {words.full_date(day)}", "/papers", values, again))


def _picked(asked: Asked, key: str, known: list[str], usual: str) -> str:
    text = asked.found.get(key, "") or usual
    if text not in known:
        raise refuse(key, f"'{text[:40]}'", "one that the page offers", "Leave it out.")
    return text
