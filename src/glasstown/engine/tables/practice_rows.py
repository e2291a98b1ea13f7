"""What the offices of one rulebook go by, as kernels read it: acts, chances, delays, and the words for what becomes of a record.

`practice.py` fills these from the catalogue of acts, the parameters and the rulebook.
"""

from __future__ import annotations

from typing import Final

from glasstown.rows import Row, column


class OfficeAct(Row):
    """An act of the catalogue as offices meet it, in the order of classes."""

    role: int = column("bits", "The role that opens it; 0 where it is open to everyone.")
    spell: int = column("place", "Row of the lengths of states; -1 where the act does not last.")
    least: int = column("amount", "The smallest amount.")
    most: int = column("amount", "The largest amount.")
    by_court: int = column("0 or 1", "Whether a court records it, and not an office.")
    good: int = column("0 or 1", "Whether it is a good deed.")
    answer: int = column("place", "First of the rulebook's answers to it, by amount.")
    n_answers: int = column("answers", "How many answers there are.")
    share: int = column("of 2**32", "Share in its class.")
    share_rural: int = column("of 2**32", "That times the chance of being found out in the country.")
    share_urban: int = column("of 2**32", "The same in town.")
    recorded: int = column("of 2**32", "Share of what is found out of it that is recorded, in a usual month and place.")
    needs_means: int = column("0 or 1", "Whether only somebody who could pay can do it.")
    instead: int = column("place", "Act that is recorded of those who are found unable to pay; -1 where there is none.")


# by what an act of a class is drawn; the first two as a person's profile tells them apart
FOUND_RURAL: Final = 0
FOUND_URBAN: Final = 1
BY_SHARE: Final = 2


class Delay(Row):
    """Days that each kind of delay takes, at one of its quantiles."""

    office: int = column("days", "Until an office records an act.")
    court: int = column("days", "Until a court does.")
    objection: int = column("days", "Until an objection is decided.")
    application: int = column("days", "Until an honour is applied for.")
    repair: int = column("days", "Until somebody repairs a record's matter.")


class Handled(Row):
    """A clause as the offices of its rulebook handle its records: whom it is about, and how an objection to one goes."""

    role: int = column("bits", "The role that it is about; 0 for everyone.")
    objection: int = column("of 2**32", "Somebody objects to a record, in the time that there is.")
    stays: int = column("of 2**16", "An objection suspends the listing.")
    answer_unit: int = column(
        "unit", "Unit of the time that an answer takes; NO_SPAN where the rulebook says nothing of it."
    )
    answer: int = column("number", "That time.")
    review: int = column("of 2**32", "Somebody whose objection is refused asks a second office.")
    review_unit: int = column("unit", "Unit of the time that its answer takes; NO_SPAN as above.")
    review_answer: int = column("number", "That time.")
    correction_unit: int = column("unit", "Unit of the time from what was granted to the correction.")
    correction: int = column("number", "That time.")


class OfficeNumbers(Row):
    """What the offices of one rulebook do by chance, what people seek from them, and how long notice is."""

    lost: int = column("of 2**32", "A record is lost.")
    wrong_person: int = column("of 2**32", "It is about another person.")
    wrong_content: int = column("of 2**32", "It says another act.")
    duplicate: int = column("of 2**32", "It is entered twice.")
    granted_wrong: int = column("of 2**32", "An objection to a wrong record is granted.")
    granted_right: int = column("of 2**32", "An objection to a right record is granted.")
    pass_test: int = column("of 2**32", "Somebody takes a test in a month.")
    repair: int = column("of 2**32", "Somebody seeks repair in a month.")
    apply: int = column("of 2**32", "Somebody applies for an honour.")
    perform: int = column("of 2**32", "Somebody who could pay performs in a month.")
    consent: int = column("of 2**32", "Somebody agrees to be scored in a month.")
    withdraw: int = column("of 2**32", "Somebody takes that back in a month.")
    spend: int = column("of 2**32", "Somebody spends a balance in a month.")
    lacks_proof: int = column("of 2**32", "A record lacks its proof.")
    excluded: int = column("of 2**32", "A record names what keeps its clause out.")
    perform_unable: int = column("of 2**32", "Somebody who could not pay performs in a month.")
    unable: int = column("of 2**32", "Somebody could not pay, where lives are not lived.")
    spared: int = column("of 2**32", "An office sees that somebody could not pay.")
    notice_days: int = column("days", "Notice before somebody is listed.")
    notice_skipped: int = column("of 2**16", "Notice is left out.")
    inferred: int = column("of 2**32", "A record is inferred, and wrongly.")
    small: int = column("of 2**32", "Somebody owes so little that being shown moves them.")
    campaign: int = column("of 256", "What a campaign multiplies every share of recording by.")
    campaign_from: int = column("month", "First month of the campaign.")
    campaign_end: int = column("month", "First month after it.")
    differs: int = column("0 or 1", "Whether places record unlike shares.")


class Shown(Row):
    """How surely a month shows somebody on a list, or in a grade: a row a list, then a row a grade, the last for none."""

    around: int = column("of 2**32", "Those around take notice.")
    looking: int = column("of 2**32", "Whoever decides something about them looks, and finds it.")


N_LISTS: Final = 32
"""Rows of lists in the table of what is shown, before those of grades."""


class StatusClause(Row):
    """A clause that is recorded on the first day of whoever has its role."""

    clause: int = column("place", "The clause.")
    roles: int = column("bits", "The roles that it is about; 0 for everyone.")


TRUTHS: Final = (
    "right", "wrong person", "wrong content", "duplicate", "lost", "not recorded", "misjudged", "false report", "inferred",
)  # fmt: skip
"""what is true of a record, as the accounts name it; misjudged: the person owes, and could not pay"""
(
    RIGHT, WRONG_PERSON, WRONG_CONTENT, DUPLICATE, TRUTH_LOST, TRUTH_NOT_RECORDED, MISJUDGED, FALSE_REPORT, INFERRED,
) = range(len(TRUTHS))  # fmt: skip
N_TRUTHS = len(TRUTHS)

REDRESS: Final = ("notice given", "notice left out", "objected", "granted", "suspended", "averted", "averted, wrong")
"""what is heard before and after a record is made, as the accounts name it"""
GIVEN_NOTICE, NOT_GIVEN_NOTICE, OBJECTED, GRANTED, SUSPENDED, AVERTED, AVERTED_WRONG = range(len(REDRESS))
N_REDRESS = len(REDRESS)

RETURNS: Final = ("lapsed", "corrected", "reset", "cycle", "left or came")
"""ways in which points come back, as the accounts name them; the last: somebody else's score stands where it was"""
RETURN_LAPSED, RETURN_CORRECTED, RETURN_RESET, RETURN_CYCLE, RETURN_TENANTS = range(len(RETURNS))
N_RETURNS = len(RETURNS)
