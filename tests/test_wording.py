"""Counts with their nouns: one is never many, nothing and two are; a number keeps every digit that it has."""

from __future__ import annotations

from decimal import Decimal

import pytest

from glasstown.wording import count, counted, grouped, noun, plain, signed


@pytest.mark.parametrize(
    ("number", "text"), [("1000", "1000"), ("0.50", "0.5"), ("-3.0", "-3"), ("1E+3", "1000"), ("-0.0", "0")]
)
def test_plain__is_exact_and_short(number: str, text: str) -> None:
    assert plain(Decimal(number)) == text


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0, "0 months"),
        (1, "1 month"),
        (2, "2 months"),
        (-1, "−1 month"),
        (12_000, "12,000 months"),
        (Decimal("1.0"), "1 month"),
        (Decimal("-1"), "−1 month"),
        (Decimal("0.5"), "0.5 months"),
        (Decimal("1000"), "1,000 months"),
    ],
)
def test_counted__has_the_form_that_goes_with_its_number(number: Decimal | int, text: str) -> None:
    assert counted(number, "month") == text


def test_counted__takes_the_many_that_is_no_s() -> None:
    assert [counted(n, "person", "people") for n in range(3)] == ["0 people", "1 person", "2 people"]
    assert [noun(n, "is", "are") for n in range(3)] == ["are", "is", "are"]


def test_signed__always_shows_which_way() -> None:
    assert [signed(Decimal(n)) for n in ("-2.50", "0", "1E+1")] == ["−2.5", "0", "+10"]
    assert count(-1234) == "−1,234"
    assert signed(Decimal("-1234.5")) == "−1,234.5"


@pytest.mark.parametrize(
    ("number", "text"),
    [("1000", "1,000"), ("-0.50", "−0.5"), ("-1234567.25", "−1,234,567.25"), ("0", "0"), ("-0", "0")],
)
def test_grouped__parts_thousands_and_keeps_every_digit(number: str, text: str) -> None:
    assert grouped(number) == grouped(Decimal(number)) == text
