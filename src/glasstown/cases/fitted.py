"""What of a case one rulebook of several has a use for: its events, their keys, its roles and what is given; the rest is left out.

A case that is told under several rulebooks is no fault where one of them knows nothing of an event.  What the rulebook that the case
names has no use for, and what none of them has, is a fault as under one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from glasstown.cases.bench import FIRM_WORDS, NOT_COVERED, OUT_OF_FORCE, Bench, event_id, kind_of
from glasstown.cases.check import check_event, gather_ids, known_roles
from glasstown.cases.file import CaseFile, Event, GivenPart
from glasstown.errors import Fault
from glasstown.interpreter.reading import Reading
from glasstown.language.texts import with_reading
from glasstown.language.tree import Document, Keys

SPARE_KEYS = ("amount", "points", "fine", "until", "proof", "unless", "grace", "extension")
"""keys of a record that one rulebook asks for and another has no use for"""
OF_THIS = "one that this rulebook has: "


@dataclass(frozen=True, slots=True)
class LeftOut:
    """An event that a rulebook has no use for: its place in the file, its id, and why."""

    place: int
    event: str
    faults: tuple[Fault, ...]

    @property
    def why(self) -> str:
        """What was found, and what the rulebook would ask for; short where it says nothing of it, or not yet, or no more."""
        found, expected = self.faults[0].found, self.faults[0].expected
        if found.endswith(NOT_COVERED):
            return "no clause answers to it"
        days = next((words for words in OUT_OF_FORCE if found.endswith(words)), None)
        if expected.startswith(OF_THIS):
            return f"this rulebook has no {found}; it has {expected.removeprefix(OF_THIS)}"
        return days or f"{found}; expected {expected}"


@dataclass(frozen=True, slots=True)
class Fitted:
    """A case as one rulebook can tell it, with what is left out; `unfit` says why it cannot tell it at all."""

    case: CaseFile
    where: Document
    places: tuple[int, ...]
    """of each event that stays its place in the file"""
    left: tuple[LeftOut, ...] = ()
    unfit: str | None = None
    dropped: Mapping[tuple[int, str], Fault] = field(default_factory=dict)
    """keys of events that stay, each by place and key, that the rulebook has no use for, with what it would say"""

    def placed(self, fault: Fault) -> Fault:
        """Return a fault with the number that its event has in the file."""
        found = re.match(r"event (\d+)", fault.subject)
        if found is None or int(found[1]) > len(self.places):
            return fault
        number = self.places[int(found[1]) - 1] + 1
        return replace(fault, subject=f"event {number}{fault.subject[found.end() :]}")


def fit(typed: CaseFile, where: Document, reading: Reading) -> Fitted:
    """Return what of a case a rulebook can tell."""
    named = typed.model_copy(
        update={"events": tuple(_with_id(typed, place) for place in range(len(typed.events))), "rulebook": None}
    )
    start, until = span_of(typed)
    if (unfit := _unfit(typed, reading, start, until)) is not None:
        return Fitted(named, where, (), (), unfit)
    changed = {
        "start": max(start, reading.book.in_force.from_),
        "until": until,
        "roles": _roles(typed, reading),
        "given": _given(typed.given, reading),
    }
    spanned = named.model_copy(update=changed)
    return _without_idle(spanned if is_named(typed, reading) else _without_expect(spanned), where, reading)


def _without_expect(case: CaseFile) -> CaseFile:
    """Return a case that expects nothing: what it expects is of the rulebook that it names."""
    fields = {name: getattr(case, name) for name in case.model_fields_set if name != "expect"}
    return CaseFile.model_construct(_fields_set=set(fields), **fields)


def _with_id(case: CaseFile, place: int) -> Event:
    return case.events[place].model_copy(update={"id": event_id(case, place)})


def span_of(case: CaseFile) -> tuple[date, date]:
    """Return first and last day of the life, the same under each rulebook: those stated, else those of the first and last event."""
    days = [day for event in case.events for day in (event.day, event.recorded, event.until) if day is not None]
    start = case.start or min((event.day for event in case.events), default=case.until or date.min)
    return start, case.until or max([start, *days])


def is_named(case: CaseFile, reading: Reading) -> bool:
    """Return whether the case says that it is about this rulebook, in this reading where it names one."""
    name, variant = with_reading(case.rulebook or "")
    return name == reading.book.id and variant in (None, "", reading.book.variant)


def _unfit(case: CaseFile, reading: Reading, start: date, until: date) -> str | None:
    """Return why a rulebook can tell nothing of a life."""
    book = reading.book
    kinds = list(dict.fromkeys(subject.kind for subject in book.subjects))
    kind = "firm" if case.subject in FIRM_WORDS else case.subject
    if kind not in kinds:
        return f"it scores no {kind} ({', '.join(kinds)})"
    if until < book.in_force.from_:
        return f"it begins on {book.in_force.from_}, after this life"
    if isinstance(book.in_force.until, date) and start >= book.in_force.until:
        return f"it ended on {book.in_force.until}, before this life"
    return None


def _roles(case: CaseFile, reading: Reading) -> tuple[str, ...]:
    known = known_roles(reading.book, kind_of(case))
    return tuple(role for role in case.roles if role in known)


def _given(given: GivenPart | None, reading: Reading) -> GivenPart | None:
    """Return what is given, as far as a list or a quota of the rulebook asks for it."""
    if given is None:
        return None
    grades = [grade.id for grade in reading.book.grades if grade.quota is not None]
    looks = any(each.entry.household_average_above is not None for each in reading.book.lists)
    kept = {
        "household_score": given.household_score if looks else None,
        "cutoff": given.cutoff if len(grades) == 1 else None,
        "cutoffs": tuple(each for each in given.cutoffs if each.grade in grades),
    }
    return given.model_copy(update=kept) if any(kept.values()) else None


def _without_idle(case: CaseFile, where: Document, reading: Reading) -> Fitted:
    """Return the case without the events that the rulebook has no use for, and without what is about these."""
    kept: dict[int, Event] = {}
    left: list[LeftOut] = []
    dropped: dict[tuple[int, str], Fault] = {}
    for place in range(len(case.events)):
        fitting, faults, spare = _fitting(case, where, reading, place)
        if fitting is not None:
            kept[place] = fitting
            dropped |= {(place, key): fault for key, fault in spare.items()}
        else:
            left.append(LeftOut(place, event_id(case, place), faults))
    gone = {each.event for each in left}
    for place, event in list(kept.items()):
        if event.of in gone:
            why = Fault(
                f"event {place + 1}", where.at("events", place), f"'{event.of}', left out", "a record that counts", ""
            )
            left.append(LeftOut(place, event_id(case, place), (why,)))
            del kept[place]
    return Fitted(
        case.model_copy(update={"events": tuple(kept.values())}),
        _moved(where, list(kept)),
        tuple(kept),
        tuple(sorted(left, key=lambda each: each.place)),
        dropped=dropped,
    )


def _fitting(
    case: CaseFile, where: Document, reading: Reading, place: int
) -> tuple[Event | None, tuple[Fault, ...], dict[str, Fault]]:
    """Return an event without the keys that the rulebook has no use for, its faults, and those of these keys.

    The event is None where the rulebook has no use for it.
    """
    event, spare = case.events[place], dict[str, Fault]()
    faults = _faults(case, where, reading, place, event)
    for key in SPARE_KEYS:
        if faults and getattr(event, key) is not None:
            fields = {name: getattr(event, name) for name in event.model_fields_set if name != key}
            bare = Event.model_construct(_fields_set=set(fields), **fields)
            fewer = _faults(case, where, reading, place, bare)
            if len(fewer) < len(faults):
                spare[key] = next((fault for fault in faults if fault not in fewer), faults[0])
                event, faults = bare, fewer
    return (None if faults else event), faults, spare


def _faults(case: CaseFile, where: Document, reading: Reading, place: int, event: Event) -> tuple[Fault, ...]:
    """Return the faults of one event under a rulebook."""
    events = (*case.events[:place], event, *case.events[place + 1 :])
    bench = Bench(reading, case.model_copy(update={"events": events}), where)
    gather_ids(bench)
    bench.faults.clear()
    check_event(bench, place, event)
    return tuple(bench.faults)


def _moved(where: Document, kept: Sequence[int]) -> Document:
    """Return the places of a file in which only these events stand."""
    new = {old: place for place, old in enumerate(kept)}

    def path_of(path: Keys) -> Keys | None:
        if len(path) < 2 or path[0] != "events":
            return path
        return None if path[1] not in new else ("events", new[int(path[1])], *path[2:])

    values = {to: each for path, each in where.values.items() if (to := path_of(path)) is not None}
    keys = {to: each for path, each in where.keys.items() if (to := path_of(path)) is not None}
    return Document(where.file, where.data, values, keys)
