"""The few shapes that anything is told in: heading, paragraph, sentences, item, grid, verbatim text.

One description serves every writer, so that all say the same: `cli/output.py` (coloured) and `terminal.py` (plain) for a terminal,
`notebook.py`, `html.py` for a page, `markdown.py`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from typing import Any, TypeAlias

from glasstown.letters import shown


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; `level` 1 is the answer's own title."""

    text: str
    level: int = 2


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text; `quiet` for what stands in the background, such as a source, `loud` for what no reader should miss."""

    text: str
    quiet: bool = False
    loud: bool = False


@dataclass(frozen=True, slots=True)
class Sentences:
    """Sentences that stand for themselves, one below the other."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """One entry: a name, its words, and quiet lines below, such as its source."""

    name: str
    words: str
    lines: tuple[str, ...] = ()
    quiet: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: column heads, rows of text, the columns whose numbers stand right, and a name; `roomy` parts long rows."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    right: frozenset[int] = frozenset()
    roomy: bool = False
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Verbatim:
    """Text that is laid out already, line by line."""

    text: str


Block: TypeAlias = Heading | Paragraph | Sentences | Item | Grid | Verbatim


def safe(block: Block) -> Block:
    """Return the block with every letter that no text may have written out; each form of an answer goes through here."""
    return mapped(block, shown)


def mapped(block: Block, change: Callable[[str], str]) -> Block:
    """Return the block with every text changed."""
    return replace(block, **{field.name: _mapped(getattr(block, field.name), change) for field in fields(block)})


def _mapped(value: Any, change: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return change(value)
    return tuple(_mapped(each, change) for each in value) if isinstance(value, tuple) else value
