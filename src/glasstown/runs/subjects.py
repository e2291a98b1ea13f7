"""What a run keeps of people and of firms, and why not, where it does not: told before anything is counted.

People and firms live whatever a rulebook says, and their conduct is always counted.  Records, points, grades and lists are counted
of those alone whom clauses are about.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from glasstown.errors import Fault, UsageError, did_you_mean
from glasstown.fields import ACCOUNTS
from glasstown.language.model import Rulebook
from glasstown.types import EntityKind

NOUNS: Final[Mapping[str, str]] = {
    "person": "people",
    "firm": "firms",
    "household": "households",
    "organisation": "organisations",
    "public body": "public bodies",
}
CATALOGUE: Final[Mapping[str, str]] = {
    "unread": "its catalogue of conduct was not read",
    "reported absent": "its catalogue of conduct is reported to be absent",
    "read": "its catalogue of conduct was read",
    "silent": "its text was read in full and has none",
}
NOT_LIVED: Final = "work, income and debts are not lived in this run (living.lived is 0)"
NOT_TRADED: Final = "firms do not trade in this run (firm.traded is 0)"
NO_SCHEME: Final = "there is no scheme that anybody could find right"
SWITCHES: Final[Mapping[EntityKind, tuple[str, str]]] = {
    "person": ("living.lived", NOT_LIVED),
    "firm": ("firm.traded", NOT_TRADED),
}


def scored_kinds(book: Rulebook) -> tuple[EntityKind, ...]:
    """Return whom of those who live in a town clauses are about, people first: no other score could move."""
    about = {clause.applies_to.kind for clause in book.clauses} & {subject.kind for subject in book.subjects}
    kinds: tuple[EntityKind, ...] = ("person", "firm")
    return tuple(kind for kind in kinds if kind in about)


def is_control(book: Rulebook) -> bool:
    """Return whether a rulebook is known to have nothing in it: no scheme at all, to compare others with."""
    parts = (book.clauses, book.lists, book.measures, book.grades, book.procedures)
    return not any(parts) and book.sections.catalogue.read in ("read", "silent")


def why_no_records(book: Rulebook, kind: EntityKind) -> str | None:
    """Return why a rulebook keeps no records, points, grades and lists of such subjects; None where it does.

    Under a rulebook that is known to be empty there are none, and that is a number: zero.
    """
    if kind in scored_kinds(book) or is_control(book):
        return None
    about = [noun for name, noun in NOUNS.items() if name in {clause.applies_to.kind for clause in book.clauses}]
    if not about:
        return f"'{book.id}' has no clause, and {CATALOGUE[book.sections.catalogue.read]}"
    lived = "" if scored_kinds(book) else ", whom a town does not have as subjects"
    if NOUNS[kind] in about:  # clauses that name nobody are about people, and the scheme scores others
        scored = [noun for name, noun in NOUNS.items() if name in {subject.kind for subject in book.subjects}]
        return f"'{book.id}' scores {' and '.join(scored)}{lived}"
    return f"no clause of '{book.id}' is about {NOUNS[kind]}; its clauses are about {' and '.join(about)}{lived}"


def is_off(switch: str, numbers: Mapping[str, str]) -> bool:
    """Return whether a parameter is 0; one that is not named is as shipped, and on."""
    return numbers.get(switch, "1").strip("+-0.") == ""


def unkept_accounts(book: Rulebook, kind: EntityKind, numbers: Mapping[str, str]) -> dict[str, str]:
    """Return the accounts that a run under this rulebook does not keep of such subjects, each with the reason.

    `numbers` are the parameters of the run that are not as shipped, or all of them.
    """
    reasons: dict[str, str | None] = {"all": None, "scheme": why_no_records(book, kind), "inbox": "not kept by month"}
    for each, (switch, words) in SWITCHES.items():
        not_lived = words if is_off(switch, numbers) else None
        reasons[each] = not_lived if each == kind else f"kept of {NOUNS[each]} alone"
    unkept = {name: reason for name, booked in ACCOUNTS.items() if (reason := reasons[booked.of]) is not None}
    if is_control(book):
        unkept.setdefault("support", NO_SCHEME)
    return unkept


def named_under(what: str, names: Sequence[str], under: str) -> str:
    """Return one of a run's rulebooks by its name there, or by its ID alone where the run has it in one reading.

    `what` is what is asked, in messages

    Errors   UsageError for a rulebook that the run does not have, and for an ID that it has in several readings
    """
    if under in names:
        return under
    readings = [name for name in names if name.partition("@")[0] == under]
    if len(readings) == 1:
        return readings[0]
    found = f"'{under}', which this run has in {len(readings)} readings" if readings else f"'{under}'"
    way_out = f"Name one: {', '.join(readings)}." if readings else did_you_mean(under, names)
    raise UsageError(what, [Fault("--under", None, found, "a rulebook of this run", way_out)])


def checked_under(what: str, books: Mapping[str, Rulebook], kind: EntityKind, under: str | None) -> str | None:
    """Return the name in a run of the rulebook to tell, None for all.

    `what` is what is asked, in messages

    Errors   as of `named_under`, and UsageError for one about firms where a person is asked for, or vice versa
    """
    if under is None:
        return None
    under = named_under(what, list(books), under)
    about = scored_kinds(books[under])
    if kind not in about:
        found = (
            f"'{under}', whose clauses are about {' and '.join(NOUNS[each] for each in about) or 'nobody in a town'}"
        )
        way_out = (
            "Add --firm to ask about firms." if "firm" in about else "Leave --firm out." if about else "Name another."
        )
        raise UsageError(what, [Fault("--under", None, found, f"a rulebook about {NOUNS[kind]}", way_out)])
    return under
