"""Lives that were found, in words: what was looked for, who somebody is, and what befell them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from glasstown.outcomes.befell import Befell, Listing
from glasstown.outcomes.finding import Fitting, Found
from glasstown.outcomes.wanted import Value
from glasstown.render.words import FIFTHS, GATE_WORDS, WORKS, first_up, month, times
from glasstown.wording import counted, grouped, noun

WRONG_WORDS: Final = {
    "wrong person": "for what another person did",
    "wrong content": "for something else than what was done",
    "duplicate": "for an act that stood in the file already",
    "misjudged": "for refusing to pay, being unable to",
    "false report": "on a false report",
    "inferred": "by a computer, for what somebody else did",
}
SAID: Final = {
    "fifth": "in {}",
    "age": "aged {}",
    "sex": "{}",
    "town": "{}",
    "work": "{}",
    "size": "of size {}",
    "grade": "ending in grade {}",
    "list": "once on the list {}",
    "listed": "once on a black list",
    "wrongly_listed": "put on a black list by nothing but wrong records",
    "wrong_record": "with a wrong record",
    "corrected": "who had a record taken back",
    "refused": "refused {}",
    "could_not_pay": "owing by judgment what they could not pay",
    "in_arrears": "so late that creditors could go to court",
    "guarantor": "sued for the debt of somebody else",
    "bankrupt": "declared bankrupt",
    "out_of_work": "once out of work",
    "went_under": "gone under",
    "in_distress": "in distress at the end",
}
"""what is looked for, after `people` or `firms`"""


def sought(found: Found, number: int) -> str:
    """Return what was looked for: `person in the poorest fifth, once on a black list`, or `people` for other numbers than one."""
    many = noun(number, "person", "people") if found.kind == "person" else noun(number, "firm")
    parts = [SAID[name].format(_value(name, value, found.labels)) for name, value in found.asked.items()]
    return f"{many} {', '.join(parts)}" if parts else many


def _value(name: str, value: Value, labels: Mapping[str, str]) -> str:
    text = str(value)
    words = {
        "fifth": FIFTHS.get(f"fifth-{text}"),
        "town": {"urban": "living in town", "rural": "living in the countryside"}.get(text),
        "work": WORKS.get(text),
        "refused": GATE_WORDS.get(text),
        "list": f"'{labels.get(text, text)}'",
    }.get(name)
    return words or text


def who_words(fitting: Fitting) -> str:
    """Return who somebody is, in half a line."""
    who = fitting.who
    if who["age"] is None:
        health = {"gone": ", gone under", "in distress": ", in distress"}.get(str(who["health"]), "")
        return f"a {who['group']} firm{health}"
    sex = {"male": ("boy", "man"), "female": ("girl", "woman")}[who["sex"]][who["age"] >= 18]
    place = "in town" if who["town"] == "urban" else "in the countryside"
    work = "" if who["work"] == "child" else f", {WORKS[who['work']]}"
    return f"{sex} of {who['age']}, {place}{work}, {FIFTHS[who['group']]}"


def end_words(fitting: Fitting, *, is_sole: bool) -> Iterator[str]:
    """Yield where somebody stands at the end under each rulebook that gives a grade."""
    for row in fitting.ends:
        if row["grade"] is not None:
            of = "" if is_sole else f" under {row['rulebook']}"
            yield f"ends{of} in grade {row['grade']} with {grouped(_plain(row['score']))} points"


def _plain(score: Any) -> str:
    text = str(score)
    return text.rstrip("0").rstrip(".") if "." in text else text


def befell_words(what: Befell, labels: Mapping[str, str], *, is_sole: bool) -> Iterator[str]:
    """Yield what befell somebody, a sentence each; nothing where nothing did."""
    for listing in what.listings:
        yield _listing_words(listing, labels, is_sole=is_sole)
    if what.wrong:
        told = ", ".join(f"{times(n)} {WRONG_WORDS[name]}" for name, n in what.wrong.items())
        back = f"; {counted(what.corrected, 'record')} taken back" if what.corrected else ""
        yield f"Wrongly recorded {told}{back}."
    elif what.corrected:
        yield f"{counted(what.corrected, 'record').capitalize()} taken back."
    money = [
        f"{words} for {counted(n, 'month')}"
        for words, n in (
            ("unable to pay what was owed by judgment", what.could_not_pay),
            ("so late with payments that creditors could go to court", what.in_arrears),
            ("out of work", what.out_of_work),
        )
        if n
    ]
    if money:
        yield first_up(f"{'; '.join(money)}.")
    if what.guarantor:
        yield f"Sued for the debt of somebody else {times(what.guarantor)}."
    if what.bankrupt:
        yield f"Declared bankrupt {times(what.bankrupt)}."
    if what.refused:
        yield f"Refused {', '.join(f'{GATE_WORDS[gate]} {times(n)}' for gate, n in what.refused.items())}."


def _listing_words(listing: Listing, labels: Mapping[str, str], *, is_sole: bool) -> str:
    of = "" if is_sole else f" of {listing.rulebook}"
    until = "to the end" if listing.until is None else f"to {month(listing.until)}"
    wrong = ""
    if listing.was_wrong:
        wrong = ", brought there by nothing but wrong records"
    elif listing.is_wrong:
        wrong = ", at times held there by nothing but wrong records"
    return f"On the list '{labels.get(listing.list, listing.list)}'{of} from {month(listing.since)} {until}{wrong}."
