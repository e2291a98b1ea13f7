"""What a record gives or takes: locks, caps, what was taken, and the lapse (rules 3.5, 3.6, 3.9, 3.12).

Nominal points: what a clause gives or takes by itself, and what campaigns make of it (rule 3.4).

The balance: points as money, earned beside the rating and spent (rule 3.12, section 4).
"""

from __future__ import annotations

from datetime import date
from decimal import ROUND_DOWN, Decimal
from functools import partial

from glasstown.errors import CaseError, Fault
from glasstown.interpreter import explain, explain_decisions
from glasstown.interpreter.agenda import Kind, Stage, key
from glasstown.interpreter.course import Course
from glasstown.interpreter.filing import Barrier, Filing, Nominal, Portion, Taking
from glasstown.interpreter.ranges import is_inside, near_end, needs_choice, range_words
from glasstown.interpreter.reading import CapReading, to_quanta
from glasstown.interpreter.writing import Note, write
from glasstown.language.days import covers
from glasstown.language.model import Campaign, Clause, PointsDated, PointsRange, PointsRate
from glasstown.ledger import Decision, Record
from glasstown.types import Quanta


def nominal_points(course: Course, filing: Filing, counting_day: date) -> Nominal:
    """Return what the clause gives or takes by itself; a carried remainder is kept for the next record."""
    clause = course.reading.clause(filing.place)
    number = _number(course, filing, clause, counting_day)
    if number is None:
        course.n_unknown[clause.id] = course.n_unknown.get(clause.id, 0) + 1
        return Nominal(0, is_unknown=True, campaigns=())
    quanta = to_quanta(number, course.reading.book.score.quantum)
    campaigns = tuple(c for c in course.reading.book.campaigns if quanta and _is_on(c, clause, counting_day))
    for campaign in campaigns:
        quanta = int((quanta * campaign.times).to_integral_value(ROUND_DOWN))
    return Nominal(quanta, is_unknown=False, campaigns=campaigns)


def _is_on(campaign: Campaign, clause: Clause, day: date) -> bool:
    return (clause.id in campaign.clauses or clause.group in campaign.groups) and covers(campaign.in_force, day)


def _number(course: Course, filing: Filing, clause: Clause, day: date) -> Decimal | None:
    """Return the clause's points, None where they are unknown."""
    points, record = clause.points, filing.record
    if points is None:
        return Decimal(0)
    if isinstance(points, PointsRange):
        return _choice(clause, points, record)
    if isinstance(points, PointsRate):
        amount = stated(clause, record, "amount", f"how many ({points.of})", record.amount)
        amount += course.remainders.get(filing.place, Decimal(0))
        portions, rest = divmod(amount, points.per)
        if points.remainder == "carry":
            course.remainders[filing.place] = rest
        return portions * points.each
    if isinstance(points, PointsDated):
        value = next((entry.value for entry in points.dated if covers(entry, day)), Decimal(0))
        return value if isinstance(value, Decimal) else None
    return points if isinstance(points, Decimal) else None


def _choice(clause: Clause, points: PointsRange, record: Record) -> Decimal | None:
    if record.points is None and not needs_choice(points):
        return near_end(clause, points)
    expected = f"points: {range_words(clause, points)}"
    choice = stated(clause, record, "points", expected, record.points)
    if not is_inside(clause, points, choice):
        raise _undecided(clause, record, f"points: {choice}", expected, "Choose a number inside the range.")
    return choice


def stated(clause: Clause, record: Record, name: str, expected: str, value: Decimal | None) -> Decimal:
    """Return a value that a record has to state; `CaseError` where it does not."""
    if value is None:
        raise _undecided(clause, record, f"no {name}", expected, f"Add `{name}:` to the event.")
    return value


def _undecided(clause: Clause, record: Record, found: str, expected: str, way_out: str) -> CaseError:
    subject = f"event '{record.id}'"
    return CaseError(subject, [Fault(f"{subject} under clause '{clause.id}'", None, found, expected, way_out)])


def earn(course: Course, taken: Quanta) -> None:
    """Add what a record or an instalment gives."""
    standing = course.standing
    if standing.balance is not None and taken > 0:
        standing.balance += taken


def take_back(course: Course, standing_points: Quanta) -> None:
    """Take what a correction returns, but no more than the balance holds."""
    standing = course.standing
    if standing.balance is not None and standing_points > 0:
        standing.balance -= min(standing.balance, standing_points)


def spend(course: Course, decision: Decision, day: date) -> None:
    """Spend points where the balance holds as many; one line either way, and the score is not touched."""
    standing, rule = course.standing, course.reading.book.balance
    if standing.balance is None or rule is None:
        course.flag(f"event {decision.id}: this rulebook has no balance to spend from")
        return
    assert decision.amount is not None
    amount = to_quanta(decision.amount, course.reading.book.score.quantum)
    held = standing.balance
    if held >= amount:
        standing.balance -= amount
    why = explain_decisions.spending(course, rule, amount, held)
    write(course, Note(day, "spend", standing.score, why, rule.cite, record=decision.id))


def take(course: Course, filing: Filing, counting_day: date, effect_day: date) -> Taking:
    """Give or take the points of a record or of one instalment, and arrange for their lapse."""
    clause = course.reading.clause(filing.place)
    nominal = nominal_points(course, filing, counting_day)
    barrier = _barrier(course, nominal.quanta)
    under, granted, cap, is_dropped = (
        ([], 0, None, True) if barrier else _through_caps(course, filing.place, nominal.quanta, counting_day)
    )
    lapses_on = _lapse_day(course, clause, counting_day)
    is_over = lapses_on is not None and lapses_on <= effect_day
    taken = 0 if is_over else course.standing.move(granted, clause.part)
    earn(course, taken)
    portion = Portion(taken)
    filing.portions.append(portion)
    if not is_dropped:
        for each in under:
            filing.mark(course.cap_tallies[each.name], counting_day, abs(taken))
    if taken and lapses_on is not None:
        when = key(lapses_on, Stage.LAPSE_OR_END, filing.place, filing.record.order, Kind.LAPSE)
        course.agenda.add(when, partial(_lapse, course, filing, portion))
    return Taking(nominal, 0 if is_over else granted, taken, barrier, cap, is_dropped, is_over, lapses_on)


def _barrier(course: Course, nominal: Quanta) -> Barrier | None:
    """Return what keeps every point out: a lock, or the consent that is not given."""
    if course.standing.frozen_by(nominal) is not None:
        return "lock"
    return "consent" if course.standing.consent is False else None


def _through_caps(
    course: Course, place: int, nominal: Quanta, day: date
) -> tuple[list[CapReading], Quanta, CapReading | None, bool]:
    """Return the caps that the change is under, what they leave of it, the last that bit, and whether it is dropped."""
    clause = course.reading.clause(place)
    under = [each for each in course.reading.caps[place] if _is_about(each, nominal, clause)]
    granted, biting = nominal, None
    for each in under:
        first, last = course.reading.period(each.cap.per, day)
        tally = course.cap_tallies[each.name]
        if each.cap.times is not None and tally.count(first, last) >= each.cap.times:
            return under, 0, each, True
        if each.points is not None:
            left = max(0, each.points - tally.total(first, last))
            if left < abs(granted):
                granted, biting = left if nominal > 0 else -left, each
            if granted == 0 and nominal != 0:
                return under, 0, each, True
    return under, granted, biting, False


def _is_about(each: CapReading, nominal: Quanta, clause: Clause) -> bool:
    """Return whether a cap is about a change (rule 3.5); with a nominal of 0 the clause's direction speaks."""
    if nominal == 0 and each.cap.times is None:
        return False
    is_reward = nominal > 0 or (nominal == 0 and clause.direction == "reward")
    return each.cap.of == "any" or (each.cap.of == "rewards") == is_reward


def _lapse_day(course: Course, clause: Clause, counting_day: date) -> date | None:
    if clause.lapse is None:
        return None
    if isinstance(clause.lapse.after, str):
        course.flag(f"clause {clause.id}: when its points return is unknown; they stay to the end of the life")
        return None
    return course.reading.after(counting_day, clause.lapse.after)


def _lapse(course: Course, filing: Filing, portion: Portion, day: date) -> None:
    if filing.is_cancelled or not portion.stands:
        return
    clause, before = course.reading.clause(filing.place), course.standing.score
    portion.stands = False
    moved = course.standing.move(-portion.taken, clause.part)
    why = explain.lapse(course, clause, filing, portion.taken, moved)
    cite = clause.lapse.cite if clause.lapse and clause.lapse.cite else clause.cite
    write(course, Note(day, "lapse", before, why, cite, clause=clause, record=filing.record.id))
