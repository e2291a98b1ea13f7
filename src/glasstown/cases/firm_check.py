"""What must hold in a firm's file beyond its shape: its words, its days, and what decisions are about."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from glasstown.cases.file import MOST_EVENTS
from glasstown.cases.firm_file import LISTS, FirmFile, place_of
from glasstown.cases.firm_words import Vocabulary
from glasstown.errors import Fault, did_you_mean
from glasstown.language.tree import Document, Keys


@dataclass(slots=True)
class Notes:
    """A firm's file under examination, and the faults found so far."""

    firm: FirmFile
    where: Document
    words: Vocabulary
    faults: list[Fault] = field(default_factory=list)

    def note(self, path: Keys, found: str, expected: str, way_out: str) -> None:
        """Keep one fault, at the value of a key."""
        subject = str(path[0]) if len(path) < 2 else f"{path[0]} {int(path[1]) + 1}"
        subject += f", {path[2]}" if len(path) > 2 else ""
        self.faults.append(Fault(subject, self.where.at(*path), found, expected, way_out))

    def word(self, path: Keys, said: str, known: Sequence[str], what: str) -> bool:
        """Note a word that is none of the known; return whether it is one."""
        if said not in known:
            self.note(path, f"'{said}'", what, did_you_mean(said, known))
        return said in known

    def day(self, path: Keys, day: date | None) -> None:
        """Note a day outside the days that are told; none is outside days the wrong way round, which are a fault of their own."""
        first, last = self.firm.from_, self.firm.until
        if day is not None and first <= last and not first <= day <= last:
            side = f"before the first day told ({first})" if day < first else f"after the last day told ({last})"
            way_out = "Correct the day, or let `from:` or `until:` reach it."
            self.note(path, f"{day}, {side}", f"a day from {first} to {last}", way_out)


def check_firm(firm: FirmFile, where: Document, words: Vocabulary) -> list[Fault]:
    """Return every fault of meaning, in the order of the file."""
    notes = Notes(firm, where, words)
    _check_head(notes)
    if sum(len(getattr(firm, key)) for key in LISTS) > MOST_EVENTS:
        notes.note(("events",), "too many entries", f"at most {MOST_EVENTS}", "Tell one firm.")
        return notes.faults
    _check_ids(notes)
    _check_duties(notes)
    for key in LISTS[1:]:
        _check_events(notes, key)
    return sorted(notes.faults, key=place_of)


def _check_head(notes: Notes) -> None:
    """Check what the firm is, and the days that are told."""
    firm, words = notes.firm, notes.words.words
    notes.word(("sector",), firm.sector, list(words.sectors), "a sector that firms.yaml has")
    notes.word(("size",), firm.size, list(words.sizes), "a size that firms.yaml has")
    for number, licence in enumerate(firm.licences):
        known = [each.id for each in words.licences]
        notes.word(("licences", number), licence, known, "a licence that firms.yaml has")
    if firm.place is not None:
        notes.word(("place",), firm.place, list(words.places), "a place that has rulebooks of its own")
    if firm.until < firm.from_:
        found, expected = f"{firm.until}, before the first day", f"a day not before {firm.from_}"
        notes.note(("until",), found, expected, "Exchange or correct the days.")


def _check_ids(notes: Notes) -> None:
    """Note each id that stands twice."""
    seen: set[str] = set()
    for key, place in _entries(notes.firm):
        name = notes.firm.id_of(key, place)
        if name in seen:
            found = f"the id '{name}' a second time"
            notes.note((key, place, "id"), found, "each id once", "Give one of the two another id.")
        seen.add(name)


def _entries(firm: FirmFile) -> Iterator[tuple[str, int]]:
    for key in LISTS:
        yield from ((key, place) for place in range(len(getattr(firm, key))))


def _check_duties(notes: Notes) -> None:
    for place, each in enumerate(notes.firm.duties):
        path: Keys = ("duties", place)
        known = notes.word((*path, "duty"), each.duty, list(notes.words.duties), "a duty that firms.yaml has")
        notes.day((*path, "due"), each.due)
        notes.day((*path, "done"), each.done)
        duty = notes.words.duties.get(each.duty)
        if known and each.yuan is not None and duty and not _asks_for_yuan(notes.words, each.duty):
            expected = "no sum, as small sums of this duty are repaired as others are"
            notes.note((*path, "yuan"), f"yuan: {each.yuan}", expected, "Remove it.")


def _asks_for_yuan(words: Vocabulary, duty: str) -> bool:
    return any(step.yuan is not None for each in words.duties[duty].repaired for step in each.steps)


def _check_events(notes: Notes, key: str) -> None:
    decisions = notes.words.words.decisions
    known = notes.words.people_s if key == "representative" else notes.words.happenings
    for place, each in enumerate(getattr(notes.firm, key)):
        path: Keys = (key, place)
        notes.day((*path, "date"), each.day)
        if not notes.word((*path, "event"), each.event, [*known, *decisions], "an event or decision that is known"):
            continue
        if each.event in decisions:
            _check_decision(notes, key, place)
            continue
        if each.of is not None:
            notes.note((*path, "of"), "'of' with an event", "'of' only with a decision", "Remove `of:`.")
        if each.until is not None and not known[each.event].lasts:
            found = f"until: {each.until}"
            notes.note((*path, "until"), found, "no end, as this event does not last", "Remove `until:`.")
        elif each.until is not None and each.until <= each.day:
            found = f"{each.until}, not after the event"
            notes.note((*path, "until"), found, f"a day after {each.day}", "Correct the days.")


def _check_decision(notes: Notes, key: str, place: int) -> None:
    """Check that a decision names an earlier event of the same life, and has no end."""
    each = getattr(notes.firm, key)[place]
    earlier = [name for name, day in _records(notes, key) if day <= each.day]
    if each.of is None:
        named = ", ".join(earlier[:10]) or "none stands before it"
        notes.note((key, place), "no 'of'", "the event that the decision is about", f"Add `of:` ({named}).")
    elif each.of not in earlier:
        found = f"'{each.of}', which is no earlier event"
        notes.note((key, place, "of"), found, "the id of an earlier event", did_you_mean(each.of, earlier))
    if each.until is not None:
        notes.note((key, place, "until"), f"until: {each.until}", "no end with a decision", "Remove `until:`.")


def _records(notes: Notes, key: str) -> Iterator[tuple[str, date]]:
    """Yield id and day of each event of a life that is no decision; the firm's missed duties are events of its own."""
    firm = notes.firm
    if key == "events":
        yield from ((firm.id_of("duties", place), each.due) for place, each in enumerate(firm.duties))
    for place, each in enumerate(getattr(firm, key)):
        if each.event not in notes.words.words.decisions:
            yield firm.id_of(key, place), each.day
