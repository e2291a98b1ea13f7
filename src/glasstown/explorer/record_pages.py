"""The pages of the record: the start, rulebooks, acts, and claims."""

from __future__ import annotations

from collections import Counter
from datetime import date
from functools import lru_cache
from typing import Any, Final

from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from glasstown.answers.act import Conduct, Deeds, conduct
from glasstown.answers.act import deeds as deeds_of
from glasstown.answers.claims import Claims, summed
from glasstown.answers.claims import claims as ledger
from glasstown.answers.rulebooks import SHORT, Shelf
from glasstown.answers.rulebooks import shelf as shelf_of
from glasstown.answers.show import PARTS, SECTIONS, UNREAD_PARTS, Scheme
from glasstown.archive.claims import VERDICTS
from glasstown.errors import UsageError, did_you_mean
from glasstown.exact import whole_number
from glasstown.explorer import offered
from glasstown.explorer.asked import chosen, refuse
from glasstown.explorer.beside_page import BESIDE, beside, references
from glasstown.explorer.commands import python
from glasstown.explorer.site import Again, Asked, Page, Site, csv_file
from glasstown.language.days import years
from glasstown.language.load import load_rulebook
from glasstown.render import law_words
from glasstown.render.blocks import Heading, Item, Paragraph
from glasstown.runs.subjects import NOUNS
from glasstown.types import Progress

EXTENTS: Final = {"runnable": "runs whole", "runnable in part": "runs in part", "record card": "shown, not run"}
KIND: Final = "kind"
ALL: Final = "all"
CLAIMS_SHOWN: Final = 40
"""claims on one page, so that none takes more than 60 kB"""


class UnknownError(UsageError):
    """An address of which there is nothing."""


@lru_cache(maxsize=1)
def _shelf() -> Shelf:
    found = shelf_of(None, None, None, rewards_only=False, day=None)
    for each in found.shelved:  # counted once, before the page is first shown
        each.row()
    return found


@lru_cache(maxsize=64)
def _scheme(reference: str, day: date | None) -> Scheme:
    return Scheme(load_rulebook(reference), None, day)


@lru_cache(maxsize=1)
def _deeds() -> Deeds:
    return deeds_of(())


@lru_cache(maxsize=64)
def _conduct(act: str) -> Conduct:
    return conduct((act,), (), None)


@lru_cache(maxsize=1)
def _claims() -> Claims:
    return ledger((), None)


def read_record(tell: Progress) -> None:
    """Read all that the pages of the record are made of, once: rulebooks, acts, claims, and the towns that can be lived."""
    parts = (_shelf, _deeds, _claims, offered.towns)
    for n, part in enumerate(parts):
        part()
        tell(n + 1, len(parts))


async def start(site: Site, asked: Asked) -> Response:
    """Answer the first page: no single score; pick a town, a question, a rule or a life."""
    shelf, claims = await run_in_threadpool(_shelf), await run_in_threadpool(_claims)
    towns = await run_in_threadpool(offered.towns)
    questions = [each for each in towns.values() if each.kind == offered.KINDS[2]]
    counts = Counter(each.extended.extent for each in shelf.shelved)
    values = {
        "n_rulebooks": len(shelf.books),
        "n_run": counts["runnable"] + counts["runnable in part"],
        "n_clauses": sum(each.counts.all for each in shelf.shelved),
        "n_acts": len((await run_in_threadpool(_deeds)).deeds),
        "n_claims": len(claims.claims),
        "questions": questions,
        "cities": [each for each in towns.values() if each.kind == offered.KINDS[0]],
        "examples": [towns[name] for name in ("suining-2010", "rongcheng-2013", "cn-court-list-2017") if name in towns],
    }
    again = Again("glasstown rulebooks", python("print(glasstown.rulebooks())"))
    return site.render(Page("start.html", "See it, live it, change a rule", "/", values, again))


async def rulebooks(site: Site, asked: Asked) -> Response:
    """Answer the shelf: every rulebook, how far it runs, and how well it is documented."""
    shelf = await run_in_threadpool(_shelf)
    about = {kind for each in shelf.books for kind in _kinds(each)}
    kinds = (ALL, *(kind for kind in NOUNS if kind in about))
    kind = chosen(asked.found, KIND, kinds, ALL)
    rows = [_shelved(each) for each in shelf.shelved if kind == ALL or kind in _kinds(each.book)]
    option = "" if kind == ALL else f" --kind {kind}"
    call = "" if kind == ALL else f"kind={kind!r}"
    again = Again(
        f"glasstown rulebooks{option}",
        python(f"shelf = glasstown.rulebooks({call})", "print(shelf.table())"),
        files=(("CSV", f"/rulebooks.csv?kind={kind}"),),
    )
    values = {"rows": rows, "kinds": [(name, NOUNS.get(name, "everybody")) for name in kinds], "kind": kind}
    return site.render(Page("rulebooks.html", f"{len(rows)} rulebooks", "/rulebooks", values, again))


async def rulebooks_csv(site: Site, asked: Asked) -> Response:
    """Answer the shelf as CSV."""
    kind = chosen(asked.found, KIND, (ALL, *NOUNS), ALL)
    shelf = await run_in_threadpool(
        lambda: _shelf() if kind == ALL else shelf_of(kind, None, None, rewards_only=False, day=None)
    )
    return csv_file("rulebooks.csv", shelf.columns(), {"source": "glasstown rulebooks"})


def _kinds(book: Any) -> set[str]:
    return {each.kind for each in book.subjects}


def _shelved(each: Any) -> dict[str, Any]:
    evidence = each.evidence
    whole = sum(evidence.values()) or 1
    official = 100 * evidence["official"] // whole
    return {
        "id": each.book.id,
        "title": each.book.title,
        "title_zh": each.book.title_zh,
        "place": each.book.place.name,
        "years": years(each.book).replace("unknown", "?"),
        "extent": EXTENTS[each.extended.extent],
        "short": SHORT[each.extended.extent],
        "clauses": each.counts.all,
        "executable": each.counts.executable,
        "official": official,
        "reported": 100 * evidence["reported"] // whole,
        "shares": each.shares,
    }


async def rulebook(site: Site, asked: Asked) -> Response:
    """Answer one rulebook: each clause left, its source right."""
    reference, day = asked.names["id"], _day(asked)
    scheme = await run_in_threadpool(_known, reference, day)
    if asked.found.get(BESIDE):
        return await beside(site, asked, reference, day)
    book = scheme.book
    runs = reference in offered.towns()
    parts = [
        {
            "name": name,
            "title": PARTS[name],
            "entries": [_entry(each, book.id) for each in part],
            "gap": _gap(book, name, part),
        }
        for name, part in scheme.parts().items()
        if part or name in UNREAD_PARTS
    ]
    (force, *told), head = _head(scheme)
    chosen_reading = book.variant or book.default_variant
    values = {
        "book": book, "reference": reference, "head": head, "force": force, "told": told, "runs": runs,
        "sections": parts, "read": [(name, law_words.READ_WORDS[getattr(book.sections, name).read]) for name in SECTIONS],
        "years": range(book.in_force.from_.year, 2027), "year": None if day is None else day.year,
        "readings": [(f"{book.id}@{each.id}", each.label, each.id == chosen_reading) for each in book.variants],
        "sources": scheme.as_json()["sources"], "others": [each for each in references() if each != reference],
    }  # fmt: skip
    option = "" if day is None else f" --as-at {day}"
    call = repr(reference) if day is None else f"{reference!r}, as_at={str(day)!r}"
    again = Again(
        f"glasstown show {reference}{option}",
        python(f"print(glasstown.show({call}))"),
        files=(("CSV of the clauses", f"/rulebooks/{reference}.csv"),),
    )
    return site.render(Page("rulebook.html", book.title, "/rulebooks", values, again))


def _head(scheme: Scheme) -> tuple[list[str], list[Item]]:
    """Return what is said of a scheme before its parts: when it is in force, as sentences, and what it is, by name."""
    sentences, items = [], []
    for block in scheme.blocks()[1:]:
        if isinstance(block, Heading):
            break
        sentences += [block.text] if isinstance(block, Paragraph) else []
        items += [block] if isinstance(block, Item) else []
    return sentences, items


async def rulebook_csv(site: Site, asked: Asked) -> Response:
    """Answer the clauses of a rulebook as CSV."""
    scheme = await run_in_threadpool(_known, asked.names["id"], None)
    return csv_file(f"{scheme.book.id}.csv", scheme.columns(), {"rulebook": scheme.reference})


def _known(reference: str, day: date | None) -> Scheme:
    """Return a rulebook that ships, in one of its readings.  Errors   UnknownError"""
    name, _, reading = reference.partition("@")
    known = offered.books()
    if name not in known:
        raise UnknownError(
            "The address", refuse("rulebook", f"'{name}'", "one that ships", did_you_mean(name, tuple(known))).faults
        )
    readings = [each.id for each in known[name].variants]
    if reading not in (*readings, "") or (reading == "" and "@" in reference):
        raise UnknownError(
            "The address", refuse("reading", f"'{reading}'", f"one of {name}", did_you_mean(reading, readings)).faults
        )
    return _scheme(reference, day)


def _day(asked: Asked) -> date | None:
    text = asked.found.get("asat", "")
    if not text:
        return None
    year = whole_number(text)
    if year is None or not 1949 <= year <= 2100:
        raise refuse("asat", f"'{text[:40]}'", "a year, such as 2014", "Leave it out for all years.")
    return date(year, 7, 1)


def _entry(entry: Any, book: str) -> dict[str, Any]:
    item = entry.item()
    cite = entry.cite
    return {
        "id": entry.id, "item": item, "label": entry.label, "zh": entry.label_zh,
        "evidence": cite.evidence if cite else None, "source": cite.source if cite else None,
    }  # fmt: skip


def _gap(book: Any, name: str, part: Any) -> str | None:
    if part or name not in UNREAD_PARTS:
        return None
    return law_words.NO_ENTRY_WORDS[getattr(book.sections, UNREAD_PARTS[name]).read]


async def acts(site: Site, asked: Asked) -> Response:
    """Answer all acts, class by class, each with how many rulebooks answer to it."""
    deeds = await run_in_threadpool(_deeds)
    classes = {deed.of.id: deed.of for deed in deeds.deeds}
    most = max(deed.n_rulebooks for deed in deeds.deeds)
    groups = [
        {"of": each, "deeds": [deed for deed in deeds.deeds if deed.of.id == each.id]} for each in classes.values()
    ]
    again = Again("glasstown act", python("print(glasstown.act())"), files=(("CSV", "/acts.csv"),))
    values = {"groups": groups, "most": most, "n": len(deeds.deeds), "n_rulebooks": deeds.n_rulebooks}
    return site.render(Page("acts.html", "What is scored, and by whom", "/acts", values, again))


async def acts_csv(site: Site, asked: Asked) -> Response:
    """Answer all acts as CSV."""
    return csv_file("acts.csv", (await run_in_threadpool(_deeds)).columns(), {"source": "glasstown act"})


async def act(site: Site, asked: Asked) -> Response:
    """Answer one act: what every rulebook does about it, each with its source."""
    name = asked.names["id"]
    found = await run_in_threadpool(_answers_to, name)
    one = found.asked[0]
    states = one.silent_by_state()
    grid = next((block for block in one.blocks() if hasattr(block, "heads")), None)
    replies = [
        {
            "book": each.held.reference,
            "clause": each.clause.id,
            "item": each.item(name),
            "evidence": each.clause.cite.evidence,
        }
        for each in one.replies
    ]
    values = {"one": one, "grid": grid, "replies": replies, "silent": states[True], "unread": states[False]}
    again = Again(
        f"glasstown act {name}", python(f"print(glasstown.act({name!r}))"), files=(("CSV", f"/acts/{name}.csv"),)
    )
    title = one.act.label if one.act else name
    return site.render(Page("act.html", title[:1].upper() + title[1:], "/acts", values, again))


async def act_csv(site: Site, asked: Asked) -> Response:
    """Answer the clauses that answer to an act as CSV."""
    name = asked.names["id"]
    return csv_file(
        f"{name}.csv", (await run_in_threadpool(_answers_to, name)).columns(), {"source": f"glasstown act {name}"}
    )


def _answers_to(name: str) -> Conduct:
    known = [deed.act.id for deed in _deeds().deeds]
    if name not in known:
        raise UnknownError(
            "The address", refuse("act", f"'{name[:60]}'", "an act on file", did_you_mean(name[:60], known)).faults
        )
    return _conduct(name)


async def claims(site: Site, asked: Asked) -> Response:
    """Answer the article's claims, each with its verdict, what the record says, and where it is shown."""
    every = await run_in_threadpool(_claims)
    verdict = chosen(asked.found, "verdict", (ALL, *VERDICTS), ALL)
    rows = [claim for claim in every.claims if verdict in (ALL, claim.verdict)]
    n_pages = -(-len(rows) // CLAIMS_SHOWN)
    page = whole_number(text := asked.found.get("page", "1"))
    if page is None or not 1 <= page <= n_pages:
        raise refuse("page", f"'{text[:20]}'", f"a number from 1 to {n_pages}", "Leave it out for 1.")
    rows = rows[(page - 1) * CLAIMS_SHOWN : page * CLAIMS_SHOWN]
    items = [block for block in Claims(tuple(rows)).blocks() if isinstance(block, Item)]
    counts: Counter[str] = Counter(claim.verdict for claim in every.claims)
    values = {
        "rows": list(zip(rows, items, strict=True)), "verdict": verdict, "summed": summed(every.claims),
        "verdicts": [(name, counts[name]) for name in VERDICTS], "n": len(every.claims),
        "page": page, "n_pages": n_pages, "page_of": {claim.n: n // CLAIMS_SHOWN + 1 for n, claim in enumerate(every.claims)},
    }  # fmt: skip
    option, call = ("", "") if verdict == ALL else (f" --verdict '{verdict}'", f"verdict={verdict!r}")
    again = Again(
        f"glasstown claims{option}",
        python(f"print(glasstown.claims({call}))"),
        files=(("CSV", f"/claims.csv?verdict={verdict}"),),
    )
    return site.render(Page("claims.html", "What became of the article’s claims", "/claims", values, again))


async def claims_csv(site: Site, asked: Asked) -> Response:
    """Answer the claims as CSV."""
    every = await run_in_threadpool(_claims)
    verdict = chosen(asked.found, "verdict", (ALL, *VERDICTS), ALL)
    rows = Claims(tuple(claim for claim in every.claims if verdict in (ALL, claim.verdict)))
    return csv_file("claims.csv", rows.columns(), {"source": "glasstown claims"})
