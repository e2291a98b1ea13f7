"""One row each: how a clause, a cap, a ladder, a grade, a list, a procedure and a measure become integers."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

from glasstown.compiler import columns as col
from glasstown.compiler import rulebook_rows as rows
from glasstown.compiler.tables import subject_grades
from glasstown.language.model import (
    BasePart,
    Campaign,
    Cap,
    Clause,
    DatedPoints,
    Grade,
    InForce,
    Ladder,
    ListRule,
    Lock,
    Measure,
    Override,
    Period,
    PointsDated,
    PointsRange,
    PointsRate,
    Rulebook,
    Span,
)
from glasstown.rows import make_row
from glasstown.types import MOST_CAPS, UNKNOWN

FREEZES = {None: col.FREEZES_NOTHING, "rewards": col.FREEZES_REWARDS, "all": col.FREEZES_ALL}
GRADE_HOLDS = {"exactly": col.EXACTLY, "no_worse": col.NO_WORSE, "no_better": col.NO_BETTER}
CALENDAR_PERIODS = {
    "day": col.PER_DAY,
    "week": col.PER_WEEK,
    "month": col.PER_MONTH,
    "year": col.PER_YEAR,
    "life": col.PER_LIFE,
}
ROLLING = {col.DAYS: col.ROLLING_DAYS, col.MONTHS: col.ROLLING_MONTHS, col.WORKING: col.ROLLING_WORKING}
PROCEDURES = ("pass-test", "repair", "apply", "perform")


def quanta(points: Decimal, quantum: Decimal) -> int:
    """Return points as a whole number of quanta; `check.py` has made sure that they are one."""
    steps = points / quantum
    whole = int(steps)
    if whole != steps:
        raise ValueError(f"{points} is no multiple of {quantum}")
    return whole


def span(length: Span | str | None) -> tuple[int, int]:
    """Return unit and number of a length of time; an unknown or missing one has no unit."""
    if not isinstance(length, Span):
        return col.NO_SPAN, 0
    if length.working_days is not None:
        return col.WORKING, length.working_days
    if length.days is not None:
        return col.DAYS, length.days
    return col.MONTHS, (length.months or 0) + 12 * (length.years or 0)


def until_span(ending: Override | Lock) -> tuple[int, int]:
    """Return unit and number of the time that an override or a lock holds."""
    if ending.until == "cycle-end":
        return col.CYCLE_END, 0
    if ending.until == "state-ends":
        return col.STATE_ENDS, 0
    return span(ending.until)


def parts_kept(book: Rulebook) -> tuple[BasePart, ...]:
    """Return the parts of the score, where at least one clause names one."""
    return book.score.parts if any(clause.part is not None for clause in book.clauses) else ()


def span_or_none(length: Span | str | None) -> tuple[int, int]:
    """Return unit and number of a length of time that is no time at all where it is missing or unknown."""
    unit, number = span(length)
    return (col.DAYS, 0) if unit == col.NO_SPAN else (unit, number)


def ordinals(period: Period | InForce | DatedPoints | None) -> tuple[int, int]:
    """Return first day and first day beyond of a period as ordinals of the calendar; an open end lies beyond all days."""
    if period is None:
        return 0, col.ALWAYS
    return (
        0 if period.from_ is None else period.from_.toordinal(),
        period.until.toordinal() if isinstance(period.until, date) else col.ALWAYS,
    )


def states_wait(book: Rulebook, clause: Clause) -> bool:
    """Return whether a record of the clause can state months of extension or of grace."""
    if clause.enters is None:
        return False
    rule = next(rule for rule in book.lists if rule.id == clause.enters.list)
    return clause.enters.extension is not None or rule.grace is not None


def near_end(clause: Clause, points: PointsRange) -> Decimal | None:
    """Return the end of a range that is nearer to zero, None where it is unknown."""
    end = points.most if clause.direction == "deduct" else points.least
    return end if isinstance(end, Decimal) else None


def far_end(clause: Clause, points: PointsRange) -> Decimal:
    """Return the end of a range that is farther from zero, which is known."""
    end = points.least if clause.direction == "deduct" else points.most
    assert isinstance(end, Decimal)
    return end


def one_sided(clause: Clause) -> int:
    """Return which end of a range is unknown, as a code; 0 for what is no such range."""
    points = clause.points
    if not isinstance(points, PointsRange) or UNKNOWN not in (points.least, points.most):
        return 0
    return col.NEAR_UNKNOWN if near_end(clause, points) is None else col.NEAR_KNOWN


def dated_rows(book: Rulebook) -> list[rows.Dated]:
    """Return a row for each dated value of each clause, earliest first."""
    found = []
    for place, clause in enumerate(book.clauses):
        for entry in clause.points.dated if isinstance(clause.points, PointsDated) else ():
            row = make_row(rows.Dated)
            row.clause, row.unknown = place, int(not isinstance(entry.value, Decimal))
            row.from_, row.until = ordinals(entry)
            if isinstance(entry.value, Decimal):
                row.value = quanta(entry.value, book.score.quantum)
            found.append(row)
    return found


def campaign_rows(book: Rulebook) -> list[rows.Campaign]:
    """Return a row for each campaign and clause that it is about, in the order of the campaigns."""
    found = []
    for campaign in book.campaigns:
        times = Fraction(campaign.times)
        for place, clause in enumerate(book.clauses):
            if is_on(campaign, clause):
                row = make_row(rows.Campaign)
                row.clause, row.times, row.parts = place, times.numerator, times.denominator
                row.from_, row.until = ordinals(campaign.in_force)
                found.append(row)
    return found


def is_on(campaign: Campaign, clause: Clause) -> bool:
    """Return whether a campaign is about a clause."""
    return clause.id in campaign.clauses or clause.group in campaign.groups


def points_columns(clause: Clause, quantum: Decimal) -> tuple[int, int, int, int, int]:
    """Return least, most, portion, carry and unknown of a clause's points."""
    points = clause.points
    if points is None:
        return 0, 0, 0, 0, 0
    if isinstance(points, PointsRange):
        near = near_end(clause, points)
        if near is not None and UNKNOWN not in (points.least, points.most):
            least, most = sorted((near, far_end(clause, points)))
            return quanta(least, quantum), quanta(most, quantum), 0, 0, 0
        anchor = 0 if near is None else quanta(near, quantum)
        return anchor, anchor, 0, 0, 0
    if isinstance(points, PointsRate):
        each = quanta(points.each, quantum)
        return each, each, points.per, int(points.remainder == "carry"), 0
    if isinstance(points, str):
        return 0, 0, 0, 0, 1
    if isinstance(points, PointsDated):
        return 0, 0, 0, 0, 0
    exact = quanta(points, quantum)
    return exact, exact, 0, 0, 0


def fine_columns(clause: Clause) -> tuple[int, int]:
    """Return least and most of a clause's fine in yuan; an unknown fine adds nothing."""
    fine = clause.fine
    if fine is None or isinstance(fine, str):
        return 0, 0
    if isinstance(fine, int):
        return fine, fine
    return fine.least, fine.most


def clause_row(book: Rulebook, clause: Clause, *, cap_rows: list[int], ladder: int, has_clean: bool) -> rows.Clause:
    """Return the row of a clause."""
    row = make_row(rows.Clause)
    least, most, per, carry, unknown = points_columns(clause, book.score.quantum)
    row.least, row.most, row.per, row.carry, row.unknown = (
        least, most, per, carry, unknown,
    )  # fmt: skip
    row.sign = -1 if clause.direction == "deduct" else 1
    row.start_unit, row.start = span_or_none(clause.starts_after)
    row.from_, row.until = ordinals(clause.in_force)
    row.dated = int(isinstance(clause.points, PointsDated))
    row.one_sided = one_sided(clause)
    row.campaigns = int(any(is_on(campaign, clause) for campaign in book.campaigns))
    row.from_act = int(clause.counts_from == "act")
    row.lapse_unit, row.lapse = span(clause.lapse.after if clause.lapse else None)
    row.repeats = int(clause.repeats is not None)
    row.ladder = ladder
    row.grade = -1
    if clause.override:
        grade_ids = [grade.id for grade in subject_grades(book)]
        row.grade = grade_ids.index(clause.override.grade)
        row.holds = GRADE_HOLDS[clause.override.holds]
        row.on_application = int(clause.override.on_application)
        row.term_unit, row.term = until_span(clause.override)
    row.at_most, row.part = col.UNBOUNDED, -1
    if clause.lock:
        row.lock = 1
        row.lock_unit, row.lock_span = until_span(clause.lock)
        row.freezes = FREEZES[clause.lock.freezes]
        if clause.lock.at_most is not None:
            row.at_most = int(clause.lock.at_most // book.score.quantum)
    if clause.part is not None:
        row.part = [part.id for part in book.score.parts].index(clause.part)
    row.carries = int(clause.carries_over)
    row.mends = int(bool(clause.rectified))
    row.status = int(clause.status)
    row.reaches = int(any(c.reached_by is not None and c.reached_by.clause == clause.id for c in book.clauses))
    asks_proof, has_exclusions = bool(clause.proof or book.proof), bool(clause.unless)
    row.asks = col.ASKS_PROOF * asks_proof | col.HAS_EXCLUSIONS * has_exclusions
    list_ids = [rule.id for rule in book.lists]
    row.list = list_ids.index(clause.enters.list) if clause.enters else -1
    if clause.enters:
        listed = book.lists[row.list].leaves.after
        own = clause.enters.term
        row.entry_unit, row.entry = span(listed if own == "as-list" else own)
        row.states = int(states_wait(book, clause))
    row.fine_least, row.fine_most = fine_columns(clause)
    row.clean_unit, row.clean = span(clause.requires.clean if clause.requires else None)
    counted = bool(cap_rows) or ladder >= 0 or (has_clean and clause.direction == "deduct")
    row.kept = int(counted or bool(row.on_application) or clause.part is not None)
    row.n_caps = len(cap_rows)
    for place in range(MOST_CAPS):
        row.cap[place] = cap_rows[place] if place < len(cap_rows) else 0
    return row


def cap_row(cap: Cap, quantum: Decimal) -> rows.Cap:
    """Return the row of a cap."""
    row = make_row(rows.Cap)
    row.times = -1 if cap.times is None else cap.times
    row.points = -1 if cap.points is None else quanta(cap.points, quantum)
    if isinstance(cap.per, Span):
        unit, number = span(cap.per)
        row.period = ROLLING[unit]
        row.span = number
    else:
        row.period = CALENDAR_PERIODS[cap.per]
        row.span = 0
    return row


def is_about(cap: Cap, clause: Clause) -> bool:
    """Return whether a cap is about the changes of a clause: `any`, or the clause's own direction."""
    return cap.of == "any" or (cap.of == "rewards") == (clause.direction == "reward")


def ladder_row(ladder: Ladder, first_step: int) -> rows.Ladder:
    """Return the row of a ladder whose steps stand in the table of steps from `first_step` on."""
    row = make_row(rows.Ladder)
    row.unit, row.window = span(ladder.window)
    row.n_steps, row.first_step = len(ladder.steps), first_step
    return row


def grade_row(grade: Grade, quantum: Decimal, *, is_reached: bool) -> rows.Grade:
    """Return the row of a grade; one without a known threshold, but an unknown one, is empty: no score reaches it."""
    low, high = grade.from_, grade.below
    row = make_row(rows.Grade)
    row.from_, row.below = -col.UNBOUNDED, col.UNBOUNDED
    if isinstance(low, Decimal):
        row.from_ = quanta(low, quantum)
    if isinstance(high, Decimal):
        row.below = quanta(high, quantum)
    is_unknown = "unknown" in (low, high) and not isinstance(low, Decimal) and not isinstance(high, Decimal)
    if low == "quota":  # until a cut-off is published
        row.from_ = col.UNBOUNDED
    elif is_unknown:
        row.from_, row.below = col.UNBOUNDED, -col.UNBOUNDED
    row.by_lot = int(grade.quota is not None and grade.quota.ties == "lot")
    if row.by_lot:
        row.from_ = col.UNBOUNDED << col.LOT_BITS
    if not is_reached:  # a function that nobody has published decides
        row.from_, row.below = col.UNBOUNDED, -col.UNBOUNDED
    return row


def list_row(book: Rulebook, rule: ListRule) -> rows.List:
    """Return the row of a list."""
    row = make_row(rows.List)
    entry, leaves, quantum = rule.entry, rule.leaves, book.score.quantum
    if entry.score_at_most is not None:
        row.condition, row.value = col.SCORE_AT_MOST, quanta(entry.score_at_most, quantum)
    elif entry.score_at_least is not None:
        row.condition, row.value = col.SCORE_AT_LEAST, quanta(entry.score_at_least, quantum)
    elif entry.grades:
        row.condition, row.value = col.IN_GRADES, grade_bits(book, entry.grades)
    elif entry.household_average_above is not None:
        row.condition = col.HOUSEHOLD_ABOVE
        average = Fraction(entry.household_average_above) / Fraction(quantum)
        row.value, row.scale = average.numerator, average.denominator
    if entry.assessed:
        row.kind = col.KIND_ASSESSED
    elif leaves.when_condition_ends:
        row.kind = col.KIND_WHILE
    row.term_unit, row.term = span(leaves.after)
    row.decided_unit, row.decided = span_or_none(rule.decided_within)
    row.grace_from, row.grace_until = ordinals(rule.grace.in_force) if rule.grace else (0, 0)
    row.not_before_unit, row.not_before = span_or_none(leaves.not_before)
    row.removed_unit, row.removed = span_or_none(leaves.removed_within)
    row.once = int(entry.once)
    row.procedures = sum(1 << PROCEDURES.index(name) for name in leaves.on)
    row.assessed = sum(1 << int(month_day[:2]) for month_day in entry.assessed)
    return row


def grade_bits(book: Rulebook, grade_ids: tuple[str, ...]) -> int:
    """Return grades as bits; a household grade, which no subject has, gives none."""
    known = [grade.id for grade in subject_grades(book)]
    return sum(1 << known.index(grade_id) for grade_id in grade_ids if grade_id in known)


def measure_row(book: Rulebook, measure: Measure) -> rows.Measure:
    """Return the row of a measure: bits of grades and of lists, and its days, which are days of the scheme too.

    An unknown trigger is never in force.
    """
    own, scheme = ordinals(measure.in_force), ordinals(book.in_force)
    row = make_row(rows.Measure)
    row.from_, row.until = max(own[0], scheme[0]), min(own[1], scheme[1])
    if not isinstance(measure.when, str):
        list_ids = [rule.id for rule in book.lists]
        row.grades = grade_bits(book, measure.when.grades)
        row.lists = sum(1 << list_ids.index(name) for name in measure.when.lists)
    return row


def procedure_rows(book: Rulebook) -> list[rows.Procedure]:
    """Return the rows of pass-test, repair, apply and perform, whether the rulebook has them or not."""
    list_ids = [rule.id for rule in book.lists]
    found = [make_row(rows.Procedure) for _ in PROCEDURES]
    for row in found:
        row.needs_list = -1
    for procedure in book.procedures:
        row = found[PROCEDURES.index(procedure.id)]
        row.exists, row.resets = 1, int(procedure.resets_score)
        row.needs_list = list_ids.index(procedure.needs_list) if procedure.needs_list else -1
    return found
