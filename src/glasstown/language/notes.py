"""What a sound rulebook allows and its author should know all the same: lists without a way out, exits that are barred.

A note is no fault: schemes have such rules, and a rulebook that tells of them is right to.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

from pydantic import Field

from glasstown.errors import Place, nearest
from glasstown.language.check_ground import Where
from glasstown.language.files import read_document
from glasstown.language.model import ListEntry, ListRule, Measure, Rulebook, Value, When
from glasstown.language.notes_idle import Said, idle_notes
from glasstown.language.tree import Keys
from glasstown.paths import data_folder
from glasstown.wording import noun

BARS: Final = {
    "repair": ("credit-repair",),
    "perform": ("loan", "job", "licence", "public-post", "business-support"),
    "pass-test": ("qualification",),
}
"""gates that a way out of a list needs open: the repair itself, or ways to the money that is owed"""


DRAFT: Final = "a draft, in force nowhere"
"""what is said of a rulebook of the status `draft`, wherever its text or its sources are told"""


class Gates(Value):
    """data/gates.yaml."""

    gates: dict[str, str] = Field(description="the common vocabulary of gates, each in words")


@dataclass(frozen=True, slots=True)
class Note:
    """Something said of a rulebook, with its place."""

    subject: str
    place: Place | None
    words: str

    def __str__(self) -> str:
        """Return place, subject and words in one line."""
        return f"{self.place}: {self.subject}: {self.words}" if self.place else f"{self.subject}: {self.words}"


@cache
def gates() -> dict[str, str]:
    """Return the common vocabulary of gates: what measures open, close or make dearer."""
    return read_document(data_folder() / "gates.yaml", Gates).gates


def notes_of(book: Rulebook, where: Where | None = None, further: Iterable[Said] = ()) -> tuple[Note, ...]:
    """Return what should be known of a sound rulebook, and what `further` says of it."""
    found = (*_notes(book), *idle_notes(book), *further)
    return tuple(Note(subject, where.at(*path) if where else None, words) for subject, path, words in found)


def _notes(book: Rulebook) -> Iterator[Said]:
    if book.status == "draft":
        yield "status", ("status",), f"{DRAFT}, and told as one"
    if book.takes_part == "unknown" and book.consent is None:
        yield (
            "taking part",
            ("takes_part",),
            "no source says whether it is a choice, so everybody whom it covers takes part here, as if nobody could stay away",
        )
    entered = {clause.enters.list for clause in book.clauses if clause.enters is not None}
    for number, rule in enumerate(book.lists):
        if rule.entry == ListEntry() and rule.id not in entered:
            yield (
                f"list '{rule.id}'",
                ("lists", number, "id"),
                "nothing puts anybody on it: no clause enters it, and it has no `entry`",
            )
        path: Keys = ("lists", number, "leaves")
        if has_no_way_out(book, rule):
            yield f"list '{rule.id}'", path, "nothing ends a listing: no term, no procedure, no condition that can end"
        if begins_again(rule):
            ends = "its term" if rule.leaves.after is not None else f"'{rule.leaves.on[0]}'"
            yield (
                f"list '{rule.id}'",
                path,
                f"whoever still meets the condition of entry comes on again after {ends}; "
                "`once: true` under `entry` asks that it was left and met again",
            )
        for way, measures in barred_exits(book, rule).items():
            names = ", ".join(f"{measure.id} ({measure.gate})" for measure in measures)
            verb = (
                noun(len(measures), "closes", "close") if way == "repair" else noun(len(measures), "narrows", "narrow")
            )
            yield f"list '{rule.id}'", path, f"left by '{way}', and {names} of the same list {verb} the way to it"
    for number, measure in enumerate(book.measures):
        if measure.gate is not None and measure.gate not in gates():
            close = nearest(measure.gate, gates())
            ask = f"; did you mean '{close}'?" if close else ""
            words = (
                f"the gate '{measure.gate}' is no word of the common vocabulary, so comparisons find it here alone{ask}"
            )
            yield f"measure '{measure.id}'", ("measures", number, "gate"), words


def status_words(book: Rulebook) -> str:
    """Return the status of a rulebook's text, which for a draft says that it is in force nowhere."""
    return DRAFT if book.status == "draft" else book.status


def has_no_way_out(book: Rulebook, rule: ListRule) -> bool:
    """Return whether nothing ever ends a listing: neither the list's own rule nor the term of a clause that enters it."""
    leaves = rule.leaves
    if leaves.when_condition_ends or leaves.after is not None or leaves.on or rule.entry.assessed:
        return False
    entering = [clause.enters for clause in book.clauses if clause.enters is not None and clause.enters.list == rule.id]
    return not any(entry.term not in (None, "none", "as-list") for entry in entering)


def begins_again(rule: ListRule) -> bool:
    """Return whether somebody who has left a list is put on it again by a condition that has held all the while."""
    entry, leaves = rule.entry, rule.leaves
    has_condition = bool(entry.grades) or entry.score_at_most is not None or entry.score_at_least is not None
    lasts = entry.assessed or leaves.when_condition_ends or entry.once
    return has_condition and not lasts and (leaves.after is not None or bool(leaves.on))


def barred_exits(book: Rulebook, rule: ListRule) -> dict[str, tuple[Measure, ...]]:
    """Return the ways out of a list that its own measures close or narrow, each with those measures."""
    held = [
        measure
        for measure in book.measures
        if measure.kind == "restrict" and isinstance(measure.when, When) and rule.id in measure.when.lists
    ]
    found = {way: tuple(m for m in held if m.gate in BARS.get(way, ())) for way in rule.leaves.on}
    return {way: measures for way, measures in found.items() if measures}
