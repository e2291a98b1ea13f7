"""YAML text to plain values, with the place of every key and value.

Works on the parser's events with its own stack: nesting costs no recursion.  Plain words and numbers are resolved here,
by the core schema of YAML 1.2 and dates: a number is an `int` or an exact `Decimal`, never a float; what stands in
quotes is text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeAlias

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.reader import ReaderError

from glasstown.errors import Fault, Place

Scalar: TypeAlias = "str | int | Decimal | bool | date | None"
Tree: TypeAlias = "dict[str, Tree] | list[Tree] | Scalar"
Keys: TypeAlias = tuple[str | int, ...]
"""The way from the root of a file to a value: keys of mappings and positions in lists."""

LARGEST_FILE = 1 << 20
"""bytes; a rulebook of a thousand clauses has half of it"""
DEEPEST = 40
"""levels of nesting; the language itself needs nine"""
LONGEST_NUMBER = 30
"""characters of a number, and the largest power of ten in one"""

_INT = re.compile(r"[-+]?[0-9]+")
_HEX = re.compile(r"0x[0-9a-fA-F]+")
_OCTAL = re.compile(r"0o[0-7]+")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE]([-+]?[0-9]+))?")
_NOT_FINITE = re.compile(r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)")
_DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_WORDS: dict[str, Scalar] = {"": None, "~": None}
_WORDS |= dict.fromkeys(("null", "Null", "NULL"))
_WORDS |= dict.fromkeys(("true", "True", "TRUE"), True)
_WORDS |= dict.fromkeys(("false", "False", "FALSE"), False)
_FIRST_OF_VALUE = frozenset("0123456789+-.")


class UnreadableError(Exception):
    """The file cannot be read to its end: one fault, which ends the reading."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(str(fault))
        self.fault = fault


@dataclass(slots=True)
class Document:
    """One file as plain values, with the places of its keys and values (line and column from 1)."""

    file: str
    data: Tree = None
    values: dict[Keys, tuple[int, int]] = field(default_factory=dict)
    keys: dict[Keys, tuple[int, int]] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    unresolved: set[Keys] = field(default_factory=set)
    """where a value stands that has no meaning; its fault is told already"""

    def at(self, *path: str | int) -> Place:
        """Return where the value stands; where it is left out, the nearest value around it."""
        while path and path not in self.values:
            path = path[:-1]
        return Place(self.file, *self.values.get(path, (None, None)))

    def key(self, *path: str | int) -> Place:
        """Return where the key of the value stands; an item of a list stands where its value does."""
        found = self.keys.get(path)
        return Place(self.file, *found) if found else self.at(*path)


@dataclass(slots=True)
class _Open:
    """A mapping or list that is not closed yet."""

    path: Keys
    into: dict[str, Tree] | list[Tree]
    key: str | None = None
    dropped: bool = False


def read_text(path: Path, shown: str) -> str:
    """Return the text of a file; `UnreadableError` where there is none, it is too large, or it is not UTF-8."""

    def refuse(found: str, expected: str, way_out: str, line: int | None = None) -> UnreadableError:
        return UnreadableError(Fault("file", Place(shown, line), found, expected, way_out))

    try:
        with path.open("rb") as stream:
            raw = stream.read(LARGEST_FILE + 1)
    except FileNotFoundError:
        raise refuse("no such file", "a YAML file", "Check the name.") from None
    except IsADirectoryError:
        raise refuse("a folder", "a YAML file", "Name the file inside it.") from None
    except OSError as problem:
        reason = problem.strerror or type(problem).__name__
        raise refuse(f"a file that cannot be read ({reason})", "a readable file", "Check its permissions.") from None
    if len(raw) > LARGEST_FILE:
        raise refuse(f"more than {LARGEST_FILE // 1024} KiB", "a smaller file", "Split it, or remove what is no rule.")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        line = raw.count(b"\n", 0, problem.start) + 1
        found = f"byte 0x{raw[problem.start]:02x}, which is not UTF-8"
        raise refuse(found, "text in UTF-8", "Save the file with the encoding UTF-8.", line) from None


def read_tree(path: Path, shown: str) -> Document:
    """Read a file into plain values; `UnreadableError` on the fault that ends the reading, others are collected."""
    text = read_text(path, shown)
    document = Document(shown)
    try:
        _Builder(document).build(YAML(typ="safe", pure=True).parse(text))
    except ReaderError as problem:
        raise UnreadableError(_bad_character(text, shown, problem)) from None
    except MarkedYAMLError as problem:
        raise UnreadableError(_not_yaml(text, shown, problem)) from None
    except YAMLError as problem:
        place = Place(shown)
        raise UnreadableError(Fault("file", place, str(problem), "YAML", "Correct the text at this place.")) from None
    return document


class _Builder:
    """Turns events into values, on a stack of its own."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.stack: list[_Open] = []
        self.n_documents = 0

    def build(self, events: Iterator[Any]) -> None:
        """Consume all events; the document's data is complete afterwards."""
        for event in events:
            name = type(event).__name__
            if name == "ScalarEvent":
                self._refuse_extras(event)
                self._scalar(event)
            elif name in ("MappingStartEvent", "SequenceStartEvent"):
                self._refuse_extras(event)
                self._open(event, {} if name == "MappingStartEvent" else [])
            elif name in ("MappingEndEvent", "SequenceEndEvent"):
                self.stack.pop()
            elif name == "DocumentStartEvent":
                self._document(event)
            elif name == "AliasEvent":
                raise self._refused(event, f"the alias *{event.anchor}", "the value itself", "Write it out here.")

    def _scalar(self, event: Any) -> None:
        mark = event.start_mark
        place = (mark.line + 1, mark.column + 1)
        top = self.stack[-1] if self.stack else None
        if top is not None and isinstance(top.into, dict) and top.key is None:
            self._key(top, event.value, place)
            return
        if event.style:
            self._put(event.value, place)
            return
        try:
            self._put(resolve_plain(event.value), place)
        except ValueError as problem:
            found, expected, way_out = problem.args
            self.document.unresolved.add(self._put(None, place))
            self.document.faults.append(Fault("value", Place(self.document.file, *place), found, expected, way_out))

    def _key(self, top: _Open, key: str, place: tuple[int, int]) -> None:
        path = (*top.path, key)
        top.key = key
        top.dropped = key in top.into
        if top.dropped:
            first = self.document.keys[path][0]
            self.document.faults.append(
                Fault(
                    f"key '{key}'",
                    Place(self.document.file, *place),
                    f"it a second time (first in line {first})",
                    "each key once",
                    "Remove one of the two.",
                )
            )
        else:
            self.document.keys[path] = place

    def _put(self, value: Tree, place: tuple[int, int]) -> Keys:
        """Put a value where the open mapping or list wants it; return its path."""
        if not self.stack:
            self.document.data = value
            self.document.values[()] = place
            return ()
        top = self.stack[-1]
        if isinstance(top.into, list):
            path: Keys = (*top.path, len(top.into))
            top.into.append(value)
            self.document.values[path] = place
            return path
        assert top.key is not None
        path = (*top.path, top.key)
        if not top.dropped:
            top.into[top.key] = value
            self.document.values[path] = place
        top.key = None
        return path

    def _open(self, event: Any, into: dict[str, Tree] | list[Tree]) -> None:
        mark = event.start_mark
        if len(self.stack) >= DEEPEST:
            raise self._refused(
                event, f"more than {DEEPEST} levels of nesting", "at most nine in a rulebook", "Check the indentation."
            )
        top = self.stack[-1] if self.stack else None
        if top is not None and isinstance(top.into, dict) and top.key is None:
            raise self._refused(event, "a mapping or list as a key", "a word as key", "Give the value a name.")
        path = self._put(into, (mark.line + 1, mark.column + 1))
        self.stack.append(_Open(path, into))

    def _document(self, event: Any) -> None:
        self.n_documents += 1
        if self.n_documents > 1:
            raise self._refused(event, "a second document ('---')", "one document", "Put it in a file of its own.")
        if event.version is not None or event.tags:
            raise self._refused(event, "a directive (%)", "none", "Remove the line.")

    def _refuse_extras(self, event: Any) -> None:
        if event.anchor is not None:
            raise self._refused(event, f"the anchor &{event.anchor}", "none", "Remove it, and write values out.")
        if event.ctag is not None and str(event.ctag) not in ("None", "!"):
            raise self._refused(event, f"the tag {event.ctag}", "none", "Remove it.")

    def _refused(self, event: Any, found: str, expected: str, way_out: str) -> UnreadableError:
        mark = event.start_mark
        return UnreadableError(
            Fault("file", Place(self.document.file, mark.line + 1, mark.column + 1), found, expected, way_out)
        )


def resolve_plain(text: str) -> Scalar:
    """Return the value of a word without quotes; `ValueError(found, expected, way out)` where it has none."""
    if text in _WORDS:
        return _WORDS[text]
    if text[0] not in _FIRST_OF_VALUE:
        return text
    if _NOT_FINITE.fullmatch(text):
        raise ValueError(text, "a finite number", "Write 'unknown', 'top' or 'lowest' where the language has them.")
    if found := _DATE.fullmatch(text):
        try:
            return date(*(int(part) for part in found.groups()))
        except ValueError:
            raise ValueError(
                f"the date {text}, which does not exist", "a day of the calendar", "Correct the day, month or year."
            ) from None
    if found := _FLOAT.fullmatch(text):
        if len(text) > LONGEST_NUMBER or abs(int(found[1] or 0)) > LONGEST_NUMBER:
            raise ValueError(
                f"the number {text[:LONGEST_NUMBER]}..." if len(text) > LONGEST_NUMBER else f"the number {text}",
                f"a number of at most {LONGEST_NUMBER} digits",
                "Write a smaller one.",
            )
        return int(text) if _INT.fullmatch(text) else Decimal(text)
    if (_HEX.fullmatch(text) or _OCTAL.fullmatch(text)) and len(text) <= LONGEST_NUMBER:
        return int(text, 0)
    return text


def _bad_character(text: str, shown: str, problem: Any) -> Fault:
    position = int(problem.position)
    line = text.count("\n", 0, position) + 1
    column = position - (text.rfind("\n", 0, position) + 1) + 1
    code = ord(text[position]) if position < len(text) else 0
    return Fault(
        "file", Place(shown, line, column), f"the control character U+{code:04X}", "printable text", "Remove it."
    )


def _not_yaml(text: str, shown: str, problem: Any) -> Fault:
    mark = problem.problem_mark or problem.context_mark
    line = text.splitlines()[mark.line] if mark and mark.line < len(text.splitlines()) else ""
    place = Place(shown, mark.line + 1, mark.column + 1) if mark else Place(shown)
    indent = line[: len(line) - len(line.lstrip())]
    if "\t" in indent or line[mark.column : mark.column + 1] == "\t":
        return Fault("file", place, "a tab character", "spaces", "Replace the tab by spaces.")
    if "mapping values are not allowed" in str(problem.problem):
        return Fault(
            "file",
            place,
            "a second ': ' in one line, or a key that is indented too far",
            "one key with one value",
            "Put the text after the first colon in quotes, or correct the indentation.",
        )
    if "quoted scalar" in str(problem.context) and "end of stream" in str(problem.problem):
        start = Place(shown, problem.context_mark.line + 1, problem.context_mark.column + 1)
        return Fault("file", start, "a quote that is not closed", "a closing quote", "Close the quote on its line.")
    said = " ".join(str(part) for part in (problem.context, problem.problem) if part)
    return Fault("file", place, f"text that is not YAML ({said})", "YAML", "Correct the text at this place.")
