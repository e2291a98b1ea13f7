"""One firm as one page of HTML: a table for each part, each line with its clause and source; prints well."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from glasstown.answers.firm_told import COMPARES, HYPOTHETICAL, PARTS, FirmAnswer, days
from glasstown.render import html
from glasstown.render.words import escaped

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from glasstown.answers.firm_rows import Row

RULES: Final = """
main,header.top,footer{max-width:64rem}
.told td,.told th{padding:.35rem .8rem .35rem 0}
.told .when{width:7rem;min-width:6.2rem;white-space:nowrap;font-variant-numeric:tabular-nums;font-size:.88rem}
.told .by{width:19rem;font-size:.84rem;overflow-wrap:anywhere}
.told p{margin:0 0 .2rem}.told .says{font-size:.88rem;color:var(--muted)}
.closes{font-weight:700}.opens{border-bottom:1px dotted currentColor}
@media (max-width:44rem){.told thead{position:absolute;left:-99rem}
.told table,.told tbody,.told tr,.told th,.told td{display:block;width:auto;padding:.1rem 0;border:0}
.told .when,.told .by{width:auto}.told tr{border-bottom:1px solid var(--faint);padding:.7rem 0}}
@media print{@page{size:A4;margin:14mm}main,header.top,footer{max-width:none;padding:0}body{font-size:9.5pt}
h1{font-size:17pt}h2{font-size:12.5pt;margin-top:1rem;padding-top:.5rem}thead{display:table-header-group}
.told .by{width:32%}.note{break-inside:avoid}}
"""
"""what this page has beyond the others: days at the left, clause and source at the right; one below the other where it is narrow"""


def page_of(answer: FirmAnswer) -> str:
    """Return the page of an answer; every text of it is escaped here."""
    sections = [html.Section("happened", "What happened", _happened(answer))]
    for name, (heading, _, none) in PARTS.items():
        rows = answer.rows[name]
        sections.append(html.Section(name, heading, _table(heading, rows) if rows else html.paragraph(none)))
    sections.append(html.Section("timeline", "Day by day", _table("Day by day", answer.timeline)))
    sections.append(html.Section("rulebooks", "Rulebooks", "".join(_rulebooks(answer))))
    lead = html.paragraph(answer.described())
    foot = html.paragraphs([HYPOTHETICAL, COMPARES, "Made by Glasstown."])
    sections[0] = html.Section("happened", "What happened", html.note(HYPOTHETICAL, COMPARES) + sections[0].content)
    told = html.document("One firm under every rulebook", "A hypothetical firm", lead, sections, foot)
    return told.replace("</style>", f"{RULES}</style>", 1)


def _happened(answer: FirmAnswer) -> str:
    whom = {"firm": "the firm", "representative": "its representative", "partner": "a customer"}
    rows = [(days(row), whom[whose], row.what, "; ".join(row.says)) for whose, row in answer.happened()]
    if not rows:
        return html.paragraph("Nothing.")
    return html.table("What was typed", ("day", "whose", "what", ""), rows, numbers=False)


def _table(name: str, rows: Sequence[Row]) -> str:
    """Return the rows of a part as a table."""
    head = '<thead><tr><th scope="col">days</th><th scope="col">what</th><th scope="col">clause and source</th></tr></thead>'
    body = "".join(_line(row) for row in rows)
    return f'<div class="told"><table aria-label="{escaped(name)}">{head}<tbody>{body}</tbody></table></div>'


def _line(row: Row) -> str:
    word = {"restrict": "closes", "reward": "opens"}.get(row.kind or "", "") if row.gate and row.part == "gates" else ""
    gate = f'<span class="{word}">{word} {escaped(row.gate or "")}</span>: ' if word else ""
    says = "".join(f'<p class="says">{escaped(each)}</p>' for each in row.says)
    return (
        f'<tr><th scope="row" class="when">{escaped(days(row))}</th><td><p>{gate}{escaped(row.what)}</p>{says}</td>'
        f'<td class="by">{_source(row)}</td></tr>'
    )


def _source(row: Row) -> str:
    """Return rulebook and clause, how well it is documented, and where it stands."""
    named = f"{escaped(row.under)}, {escaped(row.id)}"
    if row.cite is None:
        return f"{named}<br>{escaped(row.source)}" if row.source else named
    note = f" ({escaped(row.cite.note)})" if row.cite.note else ""
    return f"{named} {html.badge(row.cite.evidence)}<br>{escaped(row.cite.source)}, {escaped(row.cite.at)}{note}"


def _rulebooks(answer: FirmAnswer) -> Iterator[str]:
    """Yield the rulebooks that were asked, with the works that their lines cite, then those that were not."""
    rows = [row for part in (*answer.rows.values(), answer.timeline) for row in part]
    for life in answer.told.of("firm"):
        book = life.held.book
        cited = {row.cite.source for row in rows if row.under == life.held.reference and row.cite is not None}
        lines = "".join(
            f"<li><b>{escaped(each.key)}</b>: {escaped(each.title)}{f', {each.year}' if each.year else ''}"
            f"{'. ' + html.address(each.url) if each.url else ''}</li>"
            for each in book.sources
            if each.key in cited
        )
        yield html.heading(f"{life.held.reference}: {book.title}")
        yield "".join(html.paragraph(f"{each.event} left out: {each.why}.", "small") for each in life.left)
        yield (
            f'<ul class="sources small">{lines}</ul>'
            if lines
            else html.paragraph("Nothing of it is cited here.", "small")
        )
    quiet = [f"{name}: {why}" for name, why in answer.told.quiet]
    if quiet:
        yield html.heading("Not asked") + html.bullets(quiet)
