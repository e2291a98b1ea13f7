"""A matrix as one page of HTML: an overview, then topic by topic what each rulebook says with its source; prints well."""

from __future__ import annotations

import re
from textwrap import shorten
from typing import TYPE_CHECKING, Final, TypeAlias

from glasstown.answers.entries import source_words
from glasstown.answers.matrix_cells import STATES, UNSAID
from glasstown.render import html
from glasstown.render.words import counted, escaped, first_up

if TYPE_CHECKING:
    from collections.abc import Sequence

    from glasstown.answers.compare_rules_rows import Row, Statement
    from glasstown.answers.matrix_cells import Spot
    from glasstown.archive.library import Held

RULES: Final = """
main,header.top,footer{max-width:72rem}
.state{display:inline-block;font-size:.8rem;line-height:1.25;padding:.1rem .45rem;border:1px solid currentColor;
border-radius:.3rem;white-space:nowrap;color:var(--muted);text-decoration:none}
.state.says{color:var(--ink);font-weight:700}
.state.denies{color:var(--paper);background:var(--ink);border-color:var(--ink);font-weight:700}
.state.unread{border-style:dotted}.state.absent{border-style:dashed}
.gist{display:block;color:inherit}.matrix .from{display:block;margin:0 0 .3rem;font-size:.78rem;overflow-wrap:anywhere}
.matrix th,.matrix td{padding:.3rem .5rem .3rem 0}
.matrix tbody th{min-width:7rem;font-weight:600}
.matrix thead th{font-size:.76rem;overflow-wrap:normal}.matrix table.told{table-layout:fixed}
.said th[scope=row],.said thead th:first-child{width:15rem;font-weight:600;padding-right:1rem}
.said p{margin:0 0 .45rem}.said .from{display:block}
@media (max-width:52rem){
.matrix thead,.said thead{position:absolute;left:-99rem}
.matrix table,.matrix tbody,.matrix tr,.matrix th,.matrix td,.said table,.said tbody,.said tr,.said th,.said td{
display:block;width:auto;padding:.15rem 0;border:0}
.matrix tr,.said tr{border-bottom:1px solid var(--faint);padding:.7rem 0}
.matrix td{display:flex;justify-content:space-between;gap:1rem}.matrix td.told{display:block}
.matrix td.told::before{display:block;font-size:.78rem}
.matrix td::before{content:attr(data-label);color:var(--muted);overflow-wrap:anywhere;min-width:0}}
@media print{@page{size:A4 landscape;margin:12mm}main,header.top,footer{max-width:none}.state{border:0;padding:0}
tr{break-inside:avoid}h2{margin-top:1rem}}
"""
"""what these pages have beyond the others: cells as words, and a card for each row where it is narrow"""
MOST_SECTIONS: Final = 15
"""topics that have a section each, with a line in the contents"""
MOST_TOLD: Final = 6
"""columns of an overview whose cells tell what is said; where there are more, a cell leads there"""
MOST_GISTS: Final = 2
"""statements told in a cell of the overview"""
GIST: Final = 90
"""letters of a statement in a cell of the overview"""
Overview: TypeAlias = "tuple[tuple[str, ...], tuple[tuple[str, tuple[Spot, ...]], ...]] | None"
"""heads, and each row's name with its cells; None where both sides are long"""


def page_of(title: str, books: Sequence[Held], overview: Overview, topics: Sequence[tuple[Row, Sequence[Spot]]]) -> str:
    """Return the page; `overview` is heads and rows of cells, None where both sides are long."""
    found = {spot.state for _, spots in topics for spot in spots}
    words = "".join(f"<li>{_state(state)} {escaped(text)}</li>" for state, text in STATES.items() if state in found)
    first = html.Section("overview", "Overview", f'{_overview(overview)}<ul class="small">{words}</ul>')
    works = html.Section("sources", "Sources", _sources(books, [spot for _, spots in topics for spot in spots]))
    lead = html.paragraph("What each rulebook says, with its source; what was not read is unknown, and is not nothing.")
    foot = html.paragraph("Glasstown")
    told = html.document(title, "Rulebooks side by side", lead, [first, *_sections(topics), works], foot)
    return told.replace("</style>", f"{RULES}</style>", 1)


def _sections(topics: Sequence[tuple[Row, Sequence[Spot]]]) -> list[html.Section]:
    """Return a section for each topic, or one of all where the list of contents would be long."""
    if len(topics) <= MOST_SECTIONS:
        return [
            html.Section(f"topic-{row.key}", first_up(row.label), _topic(row.label, spots)) for row, spots in topics
        ]
    content = "".join(html.heading(first_up(row.label)) + _topic(row.label, spots) for row, spots in topics)
    return [html.Section("topics", "Topic by topic", content)]


def _overview(overview: Overview) -> str:
    if overview is None:
        return html.paragraph("Too many rulebooks and topics for one table: see topic by topic.")
    heads, rows = overview
    is_told = len(heads) - 1 <= MOST_TOLD
    head = "".join(f'<th scope="col">{escaped(cell)}</th>' for cell in heads)
    body = "".join(
        f'<tr><th scope="row">{escaped(name)}</th>'
        + "".join(_cell(label, spot, is_told=is_told) for label, spot in zip(heads[1:], spots, strict=True))
        + "</tr>"
        for name, spots in rows
    )
    css = ' class="told"' if is_told else ""
    return f'<div class="matrix"><table{css}><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'


def _cell(label: str, spot: Spot, *, is_told: bool) -> str:
    """Return a cell of the overview: what is said with its source where there is room, else a word that leads there."""
    if not spot.statements:
        content = _state(spot.state)
    elif is_told:
        content = "".join(_gist(spot, each) for each in spot.statements[:MOST_GISTS])
        more = len(spot.statements) - MOST_GISTS
        content += (
            f'<a class="small" href="#{_anchor(spot)}">{counted(more, "further statement")}</a>' if more > 0 else ""
        )
    else:
        said = "; ".join(f"{each.text} {source_words(each.cite) if each.cite else ''}" for each in spot.statements)
        content = f'<a class="state {spot.state}" href="#{_anchor(spot)}" title="{escaped(said)}">{spot.state}</a>'
    css = ' class="told"' if spot.statements and is_told else ""
    return f'<td{css} data-label="{escaped(label)}">{content}</td>'


def _gist(spot: Spot, said: Statement) -> str:
    """Return the beginning of a statement, leading to all of it, with its source."""
    denied = f"{_state('denies')} " if said.denies else ""
    text = escaped(shorten(said.text, GIST, placeholder=" …"))
    source = f"{said.cite.evidence}: {said.cite.source}, {said.cite.at}" if said.cite else ""
    from_ = f'<span class="from muted">{escaped(shorten(source, GIST, placeholder=" …"))}</span>' if source else ""
    return f'<a class="gist" href="#{_anchor(spot)}">{denied}{text}</a>{from_}'


def _anchor(spot: Spot) -> str:
    """Return where on the page all that a rulebook says of a topic stands."""
    return re.sub(r"[^\w-]+", "-", f"said-{spot.row.key}--{spot.held.reference}")


def _state(state: str) -> str:
    return f'<span class="state {state}">{state}</span>'


def _topic(label: str, spots: Sequence[Spot]) -> str:
    """Return a table of what rulebooks say of a topic, then who says nothing and why."""
    rows = "".join(
        f'<tr id="{_anchor(spot)}"><th scope="row">{escaped(spot.held.reference)}</th>'
        f"<td>{''.join(_said(each) for each in spot.statements)}</td></tr>"
        for spot in spots
        if spot.statements
    )
    rest = "".join(_unsaid(state, [spot for spot in spots if spot.state == state]) for state in UNSAID)
    if not rows:
        return rest
    head = '<thead><tr><th scope="col">rulebook</th><th scope="col">what it says</th></tr></thead>'
    return f'<div class="said"><table aria-label="{escaped(label)}">{head}<tbody>{rows}</tbody></table></div>{rest}'


def _unsaid(state: str, spots: Sequence[Spot]) -> str:
    names = "; ".join(spot.named for spot in spots)
    return f'<p class="small">{_state(state)} {escaped(names)}</p>' if spots else ""


def _said(said: Statement) -> str:
    denied = f"{_state('denies')} " if said.denies else ""
    source = f'<span class="from small">{escaped(source_words(said.cite))}</span>' if said.cite else ""
    return f"<p>{denied}{escaped(said.text)}{source}</p>"


def _sources(books: Sequence[Held], spots: Sequence[Spot]) -> str:
    """Return the works that the cells cite, rulebook by rulebook."""
    told = []
    for held in books:
        said = [each for spot in spots if spot.held is held for each in spot.statements]
        keys = {each.cite.source for each in said if each.cite is not None}
        works = [each for each in held.book.sources if each.key in keys]
        lines = "".join(
            f"<li><b>{escaped(each.key)}</b>: {escaped(each.title)}{f', {each.year}' if each.year else ''}"
            f"{'. ' + html.address(each.url) if each.url else ''}</li>"
            for each in works
        )
        if lines:
            told.append(f'{html.heading(held.reference)}<ul class="sources small">{lines}</ul>')
    return "".join(told)
