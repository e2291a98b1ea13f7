"""S10 and the first day: procedures that people seek, consent and spending, and records of what somebody is."""

from __future__ import annotations

import numpy as np

from glasstown.compiler.columns import APPLY, CONSENT, N_PROCEDURES, PASS_TEST, PERFORM, REPAIR, SPEND, WITHDRAW
from glasstown.engine.kernel.bits import whole
from glasstown.engine.kernel.cache import kernel
from glasstown.engine.kernel.entries import (
    EVENT_MASK,
    PHASE_RECORDS,
    PHASE_STATUS,
    PROCEDURE,
    RECORD,
    event_id,
    key,
    record_pay,
)
from glasstown.engine.kernel.logbook import is_kept, next_line
from glasstown.engine.kernel.philox import words
from glasstown.engine.office.entering import effect_day_of, enter_decision
from glasstown.engine.office.filing import ABILITY_BLOCK, PROCEDURE_CLASS, STATUS_CLASS, is_unable, np_and
from glasstown.engine.tables.filing_rows import Filed
from glasstown.engine.tables.log_rows import FILED
from glasstown.engine.tables.person_rows import Chance
from glasstown.engine.tables.practice_rows import RIGHT
from glasstown.engine.tables.shapes import Calendar, Log, Practice, Rules, Shard, Status
from glasstown.rows import Rows


@kernel
def seek_procedures(
    rules: Rules, cal: Calendar, practice: Practice, log: Log, shard: Shard, status: Status, filed: Rows[Filed], chance: Chance,
    n_filed: int, first: int, n: int, month: int,
) -> int:  # fmt: skip
    """S10, S13. Let those on a list that a procedure ends take it or perform, each with its monthly chance; enter the decisions.

    Those who could pay and those who could not perform at rates of their own, the more of their wishes gates refuse the faster, and
    faster in a month in which they are shown to others and owe little.  Where performing ends a list, its rate, fitted to all exits
    together, stands for the other grounds of repair too.  Somebody whom nothing but other people's debts holds there
    has nothing to perform.
    """
    on_any, performed = 0, 0
    for rule in range(len(rules.lists)):
        if rules.lists[rule].procedures != 0:
            on_any |= 1 << rule
        performed |= ((rules.lists[rule].procedures >> PERFORM) & 1) << rule
    if on_any == 0 or cal.month_start[month + 1] <= cal.origin.first_day or not is_anybody_on(status, on_any, first, n):
        return n_filed
    listed = -1
    length = cal.month_start[month + 1] - cal.month_start[month]
    for person in range(n):
        mine = status.lists[first + person] & on_any
        if mine == 0:
            continue
        lot = words(chance, shard.ident.procedures, shard.ident.entity + first + person, month, 0)
        for procedure in range(N_PROCEDURES):
            if procedure == APPLY or rules.procedures[procedure].exists == 0 or not ends(rules, mine, procedure):
                continue
            if procedure == REPAIR and not ends(rules, mine & ~performed, procedure):
                continue
            draw, when = (lot[0], lot[2]) if procedure == PASS_TEST else (lot[1], lot[3])
            chance_of_it = practice.numbers.seeks[procedure]
            if procedure == PERFORM:
                if status.nothing_owed[first + person] == 1:
                    continue
                more = words(chance, shard.ident.procedures, shard.ident.entity + first + person, month, 1)
                draw, when = more[0], more[1]
                if is_unable(practice, shard, chance, shard.ident.entity + first + person):
                    chance_of_it = practice.numbers.perform_unable
                if len(shard.lives.bite) > 0:
                    chance_of_it = (chance_of_it * practice.bite[shard.lives.bite[first + person]]) >> 8
                if more[2] < practice.numbers.shown:
                    if listed < 0:
                        listed = share_listed(status, performed, first, n)
                    chance_of_it = (chance_of_it * shame_of(practice, shard, chance, first + person, listed)) >> 8
            if draw >= chance_of_it:
                continue
            day = cal.month_start[month] + ((when * length) >> 32)
            if day < cal.origin.first_day:
                continue
            event = event_id(month, PROCEDURE_CLASS, procedure, 0, 0)
            n_filed = enter_decision(log, filed, n_filed, person, event, day, PROCEDURE, procedure, EVENT_MASK)
    return n_filed


@kernel
def is_anybody_on(status: Status, lists: int, first: int, n: int) -> bool:
    """Return whether any of a neighbourhood is on any of these lists: a loop that the compiler takes several people at a time."""
    on = np.uint32(0)
    for position in range(np.uint64(first), np.uint64(first + n)):
        on |= status.lists[position]
    return bool((np.int64(on) & lists) != 0)


@kernel
def share_listed(status: Status, lists: int, first: int, n: int) -> int:
    """Return the share of a neighbourhood that stands on any of these lists, in 32nds, rounded down."""
    count = 0
    if lists != 0:
        for position in range(first, first + n):
            count += status.lists[position] & lists != 0
    return (32 * count) // n


@kernel
def shame_of(practice: Practice, shard: Shard, chance: Chance, position: int, listed: int) -> int:
    """S13. Return what being shown to others multiplies the chance of performing by, of 256: nothing for those who owe much.

    How much somebody owes and how easily the person is shamed is drawn once a life.
    """
    lot = words(chance, shard.ident.procedures, shard.ident.entity + position, 0, ABILITY_BLOCK)
    if lot[1] >= practice.numbers.small:
        return 256
    shamed: int = practice.shame[listed, lot[2] >> 28]
    return shamed


@kernel
def seek_standing(
    rules: Rules, cal: Calendar, practice: Practice, log: Log, shard: Shard, status: Status, filed: Rows[Filed], chance: Chance,
    n_filed: int, first: int, n: int, month: int,
) -> int:  # fmt: skip
    """S10. Let people agree to be scored or take it back, and spend what they hold, each with its monthly chance."""
    consent, balance = rules.book.consent, rules.book.balance
    if consent < 0 and balance < 0:
        return n_filed
    length = cal.month_start[month + 1] - cal.month_start[month]
    for position in range(first, first + n):
        if status.is_scored[position] == 0:
            continue
        person = position - first
        lot = words(chance, shard.ident.procedures, shard.ident.entity + position, month, 2)
        if consent >= 0:
            procedure = WITHDRAW if status.more[position, consent] == 1 else CONSENT
            day = cal.month_start[month] + ((lot[1] * length) >> 32)
            is_asked = lot[0] < (practice.numbers.consent if procedure == CONSENT else practice.numbers.withdraw)
            if is_asked and day >= cal.origin.first_day:
                event = event_id(month, PROCEDURE_CLASS, procedure, 0, 0)
                n_filed = enter_decision(log, filed, n_filed, person, event, day, PROCEDURE, procedure, EVENT_MASK)
        if balance >= 0 and lot[2] < practice.numbers.spend:
            amount = whole(status.more[position, balance])  # 64 bits wide, as every number of an entry
            day = cal.month_start[month] + ((lot[3] * length) >> 32)
            if amount > 0 and day >= cal.origin.first_day:
                event = event_id(month, PROCEDURE_CLASS, SPEND, 0, 0)
                n_filed = enter_decision(log, filed, n_filed, person, event, day, PROCEDURE, SPEND, amount)
    return n_filed


@kernel
def file_statuses(
    rules: Rules, cal: Calendar, practice: Practice, log: Log, shard: Shard, status: Status, filed: Rows[Filed], n_filed: int,
    first: int, n: int, month: int,
) -> int:  # fmt: skip
    """S7. Record on the first day what somebody is, for whoever has the role that a clause is about (rule 3.14)."""
    if rules.book.has_status == 0 or month != cal.origin.first_month:
        return n_filed
    for position in range(first, first + n):
        for row in range(len(practice.status)):
            clause, bits = practice.status[row].clause, practice.status[row].roles
            has_role = bits == 0 or np_and(shard.roles[position], bits) != 0
            if status.is_scored[position] == 0 or not has_role or n_filed >= len(filed):
                continue
            day = cal.origin.first_day
            effect_day = effect_day_of(rules, cal, clause, day)
            if effect_day >= cal.origin.over:
                continue
            event = (STATUS_CLASS << 14) | clause
            phase = PHASE_STATUS if effect_day == day else PHASE_RECORDS
            new = filed[n_filed]
            new.person, new.key = position - first, key(effect_day, phase, clause, event, RECORD)
            new.pay = record_pay(position - first, day, 0, 0, RIGHT, clause)
            n_filed += 1
            if is_kept(log):
                line = log.rows[next_line(log, FILED, position - first)]
                line.event, line.act, line.clause, line.truth, line.lack = event, -1, clause, RIGHT, 0
                line.act_day, line.record_day, line.effect_day, line.until = day, day, effect_day, 0
                line.choice, line.amount = 0, 0
    return n_filed


@kernel
def ends(rules: Rules, lists: int, procedure: int) -> bool:
    """Return whether a procedure ends any of these lists."""
    for rule in range(len(rules.lists)):
        if (lists >> rule) & 1 == 1 and (rules.lists[rule].procedures >> procedure) & 1 == 1:
            return True
    return False
