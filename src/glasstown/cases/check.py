"""What must hold in a case beyond its shape: its rulebook, subject, span, events and expectations.

What must hold of one event of a case: its days, and that it is a record or a decision.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from glasstown.cases.bench import FIRM_WORDS, Bench, check_in_force, clauses_of, event_id, kind_of
from glasstown.cases.check_events import check_decision, check_record
from glasstown.cases.check_expect import check_expect
from glasstown.cases.file import MOST_EVENTS, CaseFile, Event, GivenPart
from glasstown.errors import Fault, did_you_mean
from glasstown.exact import exactly
from glasstown.interpreter.calendar import day_of_year
from glasstown.interpreter.reading import Reading
from glasstown.language.model import Rulebook
from glasstown.language.texts import with_reading
from glasstown.language.tree import Document

DECISION_KEYS = ("given", "granted")


def check_event(bench: Bench, place: int, event: Event) -> None:
    """Note every fault of one event."""
    said = [key for key in ("clause", "act", "event") if getattr(event, key) is not None]
    if len(said) != 1:
        found = " and ".join(f"'{key}'" for key in said) if said else "neither clause nor act nor event"
        way_out = "Keep the one that was recorded." if said else "Add `clause:`, `act:` or `event:`."
        bench.note(("events", place), found, "exactly one of clause, act, event", way_out)
        return
    _check_days(bench, place, event)
    if event.event is not None:
        check_decision(bench, place, event)
        return
    if event.of is not None:
        way_out = "Remove `of:`, or write `event: correct` or `apply`."
        bench.note(("events", place, "of"), f"'of' with a {said[0]}", "'of' only with a decision", way_out)
    for key in DECISION_KEYS:
        if getattr(event, key) is not None:
            bench.note(("events", place, key), f"'{key}' with a {said[0]}", "only with a decision", f"Remove `{key}:`.")
    clauses = clauses_of(bench, place, event)
    if clauses:
        check_record(bench, place, event, clauses)


def _check_days(bench: Bench, place: int, event: Event) -> None:
    check_in_force(bench, ("events", place, "date"), event.day, may_be_over=event.event is not None)
    recorded = event.recorded or event.day
    if event.recorded is not None:
        check_in_force(bench, ("events", place, "recorded"), event.recorded)
        if event.recorded < event.day:
            expected = f"a day not before the act ({event.day})"
            way_out = "Exchange or correct the days."
            bench.note(("events", place, "recorded"), f"{event.recorded}, before the act", expected, way_out)
    start, until = bench.case.start, bench.case.until
    if start is not None and recorded < start:
        way_out = "Let the life start earlier, or move the event."
        bench.note(("events", place, "date"), f"{recorded}, before the life starts", f"a day from {start} on", way_out)
    if until is not None and recorded > until:
        way_out = "Let the life last longer, or move the event."
        bench.note(("events", place, "date"), f"{recorded}, after the life ends", f"a day up to {until}", way_out)
    if event.until is not None and event.until < event.day:
        expected = f"a day after {event.day}"
        bench.note(
            ("events", place, "until"), f"{event.until}, before the event", expected, "Exchange or correct the days."
        )


_NO_QUOTA = "nothing, as this rulebook has no quota"


@exactly
def check_case(reading: Reading, case: CaseFile, where: Document) -> list[Fault]:
    """Return every fault of meaning, in the order of the file; of another rulebook or subject that alone, as the rest comes of it."""
    bench = Bench(reading, case, where)
    _check_rulebook(bench)
    _check_subject(bench)
    if bench.faults:
        return (
            bench.faults
        )  # roles, events and expectations are of another rulebook, or of somebody whom it does not score
    _check_roles(bench)
    _check_span(bench)
    if len(case.events) > MOST_EVENTS:
        found, way_out = f"{len(case.events)} events", "Tell one life; a town is what `glasstown run` is for."
        bench.note(("events",), found, f"at most {MOST_EVENTS}", way_out)
        return bench.faults
    gather_ids(bench)
    for place, event in enumerate(case.events):
        check_event(bench, place, event)
    _check_given(bench)
    check_expect(bench)
    return sorted(bench.faults, key=lambda f: (f.place.line or 0, f.place.column or 0) if f.place else (0, 0))


def _check_rulebook(bench: Bench) -> None:
    asked, book = bench.case.rulebook, bench.reading.book
    if asked is None:
        return
    name, variant = with_reading(asked)
    here = f"{book.id}@{book.variant}" if book.variant else book.id
    if name != book.id:
        way_out = f"Ask for '{asked}', or change the case."
        bench.note(("rulebook",), f"'{asked}'", f"'{book.id}', the rulebook asked for", way_out)
    elif variant and variant not in {v.id for v in book.variants}:
        way_out = did_you_mean(variant, [v.id for v in book.variants])
        bench.note(("rulebook",), f"the reading '{variant}'", "a reading of the rulebook", way_out)
    elif variant and variant != book.variant:
        bench.note(("rulebook",), f"'{asked}'", f"'{here}', the reading asked for", f"Ask for '{asked}'.")


def _check_subject(bench: Bench) -> None:
    kinds = list(dict.fromkeys(subject.kind for subject in bench.reading.book.subjects))
    said = bench.case.subject
    if ("firm" if said in FIRM_WORDS else said) not in kinds:
        way_out = (
            f"Write `subject: {kinds[0]}`." if len(kinds) == 1 else did_you_mean(said, kinds, called="scored ones")
        )
        bench.note(("subject",), f"'{said}'", f"whom the scheme scores ({', '.join(kinds)})", way_out)


def _check_roles(bench: Bench) -> None:
    """Check that a clause, or whom the scheme scores, is about each role."""
    known = known_roles(bench.reading.book, kind_of(bench.case))
    for n, role in enumerate(bench.case.roles):
        if role not in known:
            expected = "a role that a clause names" if known else "none, as no clause is about a role"
            bench.note(("roles", n), f"'{role}'", expected, did_you_mean(role, known) if known else "Remove it.")


def known_roles(book: Rulebook, kind: str) -> list[str]:
    """Return the roles of subjects of a kind that clauses are about, or that whoever is scored has."""
    of_clauses = [each.applies_to.role for each in book.clauses if each.applies_to.kind == kind]
    of_subjects = [each.role for each in book.subjects if each.kind == kind]
    return list(dict.fromkeys(role for role in (*of_clauses, *of_subjects) if role is not None))


def _check_span(bench: Bench) -> None:
    case = bench.case
    for key, day in (("start", case.start), ("until", case.until)):
        if day is not None:
            check_in_force(bench, (key,), day, may_be_over=key == "until")
    if case.start is None and not case.events:
        bench.note(("start",), "neither start nor events", "the first day of the life", "Add `start: YYYY-MM-DD`.")
    if case.start and case.until and case.until < case.start:
        bench.note(
            ("until",), str(case.until), f"a day not before start ({case.start})", "Exchange or correct the days."
        )
    if case.expect is None and not case.events and case.until is None:
        way_out = "Add events, or `until:` to let time pass."
        bench.note(("events",), "no events", "at least one event, or a day to live until", way_out)


def gather_ids(bench: Bench) -> None:
    """Keep the place of each id, and note each that stands twice."""
    for place in range(len(bench.case.events)):
        name = event_id(bench.case, place)
        if name in bench.ids:
            found = f"the id '{name}' a second time (first: event {bench.ids[name] + 1})"
            bench.note(("events", place, "id"), found, "each id once", "Give one of the two another id.")
        bench.ids.setdefault(name, place)


def _check_given(bench: Bench) -> None:
    given, lists = bench.case.given, bench.reading.book.lists
    if given is None:
        return
    if given.household_score is not None and all(r.entry.household_average_above is None for r in lists):
        found, expected = "household_score", "nothing, as no list of this rulebook looks at the household"
        bench.note(("given", "household_score"), found, expected, "Remove it.")
    _check_cutoffs(bench, given)


def _check_cutoffs(bench: Bench, given: GivenPart) -> None:
    grades = {grade.id: grade.quota for grade in bench.reading.book.grades if grade.quota is not None}
    if given.cutoff is not None:
        expected = f"`cutoffs`, as several grades have a quota ({', '.join(grades)})" if grades else _NO_QUOTA
        if len(grades) != 1:
            way_out = "Say under `cutoffs` which grade begins where." if grades else "Remove it."
            bench.note(("given", "cutoff"), "cutoff", expected, way_out)
        elif given.cutoffs:
            bench.note(("given", "cutoff"), "cutoff beside cutoffs", "one of the two", "Remove one of them.")
        _check_whole(bench, ("given", "cutoff"), given.cutoff)
    if given.cutoffs and not grades:
        bench.note(("given", "cutoffs"), "cutoffs", _NO_QUOTA, "Remove it.")
        return
    seen: set[tuple[date, str]] = set()
    for n, each in enumerate(given.cutoffs):
        path, quota = ("given", "cutoffs", n), grades.get(each.grade)
        if quota is None:
            way_out = did_you_mean(each.grade, list(grades))
            bench.note((*path, "grade"), f"'{each.grade}'", "a grade with a quota", way_out)
        elif each.day not in {day_of_year(each.day.year, month_day) for month_day in quota.assessed}:
            expected = f"an assessed day of grade '{each.grade}' ({', '.join(quota.assessed)})"
            bench.note((*path, "day"), f"{each.day}", expected, "Correct the day.")
        if (each.day, each.grade) in seen:
            bench.note(path, f"grade '{each.grade}' on {each.day} a second time", "each once", "Remove one of the two.")
        seen.add((each.day, each.grade))
        if each.score is not None:
            _check_whole(bench, (*path, "score"), each.score)


def _check_whole(bench: Bench, path: tuple[str | int, ...], points: Decimal) -> None:
    quantum = bench.reading.book.score.quantum
    if points % quantum:
        bench.note(path, f"{points}", f"a whole number of steps of {quantum}", "Round it as published.")
