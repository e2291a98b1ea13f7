"""The plain part of YAML, read ten times as fast as by the whole parser, or not at all.

Rulebooks keep to one key or item a line, short flow lists, and words, numbers and quotes on one line.  `read_quickly`
reads just that; on anything else, and on any fault, it declines, and the whole parser decides and explains.  What it
does read equals the whole parser's reading, values and places alike; a test compares the two on every file and on
random ones.  `glasstown case` answers within a second because of it.
"""

from __future__ import annotations

import re
from typing import Any

from glasstown.language.tree import Document, Keys, Tree, resolve_plain

_STRANGE = re.compile(r"[^\n\x20-\x7e\u00a0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd]")
_LINE = re.compile(r"( *)([^ \n][^\n]*)")
_KEY = re.compile(r"([A-Za-z0-9_][A-Za-z0-9_+./-]*):(?: +|$)")
_FLOW_KEY = re.compile(r"([A-Za-z0-9_][A-Za-z0-9_+./-]*): +")
_FLOW_PLAIN = re.compile(r"(?:[^\s,\[\]{}#&*!|>'\"%@`?:=<~-]|-(?=[\w.]))[^,\[\]{}:#]*")
_QUOTED = re.compile(r"\"([^\"\\]*)\"|'((?:[^']|'')*)'")
_BLOCK = re.compile(r"([|>])(-?)")
_END = re.compile(r" *(?: #.*)?")
_NOT_FIRST = frozenset("&*!|>%@`?:,[]{}#'\"=<~")
_DEEPEST = 30


class _DeclinedError(Exception):
    """The text has something that this reader leaves to the whole parser."""


def read_quickly(text: str, shown: str) -> Document | None:
    """Return the document, or None where the whole parser must read it."""
    if _STRANGE.search(text):
        return None
    try:
        return _Reader(text, shown).read()
    except _DeclinedError:
        return None


class _Reader:
    """Goes through the lines that have content; each is (number, indent, content)."""

    def __init__(self, text: str, shown: str) -> None:
        self.document = Document(shown)
        self.raw = text.split("\n")
        self.lines: list[tuple[int, int, str]] = []
        for number, line in enumerate(self.raw):
            content = line.lstrip(" ")
            if content and content[0] != "#":
                self.lines.append((number, len(line) - len(content), content.rstrip(" ")))
        self.lines.append((len(self.raw), -1, ""))
        self.at = 0

    def read(self) -> Document:
        """Return the whole document, a mapping; `_DeclinedError` otherwise."""
        if self.lines[0][1] != 0:
            raise _DeclinedError
        self.document.data = self._mapping((), 0)
        if self.lines[self.at][1] != -1:
            raise _DeclinedError
        return self.document

    def _put(self, path: Keys, line: int, column: int) -> None:
        self.document.values[path] = (line + 1, column + 1)

    def _mapping(self, path: Keys, indent: int) -> Tree:
        """Read `key: value` lines of one indent; the first may stand behind a '- '."""
        into: dict[str, Tree] = {}
        number, _, _ = self.lines[self.at]
        self._put(path, number, indent)
        while self.lines[self.at][1] == indent:
            number, _, content = self.lines[self.at]
            found = _KEY.match(content)
            if found is None:
                break
            key = found[1]
            if key in into or len(path) > _DEEPEST:
                raise _DeclinedError
            inside = (*path, key)
            self.document.keys[inside] = (number + 1, indent + 1)
            into[key] = self._value(inside, indent, content, found.end())
        if self.lines[self.at][1] > indent or not into:
            raise _DeclinedError
        return into

    def _list(self, path: Keys, indent: int) -> Tree:
        """Read '- ' lines of one indent."""
        into: list[Tree] = []
        self._put(path, self.lines[self.at][0], indent)
        while self.lines[self.at][1] == indent and self.lines[self.at][2].startswith("- "):
            number, _, content = self.lines[self.at]
            rest = content[2:].lstrip(" ")
            start = len(content) - len(rest)
            inside = (*path, len(into))
            if _KEY.match(rest):
                self.lines[self.at] = (number, indent + start, rest)
                into.append(self._mapping(inside, indent + start))
            elif rest.startswith(("- ", "#")) or rest in ("-", ""):
                raise _DeclinedError
            else:
                into.append(self._value(inside, indent, content, start))
        if self.lines[self.at][1] > indent:
            raise _DeclinedError
        return into

    def _value(self, path: Keys, indent: int, content: str, start: int) -> Tree:
        """Read what stands behind a key or '- ', on this line or, more indented, on the next ones."""
        number, own_indent, _ = self.lines[self.at]
        self.at += 1
        rest = content[start:]
        _, deeper, next_content = self.lines[self.at]
        if not rest or rest[0] == "#":
            if deeper > indent and not next_content.startswith("- "):
                return self._mapping(path, deeper)
            if deeper >= indent and next_content.startswith("- "):
                return self._list(path, deeper)
            raise _DeclinedError
        self._put(path, number, own_indent + start)
        if (block := _BLOCK.fullmatch(rest)) is not None:
            return self._block(block[1], block[2], number, indent)
        if deeper > indent:
            raise _DeclinedError
        value, end = self._inline(path, number, own_indent, content, start)
        if _END.fullmatch(content, end) is None:
            raise _DeclinedError
        return value

    def _inline(self, path: Keys, number: int, shift: int, content: str, start: int) -> tuple[Tree, int]:
        first = content[start]
        if first in "[{":
            return self._flow(path, number, shift, content, start)
        if first in "\"'":
            return self._quoted(content, start)
        if first in _NOT_FIRST or (first == "-" and content[start + 1 : start + 2] in ("", " ")):
            raise _DeclinedError
        word = content[start:].split(" #", 1)[0].rstrip(" ")
        if ": " in word or word[-1] == ":" or (shift == 0 and word.startswith(("---", "..."))):
            raise _DeclinedError
        return self._plain(word), start + len(word)

    def _plain(self, word: str) -> Tree:
        try:
            return resolve_plain(word)
        except ValueError:
            raise _DeclinedError from None

    def _quoted(self, content: str, start: int) -> tuple[str, int]:
        found = _QUOTED.match(content, start)
        if found is None:
            raise _DeclinedError
        return (found[1] if found[1] is not None else found[2].replace("''", "'")), found.end()

    def _block(self, style: str, chomp: str, number: int, indent: int) -> str:
        """Read a text of several lines; one with blank lines or an indent of its own is declined."""
        lines: list[str] = []
        inner = 0
        line = number + 1
        while line < len(self.raw) and (content := self.raw[line].lstrip(" ")):
            own = len(self.raw[line]) - len(content)
            if own <= indent:
                break
            inner = inner or own
            if own != inner or self.raw[line][-1] == " ":
                raise _DeclinedError
            lines.append(content)
            line += 1
        # A blank line ends the text only if what follows it is not part of it.
        while self.lines[self.at][0] < line:
            self.at += 1
        after = next((each for each in self.raw[line:] if each.strip(" ")), "")
        if not lines or (len(after) - len(after.lstrip(" ")) > indent) or self._is_open_end(line, chomp):
            raise _DeclinedError
        return (" " if style == ">" else "\n").join(lines) + ("" if chomp else "\n")

    def _is_open_end(self, line: int, chomp: str) -> bool:
        """Return whether the text runs to the end of a file without a last line end."""
        return not chomp and line >= len(self.raw)

    def _flow(self, path: Keys, number: int, shift: int, content: str, start: int) -> tuple[Tree, int]:
        """Read a flow list or mapping that closes on its line; return it and where it ends."""
        if len(path) > _DEEPEST:
            raise _DeclinedError
        is_mapping = content[start] == "{"
        into: Any = {} if is_mapping else []
        close = "}" if is_mapping else "]"
        at = _skip(content, start + 1)
        while content[at : at + 1] != close or into:
            inside: Keys
            if is_mapping:
                found = _FLOW_KEY.match(content, at)
                if found is None or found[1] in into:
                    raise _DeclinedError
                inside = (*path, found[1])
                self.document.keys[inside] = (number + 1, shift + at + 1)
                at = found.end()
            else:
                inside = (*path, len(into))
            self._put(inside, number, shift + at)
            value, at = self._flow_value(inside, number, shift, content, at)
            if is_mapping:
                into[inside[-1]] = value
            else:
                into.append(value)
            at = _skip(content, at)
            if content[at : at + 1] == close:
                break
            if content[at : at + 1] != ",":
                raise _DeclinedError
            at = _skip(content, at + 1)
        return into, at + 1

    def _flow_value(self, path: Keys, number: int, shift: int, content: str, at: int) -> tuple[Tree, int]:
        first = content[at : at + 1]
        if first in ("[", "{"):
            return self._flow(path, number, shift, content, at)
        if first in ('"', "'"):
            return self._quoted(content, at)
        found = _FLOW_PLAIN.match(content, at)
        if found is None:
            raise _DeclinedError
        return self._plain(found[0].rstrip(" ")), found.end()


def _skip(content: str, at: int) -> int:
    """Return the first position from `at` on that is no space."""
    while content[at : at + 1] == " ":
        at += 1
    return at
