"""Numbers that tell real people or firms apart are seen however they are written; documents, dates and laws are not taken for them.

Every number here is made up; identity numbers and cards are built to pass or fail their own arithmetic.
"""

from __future__ import annotations

import time
import unicodedata
from pathlib import Path

import pytest

from glasstown.personal import personal

ROOT = Path(__file__).resolve().parents[1]
IDENTITY, IDENTITY_X, OLD_IDENTITY = "110101199001011237", "11010119900101123X", "110101900101123"
MOBILE, CARD, CREDIT_CODE = "13800138000", "6222021234567894", "91110108MA01234567"


def wide(text: str) -> str:
    return "".join(chr(ord(letter) + 0xFEE0) if "!" <= letter <= "~" else letter for letter in text)


@pytest.mark.parametrize(
    ("text", "what"),
    [
        (IDENTITY, "identity number"),
        (IDENTITY_X, "identity number"),
        (OLD_IDENTITY, "identity number"),
        (f"label of {IDENTITY}, in force", "identity number"),
        (f"身份证{IDENTITY_X.lower()}的人", "identity number"),
        (f"e{IDENTITY}", "identity number"),
        ("110101 19900101 1237", "identity number"),
        ("110101-1990-01-01-1237", "identity number"),
        ("1 1 0 1 0 1 1 9 9 0 0 1 0 1 1 2 3 7", "identity number"),
        (wide(IDENTITY), "identity number"),
        (wide("110101") + "　" + wide("19900101") + "　" + wide("1237"), "identity number"),
        ("110101\u200b19900101\u200d1237", "identity number"),
        ("110101\u00ad19900101\u20601237", "identity number"),
        ("一一〇一〇一一九九〇〇一〇一一二三七", "identity number"),
        ("①①⓪①⓪①①⑨⑨⓪⓪①⓪①①②③⑦", "identity number"),
        ("١١٠١٠١١٩٩٠٠١٠١١٢٣٧", "identity number"),
        (f"https://example.org/t{IDENTITY}.htm", "identity number"),
        (MOBILE, "phone number"),
        ("+86 138 0013 8000", "phone number"),
        ("0086-138-0013-8000", "phone number"),
        ("138-0013-8000", "phone number"),
        ("138.0013.8000", "phone number"),
        ("1 3 8 0 0 1 3 8 0 0 0", "phone number"),
        (wide(MOBILE), "phone number"),
        ("一三八〇〇一三八〇〇〇", "phone number"),
        ("tel13800138000", "phone number"),
        ("(010) 6275 1234", "phone number"),
        ("0631-5231234", "phone number"),
        ("+86 10 62751234", "phone number"),
        (CARD, "bank card"),
        ("6222 0212 3456 7894", "bank card"),
        (CREDIT_CODE, "unified social credit code"),
        (wide(CREDIT_CODE), "unified social credit code"),
        ("someone@example.org", "e-mail address"),
        ("someone @ example.org", "e-mail address"),
        (wide("someone@example.org"), "e-mail address"),
        ("鲁K12345", "vehicle"),
        ("鲁K·D1234", "vehicle"),
        ("passport no. E12345678", "passport"),
        ("QQ: 123456789", "named as somebody's"),
        ("手机号 6275123456", "named as somebody's"),
    ],
)
def test_number__is_seen_however_it_is_written(text: str, what: str) -> None:
    found = personal(text)
    assert found is not None
    assert what in found
    assert personal(unicodedata.normalize("NFD", text)) == found


def parted(text: str, between: str) -> str:
    return between.join(text)


def in_account_books(text: str) -> str:
    return text.translate(str.maketrans("0123456789", "零壹贰叁肆伍陆柒捌玖"))


BETWEEN = {
    "four spaces": "    ", "sixteen spaces": " " * 16, "tabs": "\t\t\t\t\t", "wide spaces": "\u3000" * 5, "dots": "....",
    "a picture": "\N{GRINNING FACE}", "a family": "\N{MAN}\u200d\N{WOMAN}\u200d\N{GIRL}", "an accent": "\u0301",
    "a ring": "\u20dd", "keycaps": "\ufe0f\u20e3", "a letter": "a", "two letters": "xy", "a Chinese letter": "号", "signs": " → ",
    "brackets": ")(", "equals": "==", "a heart": " ♥ ", "left to right": "\u202a", "tags": "\U000e0041",
}  # fmt: skip
GROUPS = {
    MOBILE: ("138", "0013", "8000"), IDENTITY: ("110101", "19900101", "1237"), IDENTITY_X: ("110101", "1990", "0101", "123X"),
    CARD: ("6222", "0212", "3456", "7894"),
}  # fmt: skip
WHAT = {
    MOBILE: "a phone number",
    IDENTITY: "an identity number",
    IDENTITY_X: "an identity number",
    CARD: "the number of a bank card",
}


@pytest.mark.parametrize("between", BETWEEN)
@pytest.mark.parametrize("number", [MOBILE, IDENTITY, IDENTITY_X, CARD])
def test_number__is_seen_whatever_stands_between(number: str, between: str) -> None:
    sign = BETWEEN[between]
    for written in (number, wide(number), in_account_books(number)):
        if not ("X" in number and sign.isalpha()):
            assert personal(f"about {parted(written, sign)}, in force") == WHAT[number], written
    groups = sign.join(GROUPS[number]) if number != IDENTITY_X or not sign.isalpha() else ""
    if groups:
        assert personal(f"about {groups}, in force") == WHAT[number]


@pytest.mark.parametrize("before", ["5: ", "no. 12: ", "2014-06-14 ", "17 / ", "第三条　", "0 "])
@pytest.mark.parametrize("number", ["138 0013 8000", MOBILE, IDENTITY, "6222 0212 3456 7894"])
def test_number__is_seen_behind_another(number: str, before: str) -> None:
    assert personal(f"{before}{number}") is not None


@pytest.mark.parametrize("number", [MOBILE, IDENTITY, CARD])
def test_number__is_seen_in_numerals_of_account_books(number: str) -> None:
    assert personal(in_account_books(number)) == WHAT[number]
    assert (
        personal(in_account_books(number).replace("零", "〇").replace("贰", "貳").replace("陆", "陸")) == WHAT[number]
    )
    assert personal(in_account_books(number[:5]) + number[5:]) == WHAT[number]


@pytest.mark.parametrize(
    "text",
    [
        "壹佰叁拾捌亿零壹万叁仟捌佰元",
        "人民币壹万叁仟捌佰元整，第壹条、第叁条、第捌条",
        "13 and 8 and 0013 and 8000",
        "doi:10.1234/13800138000",
        "10.1080/13501763.2019.13800138000",
        "ISBN 9787503612345, ISBN 7-5036-1234-X",
        "ISSN 1369-118X, 2014-2016, vol. 17(3), pp. 138-149",
        "1 3 8 points, 5 8 10 points",
        "a1b2c3d4e5f60718293a4b5c6d7e8f90",
        "3b7e1f9a-1380-4001-8380-13b800138000",
        "[2014] 13 (8) 0.5 % = 1.38",
        "| 13 | 2014 | 150 | 2016 | 1 |",
        "1380.0138 yuan and 0.13800138000 yuan",
        "第1条第3款第8项、第2条第1款",
        "2013-07-16 → 2014-01-01 → 2019-01-01",
        "1949🙂1978🙂2014",
        "1x2x3x4",
    ],
)
def test_amounts_articles_and_identifiers__are_no_persons_numbers(text: str) -> None:
    assert personal(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "国发〔2014〕21号",
        "Fa Fan (2013) 17, of 2013-07-16, in force 2013-10-01",
        "ISBN 978-7-5036-1234-5",
        "ISBN 0-19-852663-6",
        "doi:10.1080/1369118X.2021.1877765",
        "https://doi.org/10.1016/j.cosust.2019.123456789",
        "https://www.gov.cn/gongbao/content_13800138000.htm",
        "articles 13, 14, 15, 16, 17, 8 and 101",
        "13,800,138,000 yuan",
        "1,300,000,000 people in 2014",
        "from 1998-12-31 to 2014-06-14",
        "1990-2000 100",
        "1949 1978 2014",
        "0.13800138000",
        "run-20140614-123000",
        "20140614123000",
        "1700000000000",
        "d41d8cd98f00b204e9800998ecf8427e",
        "rongcheng-2013@one-point-b",
        "GB 32100-2015",
        "the hotlines 12345, 12315 and 110",
        "points 100 200 300 400 500",
        "第十三条、第十四条、第十五条、第十六条",
        "一、二、三、四、五、六、七、八、九、十、十一",
        "3/5/10/15/20/25/30",
        "2014 (1) 2015 (2) 2016 (3)",
        "",
    ],
)
def test_documents_dates_and_laws__are_no_persons_numbers(text: str) -> None:
    assert personal(text) is None


def test_what_ships__has_none_of_them() -> None:
    files = [
        path
        for pattern in ("src/glasstown/_data/**/*.yaml", "docs/**/*.md", "*.md")
        for path in sorted(ROOT.glob(pattern))
    ]
    assert len(files) > 200
    found = [
        f"{path.relative_to(ROOT)}:{number}: {what}"
        for path in files
        for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1)
        if (what := personal(line))
    ]
    assert found == []


def test_plain_name__cannot_be_seen() -> None:
    """Said in the documentation too: names are words, and no pattern tells one from another."""
    assert personal("Zhang San of Rongcheng ran a red light") is None


@pytest.mark.parametrize(
    "part",
    [
        "A",
        "1 ",
        "1,",
        "a.",
        "a@",
        "13 ",
        "2014-06-14 ",
        "电话 ",
        "鲁K",
        "http://",
        "1-",
        "９",
        "一",
        "x1",
        "1" + " " * 14,
        "1a",
        "壹 ",
        "1\N{GRINNING FACE}",
        "10.1000/",
        "1\u0301",
    ],
)
def test_long_text__is_looked_through_at_once(part: str) -> None:
    """A file may have a mebibyte; no pattern may begin again at each letter of it."""
    text = (part * (1 << 19))[: 1 << 19]
    began = time.perf_counter()
    personal(text)
    assert time.perf_counter() - began < 20
