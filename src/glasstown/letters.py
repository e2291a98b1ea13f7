"""Letters that no text here may have: those that steer a terminal, turn the direction of writing, or are no letters at all.

A reader refuses them where they come in; a writer writes them out (`shown`), since a run from somebody else was read by
no door of ours.
"""

from __future__ import annotations

import re
from typing import Final

HARMFUL: Final = re.compile(
    "["
    "\x00-\x08\x0b-\x1f\x7f-\x9f"  # control characters, but for tab and line end
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # marks and overrides of direction
    "\u2028\u2029"  # line ends that most readers do not count
    "\ufeff\ufff9-\ufffb"  # a byte order mark inside a text, and marks around annotations
    "\ud800-\udfff"  # halves of a pair: no characters
    "\ufdd0-\ufdef\ufffe\uffff"  # never characters
    + "".join(f"{chr(plane << 16 | 0xFFFE)}{chr(plane << 16 | 0xFFFF)}" for plane in range(1, 17))
    + "\U000e0000-\U000e007f"  # tags: text that nobody sees
    "]"
)
"""One letter that no text may have."""
_WINDOWS_LINE_END: Final = re.compile(r"\r(?=\n)")


def first_harmful(text: str) -> int | None:
    """Return where the first such letter stands, or None; a carriage return before a line end is part of it."""
    found = HARMFUL.search(text)
    while found is not None and _WINDOWS_LINE_END.match(text, found.start()):
        found = HARMFUL.search(text, found.end())
    return None if found is None else found.start()


def shown(text: str) -> str:
    """Return the text with each such letter written out, such as \\x1b or \\u202e: safe on a terminal, in HTML and SVG."""
    return HARMFUL.sub(lambda found: repr(found[0])[1:-1], text)


def shown_in_json(text: str) -> str:
    """Return a JSON document with each such letter written as JSON writes it: it is read back as it was."""
    return HARMFUL.sub(lambda found: _json_escape(ord(found[0])), text)


def in_words(letter: str) -> str:
    """Return a letter's number and, for the commonest kinds, what it does."""
    code = ord(letter)
    if 0xD800 <= code <= 0xDFFF:
        return f"U+{code:04X}, which is no character (bytes that are not UTF-8)"
    if letter in "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069":
        return f"U+{code:04X}, which turns the direction of writing"
    return f"the control character U+{code:04X}" if code < 0xA0 else f"U+{code:04X}, which nobody can see"


def _json_escape(code: int) -> str:
    if code < 0x10000:
        return f"\\u{code:04x}"
    high, low = divmod(code - 0x10000, 0x400)
    return f"\\u{0xD800 + high:04x}\\u{0xDC00 + low:04x}"
