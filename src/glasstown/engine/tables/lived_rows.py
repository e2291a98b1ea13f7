"""The accounts of lives: what a month of work, debt, gates, ties and trade adds to them, and what each is called on disk.

The months table and every reader of it take names and order from this register.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, cast

from glasstown.rows import Column, Ints, Row, columns_of


@dataclass(frozen=True, slots=True)
class Booked(Column):
    """A column that is an account: the account's name, and the name of the item that each of its numbers is."""

    account: str = ""
    items: tuple[str, ...] = ()


def booked(account: str, item: str, unit: str, meaning: str) -> int:
    """Declare one number of an account."""
    return cast(int, Booked(unit, meaning, 0, account, (item,)))


def all_booked(account: str, items: tuple[str, ...], unit: str, meaning: str) -> Ints:
    """Declare several items of an account, one number each."""
    return cast(Ints, Booked(unit, meaning, len(items), account, items))


TRIP_GATES: Final = ("air-ticket", "rail-ticket")
CREDITORS: Final = ("of a bank", "of trade creditors", "of a person")
"""who claims in a case, as the accounts name it"""
BY_BANK, BY_TRADE, BY_PERSON = range(len(CREDITORS))
PAYMENTS: Final = (
    "performed when called", "performed in full", "part payment", "from wages", "settled", "discharged",
    "declared bankrupt", "by the other who owes it",
)  # fmt: skip
"""how what is owed by judgment changes, as the accounts name it; payments from wages that end it are performed in full"""
WHEN_CALLED, IN_FULL, IN_PART, FROM_WAGES, SETTLED, DISCHARGED, BANKRUPT, BY_ANOTHER = range(len(PAYMENTS))
LEFT: Final = ("died", "moved out")
CAME: Final = ("born", "moved in")
"""how places get and lose their tenants, as the accounts name it"""
OTHER_GATES: Final = ("hotel", "property", "private-school", "insurance", "vehicle", "licence", "subsidy", "exit")


class Lived(Row):
    """What a month adds to the accounts of lives, one row a group; they belong to no rulebook."""

    employed: int = booked("work", "employed", "people", "Who had work at the month's end.")
    unemployed: int = booked("work", "unemployed", "people", "Who was looking for work at the month's end.")
    failed: int = booked(
        "jobs", "businesses failed", "businesses", "Who worked on their own account and failed this month."
    )
    lost: int = booked("jobs", "lost", "jobs", "Jobs lost this month.")
    found: int = booked("jobs", "found", "jobs", "Jobs found this month.")
    owing: int = booked("debt", "owing", "people", "Who owed a bank something.")
    missed: int = booked("debt", "payment missed", "people", "Who could not pay what was due this month.")
    arrears: int = booked("debt", "in arrears", "people", "Who is so late that creditors go to court.")
    unable: int = booked("debt", "could not pay", "people", "Who could not pay what a judgment asks.")
    supervised: int = booked(
        "debt", "bankrupt and supervised", "people", "Who was declared bankrupt and is not discharged yet."
    )
    lapsed: int = booked("debt", "claims lost", "people", "Whose creditors did not go to court in time.")
    borrowed: int = booked("debt", "borrowed more", "people", "Who borrowed what was missing this month.")
    cases: Ints = all_booked("cases", CREDITORS, "cases", "Cases opened by courts, by who claims.")
    sued_unable: int = booked("enforcement", "could not pay", "cases", "Cases against somebody who could not pay.")
    guarantors: int = booked(
        "enforcement", "against a guarantor too", "cases", "Cases opened against a guarantor as well."
    )
    paid: Ints = all_booked("enforcement", PAYMENTS, "cases", "Payments and ends of cases, by how they came about.")
    judged: int = booked("judgments", "newly owed", "yuan", "What new cases claim.")
    recovered: int = booked("judgments", "recovered", "yuan", "What creditors were paid.")
    recovered_listed: int = booked(
        "recovered", "from people on a black list", "yuan", "The part of it from those on a black list."
    )
    recovered_guarantors: int = booked(
        "recovered", "from guarantors", "yuan", "The part of it that guarantors paid of others' debts."
    )
    written_off: int = booked("judgments", "written off", "yuan", "What creditors let go.")
    moved_here: int = booked("judgments", "moved in", "yuan", "What people owe who moved in.")
    moved_away: int = booked("judgments", "moved away", "yuan", "What people owed who moved out.")
    owed: int = booked("judgments", "owed", "yuan", "What is owed by judgment at the month's end.")
    income: int = booked("income", "yuan", "yuan", "Income of the month.")
    told: int = booked("reports", "true", "reports", "Reports of what somebody did.")
    reported: int = booked("reports", "true and believed", "reports", "True reports that were accepted.")
    false: int = booked("reports", "false", "reports", "Reports of what nobody did.")
    believed: int = booked("reports", "false and believed", "reports", "False reports that were accepted.")
    refused_trips: Ints = all_booked("refusals", TRIP_GATES, "refusals", "Tickets asked for and refused.")
    substituted: int = booked("trips", "by a slower way", "trips", "Trips made by a slower way.")
    forgone: int = booked("trips", "not made", "trips", "Trips not made.")
    ties: int = booked("ties", "lost", "ties", "Ties lost by those on a black list.")
    stated: int = booked("support", "stated", "people", "Who says that the scheme is right.")
    private: int = booked("support", "private", "people", "Who thinks so.")
    refused_others: Ints = all_booked("refusals", OTHER_GATES, "refusals", "What else was asked for and refused.")
    namesakes: int = booked("closed", "by a namesake's listing", "people", "Who meets gates closed to a namesake.")
    inherited: int = booked("closed", "by a member of the household", "people", "Who shares what is closed to another.")
    copies: int = booked("closed", "by an old copy", "people", "To whom an office's old copy keeps a gate closed.")
    firms_stressed: int = booked("firms", "in distress", "firms", "Firms in distress at the month's end.")
    firms_gone: int = booked("firms", "gone", "firms", "Firms that have gone under and were not taken over.")
    stressed: int = booked("firms", "fell into distress", "firms", "Firms that fell into distress this month.")
    went_under: int = booked("firms", "went under", "firms", "Firms that went under this month.")
    taken_over: int = booked("firms", "taken over", "firms", "Firms that were gone and go on under others.")
    cut: int = booked("partners", "cut", "links", "Links to listed partners that were cut.")
    left: Ints = all_booked("left", LEFT, "people", "Who left a place in a household, by how.")
    came: Ints = all_booked("came", CAME, "people", "Who took one, by how.")
    of_age: int = booked("of_age", "18", "people", "Who became 18.")
    unemployed_came: int = booked("jobs", "began to look", "people", "Who came, or grew up, looking for work.")
    unemployed_left: int = booked("jobs", "ceased to look", "people", "Who was looking for work and left or retired.")


def accounts_of(register: type[Row]) -> tuple[tuple[str, str], ...]:
    """Return account and item of every number of a register of accounts, in the order of its columns.

    Raises   TypeError for a column that is no account.
    """
    found: list[tuple[str, str]] = []
    for name, each in columns_of(register).items():
        if not isinstance(each, Booked):
            raise TypeError(f"{register.__name__}.{name} says not which account it is")
        found += [(each.account, item) for item in each.items]
    return tuple(found)
