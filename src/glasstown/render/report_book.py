"""The page's sections about the rulebook: what it leaves open, and the works that it rests on."""

from __future__ import annotations

from collections.abc import Sequence

from glasstown.language.model import Cite, Rulebook, Source
from glasstown.language.model_base import NO_PUBLISHER
from glasstown.outcomes.opened import TownRun
from glasstown.render import html, words
from glasstown.render.html import Section
from glasstown.types import UNKNOWN

READ_WORDS = {
    "read": "read",
    "unread": "not read",
    "reported absent": "reported to be absent",
    "silent": "read in full, and nothing of it is there",
}
SEEN_WORDS = {
    "direct": "",
    "quoted": "read only as quoted elsewhere",
    "summary": "read only through a summary",
    "recalled": "recalled, no text seen",
}


def gaps_section(runs: Sequence[TownRun]) -> Section:
    """Return what the record of each scheme leaves open, and how this run deals with it."""
    parts = [f"{_title(run) if len(runs) > 1 else ''}{_gaps(run)}" for run in runs]
    return Section("gaps", "What the record leaves open", "".join(parts))


def _title(run: TownRun) -> str:
    return html.heading(f"{run.book.title} ({run.reference})")


def _gaps(run: TownRun) -> str:
    book = run.book
    sections = [(name, getattr(book.sections, name)) for name in type(book.sections).model_fields]
    read = html.table(
        "How far each section of the scheme's text was read",
        ["section", "state", "note"],
        [[name, _read(part.read, part.note), part.note or ""] for name, part in sections],
        numbers=False,
    )
    unknown = [clause for clause in book.clauses if clause.points == UNKNOWN]
    names = [f"{words.first_up(clause.label)} ({clause.id})" for clause in unknown]
    parts = [html.paragraph(f"Documented: {book.documented}. What was not read may still exist."), read]
    if names:
        parts += [html.heading(f"{words.counted(len(names), 'clause')} of unknown value"), html.bullets(names)]
    if bounds := _bounds(book):
        parts += [html.heading("Numbers of the score that are not known"), html.bullets(bounds)]
    if book.variants:
        parts += [html.heading("Readings of what is contested"), _variants(run)]
    if book.open_questions:
        parts += [html.heading("Open questions"), html.bullets(book.open_questions)]
    return "".join(parts)


def _read(state: str, note: str | None) -> str:
    """Return how far a section was read; what has a note that tells of something was read in part."""
    if state == "unread" and note and not note.startswith(("nothing", "not in what")):
        return "read in part"
    return READ_WORDS[state]


def _bounds(book: Rulebook) -> list[str]:
    score = book.score
    texts = {
        "Where everyone starts is not known; scores here count from 0.": score.base.value,
        "The lowest score is not known; here nothing bounds a score below.": score.lowest.value,
        "The highest score is not known; here nothing bounds a score above.": score.highest.value,
    }
    found = [text for text, value in texts.items() if value == UNKNOWN]
    unreached = [grade.id for grade in book.grades if grade.from_ == grade.below == UNKNOWN]
    if unreached:
        found.append(
            f"Where {words.listed([f'grade {grade}' for grade in unreached])} begin or end is not known: "
            "no score reaches them here; only a clause that sets the grade does."
        )
    return found


def _variants(run: TownRun) -> str:
    items = []
    for variant in run.book.variants:
        mark = " This is the reading of this run." if variant.id == run.book.variant else ""
        label = words.escaped(f"{words.first_up(variant.label)}.{mark}")
        items.append(f"<li>{label} <span class='muted'>{cited(run, variant.cite)}</span></li>")
    return f"<ul>{''.join(items)}</ul>"


def cited(run: TownRun, cite: Cite) -> str:
    """Return a citation as HTML: short name as a link to the full reference, locator, how it was seen, badge."""
    source = run.source(cite.source)
    name = short_name(source) if source else cite.source
    seen = SEEN_WORDS[cite.seen]
    details = words.escaped(f", {cite.at}" + (f" ({seen})" if seen else ""))
    return f"{html.link(anchor(run, cite.source), name)}{details} {html.badge(cite.evidence)}"


def anchor(run: TownRun, key: str) -> str:
    """Return where on the page a work of a rulebook stands in full."""
    return f"source-{run.number}-{key}" if run.number else f"source-{key}"


def short_name(source: Source) -> str:
    """Return a work as a sentence names it: author or publisher, and year."""
    who = source.by() or source.title
    return f"{who} {source.year}" if source.year else who


def reference(source: Source) -> str:
    """Return a work's full reference as text."""
    who = f"{source.author.rstrip('.')}. " if source.author else ""
    title = source.title.rstrip(".") + (f" ({source.original})" if source.original else "")
    publisher = "" if source.publisher == NO_PUBLISHER else f" {source.publisher}"
    year = f", {source.year}" if source.year and publisher else f" {source.year}" if source.year else ""
    return f"{who}{title}.{publisher}{year}".rstrip(".") + "."


def sources_section(runs: Sequence[TownRun]) -> Section:
    """Return every work that the rulebooks cite, in full."""
    marks = ", ".join(f"{name}: {meaning}" for name, meaning in words.EVIDENCE_WORDS.items())
    parts = [f"{_title(run) if len(runs) > 1 else ''}{_works(run)}" for run in runs]
    last = html.paragraph(f"Marks beside a statement say how well it is documented. {words.first_up(marks)}.", "small")
    return Section("sources", "Sources", "".join(parts) + last)


def _works(run: TownRun) -> str:
    """Return every work that a rulebook cites."""
    items = []
    for source in sorted(run.book.sources, key=lambda each: reference(each).lower()):
        address = f" {html.address(source.url)}" if source.url else ""
        seen = f' <span class="muted">{words.escaped(words.first_up(source.note))}</span>' if source.note else ""
        text = f"{words.escaped(reference(source))}{address}{seen}"
        at = words.escaped(anchor(run, source.key))
        items.append(f'<li id="{at}">{text} <span class="badge">{source.kind}</span></li>')
    begun = html.paragraph(f"{words.first_up(run.book.status)} from: {run.book.document.rstrip('.')}.")
    return f'{begun}<ul class="sources">{"".join(items)}</ul>'
