"""S7: which act of a class it was, how much of it, how long it lasts, and which clause answers to it."""

from __future__ import annotations

from glasstown.compiler.columns import NEVER
from glasstown.engine.kernel.bits import whole
from glasstown.engine.kernel.cache import kernel
from glasstown.engine.tables.practice_rows import BY_SHARE, FOUND_URBAN
from glasstown.engine.tables.shapes import Practice, Rules


@kernel
def choose_act(practice: Practice, k: int, roles: int, way: int, draw: int) -> int:
    """Return the act that a word stands for among those of a class open to these roles, by weight.

    way   by what it is drawn: found out in the country or in town, or its share alone
    """
    total = 0
    for act in range(practice.class_acts[k], practice.class_acts[k + 1]):
        if is_open_to(practice, act, roles):
            total += weight_of(practice, act, way)
    left = ((draw >> 1) * (total >> 1)) >> 30
    chosen = practice.class_acts[k]
    for act in range(practice.class_acts[k], practice.class_acts[k + 1]):
        if is_open_to(practice, act, roles):
            weight = weight_of(practice, act, way)
            if weight > 0:
                chosen = act
                if left < weight:
                    break
                left -= weight
    return chosen


@kernel
def weight_of(practice: Practice, act: int, way: int) -> int:
    """Return an act's weight among those of its class, drawn in this way."""
    row = practice.act_table[act]
    if way == BY_SHARE:
        return row.share
    return row.share_urban if way == FOUND_URBAN else row.share_rural


@kernel
def is_open_to(practice: Practice, act: int, roles: int) -> bool:
    """Return whether somebody with these roles can do an act, or a record of it be about them."""
    return shares_role(roles, practice.act_table[act].role)


@kernel
def shares_role(roles: int, asked: int) -> bool:
    """Return whether somebody with these roles has one that is asked for; 0 asks for none."""
    return asked == 0 or whole(roles) & asked != 0


@kernel
def is_answered(practice: Practice, act: int) -> bool:
    """Return whether any clause answers to an act, of whatever amount."""
    return practice.act_table[act].n_answers > 0


@kernel
def answer_to(rules: Rules, practice: Practice, act: int, amount: int) -> int:
    """Return the row of the clause that answers to an act and its amount (rule 3.1), or -1."""
    first = practice.act_table[act].answer
    for row in range(first, first + practice.act_table[act].n_answers):
        if rules.answers[row].from_ <= amount < rules.answers[row].below:
            return row
    return -1


@kernel
def amount_of(practice: Practice, act: int, draw: int) -> int:
    """Return how much of an act there was; each whole amount between its ends is as likely."""
    least, most = practice.act_table[act].least, practice.act_table[act].most
    return least + ((draw * (most - least + 1)) >> 32)


@kernel
def spell_end(practice: Practice, act: int, act_day: int, draw: int) -> int:
    """Return the first day on which a state no longer lasts; 0 for an act that does not last."""
    row = practice.act_table[act].spell
    if row < 0:
        return 0
    return min(act_day + 1 + practice.spell[row, draw >> 22], NEVER)


@kernel
def delay_of(practice: Practice, act: int, draw: int) -> int:
    """Return the days until an office, or a court, records an act."""
    days = practice.delay[draw >> 22]
    return days.court if practice.act_table[act].by_court == 1 else days.office
