"""The claims ledger: what the article that the project began with says, and what of it the record bears out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, Literal, get_args

from pydantic import Field

from glasstown.archive.history import cited, load_agencies, load_areas, load_timeline, unknown_names
from glasstown.errors import Fault, RulebookError, UsageError, did_you_mean
from glasstown.language.files import Read, read_with_places
from glasstown.language.load import load_rulebook
from glasstown.language.model import Cite, Identifier, Rulebook, Text, Value
from glasstown.paths import data_folder

CLAIMS: Final = "claims.yaml"
Verdict = Literal["traced", "conflicting", "not found", "context", "left out"]
VERDICTS: Final[tuple[str, ...]] = get_args(Verdict)
LIVED: Final = ("case", "run", "compare", "sweep")
"""verbs that apply rules to a life or a town; the others tell what is on file"""
PARTS: Final = (
    "clauses",
    "lists",
    "measures",
    "grades",
    "procedures",
    "redress",
    "process",
    "publicity",
    "observations",
)
"""parts of a rulebook whose statements have ids"""


class Shown(Value):
    """Where the project shows something: exactly one of its keys, and with a command what its answer says."""

    rule: Text | None = Field(None, description="a rulebook, BOOK, or one statement of it, BOOK#ID")
    command: Text | None = Field(None, description="a command that tells it")
    says: Text | None = Field(None, description="words of the command's answer that bear the row out; # is any number")
    page: Text | None = Field(None, description="a file of the project, with #heading where one is meant")
    event: Text | None = Field(None, description="date of an entry of the timeline")
    agency: Identifier | None = Field(None, description="an agency on file")
    batch: Identifier | None = Field(None, description="a batch of areas")
    claim: int | None = Field(None, description="another row of the ledger")

    def named(self) -> tuple[str, str]:
        """Return the one key that is set, and its value as text."""
        return next((key, str(value)) for key, value in self if key != "says" and value is not None)


class Claim(Value):
    """One row of the ledger."""

    n: int = Field(ge=1, description="number of the row, in the article's order")
    claim: Text = Field(description="what the article says, in our words")
    verdict: Verdict = Field(description="what became of it")
    found: Text = Field(description="what the record says")
    reason: Text | None = Field(None, description="why it is left out; given there and nowhere else")
    shown_by: tuple[Shown, ...] = Field(min_length=1, description="where the project shows it")
    missing: Text | None = Field(None, description="what would still have to be shown")
    cite: tuple[Cite, ...] = Field((), description="sources, beyond those of what shows it")

    @property
    def is_lived(self) -> bool:
        """Return whether one of its commands applies rules to a life or a town."""
        return any(verb_of(shown) in LIVED for shown in self.shown_by)


class Ledger(Value):
    """data/claims.yaml."""

    claims: tuple[Claim, ...] = Field(description="the rows")


def verb_of(shown: Shown) -> str | None:
    """Return the verb of the command that shows something; None where none does."""
    return shown.command.split()[1] if shown.command else None


def bears_out(says: str, answer: str) -> bool:
    """Return whether an answer, on one line, has the words that a row looks for; each # stands for a number without a sign."""
    return re.search(re.escape(says).replace(r"\#", r"(?<![\d.,])\d[\d,.]*"), answer) is not None


def load_claims() -> tuple[Claim, ...]:
    """Return the ledger; `RulebookError` with every row that is out of order, empty, or names what does not exist."""
    read = read_with_places(data_folder() / CLAIMS, Ledger)
    faults = [fault for at in range(len(read.value.claims)) for fault in _faults(read, at)]
    if faults:
        raise RulebookError(CLAIMS, faults)
    return read.value.claims


def statements(book: Rulebook) -> dict[str, str]:
    """Return the part in which each statement of a rulebook stands, by the statement's id."""
    return {each.id: part for part in PARTS for each in getattr(book, part)}


def _faults(read: Read[Ledger], at: int) -> Iterator[Fault]:
    """Yield the faults of one row."""
    claim, subject = read.value.claims[at], f"claim {read.value.claims[at].n}"
    if claim.n != at + 1:
        place = read.where.at("claims", at, "n")
        yield Fault(subject, place, str(claim.n), str(at + 1), "Number the rows from 1 without gaps.")
    if (claim.verdict == "left out") != (claim.reason is not None):
        place = read.where.at("claims", at, "verdict")
        found = f"'{claim.verdict}' {'with' if claim.reason else 'without'} a reason"
        yield Fault(subject, place, found, "a reason exactly where a claim is left out", "Add it, or remove it.")
    yield from cited(read, ("claims", at, "cite"), claim.cite)
    for number, shown in enumerate(claim.shown_by):
        path = ("claims", at, "shown_by", number)
        if sum(value is not None for key, value in shown if key != "says") != 1:
            yield Fault(
                subject, read.where.at(*path), "none or several keys", "exactly one key", "Give each its entry."
            )
            continue
        if (shown.command is None) != (shown.says is None):
            found = "words without a command" if shown.says else "a command without its words"
            expected = "`says` exactly with a command"
            yield Fault(subject, read.where.at(*path), found, expected, "Say which words of the answer show it.")
        yield from _resolved(read, path, *shown.named())


def _resolved(read: Read[Ledger], path: tuple[str | int, ...], key: str, name: str) -> list[Fault]:
    """Return the fault of a reference into rulebooks, history or ledger that names nothing; commands and pages are files'."""
    if key == "rule":
        return _rule(read, path, name)
    known: dict[str, list[str]] = {
        "event": [event.date for event in load_timeline()] if key == "event" else [],
        "agency": [agency.id for agency in load_agencies()] if key == "agency" else [],
        "batch": [batch.id for batch in load_areas().batches] if key == "batch" else [],
        "claim": [str(claim.n) for claim in read.value.claims],
    }
    return unknown_names(read, path, [name], known[key], f"an entry of that kind ({key})") if key in known else []


def _rule(read: Read[Ledger], path: tuple[str | int, ...], name: str) -> list[Fault]:
    """Return the fault of BOOK or BOOK#ID that names nothing."""
    book, _, statement = name.partition("#")
    try:
        known = statements(load_rulebook(book))
    except UsageError as problem:
        return [
            Fault(f"rule '{name}'", read.where.at(*path), fault.found, fault.expected, fault.way_out)
            for fault in problem.faults
        ]
    if not statement or statement in known:
        return []
    expected, way_out = f"an id of {book}", did_you_mean(statement, tuple(known))
    return [Fault(f"rule '{name}'", read.where.at(*path), f"'{statement}'", expected, way_out)]
