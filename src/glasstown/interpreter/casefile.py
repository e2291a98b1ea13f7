"""The shape of a case file: one hypothetical life as it is typed, key by key."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from pydantic import Field

from glasstown.language.model import Text, Value

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
    fines: int | None = Field(None, description="all fines together, yuan")
    ledger: tuple[ExpectedLine, ...] = Field((), description="lines that appear in this order, others between them")


class CaseFile(Value):
    """One hypothetical life."""

    rulebook: Text | None = Field(None, description="rulebook that the case is about: ID or ID@READING")
    subject: Text = Field("person", description="whom it is about: person, firm, household, ...")
    roles: tuple[Text, ...] = Field((), description="roles that the subject has, for clauses about a status")
    start: date | None = Field(None, description="first day; the first event's where it is left out")
    until: date | None = Field(None, description="last day; the last event's where it is left out")
    events: tuple[Event, ...] = Field((), description="events; those of one day stand in their order here")
    given: GivenPart | None = Field(None, description="values that come from other people's lives")
    expect: Expect | None = Field(None, description="what must come out; then the case is a test")
