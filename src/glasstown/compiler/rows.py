"""One row each: how a clause, a cap, a ladder, a grade, a list, a procedure and a measure become integers."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

from glasstown.compiler import columns as col
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
from glasstown.types import UNKNOWN

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


def dated_rows(book: Rulebook) -> list[list[int]]:
    """Return a row for each dated value of each clause, earliest first."""
    rows = []
    for place, clause in enumerate(book.clauses):
        if isinstance(clause.points, PointsDated):
            for entry in clause.points.dated:
                is_known = isinstance(entry.value, Decimal)
                value = quanta(entry.value, book.score.quantum) if isinstance(entry.value, Decimal) else 0
                rows.append([place, *ordinals(entry), value, int(not is_known)])
    return rows


def campaign_rows(book: Rulebook) -> list[list[int]]:
    """Return a row for each campaign and clause that it is about, in the order of the campaigns."""
    rows = []
    for campaign in book.campaigns:
        times = Fraction(campaign.times)
        for place, clause in enumerate(book.clauses):
            if is_on(campaign, clause):
                rows.append([place, *ordinals(campaign.in_force), times.numerator, times.denominator])
    return rows


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


def clause_row(book: Rulebook, clause: Clause, *, cap_rows: list[int], ladder: int, has_clean: bool) -> list[int]:
    """Return the row of a clause."""
    row = [0] * col.N_CLAUSE_COLUMNS
    least, most, per, carry, unknown = points_columns(clause, book.score.quantum)
    row[col.C_LEAST], row[col.C_MOST], row[col.C_PER], row[col.C_CARRY], row[col.C_UNKNOWN] = (
        least, most, per, carry, unknown,
    )  # fmt: skip
    row[col.C_SIGN] = -1 if clause.direction == "deduct" else 1
    row[col.C_START_UNIT], row[col.C_START] = span_or_none(clause.starts_after)
    row[col.C_FROM], row[col.C_UNTIL] = ordinals(clause.in_force)
    row[col.C_DATED] = int(isinstance(clause.points, PointsDated))
    row[col.C_ONE_SIDED] = one_sided(clause)
    row[col.C_CAMPAIGNS] = int(any(is_on(campaign, clause) for campaign in book.campaigns))
    row[col.C_FROM_ACT] = int(clause.counts_from == "act")
    row[col.C_LAPSE_UNIT], row[col.C_LAPSE] = span(clause.lapse.after if clause.lapse else None)
    row[col.C_REPEATS] = int(clause.repeats is not None)
    row[col.C_LADDER] = ladder
    row[col.C_GRADE] = -1
    if clause.override:
        grade_ids = [grade.id for grade in subject_grades(book)]
        row[col.C_GRADE] = grade_ids.index(clause.override.grade)
        row[col.C_HOLDS] = GRADE_HOLDS[clause.override.holds]
        row[col.C_ON_APPLICATION] = int(clause.override.on_application)
        row[col.C_TERM_UNIT], row[col.C_TERM] = until_span(clause.override)
    row[col.C_AT_MOST], row[col.C_PART] = col.UNBOUNDED, -1
    if clause.lock:
        row[col.C_LOCK] = 1
        row[col.C_LOCK_UNIT], row[col.C_LOCK_SPAN] = until_span(clause.lock)
        row[col.C_FREEZES] = FREEZES[clause.lock.freezes]
        if clause.lock.at_most is not None:
            row[col.C_AT_MOST] = int(clause.lock.at_most // book.score.quantum)
    if clause.part is not None:
        row[col.C_PART] = [part.id for part in book.score.parts].index(clause.part)
    row[col.C_CARRIES] = int(clause.carries_over)
    row[col.C_STATUS] = int(clause.status)
    row[col.C_REACHES] = int(any(c.reached_by is not None and c.reached_by.clause == clause.id for c in book.clauses))
    asks_proof, has_exclusions = bool(clause.proof or book.proof), bool(clause.unless)
    row[col.C_ASKS] = col.ASKS_PROOF * asks_proof | col.HAS_EXCLUSIONS * has_exclusions
    list_ids = [rule.id for rule in book.lists]
    row[col.C_LIST] = list_ids.index(clause.enters.list) if clause.enters else -1
    if clause.enters:
        listed = book.lists[row[col.C_LIST]].leaves.after
        own = clause.enters.term
        row[col.C_ENTRY_UNIT], row[col.C_ENTRY] = span(listed if own == "as-list" else own)
        row[col.C_STATES] = int(states_wait(book, clause))
    row[col.C_FINE_LEAST], row[col.C_FINE_MOST] = fine_columns(clause)
    row[col.C_CLEAN_UNIT], row[col.C_CLEAN] = span(clause.requires.clean if clause.requires else None)
    counted = bool(cap_rows) or ladder >= 0 or (has_clean and clause.direction == "deduct")
    row[col.C_KEPT] = int(counted or bool(row[col.C_ON_APPLICATION]) or clause.part is not None)
    row[col.C_N_CAPS] = len(cap_rows)
    row[col.C_CAP : col.C_CAP + len(cap_rows)] = cap_rows
    return row


def cap_row(cap: Cap, quantum: Decimal) -> list[int]:
    """Return the row of a cap."""
    row = [-1] * col.N_CAP_COLUMNS
    if cap.times is not None:
        row[col.K_TIMES] = cap.times
    if cap.points is not None:
        row[col.K_POINTS] = quanta(cap.points, quantum)
    if isinstance(cap.per, Span):
        unit, number = span(cap.per)
        row[col.K_PERIOD] = ROLLING[unit]
        row[col.K_SPAN] = number
    else:
        row[col.K_PERIOD] = CALENDAR_PERIODS[cap.per]
        row[col.K_SPAN] = 0
    return row


def is_about(cap: Cap, clause: Clause) -> bool:
    """Return whether a cap is about the changes of a clause: `any`, or the clause's own direction."""
    return cap.of == "any" or (cap.of == "rewards") == (clause.direction == "reward")


def ladder_row(ladder: Ladder, clause_ids: list[str], width: int) -> list[int]:
    """Return the row of a ladder: window, number of steps, then the steps."""
    unit, window = span(ladder.window)
    steps = [clause_ids.index(step) for step in ladder.steps]
    return [unit, window, len(steps), *steps, *([-1] * (width - col.L_STEP - len(steps)))]


def grade_row(grade: Grade, quantum: Decimal, *, is_reached: bool) -> list[int]:
    """Return the row of a grade; one without a known threshold, but an unknown one, is empty: no score reaches it."""
    low, high = grade.from_, grade.below
    never = [col.UNBOUNDED, -col.UNBOUNDED, col.UNBOUNDED]
    if not is_reached:  # a function that nobody has published decides
        return never
    if low != "quota" and "unknown" in (low, high) and not isinstance(low, Decimal) and not isinstance(high, Decimal):
        return never
    first = quanta(low, quantum) if isinstance(low, Decimal) else -col.UNBOUNDED
    if low == "quota":  # until a cut-off is published
        first = col.UNBOUNDED
    return [first, quanta(high, quantum) if isinstance(high, Decimal) else col.UNBOUNDED, first]


def list_row(book: Rulebook, rule: ListRule) -> list[int]:
    """Return the row of a list."""
    row = [0] * col.N_LIST_COLUMNS
    entry, leaves, quantum = rule.entry, rule.leaves, book.score.quantum
    if entry.score_at_most is not None:
        row[col.I_CONDITION], row[col.I_VALUE] = col.SCORE_AT_MOST, quanta(entry.score_at_most, quantum)
    elif entry.score_at_least is not None:
        row[col.I_CONDITION], row[col.I_VALUE] = col.SCORE_AT_LEAST, quanta(entry.score_at_least, quantum)
    elif entry.grades:
        row[col.I_CONDITION], row[col.I_VALUE] = col.IN_GRADES, grade_bits(book, entry.grades)
    elif entry.household_average_above is not None:
        row[col.I_CONDITION] = col.HOUSEHOLD_ABOVE
        average = Fraction(entry.household_average_above) / Fraction(quantum)
        row[col.I_VALUE], row[col.I_SCALE] = average.numerator, average.denominator
    if entry.assessed:
        row[col.I_KIND] = col.KIND_ASSESSED
    elif leaves.when_condition_ends:
        row[col.I_KIND] = col.KIND_WHILE
    row[col.I_TERM_UNIT], row[col.I_TERM] = span(leaves.after)
    row[col.I_DECIDED_UNIT], row[col.I_DECIDED] = span_or_none(rule.decided_within)
    row[col.I_GRACE_FROM], row[col.I_GRACE_UNTIL] = ordinals(rule.grace.in_force) if rule.grace else (0, 0)
    row[col.I_NOT_BEFORE_UNIT], row[col.I_NOT_BEFORE] = span_or_none(leaves.not_before)
    row[col.I_REMOVED_UNIT], row[col.I_REMOVED] = span_or_none(leaves.removed_within)
    row[col.I_ONCE] = int(entry.once)
    row[col.I_PROCEDURES] = sum(1 << PROCEDURES.index(name) for name in leaves.on)
    row[col.I_ASSESSED] = sum(1 << int(month_day[:2]) for month_day in entry.assessed)
    return row


def grade_bits(book: Rulebook, grade_ids: tuple[str, ...]) -> int:
    """Return grades as bits; a household grade, which no subject has, gives none."""
    known = [grade.id for grade in subject_grades(book)]
    return sum(1 << known.index(grade_id) for grade_id in grade_ids if grade_id in known)


def measure_row(book: Rulebook, measure: Measure) -> list[int]:
    """Return the row of a measure: bits of grades and of lists, and its days, which are days of the scheme too.

    An unknown trigger is never in force.
    """
    own, scheme = ordinals(measure.in_force), ordinals(book.in_force)
    days = [max(own[0], scheme[0]), min(own[1], scheme[1])]
    if isinstance(measure.when, str):
        return [0, 0, *days]
    list_ids = [rule.id for rule in book.lists]
    lists = sum(1 << list_ids.index(name) for name in measure.when.lists)
    return [grade_bits(book, measure.when.grades), lists, *days]


def procedure_rows(book: Rulebook) -> list[list[int]]:
    """Return the rows of pass-test, repair, apply and perform, whether the rulebook has them or not."""
    list_ids = [rule.id for rule in book.lists]
    rows = [[0, -1, 0] for _ in PROCEDURES]
    for procedure in book.procedures:
        needs = list_ids.index(procedure.needs_list) if procedure.needs_list else -1
        rows[PROCEDURES.index(procedure.id)] = [1, needs, int(procedure.resets_score)]
    return rows
