"""HTML in small pieces: text is escaped here and nowhere else, and no piece refers to anything outside the page.

The style sheet of the page: light and dark, wide and narrow, screen and paper.  Nothing is fetched from anywhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from glasstown.language.model_base import is_address
from glasstown.render import style
from glasstown.render.blocks import Block, Grid, Heading, Paragraph, Sentences, Verbatim
from glasstown.render.words import EVIDENCE_WORDS, escaped
from glasstown.types import SYNTHETIC_WORDS

RULES: Final = """
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;scroll-behavior:smooth}
body{margin:0;background:var(--paper);color:var(--ink);font:17px/1.6 "Liberation Sans",system-ui,-apple-system,
"Segoe UI",Arial,sans-serif;overflow-wrap:break-word}
main,header.top,footer{max-width:52rem;margin:0 auto;padding:0 1.25rem}
header.top{padding-top:2.5rem}
h1{font-size:2.1rem;line-height:1.18;margin:.2em 0 .35em;letter-spacing:-.015em}
h2{font-size:1.5rem;line-height:1.25;margin:3.2rem 0 .8rem;padding-top:1.1rem;border-top:1px solid var(--faint)}
h3{font-size:1.12rem;margin:2rem 0 .5rem}
p{margin:.6rem 0}
a{color:var(--link);text-underline-offset:.15em}
a:focus-visible{outline:3px solid var(--link);outline-offset:2px}
.kicker{color:var(--muted);font-size:.86rem;letter-spacing:.06em;text-transform:uppercase;margin:0}
.lead{font-size:1.15rem;color:var(--muted);max-width:42rem}
main ul{padding-left:1.2rem}
.muted{color:var(--muted)}
.small{font-size:.88rem}
.skip{position:absolute;left:-99rem}
.skip:focus{left:1rem;top:1rem;background:var(--paper);padding:.5rem}
nav ol{list-style:none;display:flex;flex-wrap:wrap;gap:.2rem 1.1rem;padding:0;margin:1.2rem 0 0;font-size:.95rem}
.note{background:var(--band);border-left:4px solid var(--ink);padding:.8rem 1rem;margin:1.2rem 0;
border-radius:0 .4rem .4rem 0}
.note p{margin:.25rem 0}
.two{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(17rem,100%),1fr));gap:1rem;margin:1.2rem 0}
.two>div{background:var(--band);padding:.9rem 1.1rem;border-radius:.5rem}
.two h3{margin:.1rem 0 .4rem}
.two ul{margin:.3rem 0;padding-left:1.1rem}
.figures{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(9.5rem,100%),1fr));gap:1.1rem;margin:1.4rem 0;
padding:0}
.figures div{border-top:3px solid var(--ink);padding-top:.45rem}
.figures dt{color:var(--muted);font-size:.88rem;line-height:1.35}
.figures dd{margin:0;font-size:1.55rem;font-weight:700;line-height:1.25;font-variant-numeric:tabular-nums}
figure{margin:1.4rem 0}
figcaption{color:var(--muted);font-size:.88rem;margin-top:.4rem}
.scroll{overflow-x:auto;background:linear-gradient(90deg,var(--paper) 30%,transparent),
linear-gradient(270deg,var(--paper) 30%,transparent) 100% 0,linear-gradient(90deg,var(--shade),transparent),
linear-gradient(270deg,var(--shade),transparent) 100% 0;background-repeat:no-repeat;
background-size:2rem 100%,2rem 100%,.8rem 100%,.8rem 100%;background-attachment:local,local,scroll,scroll}
.scroll:focus-visible{outline:3px solid var(--link)}
.chart svg{display:block;max-width:100%;height:auto}.chart:not(.wide):not(.narrow) svg{min-width:34rem}
.chart.narrow{display:none}
table{border-collapse:collapse;width:100%;font-size:.93rem;line-height:1.4}
caption{text-align:left;color:var(--muted);font-size:.88rem;padding:.7rem 0 .4rem}
caption span{display:inline-block;position:sticky;left:0;max-width:min(49.5rem,calc(100vw - 2.6rem))}
th,td{padding:.42rem .7rem .42rem 0;text-align:left;vertical-align:top;border-bottom:1px solid var(--faint)}
thead th{color:var(--muted);font-weight:600;font-size:.84rem;vertical-align:bottom}
tbody th{font-weight:400;min-width:11rem}
.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}thead .n{white-space:normal}
th:last-child,td:last-child{padding-right:0}
details{margin:.6rem 0}summary{cursor:pointer;color:var(--link)}
code{font:.88em/1.5 "DejaVu Sans Mono",ui-monospace,Consolas,monospace;overflow-wrap:anywhere}
pre{background:var(--band);padding:.8rem 1rem;border-radius:.4rem;overflow-x:auto;white-space:pre-wrap}
.badge{display:inline-block;font-size:.76rem;line-height:1.2;padding:.12rem .45rem;border:1px solid currentColor;
border-radius:1rem;white-space:nowrap;color:var(--muted);vertical-align:.08em}
.badge.official{color:var(--ink);font-weight:700}.badge.reported{color:var(--ink)}
.badge.assumed,.badge.fitted{border-style:dashed}.badge.recalled,.badge.invented{border-style:dotted}
.facts{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(12rem,100%),1fr));gap:.5rem 1.4rem;margin:1rem 0}
.facts div{display:flex;gap:.6rem;justify-content:space-between;border-bottom:1px solid var(--faint);padding:.2rem 0}
.facts dt{color:var(--muted)}.facts dd{margin:0;text-align:right;hyphens:none;overflow-wrap:normal}
ol.life{list-style:none;margin:1.6rem 0;padding:0 0 0 1.35rem;border-left:2px solid var(--faint)}
ol.life>li{position:relative;margin:0 0 1.5rem}
ol.life>li::before{content:"";position:absolute;left:calc(-1.35rem - 7px);top:.5rem;width:12px;height:12px;
border-radius:50%;background:var(--paper);border:3px solid var(--muted)}
ol.life>li.down::before{border-color:var(--ink);background:var(--ink)}ol.life>li.up::before{border-color:var(--ink)}
ol.life>li.wrong::before{border-color:var(--wrong);background:var(--wrong);border-radius:0;transform:rotate(45deg)}
.when{color:var(--muted);font-size:.88rem;margin:0}
.what{font-weight:700;margin:.05rem 0}
.move{display:flex;flex-wrap:wrap;gap:.15rem .9rem;margin:.15rem 0;font-variant-numeric:tabular-nums}
.move b{font-size:1.06rem}
.why,.from{margin:.15rem 0;font-size:.93rem}.from{color:var(--muted)}
.flag{margin:.25rem 0;font-weight:700;font-size:.93rem}.wrong .flag{color:var(--wrong)}
td.hash{font:.8rem/1.4 "DejaVu Sans Mono",ui-monospace,monospace;overflow-wrap:anywhere}
.sources li{margin:.55rem 0}
footer{margin-top:3.5rem;padding-top:1rem;padding-bottom:3rem;color:var(--muted);font-size:.88rem}
@media (max-width:38rem){.chart.wide{display:none}.chart.narrow{display:block}}
@media (max-width:30rem){body{font-size:16px}h1{font-size:1.65rem}h2{font-size:1.3rem}header.top{padding-top:1.6rem}
tbody th{min-width:5.4rem}th,td{padding-right:.35rem}table{font-size:.86rem}.figures{grid-template-columns:1fr 1fr}}
@media print{body{font-size:10.5pt}nav,.skip{display:none}h2{break-after:avoid;margin-top:1.6rem}
ol.life>li,figure,tr,.two>div{break-inside:avoid}.scroll{overflow:visible}.chart svg{min-width:0}
a{color:inherit;text-decoration:none}}
"""

NAMES: Final = {
    "paper": style.PAPER,
    "ink": style.INK,
    "muted": style.MUTED,
    "faint": style.FAINT,
    "band": style.BAND,
    "shade": style.PALE,
    "link": style.BLUE,
    "wrong": style.WRONG,
}


def sheet() -> str:
    """Return the whole style sheet, with the dark colours of text and of charts."""
    light = "".join(f"--{name}:{colour};" for name, colour in NAMES.items())
    dark = "".join(f"--{name}:{style.DARK[colour]};" for name, colour in NAMES.items())
    drawn = "".join(
        f'.chart [fill="{light_colour}"]{{fill:{dark_colour}}}.chart [stroke="{light_colour}"]{{stroke:{dark_colour}}}'
        for light_colour, dark_colour in style.DARK.items()
    )
    root = f":root{{color-scheme:light dark;{light}}}"
    screen = f"@media screen and (prefers-color-scheme:dark){{:root{{{dark}}}{drawn}}}"
    return root + RULES + screen


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
        f"<style>{sheet()}</style></head>\n<body>"
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


def blocks(told: Iterable[Block]) -> str:
    """Return blocks as part of a section."""
    return "".join(_block(block) for block in told)


def _block(block: Block) -> str:
    if isinstance(block, Heading):
        return heading(block.text)
    if isinstance(block, Paragraph):
        return note(block.text) if block.loud else paragraph(block.text, "small" if block.quiet else "")
    if isinstance(block, Sentences):
        return bullets(block.lines) if len(block.lines) > 1 else paragraphs(block.lines)
    if isinstance(block, Grid):
        return table(block.caption, block.heads, block.rows, numbers=bool(block.right))
    if isinstance(block, Verbatim):
        return f"<pre><code>{escaped(block.text)}</code></pre>"
    return paragraph(f"{block.name}: {block.words}") + paragraphs([*block.lines, *block.quiet])


def heading(text: str) -> str:
    """Return a heading inside a section."""
    return f"<h3>{escaped(text)}</h3>"


def bullets(texts: Iterable[str]) -> str:
    """Return a list of plain texts."""
    return f"<ul>{''.join(f'<li>{escaped(text)}</li>' for text in texts)}</ul>"


def folded(title: str, content: str) -> str:
    """Return what a reader opens who wants all of it."""
    return f"<details><summary>{escaped(title)}</summary>{content}</details>"


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
        f"<caption><span>{escaped(caption)}</span></caption><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def figure(svg: str, alt: str, caption: str, name: str, narrow: str = "") -> str:
    """Return a chart as part of the page, with words for those who do not see it; `narrow` is drawn for telephones."""
    wide = f'<div class="chart{" wide" if narrow else ""}" role="img" aria-label="{escaped(alt)}">{_own_ids(svg, name)}</div>'
    if narrow:
        wide += f'<div class="chart narrow" role="img" aria-label="{escaped(alt)}">{_own_ids(narrow, f"{name}-narrow")}</div>'
    return (
        f'<figure><div class="scroll" tabindex="0" role="region" aria-label="Chart">{wide}</div>'
        f"<figcaption>{escaped(caption)}</figcaption></figure>"
    )


def _own_ids(svg: str, name: str) -> str:
    """Return a drawing with ids of its own on the page."""
    inner = re.sub(r"<\?xml[^>]*\?>|<!DOCTYPE[^>]*>", "", svg)
    inner = re.sub(r'id="([^"]+)"', rf'id="{name}-\1"', inner)
    inner = re.sub(r"url\(#([^)]+)\)", rf"url(#{name}-\1)", inner)
    return re.sub(r'(xlink:)?href="#([^"]+)"', rf'\1href="#{name}-\2"', inner)


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
