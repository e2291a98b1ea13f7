"""The rights of those who are scored or listed, as rulebooks give them: a row each, from rules and from what is said in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Final

from glasstown.answers import brief
from glasstown.answers.compare_rules_rows import Cell, Row, Statement
from glasstown.archive.library import Held
from glasstown.language.model import Span
from glasstown.wording import counted

if TYPE_CHECKING:
    from glasstown.language.model import Objection, Rulebook

RIGHTS: Final = {
    "notice": ("notice: being told before, or when, it happens", "redress"),
    "hearing": ("hearing: being heard before it happens", "redress"),
    "reasons": ("reasons: being told why", "redress"),
    "access": ("access: seeing what is held on oneself", "redress"),
    "correction": ("correction of what is wrong", "redress"),
    "objection": ("objection", "redress"),
    "stay": ("stay: not being listed while one objects", "redress"),
    "time-limits": ("time limits for those who decide", "redress"),
    "review": ("review by somebody else", "redress"),
    "term": ("term: an end that comes by itself", "lapse"),
    "publication": ("publication: what is made public", "publicity"),
    "minors": ("minors: who is too young", "catalogue"),
}
"""each right in words, and the section of a rulebook that would speak of it"""


def rights_rows(books: Sequence[Held], _day: date | None) -> Iterator[Row]:
    """Yield one row for each right, with what every rulebook says of it; what no rulebook has a word of has its row too."""
    said = [_rights(held.book) for held in books]
    for key, (label, _) in RIGHTS.items():
        yield Row(key, label, tuple(Cell(tuple(each[key]), None) for each in said))


def _rights(book: Rulebook) -> dict[str, list[Statement]]:
    """Return what a rulebook says of each right."""
    said: dict[str, list[Statement]] = {key: [] for key in RIGHTS}
    owners = [(None, book.objection), *((each.id, each.objection) for each in book.lists)]
    for owner, rule in owners:
        for key, text, denies in _of_rule(rule) if rule is not None else ():
            said[key].append(Statement(owner, text, rule.cite if rule else None, denies))
    for key, statement in (*_terms(book), *_published(book), *_young(book)):
        said[key].append(statement)
    for each in book.redress:
        for right in each.rights:
            said[right].append(Statement(each.id, each.text, each.cite, each.denies))
    return said


def _of_rule(rule: Objection) -> Iterator[tuple[str, str, bool]]:
    """Yield what a rule of objection says of which right, and whether it denies it."""
    within = (
        f", within {brief.length(rule.within)} of the effect" if rule.within is not None else "; no last day is named"
    )
    yield "objection", f"may be objected to{within}", False
    if isinstance(rule.corrected_within, Span):
        yield "correction", f"corrected within {brief.length(rule.corrected_within)} of the decision", False
    if isinstance(rule.stays, bool):
        text = (
            "nobody is listed while an objection is open"
            if rule.stays
            else "the listing stands while an objection is open"
        )
        yield "stay", text, not rule.stays
    clocks = {
        "an objection is answered": rule.answered_within,
        "a review is asked for": rule.review_within,
        "a review is answered": rule.review_answered_within,
    }
    for what, span in clocks.items():
        if isinstance(span, Span):
            yield "time-limits", f"{what} within {brief.length(span)}", False
    if rule.reviewer is not None:
        yield "review", f"a refusal is reviewed by {rule.reviewer}", False


def _terms(book: Rulebook) -> Iterator[tuple[str, Statement]]:
    """Yield terms of lists, of entries and of points, each length once a list or once for points."""
    for each in book.lists:
        if isinstance(each.leaves.after, Span):
            yield "term", Statement(each.id, f"a listing ends after {brief.length(each.leaves.after)}", each.cite)
    told = set()
    for clause in book.clauses:
        term = clause.enters.term if clause.enters is not None else None
        lapse = brief.lapse(clause) if clause.lapse is not None else "unknown"
        found = [f"an entry ends after {brief.length(term)}"] if isinstance(term, Span) else []
        found += [f"points lapse after {lapse}"] if lapse != "unknown" else []
        for text in found:
            if text not in told:
                told.add(text)
                yield "term", Statement(clause.id, text, clause.cite)


def _published(book: Rulebook) -> Iterator[tuple[str, Statement]]:
    for each in book.publicity:
        yield "publication", Statement(each.id, each.text, each.cite, "nothing" in each.what)


def _young(book: Rulebook) -> Iterator[tuple[str, Statement]]:
    """Yield ages from which people are scored, and that minors are left out."""
    for subject in book.subjects:
        if subject.min_age is not None:
            text = f"{subject.label}: from {counted(subject.min_age, 'year')} on"
            yield "minors", Statement(None, text, subject.cite)
    for each in book.exempt:
        if each.label == "minors":
            yield "minors", Statement(None, "minors are left out", each.cite)
