"""The shape of a case file: one hypothetical life as it is typed, key by key.

The door for case files: one hypothetical life comes in, a person's or many people's data do not.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from pydantic import Field

from glasstown.errors import CaseError, Fault, Place, UsageError
from glasstown.language.files import shown_path
from glasstown.language.model import Text, Value
from glasstown.language.shape import build
from glasstown.language.tree import Document, Keys, UnreadableError
from glasstown.language.yaml import read_tree

MOST_EVENTS = 10_000


class ProofGiven(Value):
    """How many of each kind of proof there are; a kind that is left out is not there at all."""

    photo: int | None = Field(None, ge=0, description="photographs")
    certificate: int | None = Field(None, ge=0, description="certificates")
    households_heard: int | None = Field(None, ge=0, alias="households-heard", description="households that were heard")
    council_vote: int | None = Field(None, ge=0, alias="council-vote", description="votes of the council")
    notice: int | None = Field(None, ge=0, description="notices to the subject")
    penalty_or_judgment: int | None = Field(
        None, ge=0, alias="penalty-or-judgment", description="penalty decisions and judgments"
    )
    public_notice: int | None = Field(None, ge=0, alias="public-notice", description="public notices")

    def by_kind(self) -> dict[str, int]:
        """Return the numbers by kind, as the rulebook writes the kinds."""
        numbers: dict[str, int] = self.model_dump(by_alias=True, exclude_none=True)
        return numbers


class Event(Value):
    """One event: a record (clause or act), or what is neither (event)."""

    day: date = Field(alias="date", description="day of the act or decision")
    clause: Text | None = Field(None, description="clause that is recorded")
    act: Text | None = Field(None, description="act that is recorded; the rulebook finds the clause")
    event: Text | None = Field(None, description="what is neither clause nor act: correct, apply, ...")
    id: Text | None = Field(None, description="what other events call it; event-N where it is left out")
    of: Text | None = Field(None, description="id of the event that a decision is about")
    recorded: date | None = Field(None, description="day of the record, where it is not the day of the act")
    amount: Decimal | None = Field(
        None,
        gt=0,
        description="hours, yuan, times, ... where the clause is a rate or has a band; points that are spent",
    )
    points: Decimal | None = Field(None, description="the official's choice, where the clause gives a range")
    fine: int | None = Field(None, ge=0, description="the official's choice in yuan, where the fine is a range")
    until: date | None = Field(None, description="first day on which the recorded state no longer lasts")
    proof: ProofGiven | None = Field(None, description="what proof there is; left out: it is in order")
    unless: tuple[Text, ...] = Field((), description="circumstances that keep the clause from applying")
    grace: int | None = Field(None, ge=0, description="months that the listing is put off")
    extension: int | None = Field(None, ge=1, description="months that are added to the term on the list")
    given: bool | None = Field(None, description="with `consent`: whether it is given or taken back")
    granted: bool | None = Field(None, description="with `decide`: whether the objection is granted or refused")


class HouseholdDay(Value):
    """A household's mean score on one assessed day."""

    day: date = Field(description="assessed day")
    mean: Decimal = Field(description="mean closing score of the household's scored members")


class CutOffDay(Value):
    """The cut-off of a quota grade, worked out on one assessed day."""

    day: date = Field(description="assessed day; in force from the next one")
    grade: Text = Field(description="quota grade")
    score: Decimal | None = Field(description="lowest score that reaches it; null where nobody does")


class GivenPart(Value):
    """Values that come from other people's lives."""

    household_score: Decimal | tuple[HouseholdDay, ...] | None = Field(
        None, description="the household's mean score: one number, or one for each assessed day"
    )
    cutoff: Decimal | None = Field(
        None,
        description="lowest score that reaches the only quota grade, the same for every assessed day, earlier ones too",
    )
    cutoffs: tuple[CutOffDay, ...] = Field((), description="cut-offs of quota grades, one for each assessed day")


class ExpectedPart(Value):
    """One part of the score."""

    id: Text = Field(description="id of the part")
    score: Decimal = Field(description="its points")


class ExpectedLine(Value):
    """One line of the ledger, as far as a case expects it."""

    day: date | None = Field(None, alias="date", description="day of the line")
    phase: Text | None = Field(None, description="record, lapse, repeat, correction, listing, cycle, ...")
    clause: Text | None = Field(None, description="clause behind the line")
    event: Text | None = Field(None, description="event that the line is about")
    before: Decimal | None = Field(None, description="score before")
    after: Decimal | None = Field(None, description="score after")
    grade: Text | None = Field(None, description="grade after; null for none")
    cap: Text | None = Field(None, description="cap that cut or dropped the points; null for none")
    lists: tuple[Text, ...] = Field((), description="lists after, in any order")
    measures: tuple[Text, ...] = Field((), description="measures after, in any order")
    published: tuple[Text, ...] = Field((), description="items of publicity after, in any order")
    parts: tuple[ExpectedPart, ...] = Field((), description="parts of the score after, those that are named")
    balance: Decimal | None = Field(None, description="balance after, in points")
    consent: bool | None = Field(None, description="whether there is consent after it")
    running: Text | None = Field(None, description="grade of the day after, beside a published one; null for none")
    fine: int | None = Field(None, description="fine in yuan; null for none")


class Expect(Value):
    """What a case expects.  What it leaves out is not looked at."""

    score: Decimal | None = Field(None, description="closing score")
    grade: Text | None = Field(None, description="closing grade; null for none")
    lists: tuple[Text, ...] = Field((), description="lists at the end, in any order")
    measures: tuple[Text, ...] = Field((), description="measures at the end, in any order")
    published: tuple[Text, ...] = Field((), description="items of publicity at the end, in any order")
    parts: tuple[ExpectedPart, ...] = Field((), description="parts of the score at the end, those that are named")
    balance: Decimal | None = Field(None, description="balance at the end, in points")
    consent: bool | None = Field(None, description="whether there is consent at the end")
    running: Text | None = Field(None, description="grade of the last day, beside a published one; null for none")
    fines: int | None = Field(None, description="all fines together, yuan")
    ledger: tuple[ExpectedLine, ...] = Field((), description="lines that appear in this order, others between them")


class CaseFile(Value):
    """One hypothetical life."""

    rulebook: Text | None = Field(None, description="rulebook that the case is about: ID or ID@READING")
    subject: Text = Field("person", description="whom it is about: person, firm, household, ...")
    roles: tuple[Text, ...] = Field((), description="roles that the subject has; they matter to clauses about a status")
    start: date | None = Field(None, description="first day; the first event's where it is left out")
    until: date | None = Field(None, description="last day; the last that the file names where it is left out")
    events: tuple[Event, ...] = Field((), description="events; those of one day stand in their order here")
    given: GivenPart | None = Field(None, description="values that come from other people's lives")
    expect: Expect | None = Field(None, description="what must come out; then the case is a test")


_IDENTIFYING_WORDS = (
    "name names full_name fullname first_name firstname last_name lastname surname forename nickname number "
    "phone telephone tel mobile cell email mail address addr street postcode id_card idcard identity "
    "identity_card identity_number id_number national_id resident_id citizen_id credit_code passport ssn "
    "licence_plate plate face faces photo picture image biometric biometrics fingerprint iris voice account "
    "account_number bank_account bank card card_number wechat alipay weibo qq imei birthday birthdate "
    "birth_date date_of_birth dob employer school "
)
IDENTIFYING = frozenset(_IDENTIFYING_WORDS.split())
MANY_LIVES = frozenset({"cases", "lives", "people", "persons", "subjects", "citizens", "residents"})
TABLES = frozenset(
    {".csv", ".tsv", ".xls", ".xlsx", ".ods", ".parquet", ".feather", ".db", ".sqlite", ".jsonl", ".sav"}
)
WHY_NOT = "Glasstown tells hypothetical lives and holds no data of real people"
_LONG_NUMBER = re.compile(r"\d{6,}")
_ID = re.compile(r"[A-Za-z][A-Za-z0-9_.-]{0,31}")


def read_case_file(path: Path) -> tuple[CaseFile, Document]:
    """Return a case file's content and the places of its parts; `CaseError` with every fault of its shape.

    Errors   UsageError for a table, which is no case.
    """
    shown = shown_path(path)
    if path.suffix.lower() in TABLES:
        raise UsageError(shown, [_table(shown, path.suffix)])
    try:
        document = read_tree(path, shown)
    except UnreadableError as problem:
        raise CaseError(shown, [problem.fault]) from None
    if isinstance(document.data, list):
        raise CaseError(shown, [_many(document, "a list at the top")])
    faults = [*refuse_keys(document), *refuse_ids(document)]
    case, misfits = build(CaseFile, document)
    if case is None or faults:
        told = sorted(
            {*faults, *misfits}, key=lambda f: (f.place.line or 0, f.place.column or 0) if f.place else (0, 0)
        )
        raise CaseError(shown, told)
    return case, document


def _table(shown: str, suffix: str) -> Fault:
    return Fault(
        "case",
        Place(shown),
        f"a table ({suffix})",
        "one hypothetical life in YAML",
        f"{WHY_NOT}, so there is no reader for tables. Write the events of one invented life into a YAML file.",
    )


def _many(document: Document, found: str) -> Fault:
    way_out = f"{WHY_NOT} and compares no lives, so a file holds one. Put each life into a file of its own."
    return Fault("case", document.at(), found, "one hypothetical life (rulebook, start, events)", way_out)


def refuse_keys(document: Document, what: str = "case", further: frozenset[str] = frozenset()) -> list[Fault]:
    """Refuse keys that tell real people apart or gather many lives, and `further` ones, and take them out of the tree.

    what   what the file holds, as messages name it
    """
    faults = []
    for path, place in list(document.keys.items()):
        word = str(path[-1]).lower().replace("-", "_").replace(" ", "_")
        if len(path) == 1 and word in MANY_LIVES:
            faults.append(_many(document, f"the key '{path[-1]}'"))
        elif word in IDENTIFYING | further and not _counts_proof(path):
            way_out = f"{WHY_NOT}. Remove the key: only what was done, and when, is needed."
            faults.append(
                Fault(
                    what,
                    Place(document.file, *place),
                    f"the key '{path[-1]}', which would tell a real person{' or firm' if further else ''} apart",
                    "no such key",
                    way_out,
                )
            )
        else:
            continue
        _take_out(document, path)
    return faults


def _counts_proof(path: Keys) -> bool:
    """Return whether a key names a kind of proof, such as `photo`: what stands there can only be a number."""
    return len(path) == 4 and path[0] == "events" and path[2] == "proof"


def _take_out(document: Document, path: Keys) -> None:
    inside: Any = document.data
    for key in path[:-1]:
        inside = inside[key]
    inside.pop(path[-1], None)


def refuse_ids(document: Document, key: str = "events") -> list[Fault]:
    """Refuse ids of the events under a key that could be somebody's number."""
    data: Any = document.data
    events = data.get(key) if isinstance(data, dict) else None
    faults = []
    for n, event in enumerate(events if isinstance(events, list) else []):
        name = event.get("id") if isinstance(event, dict) else None
        if name is None:
            continue
        text = str(name)
        if _LONG_NUMBER.search(text) or not _ID.fullmatch(text):
            document.unresolved.add((key, n, "id"))
            faults.append(
                Fault(
                    f"{'event' if key == 'events' else key} {n + 1}, id",
                    document.at(key, n, "id"),
                    f"'{text[:40]}'",
                    "a short word for this event, such as e7 (letters first, no long numbers)",
                    f"{WHY_NOT}; an id only lets a later event name this one.",
                )
            )
    return faults
