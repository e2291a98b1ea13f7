"""Reasons: one plain sentence or two for every line of the ledger, and the citation behind it.

Nothing here decides anything; it says what has been decided.  Lists and decisions have files of their own.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from glasstown.interpreter.calendar import period_words, span_words
from glasstown.interpreter.course import Course
from glasstown.interpreter.filing import Filing, Taking
from glasstown.interpreter.ranges import range_words
from glasstown.interpreter.reading import CapReading
from glasstown.interpreter.standing import Standing
from glasstown.language.days import covers
from glasstown.language.model import (
    Campaign,
    Cite,
    Clause,
    Exclusion,
    GradesPublished,
    Lock,
    PointsDated,
    PointsRange,
    PointsRate,
    Proof,
    Rulebook,
    Span,
)  # fmt: skip
from glasstown.ledger import Record
from glasstown.types import UNKNOWN, Quanta
from glasstown.wording import counted, noun


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


@dataclass(frozen=True, slots=True)
class Brings:
    """What a record brings besides points: its fine, whether override and lock last, its list entry in words, instalments."""

    fine: int | None
    holds: bool
    locks: bool
    entry: str
    more: bool


def record(
    course: Course, clause: Clause, filing: Filing, taking: Taking, *, n_earlier: int | None, brings: Brings
) -> str:
    """Return the reason of a record that takes effect."""
    told = [f"{_recorded(clause, filing.record, filing.effect_day)}{_ladder_words(course, filing, n_earlier)}."]
    told.append(_points_words(course, clause, taking))
    if taking.is_over_at_once:
        told.append(f"Its points would already have lapsed on {taking.lapses_on}, so none are taken.")
    elif taking.taken and taking.lapses_on is not None:
        told.append(_lapse_words(course, taking.taken, taking.lapses_on))
    if brings.fine is not None:
        told.append(f"A fine of {brings.fine} yuan.")
    elif clause.fine == UNKNOWN:
        told.append("A fine of unknown amount, which adds nothing here.")
    told += _override_words(clause, brings.holds)
    told += _lock_words(clause, brings.locks)
    told += [brings.entry] if brings.entry else []
    if brings.more:
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
    times = "no earlier record" if n_earlier == 0 else counted(n_earlier, "earlier record")
    return f", with {times} on ladder {ladder.id} within {span_words(ladder.window)}"


def _points_words(course: Course, clause: Clause, taking: Taking) -> str:
    """Return nominal points, the cap that bit, and what the bounds left, in words."""
    if taking.nominal.is_unknown:
        told = "Its points are unknown: it would have counted, and changes nothing here."
    elif clause.points is None:
        told = "It has no points of its own."
    else:
        told = f"{_nominal_words(course, clause, taking.nominal.quanta)}"
    told += "".join(_campaign_words(campaign) for campaign in taking.nominal.campaigns)
    if taking.barrier is not None:
        return f"{told} {_BARRIERS[taking.barrier]}"
    if taking.cap is not None:
        cap = _cap_words(course, taking.cap)
        if taking.is_dropped:
            return f"{told} {cap} is reached, so the record is dropped."
        told += f" {cap} leaves {signed(course, taking.granted)}."
    if not taking.is_over_at_once and taking.taken != taking.granted:
        told += f" {_stop_words(clause)}, so {_moved_words(course, taking.taken)}."
    return told


def _campaign_words(campaign: Campaign) -> str:
    return f" That is {counted(campaign.times, 'time')} as much during {campaign.label.rstrip('.')}."


def _stop_words(clause: Clause) -> str:
    return "The score or its part stops at a bound" if clause.part else "The score stops at its bound"


_BARRIERS = {
    "lock": "A lock on the score stands, so the record is dropped.",
    "consent": "There is no consent, so the record is dropped.",
}


def _nominal_words(course: Course, clause: Clause, nominal: Quanta) -> str:
    points = signed(course, nominal)
    if isinstance(clause.points, PointsRange):
        return f"{points}, chosen {range_words(clause, clause.points)}."
    if isinstance(clause.points, PointsDated):
        return f"{points}, as in force on that day."
    if isinstance(clause.points, PointsRate):
        return f"{points}, at {clause.points.each} for every full {clause.points.per} {clause.points.of}."
    return f"{points}."


def signed(course: Course, quanta: Quanta) -> str:
    """Return points with sign and unit."""
    number = counted(_points(course, quanta), course.reading.book.score.unit)
    return f"+{number}" if quanta > 0 else number


def _points(course: Course, quanta: Quanta) -> Decimal:
    return Decimal(course.points(quanta))


def _moved_words(course: Course, quanta: Quanta) -> str:
    """Return that so many points are taken or given, without a sign."""
    if not quanta:
        return "the score stays as it is"
    points = abs(_points(course, quanta))
    number = counted(points, course.reading.book.score.unit)
    return f"{number} {noun(points, 'is', 'are')} {'given' if quanta > 0 else 'taken'}"


def _lapse_words(course: Course, quanta: Quanta, day: date) -> str:
    return f"{noun(_points(course, quanta), 'It lapses', 'They lapse')} on {day}."


def _cap_words(course: Course, reading: CapReading) -> str:
    cap, owner = reading.cap, reading.name.rpartition(", cap")[0]
    many = counted(cap.times, "record") if cap.times is not None else ""
    points = counted(cap.points, course.reading.book.score.unit) if cap.points is not None else ""
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
    return [f"The grade {how} {override.grade} {_until_words(override.until)}."]


def _until_words(until: Span | str) -> str:
    if isinstance(until, Span):
        return f"for {span_words(until)}"
    named = {"cycle-end": "until the next rating cycle", "state-ends": "until the state ends"}
    return named.get(until, "until an unknown day")


def _lock_words(clause: Clause, locks: bool) -> list[str]:
    if clause.lock is None:
        return []
    return [f"{_lock_effect(clause.lock)} {_until_words(clause.lock.until)}." if locks else "Its lock is over at once."]


def _lock_effect(lock: Lock, is_: str = "is", move: str = "move") -> str:
    told = [] if lock.at_most is None else [f"the score shown {is_} no higher than {lock.at_most}"]
    if lock.freezes is not None:
        told.append(f"records{' that give' if lock.freezes == 'rewards' else ''} {move} nothing")
    words = " and ".join(told)
    return words[:1].upper() + words[1:]


def not_applicable(clause: Clause, filed: Record, reason: str) -> str:
    """Return the reason of a record whose clause does not apply (rule 3.3)."""
    return f"{_recorded(clause, filed, filed.record_day)}. {reason}, so it does not apply and counts nowhere."


def not_clean(clause: Clause) -> str:
    """Return that a deducting record stands in the way."""
    window = span_words(clause.requires.clean) if clause.requires else ""
    return f"It calls for {window} without a deducting record, and there is one"


def not_law(clause: Clause, day: date) -> str:
    """Return that a day lies outside a clause's own days, or in none of the periods of its dated values."""
    if not covers(clause.in_force, day):
        return f"The clause is not in force on {day}"
    return f"No value of the clause is in force on {day}"


def lacks_proof(proof: Proof, filed: Record) -> str:
    """Return which proof is missing or too little."""
    there = (filed.proof or {}).get(proof.kind, 0)
    return f"It calls for proof ({proof.kind}: at least {proof.at_least}), and the record has {there}"


def excluded(exclusion: Exclusion) -> str:
    """Return which circumstance keeps the clause from applying."""
    return f"It does not reach this circumstance: {exclusion.label.rstrip('.')}"


def instalment(course: Course, clause: Clause, filing: Filing, taking: Taking, *, n_months: int, more: bool) -> str:
    """Return the reason of one instalment of a state that lasts."""
    until = min(filing.until or course.reading.end, course.reading.end)
    months = "one month" if n_months == 1 else counted(n_months, "month")
    told = [f"{clause.label.rstrip('.')} (clause {clause.id}) still lasts, {months} after {filing.counting_day}."]
    told.append(_points_words(course, clause, taking))
    if taking.taken and taking.lapses_on is not None:
        told.append(_lapse_words(course, taking.taken, taking.lapses_on))
    if not more:
        told.append(f"It is the last time before {until}.")
    return " ".join(told)


def lapse(course: Course, clause: Clause, filing: Filing, taken: Quanta, moved: Quanta) -> str:
    """Return the reason of points that return."""
    assert clause.lapse is not None
    after = "" if isinstance(clause.lapse.after, str) else f" after {span_words(clause.lapse.after)}"
    back = noun(_points(course, taken), "returns", "return")
    told = f"Points of {clause.id} lapse{after}: the {signed(course, taken)} of event {filing.record.id} {back} as "
    told += f"{signed(course, -taken)}."
    if moved != -taken:
        told += f" {_stop_words(clause)}, so it moves by {signed(course, moved)}."
    return told


def override_end(clause: Clause, filed: Record) -> str:
    """Return the reason of the end of an override."""
    assert clause.override is not None
    return f"Grade {clause.override.grade}, set by clause {clause.id} through event {filed.id}, no longer holds."


def lock_end(lock: Lock, clause: Clause, filed: Record) -> str:
    """Return the reason of the end of a lock."""
    effect = _lock_effect(lock, "was", "moved")
    return f"The lock of clause {clause.id}, begun through event {filed.id}, is over. Under it, {effect[:1].lower()}{effect[1:]}."


def cycle(course: Course, again: list[tuple[Filing, Quanta]]) -> str:
    """Return the reason of a rating cycle that begins."""
    base = course.points(course.reading.base)
    told = [f"A rating cycle begins: the score returns to the base of {base} and earlier records stop counting."]
    told += [f"Event {filing.record.id} is carried over and takes {signed(course, taken)}." for filing, taken in again]
    return " ".join(told)


def publication(grade: str | None, rule: GradesPublished) -> str:
    """Return the reason of a grade that is published."""
    told = f"the grade {grade}" if grade is not None else "no grade"
    return f"Published: {told}, found on the closing state of the last {rule.assessed} (MM-DD)."


def cutoffs(course: Course, assessed_day: date, published: list[tuple[str, Quanta | None]]) -> str:
    """Return the reason of cut-offs that come into force."""
    told = [
        f"grade {grade} from {course.points(score)} on" if score is not None else f"nobody in grade {grade}"
        for grade, score in published
    ]
    return f"Cut-offs of {assessed_day} are in force: {', '.join(told)}."
