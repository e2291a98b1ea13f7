"""A hypothetical life in words: what a line of its ledger moves, and why, without a score that is not kept, events by their days.

Days stand as they are typed in a case, in the lines and in their reasons alike.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from glasstown.ledger import in_points
from glasstown.wording import grouped

if TYPE_CHECKING:
    from glasstown.language.model import Clause, Rulebook
    from glasstown.ledger import Life, Line

NO_NUMBER: Final = "the scheme keeps no number"
"""how a flag begins that says so: a page without a score need not say it"""
WAIT_OVER: Final = re.compile(r"The wait of event \S+ for the list '")
LIST_ID: Final = re.compile(r"\b(?:the )?list ([\w-]*\w)(?![\w'-])")
NO_LABELS: Final[Mapping[str, str]] = MappingProxyType({})
NO_POINTS: Final = ("It has no points of its own. ", ": no points of it stand")


def event_words(life: Life) -> dict[str, str]:
    """Return how each event of a life is named in a reason: by its day, and by its own name too where two records share a day."""
    days: dict[str, date] = {record.id: record.record_day for record in life.records}
    shared = Counter(days.values())
    told = {name: f"record of {day}{f' ({name})' if shared[day] > 1 else ''}" for name, day in days.items()}
    return told | {each.id: f"event of {each.day}" for each in life.decisions}


def with_labels(text: str, labels: Mapping[str, str]) -> str:
    """Return a sentence of the interpreter with lists by their labels, where it has their ids.

    >>> with_labels("Its entry on list sp_a is over.", {"sp_a": "those who owe"})
    "Its entry on the list 'those who owe' is over."
    """
    return LIST_ID.sub(lambda found: f"the list '{labels[found[1]]}'" if found[1] in labels else found[0], text)


def reason(why: str, named: Mapping[str, str], *, is_kept: bool, labels: Mapping[str, str] = NO_LABELS) -> str:
    """Return the reason of a line, or a flag, without numbers of events, and of a list without points.

    named    how each event is told, by its id, as of `event_words`
    labels   the rulebook's lists in words, by id
    """
    why = with_labels(WAIT_OVER.sub("The wait before the list '", why), labels)
    for name, said in named.items():
        what = re.escape(name)
        why = re.sub(rf"\brecord of event {what}(?![\w-])", said, why)
        why = re.sub(rf"\bevent {what}(?![\w-])", f"the {said}", why)
        why = re.sub(rf"\bEvent {what}(?![\w-])", f"The {said}", why)
    for said in () if is_kept else NO_POINTS:
        why = f"{why} ".replace(said, "").rstrip()
    return why.replace("Effect in words: ", "Effect: ")


def moved(line: Line, book: Rulebook) -> str:
    """Return what a line moves and where it leaves the subject: score where one is kept, grade where there are any, lists."""
    told = [_score(line, book)] if book.score.kept else []
    if line.grade is not None or (book.grades and book.score.kept):
        told.append(f"grade {line.grade}" if line.grade is not None else "no grade")
    if book.grades_published is not None:
        told[-1] += f" (of the day: {line.running or 'none'})"
    on = on_lists(line.lists, book)
    if on or not told:
        told.append(on or "on no list")
    return "   ".join(told)


def _score(line: Line, book: Rulebook) -> str:
    before, after = (grouped(in_points(each, book.score.quantum)) for each in (line.before, line.after))
    return f"{before} → {after}" if before != after else f"score stays {after}"


def source_of(source: str, phase: str, clause: Clause | None) -> str:
    """Return what a line of a ledger rests on: of a listing that followed a record its ground, and beside it the rule on the list.

    source   the line's own, `KEY, PLACE`
    """
    if phase != "listing" or clause is None or not source:
        return source
    ground = f"{clause.cite.source}, {clause.cite.at}"
    key, _, at = source.partition(", ")
    rule = at if key == clause.cite.source else source
    return source if ground == source else f"{ground} (its ground; the list: {rule})"


def list_labels(book: Rulebook | None) -> dict[str, str]:
    """Return the lists of a rulebook in words, by id."""
    return {each.id: each.label for each in book.lists} if book else {}


def named_lists(names: Iterable[str], book: Rulebook) -> str:
    """Return lists by their labels, parted by `or`: 'those who owe' or 'those who refused'."""
    labels = list_labels(book)
    return " or ".join(f"'{labels.get(name, name)}'" for name in names)


def on_lists(names: Iterable[str], book: Rulebook) -> str:
    """Return the lists that a subject is on by their labels; nothing where it is on none."""
    labels = list_labels(book)
    told = [f"'{labels.get(name, name)}'" for name in names]
    return f"on the {'list' if len(told) == 1 else 'lists'} {', '.join(told)}" if told else ""
