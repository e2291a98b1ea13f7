"""Reasons: one plain sentence or two for every line of the ledger, and the citation behind it.

Nothing here decides anything; it says what has been decided.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from glasstown.interpreter.account import Decision, Record
from glasstown.interpreter.calendar import period_words, span_words
from glasstown.rulebook.model import Cite, Clause, ListRule, PointsRange, PointsRate, Procedure, Rulebook
from glasstown.types import UNKNOWN, Quanta

if TYPE_CHECKING:
    from datetime import date

    from glasstown.interpreter.course import Course
    from glasstown.interpreter.filing import Filing
    from glasstown.interpreter.points import Taking
    from glasstown.interpreter.reading import CapReading
    from glasstown.interpreter.standing import Standing


def source(cite: Cite | None) -> str | None:
    """Return 'key, locator', or None where nothing is cited."""
    return None if cite is None else f"{cite.source}, {cite.at}"


def changes(
    book: Rulebook, grade: str | None, new_grade: str | None, lists: tuple[str, ...], standing: Standing
) -> list[str]:
    """Return the sentences that tell what an entry has changed besides the score."""
    told = []
    if grade != new_grade:
        told.append(f"The grade changes from {grade or 'none'} to {new_grade or 'none'}.")
    now = standing.lists()
    for rule in book.lists:
        if rule.id in now and rule.id not in lists:
            told.append(f"The subject comes on the list '{rule.label}'.")
        if rule.id in lists and rule.id not in now:
            told.append(f"The subject leaves the list '{rule.label}'.")
    return told


def record(
    course: Course,
    clause: Clause,
    filing: Filing,
    taking: Taking,
    *,
    n_earlier: int | None,
    fine: int | None,
    holds: bool,
    enters: bool,
    more: bool,
) -> str:
    """Tell a record that takes effect."""
    told = [f"{_recorded(clause, filing.record, filing.effect_day)}{_ladder_words(course, filing, n_earlier)}."]
    told.append(_points_words(course, clause, taking))
    if taking.is_over_at_once:
        told.append(f"Its points would already have lapsed on {taking.lapses_on}, so none are taken.")
    elif taking.taken and taking.lapses_on is not None:
        told.append(f"They lapse on {taking.lapses_on}.")
    if fine is not None:
        told.append(f"A fine of {fine} yuan.")
    elif clause.fine == UNKNOWN:
        told.append("A fine of unknown amount, which adds nothing here.")
    told += _override_words(clause, holds)
    if clause.enters is not None and not enters:
        told.append(f"Its entry on list {clause.enters.list} has a term that is over at once.")
    if more:
        told.append("It comes again every month while the state lasts.")
    if clause.effect and clause.points is None:
        told.append(f"Effect in words: {clause.effect.rstrip('.')}.")
    return " ".join(told)


def _recorded(clause: Clause, filed: Record, effect_day: date) -> str:
    days = []
    if filed.act_day != filed.record_day:
        days.append(f"act of {filed.act_day}")
    if effect_day != filed.record_day:
        days.append(f"recorded on {filed.record_day}")
    return f"{clause.label.rstrip('.')} ({', '.join([f'clause {clause.id}', *days])})"


def _ladder_words(course: Course, filing: Filing, n_earlier: int | None) -> str:
    if n_earlier is None:
        return ""
    ladder = course.reading.ladder(course.reading.ladder_of[filing.place])
    times = "no earlier record" if n_earlier == 0 else f"{n_earlier} earlier record{'s' if n_earlier > 1 else ''}"
    return f", with {times} on ladder {ladder.id} within {span_words(ladder.window)}"


def _points_words(course: Course, clause: Clause, taking: Taking) -> str:
    """Tell nominal points, the cap that bit, and what the bounds left."""
    if clause.points == UNKNOWN:
        told = "Its points are unknown: it would have counted, and changes nothing here."
    elif clause.points is None:
        told = "It has no points of its own."
    else:
        told = f"{_nominal_words(course, clause, taking.nominal)}"
    if taking.cap is not None:
        cap = _cap_words(course, taking.cap)
        if taking.is_dropped:
            return f"{told} {cap} is reached, so the record is dropped."
        told += f" {cap} leaves {_signed(course, taking.granted)}."
    if not taking.is_over_at_once and taking.taken != taking.granted:
        told += f" The score stops at its bound, so {_signed(course, taking.taken)} is taken."
    return told


def _nominal_words(course: Course, clause: Clause, nominal: Quanta) -> str:
    points = _signed(course, nominal)
    if isinstance(clause.points, PointsRange):
        return f"{points}, chosen between {clause.points.least} and {clause.points.most}."
    if isinstance(clause.points, PointsRate):
        return f"{points}, at {clause.points.each} for every full {clause.points.per} {clause.points.of}."
    return f"{points}."


def _signed(course: Course, quanta: Quanta) -> str:
    number, unit = course.points(quanta), course.reading.book.score.unit
    return f"{'+' if quanta > 0 else ''}{number} {unit if number in ('1', '-1') else unit + 's'}"


def _cap_words(course: Course, reading: CapReading) -> str:
    cap, owner = reading.cap, reading.name.rpartition(", cap")[0]
    many = f"{cap.times} record{'s' if cap.times != 1 else ''}" if cap.times is not None else ""
    points = f"{cap.points} {course.reading.book.score.unit}s" if cap.points is not None else ""
    return f"The cap of {owner} ({' or '.join(w for w in (many, points) if w)} in {period_words(cap.per)})"


def _override_words(clause: Clause, holds: bool) -> list[str]:
    override = clause.override
    if override is None:
        return []
    if override.on_application:
        return [f"Grade {override.grade} may follow on application."]
    if not holds:
        return [f"Grade {override.grade} would have held for a term that is already over."]
    how = {"exactly": "is", "no_better": "is no better than", "no_worse": "is no worse than"}[override.holds]
    term = "until an unknown day" if isinstance(override.until, str) else f"for {span_words(override.until)}"
    return [f"The grade {how} {override.grade} {term}."]


def not_applicable(clause: Clause, filed: Record) -> str:
    """Tell a record whose clause does not apply (rule 3.3)."""
    window = span_words(clause.requires.clean) if clause.requires else ""
    return (
        f"{_recorded(clause, filed, filed.record_day)}. It calls for {window} without a deducting record, and there is "
        "one, so it does not apply and counts nowhere."
    )


def instalment(course: Course, clause: Clause, filing: Filing, taking: Taking, *, n_months: int, more: bool) -> str:
    """Tell one instalment of a state that lasts."""
    until = filing.record.until
    told = [
        f"{clause.label.rstrip('.')} (clause {clause.id}) still lasts, {n_months} months after {filing.counting_day}."
    ]
    told.append(_points_words(course, clause, taking))
    if taking.taken and taking.lapses_on is not None:
        told.append(f"They lapse on {taking.lapses_on}.")
    if not more:
        told.append(f"It is the last time before {until}.")
    return " ".join(told).replace(" 1 months ", " one month ")


def lapse(course: Course, clause: Clause, filing: Filing, taken: Quanta, moved: Quanta) -> str:
    """Tell points that return."""
    assert clause.lapse is not None
    after = "" if isinstance(clause.lapse.after, str) else f" after {span_words(clause.lapse.after)}"
    told = f"Points of {clause.id} lapse{after}: the {_signed(course, taken)} that were taken on event "
    told += f"{filing.record.id} return as {_signed(course, -taken)}."
    if moved != -taken:
        told += f" The score stops at its bound, so it moves by {_signed(course, moved)}."
    return told


def override_end(clause: Clause, filed: Record) -> str:
    """Tell the end of an override."""
    assert clause.override is not None
    return f"Grade {clause.override.grade}, set by clause {clause.id} through event {filed.id}, no longer holds."


def list_end(rule: ListRule, filed: Record | None) -> str:
    """Tell the end of a term on a list."""
    term = rule.leaves.after
    after = "" if term is None or isinstance(term, str) else f" of {span_words(term)}"
    cause = f"through event {filed.id}" if filed else "through the list's own condition"
    return f"The term{after} on the list '{rule.label}', entered {cause}, is over."


def assessment(course: Course, rule: ListRule, assessed_day: date, holds: bool) -> str:
    """Tell a list that is decided on an assessed day."""
    verb = "comes on" if holds else "leaves"
    state = f"score {course.points(course.standing.score)}, grade {course.standing.grade or 'none'}"
    mean = course.standing.household_score(assessed_day)
    if rule.entry.household_average_above is not None:
        state = f"household mean {mean}, to lie above {rule.entry.household_average_above}"
    return f"Assessed on the closing state of {assessed_day} ({state}), the subject {verb} the list '{rule.label}'."


def correction(course: Course, clause: Clause, filing: Filing) -> str:
    """Tell a correction, before it is carried out."""
    event = f"event {filing.record.id}"
    if filing.corrected:
        return f"The record of {event} has been corrected before; nothing is left to correct."
    if filing.fate == "waiting":
        return f"The record of {event} is withdrawn before it takes effect."
    if filing.fate != "in effect":
        return f"The record of {event} is corrected; it never applied, so nothing changes."
    standing = filing.standing()
    told = f"The record of {event} under clause {clause.id} is corrected and counts no longer: "
    told += f"{_signed(course, -standing)} put back." if standing else "no points of it stand."
    return told


def nothing_to_correct(decision: Decision) -> str:
    """Tell a correction of what is no record."""
    return f"Event {decision.of} is no record under this rulebook; nothing is left to correct."


def not_open(procedure: Procedure) -> str:
    """Tell a procedure that is open only to those on a list."""
    return f"{procedure.label.rstrip('.')}: open only to those on list {procedure.needs_list}, so nothing changes."


def not_granted(procedure: Procedure, decision: Decision) -> str:
    """Tell an application that changes nothing."""
    return (
        f"{procedure.label.rstrip('.')}: event {decision.of} has no record in effect whose grade is set on application "
        "for a term beyond this day, so nothing changes."
    )


def procedure(
    course: Course, carried_out: Procedure, decision: Decision, filing: Filing | None, closed: set[int]
) -> str:
    """Tell a procedure that has been carried out."""
    told = [f"{carried_out.label.rstrip('.')}."]
    if filing is not None:
        override = course.reading.clause(filing.place).override
        told.append(f"Grade {override.grade if override else 'none'} is granted for event {decision.of}.")
    if carried_out.resets_score:
        base = course.points(course.reading.base)
        told.append(f"The score returns to the base of {base} and earlier records stop counting.")
    if not closed and not carried_out.resets_score and filing is None:
        told.append("It ends no list that the subject is on.")
    return " ".join(told)
