"""Blocks as plain text for a terminal: headings, wrapped sentences and aligned columns, no wider than asked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from glasstown.render.blocks import Block, Grid, Heading, Item, Paragraph, Sentences, Verbatim, safe
from glasstown.render.words import wrapped

GAP: Final = 2
NARROWEST: Final = 40
INDENT: Final = "  "


def lines(blocks: Iterable[Block], width: int) -> list[str]:
    """Return blocks as lines; a blank one parts an answer's own title from what stands before it."""
    return [line for block in blocks for line in _lines(safe(block), width)]


def _lines(block: Block, width: int) -> list[str]:
    if isinstance(block, Heading):
        return title(block.text, width) if block.level == 1 else heading(block.text, width)
    if isinstance(block, Paragraph):
        return paragraph(block.text, width)
    if isinstance(block, Sentences):
        return [line for text in block.lines for line in paragraph(text, width)]
    if isinstance(block, Grid):
        return columns(block.heads, block.rows, width)
    if isinstance(block, Verbatim):
        return block.text.splitlines()
    return _item(block, width)


def _item(block: Item, width: int) -> list[str]:
    below = [line for text in (*block.lines, *block.quiet) for line in wrapped(text, max(width, NARROWEST), INDENT * 2)]
    return [*paragraph(f"{block.name}  {block.words}", width), *below]


def title(text: str, width: int) -> list[str]:
    """Return the title of a whole answer, with a double rule below it."""
    return ["", text, "=" * min(len(text), width)]


def heading(text: str, width: int) -> list[str]:
    """Return a heading with a rule below it."""
    return ["", text, "-" * min(len(text), width)]


def paragraph(text: str, width: int) -> list[str]:
    """Return a sentence or more, indented and wrapped."""
    return wrapped(text, max(width, NARROWEST), INDENT)


def columns(head: Sequence[str], rows: Sequence[Sequence[str]], width: int) -> list[str]:
    """Return rows under a head: the first column is words and wraps, the others are numbers and stand to the right."""
    width = max(width, NARROWEST)
    sizes = [max(len(row[i]) for row in (head, *rows)) for i in range(1, len(head))]
    room = max(16, width - len(INDENT) - sum(sizes) - GAP * len(sizes))
    room = min(room, max(len(row[0]) for row in (head, *rows)))
    return [line for row in (head, *rows) for line in _row(row, room, sizes)]


def _row(row: Sequence[str], room: int, sizes: Sequence[int]) -> list[str]:
    first, *more = wrapped(row[0], room) or [""]
    numbers = "".join(" " * GAP + cell.rjust(size) for cell, size in zip(row[1:], sizes, strict=True))
    return [(INDENT + first.ljust(room) + numbers).rstrip(), *(INDENT * 2 + line for line in more)]


def joined(lines: Sequence[str]) -> str:
    """Return the lines as one text that ends with a line break and begins with none."""
    return "\n".join(lines).strip("\n") + "\n"
