"""What of a rulebook's redress a town lives by: which rule of objection each record comes under, and what a town does of it.

A rule that a rulebook states drives the town; where it is silent, a parameter stands.  `check` and a run's summary tell both.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

from glasstown.language.model import Clause, Objection, Rulebook, Span
from glasstown.wording import counted

Standing: TypeAlias = Literal["lived", "parameter", "words"]
"""How a town has a statement: it lives by it; a parameter stands, since nothing is said; in words alone, and nobody lives by them."""
SHARE, MONTHS, STAYS = "objection.share", "objection.months", "objection.stays"
STANDS = {"answered_within": MONTHS, "review_answered_within": MONTHS, "stays": STAYS}
"""the parameter that stands where a rule leaves a key open"""
USED = "the {} comes after {{time}}, of which objection.time_used is taken"


@dataclass(frozen=True, slots=True)
class Statement:
    """One thing said of redress, or not said, and how a town has it."""

    subject: str
    """such as objection of list 'court', or the id of a statement in words"""
    key: str
    """key of the rule; `text` of a statement in words"""
    standing: Standing
    words: str
    """what the town does"""
    parameters: tuple[str, ...] = ()
    """the parameters that stand where nothing is said"""


def objection_of(book: Rulebook, clause: Clause) -> Objection | None:
    """Return the rule by which a record of a clause is objected to: its list's, or else the rulebook's; None for none."""
    if clause.enters is not None:
        rule = next(each for each in book.lists if each.id == clause.enters.list)
        if rule.objection is not None:
            return rule.objection
    return book.objection


def takes_objections(book: Rulebook) -> bool:
    """Return whether records can be objected to where no rule says how: not where a scheme is known to have no redress."""
    return book.sections.redress.read in ("read", "unread")


def has_review(rule: Objection) -> bool:
    """Return whether a second office looks at what the first one refused."""
    return any(each is not None for each in (rule.reviewer, rule.review_within, rule.review_answered_within))


def redress_in_towns(book: Rulebook) -> tuple[Statement, ...]:
    """Return everything that a rulebook says of redress, and what it does not say of objections, with how a town has it."""
    return (*_objections(book), *_in_words(book))


def _objections(book: Rulebook) -> Iterator[Statement]:
    owners = [("objection", book.objection)] if book.objection is not None else []
    owners += [(f"objection of list '{each.id}'", each.objection) for each in book.lists if each.objection is not None]
    for subject, rule in owners:
        for key, standing, words in _of_rule(rule):
            stands = (STANDS[key],) if standing == "parameter" and key in STANDS else ()
            yield Statement(subject, key, standing, words, stands)
    if any(objection_of(book, clause) is None for clause in book.clauses if clause.direction == "deduct"):
        others = "of other records" if owners else "of records"
        yield _without_rule(book, f"objection {others}")


def _without_rule(book: Rulebook, subject: str) -> Statement:
    if not takes_objections(book):
        return Statement(subject, "rule", "lived", "there is none: the section was read, or none is reported")
    words = f"no rule is on record: {SHARE}, {MONTHS} and {STAYS} stand, and no second office looks again"
    return Statement(subject, "rule", "parameter", words, (SHARE, MONTHS, STAYS))


def _of_rule(rule: Objection) -> Iterator[tuple[str, Standing, str]]:
    """Yield key, standing and words of each part of a rule."""
    if rule.within is None:
        yield "within", "lived", f"no end to the time in which one may object: all of {SHARE} do"
    else:
        no_end = f"unknown: no end, and all of {SHARE} object"
        yield _clock("within", rule.within, f"of {SHARE} those object who do in {{time}}", no_end)
    late = f"not said: {MONTHS} stands"
    yield _clock("answered_within", rule.answered_within, USED.format("answer"), late)
    at_once = "not said: on the day of the decision"
    yield _clock("corrected_within", rule.corrected_within, "what is granted is corrected after {time}", at_once)
    yield from _of_review(rule)
    if isinstance(rule.stays, bool):
        yield "stays", "lived", "nobody is listed meanwhile" if rule.stays else "the listing stands meanwhile"
    else:
        yield "stays", "parameter", f"unknown: {STAYS} stands"


def _of_review(rule: Objection) -> Iterator[tuple[str, Standing, str]]:
    if not has_review(rule):
        yield "reviewer", "lived", "nobody reviews a refusal"
        return
    who = rule.reviewer or "a second office"
    yield (
        "reviewer",
        "lived",
        f"{who} looks again at objection.review_share of refusals, and finds as much as the first office",
    )
    no_end = "no end, or none is known: all of these ask"
    yield _clock("review_within", rule.review_within, "of these, those ask who do in {time}", no_end)
    late = f"not said: it takes as long again as {MONTHS}"
    yield _clock("review_answered_within", rule.review_answered_within, USED.format("review's answer"), late)


def _clock(key: str, time: Span | str | None, said: str, otherwise: str) -> tuple[str, Standing, str]:
    """Return key, standing and words of a time that may be left out or unknown."""
    if not isinstance(time, Span):
        return key, "parameter", otherwise
    number, unit = time.measured()
    return key, "lived", said.format(time=counted(number, unit))


def _in_words(book: Rulebook) -> Iterator[Statement]:
    for each in book.redress:
        yield Statement(each.id, "text", "words", each.text)
