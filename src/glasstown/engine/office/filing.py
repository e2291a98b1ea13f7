"""S7: what is written down of what was found out, about whom, when; what is decided about it stands in entering.py.

Every number here hangs on (person, month, class, number) alone, so two rulebooks see the same luck, in two runs or in one; what a
rulebook's own catalogue does not cover is found out and never written down in it.
"""

from __future__ import annotations

from glasstown.compiler.columns import NEVER
from glasstown.engine.conduct.acts import (
    FOUND_CLASS_SHIFT,
    FOUND_FALSE,
    FOUND_MASK,
    FOUND_PERSON_SHIFT,
    PROFILE_GROUP,
    PROFILE_URBAN,
)
from glasstown.engine.kernel.cache import inlined, kernel
from glasstown.engine.kernel.calendar import is_scheme
from glasstown.engine.kernel.entries import MISJUDGED, event_id
from glasstown.engine.kernel.philox import words
from glasstown.engine.office.entering import choice_of, decide_later, effect_day_of, enter, hear
from glasstown.engine.office.spilling import reach_others
from glasstown.engine.person.voids import IS_EXCLUDED, LACKS_PROOF, enter_voids
from glasstown.engine.tables.lives import UNABLE
from glasstown.engine.tables.person_rows import Chance
from glasstown.engine.tables.practice import (
    A_ANSWER,
    A_DELAY,
    A_GOOD,
    A_INSTEAD,
    A_LEAST,
    A_MOST,
    A_N_ANSWERS,
    A_NEEDS_MEANS,
    A_ROLE,
    A_SHARE,
    A_SPELL,
    A_WEIGHT_RURAL,
    DUPLICATE,
    FALSE_REPORT,
    INFERRED,
    N_DUPLICATE,
    N_EXCLUDED,
    N_INFERRED,
    N_LACKS_PROOF,
    N_LOST,
    N_RECORDED_BAD,
    N_SPARED,
    N_UNABLE,
    N_WRONG_CONTENT,
    N_WRONG_PERSON,
    RIGHT,
    TRUTH_LOST,
    TRUTH_NOT_RECORDED,
    WRONG_CONTENT,
    WRONG_PERSON,
)
from glasstown.engine.tables.shapes import I64, Calendar, Found, Log, Post, Practice, Rules, Shard, Slots, Status, Work

STATUS_CLASS = 14
"""Class number in the event ids of records of what somebody is."""
MOST_OF_A_CLASS = 15
"""Records of one class that a month can bring a person; the number after them stands for a false report."""
MOST_OF_ONE = 128
"""Entries that one act may bring: record, what it lacks, decisions, duplicate, and the same for the rest of a household."""
LACK_BLOCK = 1024
"""First block of the words that say what a record lacks and how a test of means ends, one for each class and number."""
ABILITY_BLOCK = 4
"""Block of a person's procedures, in month 0, whose first word says whether the person could pay."""
PROCEDURE_CLASS = 15
"""Class number in the event ids of decisions that belong to no act."""


@kernel
def file_records(
    rules: Rules, cal: Calendar, practice: Practice, slots: Slots, log: Log, shard: Shard, status: Status, found: Found,
    post: Post, work: Work, chance: Chance, flow: I64, block: int, first: int, n: int, month: int,
) -> int:  # fmt: skip
    """S7. Write the records of all that was found out this month into `work.filed`; return how many entries."""
    n_filed = 0
    most = MOST_OF_ONE + 4 * n * len(rules.reaches)
    for r in range(found.starts[block], found.starts[block + 1]):
        row = found.rows[r]
        person, k = (row >> FOUND_PERSON_SHIFT) & FOUND_MASK, (row >> FOUND_CLASS_SHIFT) & FOUND_MASK
        is_false = row >= FOUND_FALSE
        if practice.class_covered[k] == 0:
            continue
        for each in range(min(row & FOUND_MASK, MOST_OF_A_CLASS)):
            number = MOST_OF_A_CLASS if is_false else each
            if n_filed + most > len(work.filed):
                return -1
            n_filed = file_one(
                rules, cal, practice, slots, log, shard, status, post, work.filed, chance, flow, n_filed, person, k,
                number, is_false, first, n, month,
            )  # fmt: skip
    return n_filed


@inlined
def file_one(
    rules: Rules, cal: Calendar, practice: Practice, slots: Slots, log: Log, shard: Shard, status: Status, post: Post,
    filed: I64, chance: Chance, flow: I64, n_filed: int, person: int, k: int, number: int, is_false: bool, first: int, n: int,
    month: int,
) -> int:  # fmt: skip
    """File one act: which it was, whether it is recorded, against whom, with what content, and how often."""
    position = first + person
    entity = shard.ident.entity + position
    stream, block = shard.ident.filing, (k * 16 + number) * 4
    truths = flow[shard.profile[position] & PROFILE_GROUP]
    u_act, u_day, u_delay, u_recorded = words(chance, stream, entity, month, block)
    urban = (shard.profile[position] & PROFILE_URBAN) >> 4
    act = choose_act(practice, k, shard.roles[position], A_WEIGHT_RURAL + urban, u_act)
    good = practice.act_table[act, A_GOOD]
    length = cal.month_start[month + 1] - cal.month_start[month]
    act_day = cal.month_start[month] + ((u_day * length) >> 32)
    if practice.act_table[act, A_N_ANSWERS] == 0 or not is_scheme(cal, act_day):
        return n_filed
    if u_recorded >= practice.numbers[N_RECORDED_BAD + good]:
        truths[slots.truth + TRUTH_NOT_RECORDED] += 1
        return n_filed
    u_lost, u_wrong, u_other, u_amount = words(chance, stream, entity, month, block + 1)
    wrong, about = RIGHT, person
    if practice.act_table[act, A_NEEDS_MEANS] == 1 and is_unable(practice, shard, chance, entity):
        if words(chance, stream, entity, month, LACK_BLOCK + k * 16 + number)[2] < practice.numbers[N_SPARED]:
            truths[slots.spared] += 1
            act = practice.act_table[act, A_INSTEAD]
            if act < 0 or practice.act_table[act, A_N_ANSWERS] == 0:
                return n_filed
        else:
            wrong = MISJUDGED
    amiss = practice.numbers[N_WRONG_PERSON] + practice.numbers[N_WRONG_CONTENT]
    if u_wrong < practice.numbers[N_WRONG_PERSON]:
        wrong, about = WRONG_PERSON, other_person(u_other, person, n)
    elif good == 0 and amiss <= u_wrong < amiss + practice.numbers[N_INFERRED]:
        wrong, about = INFERRED, other_person(u_other, person, n)
    elif u_wrong < amiss:
        other = choose_act(practice, k, shard.roles[position], A_SHARE, u_other)
        if other != act and answer_to(rules, practice, other, amount_of(practice, other, u_amount)) >= 0:
            wrong, act = WRONG_CONTENT, other
    if is_false:
        wrong = FALSE_REPORT if about == person else WRONG_PERSON
    amount = amount_of(practice, act, u_amount)
    answer = answer_to(rules, practice, act, amount)
    if answer < 0:
        return n_filed
    role = practice.act_table[act, A_ROLE]
    is_subject = status.is_scored[first + about] != 0 and (role == 0 or np_and(shard.roles[first + about], role) != 0)
    if u_lost < practice.numbers[N_LOST] or not is_subject:
        truths[slots.truth + TRUTH_LOST] += 1
        return n_filed
    record_day = act_day + practice.delay[practice.act_table[act, A_DELAY], u_delay >> 22]
    is_of_another = wrong == WRONG_PERSON or wrong == INFERRED
    if is_of_another:
        record_day = max(record_day, cal.month_start[month + 1])
    origin = person + 1 if is_of_another else 0
    event = event_id(month, k, number, 0, origin)
    lot = words(chance, stream, entity, month, block + 3)
    u_notice = words(chance, stream, entity, month, LACK_BLOCK + k * 16 + number)[3]
    clause = rules.answers[answer].clause
    redress = truths[slots.redress :]
    record_day, corrected = hear(rules, cal, practice, redress, clause, record_day, wrong, lot, u_notice)
    if record_day >= NEVER or not is_made(rules, cal, clause, record_day):
        return n_filed
    truths[slots.truth + wrong] += 1
    u_until, u_choice, u_again, u_later = words(chance, stream, entity, month, block + 2)
    until = spell_end(practice, act, act_day, u_until)
    choice = choice_of(rules, clause, u_choice, amount)
    lack = lack_of(rules, practice, answer, chance, stream, entity, month, LACK_BLOCK + k * 16 + number)
    n_filed = enter(
        rules, cal, log, filed, n_filed, act, answer, about, event, act_day, record_day, until, choice, wrong, amount,
        lack,
    )  # fmt: skip
    is_by_ladder = rules.answers[answer].ladder
    n_filed = enter_voids(rules, cal, filed, n_filed, about, clause, is_by_ladder, event, act_day, record_day, lack)
    n_filed = decide_later(rules, cal, practice, log, filed, n_filed, clause, about, event, record_day, corrected, lot)
    if rules.clauses[clause].reaches == 1:
        n_filed = reach_others(
            rules, cal, practice, log, shard, status, post, filed, n_filed, first, n, about, clause, event, record_day,
            corrected, u_choice, amount, month,
        )  # fmt: skip
    later = record_day + 1 + practice.delay[practice.act_table[act, A_DELAY], u_later >> 22]
    if u_again < practice.numbers[N_DUPLICATE] and is_made(rules, cal, clause, later):
        truths[slots.truth + DUPLICATE] += 1
        again = event_id(month, k, number, 1, origin)
        n_filed = enter(
            rules, cal, log, filed, n_filed, act, answer, about, again, act_day, later, until, choice, DUPLICATE,
            amount, lack,
        )  # fmt: skip
        n_filed = enter_voids(rules, cal, filed, n_filed, about, clause, is_by_ladder, again, act_day, later, lack)
        if rules.clauses[clause].reaches == 1:
            n_filed = reach_others(
                rules, cal, practice, log, shard, status, post, filed, n_filed, first, n, about, clause, again, later,
                NEVER, u_choice, amount, month,
            )  # fmt: skip
    return n_filed


@kernel
def is_made(rules: Rules, cal: Calendar, clause: int, record_day: int) -> bool:
    """Return whether the scheme is still in force when a record takes effect; what the run does not reach is told elsewhere."""
    is_it: bool = cal.origin.over >= NEVER or effect_day_of(rules, cal, clause, record_day) < cal.origin.over
    return is_it


@kernel
def is_unable(practice: Practice, shard: Shard, chance: Chance, entity: int) -> bool:
    """S10. Return whether a person could not pay what a judgment asks: by S2, or drawn once a life where lives are not lived."""
    if len(shard.lives.means) > 0:
        return shard.lives.means[entity - shard.ident.entity] & UNABLE != 0
    return words(chance, shard.ident.procedures, entity, 0, ABILITY_BLOCK)[0] < practice.numbers[N_UNABLE]


@kernel
def np_and(roles: int, bits: int) -> int:
    """Return the roles that two sets of bits share, as a plain integer."""
    return (roles & bits) * 1


@kernel
def lack_of(
    rules: Rules, practice: Practice, answer: int, chance: Chance, stream: int, entity: int, month: int, block: int
) -> int:
    """Return what a record lacks of what its clause, or any step of its ladder, asks for: bits as in engine/person/nominal.py."""
    clause = rules.answers[answer].clause
    asks = rules.clauses[clause].asks
    if rules.answers[answer].ladder == 1:
        ladder = rules.clauses[clause].ladder
        for number in range(rules.ladders[ladder].n_steps):
            asks |= rules.clauses[rules.steps[rules.ladders[ladder].first_step + number]].asks
    if asks == 0:
        return 0
    u_proof, u_excluded, _, _ = words(chance, stream, entity, month, block)
    lack = LACKS_PROOF if u_proof < practice.numbers[N_LACKS_PROOF] else 0
    return lack | (IS_EXCLUDED if u_excluded < practice.numbers[N_EXCLUDED] else 0)


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
def amount_of(practice: Practice, act: int, draw: int) -> int:
    """Return how much of an act there was; each whole amount between its ends is as likely."""
    least, most = practice.act_table[act, A_LEAST], practice.act_table[act, A_MOST]
    return least + ((draw * (most - least + 1)) >> 32)


@kernel
def answer_to(rules: Rules, practice: Practice, act: int, amount: int) -> int:
    """Return the row of the clause that answers to an act and its amount (rule 3.1), or -1."""
    first = practice.act_table[act, A_ANSWER]
    for row in range(first, first + practice.act_table[act, A_N_ANSWERS]):
        if rules.answers[row].from_ <= amount < rules.answers[row].below:
            return row
    return -1
