"""Random lives under one rulebook, whose days cluster where rules turn: the day before, the day itself, the day after.

A new event's day is mostly an earlier event's day plus or minus one of the rulebook's own lengths of time (every span,
window, lapse, term and delay), give or take a day; else a month's end, a leap day, the end of a year or week, or the
very day of another event.  Records gather on a few clauses, so that caps fill and ladders are climbed.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from pydantic import BaseModel

from agreement.choices import Choices
from agreement.conduct import UNCOVERED
from glasstown.interpreter.calendar import days_of_years
from glasstown.interpreter.ranges import limits
from glasstown.language.acts import ActCatalogue
from glasstown.language.model import Clause, MoneyRange, PointsRange, Rulebook, Span
from glasstown.language.resolve import LadderEntry, answering, entry_for_act
from glasstown.ledger import CutOff, Decision, Given, Life, Record

STARTS = (
    date(2019, 12, 15), date(2019, 12, 31), date(2020, 1, 1), date(2020, 1, 31), date(2020, 2, 29),
    date(2020, 11, 30), date(2021, 2, 28), date(2023, 10, 31), date(2024, 1, 30), date(2024, 2, 29),
)  # fmt: skip
HORIZON = 1000
"""days after the start at which the last event may fall"""
A_DAY = timedelta(days=1)


@dataclass
class Days:
    """The days of one life so far, and how a new one is drawn.  `spans` are (days, months)."""

    draw: Choices
    start: date
    spans: list[tuple[int, int]]
    known: list[date] = field(default_factory=list)

    def new(self) -> date:
        """Draw a day that stands close to something."""
        day = self._near(self.draw.one_of(self.known or [self.start]))
        day = min(max(day, self.start), add_days(self.start, HORIZON))
        self.known.append(day)
        return day

    def _near(self, earlier: date) -> date:
        way = self.draw.integer(0, 9)
        if way <= 5:
            n_days, n_months = self.draw.one_of(self.spans)
            sign = self.draw.one_of((1, 1, 1, -1))
            return add_days(moved(earlier, sign * n_days, sign * n_months), self.draw.integer(-1, 1))
        if way <= 7:
            return add_days(earlier, self.draw.integer(0, 2))
        return add_days(self.draw.one_of(list(turns(earlier))), self.draw.integer(-1, 1))


def moved(day: date, n_days: int, n_months: int) -> date:
    """Return a day moved by days, or by months with the day of the month clamped; inside the calendar."""
    if n_months:
        number = day.year * 12 + day.month - 1 + n_months
        year, month = divmod(min(max(number, 12), 12 * date.max.year), 12)
        day = date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
    return add_days(day, n_days)


def add_days(day: date, n_days: int) -> date:
    """Return a day so many days later, inside the calendar."""
    return date.fromordinal(min(max(day.toordinal() + n_days, 1), date.max.toordinal()))


def turns(day: date) -> Iterator[date]:
    """Yield ends of the week, month and year around a day, and the leap days of the calendar that lives run in."""
    yield add_days(day, 6 - day.weekday())
    yield day.replace(day=monthrange(day.year, day.month)[1])
    yield moved(day.replace(day=28), 0, 1).replace(day=1)
    yield date(day.year, 12, 31)
    yield date(2020, 2, 29)
    yield date(2024, 2, 29)


def spans_of(book: Rulebook) -> list[tuple[int, int]]:
    """Return every length of time that a rulebook names, as (days, months), and a month for what repeats."""
    found = {
        (span.days or span.working_days or 0, (span.months or 0) + 12 * (span.years or 0)) for span in _spans_in(book)
    }
    return sorted(found | ({(0, 1)} if any(clause.repeats for clause in book.clauses) else set()) | {(0, 0)})


def _spans_in(value: object) -> Iterator[Span]:
    if isinstance(value, Span):
        yield value
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from _spans_in(getattr(value, name))
    elif isinstance(value, tuple):
        for item in value:
            yield from _spans_in(item)


def life_under(draw: Choices, book: Rulebook, acts: ActCatalogue, starts: Sequence[date] = STARTS) -> Life:
    """Draw a life under a rulebook: some two dozen events, corrections and procedures between them."""
    start = draw.one_of(starts)
    days = Days(draw, start, spans_of(book))
    days.known += [day for day in (book.in_force.from_, book.in_force.until) if isinstance(day, date) and day > start]
    names = _named(draw, book, acts)
    records: list[Record] = []
    decisions: list[Decision] = []
    procedures = ("correct", "correct", "correct", *_open_to(book), *_open_to(book))
    for order in range(draw.integer(6, 24)):
        if records and not draw.integer(0, 2):
            decisions.append(_decision(draw, days, book, f"e{order}", order, draw.one_of(procedures), records))
        else:
            records.append(_record(draw, days, book, acts, f"e{order}", order, draw.one_of(names)))
    last = max([start, *(r.record_day for r in records), *(d.day for d in decisions)])
    until = max(last, add_days(moved(last, *draw.one_of(days.spans)), draw.integer(-1, 1)))
    return Life(start, until, tuple(records), tuple(decisions), _given(draw, book, start, until))


def _named(draw: Choices, book: Rulebook, acts: ActCatalogue) -> list[tuple[str | None, str | None]]:
    """Draw one to four (clause, act) that the records of this life name."""
    clauses: list[tuple[str | None, str | None]] = [(clause.id, None) for clause in book.clauses]
    answered = {clause.act for clause in book.clauses}
    covered = [act for act in acts.ids() if answered & set(acts.lineage(act))]
    by_act: list[tuple[str | None, str | None]] = [(None, act) for act in [*covered, *covered, UNCOVERED]]
    known = [name for name in by_act if name[1] in acts.ids()]
    return draw.some([*clauses, *known], 1, 3)


def _record(
    draw: Choices,
    days: Days,
    book: Rulebook,
    acts: ActCatalogue,
    name: str,
    order: int,
    named: tuple[str | None, str | None],
) -> Record:
    clause_id, act = named
    record_day = days.new()
    act_day = record_day
    if any(clause.counts_from == "act" for clause in book.clauses) and draw.coin():
        n_days, n_months = draw.one_of([*days.spans, (1, 0), (3, 0)])
        act_day = min(record_day, add_days(moved(record_day, -n_days, -n_months), draw.integer(-1, 1)))
    amount = Decimal(draw.integer(1, 9))
    clauses = _clauses(answering(book, amount), acts, clause_id, act)
    until = None
    if any(clause.repeats or clause.carries_over or _lasts(clause) for clause in clauses) and draw.integer(0, 4):
        until = moved(act_day, draw.integer(-1, 1), draw.integer(1, 5))
        until = max(until, act_day)
        days.known.append(until)
    return Record(
        id=name,
        order=order,
        act_day=act_day,
        record_day=record_day,
        clause=clause_id,
        act=act,
        amount=amount,
        points=_choice(draw, clauses, book.score.quantum),
        fine=next((c.fine.least for c in clauses if isinstance(c.fine, MoneyRange)), None),
        until=until,
        proof=_proof(draw, book, clauses),
        unless=_unless(draw, clauses),
        **_months(draw, book, clauses),
    )


def _proof(draw: Choices, book: Rulebook, clauses: list[Clause]) -> dict[str, int] | None:
    """Draw how much proof a record has of what is asked for, near what is asked; now and then it says nothing."""
    asked = (*book.proof, *(proof for clause in clauses for proof in clause.proof))
    if not asked or not draw.integer(0, 3):
        return None
    return {proof.kind: max(proof.at_least - draw.one_of((0, 0, 0, 1)), 0) for proof in asked if draw.integer(0, 5)}


def _unless(draw: Choices, clauses: list[Clause]) -> tuple[str, ...]:
    """Draw which circumstances a record names, of those that any clause that it may be names."""
    known = dict.fromkeys(exclusion.id for clause in clauses for exclusion in clause.unless)
    return tuple(name for name in known if not draw.integer(0, 2))


def _lasts(clause: Clause) -> bool:
    """Return whether a clause's override or lock holds until the record's state ends."""
    return any(what is not None and what.until == "state-ends" for what in (clause.override, clause.lock))


def _months(draw: Choices, book: Rulebook, clauses: list[Clause]) -> dict[str, int]:
    """Draw months of extension and of grace where the record's clause lets an official state them."""
    stated: dict[str, int] = {}
    for clause in clauses:
        if clause.enters is not None and clause.enters.extension is not None and draw.integer(0, 3):
            stated["extension"] = draw.one_of((1, 1, 2, 12, 36))
        rule = next((rule for rule in book.lists if clause.enters and rule.id == clause.enters.list), None)
        if rule is not None and rule.grace is not None and draw.integer(0, 3):
            stated["grace"] = draw.one_of((0, 1, 2, 3))
    return stated


def _clauses(book: Rulebook, acts: ActCatalogue, clause_id: str | None, act: str | None) -> list[Clause]:
    """Return the clauses that a record may come to: its own, its act's, or the steps of its act's ladder."""
    if clause_id is not None:
        return [clause for clause in book.clauses if clause.id == clause_id]
    entry = entry_for_act(book, acts, act or "")
    if isinstance(entry, LadderEntry):
        return [clause for clause in book.clauses if clause.id in book.ladders[entry.ladder_index].steps]
    return [book.clauses[entry.clause_index]] if entry else []


def _choice(draw: Choices, clauses: list[Clause], quantum: Decimal) -> Decimal | None:
    """Draw the official's choice where the clause gives a range."""
    ends = next((clause.points for clause in clauses if isinstance(clause.points, PointsRange)), None)
    if ends is None:
        return None
    if not isinstance(ends.least, Decimal) or not isinstance(ends.most, Decimal):
        return _beyond(draw, next(c for c in clauses if isinstance(c.points, PointsRange)), quantum)
    return ends.least + draw.integer(0, int((ends.most - ends.least) / quantum)) * quantum


def _beyond(draw: Choices, clause: Clause, quantum: Decimal) -> Decimal | None:
    """Draw a number that a range with one unknown end leaves open, or none."""
    if draw.coin():
        return None
    lowest, highest = limits(clause, clause.points)
    sign = -1 if clause.direction == "deduct" else 1
    near, far = (highest, lowest) if sign < 0 else (lowest, highest)
    room = draw.integer(0, 6) if far is None else draw.integer(0, int(abs(far - near) / quantum))
    return near + sign * room * quantum


def _open_to(book: Rulebook) -> list[str]:
    """Return the procedures that a rulebook has, consent and spending included."""
    more = (("consent", book.consent), ("spend", book.balance), ("spend", book.balance), ("spend", book.balance))
    again = ["repair"] * (3 * any(clause.rectified for clause in book.clauses))
    return [*(p.id for p in book.procedures), *(name for name, rule in more if rule is not None), *again]


def _decision(
    draw: Choices, days: Days, book: Rulebook, name: str, order: int, procedure: Any, records: list[Record]
) -> Decision:
    """Draw a decision; one about a record mostly comes on the record's day or later."""
    day = days.new()
    if procedure == "consent":
        return Decision(name, order, day, procedure, given=draw.integer(0, 2) > 0)
    if procedure == "spend":
        return Decision(name, order, day, procedure, amount=draw.integer(1, 4) * book.score.quantum)
    if procedure not in ("correct", "apply", "repair") or (procedure == "repair" and not draw.integer(0, 3)):
        return Decision(name, order, day, procedure, None)
    record = draw.one_of(records)
    if procedure == "repair" and any(clause.rectified for clause in book.clauses):
        can_be = [each for each in records if _is_rectified(book, each)] or records
        return _put_right(draw, days, name, order, can_be[0] if draw.coin() else draw.one_of(can_be))
    return Decision(name, order, max(day, record.record_day) if draw.integer(0, 3) else day, procedure, record.id)


def _is_rectified(book: Rulebook, record: Record) -> bool:
    """Return whether points of a record that names its clause, or its act, may come back."""
    return any(
        clause.rectified and (clause.id == record.clause if record.clause else clause.act == record.act)
        for clause in book.clauses
    )


def _put_right(draw: Choices, days: Days, name: str, order: int, record: Record) -> Decision:
    """Draw a repair of a record about the end of one of the book's own lengths of time, or of the year."""
    n_days, n_months = draw.one_of([*days.spans, *days.spans, (0, 0)])
    day = add_days(moved(record.record_day, n_days, n_months), draw.integer(-1, 1))
    if not draw.integer(0, 4):
        day = date(record.record_day.year + draw.integer(0, 1), 12, 31)
    return Decision(name, order, max(day, record.record_day), "repair", record.id)


def _given(draw: Choices, book: Rulebook, start: date, until: date) -> Given:
    """Draw household means close to the thresholds, one for each month's end of the life, and cut-offs of quota grades."""
    cutoffs = tuple(_cutoffs(draw, book, start, until))
    above = [r.entry.household_average_above for r in book.lists if r.entry.household_average_above is not None]
    if not above:
        return Given(cutoffs=cutoffs)
    means: dict[date, Decimal] = {}
    day = start.replace(day=1)
    while day <= until:
        day = moved(day, 0, 1)
        members = draw.one_of((2, 4, 5, 8))
        means[day - A_DAY] = draw.one_of(above) + draw.integer(-1, 1) * book.score.quantum / members
    return Given(means, cutoffs=cutoffs)


def _cutoffs(draw: Choices, book: Rulebook, start: date, until: date) -> Iterator[CutOff]:
    """Yield for most assessed days a cut-off near the base, now and then none; the day before the life is one of them too."""
    base = book.score.base.value if isinstance(book.score.base.value, Decimal) else Decimal(0)
    for grade in book.grades:
        assessed = grade.quota.assessed if grade.quota is not None else ()
        for day in days_of_years(assessed, moved(start, 0, -6), until):
            if draw.integer(0, 4):
                score = base + draw.integer(-5, 5) * book.score.quantum
                yield CutOff(day, grade.id, score if draw.integer(0, 5) else None)
