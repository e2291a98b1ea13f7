"""Registers of a change of tenants (S0): numbers and roles of a place, whom rulebooks are about, and who turned in a month."""

from __future__ import annotations

from glasstown.engine.tables.person_rows import MOST_MORE
from glasstown.rows import Ints, Row, column, columns

STAYED, DIED, MOVED = range(3)
"""What became of a tenant."""


class TurnNumbers(Row):
    """Single chances of a place, and the roles that follow from something else."""

    female: int = column("threshold", "Share of women.")
    owes_urban: int = column("threshold", "Share of households in town that owe.")
    owes_rural: int = column("threshold", "Share of the others that owe.")
    debtor: int = column("bits", "Role of those who owe; 0 where there is none.")
    trader: int = column("bits", "Role of those who work on their own account; 0 where there is none.")


class RoleChance(Row):
    """Who has a role."""

    bit: int = column("bits", "The role.")
    share: int = column("threshold", "Share of those among whom it is drawn.")
    min_age: int = column("years", "From this age.")
    max_age: int = column("years", "Up to this age.")
    urban: int = column("1, 0 or -1", "Only in town, only in the country, or both.")
    within: int = column("bits", "A role that they have as well; 0 for none.")


class Covers(Row):
    """Whom a rulebook scores, or leaves out: the rows of a rulebook stand together, those that leave out after the others."""

    rulebook: int = column("place", "Among those in force.")
    min_age: int = column("years", "From this age.")
    role: int = column("bits", "With this role; 0 for everybody.")
    leaves_out: int = column("0 or 1", "Whether it leaves out those whom it is about.")


class Turn(Row):
    """A place whose tenant changed in a month, or where an age changes something for who lives there."""

    place: int = column("position", "Place in the shard.")
    why: int = column("code", "STAYED, DIED or MOVED.")
    age: int = column("years", "Of who lives there now.")
    scored: int = column("bits", "Rulebooks that score who lives there now.")
    open: int = column("bits", "Classes of conduct that are open to who lives there now.")
    changed: int = column("bits", "Classes in which what they do is not what it was.")


class FirstStanding(Row):
    """Where somebody begins under a rulebook."""

    grade: int = column("place", "The grade.")
    lists: int = column("bits", "The lists.")
    n_more: int = column("numbers", "How many numbers the rulebook keeps beside the score.")
    more: Ints = columns(MOST_MORE, "quanta, bits or 0/1", "What it keeps, as in `Status.more`.")


class TenantSlots(Row):
    """Where the accounts of a rulebook begin that a change of tenants moves, as in `Slots`."""

    returned: int = column("column", "Of `flow`: points by another way than a record.")
    list_in: int = column("column", "Of `flow`: who came on each list.")
    list_out: int = column("column", "Of `flow`: who left it.")
    list_died: int = column("column", "Of `flow`: who died on it.")
    list_moved: int = column("column", "Of `flow`: who moved out.")
    level_grades: int = column("column", "Of `level`: who is in each grade.")
    level_lists: int = column("column", "Of `level`: who is on each list.")
    level_lists_wrong: int = column("column", "Of `level`: whom nothing but wrong records hold there.")
    level_measures: int = column("column", "Of `level`: for whom each measure is in force.")
    level_score: int = column("column", "Of `level`: the sum of scores.")


class Money(Row):
    """What somebody takes over from somebody who lived before, as `Lives` names it."""

    work: int = column("place", "Place in WORK.")
    wage: int = column("place", "Place among the usual incomes of the fifth.")
    shock: int = column("1/4096 lg", "Income above what is usual.")
    savings: int = column("parts", "Savings.")
    debt: int = column("parts", "Owed to a bank.")
    due: int = column("parts", "Debt service.")
    assets: int = column("1/16 of income", "What could be sold.")
    usual_assets: int = column("place", "Place among all in what somebody could usually sell.")
    owed: int = column("yuan", "Owed by judgment.")
    supervised: int = column("months", "Months left under supervision.")
    late: int = column("months", "Months of debt service missed.")
    strain: int = column("sixteenths", "Strain.")
    means: int = column("bits", "As in `Lives.means`.")
