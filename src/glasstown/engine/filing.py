"""S7 and S10: what is written down of what was found out, about whom, when; and what is decided about it later.

Every number here hangs on (person, month, class, number) alone, so two rulebooks see the same luck, in two runs or in one; what a
rulebook's own catalogue does not cover is found out and never written down in it.
"""

from __future__ import annotations

from glasstown.compiler.columns import (
    APPLY,
    C_LEAST,
    C_MOST,
    C_ON_APPLICATION,
    C_PER,
    C_SIGN,
    C_START,
    C_START_UNIT,
    I_PROCEDURES,
    N_PROCEDURES,
    NEVER,
    P_EXISTS,
    PASS_TEST,
    PERFORM,
)
from glasstown.engine.cache import entry, inlined, kernel
from glasstown.engine.calendar import after
from glasstown.engine.conduct import (
    FOUND_CLASS_SHIFT,
    FOUND_MASK,
    FOUND_PERSON_SHIFT,
    PROFILE_GROUP,
    PROFILE_URBAN,
)
from glasstown.engine.entries import (
    BY_LADDER,
    CORRECTION,
    MOST_CHOICE,
    PHASE_DECISIONS,
    PHASE_RECORDS,
    PROCEDURE,
    PROCEDURE_SHIFT,
    RECORD,
    event_id,
    key,
    record_pay,
)
from glasstown.engine.logbook import LOG_DECIDED, LOG_FILED, note
from glasstown.engine.philox import words
from glasstown.engine.shapes import I64, Calendar, Found, Log, Practice, Rules, Shard, Slots, Status, Work

# columns of the act table
A_ROLE = 0  # bits of the role that opens it; 0 for everyone
A_SPELL = 1  # row of the table of lengths, or -1
A_LEAST = 2  # amount
A_MOST = 3
A_DELAY = 4  # row of the table of delays
A_GOOD = 5  # 1: a good deed
A_CLAUSE = 6  # clause whose place its record takes, or -1
A_LADDER = 7
A_WEIGHT_RURAL = 8  # share times chance of being found out, of 2**32
A_WEIGHT_URBAN = 9
A_SHARE = 10  # share alone, of 2**32
N_ACT_COLUMNS = 11

# single numbers of a practice
N_RECORDED_BAD = 0  # thresholds of 2**32
N_RECORDED_GOOD = 1
N_LOST = 2
N_WRONG_PERSON = 3
N_WRONG_CONTENT = 4
N_DUPLICATE = 5
N_OBJECTION = 6
N_GRANTED_WRONG = 7
N_GRANTED_RIGHT = 8
N_PASS_TEST = 9
N_REPAIR = 10
N_APPLY = 11
N_PERFORM = 12
N_NUMBERS = 13

# rows of the table of delays
DELAY_OFFICE = 0
DELAY_COURT = 1
DELAY_OBJECTION = 2
DELAY_APPLY = 3

RIGHT = 0
WRONG_PERSON = 1
WRONG_CONTENT = 2
DUPLICATE = 3
TRUTH_LOST = 4
TRUTH_NOT_RECORDED = 5
N_TRUTHS = 6

PROCEDURE_CLASS = 15
"""Class number in the event ids of decisions that belong to no act."""


@kernel
def file_records(
    rules: Rules, cal: Calendar, practice: Practice, slots: Slots, log: Log, shard: Shard, status: Status, found: Found,
    work: Work, chance: I64, flow: I64, block: int, first: int, n: int, month: int,
) -> int:  # fmt: skip
    """S7. Write the records of all that was found out this month into `work.filed`; return how many entries."""
    n_filed = 0
    for r in range(found.starts[block], found.starts[block + 1]):
        row = found.rows[r]
        person, k = row >> FOUND_PERSON_SHIFT, (row >> FOUND_CLASS_SHIFT) & FOUND_MASK
        if practice.class_covered[k] == 0:
            continue
        for number in range(min(row & FOUND_MASK, 15)):
            if n_filed + 4 > len(work.filed):
                return -1
            n_filed = file_one(
                rules, cal, practice, slots, log, shard, status, work.filed, chance, flow, n_filed, person, k, number,
                first, n, month,
            )  # fmt: skip
    return n_filed


@inlined
def file_one(
    rules: Rules, cal: Calendar, practice: Practice, slots: Slots, log: Log, shard: Shard, status: Status, filed: I64,
    chance: I64, flow: I64, n_filed: int, person: int, k: int, number: int, first: int, n: int, month: int,
) -> int:  # fmt: skip
    """File one act: which it was, whether it is recorded, against whom, with what content, and how often."""
    position = first + person
    entity = shard.ident[0] + position
    stream, block = shard.ident[5], (k * 16 + number) * 4
    truths = flow[shard.profile[position] & PROFILE_GROUP]
    u_act, u_day, u_delay, u_recorded = words(chance, stream, entity, month, block)
    urban = (shard.profile[position] & PROFILE_URBAN) >> 4
    act = choose_act(practice, k, shard.roles[position], A_WEIGHT_RURAL + urban, u_act)
    good = practice.act_table[act, A_GOOD]
    if practice.act_table[act, A_CLAUSE] < 0:
        return n_filed
    if u_recorded >= practice.numbers[N_RECORDED_BAD + good]:
        truths[slots.truth + TRUTH_NOT_RECORDED] += 1
        return n_filed
    u_lost, u_wrong, u_other, u_amount = words(chance, stream, entity, month, block + 1)
    wrong, about = RIGHT, person
    if u_wrong < practice.numbers[N_WRONG_PERSON]:
        wrong, about = WRONG_PERSON, other_person(u_other, person, n)
    elif u_wrong < practice.numbers[N_WRONG_PERSON] + practice.numbers[N_WRONG_CONTENT]:
        other = choose_act(practice, k, shard.roles[position], A_SHARE, u_other)
        if other != act and practice.act_table[other, A_CLAUSE] >= 0:
            wrong, act = WRONG_CONTENT, other
    role = practice.act_table[act, A_ROLE]
    is_subject = status.is_scored[first + about] != 0 and (role == 0 or np_and(shard.roles[first + about], role) != 0)
    if u_lost < practice.numbers[N_LOST] or not is_subject:
        truths[slots.truth + TRUTH_LOST] += 1
        return n_filed
    length = cal.month_start[month + 1] - cal.month_start[month]
    act_day = cal.month_start[month] + ((u_day * length) >> 32)
    record_day = act_day + practice.delay[practice.act_table[act, A_DELAY], u_delay >> 22]
    if wrong == WRONG_PERSON:
        record_day = max(record_day, cal.month_start[month + 1])
    origin = person + 1 if wrong == WRONG_PERSON else 0
    event = event_id(month, k, number, 0, origin)
    truths[slots.truth + wrong] += 1
    u_until, u_choice, u_again, u_later = words(chance, stream, entity, month, block + 2)
    until = spell_end(practice, act, act_day, u_until)
    choice = choice_of(rules, practice, act, u_choice, u_amount)
    n_filed = enter(
        rules, cal, practice, log, filed, n_filed, act, about, event, act_day, record_day, until, choice, wrong
    )
    lot = words(chance, stream, entity, month, block + 3)
    n_filed = decide_later(rules, cal, practice, log, filed, n_filed, act, about, event, record_day, wrong, lot)
    if u_again < practice.numbers[N_DUPLICATE]:
        truths[slots.truth + DUPLICATE] += 1
        later = record_day + 1 + practice.delay[practice.act_table[act, A_DELAY], u_later >> 22]
        again = event_id(month, k, number, 1, origin)
        n_filed = enter(
            rules, cal, practice, log, filed, n_filed, act, about, again, act_day, later, until, choice, DUPLICATE
        )
    return n_filed


@kernel
def np_and(roles: int, bits: int) -> int:
    """Return the roles that two sets of bits share, as a plain integer."""
    return (roles & bits) * 1


@kernel
def choose_act(practice: Practice, k: int, roles: int, column: int, draw: int) -> int:
    """Return the act that a word stands for among those of a class open to these roles, by weight."""
    total = 0
    for act in range(practice.class_acts[k], practice.class_acts[k + 1]):
        if practice.act_table[act, A_ROLE] == 0 or np_and(roles, practice.act_table[act, A_ROLE]) != 0:
            total += practice.act_table[act, column]
    left = ((draw >> 1) * (total >> 1)) >> 30
    chosen = practice.class_acts[k]
    for act in range(practice.class_acts[k], practice.class_acts[k + 1]):
        if practice.act_table[act, A_ROLE] == 0 or np_and(roles, practice.act_table[act, A_ROLE]) != 0:
            weight = practice.act_table[act, column]
            if weight > 0:
                chosen = act
                if left < weight:
                    break
                left -= weight
    return chosen


@kernel
def other_person(draw: int, person: int, n: int) -> int:
    """Return another person of the neighbourhood, each as likely; the person alone where there is no other."""
    if n < 2:
        return person
    other = (draw * (n - 1)) >> 32
    return other + 1 if other >= person else other


@kernel
def spell_end(practice: Practice, act: int, act_day: int, draw: int) -> int:
    """Return the first day on which a state no longer lasts; 0 for an act that does not last."""
    row = practice.act_table[act, A_SPELL]
    if row < 0:
        return 0
    return min(act_day + 1 + practice.spell[row, draw >> 22], NEVER)


@kernel
def choice_of(rules: Rules, practice: Practice, act: int, u_choice: int, u_amount: int) -> int:
    """Return the amount where the clause is a rate, else the official's choice as quanta above the least."""
    clause = practice.act_table[act, A_CLAUSE]
    if rules.clauses[clause, C_PER] > 0:
        least, most = practice.act_table[act, A_LEAST], practice.act_table[act, A_MOST]
        return min(least + ((u_amount * (most - least + 1)) >> 32), MOST_CHOICE)
    spread = rules.clauses[clause, C_MOST] - rules.clauses[clause, C_LEAST]
    return (u_choice * (spread + 1)) >> 32


@entry
def effect_day_of(rules: Rules, cal: Calendar, clause: int, record_day: int) -> int:
    """Return the day on which a record takes effect."""
    return after(cal, record_day, rules.clauses[clause, C_START_UNIT], rules.clauses[clause, C_START])


@kernel
def enter(
    rules: Rules, cal: Calendar, practice: Practice, log: Log, filed: I64, n_filed: int,
    act: int, about: int, event: int, act_day: int, record_day: int, until: int, choice: int, wrong: int,
) -> int:  # fmt: skip
    """Enter a record about someone, due on its effect day; one that no run reaches is left out."""
    clause = practice.act_table[act, A_CLAUSE]
    effect_day = effect_day_of(rules, cal, clause, record_day)
    if effect_day >= NEVER:
        return n_filed
    filed[n_filed, 0] = about
    filed[n_filed, 1] = key(effect_day, PHASE_RECORDS, clause, event, RECORD)
    step = BY_LADDER if practice.act_table[act, A_LADDER] == 1 else clause
    filed[n_filed, 2] = record_pay(about, act_day, until, choice, wrong, step)
    if len(log.rows) > 0:
        note(log, LOG_FILED, about, event, act, act_day, record_day, until, choice, wrong, clause, effect_day, 0)
    return n_filed + 1


@kernel
def decide_later(
    rules: Rules, cal: Calendar, practice: Practice, log: Log, filed: I64, n_filed: int,
    act: int, about: int, event: int, record_day: int, wrong: int, lot: tuple[int, int, int, int],
) -> int:  # fmt: skip
    """S10. Draw whether a record is objected to and corrected, or an honour applied for; enter the decision.

    An objection that is refused changes nothing and is not entered.
    """
    clause = practice.act_table[act, A_CLAUSE]
    effect_day = effect_day_of(rules, cal, clause, record_day)
    decision, delay_row, of = -1, 0, event
    if rules.clauses[clause, C_SIGN] < 0:
        granted = practice.numbers[N_GRANTED_RIGHT] if wrong == RIGHT else practice.numbers[N_GRANTED_WRONG]
        if lot[0] < practice.numbers[N_OBJECTION] and lot[1] < granted:
            decision, delay_row = CORRECTION, DELAY_OBJECTION
    elif rules.clauses[clause, C_ON_APPLICATION] == 1 and lot[0] < practice.numbers[N_APPLY]:
        decision, delay_row = PROCEDURE, DELAY_APPLY
    if decision < 0:
        return n_filed
    day = effect_day + 1 + practice.delay[delay_row, lot[2] >> 22]
    if day >= NEVER:
        return n_filed
    procedure = APPLY if decision == PROCEDURE else 0
    filed[n_filed, 0] = about
    filed[n_filed, 1] = key(day, PHASE_DECISIONS, 1 if decision == PROCEDURE else 0, event, decision)
    filed[n_filed, 2] = about | (of << 8) | (procedure << PROCEDURE_SHIFT if decision == PROCEDURE else 0)
    if len(log.rows) > 0:
        note(log, LOG_DECIDED, about, event, day, decision, procedure, of, 0, 0, 0, 0, 0)
    return n_filed + 1


@kernel
def seek_procedures(
    rules: Rules, cal: Calendar, practice: Practice, log: Log, shard: Shard, status: Status, filed: I64, chance: I64,
    n_filed: int, first: int, n: int, month: int,
) -> int:  # fmt: skip
    """S10. Let those on a list that a procedure ends take it or perform, each with its monthly chance; enter the decisions."""
    on_any = 0
    for rule in range(len(rules.lists)):
        if rules.lists[rule, I_PROCEDURES] != 0:
            on_any |= 1 << rule
    if on_any == 0:
        return n_filed
    length = cal.month_start[month + 1] - cal.month_start[month]
    for person in range(n):
        mine = status.lists[first + person] & on_any
        if mine == 0:
            continue
        lot = words(chance, shard.ident[6], shard.ident[0] + first + person, month, 0)
        for procedure in range(N_PROCEDURES):
            if procedure == APPLY or rules.procedures[procedure, P_EXISTS] == 0 or not ends(rules, mine, procedure):
                continue
            draw, when = (lot[0], lot[2]) if procedure == PASS_TEST else (lot[1], lot[3])
            if procedure == PERFORM:
                more = words(chance, shard.ident[6], shard.ident[0] + first + person, month, 1)
                draw, when = more[0], more[1]
            if draw >= practice.numbers[N_PASS_TEST + procedure] or n_filed >= len(filed):
                continue
            day = cal.month_start[month] + ((when * length) >> 32)
            event = event_id(month, PROCEDURE_CLASS, procedure, 0, 0)
            filed[n_filed, 0] = person
            filed[n_filed, 1] = key(day, PHASE_DECISIONS, 1, event, PROCEDURE)
            filed[n_filed, 2] = person | (procedure << PROCEDURE_SHIFT)
            n_filed += 1
            if len(log.rows) > 0:
                note(log, LOG_DECIDED, person, event, day, PROCEDURE, procedure, 0, 0, 0, 0, 0, 0)
    return n_filed


@kernel
def ends(rules: Rules, lists: int, procedure: int) -> bool:
    """Return whether a procedure ends any of these lists."""
    for rule in range(len(rules.lists)):
        if (lists >> rule) & 1 == 1 and (rules.lists[rule, I_PROCEDURES] >> procedure) & 1 == 1:
            return True
    return False
