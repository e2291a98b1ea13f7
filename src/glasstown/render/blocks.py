"""The few shapes that an answer is shown in: heading, paragraph, list of items, grid.

One description serves the terminal (`cli/output.py`) and the notebook (`as_html`), so that both say the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace
from html import escape
from typing import Any, TypeAlias

from glasstown.letters import shown


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; `level` 1 is the answer's own title."""

    text: str
    level: int = 2


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text; `quiet` for what stands in the background, such as a source."""

    text: str
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """One entry: a name, its words, and quiet lines below, such as its source."""

    name: str
    words: str
    lines: tuple[str, ...] = ()
    quiet: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: column heads, rows of text, and the columns whose numbers stand right; `roomy` parts long rows."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    right: frozenset[int] = frozenset()
    roomy: bool = False


@dataclass(frozen=True, slots=True)
class Verbatim:
    """Text that is laid out already, line by line."""

    text: str


Block: TypeAlias = Heading | Paragraph | Item | Grid | Verbatim


def safe(block: Block) -> Block:
    """Return the block with every letter that no text may have written out; each form of an answer goes through here."""
    return replace(block, **{field.name: _safe(getattr(block, field.name)) for field in fields(block)})


def _safe(value: Any) -> Any:
    if isinstance(value, str):
        return shown(value)
    return tuple(_safe(each) for each in value) if isinstance(value, tuple) else value


def as_html(blocks: Iterable[Block]) -> str:
    """Return the blocks as one self-contained piece of HTML, every text escaped."""
    return f"<div class='glasstown'>{''.join(_html(safe(block)) for block in blocks)}</div>"


def _html(block: Block) -> str:
    if isinstance(block, Heading):
        tag = f"h{min(block.level + 2, 6)}"
        return f"<{tag}>{escape(block.text)}</{tag}>"
    if isinstance(block, Paragraph):
        words = escape(block.text)
        return f"<p><small>{words}</small></p>" if block.quiet else f"<p>{words}</p>"
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
