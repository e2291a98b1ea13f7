"""What every part of a rulebook is made of: values that cannot change, citations, sources, lengths of time."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Annotated, ClassVar, Final, Literal, TypeAlias

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints
from pydantic_core import PydanticCustomError

from glasstown.exact import MOST_DIGITS
from glasstown.types import Evidence, ReadState, Seen

Identifier: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9+._-]*$")]
Text: TypeAlias = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
ADDRESS = r"^https?://[^\s/?#<>\"{}|\\^`][^\s<>\"{}|\\^`]*$"
"""An address of the web, whole: nothing else becomes a link, and nothing in it needs escaping in HTML or BibTeX but `&`."""
Address: TypeAlias = Annotated[str, StringConstraints(pattern=ADDRESS)]
Unknown: TypeAlias = Literal["unknown"]
Form: TypeAlias = Literal["law", "notice", "report", "article", "book", "dataset", "page"]
NO_PUBLISHER: Final = "none"
"""stands for the publisher of a work that nobody but its author published"""
MonthDay: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[0-9]{2}-[0-9]{2}$")]


def is_address(text: str) -> bool:
    """Return whether a text is an address of the web and nothing else."""
    return re.fullmatch(ADDRESS, text) is not None


def _whole(value: object) -> object:
    """Return a version as it was written: yes, true and 1.0 are 1 to Python, and no version."""
    if type(value) is not int:
        raise PydanticCustomError("literal_error", "a version is a whole number")
    return value


Version: TypeAlias = Annotated[Literal[1], BeforeValidator(_whole)]
"""Version of a file's format."""


class Value(BaseModel):
    """Base of every part of a rulebook: frozen, and no key that the language does not have."""

    # Validators are built at first use: a command that reads one kind of file does not pay for all of them.
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, defer_build=True)
    most_digits: ClassVar[int] = MOST_DIGITS
    """digits before and after the point that numbers in a file of this kind may have"""


class Cite(Value):
    """Where a statement comes from."""

    source: Identifier = Field(description="key of an entry of sources.yaml")
    at: Text = Field(description="locator inside the source: article, page, row or part")
    evidence: Evidence = Field(description="how well the statement is documented")
    seen: Seen = Field("direct", description="how the source was read")
    note: Text | None = Field(None, description="what a reader should know about this citation")


class Source(Value):
    """One entry of sources.yaml."""

    key: Identifier = Field(description="short name that citations use")
    title: Text = Field(description="title of the work, in English where it has one")
    original: Text | None = Field(None, description="title in the language of the work, where known")
    author: Text | None = Field(
        None,
        description="author, where one is named: a body by its name, a person as Family, Given; '; ' between several",
    )
    publisher: Text = Field(
        NO_PUBLISHER, description="who published it, where that is not the author; 'none' where nobody"
    )
    year: int | None = Field(None, description="year of publication, where known; of a law, the year of the version")
    form: Form | None = Field(None, description="what sort of work it is, as a bibliography sorts it")
    kind: Literal["official", "press", "scholar", "weak", "article", "own"] = Field(
        description="official text, press, scholarship, weak web source, the article the project began with, or our own"
    )
    url: Address | None = Field(None, description="address as cited, where known")
    note: Text | None = Field(None, description="how much of it could be read")

    def by(self) -> str | None:
        """Return who stands for the work: its author, its publisher where no author is named, or None."""
        return self.author or (None if self.publisher == NO_PUBLISHER else self.publisher)


class Span(Value):
    """A length of time: exactly one of its keys.  Months are added by clamping to the month's end."""

    days: int | None = Field(None, ge=0, description="calendar days")
    working_days: int | None = Field(None, ge=0, description="working days, by the rulebook's `working_days`")
    months: int | None = Field(None, ge=0, description="calendar months")
    years: int | None = Field(None, ge=0, description="calendar years")

    def measured(self) -> tuple[int, str]:
        """Return the number of its one key with the unit, such as 2 and `working day`."""
        units = (
            (self.days, "day"), (self.working_days, "working day"), (self.months, "month"), (self.years, "year"),
        )  # fmt: skip
        return next((number, unit) for number, unit in units if number is not None)


class Period(Value):
    """Days on which something is in force: from a day on, until a day, that day excluded."""

    from_: date | None = Field(None, alias="from", description="first day; left out: from the beginning")
    until: date | None = Field(None, description="first day no longer in force; left out: to the end")
    cite: Cite | None = Field(None, description="source, where it differs from its owner's")


class Section(Value):
    """How far the text of one section of the scheme was read."""

    read: ReadState = Field(description="read, unread, reported absent, or silent (read in full, not there)")
    note: Text | None = Field(None, description="what is missing, and why")


class Figure(Value):
    """A number that may be unknown, with its source."""

    value: Decimal | Unknown = Field(description="the number in points, or 'unknown'")
    cite: Cite = Field(description="where the number comes from")
