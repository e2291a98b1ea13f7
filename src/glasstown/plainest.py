"""A text in its plainest letters: marks, invisible letters and the many ways to write a digit taken away, for looking only."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_NUMERALS: Final = (
    "〇零", "〡一壱壹幺弌", "〢㒃二弍弐貮貳贰", "〣三仨叁参參叄弎", "〤亖四肆",
    "〥㐅㠪五伍", "〦六陆陸", "〧㭍七柒漆", "〨八捌", "〩九廾玖",
)  # fmt: skip
"""Chinese signs for each digit, those of account books included"""
NUMERALS: Final = "".join(_NUMERALS)
_DIGITS: Final = {ord(letter): str(digit) for digit, letters in enumerate(_NUMERALS) for letter in letters}
_UNSEEN: Final = re.compile(
    "[\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\U000e0000-\U000e01ef]"
)


def plainest(text: str) -> str:
    """Return the text in its plainest letters: all digits as ours, without marks and what cannot be seen."""
    if text.isascii():
        return text
    return "".join(_plain(letter) for letter in unicodedata.normalize("NFKD", _UNSEEN.sub("", text)))


def _plain(letter: str) -> str:
    if letter <= "\x7f":
        return letter
    digit = unicodedata.digit(letter, None)
    if digit is not None:
        return str(digit)
    return "" if unicodedata.category(letter).startswith("M") else letter


def in_digits(text: str) -> str:
    """Return a plain text with Chinese numerals as digits, those of account books too."""
    return text.translate(_DIGITS)
