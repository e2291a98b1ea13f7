"""Blocks as HTML for a notebook: one self-contained piece without style of its own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from glasstown.render.blocks import Block, Heading, Item, Paragraph, Sentences, Verbatim, safe


def as_html(blocks: Iterable[Block]) -> str:
    """Return the blocks as one self-contained piece of HTML, every text escaped."""
    return f"<div class='glasstown'>{''.join(_html(safe(block)) for block in blocks)}</div>"


def _html(block: Block) -> str:
    if isinstance(block, Heading):
        tag = f"h{min(block.level + 2, 6)}"
        return f"<{tag}>{escape(block.text)}</{tag}>"
    if isinstance(block, Paragraph):
        words = escape(block.text)
        tag = "small" if block.quiet else "strong" if block.loud else ""
        return f"<p><{tag}>{words}</{tag}></p>" if tag else f"<p>{words}</p>"
    if isinstance(block, Sentences):
        return "".join(f"<p>{escape(line)}</p>" for line in block.lines)
    if isinstance(block, Item):
        below = [escape(line) for line in block.lines] + [f"<small>{escape(line)}</small>" for line in block.quiet]
        return f"<p><b>{escape(block.name)}</b> {escape(block.words)}{''.join(f'<br>{line}' for line in below)}</p>"
    if isinstance(block, Verbatim):
        return f"<pre>{escape(block.text)}</pre>"
    return f"<table><thead><tr>{_cells('th', block.heads)}</tr></thead><tbody>{_rows(block.rows)}</tbody></table>"


def _rows(rows: Sequence[Sequence[str]]) -> str:
    return "".join(f"<tr>{_cells('td', row)}</tr>" for row in rows)


def _cells(tag: str, texts: Sequence[str]) -> str:
    return "".join(f"<{tag}>{escape(text).replace(chr(10), '<br>')}</{tag}>" for text in texts)
