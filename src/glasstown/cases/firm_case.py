"""A firm's file as cases: for each rulebook the records and decisions of one of its lives, and what the rulebook leaves out.

A life is that of the firm itself, of the person who represents it by law, or of a customer who owes it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final, Literal, TypeAlias

from glasstown.cases.file import CaseFile, Event
from glasstown.cases.firm_file import Done, FirmFile, Happened
from glasstown.cases.firm_words import NEW, YOUNG, Duty, Happening, Step, Vocabulary
from glasstown.interpreter.calendar import add_months
from glasstown.interpreter.reading import Reading
from glasstown.language.days import covers
from glasstown.language.tree import Document, Keys
from glasstown.wording import counted

Whose: TypeAlias = Literal["firm", "representative", "partner"]
LIVES: Final[dict[Whose, str]] = {"firm": "events", "representative": "representative", "partner": "partner"}
"""whose lives a file tells, and the key of each"""
ON_THE_SUBJECT: Final = ("perform",)
"""decisions that are about the subject, whatever the event that brought them"""
DECIDED: Final = {"granted": True, "refused": False}
YEARS_YOUNG: Final = 3


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing of a file: its id, day, words, place in the file; an event or a decision about one."""

    id: str
    day: date
    label: str
    path: Keys
    happening: Happening | None = None
    until: date | None = None
    decision: str | None = None
    of: str | None = None
    repair: tuple[str, str] | None = None
    """rulebook and clause by which points come back"""


def entries(firm: FirmFile, words: Vocabulary, whose: Whose) -> tuple[Entry, ...]:
    """Return what happened in one life of a file, by day; of one day as the file has it."""
    told: list[Entry] = []
    if whose == "firm":
        told += _of_age(firm, words)
        for place, done in enumerate(firm.duties):
            told += _of_duty(firm, words, place, done)
    key = LIVES[whose]
    known = words.people_s if whose == "representative" else words.happenings
    told += [_of_event(firm, words, known, key, place) for place in range(len(getattr(firm, key)))]
    return tuple(sorted(told, key=lambda each: each.day))


def _of_age(firm: FirmFile, words: Vocabulary) -> Iterator[Entry]:
    """Yield what the age of a firm brings by itself: that it is new in its first calendar year, and young for three years."""
    if firm.age == 0:
        known = words.happenings[NEW]
        yield Entry(NEW, firm.from_, known.label, ("age",), known, date(firm.from_.year + 1, 1, 1))
    if firm.age < YEARS_YOUNG:
        known = words.happenings[YOUNG]
        until = add_months(firm.from_, 12 * (YEARS_YOUNG - firm.age))
        yield Entry(YOUNG, firm.from_, known.label, ("age",), known, until)


def _of_duty(firm: FirmFile, words: Vocabulary, place: int, done: Done) -> Iterator[Entry]:
    """Yield that a duty was not done by its day, and what follows from doing it late; nothing where it was done in time."""
    duty, name = words.duties[done.duty], firm.id_of("duties", place)
    missed = done.due + timedelta(days=1)
    if missed > firm.until or (done.done is not None and done.done <= done.due):
        return
    path: Keys = ("duties", place)
    happening = words.happenings[duty.missed]
    until = done.done if duty.lasts else None
    yield Entry(name, missed, f"{duty.label}, due {done.due}, {_how_late(done)}", path, happening, until)
    if done.done is None:
        return
    if duty.procedure is not None:
        yield Entry(f"{name}-done", done.done, f"{duty.label} done", path, decision=duty.procedure, of=name)
    for each in duty.repaired:
        step = step_of(duty, each.book, done.due, done.done, done.yuan)
        if step is not None:
            label = f"{duty.label} {_how_late(done)}"
            yield Entry(f"{name}-{each.book}", done.done, label, path, of=name, repair=(each.book, step.clause))


def _how_late(done: Done) -> str:
    if done.done is None:
        return "not done"
    return f"done on {done.done}, {counted((done.done - done.due).days, 'day')} late"


def step_of(duty: Duty, book: str, due: date, done: date, yuan: int | None) -> Step | None:
    """Return how soon a duty was done by a rulebook's own steps, counted from the due day; None where it has none."""
    steps = next((each.steps for each in duty.repaired if each.book == book), ())
    return next((step for step in steps if _fits(step, due, done, yuan)), None)


def _fits(step: Step, due: date, done: date, yuan: int | None) -> bool:
    in_time = step.days is None or (done - due).days <= step.days
    in_year = not step.same_year or done.year == due.year
    return in_time and in_year and (step.yuan is None or (yuan is not None and yuan <= step.yuan))


def _of_event(firm: FirmFile, words: Vocabulary, known: dict[str, Happening], key: str, place: int) -> Entry:
    each: Happened = getattr(firm, key)[place]
    name, path = firm.id_of(key, place), (key, place)
    if each.event in words.words.decisions:
        label = f"{words.words.decisions[each.event]} (of {each.of})"
        return Entry(name, each.day, label, path, decision=each.event, of=each.of)
    happening = known[each.event]
    return Entry(name, each.day, happening.label, path, happening, each.until)


def case_of(
    firm: FirmFile, where: Document, told: Sequence[Entry], reading: Reading, subject: str, roles: tuple[str, ...]
) -> tuple[CaseFile, Document, tuple[Entry, ...]]:
    """Return a life as a case under one rulebook, its places, and the entries that the rulebook says nothing of."""
    events: list[Event] = []
    places: dict[Keys, tuple[int, int]] = {}
    silent: list[Entry] = []
    for entry in told:
        own = list(_events(entry, reading, {each.id for each in events if each.id}))
        for event in own:
            places[("events", len(events))] = _position(where, entry.path)
            events.append(event)
        if not own:
            silent.append(entry)
    case = CaseFile.model_construct(
        rulebook=None, subject=subject, roles=roles, start=firm.from_, until=firm.until, events=tuple(events),
        given=None, expect=None, _fields_set={"subject", "roles", "start", "until", "events"},
    )  # fmt: skip
    return case, Document(where.file, where.data, places), tuple(silent)


def _position(where: Document, path: Keys) -> tuple[int, int]:
    place = where.at(*path)
    return place.line or 1, place.column or 1


def _events(entry: Entry, reading: Reading, before: set[str]) -> Iterator[Event]:
    """Yield the events of a case that an entry comes to under a rulebook; `before` are ids of earlier ones."""
    if entry.repair is not None:
        book, clause = entry.repair
        if book == reading.book.id and entry.of in before and _is_law(reading, clause, entry.day):
            yield _event(entry.id, entry.day, {"clause": clause})
    elif entry.decision is not None:
        if entry.of in before:
            yield from _decided(entry, reading)
    elif entry.happening is not None:
        yield from _recorded(entry, entry.happening, reading)


def _recorded(entry: Entry, happening: Happening, reading: Reading) -> Iterator[Event]:
    """Yield the records of a happening, the first by the id of the entry."""
    acts = [happening.act] if happening.act and _answers(reading, happening.act) else []
    clauses = [name for name in happening.clauses.get(reading.book.id, ()) if _is_law(reading, name, entry.day)]
    said = [*({"act": act} for act in acts), *({"clause": clause} for clause in clauses)]
    for number, keys in enumerate(said, start=1):
        name = entry.id if number == 1 else f"{entry.id}-{number}"
        yield _event(name, entry.day, {**keys, "until": entry.until})


def _decided(entry: Entry, reading: Reading) -> Iterator[Event]:
    """Yield the decision, where the rulebook has it."""
    said = entry.decision or ""
    if said in DECIDED:
        yield _event(entry.id, entry.day, {"event": "decide", "of": entry.of, "granted": DECIDED[said]})
    elif said in ("correct", "end"):
        yield _event(entry.id, entry.day, {"event": said, "of": entry.of})
    elif said == "object" or said in {each.id for each in reading.book.procedures}:
        of = None if said in ON_THE_SUBJECT else entry.of
        yield _event(entry.id, entry.day, {"event": said, "of": of})


def _event(name: str, day: date, keys: Mapping[str, Any]) -> Event:
    given: dict[str, Any] = {key: value for key, value in {"id": name, "day": day, **keys}.items() if value is not None}
    return Event.model_construct(_fields_set=set(given), **given)


def _answers(reading: Reading, act: str) -> bool:
    return act in reading.acts.ids() and reading.first_clause(None, act, None) is not None


def _is_law(reading: Reading, clause: str, day: date) -> bool:
    """Return whether a rulebook has a clause that counts on a day."""
    place = reading.clause_place.get(clause)
    return place is not None and covers(reading.clause(place).in_force, day)
