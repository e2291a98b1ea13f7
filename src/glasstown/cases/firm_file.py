"""The shape of a firm's file, as it is typed, and the door for it: one hypothetical firm comes in, a real one's data do not.

No value of it is free text: words are those of data/firms.yaml, the rest are days, years and yuan.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Final

from pydantic import Field

from glasstown.cases.file import TABLES, WHY_NOT, refuse_ids, refuse_keys
from glasstown.errors import CaseError, Fault, Place, UsageError, did_you_mean
from glasstown.incoming import path_of
from glasstown.language.files import shown_path
from glasstown.language.model import Text, Value, Version
from glasstown.language.shape import build
from glasstown.language.tree import Document, UnreadableError
from glasstown.language.yaml import read_tree
from glasstown.paths import firm_folder

LISTS: Final = ("duties", "events", "representative", "partner")
"""keys whose entries have days"""
PREFIXES: Final = dict(zip(LISTS, ("duty-", "event-", "head-", "partner-"), strict=True))
"""how an entry without an id is called, before its number"""
_WORDS_OF_FIRMS: Final = (
    "company companies firms firm_name company_name brand website url registration registration_number taxpayer "
    "taxpayer_number tax_number organisation_code stock_code ticker licence_number owner shareholder shareholders"
)
_OF_FIRMS: Final = frozenset(_WORDS_OF_FIRMS.split())
"""keys that would tell a real firm apart, or gather many, beside those of cases"""


class Done(Value):
    """One duty: when it was due, and when it was done."""

    duty: Text = Field(description="a duty of data/firms.yaml")
    due: date = Field(description="last day in time")
    done: date | None = Field(None, description="day on which it was done; left out: not yet")
    yuan: int | None = Field(None, ge=0, description="tax concerned, yuan; small sums are repaired in full")
    id: Text | None = Field(None, description="what later events call it; duty-N where it is left out")


class Happened(Value):
    """One event, or a decision about an earlier one."""

    day: date = Field(alias="date", description="day of the event or decision")
    event: Text = Field(description="an event or decision of data/firms.yaml, or an act of acts.yaml")
    id: Text | None = Field(None, description="what later events call it; event-N where it is left out")
    of: Text | None = Field(None, description="with a decision: the event that it is about")
    until: date | None = Field(None, description="first day on which a state no longer lasts")


class FirmFile(Value):
    """One hypothetical firm."""

    glasstown_firm: Version = Field(description="version of the file's format")
    sector: Text = Field(description="sector, a word of data/firms.yaml")
    size: Text = Field(description="size, a word of data/firms.yaml")
    age: int = Field(ge=0, le=500, description="whole years in business on the first day")
    licences: tuple[Text, ...] = Field((), description="what it is registered or licensed for")
    place: Text | None = Field(None, description="a place that has rulebooks of its own; national ones hold everywhere")
    from_: date = Field(alias="from", description="first day told")
    until: date = Field(description="last day told")
    duties: tuple[Done, ...] = Field((), description="duties, each with its due day")
    events: tuple[Happened, ...] = Field((), description="what happened to the firm")
    representative: tuple[Happened, ...] = Field((), description="what happened to the person who represents it by law")
    partner: tuple[Happened, ...] = Field((), description="what happened to a customer who owes it")

    def id_of(self, key: str, place: int) -> str:
        """Return what an entry of one of the lists is called."""
        name: str | None = getattr(self, key)[place].id
        return name or f"{PREFIXES[key]}{place + 1}"


def worked_firms() -> tuple[str, ...]:
    """Return the names of the worked firms that ship, in order."""
    return tuple(sorted(path.stem for path in firm_folder().glob("*.yaml")))


def path_of_firm(reference: str) -> Path:
    """Return the file that a reference names: a path, or where nothing lies there the worked firm of this name.

    Errors   UsageError for a name of neither
    """
    path, names = path_of(reference), worked_firms()
    if path.exists() or (path.suffix and path.stem not in names):
        return path
    if reference in names:
        return firm_folder() / f"{reference}.yaml"
    expected = "a file, or the name of a worked firm"
    fault = Fault("firm", None, f"'{reference}', which is no file", expected, did_you_mean(path.stem, names))
    raise UsageError("the request", [fault])


def read_firm_file(path: Path) -> tuple[FirmFile, Document]:
    """Return a firm's file and the places of its parts; `CaseError` with every fault of its shape.

    Errors   UsageError for a table, which is no firm's file.
    """
    shown = shown_path(path)
    if path.suffix.lower() in TABLES:
        way_out = f"{WHY_NOT}, so there is no reader for tables. Write one invented firm into a YAML file."
        fault = Fault("firm", Place(shown), f"a table ({path.suffix})", "one hypothetical firm in YAML", way_out)
        raise UsageError(shown, [fault])
    try:
        document = read_tree(path, shown)
    except UnreadableError as problem:
        raise CaseError(shown, [problem.fault]) from None
    if isinstance(document.data, list):
        way_out = f"{WHY_NOT} and compares no firms, so a file holds one. Put each firm into a file of its own."
        fault = Fault("firm", document.at(), "a list at the top", "one hypothetical firm (sector, size, age)", way_out)
        raise CaseError(shown, [fault])
    faults = refuse_keys(document, "firm", _OF_FIRMS)
    for key in LISTS:
        faults += refuse_ids(document, key)
    firm, misfits = build(FirmFile, document)
    if firm is None or faults:
        raise CaseError(shown, sorted({*faults, *misfits}, key=place_of))
    return firm, document


def place_of(fault: Fault) -> tuple[int, int]:
    """Return line and column of a fault, for the order of the file."""
    return (fault.place.line or 0, fault.place.column or 0) if fault.place else (0, 0)
