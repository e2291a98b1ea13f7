"""S7: what is written down of what was found out, about whom, when; the steps stand in the order of the model's page.

Every number here hangs on (person, month, class, number) alone, so two rulebooks see the same luck, in two runs or in one; what a
rulebook's own catalogue does not cover is found out and never written down in it.
"""

from __future__ import annotations

from glasstown.compiler.columns import NEVER
from glasstown.engine.kernel import draws
from glasstown.engine.kernel.bits import whole
from glasstown.engine.kernel.cache import kernel
from glasstown.engine.kernel.calendar import day_in_month, is_scheme, month_of
from glasstown.engine.kernel.events import filed_twice, pack_event
from glasstown.engine.kernel.logbook import is_kept
from glasstown.engine.kernel.philox import words
from glasstown.engine.office.ability import has_paid_when_called, is_unable
from glasstown.engine.office.entering import choice_of, effect_day_of, enter, enter_voids
from glasstown.engine.office.hearing import Words, decide_later, hear
from glasstown.engine.office.ordered import come_before, heed
from glasstown.engine.office.spilling import reach_others
from glasstown.engine.office.which_act import (
    amount_of,
    answer_to,
    choose_act,
    delay_of,
    is_answered,
    is_open_to,
    spell_end,
)
from glasstown.engine.person.voids import IS_EXCLUDED, LACKS_PROOF
from glasstown.engine.tables.bundles import At, Desk, Here, Hit, Law
from glasstown.engine.tables.found_words import (
    ASK_MEANS,
    RECORD,
    SPARE,
    first_number,
    found_class,
    found_out,
    found_person,
    is_false_report,
    named_act,
    order_of,
)
from glasstown.engine.tables.office_bundles import Draft, Record
from glasstown.engine.tables.pace import row_of
from glasstown.engine.tables.practice_rows import (
    BY_SHARE,
    DUPLICATE,
    FALSE_REPORT,
    INFERRED,
    MISJUDGED,
    RIGHT,
    TRUTH_LOST,
    TRUTH_NOT_RECORDED,
    WRONG_CONTENT,
    WRONG_PERSON,
)
from glasstown.engine.tables.profiles import group_of, urban_of
from glasstown.engine.tables.shapes import Practice

MOST_OF_A_CLASS = 15
"""Records of one class that a month can bring a person; the number after them stands for a false report."""
MOST_OF_ONE = 128
"""Entries that one act may bring: record, what it lacks, decisions, duplicate, and the same for the rest of a household."""


@kernel
def file_records(law: Law, here: Here, desk: Desk, at: At) -> int:
    """S7. Write the records of all that was found out this month into `work.filed`; return how many entries, -1 for want of room."""
    n_filed, found = 0, here.found
    most = MOST_OF_ONE + 4 * at.n * len(law.rules.reaches)
    for row in range(found.starts[at.block], found.starts[at.block + 1]):
        word = found.rows[row]
        k, position = found_class(word), at.first + found_person(word)
        if law.practice.class_covered[k] == 0:
            continue
        for each in range(min(found_out(word), MOST_OF_A_CLASS)):
            if n_filed + most > len(desk.work.filed):
                return -1
            number = MOST_OF_A_CLASS if is_false_report(word) else first_number(word) + each
            hit = Hit(position, k, whole(number), named_act(word), order_of(word), whole(row))
            n_filed = file_one(law, here, desk, at, hit, n_filed)
    return n_filed


@kernel
def file_one(law: Law, here: Here, desk: Desk, at: At, hit: Hit, n_filed: int) -> int:
    """S7. File one act: which it was, whether it is written down, what of it and about whom, whether that is lost.

    What somebody does whom the rulebook does not score is no matter of its offices.
    """
    if here.status.is_scored[hit.position] == 0:
        return n_filed
    account = desk.flow[group_of(here.shard.profile[hit.position])]
    u_act, u_day, u_delay, u_recorded = words_of(here, desk, at, hit, 0)
    way = urban_of(here.shard.profile[hit.position])
    act = hit.named
    if act < 0:
        act = choose_act(law.practice, hit.k, here.shard.roles[hit.position], way, u_act)
    act_day = day_in_month(law.cal, at.month, u_day)
    if not is_answered(law.practice, act) or not is_scheme(law.cal, act_day):
        return n_filed
    second = words_of(here, desk, at, hit, 1)
    if law.practice.act_table[act].needs_means != 0 and has_paid_when_called(here.shard, hit.position):
        return n_filed
    order = 0
    if hit.order != 0 or is_kept(desk.log):
        order = laid_before(law, here, desk, at, hit, act, act_day, second)
    chance = chance_of_recording(law, here, desk, at, act)
    is_left = u_recorded >= at_pace(law, act, act_day + delay_of(law.practice, act, u_delay), chance)
    if order == SPARE or (order != RECORD and is_left):
        account[law.slots.truth + TRUTH_NOT_RECORDED] += 1
        return n_filed
    draft = draft_of(law, here, desk, at, hit, act, second)
    if order == ASK_MEANS:
        draft = after_means(law, here, desk, at, draft, act)
    if draft.act < 0 or answer_to(law.rules, law.practice, draft.act, draft.amount) < 0:
        return n_filed
    u_lost = second[0]
    if u_lost < law.practice.numbers.lost or not is_subject(law.practice, here, at, draft):
        account[law.slots.truth + TRUTH_LOST] += 1
        return n_filed
    return make_record(law, here, desk, at, hit, draft, n_filed)


@kernel
def chance_of_recording(law: Law, here: Here, desk: Desk, at: At, act: int) -> int:
    """S7. Return the chance that an office writes an act down, of 2**32 and perhaps above: by act, campaign and place."""
    numbers = law.practice.numbers
    share = law.practice.act_table[act].recorded
    if numbers.campaign_from <= at.month < numbers.campaign_end:
        share = (share * numbers.campaign) >> 8
    if numbers.differs != 0:
        ident = here.shard.ident
        lot = words(desk.chance, ident.filing, ident.entity + at.first, 0, draws.PLACE)
        share = (share * law.practice.place[lot[0] >> 26]) >> 8
    return share


@kernel
def at_pace(law: Law, act: int, record_day: int, chance: int) -> int:
    """S7. Return a court's chance of recording as a drive has it in the month in which the record would be made; others' stay."""
    if law.practice.act_table[act].by_court == 0:
        return chance
    pace = law.practice.pace
    return (chance * pace[row_of(pace, month_of(law.cal, min(record_day, NEVER)))].recording) >> 16


@kernel
def words_of(here: Here, desk: Desk, at: At, hit: Hit, part: int) -> Words:
    """Return the words of one of the four blocks that say what becomes of an act."""
    place = draws.FILING + (hit.k * draws.MOST_NUMBERS + hit.number) * draws.BLOCKS_OF_AN_ACT + part
    return words(desk.chance, here.shard.ident.filing, here.shard.ident.entity + hit.position, at.month, place)


@kernel
def words_of_lack(here: Here, desk: Desk, at: At, hit: Hit) -> Words:
    """Return words: whether a record lacks its proof, is excluded, how a test of means ends, and what becomes of notice."""
    place = draws.LACKS + hit.k * draws.MOST_NUMBERS + hit.number
    return words(desk.chance, here.shard.ident.filing, here.shard.ident.entity + hit.position, at.month, place)


@kernel
def draft_of(law: Law, here: Here, desk: Desk, at: At, hit: Hit, act: int, lot: Words) -> Draft:
    """S7. Return what an office is about to write of an act: after the test of means, about whom, with what content.

    lot   words: whether it is lost, how it goes wrong, the other person or act, the amount
    """
    written, wrong = by_means(law, here, desk, at, hit, act)
    if written < 0:
        return Draft(whole(-1), hit.position - at.first, wrong, whole(0))
    return draft_as(law, here, at, hit, written, wrong, lot)


@kernel
def draft_as(law: Law, here: Here, at: At, hit: Hit, written: int, wrong: int, lot: Words) -> Draft:
    """S7. Return what an office writes of an act once it has looked at the means: about whom, with what content."""
    numbers, person = law.practice.numbers, hit.position - at.first
    _, u_wrong, u_other, u_amount = lot
    about = person
    amiss = numbers.wrong_person + numbers.wrong_content
    if u_wrong < numbers.wrong_person:
        wrong, about = WRONG_PERSON, other_person(law.practice, here, at, person, written, u_other)
    elif law.practice.act_table[written].good == 0 and amiss <= u_wrong < amiss + numbers.inferred:
        wrong, about = INFERRED, other_person(law.practice, here, at, person, written, u_other)
    elif u_wrong < amiss:
        other = choose_act(law.practice, hit.k, here.shard.roles[hit.position], BY_SHARE, u_other)
        is_one = answer_to(law.rules, law.practice, other, amount_of(law.practice, other, u_amount)) >= 0
        if other != written and is_one:
            wrong, written = WRONG_CONTENT, other
    if about == person and (wrong == WRONG_PERSON or wrong == INFERRED):
        wrong = RIGHT
    if hit.number == MOST_OF_A_CLASS:
        wrong = FALSE_REPORT if about == person else WRONG_PERSON
    return Draft(written, about, whole(wrong), amount_of(law.practice, written, u_amount))


@kernel
def by_means(law: Law, here: Here, desk: Desk, at: At, hit: Hit, act: int) -> tuple[int, int]:
    """S7. Return the act that is recorded once an office has looked at the means of who did it, -1 for none, and what is true of it.

    Of those who could not pay some are spared: the more general act is recorded.  The others are recorded as if they would not.
    """
    row = law.practice.act_table[act]
    if row.needs_means == 0 or not is_unable(law.practice, here.shard, desk.chance, hit.position):
        return act, RIGHT
    u_means = words_of_lack(here, desk, at, hit)[2]
    if u_means >= law.practice.numbers.spared:
        return act, MISJUDGED
    desk.flow[group_of(here.shard.profile[hit.position]), law.slots.spared] += 1
    if row.instead < 0 or not is_answered(law.practice, row.instead):
        return -1, RIGHT
    return row.instead, RIGHT


@kernel
def laid_before(law: Law, here: Here, desk: Desk, at: At, hit: Hit, act: int, act_day: int, lot: Words) -> int:
    """S7. Return what a desk decides about an act, 0 where its office does as usual; log the act as the desk sees it.

    A desk sees what is about to be written, whoever did it and whatever is true of it, before anybody looks at the means.
    """
    seen = draft_as(law, here, at, hit, act, whole(RIGHT), lot)
    answer = answer_to(law.rules, law.practice, seen.act, seen.amount)
    if answer < 0:
        return 0
    event = pack_event(at.month, hit.k, hit.number, 0, origin_of(at, hit, seen))
    come_before(desk, at, seen, event, law.rules.answers[answer].clause, act_day)
    return heed(law.practice, here, at, hit, seen.act, event)


@kernel
def after_means(law: Law, here: Here, desk: Desk, at: At, draft: Draft, act: int) -> Draft:
    """S7. Return what is left of a draft once a court, by order, has asked after the means of whom it is about.

    Of who could not pay the more general act is recorded, or nothing.
    """
    position = at.first + draft.about
    if draft.act < 0 or law.practice.act_table[draft.act].needs_means == 0:
        return draft
    if not is_unable(law.practice, here.shard, desk.chance, position):
        return draft
    desk.flow[group_of(here.shard.profile[position]), law.slots.spared] += 1
    instead = law.practice.act_table[draft.act].instead
    if instead < 0 or not is_answered(law.practice, instead):
        return Draft(whole(-1), draft.about, draft.wrong, draft.amount)
    is_mended = draft.wrong == MISJUDGED or (draft.wrong == WRONG_CONTENT and instead == act)
    return Draft(instead, draft.about, whole(RIGHT) if is_mended else draft.wrong, draft.amount)


@kernel
def other_person(practice: Practice, here: Here, at: At, person: int, act: int, draw: int) -> int:
    """Return another of the neighbourhood of whom an act can be recorded, each as likely; the person where there is none."""
    n_others = 0
    for other in range(at.n):
        n_others += other != person and can_be_about(practice, here, at.first + other, act)
    left = (draw * n_others) >> 32
    for other in range(at.n):
        if other != person and can_be_about(practice, here, at.first + other, act):
            if left == 0:
                return whole(other)
            left -= 1
    return person


@kernel
def can_be_about(practice: Practice, here: Here, position: int, act: int) -> bool:
    """Return whether somebody is scored and has the role that an act asks for."""
    return here.status.is_scored[position] != 0 and is_open_to(practice, act, here.shard.roles[position])


@kernel
def is_subject(practice: Practice, here: Here, at: At, draft: Draft) -> bool:
    """Return whether the one whom a draft is about is scored and has the role that the act asks for."""
    return can_be_about(practice, here, at.first + draft.about, draft.act)


@kernel
def make_record(law: Law, here: Here, desk: Desk, at: At, hit: Hit, draft: Draft, n_filed: int) -> int:
    """S7, S10. Let whom a draft is about hear of it, and enter the record and what follows, unless none is made; return as above."""
    account = desk.flow[group_of(here.shard.profile[hit.position])]
    answer = law.rules.answers[answer_to(law.rules, law.practice, draft.act, draft.amount)]
    lot, (u_proof, u_excluded, _, u_notice) = words_of(here, desk, at, hit, 3), words_of_lack(here, desk, at, hit)
    act_day, asked_day = days_of(law, here, desk, at, hit, draft)
    record_day, corrected = hear(law, account, answer.clause, asked_day, draft.wrong, lot, u_notice)
    if record_day >= NEVER:
        return n_filed
    if not is_made(law, answer.clause, record_day):
        account[law.slots.too_late] += 1
        return n_filed
    account[law.slots.truth + draft.wrong] += 1
    u_until, u_choice, _, _ = words_of(here, desk, at, hit, 2)
    until = spell_end(law.practice, draft.act, act_day, u_until)
    choice = choice_of(law.rules, answer.clause, u_choice, draft.amount)
    lack = lack_of(law, answer.clause, answer.ladder, u_proof, u_excluded)
    event = pack_event(at.month, hit.k, hit.number, 0, origin_of(at, hit, draft))
    record = Record(draft.act, answer.clause, answer.ladder, draft.about, event, act_day, record_day, until, choice,
                    draft.amount, draft.wrong, lack)  # fmt: skip
    n_filed = enter_voids(law, desk, record, enter(law, desk, record, n_filed))
    n_filed = decide_later(law, desk, record, corrected, lot, n_filed)
    n_filed = reach_others(law, here, desk, at, record, corrected, u_choice, n_filed)
    return file_again(law, here, desk, at, hit, record, n_filed)


@kernel
def days_of(law: Law, here: Here, desk: Desk, at: At, hit: Hit, draft: Draft) -> tuple[int, int]:
    """S7. Return the day of the act, and of its record: later by a delay, and next month at the earliest where about another."""
    _, u_day, u_delay, _ = words_of(here, desk, at, hit, 0)
    act_day = day_in_month(law.cal, at.month, u_day)
    record_day = act_day + delay_of(law.practice, draft.act, u_delay)
    if is_of_another(draft):
        record_day = max(record_day, law.cal.month_start[at.month + 1])
    return act_day, record_day


@kernel
def is_of_another(draft: Draft) -> bool:
    """Return whether a draft is about somebody else than the one who did it."""
    return draft.wrong == WRONG_PERSON or draft.wrong == INFERRED


@kernel
def origin_of(at: At, hit: Hit, draft: Draft) -> int:
    """Return the origin in the number of the event: 0 for the person's own act."""
    return hit.position - at.first + 1 if is_of_another(draft) else 0


@kernel
def is_made(law: Law, clause: int, record_day: int) -> bool:
    """Return whether the scheme is still in force when a record takes effect; what the run does not reach is told elsewhere."""
    over = law.cal.origin.over
    return over >= NEVER or effect_day_of(law.rules, law.cal, clause, record_day) < over


@kernel
def lack_of(law: Law, clause: int, by_ladder: int, u_proof: int, u_excluded: int) -> int:
    """S7. Return what a record lacks of what its clause, or any step of its ladder, asks for: bits as in engine/person/voids.py."""
    rules, numbers = law.rules, law.practice.numbers
    asks = rules.clauses[clause].asks
    if by_ladder == 1:
        ladder = rules.ladders[rules.clauses[clause].ladder]
        for step in range(ladder.first_step, ladder.first_step + ladder.n_steps):
            asks |= rules.clauses[rules.steps[step]].asks
    if asks == 0:
        return 0
    lack = LACKS_PROOF if u_proof < numbers.lacks_proof else 0
    return lack | (IS_EXCLUDED if u_excluded < numbers.excluded else 0)


@kernel
def file_again(law: Law, here: Here, desk: Desk, at: At, hit: Hit, record: Record, n_filed: int) -> int:
    """S7. With its chance file a record a second time, after a second delay, lacking what the first one lacks; return as above."""
    _, u_choice, u_again, u_later = words_of(here, desk, at, hit, 2)
    later = record.record_day + 1 + delay_of(law.practice, record.act, u_later)
    if u_again >= law.practice.numbers.duplicate or not is_made(law, record.clause, later):
        return n_filed
    desk.flow[group_of(here.shard.profile[hit.position]), law.slots.truth + DUPLICATE] += 1
    again = Record(record.act, record.clause, record.by_ladder, record.about, filed_twice(record.event), record.act_day,
                   later, record.until, record.choice, record.amount, whole(DUPLICATE), record.lack)  # fmt: skip
    n_filed = enter_voids(law, desk, again, enter(law, desk, again, n_filed))
    return reach_others(law, here, desk, at, again, NEVER, u_choice, n_filed)
