"""Register of arrays and columns: what each holds, in which type, along which dimension, in which unit.

Dimensions are letters: P persons or firms of a shard, F firms, K conduct classes, B blocks, E further numbers of a rulebook.
A test holds the register and the arrays to each other.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Field:
    """One array: its name, NumPy type, dimensions, unit, and what it means in one sentence."""

    name: str
    dtype: str
    dims: str
    unit: str
    meaning: str


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
        "ident", "int64", "10", "number", "Id of the first person, first block, block size, five streams, kind, lives."
    ),
    Field("propensity", "int16", "B,K,160", "1/256 lg unit", "Hazard of each class, all terms that stand folded in."),
    Field("detections", "uint8", "K,P", "acts", "Own acts found out so far, by class, up to 255."),
    Field("roles", "uint16", "P", "bits", "Bit k: has the k-th role of the kind in the act catalogue."),
    Field("profile", "uint16", "P", "bits", "Group (4 bits), urban, and from bit 8 the household."),
    Field("hashes", "uint64", "B", "hash", "Running hash of all that happened in the block, month by month."),
)
"""Arrays of `engine.shapes.Shard`: the live state that all rulebooks share; its `lives` stand below."""

LIVES: Final = (
    Field("work", "uint8", "P", "code", "Work now, as a place in `population.WORK`."),
    Field("shock", "int16", "P", "1/4096 lg unit", "How far income stands above what is usual."),
    Field("savings", "int16", "P", "1/256 usual month's income", "Savings."),
    Field("debt", "int16", "P", "1/256 usual month's income", "Debt to banks."),
    Field("late", "uint8", "P", "months", "Months of debt service that were missed and not made up."),
    Field("strain", "uint8", "P", "1/16", "Strain: what is asked of the month, over income."),
    Field("means", "uint8", "P", "bits", "Bit 0: could not pay a judgment.  Bit 1: creditors go to court."),
    Field(
        "closed", "uint16", "P", "bits", "Gates closed as the last month ended, and whether on a black or a red list."
    ),
    Field("bite", "uint8", "P", "1/64 usual month's income", "What trips that were refused of late are worth."),
    Field("ties", "uint8", "P", "ties", "Ties to others."),
    Field("stance", "uint8", "P", "of 256", "Place among all in support of the scheme, drawn once a life."),
    Field(
        "belief", "uint16", "B,7,160", "of 2**16", "Chance of being found out as believed, in the first seven classes."
    ),
    Field("norm", "int32", "B,7", "acts a head, of 2**16", "What is usual in the neighbourhood."),
    Field("first_norm", "int32", "B,7", "acts a head, of 2**16", "What was usual there on the first day."),
)
"""Arrays of `engine.shapes.Lives`: people's lives beside conduct; empty for firms and where lives are switched off."""

TRADE: Final = (
    Field("health", "uint8", "P", "code", "0 healthy, 1 in distress, 2 gone."),
    Field("links", "uint8", "P", "bits", "Bit k: the k-th of the firm's partners is left."),
    Field("listed", "uint8", "P", "1 or 0", "Whether the firm stood on a black list as the last month ended."),
)
"""Arrays of `engine.shapes.Trade`: firms beside conduct; empty for people and where firms do not trade."""

STATUS: Final = (
    Field("is_scored", "uint8", "P", "0 or 1", "Whether a subject of the rulebook covers the person."),
    Field("score", "int32", "P", "quanta", "Score, or the hidden sum where the rulebook keeps it."),
    Field("grade", "uint8", "P", "code", "Place of the grade in the rulebook, best first; 31 for none."),
    Field("lists", "uint32", "P", "bits", "Bit k: on the rulebook's k-th list."),
    Field("n_records", "uint8", "P", "records", "Records that have taken effect, up to 255."),
    Field(
        "nothing_owed", "uint8", "P", "1 or 0", "1 where nothing could be performed of what holds the person on a list."
    ),
    Field(
        "more",
        "int32",
        "P,E",
        "quanta or 0/1",
        "What the rulebook keeps beside the score: ceiling, balance, consent, parts.",
    ),
    Field("n_entries", "int32", "B", "entries", "Entries of the block in the rulebook's ledger, 16 bytes each."),
)
"""Arrays of `engine.shapes.Status`: where everyone stands under one rulebook."""
