"""Letters that no text may have: each kind is refused on its way in and written out on its way out."""

from __future__ import annotations

import json

import pytest

from glasstown.letters import first_harmful, in_words, shown, shown_in_json

HARMFUL = [
    *(chr(code) for code in (0, 7, 8, 0x0B, 0x0C, 0x0D, 0x1B, 0x1F, 0x7F, 0x80, 0x85, 0x9B, 0x9D, 0x9F)),
    *"\u061c\u200e\u200f\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff\ufffe\uffff\ufdd0",
    *"\ud800\udcff\U0001fffe\U000e0041",
]
HARMLESS = "a Z 9 \t\n é 信用 “quoted” – № ½ \u200d\U0001f3fd \u00a0"


@pytest.mark.parametrize("letter", HARMFUL, ids=lambda letter: f"{ord(letter):04X}")
def test_harmful_letter__is_found_and_written_out(letter: str) -> None:
    text = f"信用{letter}!"
    assert first_harmful(text) == 2
    assert f"U+{ord(letter):04X}" in in_words(letter)
    assert first_harmful(shown(text)) is None
    document = json.dumps({"a": text}, ensure_ascii=False)
    assert first_harmful(shown_in_json(document)) is None
    assert json.loads(shown_in_json(document)) == {"a": text}


def test_other_letters__are_left_as_they_are() -> None:
    assert first_harmful(HARMLESS) is None
    assert shown(HARMLESS) == HARMLESS


def test_carriage_return__is_harmless_before_a_line_end_alone() -> None:
    assert first_harmful("a\r\nb\r\n") is None
    assert first_harmful("a\r\nb\rc") == 4
