"""What must hold in a case beyond its shape: its rulebook, subject, span, events and expectations."""

from __future__ import annotations

from glasstown.errors import Fault, did_you_mean
from glasstown.interpreter.bench import FIRM_WORDS, Bench, check_in_force, event_id
from glasstown.interpreter.casefile import MOST_EVENTS, CaseFile
from glasstown.interpreter.eventcheck import check_event
from glasstown.interpreter.reading import Reading
from glasstown.rulebook.tree import Document


def check_case(reading: Reading, case: CaseFile, where: Document) -> list[Fault]:
    """Return every fault of meaning, in the order of the file."""
    bench = Bench(reading, case, where)
    _check_rulebook(bench)
    _check_subject(bench)
    _check_span(bench)
    if len(case.events) > MOST_EVENTS:
        found, way_out = f"{len(case.events)} events", "Tell one life; a town is what `glasstown run` is for."
        bench.note(("events",), found, f"at most {MOST_EVENTS}", way_out)
        return bench.faults
    _gather_ids(bench)
    for place, event in enumerate(case.events):
        check_event(bench, place, event)
    _check_given(bench)
    _check_expect(bench)
    return sorted(bench.faults, key=lambda f: (f.place.line or 0, f.place.column or 0) if f.place else (0, 0))


def _check_rulebook(bench: Bench) -> None:
    asked, book = bench.case.rulebook, bench.reading.book
    if asked is None:
        return
    name, _, variant = asked.partition("@")
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
        way_out = f"Write `subject: {kinds[0]}`." if len(kinds) == 1 else did_you_mean(said, kinds, listed="scored")
        bench.note(("subject",), f"'{said}'", f"whom the scheme scores ({', '.join(kinds)})", way_out)


def _check_span(bench: Bench) -> None:
    case = bench.case
    for key, day in (("start", case.start), ("until", case.until)):
        if day is not None:
            check_in_force(bench, (key,), day)
    if case.start is None and not case.events:
        bench.note(("start",), "neither start nor events", "the first day of the life", "Add `start: YYYY-MM-DD`.")
    if case.start and case.until and case.until < case.start:
        bench.note(
            ("until",), str(case.until), f"a day not before start ({case.start})", "Exchange or correct the days."
        )
    if case.expect is None and not case.events and case.until is None:
        way_out = "Add events, or `until:` to let time pass."
        bench.note(("events",), "no events", "at least one event, or a day to live until", way_out)


def _gather_ids(bench: Bench) -> None:
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
    if given.cutoff is not None:
        bench.note(("given", "cutoff"), "cutoff", "nothing, as this rulebook has no quota", "Remove it.")


def _check_expect(bench: Bench) -> None:
    expect, book = bench.case.expect, bench.reading.book
    if expect is None:
        return
    known = {
        "grade": [grade.id for grade in book.grades],
        "lists": [rule.id for rule in book.lists],
        "measures": [measure.id for measure in book.measures],
    }
    for key, ids in known.items():
        said = getattr(expect, key)
        for word in (said,) if isinstance(said, str) else said or ():
            if word not in ids:
                expected = f"one of the rulebook's {key.rstrip('s')}s"
                bench.note(("expect", key), f"'{word}'", expected, did_you_mean(word, ids))
