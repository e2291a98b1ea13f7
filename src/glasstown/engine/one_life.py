"""One prescribed life through the engine's kernels: the same records and decisions that the interpreter reads.

Nothing is drawn: the month's function for a rulebook is called with nothing found out; the ledger holds the records from the start.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import numpy as np

from glasstown.compiler import columns as col
from glasstown.compiler.rows import quanta
from glasstown.compiler.tables import CompiledRules
from glasstown.engine import rounds
from glasstown.engine.headroom import MOST_SCORE, farthest_in
from glasstown.engine.kernel import stops
from glasstown.engine.kernel.calendar import make_calendar
from glasstown.engine.kernel.logbook import lines_of
from glasstown.engine.nobody import no_conduct, no_practice
from glasstown.engine.one_life_entries import UntoldError, entries_of
from glasstown.engine.one_life_lines import (
    Names,
    further_of,
    lasting_measures,
    lines_from,
    measures_in_force,
    publicity_of,
)
from glasstown.engine.person.scores import NO_CEILING, shown
from glasstown.engine.quotas import QuotaReading, are_published, publish, read_quotas, shown_scores
from glasstown.engine.sides import SLACK, first_status
from glasstown.engine.tables.bundles import Here, Law
from glasstown.engine.tables.listed import as_bytes
from glasstown.engine.tables.log_rows import LogLine
from glasstown.engine.tables.person_rows import Chance, Cursor
from glasstown.engine.tables.profiles import in_households
from glasstown.engine.tables.shapes import I64, Rules, Shard, Status
from glasstown.engine.tables.state import (
    Residents,
    as_rules,
    first_begins,
    make_desk,
    make_found,
    make_log,
    make_post,
    make_shard,
    make_slots,
    make_status,
    make_work,
    no_mail,
)
from glasstown.language.acts import ActCatalogue
from glasstown.language.days import month_first
from glasstown.ledger import Account, CutOff, Life, Line
from glasstown.rows import Ints, make_row

FAR_BELOW = 1 << 30
MOST_MEMBERS = 40
"""Members of the household that stands in for a given average."""


def live_in_engine(compiled: CompiledRules, acts: ActCatalogue, life: Life) -> Account:
    """Return a life as the engine tells it; words (`why`, `source`) are left out.

    Errors   UntoldError for amounts that are no whole numbers and choices beyond the entry's room.
    """
    life = _numbered_from_zero(_under(compiled, life))
    rules = as_rules(compiled)
    origin = min([life.start, *(record.act_day for record in life.records)]).replace(day=1)
    first_month, last_month = _months_between(origin, life.start), _months_between(origin, life.until)
    cal = make_calendar(origin, begins=life.start, scheme=compiled.days, working=compiled.rulebook.working_days)
    quota_grades = read_quotas(compiled)
    begins = first_begins(rules)
    publish(begins, _cutoffs(compiled, life, life.start))
    publish(begins, {})
    slots, flow_width, level_width = make_slots(len(rules.clauses), len(rules.lists), len(rules.measures))
    law = Law(rules, cal, no_practice(), slots)
    grade, on_lists, more, first_entries = first_status(law, begins)
    ledger = [*first_entries, *entries_of(compiled, rules, cal, acts, life, origin)]
    household = _household()
    shard = make_shard(no_conduct(), household, kind="person", first_block=0)
    status = make_status(rules, household.is_scored[0], n_blocks=1, grade=grade, lists=on_lists, more=more)
    pool = np.zeros((len(ledger) + 2 * SLACK, 2), dtype=np.int64)
    pool[: len(ledger)] = ledger if ledger else 0
    written = np.zeros_like(pool)
    status.n_entries[0] = len(ledger)
    flow, level = np.zeros((5, flow_width), dtype=np.int64), np.zeros((5, level_width), dtype=np.int64)
    log, work, chance = make_log(_most_lines(len(ledger), rules)), make_work(0), make_row(Chance)
    here = Here(shard, status, make_found(1, 0), no_mail(), make_post(len(work.filed) * len(rules.reaches)))
    rows: list[LogLine] = []
    for month in range(first_month, last_month + 1):
        give_household(rules, shard, status, life, origin, month, compiled.quantum)
        day_before = month_first(origin, month) - timedelta(days=1)
        is_due = are_published(compiled, life.start, month_first(origin, month))
        publish(begins, _published(compiled, quota_grades, life, day_before) if is_due else {})
        desk = make_desk(work, begins, log, chance, (flow, level), (pool, written), make_row(Cursor))
        why = rounds.live_rules(law, here, desk, month)
        if why != stops.DONE or log.written[0] > len(log.rows):
            raise UntoldError(f"the month ended with status {why}, {log.written[0]} lines")
        if abs(farthest_in(status)) > MOST_SCORE:
            raise UntoldError(f"a score of {farthest_in(status)} quanta; the engine's have room for {MOST_SCORE}")
        rows += [line for line in lines_of(log) if line.person == 0]
        log.written[0] = 0
        _let_members_go(status, written, on_lists)
        pool, written = written, pool
    fines = {record.id: record.fine for record in life.records if record.fine is not None}
    names = Names(
        compiled,
        origin,
        {record.order: record.id for record in life.records},
        {d.order: (d.of or d.id) if d.procedure in ("correct", "apply", "repair") else d.id for d in life.decisions},
    )
    lines = lines_from(rows, 0, names)
    told = tuple(_as_chosen(line, fines) for line in lines if line.day <= life.until)
    return _account(compiled, rules, life, told, grade, on_lists, more)


def _under(compiled: CompiledRules, life: Life) -> Life:
    """Return a life that begins no earlier than the scheme, with what is decided from then on."""
    start = max(life.start, date.fromordinal(compiled.days[0]))
    return replace(life, start=start, decisions=tuple(d for d in life.decisions if d.day >= start))


def _account(
    compiled: CompiledRules, rules: Rules, life: Life, told: tuple[Line, ...], grade: int, on_lists: int, more: Ints
) -> Account:
    """Return the account whose closing state is that of the last line, or of the start."""
    n_unknown: dict[str, int] = {}
    for line in told:
        if line.unknown and line.clause:
            n_unknown[line.clause] = n_unknown.get(line.clause, 0) + 1
    if told:
        last = told[-1]
        score, grade_id, list_ids = last.after, last.grade, last.lists
        measures = lasting_measures(compiled, last.grade, last.lists, life.until)
    else:
        score = int(shown(rules.book, int(rules.book.base_score), NO_CEILING))
        grade_id = None if grade == col.NO_GRADE else compiled.grade_ids()[grade]
        list_ids = tuple(name for rule, name in enumerate(compiled.list_ids()) if (on_lists >> rule) & 1)
        measures = measures_in_force(compiled, grade, on_lists, life.until)
    further = told[-1] if told else further_of(compiled, more)
    return Account(
        ledger=told,
        score=score,
        grade=grade_id,
        lists=list_ids,
        measures=measures,
        fines=sum(line.fine or 0 for line in told),
        n_unknown=n_unknown,
        parts=dict(further.parts),
        balance=further.balance,
        published=publicity_of(compiled, grade_id, list_ids, life.until),
        consent=further.consent,
        running=further.running,
    )


def _household() -> Residents:
    """Return the person in question and the members who stand in for a given household average."""
    n = MOST_MEMBERS
    return Residents(
        group=np.zeros(n, dtype=np.uint8),
        is_urban=np.zeros(n, dtype=np.bool_),
        is_scored=np.ones((1, n), dtype=np.bool_),
        household=np.array([0] + [1] * (n - 1), dtype=np.uint8),
        roles=np.zeros(n, dtype=np.uint16),
        theta=np.zeros(n, dtype=np.int16),
        prosocial=np.zeros(n, dtype=np.int16),
    )


def give_household(
    rules: Rules, shard: Shard, status: Status, life: Life, origin: date, month: int, quantum: Decimal
) -> None:
    """Let stand-in members of the household bring its mean to the given average, before the month's assessment.

    n members whose n * average is a whole number of quanta; the first is the life itself, the second makes up the sum.
    Where no average is given none lies above anything.
    """
    given = life.given.household_score
    day_before = month_first(origin, month) - timedelta(days=1)
    average = given.get(day_before) if isinstance(given, Mapping) else given
    household = np.ones(MOST_MEMBERS, dtype=np.uint8)
    household[:2] = 0
    status.score[1] = -FAR_BELOW
    if average is not None:
        n = next((n for n in range(2, MOST_MEMBERS + 1) if (average * n / quantum) % 1 == 0), 0)
        if n == 0:
            raise UntoldError(f"a household average of {average}")
        household[:n] = 0
        mine = int(shown_scores(rules, status)[0])
        status.score[1:n] = 0
        status.score[1] = int(average * n / quantum) - mine
    shard.profile[:] = in_households(shard.profile, household)


def _most_lines(n_entries: int, rules: Rules) -> int:
    """Return room for the lines of a month: those of the life, and one a day and list for each stand-in member."""
    return 64 * (n_entries + 4) + MOST_MEMBERS * 31 * (len(rules.lists) + 1)


def _let_members_go(status: Status, pool: I64, on_lists: int) -> None:
    """Forget what a month has made of the stand-in members, whose lists and terms nobody asks about."""
    status.n_entries[0] = np.count_nonzero(pool[: status.n_entries[0], 1] & 255 == 0)
    status.lists[1:] = as_bytes(np.array([on_lists], dtype=np.uint32), status.lists.shape[1])


def _months_between(first: date, last: date) -> int:
    """Return how many months the month of `last` lies after that of `first`."""
    return (last.year - first.year) * 12 + last.month - first.month


def _as_chosen(line: Line, fines: Mapping[str, int]) -> Line:
    """Return a record's line with the fine that the official chose, which the kernel would have drawn."""
    if line.fine is None or line.phase != "record" or line.record not in fines:
        return line
    return replace(line, fine=fines[str(line.record)])


def _numbered_from_zero(life: Life) -> Life:
    """Return the life with no order below 0, which an entry has no room for: a case numbers statuses from below."""
    least = min([0, *(record.order for record in life.records)])
    if least == 0:
        return life
    records = tuple(replace(record, order=record.order - least) for record in life.records)
    decisions = tuple(replace(decision, order=decision.order - least) for decision in life.decisions)
    return replace(life, records=records, decisions=decisions)


def _quanta(compiled: CompiledRules, cutoff: CutOff) -> int | None:
    """Return a cut-off as the engine takes it: where a lot breaks ties, the one that is given is this life's own."""
    if cutoff.score is None:
        return None
    row = compiled.grades[compiled.grade_ids().index(cutoff.grade)]
    return quanta(cutoff.score, compiled.quantum) << (col.LOT_BITS if row.by_lot == 1 else 0)


def _cutoffs(compiled: CompiledRules, life: Life, before: date) -> dict[int, int | None]:
    """Return the cut-offs that are given for days before one, the latest of each grade."""
    earlier = sorted((cutoff for cutoff in life.given.cutoffs if cutoff.day < before), key=lambda cutoff: cutoff.day)
    return {compiled.grade_ids().index(cutoff.grade): _quanta(compiled, cutoff) for cutoff in earlier}


def _published(
    compiled: CompiledRules, quota_grades: Sequence[QuotaReading], life: Life, assessed: date
) -> dict[int, int | None]:
    """Return the cut-offs of an assessed day, the last of a month: those that are given, and none of the other grades."""
    due: dict[int, int | None] = {quota.row: None for quota in quota_grades if assessed.month in quota.months}
    told = {
        compiled.grade_ids().index(cutoff.grade): _quanta(compiled, cutoff)
        for cutoff in life.given.cutoffs
        if cutoff.day == assessed
    }
    return due | told
