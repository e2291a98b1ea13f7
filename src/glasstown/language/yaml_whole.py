"""The whole of YAML 1.2 to plain values, by the parser's events and a stack of its own: nesting costs no recursion.

Anchors, aliases, tags, directives and further documents are refused: a rulebook says what it says where it says it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.reader import ReaderError

from glasstown.errors import Fault, Place
from glasstown.language.tree import Document, Keys, Tree, UnreadableError, resolve_plain

DEEPEST = 40
"""levels of nesting; the language itself needs nine"""


def read_events(text: str, shown: str) -> Document:
    """Return the document; `UnreadableError` on the fault that ends the reading, others are collected in it."""
    document = Document(shown)
    try:
        _Builder(document).build(YAML(typ="safe", pure=True).parse(text))
    except ReaderError as problem:
        raise UnreadableError(_bad_character(text, shown, problem)) from None
    except MarkedYAMLError as problem:
        raise UnreadableError(_not_yaml(text, shown, problem)) from None
    except YAMLError as problem:
        fault = Fault("file", Place(shown), str(problem), "YAML", "Correct the text at this place.")
        raise UnreadableError(fault) from None
    return document


@dataclass(slots=True)
class _Open:
    """A mapping or list that is not closed yet."""

    path: Keys
    into: dict[str, Tree] | list[Tree]
    key: str | None = None
    dropped: bool = False


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
