"""Numbers and addresses that tell a real person or firm apart: the one set of patterns for every text and name that comes in.

A guard rail, not a wall: it sees numbers in full width and in Chinese numerals, with accents, and with spaces, signs, pictures or
single letters between.  It cannot see a plain name, nor a number in whose middle words stand, and nothing here claims so.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate
from typing import Final

from glasstown.plainest import NUMERALS, in_digits, plainest

WHY_NOT: Final = "Glasstown holds no data of real people or firms"
WAY_OUT: Final = f"{WHY_NOT}. Remove it; if it is something else, put words between its parts."
EXPECTED: Final = "nothing that tells a real person or firm apart"

_MOST_BETWEEN: Final = 16
_MAYBE: Final = re.compile(
    rf"(?:[\d\u2460-\u249b\u24f5-\u24fd\u2776-\u2793{NUMERALS}]\D{{0,24}}?){{7}}|[@＠﹫]|[·\w][A-Z]\W?\w{{5}}"
)
"""what a text must have before it is looked at closely"""
_SHORTEST: Final = 6
_ADDRESS: Final = re.compile(
    r"(?:https?://|doi:\s?|(?<![\d.])(?=10\.\d{4,9}/))[^\s<>'\"，。；）]+", flags=re.IGNORECASE
)
_BETWEEN: Final = r"[\s\-‐-―−_./·•・,'|:~*()]"
"""what people write between the parts of a number"""
_NUMBER: Final = re.compile(rf"(?<!\d)\d(?:{_BETWEEN}{{0,3}}\d)+(?:{_BETWEEN}{{0,3}}[xX](?![A-Za-z]))?")
_GROUP: Final = re.compile(r"(?<=\d)\.\d{5,}|(\d+)")
_IS_GAP: Final = re.compile(
    rf"(?:[^\w,;，、；。\n]|_){{1,{_MOST_BETWEEN}}}|[^\W\d_十拾百佰千仟万萬亿億年月日]{{1,3}}|,"
)
"""what stands between the parts of a number that is to be hidden; words are none, nor what a list or an amount has"""
_LAST_X: Final = re.compile(rf"[^\w,;，、；。\n]{{0,{_MOST_BETWEEN}}}[xX](?![^\W_])")
_IDENTITY_DIGITS: Final = 18
_MOST_GROUPS: Final = 6
_WRITTEN: Final = frozenset(
    ((11,), (3, 4, 4), (3, 8), (7, 4), (3, 3, 5), (5, 6), (2, 3, 3, 3), (2, 3, 4, 4), (2, 11),
     (18,), (17, 1), (6, 8, 4), (6, 8, 3, 1), (14, 4), (6, 4, 4, 4), (6, 4, 2, 2, 4), (3, 3, 4, 2, 2, 4), (3, 3, 4, 4, 4),
     (4, 4, 4, 4), (4, 4, 4, 4, 1), (4, 4, 4, 4, 2), (4, 4, 4, 4, 3), (6, 10), (6, 13), (16,), (19,)),
)  # fmt: skip
"""lengths of the groups that phone numbers, identity numbers and cards are written in"""
_LISTED: Final = re.compile(r",\s+|\s*[;，]\s+")
"""what stands between the items of a list: such numbers are not one"""
_THOUSANDS: Final = re.compile(r"(?<![\d,])\d{1,3}(?:,\d{3})+(?![\d,])")
_DAY: Final = re.compile(r"(?<!\d)(?:1[89]|20)\d\d-[01]\d-[0-3]\d(?!\d)")
_PROVINCES: Final = frozenset(
    (*range(11, 16), *range(21, 24), *range(31, 38), *range(41, 47), *range(50, 55), *range(61, 66), 71, 81, 82, 83)
)
_MOBILE: Final = re.compile(r"(?:00)?(?:86)?(1[3-9]\d{9})")
_CARD: Final = re.compile(r"62\d{14,17}|4\d{15}|5[1-5]\d{14}|3[47]\d{13}|35\d{14}")
_MAIL: Final = re.compile(r"[\w.+-]{1,64}\s?@\s?(?:[a-z0-9-]{1,63}\.){1,8}[a-z]{2,24}(?![\w-])", flags=re.IGNORECASE)
_CREDIT_CODE: Final = re.compile(r"(?<![0-9A-Z])[1-9ANY][1-9]\d{6}[0-9A-HJ-NPQRTUWXY]{10}(?![0-9A-Z])")
_PLATE: Final = re.compile(
    r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-NP-Z][\s·.-]?(?=[A-Z0-9]{0,5}\d)[A-HJ-NP-Z0-9]{5,6}(?![A-Z0-9])"
)
_PASSPORT: Final = re.compile(
    r"(?:passport|护照|通行证)\W{0,4}(?:no|number|号码?)?\W{0,4}[A-Z]{1,2}\d{7,8}(?!\d)", flags=re.IGNORECASE
)
_NAMED: Final = re.compile(
    r"(?:身份证|手机|电话|银行卡|卡号|微信|wechat|weixin|qq|identity (?:card|number)|id card|id number|phone|mobile|bank card)"
    r"[^\w]{0,4}(?:号码?|no|number)?\W{0,4}\d{7,}",
    flags=re.IGNORECASE,
)


def personal(text: str) -> str | None:
    """Return what a text has that tells a real person or firm apart, such as 'a phone number', or None."""
    if len(text) < _SHORTEST or not _MAYBE.search(text):
        return None
    plain = plainest(text)
    if any(_has_identity(address) for address in _ADDRESS.findall(plain)):
        return "an identity number"
    plain = _ADDRESS.sub(" ; ", plain)
    chinese = in_digits(plain)
    number = _of_numbers(plain) or (_of_numbers(chinese) if chinese != plain else None)
    return number or next((what for what, pattern in _PATTERNS if pattern.search(plain)), None)


def _of_numbers(plain: str) -> str | None:
    """Return what one of the numbers in a text is; digits that are parted as people part them are one number."""
    for part in _LISTED.split(_THOUSANDS.sub(" ; ", plain)):
        for found in _NUMBER.findall(part):
            digits = re.sub(_BETWEEN, "", found).upper()
            groups = re.split(rf"{_BETWEEN}+", found)
            for what, is_one in _NUMBERS:
                if is_one(digits, groups):
                    return what
            without_days = _DAY.sub(";", found)
            if without_days != found and (inside := _of_numbers(without_days)):
                return inside
        for run in _runs(part):
            if hidden := _of_run(run):
                return hidden
    return None


def _runs(part: str) -> Iterator[list[str]]:
    """Yield groups of digits, an X at the end included, between which nothing stands but signs, or single letters without a space."""
    run: list[str] = []
    end = 0
    for found in _GROUP.finditer(part):
        if found[1] is None:  # behind a point, such as in 0.13800138000
            yield run
            run = []
            continue
        gap = part[end : found.start()]
        if run and not _IS_GAP.fullmatch(gap):
            yield run
            run = []
        run.append(found[1])
        end = found.end(1)
        if last := _LAST_X.match(part, end):
            yield [*run, "X"] if last.end() > end + 1 else [*run[:-1], f"{run[-1]}X"]
            run, end = [], last.end()
    yield run


def _of_run(run: Sequence[str]) -> str | None:
    """Return what some groups of a run are together; only such groups count as people write the number in."""
    starts = (0, *accumulate(len(group) for group in run))
    place_of = {start: place for place, start in enumerate(starts)}
    singles = 0
    for end, group in enumerate(run, start=1):
        singles = singles + 1 if len(group) == 1 else 0
        is_last = end == len(run) or len(run[end]) > 1
        if singles and is_last and (what := _of_digits("".join(run[end - singles : end]), 1)):
            return what
        first = place_of.get(starts[end] - _IDENTITY_DIGITS)
        if first is not None and _is_identity(digits := "".join(run[first:end])) and _sums_up(digits):
            return "an identity number"
        for first in range(max(end - _MOST_GROUPS, 0), end - (len(group) == 1)):
            lengths = tuple(map(len, run[first:end]))
            if lengths in _WRITTEN and (what := _of_digits("".join(run[first:end]), len(lengths))):
                return what
    return None


def _of_digits(digits: str, n_groups: int) -> str | None:
    """Return what digits are that stand as such a number is written, or one by one."""
    if _is_identity(digits):
        return "an identity number"
    if _MOBILE.fullmatch(digits):
        return "a phone number"
    return "the number of a bank card" if _card(digits, [digits] * n_groups) else None


def _identity(digits: str, _groups: list[str]) -> bool:
    return _is_identity(digits)


def _is_identity(digits: str) -> bool:
    """Return whether 18 signs, or the 15 of before 1999, have a province and a day of birth where such a number has them."""
    if len(digits) not in (15, 18) or "X" in digits[:-1] or int(digits[:2]) not in _PROVINCES:
        return False
    if len(digits) == 15 and digits.endswith("X"):
        return False
    century, day = (digits[6:8], digits[10:14]) if len(digits) == 18 else ("19", digits[8:12])
    return century in ("18", "19", "20") and 1 <= int(day[:2]) <= 12 and 1 <= int(day[2:]) <= 31


def _has_identity(address: str) -> bool:
    """Return whether an address on the web has an identity number; other long numbers are usual there."""
    numbers = re.findall(r"(?<!\d)\d{17}[\dX](?!\d)", address.upper())
    return any(_is_identity(number) and _sums_up(number) for number in numbers)


def _sums_up(digits: str) -> bool:
    """Return whether the last sign of an identity number follows from the others."""
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return "10X98765432"[sum(w * int(d) for w, d in zip(weights, digits, strict=False)) % 11] == digits[17]


def _mobile(digits: str, groups: list[str]) -> bool:
    """Return whether it is a mobile number; groups that begin with a year, or are all short, are something else."""
    if not _MOBILE.fullmatch(digits) or (re.fullmatch(r"(?:18|19|20)\d\d", groups[0]) and len(groups) > 1):
        return False
    return len(groups) == 1 or len(groups) >= 9 or max(len(group) for group in groups) >= 4


def _landline(_digits: str, groups: list[str]) -> bool:
    """Return whether it is an area code, which begins with 0, and a number of seven or eight digits."""
    if groups[0] in ("86", "0086") and len(groups) > 1:
        groups = ["0" + groups[1].removeprefix("0"), *groups[2:]]
    joined = "".join(groups[1:])
    return (
        bool(re.fullmatch(r"0[1-9]\d{1,2}", groups[0]))
        and len(joined) in (7, 8)
        and len(groups) <= 3
        and joined[0] > "1"
    )


def _card(digits: str, groups: list[str]) -> bool:
    """Return whether it is the number of a bank card: its beginning, its length and its last digit."""
    if not _CARD.fullmatch(digits) or (max(len(group) for group in groups) < 3 and len(groups) < len(digits)):
        return False
    doubled = [int(d) * (1 + n % 2) for n, d in enumerate(reversed(digits))]
    return sum(d - 9 if d > 9 else d for d in doubled) % 10 == 0


_PATTERNS: Final = (
    ("an e-mail address", _MAIL),
    ("a unified social credit code", _CREDIT_CODE),
    ("the number of a vehicle", _PLATE),
    ("the number of a passport", _PASSPORT),
    ("a number that is named as somebody's", _NAMED),
)
_NUMBERS: Final[tuple[tuple[str, Callable[[str, list[str]], bool]], ...]] = (
    ("an identity number", _identity),
    ("a phone number", _mobile),
    ("a phone number", _landline),
    ("the number of a bank card", _card),
)
