"""Numbers, dates and marks in words: the one place where exact integers turn into text (counts and signs: `wording`).

Nothing here decides anything; what is rounded for the eye stays exact in `measures`.
"""

from __future__ import annotations

import html
import textwrap
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Final

from glasstown.letters import shown
from glasstown.wording import MINUS, count, counted, grouped, noun, signed

__all__ = ["count", "counted", "grouped", "noun", "signed"]  # of `wording`, beside what is written here

HELD: Final = "\ue000%"
"""a per cent sign with what keeps it beside its number while lines are broken; a letter that no text has"""

MONTH_NAMES: Final = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)

EVIDENCE_WORDS: Final = {
    "official": "in an official text",
    "reported": "reported by press or scholars",
    "recalled": "recalled from the literature, not seen",
    "assumed": "assumed, no rule of the scheme",
    "fitted": "fitted to a published figure",
    "invented": "made up",
}

TRUTH_WORDS: Final = {
    "right": "right",
    "wrong person": "about the wrong person",
    "wrong content": "saying something else than what was done",
    "duplicate": "written down a second time",
    "false report": "of something that nobody did",
    "inferred": "inferred by a computer of somebody who had not done it",
    "misjudged": "calling a debtor unwilling who in truth could not pay",
    "lost": "lost on the way",
    "not recorded": "found out, but never written down",
}
GATE_WORDS: Final = {
    "air-ticket": "an air ticket",
    "rail-ticket": "a ticket for a fast train",
    "hotel": "a hotel",
    "property": "a home to buy",
    "private-school": "a private school",
    "insurance": "an insurance policy",
    "vehicle": "a vehicle",
    "licence": "a licence",
    "subsidy": "a subsidy",
    "exit": "leaving the country",
}
"""what was asked for at a gate, as in `refused a hotel`"""
CLASS_WORDS: Final = {
    "c0": "offences on the road",
    "c1": "offences at crossings",
    "c3": "riding without a ticket, disorder in transport",
    "c4": "fines and bills paid late",
    "c5": "tax not declared (self-employed)",
    "k0": "papers not filed",
    "k1": "offences with products and food",
    "k2": "offences against the environment",
    "k3": "tax offences",
    "k5": "contracts not kept",
}
"""what was done, by class of conduct, where its short label does not say that it is an offence"""
FIFTHS: Final = {
    "fifth-1": "the poorest fifth",
    "fifth-2": "the second fifth from below",
    "fifth-3": "the middle fifth",
    "fifth-4": "the second fifth from above",
    "fifth-5": "the richest fifth",
}
WORKS: Final = {
    "child": "a child",
    "employed": "employed",
    "self-employed": "self-employed",
    "unemployed": "out of work",
    "inactive": "not working",
    "retired": "retired",
}
NO_NAMES: Final = frozenset({
    "a", "air", "an", "any", "criminal", "environmental", "fewer", "firms", "goods", "households", "larger", "less", "licence",
    "no", "not", "owners", "power", "red", "sewage", "the", "villagers", "volunteering",
})  # fmt: skip
"""words at the head of a label that are no names"""
TOO_LATE: Final = "due to be written down once the scheme was over, so never written down"


def percent(part: int | Decimal, whole: int | Decimal) -> str:
    """Return a share to a tenth of a percent.

    A share that is neither nothing nor all is never shown as one of the two; a share of nothing is a dash.
    """
    if whole == 0:
        return "-"
    share = 100 * Fraction(part) / Fraction(whole)
    shown = round(share, 1)
    if share > 0 and shown == 0:
        return "< 0.1 %"
    if share < 100 and shown == 100:
        return "> 99.9 %"
    return f"{decimal_text(shown, 1)} %"


def decimal_text(number: Fraction, places: int) -> str:
    """Return a fraction with so many decimal places, half to even, with a true minus sign."""
    scaled = round(number * 10**places)
    text = format(Decimal(scaled).scaleb(-places), f",.{places}f")
    return text.replace("-", MINUS)


def points(number: int | Decimal | Fraction, quantum: Decimal) -> str:
    """Return points, exact where they are whole quanta of so many points, else to a tenth; of nothing 0 without places."""
    exact = Fraction(number)
    places = max(0, -int(quantum.normalize().as_tuple().exponent))
    if (exact / Fraction(quantum)).denominator != 1:
        places = max(places, 1)
    return without_idle_places(decimal_text(exact, places))


def without_idle_places(text: str) -> str:
    """Return a number as it is, and 0 where it is shown as nothing: 0.0 says no more."""
    return text if any(each in "123456789" for each in text) else "0"


def month(day: date) -> str:
    """Return month and year in words."""
    return f"{MONTH_NAMES[day.month - 1]} {day.year}"


def months_between(first: date, last: date) -> str:
    """Return from which month to which, both included; a single month once."""
    return month(first) if month(first) == month(last) else f"{month(first)} to {month(last)}"


def short_month(day: date) -> str:
    """Return month and year in short, for a column's head."""
    return f"{MONTH_NAMES[day.month - 1][:3]} {day.year}"


def full_date(day: date) -> str:
    """Return a day in words."""
    return f"{day.day} {MONTH_NAMES[day.month - 1]} {day.year}"


def times(number: int) -> str:
    """Return once, twice, 3 times."""
    return {1: "once", 2: "twice"}.get(number, f"{count(number)} times")


def listed(words: Sequence[str]) -> str:
    """Return words joined as in a sentence."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"


def escaped(text: str) -> str:
    """Return the text with the characters that HTML reserves, and those that no text may have, written out."""
    return html.escape(shown(text), quote=True).replace(" %", "\u00a0%")


def first_up(text: str) -> str:
    """Return the text with its first letter raised."""
    return text[:1].upper() + text[1:]


def within(label: str) -> str:
    """Return a label as it stands inside a sentence: an article or the like at its head without a capital, names as they are."""
    first, _, _ = label.partition(" ")
    return label[:1].lower() + label[1:] if first.rstrip(",").lower() in NO_NAMES else label


def wrapped(text: str, width: int, indent: str = "") -> list[str]:
    """Return the text as lines no wider than `width`, each after the indent."""
    held = text.replace(" %", HELD)
    lines = textwrap.wrap(held, width, initial_indent=indent, subsequent_indent=indent, break_on_hyphens=False)
    return [line.replace(HELD, " %").rstrip() for line in lines]
