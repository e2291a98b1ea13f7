"""A drive: who stands on a list when a run begins, and how the list is filled and left by date, as a file.

It drives the list of one rulebook.  Without a stock the list begins empty; a month that no period covers is as it would be.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

from pydantic import Field

from glasstown.errors import Fault, RulebookError
from glasstown.incoming import path_of
from glasstown.language.acts import Basis
from glasstown.language.files import Read, read_with_places
from glasstown.language.model import Identifier, Text, Value, Version
from glasstown.language.texts import no_such
from glasstown.language.tree import Document
from glasstown.paths import data_folder

MONTH = r"^\d{4}-(0[1-9]|1[0-2])$"
MOST_AGE = 600
"""months that an entry can have stood there, at most"""


class Age(Value):
    """Entries of some ages, each month as likely."""

    from_: int = Field(alias="from", ge=1, le=MOST_AGE, description="least months since the listing")
    to: int = Field(ge=1, le=MOST_AGE, description="most months since the listing")
    share: Decimal = Field(gt=0, le=1, description="share of the stock")


class Stock(Value):
    """Who stands on the list on the first day, one entry a person."""

    clause: Identifier = Field(description="clause under which they were entered")
    per_1000: Decimal = Field(gt=0, description="people on the list, per 1,000 people of all ages")
    ages: tuple[Age, ...] = Field((), description="how long they have stood there: shares that sum to 1")
    basis: Basis = Field(description="where the numbers come from")


class Months(Value):
    """Some months, from the first to the last."""

    from_: str = Field(alias="from", pattern=MONTH, description="first month, YYYY-MM, in quotes")
    until: str = Field(pattern=MONTH, description="first month no longer meant, in quotes")

    def covers(self, day: date) -> bool:
        """Return whether a month, given by its first day, is meant."""
        return self.from_ <= f"{day:%Y-%m}" < self.until


class Pace(Months):
    """Some months in which something goes faster or slower than usual."""

    times: Decimal = Field(ge=0, le=1000, description="what the chance is multiplied by")
    basis: Basis = Field(description="where the number comes from")


class Deletion(Months):
    """Some months in which courts take people off the list who have not performed."""

    per_month: Decimal = Field(ge=0, le=1, description="chance of it in a month, for everybody on the list")
    basis: Basis = Field(description="where the number comes from")


class Drive(Value):
    """What a run is told of a list: its stock, and its inflow and exits by date."""

    glasstown_drive: Version = Field(description="version of the format")
    id: Identifier = Field(description="name of the drive")
    label: Text = Field(description="what it is about")
    rulebook: Identifier = Field(description="the rulebook whose list it is, without a reading")
    list: Identifier = Field(description="the list")
    stock: Stock | None = Field(None, description="who stands there on the first day; left out: nobody")
    recording: tuple[Pace, ...] = Field((), description="the share of what courts find that is recorded, by date")
    performing: tuple[Pace, ...] = Field((), description="the chance of performing, by date")
    deletion: tuple[Deletion, ...] = Field((), description="what courts delete beside, by date")


def drive_file(ref: str) -> Path:
    """Return the file of a drive, by the id of a shipped one or by a path; `UsageError` where there is none."""
    folder = data_folder() / "drives"
    known = sorted(path.stem for path in folder.glob("*.yaml"))
    if ref in known:
        return folder / f"{ref}.yaml"
    if os.path.isfile(path_of(ref)):
        return path_of(ref)
    raise no_such("drive", ref, known)


def load_drive(ref: str) -> Drive:
    """Return a drive, by the id of a shipped one or by a path; RulebookError with every fault of it."""
    return checked_drive(read_with_places(drive_file(ref), Drive))


def checked_drive(read: Read[Drive]) -> Drive:
    """Return a drive whose meaning holds; RulebookError with what does not."""
    drive, where = read.value, read.where
    faults = [*_stock_faults(drive.stock, where)] if drive.stock is not None else []
    for name in ("recording", "performing", "deletion"):
        faults += _out_of_order(name, getattr(drive, name), where)
    if faults:
        raise RulebookError(f"drive '{drive.id}'", faults)
    return drive


def _stock_faults(stock: Stock, where: Document) -> Iterator[Fault]:
    """Yield what is wrong with a stock: no ages, ages that overlap or run backwards, shares that are not all of it."""
    if stock.per_1000 > 1000:
        yield Fault("stock", where.at("stock", "per_1000"), f"{stock.per_1000} people per 1,000", "at most 1,000",
                    "A list cannot hold more people than there are.")  # fmt: skip
    if not stock.ages:
        yield Fault("stock", where.at("stock"), "no ages", "how long the entries have stood there, with shares that sum to 1",
                    "Write ages: [{from: 1, to: 12, share: 1}], in months since the listing.")  # fmt: skip
        return
    last = 0
    for number, age in enumerate(stock.ages):
        if age.from_ <= last or age.to < age.from_:
            yield Fault("stock", where.at("stock", "ages", number), f"{age.from_} to {age.to} months after {last}",
                        "ages that follow each other, the youngest first", "Put them in order, without overlap.")  # fmt: skip
        last = max(last, age.to)
    whole = sum(age.share for age in stock.ages)
    if whole != 1:
        yield Fault("stock", where.at("stock", "ages"), f"shares that sum to {whole}", "shares that sum to 1",
                    "Divide each by their sum.")  # fmt: skip


def _out_of_order(name: str, periods: Sequence[Pace | Deletion], where: Document) -> Iterator[Fault]:
    """Yield the periods that end before they begin, or begin before the one above them has ended."""
    last = ""
    for number, period in enumerate(periods):
        if period.until <= period.from_:
            yield Fault(name, where.at(name, number), f"from {period.from_} until {period.until}", "an end after the beginning",
                        "`until` is the first month no longer meant.")  # fmt: skip
        elif period.from_ < last:
            yield Fault(name, where.at(name, number), f"from {period.from_}, before {last}",
                        "periods in order, without overlap", "Let each begin where the last one ends.")  # fmt: skip
        last = max(last, period.until)
