"""What a file may not hold, whatever it is about: letters that no text may have, and what tells a real person apart.

The text is looked through as it is written, and each value and key as it is read, since an escape can hide a letter.
"""

from __future__ import annotations

from collections.abc import Iterator

from glasstown.errors import Fault, Place
from glasstown.incoming import PRINTABLE, REMOVE, fault_of_text
from glasstown.language.tree import Document, Keys, Tree
from glasstown.letters import first_harmful, in_words
from glasstown.personal import EXPECTED, WAY_OUT, personal


def letter_fault(text: str, shown: str) -> Fault | None:
    """Return the first letter of a file that no text may have, with its place; None where there is none."""
    at = first_harmful(text)
    if at is None:
        return None
    line = text.count("\n", 0, at) + 1
    column = at - text.rfind("\n", 0, at)
    return Fault("file", Place(shown, line, column), in_words(text[at]), PRINTABLE, REMOVE)


def guarded(document: Document, text: str) -> Document:
    """Return the document, its faults joined by one for each value, key and comment that may not be there."""
    has_escapes = "\\" in text
    for path, said, is_key in _texts((), document.data):
        if personal(said) or (has_escapes and first_harmful(said) is not None):
            place = document.key(*path) if is_key else document.at(*path)
            subject = f"key {_named(path)}" if is_key else _named(path)
            document.faults += [fault for fault in (fault_of_text(said, subject, place),) if fault]
    told = {fault.place.line for fault in document.faults if fault.place}
    for number, line in enumerate(text.split("\n"), start=1):
        before, mark, comment = line.partition("#")
        if mark and number not in told and (what := personal(comment)):
            place = Place(document.file, number, len(before) + 1)
            document.faults.append(Fault("comment", place, what, EXPECTED, WAY_OUT))
    return document


def _texts(path: Keys, value: Tree) -> Iterator[tuple[Keys, str, bool]]:
    """Yield every text of a document with the way to it, and whether it is a key."""
    if isinstance(value, str):
        yield path, value, False
    elif isinstance(value, dict):
        for key, inside in value.items():
            yield (*path, key), key, True
            yield from _texts((*path, key), inside)
    elif isinstance(value, list):
        for number, inside in enumerate(value):
            yield from _texts((*path, number), inside)


def _named(path: Keys) -> str:
    """Return the last key on the way to a value, as a fault names it."""
    key = next((str(step) for step in reversed(path) if isinstance(step, str)), "the text")
    return f"'{key}'" if not fault_of_text(key, "", None) else "of a mapping"
