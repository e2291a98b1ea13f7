"""Register of arrays, of the columns of a run's tables, and of its accounts: what each holds, in which type and unit.

Dimensions are letters: P persons or firms of a shard, F firms, K conduct classes, B blocks, E further numbers of a rulebook, L bytes
for its lists, eight a byte.
A test holds the register and the arrays to each other.  `storage.parts` makes the tables from it: a column or an account
without an entry cannot be written, and unit and meaning of each column lie in the file beside it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

Bounds: TypeAlias = tuple[int, int] | Literal["by the rulebook"]
"""The least and the most that an array may hold; by the rulebook: `runs/laid_back.py` knows how to ask it."""
BY_RULEBOOK: Final = "by the rulebook"
ANY_BYTE: Final = (0, (1 << 8) - 1)
TO_64_BITS: Final = (0, (1 << 64) - 1)
MOST_FLOW: Final = 1 << 62


@dataclass(frozen=True, slots=True)
class Field:
    """One array: its name, NumPy type, dimensions, unit, and what it means in one sentence.

    bounds   what it may hold: given for every array that a checkpoint holds, which is looked at before it is laid back
    """

    name: str
    dtype: str
    dims: str
    unit: str
    meaning: str
    bounds: Bounds | None = None


PEOPLE: Final = (
    Field("person_id", "int64", "P", "id", "Number of the person: neighbourhood times 150 plus the place in it."),
    Field("age", "uint8", "P", "years", "Age at the start of the run, 0 to 120."),
    Field("is_female", "bool", "P", "-", "Whether the person is a woman or a girl."),
    Field("is_urban", "bool", "P", "-", "Whether the neighbourhood is in town; all of its people agree."),
    Field(
        "is_registered_urban",
        "bool",
        "P",
        "-",
        "Whether the household is registered in town (hukou); no equation reads it.",
    ),
    Field("income_fifth", "uint8", "P", "code", "Income fifth of the household, 0 the lowest, 4 the highest."),
    Field("work", "uint8", "P", "code", "Work, as a place in `population.WORK`; child before 16, retired from 60 on."),
    Field("owes", "bool", "P", "-", "Whether the person is an adult in a household that owes."),
    Field("roles", "uint16", "P", "bits", "Bit k: has the k-th role of persons in the act catalogue."),
    Field("household", "uint8", "P", "number", "Number of the household inside the neighbourhood, from 0."),
    Field("theta", "int16", "P", "1/256 standard deviation", "Trait of acting against rules: standard normal."),
    Field("prosocial", "int16", "P", "1/256 standard deviation", "Trait of doing good: standard normal."),
)
"""Columns of `population.People`."""

FIRMS: Final = (
    Field("firm_id", "int64", "F", "id", "Number of the firm: firm block times 150 plus the place in it."),
    Field("size", "uint8", "F", "code", "Size, as a place in `population.FIRM_SIZES`."),
    Field("sector", "uint8", "F", "code", "Sector, as the cell's place in the place file's `firm_sector`."),
    Field("roles", "uint16", "F", "bits", "Bit k: has the k-th role of firms in the act catalogue."),
    Field("theta", "int16", "F", "1/256 standard deviation", "Trait of acting against rules: standard normal."),
    Field("representative", "int64", "F", "id", "Person who represents the firm by law, always an adult."),
)
"""Columns of `population.Firms`."""

SHARD: Final = (
    Field("first", "int64", "B+1", "position", "Position of each block's first person in the shard."),
    Field(
        "ident",
        "int64",
        "11",
        "number",
        "Id of the first person, first block, block size, five streams, kind, lives, memory.",
    ),
    Field(
        "propensity",
        "int16",
        "B,K,150",
        "1/256 lg unit",
        "Hazard of each class, all terms that stand folded in.",
        (-32000, 32000),
    ),
    Field("detections", "uint8", "K,P", "acts", "Own acts found out and not forgotten, by class, up to 255.", ANY_BYTE),
    Field("roles", "uint16", "P", "bits", "Bit k: has the k-th role of the kind in the act catalogue.", (0, 65535)),
    Field("profile", "uint16", "P", "bits", "Group (4 bits), urban, and from bit 8 the household."),
    Field(
        "hashes", "uint64", "B", "hash", "Running hash of all that happened in the block, month by month.", TO_64_BITS
    ),
)
"""Arrays of `engine.shapes.Shard`: the live state that all rulebooks share; its `lives` stand below."""

LIVES: Final = (
    Field("work", "uint8", "P", "code", "Work now, as a place in `population.WORK`.", (0, 5)),
    Field("wage", "uint8", "P", "of 256", "Place among the usual incomes of the fifth, drawn once a life.", ANY_BYTE),
    Field("shock", "int16", "P", "1/4096 lg unit", "How far income stands above what is usual.", (-32000, 32000)),
    Field("savings", "int16", "P", "1/256 usual month's income", "Savings.", (0, 32767)),
    Field("debt", "int16", "P", "1/256 usual month's income", "Debt to banks.", (0, 32767)),
    Field(
        "due", "uint8", "P", "1/256 usual month's income", "Debt service of a month in which a bank is owed.", ANY_BYTE
    ),
    Field("assets", "uint16", "P", "1/16 usual month's income", "What could be sold.", (0, (1 << 16) - 1)),
    Field(
        "usual_assets",
        "uint8",
        "P",
        "of 256",
        "Place among all in what somebody could usually sell, drawn once a life.",
        ANY_BYTE,
    ),
    Field("owed", "int32", "P", "yuan", "Owed by judgment.", (0, 2_000_000_000)),
    Field("supervised", "uint8", "P", "months", "Months under supervision left to somebody bankrupt.", ANY_BYTE),
    Field("late", "uint8", "P", "months", "Months of debt service that were missed and not made up.", ANY_BYTE),
    Field("strain", "uint8", "P", "1/16", "Strain: what is asked of the month, over income.", (0, 32)),
    Field(
        "means",
        "uint8",
        "P",
        "bits",
        "Could not pay; creditors go to court; business failed; loan called; ever sued; paid.",
        (0, 63),
    ),
    Field(
        "closed",
        "uint32",
        "P",
        "bits",
        "Gates closed as the last month ended; whether on a black or a red list, shown, seen; and where one asks no more.",
        (0, (1 << 32) - 1),
    ),
    Field(
        "bite", "uint8", "P", "1/64 usual month's income", "What trips that were refused of late are worth.", ANY_BYTE
    ),
    Field("ties", "uint8", "P", "ties", "Ties to others.", ANY_BYTE),
    Field("stance", "uint8", "P", "of 256", "Place among all in support of the scheme, drawn once a life.", ANY_BYTE),
    Field("age", "uint8", "P", "years", "Age now.", (0, 120)),
    Field("since", "int16", "P", "month", "Month in which this tenant of the place came; 0 for the first.", (0, 32767)),
    Field("is_female", "uint8", "P", "1 or 0", "Whether the tenant is a woman or a girl.", (0, 1)),
    Field(
        "belief",
        "uint16",
        "B,7,150",
        "of 2**16",
        "Chance of being found out as believed, in the first seven classes.",
        (0, (1 << 16) - 1),
    ),
    Field("norm", "int32", "B,7", "acts a head, of 2**16", "What is usual in the neighbourhood.", (0, 1 << 20)),
    Field(
        "first_norm", "int32", "B,7", "acts a head, of 2**16", "What was usual there on the first day.", (0, 1 << 20)
    ),
    Field("heads", "int32", "B,7", "people", "Those in the neighbourhood who may act in the class.", (0, 150)),
    Field("joint", "int32", "B,32", "yuan", "Claims that two owe, the oldest first; 0 for none.", (0, 2_000_000_000)),
    Field("joint_debtor", "uint8", "B,32", "position", "Place of the debtor in the neighbourhood.", (0, 149)),
    Field("joint_guarantor", "uint8", "B,32", "position", "Place of the guarantor.", (0, 149)),
)
"""Arrays of `engine.shapes.Lives`: people's lives beside conduct; empty for firms and where lives are switched off."""

TRADE: Final = (
    Field("health", "uint8", "P", "code", "0 healthy, 1 in distress, 2 gone.", (0, 2)),
    Field("links", "uint8", "P", "bits", "Bit k: the k-th of the firm's partners is left.", ANY_BYTE),
    Field("listed", "uint8", "P", "1 or 0", "Whether the firm stood on a black list as the last month ended.", (0, 1)),
)
"""Arrays of `engine.shapes.Trade`: firms beside conduct; empty for people and where firms do not trade."""

STATUS: Final = (
    Field("is_scored", "uint8", "P", "0 or 1", "Whether a subject of the rulebook covers the person.", (0, 1)),
    Field("score", "int32", "P", "quanta", "Score, or the hidden sum where the rulebook keeps it.", BY_RULEBOOK),
    Field("grade", "uint8", "P", "code", "Place of the grade in the rulebook, best first; 31 for none.", BY_RULEBOOK),
    Field("lists", "uint8", "P,L", "bits", "Bit k of byte b: on the rulebook's list 8 b + k.", BY_RULEBOOK),
    Field("n_records", "uint8", "P", "records", "Records that have taken effect, up to 255.", ANY_BYTE),
    Field(
        "nothing_owed",
        "uint8",
        "P",
        "1 or 0",
        "1 where nothing could be performed of what holds the person on a list.",
        (0, 1),
    ),
    Field(
        "more",
        "int32",
        "P,E",
        "quanta, bits or 0/1",
        "What the rulebook keeps beside the score: ceiling, balance, consent, lists met, grades, parts.",
        BY_RULEBOOK,
    ),
    Field(
        "n_entries",
        "int32",
        "B",
        "entries",
        "Entries of the block in the rulebook's ledger, 16 bytes each.",
        (0, 1 << 20),
    ),
    Field("begun", "int16", "P", "month", "Month in which the person began under the rulebook.", (0, 32767)),
)
"""Arrays of `engine.shapes.Status`: where everyone stands under one rulebook."""

KEPT: Final = (
    Field(
        "went_under", "int64", "1", "of 2**32", "Firms that went under in the last month; -1 for none.", (-1, 1 << 32)
    ),
    Field("ledger", "int64", "E,2", "words", "Entries, as `engine/kernel/ledger_words.py` reads them.", BY_RULEBOOK),
    Field("level", "int64", "E,E", "by account", "What stands at the month's end, by group.", BY_RULEBOOK),
    Field(
        "begins",
        "int64",
        "E,2",
        "quanta or ranks",
        "Where grades begin, before the month's cut-offs and after them.",
        BY_RULEBOOK,
    ),
    Field("mail", "int64", "E,8", "letters", "Records on their way between people and firms.", BY_RULEBOOK),
    Field("totals", "int64", "E", "by account", "What has happened so far.", (-MOST_FLOW, MOST_FLOW)),
    Field("years", "int64", "1", "years", "How many years' hashes there are.", (0, 100)),
    Field("year", "uint64", "B", "hash", "Hashes of the blocks at a year's end.", TO_64_BITS),
)
"""What a checkpoint holds beside those: their names end so."""

POINTS: Final = "points"
"""Unit of scores and their changes: whole numbers, or exact decimals where a rulebook's quantum is no whole number."""


@dataclass(frozen=True, slots=True)
class TableColumn:
    """One column: its name, type, unit, and what it means in one sentence.

    type   an Arrow type by name; `words` for strings that repeat, `number` for numbers that may be points
    """

    name: str
    type: str
    unit: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Booked:
    """One account of the months or the inbox: its unit, what it counts in one sentence, and of whom it is kept.

    of   all: of people and firms; person, firm: of these alone; scheme: of those whom a rulebook's clauses are about; inbox
    """

    unit: str
    meaning: str
    of: Literal["all", "person", "firm", "scheme", "inbox"] = "scheme"


_KIND: Final = TableColumn("kind", "string", "word", "person or firm.")
_BOOK: Final = TableColumn("rulebook", "string", "name", "ID or ID@READING; null for what belongs to no rulebook.")
_MONTH: Final = TableColumn("month", "int32", "months", "Month of the run, from 0.")
_ACCOUNT: Final = TableColumn("account", "string", "name", "What is counted; the accounts stand below.")
_ITEM: Final = TableColumn("item", "string", "name", "What of it: a clause, grade, list, class of conduct, or a word.")
_VALUE: Final = TableColumn("value", "number", "as `unit` says", "How much of it.")
_UNIT: Final = TableColumn("unit", "words", "name", "Unit of the value.")

TABLES: Final[Mapping[str, tuple[TableColumn, ...]]] = {
    "months": (
        _MONTH,
        TableColumn("date", "date32", "day", "First day of the month."),
        _KIND,
        TableColumn("group", "string", "name", "fifth-1 to fifth-5 of income, or the size of the firm."),
        _BOOK, _ACCOUNT, _ITEM, _VALUE, _UNIT,
    ),
    "events": (
        _KIND,
        TableColumn("id", "int64", "id", "Number of the person or firm."),
        TableColumn("rulebook", "string", "name", "ID or ID@READING."),
        TableColumn("date", "date32", "day", "Day of the line."),
        TableColumn("phase", "string", "word", "Phase of the day, such as record or lapse."),
        TableColumn("event", "string", "id", "The record or decision; null where the line has none."),
        TableColumn("act", "string", "id", "The act that was recorded."),
        TableColumn("act_date", "string", "day", "Day of the act, YYYY-MM-DD."),
        TableColumn("truth", "string", "word", "Whether the record is right, and if not, how it is wrong."),
        TableColumn("clause", "string", "id", "The clause that answers."),
        TableColumn("before", "number", POINTS, "Score before the line."),
        TableColumn("after", "number", POINTS, "Score after it."),
        TableColumn("grade", "string", "name", "Grade after it; null for none."),
        TableColumn("why", "string", "words", "The reason, in a sentence."),
        TableColumn("source", "string", "words", "Where the clause stands."),
        TableColumn("lists", "string", "names", "Lists after the line, parted by spaces."),
        TableColumn("measures", "string", "names", "Measures in force after it, parted by spaces."),
    ),
    "inbox": (_MONTH, _BOOK, _ACCOUNT, _ITEM, _VALUE, _UNIT),
    "mail": (
        TableColumn("month", "int32", "months", "Month of the run in which it was delivered, from 0."),
        TableColumn("kind", "string", "word", "person or firm: of the one who is reached."),
        TableColumn("rulebook", "string", "name", "ID or ID@READING."),
        TableColumn("target", "int64", "id", "Person or firm that is reached."),
        TableColumn("source", "int64", "id", "Firm or person whose record it follows from."),
        TableColumn("event", "int64", "number", "Number of that record."),
        TableColumn("clause", "string", "id", "Clause of the one who is reached."),
        TableColumn("recorded", "date32", "day", "Day of the record."),
        TableColumn("corrected", "date32", "day", "Day of its correction; null where the record stands."),
        TableColumn("choice", "int32", "code", "What the office chose, as the engine packs it: steps above the least, or an amount."),
        TableColumn("amount", "int64", "as the clause says", "Amount of a rate; 0 for none."),
    ),
    "hashes": (
        _KIND,
        TableColumn("block", "int32", "number", "Number of the neighbourhood, or block of firms."),
        TableColumn("year", "int32", "months", "Number of months done when the hash was taken."),
        TableColumn("hash", "uint64", "hash", "Running hash of all that happened in the block."),
    ),
    "final": (
        _KIND,
        TableColumn("id", "int64", "id", "Number of the person or firm."),
        TableColumn("rulebook", "string", "name", "ID or ID@READING; null for whom no rulebook scores."),
        TableColumn("block", "int32", "number", "Number of the neighbourhood, or block of firms."),
        TableColumn("age", "uint8", "years", "Age at the end, where places change their tenants, else at the start; null for firms."),
        TableColumn("sex", "words", "word", "male or female; null for firms."),
        TableColumn("town", "words", "word", "urban or rural; null for firms."),
        TableColumn("registration", "words", "word", "Registration of the household, urban or rural; null for firms."),
        TableColumn("group", "words", "name", "fifth-1 to fifth-5 of income, or the size of the firm."),
        TableColumn("work", "words", "word", "Work as it was drawn for that age; null for firms."),
        TableColumn("owes", "bool", "-", "Whether the person is an adult in a household that owes; null for firms."),
        TableColumn("household", "uint8", "number", "Number of the household inside the neighbourhood; null for firms."),
        TableColumn("roles", "words", "names", "Roles, parted by spaces."),
        TableColumn("representative", "int64", "id", "Person who represents the firm by law; null for people."),
        TableColumn("since", "int32", "months", "Month in which who lives in the place came, 0 for the first day; null for firms."),
        TableColumn("closed", "string", "names", "Gates closed at the end, parted by spaces; null where lives are not lived."),
        TableColumn("health", "string", "word", "healthy, in distress or gone; null for people and where firms do not trade."),
        TableColumn("score", "number", POINTS, "Score shown at the end; null for whom no rulebook scores."),
        TableColumn("grade", "words", "name", "Grade at the end; null for none."),
        TableColumn("lists", "words", "names", "Lists at the end, parted by spaces."),
        TableColumn("n_records", "uint8", "records", "Records that have taken effect, up to 255."),
        TableColumn("balance", "number", POINTS, "Points kept as money beside the score; null where the rulebook keeps none."),
        TableColumn("consent", "bool", "-", "Whether the subject takes part; null where the rulebook asks nobody."),
        TableColumn("parts", "words", POINTS, "Parts of the score as PART=POINTS, parted by spaces; null where it has none."),
        TableColumn("n_detected", "int64", "acts", "Acts that were found out and are not forgotten, at most 255 of each class."),
    ),
}  # fmt: skip
"""By table, in the order in which columns are written; each table ends with `population`."""

POPULATION: Final = TableColumn("population", "words", "words", "Who is in the table: a synthetic population.")

REQUIRED: Final[Mapping[str, int]] = {"events": 4, "final": 3}
"""So many first columns every table of the name has; of the tables that are not here, all."""

_SUBJECTS: Final = "people or firms"
ACCOUNTS: Final[Mapping[str, Booked]] = {
    "people": Booked(_SUBJECTS, "How many there are (all), and how many of them a rulebook scores (scored).", "all"),
    "acts": Booked("acts", "What was done, by class of conduct; of no rulebook.", "all"),
    "detections": Booked("acts", "What of it was found out.", "all"),
    "work": Booked("people", "Employed and unemployed at the month's end.", "person"),
    "jobs": Booked("people", "Jobs lost and found, businesses that failed; who began or ceased to look otherwise.", "person"),
    "left": Booked("people", "Who died, and who moved out.", "person"),
    "came": Booked("people", "Who was born, and who moved in; each takes the place of one who left.", "person"),
    "of_age": Booked("people", "Who became 18.", "person"),
    "debt": Booked("people", "Who owes, missed a payment, is in arrears, could not pay, borrowed more, is bankrupt.", "person"),
    "cases": Booked("cases", "Enforcement cases opened against people, by who claims.", "person"),
    "enforcement": Booked("cases", "Cases against those who could not pay, and guarantors; payments, and how cases end.", "person"),
    "judgments": Booked("yuan", "Newly owed, recovered, let go, moved in or out, owed at the end; a claim of two once.", "person"),
    "recovered": Booked("yuan", "What of the recovered came from people on a black list, and from guarantors.", "person"),
    "income": Booked("yuan", "Income of the month.", "person"),
    "reports": Booked("reports", "Reports of others, true and false, and those believed.", "person"),
    "refusals": Booked("wishes", "Requests that closed gates refused, by gate.", "person"),
    "trips": Booked("trips", "Trips by a slower way, and those not made.", "person"),
    "ties": Booked("ties", "Ties to others that broke.", "person"),
    "support": Booked("people", "Adults who say that the scheme is right, and who think so.", "person"),
    "closed": Booked("people", "Those to whom gates are closed though they are on no list, and why.", "person"),
    "firms": Booked("firms", "Firms in distress and gone at the month's end; fallen into distress, gone under in it.", "firm"),
    "partners": Booked("links", "Links to listed partners that were cut.", "firm"),
    "truth": Booked("records", "Records by whether they are right, and what was never recorded."),
    "records": Booked("records", "Records that took effect, by clause."),
    "points": Booked(POINTS, "What clauses took (negative) and gave, corrections taken off, by clause."),
    "points_wrong": Booked(POINTS, "The part of that which wrong records took or gave."),
    "unknown_fired": Booked("records", "Records of clauses of unknown value."),
    "dropped": Booked("records", "Records whose points a cap dropped, by clause."),
    "fines": Booked("yuan", "Fines, by clause."),
    "corrections": Booked("corrections", "Corrections that were granted."),
    "spared": Booked("people", "Debtors whom the test of means found unable to pay."),
    "too_late": Booked("acts", "Acts found out in time whose record would take effect after the scheme's end: none is made."),
    "redress": Booked("cases", "Notices, objections and what became of them."),
    "returned": Booked(POINTS, "What lapses, corrections, resets and cycles returned; scores of those who came less those who left."),
    "list_in": Booked(_SUBJECTS, "Entries on each list."),
    "list_out": Booked(_SUBJECTS, "Exits from each list, those of the dead and of movers left aside."),
    "list_died": Booked(_SUBJECTS, "Those on each list who died."),
    "list_moved": Booked(_SUBJECTS, "Those on each list who moved out."),
    "list_in_wrong": Booked(_SUBJECTS, "Entries that nothing but wrong records brought about."),
    "grades": Booked(_SUBJECTS, "In each grade at the month's end."),
    "lists": Booked(_SUBJECTS, "On each list at the month's end."),
    "lists_wrong": Booked(_SUBJECTS, "Those held there by nothing but wrong records."),
    "measures": Booked(_SUBJECTS, "Under each measure at the month's end."),
    "score_sum": Booked(POINTS, "Sum of the scores shown at the month's end."),
    "cut-off": Booked(POINTS, "Inbox: the score from which a grade of quotas holds, by KIND/GRADE.", "inbox"),
    "cut-off by lot": Booked("rank", "Inbox: the same by lot, as the rank of score and lot.", "inbox"),
    "listed name": Booked("bits", "Inbox: gates closed to those of a name, by the name's rank.", "inbox"),
    "moot order": Booked("1", "Inbox: an order of a desk that found nothing to decide, by its place in the manifest.", "inbox"),
    "firms went under": Booked("of 2**32", "Inbox: the share of firms that went under in the month.", "inbox"),
}  # fmt: skip


def is_points(account: str) -> bool:
    """Return whether an account is one of points."""
    return account in ACCOUNTS and ACCOUNTS[account].unit == POINTS
