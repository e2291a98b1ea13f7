"""A text is a number where it is written in the digits 0 to 9, everywhere a text becomes one."""

from __future__ import annotations

import ast
import re
from decimal import Decimal
from pathlib import Path

import pytest

import glasstown
from glasstown.exact import is_short, whole_number

SOURCE = Path(glasstown.__file__).parent
LOOKS = {"personal.py", "letters.py", "plainest.py"}
"""files that look for numbers in every script, and make none of them"""


@pytest.mark.parametrize(
    ("text", "number"),
    [("0", 0), ("007", 7), ("+7", 7), ("-7", -7), ("100000", 100_000), ("100_000", 100_000), ("1_000_000", 1_000_000)],
)
def test_whole_number__is_written_in_plain_digits(text: str, number: int) -> None:
    assert whole_number(text) == number


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            " ",
            " 7",
            "7 ",
            "1_0_0",
            "10_00",
            "_100",
            "100_",
            "1__000",
            "1,000",
            "1e2",
            "1.0",
            "0x10",
            "--7",
            "-",
            "seven",
        ),
        *("٣", "１００", "১০", "²", "Ⅷ", "七", "٠x", "9" * 5000),
    ],
)
def test_whole_number__is_no_number_of_another_writing(text: str) -> None:
    assert whole_number(text) is None


def test_short__counts_digits_on_both_sides() -> None:
    assert is_short(Decimal("123456789012345.123456789012345"))
    assert not is_short(Decimal("NaN"))


def strange_digits(source: str) -> list[int]:
    """Return the lines that take the digits of any script for a number: isdecimal and its kin, and `\\d` in a pattern of a model."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Attribute) and node.attr in ("isdecimal", "isdigit", "isnumeric"):
            found.append(node.lineno)
        if isinstance(node, ast.keyword) and node.arg == "pattern" and re.search(r"\\\\d", ast.dump(node.value)):
            found.append(node.value.lineno)
    return sorted(found)


def test_no_module__takes_the_digits_of_any_script() -> None:
    paths = [path for path in SOURCE.rglob("*.py") if path.name not in LOOKS]
    assert len(paths) > 300
    wrong = {str(path): lines for path in paths if (lines := strange_digits(path.read_text("utf-8")))}
    assert wrong == {}


def test_strange_digits__are_found() -> None:
    assert strange_digits('x = text.isdecimal()\ny = Field(pattern=r"^\\d\\d$")\n') == [1, 2]
    assert strange_digits('y = Field(pattern=r"^[0-9]{2}$")\n') == []
