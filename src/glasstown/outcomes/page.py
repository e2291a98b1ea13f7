"""HTML in small pieces: text is escaped here and nowhere else, and no piece refers to anything outside the page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from glasstown.language.model_base import is_address
from glasstown.outcomes import look
from glasstown.outcomes.words import EVIDENCE_WORDS, escaped
from glasstown.types import SYNTHETIC_WORDS

POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
"""The browser itself refuses any request that this page might make."""


@dataclass(frozen=True, slots=True)
class Section:
    """One section of the page: its anchor, its heading, and its content as HTML."""

    anchor: str
    title: str
    content: str


OURS = '<meta name="generator" content="Glasstown">'
"""The line by which a page is known as one of ours, so that it may be replaced."""


def is_report(beginning: bytes) -> bool:
    """Return whether a file that begins so is a page of ours."""
    return beginning.startswith(b"<!DOCTYPE html>") and OURS.encode() in beginning


def document(title: str, kicker: str, lead: str, sections: Sequence[Section], foot: str) -> str:
    """Return the whole page; `lead` and `foot` are HTML, the rest is text."""
    links = "".join(f'<li><a href="#{part.anchor}">{escaped(part.title)}</a></li>' for part in sections)
    body = "".join(
        f'<section aria-labelledby="{part.anchor}"><h2 id="{part.anchor}">{escaped(part.title)}</h2>'
        f"{part.content}</section>\n"
        for part in sections
    )
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
        '<meta name="viewport" content="width=device-width,initial-scale=1"><meta name="color-scheme" '
        f'content="light dark">{OURS}<meta name="description" '
        f'content="{escaped(SYNTHETIC_WORDS)}"><link rel="icon" href="data:,"><title>{escaped(title)}</title>'
        f"<style>{look.sheet()}</style></head>\n<body>"
        '<a class="skip" href="#content">Skip to the content</a>'
        f'<header class="top"><p class="kicker">{escaped(kicker)}</p><h1>{escaped(title)}</h1>'
        f'<div class="lead">{lead}</div><nav aria-label="Contents"><ol>{links}</ol></nav></header>\n'
        f'<main id="content">{body}</main><footer>{foot}</footer></body></html>\n'
    )


def paragraph(text: str, css: str = "") -> str:
    """Return a paragraph of plain text."""
    return f"<p{_class(css)}>{escaped(text)}</p>"


def paragraphs(texts: Iterable[str]) -> str:
    """Return one paragraph for each text."""
    return "".join(paragraph(text) for text in texts)


def heading(text: str) -> str:
    """Return a heading inside a section."""
    return f"<h3>{escaped(text)}</h3>"


def bullets(texts: Iterable[str]) -> str:
    """Return a list of plain texts."""
    return f"<ul>{''.join(f'<li>{escaped(text)}</li>' for text in texts)}</ul>"


def note(*texts: str) -> str:
    """Return what no reader should miss."""
    return f'<div class="note">{paragraphs(texts)}</div>'


def figures(pairs: Iterable[tuple[str, str]]) -> str:
    """Return a row of large numbers, each with what it counts."""
    cells = "".join(f"<div><dt>{escaped(what)}</dt><dd>{escaped(number)}</dd></div>" for what, number in pairs)
    return f'<dl class="figures">{cells}</dl>'


def facts(pairs: Iterable[tuple[str, str]]) -> str:
    """Return short facts, each with its name."""
    cells = "".join(f"<div><dt>{escaped(what)}</dt><dd>{escaped(value)}</dd></div>" for what, value in pairs)
    return f'<dl class="facts">{cells}</dl>'


def table(caption: str, head: Sequence[str], rows: Iterable[Sequence[str]], *, numbers: bool = True) -> str:
    """Return a table whose first column names the row; the cells after it are numbers unless said otherwise."""
    css = ' class="n"' if numbers else ""
    heads = "".join(f'<th scope="col"{css if i else ""}>{escaped(cell)}</th>' for i, cell in enumerate(head))
    body = "".join(
        f'<tr><th scope="row">{escaped(row[0])}</th>'
        + "".join(f"<td{css}>{escaped(cell)}</td>" for cell in row[1:])
        + "</tr>"
        for row in rows
    )
    return (
        f'<div class="scroll" tabindex="0" role="region" aria-label="{escaped(caption)}"><table>'
        f"<caption>{escaped(caption)}</caption><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def figure(svg: str, alt: str, caption: str, name: str) -> str:
    """Return a chart as part of the page, its ids made its own, with words for those who do not see it."""
    inner = re.sub(r"<\?xml[^>]*\?>|<!DOCTYPE[^>]*>", "", svg)
    inner = re.sub(r'id="([^"]+)"', rf'id="{name}-\1"', inner)
    inner = re.sub(r"url\(#([^)]+)\)", rf"url(#{name}-\1)", inner)
    inner = re.sub(r'(xlink:)?href="#([^"]+)"', rf'\1href="#{name}-\2"', inner)
    return (
        '<figure><div class="scroll" tabindex="0" role="region" aria-label="Chart">'
        f'<div class="chart" role="img" aria-label="{escaped(alt)}">{inner}</div></div>'
        f"<figcaption>{escaped(caption)}</figcaption></figure>"
    )


def badge(evidence: str) -> str:
    """Return how well something is documented, as a word in a frame."""
    words = EVIDENCE_WORDS.get(evidence, evidence)
    return f'<span class="badge {escaped(evidence)}" title="{escaped(words)}">{escaped(evidence)}</span>'


def address(url: str) -> str:
    """Return an address of the web as a link; any other text, such as one of another scheme, as text."""
    shown = escaped(url)
    return f'<a href="{shown}" rel="noreferrer">{shown}</a>' if is_address(url) else shown


def link(anchor: str, text: str) -> str:
    """Return a link to a place on this page."""
    return f'<a href="#{escaped(anchor)}">{escaped(text)}</a>'


def _class(css: str) -> str:
    return f' class="{css}"' if css else ""
