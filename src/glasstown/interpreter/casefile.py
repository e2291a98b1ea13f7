"""The shape of a case file: one hypothetical life as it is typed, key by key."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from pydantic import Field

from glasstown.rulebook.model import Text, Value

MOST_EVENTS = 10_000


class Event(Value):
    """One event: a record (clause or act), or what is neither (event)."""

    day: date = Field(alias="date", description="day of the act or decision")
    clause: Text | None = Field(None, description="clause that is recorded")
    act: Text | None = Field(None, description="act that is recorded; the rulebook finds the clause")
    event: Text | None = Field(None, description="what is neither clause nor act: correct, apply, ...")
    id: Text | None = Field(None, description="what other events call it; event-N where it is left out")
    of: Text | None = Field(None, description="id of the event that a decision is about")
    recorded: date | None = Field(None, description="day of the record, where it is not the day of the act")
    amount: Decimal | None = Field(None, gt=0, description="hours, yuan, times, ... where the clause is a rate")
    points: Decimal | None = Field(None, description="the official's choice, where the clause gives a range")
    fine: int | None = Field(None, ge=0, description="the official's choice in yuan, where the fine is a range")
    until: date | None = Field(None, description="first day on which a state that repeats no longer lasts")


class HouseholdDay(Value):
    """A household's mean score on one assessed day."""

    day: date = Field(description="assessed day")
    mean: Decimal = Field(description="mean closing score of the household's scored members")


class GivenPart(Value):
    """Values that come from other people's lives."""

    household_score: Decimal | tuple[HouseholdDay, ...] | None = Field(
        None, description="the household's mean score: one number, or one for each assessed day"
    )
    cutoff: Decimal | None = Field(None, description="score that a quota reaches down to")


class ExpectedLine(Value):
    """One line of the ledger, as far as a case expects it."""

    day: date | None = Field(None, alias="date", description="day of the line")
    phase: Text | None = Field(None, description="assessment, lapse, override-end, list-end, repeat, correction, ...")
    clause: Text | None = Field(None, description="clause behind the line")
    event: Text | None = Field(None, description="event that the line is about")
    before: Decimal | None = Field(None, description="score before")
    after: Decimal | None = Field(None, description="score after")
    grade: Text | None = Field(None, description="grade after; null for none")
    cap: Text | None = Field(None, description="cap that cut or dropped the points; null for none")
    lists: tuple[Text, ...] = Field((), description="lists after, in any order")
    measures: tuple[Text, ...] = Field((), description="measures after, in any order")
    fine: int | None = Field(None, description="fine in yuan; null for none")


class Expect(Value):
    """What a case expects.  What it leaves out is not looked at."""

    score: Decimal | None = Field(None, description="closing score")
    grade: Text | None = Field(None, description="closing grade; null for none")
    lists: tuple[Text, ...] = Field((), description="lists at the end, in any order")
    measures: tuple[Text, ...] = Field((), description="measures at the end, in any order")
    fines: int | None = Field(None, description="all fines together, yuan")
    ledger: tuple[ExpectedLine, ...] = Field((), description="lines that appear in this order, others between them")


class CaseFile(Value):
    """One hypothetical life."""

    rulebook: Text | None = Field(None, description="rulebook that the case is about: ID or ID@READING")
    subject: Text = Field("person", description="whom it is about: person, firm, household, ...")
    start: date | None = Field(None, description="first day; the first event's where it is left out")
    until: date | None = Field(None, description="last day; the last event's where it is left out")
    events: tuple[Event, ...] = Field((), description="events; those of one day stand in their order here")
    given: GivenPart | None = Field(None, description="values that come from other people's lives")
    expect: Expect | None = Field(None, description="what must come out; then the case is a test")
