"""S10, S13: what people seek of offices: procedures that end a list, consent, spending; each with its monthly chance."""

from __future__ import annotations

from typing import NamedTuple

from glasstown.compiler.columns import CONSENT, PASS_TEST, PERFORM, REPAIR, SPEND, WITHDRAW
from glasstown.engine.kernel import draws, events
from glasstown.engine.kernel.bits import whole
from glasstown.engine.kernel.cache import kernel
from glasstown.engine.kernel.calendar import day_in_month
from glasstown.engine.kernel.events import pack_event
from glasstown.engine.kernel.ledger_words import NO_EVENT
from glasstown.engine.kernel.philox import words
from glasstown.engine.office.ability import bite_of, is_supervised, is_unable, shame_of, was_sued
from glasstown.engine.office.entering import enter_procedure
from glasstown.engine.office.hearing import Words, has_procedure
from glasstown.engine.society.gates import chances_shown
from glasstown.engine.tables.bundles import At, Desk, Here, Law
from glasstown.engine.tables.listed import lists_of, lists_of_any
from glasstown.engine.tables.pace import quickened, row_of
from glasstown.engine.tables.shapes import Rules, Status


class Ends(NamedTuple):
    """Lists that procedures end, as bits: any procedure, performing; and the share of a neighbourhood on the latter, in 32nds."""

    by_any: int
    by_performing: int
    share_listed: int


@kernel
def seek_procedures(law: Law, here: Here, desk: Desk, at: At, n_filed: int) -> int:
    """S10, S13. Let those on a list that a procedure ends take it or perform; return how many entries there are then.

    Those who could pay and those who could not perform at rates of their own, the more of their wishes gates refuse the faster, and
    faster in a month in which they are shown to others and owe little.  Where performing ends a list, its rate, fitted to all exits
    together, stands for the other grounds of repair too.  Somebody whom nothing but other people's debts holds there
    has nothing to perform.
    """
    by_any, by_performing = lists_ended(law.rules)
    is_before = law.cal.month_start[at.month + 1] <= law.cal.origin.first_day
    if by_any == 0 or is_before or not is_anybody_on(here.status, by_any, at.first, at.n):
        return n_filed
    ends = Ends(by_any, by_performing, share_listed(here.status, by_performing, at) if by_performing != 0 else 0)
    for position in range(at.first, at.first + at.n):
        if lists_of(here.status, position) & by_any != 0:
            n_filed = seek_own(law, here, desk, at, ends, position, n_filed)
    return n_filed


@kernel
def lists_ended(rules: Rules) -> tuple[int, int]:
    """Return the lists that any procedure ends, and those that performing ends, as bits."""
    by_any, by_performing = 0, 0
    for rule in range(len(rules.lists)):
        if rules.lists[rule].procedures != 0:
            by_any |= 1 << rule
        by_performing |= ((rules.lists[rule].procedures >> PERFORM) & 1) << rule
    return by_any, by_performing


@kernel
def is_anybody_on(status: Status, lists: int, first: int, n: int) -> bool:
    """Return whether any of a neighbourhood is on any of these lists."""
    return lists_of_any(status, first, first + n) & lists != 0


@kernel
def share_listed(status: Status, lists: int, at: At) -> int:
    """Return the share of a neighbourhood that stands on any of these lists, in 32nds, rounded down."""
    count = 0
    for position in range(at.first, at.first + at.n):
        count += lists_of(status, position) & lists != 0
    return (32 * count) // at.n


@kernel
def seek_own(law: Law, here: Here, desk: Desk, at: At, ends: Ends, position: int, n_filed: int) -> int:
    """S10. Let one person pass a test, have a list repaired, or perform; return as above."""
    rules, numbers, mine = law.rules, law.practice.numbers, lists_of(here.status, position)
    u_test, u_repair, u_test_day, u_repair_day = sought_words(here, desk, at, position, draws.PROCEDURES)
    if can_end(rules, PASS_TEST, mine) and u_test < numbers.pass_test:
        n_filed = enter_sought(law, desk, at, position, PASS_TEST, u_test_day, n_filed)
    if is_stayed(law, here, position, mine & ends.by_performing) or u_repair < chance_of_repair(
        law, at, mine, ends.by_performing
    ):
        n_filed = enter_sought(law, desk, at, position, REPAIR, u_repair_day, n_filed)
    if can_end(rules, PERFORM, mine) and here.status.nothing_owed[position] == 0:
        lot = sought_words(here, desk, at, position, draws.PERFORMANCE)
        if performs(law, here, desk, at, position, lot, ends.share_listed):
            n_filed = enter_sought(law, desk, at, position, PERFORM, lot[1], n_filed)
    return n_filed


@kernel
def is_stayed(law: Law, here: Here, position: int, lists: int) -> bool:
    """S13. Return whether a court takes somebody off these lists since a bankruptcy ends all enforcement."""
    return is_supervised(here.shard, position) and can_end(law.rules, REPAIR, lists)


@kernel
def chance_of_repair(law: Law, at: At, lists: int, by_performing: int) -> int:
    """S10. Return the chance of repair in a month, of 2**32: by oneself, or by the court's deletion where performing ends a list."""
    chance = law.practice.numbers.repair if can_end(law.rules, REPAIR, lists & ~by_performing) else 0
    pace = law.practice.pace
    deleted = pace[row_of(pace, at.month)].deletion
    if deleted > chance and can_end(law.rules, REPAIR, lists & by_performing):
        return deleted
    return chance


@kernel
def sought_words(here: Here, desk: Desk, at: At, position: int, block: int) -> Words:
    """Return four words of what somebody seeks in a month."""
    return words(desk.chance, here.shard.ident.procedures, here.shard.ident.entity + position, at.month, block)


@kernel
def can_end(rules: Rules, procedure: int, lists: int) -> bool:
    """Return whether a rulebook has a procedure that ends any of these lists."""
    if not has_procedure(rules, procedure):
        return False
    for rule in range(len(rules.lists)):
        if (lists >> rule) & 1 == 1 and (rules.lists[rule].procedures >> procedure) & 1 == 1:
            return True
    return False


@kernel
def performs(law: Law, here: Here, desk: Desk, at: At, position: int, lot: Words, share_listed: int) -> bool:
    """S13. Return whether somebody performs this month: who was sued as soon as nothing is owed, anybody else by chance."""
    if was_sued(here.shard, position):
        return whole(here.shard.lives.owed[position]) == 0
    chance = chance_of_performing(law, here, desk, position, lot[2], share_listed)
    return lot[0] < quickened(law.practice.pace, at.month, chance)


@kernel
def chance_of_performing(law: Law, here: Here, desk: Desk, position: int, u_shown: int, share_listed: int) -> int:
    """S10, S13. Return the chance that somebody performs this month, of 2**32."""
    numbers = law.practice.numbers
    unable = is_unable(law.practice, here.shard, desk.chance, position)
    chance = numbers.perform_unable if unable else numbers.perform
    chance = (chance * bite_of(law.practice, here.shard, position)) >> 8
    if u_shown < chances_shown(here.status, law.practice.shown, position)[0]:
        chance = (chance * shame_of(law.practice, here.shard, desk.chance, position, share_listed)) >> 8
    return chance


@kernel
def enter_sought(law: Law, desk: Desk, at: At, position: int, procedure: int, u_day: int, n_filed: int) -> int:
    """Enter what somebody sought on a day of the month, unless it lies before the first day; return as above."""
    return enter_about(law, desk, at, position, procedure, NO_EVENT, u_day, n_filed)


@kernel
def enter_about(law: Law, desk: Desk, at: At, position: int, procedure: int, of: int, u_day: int, n_filed: int) -> int:
    """Enter the same about a record or an amount of quanta; `of` is NO_EVENT for neither."""
    day = day_in_month(law.cal, at.month, u_day)
    if day < law.cal.origin.first_day:
        return n_filed
    event = pack_event(at.month, events.SOUGHT, procedure, 0, 0)
    return enter_procedure(desk, position - at.first, event, day, procedure, of, n_filed)


@kernel
def seek_standing(law: Law, here: Here, desk: Desk, at: At, n_filed: int) -> int:
    """S10. Let people agree to be scored or take it back, and spend what they hold; return as above."""
    book = law.rules.book
    if book.consent < 0 and book.balance < 0:
        return n_filed
    for position in range(at.first, at.first + at.n):
        if here.status.is_scored[position] != 0:
            lot = sought_words(here, desk, at, position, draws.STANDING)
            n_filed = seek_consent(law, here, desk, at, position, lot, n_filed)
            n_filed = spend(law, here, desk, at, position, lot, n_filed)
    return n_filed


@kernel
def seek_consent(law: Law, here: Here, desk: Desk, at: At, position: int, lot: Words, n_filed: int) -> int:
    """S10. Let somebody agree to be scored, or take it back; return as above."""
    numbers, kept = law.practice.numbers, law.rules.book.consent
    if kept < 0:
        return n_filed
    is_given = here.status.more[position, kept] == 1
    if lot[0] >= (numbers.withdraw if is_given else numbers.consent):
        return n_filed
    return enter_sought(law, desk, at, position, WITHDRAW if is_given else CONSENT, lot[1], n_filed)


@kernel
def spend(law: Law, here: Here, desk: Desk, at: At, position: int, lot: Words, n_filed: int) -> int:
    """S10. Let somebody spend all that they hold; return as above."""
    kept = law.rules.book.balance
    if kept < 0 or lot[2] >= law.practice.numbers.spend:
        return n_filed
    amount = whole(here.status.more[position, kept])
    if amount <= 0:
        return n_filed
    return enter_about(law, desk, at, position, SPEND, amount, lot[3], n_filed)
