"""Blocks as Markdown: the third form of an answer, beside the terminal and the notebook, for pages that are generated."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from glasstown.language.model_base import is_address
from glasstown.render.blocks import Block, Grid, Heading, Item, Paragraph, Sentences, Verbatim, safe

SPECIAL = re.compile(r"([\\`*_\[\]<>|])")
BLANKS = re.compile(r"\n{3,}")
PARTED = re.compile(r"(^ *- .*\n)(?! *- |\n|\Z)", flags=re.MULTILINE)
"""the last line of a list, where something else follows at once"""


def as_markdown(blocks: Iterable[Block]) -> str:
    """Return the blocks as one Markdown text that ends with a line end; every text is escaped."""
    text = "".join(_markdown(safe(block)) for block in blocks)
    return BLANKS.sub("\n\n", PARTED.sub(r"\1\n", text)).lstrip("\n")


def escaped(text: str) -> str:
    """Return text that Markdown shows as it is, in one line; what is an address and nothing else becomes a link."""
    if is_address(text):
        return f"<{text}>"
    return SPECIAL.sub(r"\\\1", " ".join(text.split()))


def table(heads: Sequence[str], rows: Iterable[Sequence[str]], right: frozenset[int] = frozenset()) -> str:
    """Return a Markdown table of cells that are escaped already."""
    rule = "".join("--:|" if place in right else "---|" for place in range(len(heads)))
    lines = [f"| {' | '.join(heads)} |", f"|{rule}", *(f"| {' | '.join(row)} |" for row in rows)]
    return "\n".join(lines) + "\n"


def _markdown(block: Block) -> str:
    if isinstance(block, Heading):
        return f"\n{'#' * block.level} {escaped(block.text)}\n\n"
    if isinstance(block, Paragraph):
        return f"{escaped(block.text)}\n\n"
    if isinstance(block, Sentences):
        return "".join(f"{escaped(line)}\n\n" for line in block.lines)
    if isinstance(block, Item):
        below = [*block.lines, *block.quiet]
        return "".join(
            [f"- **{escaped(block.name)}** {escaped(block.words)}\n", *(f"  - {escaped(each)}\n" for each in below)]
        )
    if isinstance(block, Verbatim):
        return f"```text\n{block.text.rstrip()}\n```\n\n"
    return _grid(block)


def _grid(block: Grid) -> str:
    rows = ([escaped(cell) for cell in row] for row in block.rows)
    return "\n" + table([escaped(head) for head in block.heads], rows, block.right) + "\n"
