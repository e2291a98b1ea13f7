"""The single numbers by which people and firms live beside conduct (docs/model.md gives the equations)."""

from __future__ import annotations

from glasstown.rows import Ints, Row, column, columns


class SocietyNumbers(Row):
    """Single chances, weights and amounts of lives; zeros for firms, which have none of this kind.

    A chance is a threshold of 2**32; money is in parts of 1/256 of a usual month's income.
    """

    is_lived: int = column("0 or 1", "Whether work, income and debts are lived.")
    lose: int = column("threshold", "Chance of losing a job in a usual month.")
    find: int = column("threshold", "Chance of finding a job.")
    persistence: int = column("of 4096", "What of an income's distance from the usual one lasts for a month.")
    out_of_work: int = column("of 256", "Share of income that is left without work.")
    due: int = column("parts", "Debt service of a month.")
    debt: int = column("parts", "Usual debt of those who owe.")
    credit: int = column("parts", "Further credit before no bank lends.")
    target: int = column("parts", "Savings that people keep to.")
    arrears: int = column("months", "Months late before creditors go to court.")
    own: int = column("of 2**16", "Weight of the own acts in a new belief.")
    neighbours: int = column("of 2**14", "Weight of the neighbours' acts in a new belief.")
    inertia: int = column("of 2**16", "Weight of a month in what is usual.")
    norm: int = column("Q8.8 lg units", "What each act a head above the usual adds to a propensity.")
    tips: int = column("place", "Class of conduct that is reporting others; -1 where there is none.")
    false: int = column("threshold", "Chance that a report is false.")
    believed: int = column("threshold", "Chance that a false report is accepted.")
    proven: int = column("threshold", "Chance that a true report is accepted.")
    flagged: int = column("of 256", "Share of the chance of finding a job that a flag leaves.")
    private: int = column("of 256", "Share of jobs that are not with the state.")
    refused: int = column("threshold", "Chance that a bank refuses those to whom loans are closed.")
    substitute: int = column("of 256", "Chance of a slower way for a trip refused.")
    work_loss: int = column("parts", "What a trip not made costs.")
    attempts: Ints = columns(2, "of 256", "How often somebody asks for an air ticket, and for a rail ticket.")
    seats: int = column("of 256", "Share of wanted trips by fast rail that are in better seats.")
    learns: int = column("of 256", "Chance that somebody whom a gate refused stops asking there.")
    ties: int = column("ties", "Usual ties of a person.")
    cut: int = column("of 2**16", "Share of ties that a month in which somebody is shown cuts.")
    support: int = column("of 256", "Usual support of the scheme, as stated.")
    falsified: int = column("of 256", "Part of it that is not meant.")
    support_listed: int = column("of 256", "Support lost by being on a black list.")
    support_red: int = column("of 256", "Support won by being on a red list.")
    support_neighbours: int = column("of 256", "Support lost where the whole neighbourhood is listed.")
    licence_loss: int = column("parts", "What a licence refused costs.")
    copies: int = column("of 256", "Chance that an office that still has an old copy hears of a correction.")
    hears: int = column("of 256", "Chance that an office hears of a listing.")
    inherits: int = column("threshold", "Chance that a household shares what is closed to one of it.")
    by_name: int = column("0 or 1", "Whether gates go by names.")
    joined: int = column("gates", "Gates that join in, in the order of GATES.")
    jobs: int = column("of 256", "Share of all jobs that goes with each share of firms that goes under.")
    fail: int = column("threshold", "Chance that somebody's own business fails.")
    trader: int = column("bits", "Role of those who work on their own account.")
    per_due: int = column("of 256", "Usual debt for each part of debt service.")
    again: int = column("threshold", "Chance of borrowing again after a loan was called.")
    lapse: int = column("threshold", "Chance that a claim that nobody brought before a court is lost.")
    acquire: int = column("of 2**22", "Chance of owning again what somebody usually owns.")
    judged: int = column("place", "Class of conduct that is an unpaid judgment.")
    mean_income: int = column("yuan", "Usual month's income, mean of the fifths.")
    pays_called: int = column("threshold", "Chance of paying all of a judgment when called.")
    attached: int = column("of 256", "Share of what a wage leaves that courts take.")
    perform: int = column("threshold", "Chance that somebody who could pay performs in a month.")
    perform_unable: int = column("threshold", "Chance that creditors settle with somebody who could not pay.")
    settles_at: int = column("of 256", "Share of what is owed that makes an offer.")
    settles: int = column("threshold", "Chance that creditors take an offer.")
    bankrupt: int = column("threshold", "Chance that somebody who could not pay is declared bankrupt.")
    guaranteed: int = column("threshold", "Chance that a case is opened against a guarantor too.")
    supervised: int = column("months", "How long somebody bankrupt is supervised.")
    shame_below: int = column("yuan", "What is owed below which being shown moves people.")
    usual_exits: int = column("of 2**32", "Share of firms that go under in a usual month.")


class Business(Row):
    """Single chances and weights of firms' months; zeros for people, and where firms do not trade."""

    stress: int = column("threshold", "Chance of distress in a usual month.")
    recover: int = column("threshold", "Chance that a firm in distress recovers.")
    exit: int = column("threshold", "Chance that a firm in distress goes under.")
    revive: int = column("threshold", "Chance that a firm that went under is taken over and goes on.")
    first_gone: int = column("threshold", "Share of firms that are gone when nothing changes.")
    first_stressed: int = column("threshold", "Share of firms that are gone or in distress then.")
    cut: int = column("threshold", "Chance that a link to a listed partner is cut.")
    infect: int = column("threshold", "Chance that a customer's distress reaches a firm.")
    credit: int = column("of 256", "Share of trade credit that partners withdraw from a listed firm.")
    response: int = column("of 256", "What the loss of all trade credit adds to the chance of distress, in times.")
    strain: int = column("Q8.8 lg units", "What distress adds to wages owed, contracts broken and taxes evaded.")
    traded: int = column("0 or 1", "Whether firms trade at all.")
