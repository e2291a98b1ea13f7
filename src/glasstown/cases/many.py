"""One case under several rulebooks: the life that each of them tells, and what of it each leaves out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from glasstown.archive.library import Held
from glasstown.cases.case import Case, CaseResult, parse_case, run_case
from glasstown.cases.file import CaseFile, read_case_file
from glasstown.cases.fitted import Fitted, LeftOut, fit, is_named, span_of
from glasstown.errors import CaseError, Fault, did_you_mean
from glasstown.interpreter.reading import read
from glasstown.language.texts import with_reading
from glasstown.language.tree import Document


@dataclass(frozen=True, slots=True)
class Under:
    """What one rulebook tells of a life; `unfit` says why it tells nothing."""

    held: Held
    case: Case | None
    result: CaseResult | None
    left: tuple[LeftOut, ...]
    unfit: str | None


def tell_under(books: Sequence[Held], path: Path) -> tuple[CaseFile, tuple[Under, ...]]:
    """Return a case as it was typed, and the life that each rulebook tells of it.

    Errors   CaseError with every fault of its shape, of what the rulebook that it names asks for, and of what none has a use for
    """
    typed, where = read_case_file(path)
    readings = [read(held.book, held.acts) for held in books]
    fitted = [fit(typed, where, reading) for reading in readings]
    named = [is_named(typed, reading) for reading in readings]
    if faults := [
        *_of_nobody(typed, where, books, fitted),
        *_of_no_use(typed, where, fitted, named),
        *_of_the_name(typed, where, books),
    ]:
        raise CaseError(where.file, sorted(dict.fromkeys(faults), key=_place))
    told, faults = [], list[Fault]()
    for held, each in zip(books, fitted, strict=True):
        try:
            told.append(_tell(held, each))
        except CaseError as problem:
            faults += [each.placed(fault) for fault in problem.faults]
    if faults:
        raise CaseError(where.file, list(dict.fromkeys(faults)))
    return typed, tuple(told)


def _tell(held: Held, fitted: Fitted) -> Under:
    if fitted.unfit is not None:
        return Under(held, None, None, fitted.left, fitted.unfit)
    case = parse_case(fitted.case, fitted.where, held.book, held.acts)
    return Under(held, case, run_case(held.book, held.acts, case), fitted.left, None)


def _of_nobody(typed: CaseFile, where: Document, books: Sequence[Held], fitted: Sequence[Fitted]) -> Iterator[Fault]:
    """Yield the one fault of a life that none of the rulebooks can tell, with the reason of each."""
    if any(each.unfit is None for each in fitted):
        return
    start, until = span_of(typed)
    by_reason: dict[str, list[str]] = {}
    for held, each in zip(books, fitted, strict=True):
        by_reason.setdefault(str(each.unfit), []).append(held.reference)
    told = "; ".join(f"{', '.join(names)}: {reason}" for reason, names in by_reason.items())
    found = f"a {typed.subject} from {start} to {until}"
    expected = "whom, and when, one of these rulebooks scores"
    yield Fault("case", where.at("subject"), found, expected, f"{told}.")


def _of_no_use(typed: CaseFile, where: Document, fitted: Sequence[Fitted], named: Sequence[bool]) -> list[Fault]:
    """Return the faults of events that the rulebook of the case leaves out, or all of those that tell the life do."""
    telling = [each for each in fitted if each.unfit is None]
    if not telling:
        return []
    faults: list[Fault] = []
    for each, is_own in zip(fitted, named, strict=True):
        if is_own:
            faults += [fault for left in each.left for fault in left.faults]
    for place in range(len(typed.events)):
        reasons = [left.faults for each in telling for left in each.left if left.place == place]
        if len(reasons) == len(telling):
            faults.append(_known_to_none(typed, where, place, reasons))
    return [*faults, *_idle_keys(telling), *_idle_facts(typed, where, telling)]


def _idle_keys(telling: Sequence[Fitted]) -> Iterator[Fault]:
    """Yield the fault of each key of an event that every rulebook which has a use for the event drops."""
    for place, key in sorted({each for fitted in telling for each in fitted.dropped}):
        keeping = [fitted for fitted in telling if place in fitted.places]
        found = [fitted.dropped[place, key] for fitted in keeping if (place, key) in fitted.dropped]
        if found and len(found) == len(keeping):
            yield found[0]


def _idle_facts(typed: CaseFile, where: Document, telling: Sequence[Fitted]) -> Iterator[Fault]:
    """Yield each role, and each value from other people's lives, that no rulebook asks for."""
    for number, role in enumerate(typed.roles):
        if not any(role in each.case.roles for each in telling):
            found = f"'{role}'"
            yield Fault(
                "case, roles",
                where.at("roles", number),
                found,
                "a role that one of these rulebooks names",
                "Remove it.",
            )
    for key in ("household_score", "cutoff", "cutoffs"):
        if typed.given is not None and getattr(typed.given, key) and not any(_has(each, key) for each in telling):
            yield Fault(
                f"case, {key}", where.at("given", key), key, "what one of these rulebooks asks for", "Remove it."
            )


def _has(fitted: Fitted, key: str) -> bool:
    return fitted.case.given is not None and bool(getattr(fitted.case.given, key))


def _known_to_none(typed: CaseFile, where: Document, place: int, reasons: Sequence[tuple[Fault, ...]]) -> Fault:
    """Return the fault of an event that no rulebook has a use for: the one fault that all find, or that none knows it."""
    first = reasons[0][0]
    if len(reasons) == 1 or (all(faults[0] == first for faults in reasons) and "this rulebook" not in first.found):
        return first
    event = typed.events[place]
    what = next(
        (f"the {key} '{said}'" for key in ("clause", "act", "event") if (said := getattr(event, key))), "an event"
    )
    found = f"{what}, which none of these {len(reasons)} rulebooks has a use for"
    way_out = f"Of the first: found {first.found}; expected {first.expected}."
    return Fault(
        f"event {place + 1}", where.at("events", place), found, "an event that one of them answers to", way_out
    )


def _of_the_name(typed: CaseFile, where: Document, books: Sequence[Held]) -> list[Fault]:
    """Return that the case is about a rulebook that is not among these."""
    if typed.rulebook is None:
        return []
    name, variant = with_reading(typed.rulebook)
    readings = [(held.book.id, held.book.variant) for held in books]
    if any(name == book and (not variant or variant == reading) for book, reading in readings):
        return []
    known = [f"{book}@{reading}" if reading else book for book, reading in readings]
    way_out = did_you_mean(typed.rulebook, known) + " Without `rulebook:` it is about all of them."
    return [Fault("case, rulebook", where.at("rulebook"), f"'{typed.rulebook}'", "one of those asked for", way_out)]


def _place(fault: Fault) -> tuple[int, int]:
    return (fault.place.line or 0, fault.place.column or 0) if fault.place else (0, 0)
