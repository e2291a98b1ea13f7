"""A YAML file to plain values, with the place of every key and value.

Text of the plain kind is read quickly; all other text, and every fault, is the whole parser's, which is imported
only then.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from glasstown.errors import Fault, Place
from glasstown.incoming import fault_of_name
from glasstown.language.guard import guarded, letter_fault
from glasstown.language.tree import Document, Keys, Tree, UnreadableError
from glasstown.language.yaml_plain import read_quickly

__all__ = ["Document", "Keys", "Tree", "UnreadableError", "parse_tree", "read_text", "read_tree"]

LARGEST_FILE = 1 << 20
"""bytes; a rulebook of a thousand clauses has half of it"""


OF_THE_SHELL = (("/", "dev"), ("/", "proc"))
"""Where a shell puts what another command writes, as in `<(...)`: there somebody does write."""


FROM_A_PIPE = "Write what it would bring into a file."


def is_pipe(path: Path) -> bool:
    """Return whether a path is a pipe into which nobody may ever write: reading it could wait for ever."""
    return path.is_fifo() and path.parts[:2] not in OF_THE_SHELL


def read_text(path: Path, shown: str) -> str:
    """Return the text of a file; `UnreadableError` where there is none, it is too large, not UTF-8, or may not come in."""

    def refuse(found: str, expected: str, way_out: str, line: int | None = None) -> UnreadableError:
        return UnreadableError(Fault("file", Place(shown, line), found, expected, way_out))

    wrong_name = fault_of_name(path)
    if wrong_name is not None:
        raise UnreadableError(wrong_name)
    if is_pipe(path):
        raise refuse("a pipe", "a YAML file", FROM_A_PIPE)
    try:
        with path.open("rb") as stream:
            raw = stream.read(LARGEST_FILE + 1)
    except FileNotFoundError:
        raise refuse("no such file", "a YAML file", "Check the name.") from None
    except IsADirectoryError:
        raise refuse("a folder", "a YAML file", "Name a file, or put one in its place.") from None
    except OSError as problem:
        if path.is_socket():
            raise refuse("a socket", "a YAML file", "Name a file, or put one in its place.") from None
        reason = problem.strerror or type(problem).__name__
        raise refuse(f"a file that cannot be read ({reason})", "a readable file", "Check its permissions.") from None
    if len(raw) > LARGEST_FILE:
        raise refuse(f"more than {LARGEST_FILE // 1024} KiB", "a smaller file", "Split it, or remove what is no rule.")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        line = raw.count(b"\n", 0, problem.start) + 1
        found = f"byte 0x{raw[problem.start]:02x}, which is not UTF-8"
        raise refuse(found, "text in UTF-8", "Save the file with the encoding UTF-8.", line) from None
    wrong_letter = letter_fault(text, shown)
    if wrong_letter is not None:
        raise UnreadableError(wrong_letter)
    return text


def read_tree(path: Path, shown: str) -> Document:
    """Read a file into plain values; `UnreadableError` on the fault that ends the reading, others are collected."""
    return parse_tree(read_text(path, shown), shown)


def parse_tree(text: str, shown: str) -> Document:
    """Return a text as plain values; `shown` is what faults call it.  `UnreadableError` as for a file.

    One that was read before is not read again, and each caller has a copy to change.
    """
    return _parsed(text, shown).copy()


@lru_cache(maxsize=32)  # the texts of one run, twice over
def _parsed(text: str, shown: str) -> Document:
    document = read_quickly(text, shown)
    if document is None:
        from glasstown.language.yaml_whole import read_events

        document = read_events(text, shown)
    return guarded(document, text)
