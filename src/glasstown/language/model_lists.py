"""What follows: lists with their clocks, measures, procedures, and what is made public."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from pydantic import Field

from glasstown.language.model_base import Cite, Identifier, MonthDay, Period, Span, Text, Unknown, Value


class ListEntry(Value):
    """How a subject comes on a list without a clause that names it.  At most one condition."""

    score_at_most: Decimal | None = Field(None, description="on the list when the score falls to this or lower")
    score_at_least: Decimal | None = Field(None, description="on the list when the score reaches this or more")
    grades: tuple[Identifier, ...] = Field((), description="on the list in one of these grades")
    household_average_above: Decimal | None = Field(
        None, description="on the list when the household's mean score lies above this; needs `assessed`"
    )
    assessed: tuple[MonthDay, ...] = Field(
        (), description="month ends (MM-DD) on whose closing state it is decided, in force from the next day"
    )
    once: bool = Field(
        False,
        description="one entry each time the condition begins to hold; over at its end, though it still holds",
    )


class Grace(Value):
    """Months that an official may wait before a listing takes effect; none where a record does not say."""

    least: int = Field(ge=0, description="fewest months")
    most: int = Field(ge=1, description="most months")
    in_force: Period | None = Field(None, description="days of decision on which there is such a grace")
    cite: Cite = Field(description="where it comes from")


class Objection(Value):
    """How a record or listing is objected to, with its clocks."""

    within: Span | Unknown | None = Field(
        None, description="how long after the effect one may object; left out: always"
    )
    answered_within: Span | Unknown | None = Field(None, description="time for the answer")
    corrected_within: Span | Unknown | None = Field(None, description="time from a granted objection to the correction")
    review_within: Span | Unknown | None = Field(None, description="time to ask for review of a refusal")
    review_answered_within: Span | Unknown | None = Field(None, description="time for the review's answer")
    reviewer: Text | None = Field(None, description="who reviews")
    stays: bool | Unknown = Field(description="whether the listing is lifted while the objection is open")
    cite: Cite = Field(description="where it comes from")


class ListExit(Value):
    """How a subject leaves a list."""

    when_condition_ends: bool = Field(False, description="as soon as the condition of entry no longer holds")
    after: Span | Unknown | None = Field(None, description="term from entry; unknown lasts to the end and is flagged")
    on: tuple[Identifier, ...] = Field((), description="procedures that end it, such as pass-test, perform or repair")
    not_before: Span | None = Field(None, description="time on the list before a procedure can end it")
    removed_within: Span | None = Field(None, description="time from the end of term, or the decision, to the removal")


class ListRule(Value):
    """A list that subjects come on and leave."""

    id: Identifier = Field(description="id of the list")
    label: Text = Field(description="the list in words")
    colour: Literal["black", "red", "grey"] = Field(description="black: burdens; red: honours; grey: neither")
    label_zh: Text | None = Field(None, description="its Chinese name, where a source gives it")
    authority: Text | None = Field(None, description="who keeps it")
    entry: ListEntry = Field(default_factory=ListEntry, description="condition of entry, where no clause enters it")
    decided_within: Span | Unknown | None = Field(
        None, description="time from the ground's record to the decision to list"
    )
    grace: Grace | None = Field(None, description="months of grace between decision and listing")
    leaves: ListExit = Field(description="how one leaves it")
    objection: Objection | None = Field(None, description="how a listing is objected to")
    notified: tuple[Text, ...] = Field((), description="who is told of a listing")
    retention: Text | None = Field(None, description="what is kept after the removal, and for how long")
    cite: Cite = Field(description="where it comes from")
    note: Text | None = Field(None, description="what a reader should know")


class When(Value):
    """What puts a measure in force: grades or lists, or the clauses that carry it along."""

    grades: tuple[Identifier, ...] = Field((), description="in force in one of these grades")
    lists: tuple[Identifier, ...] = Field((), description="in force on one of these lists")
    clauses: tuple[Identifier, ...] = Field((), description="comes with these clauses, on the day, without lasting")


class Measure(Value):
    """What follows for the subject: a burden or an advantage."""

    id: Identifier = Field(description="id of the measure")
    label: Text = Field(description="the measure in words")
    label_zh: Text | None = Field(None, description="its Chinese name, where a source gives it")
    kind: Literal["restrict", "reward", "note"] = Field(
        description="a burden, an advantage, or what the record says about measures without being one"
    )
    gate: Identifier | None = Field(
        None, description="what it opens or closes, a gate of gates.yaml in the data of Glasstown"
    )
    enforcer: Text | None = Field(None, description="who applies it, where named")
    basis: Text | None = Field(None, description="legal basis, as the record names it")
    force: Literal["bar", "restrict", "manage", "reference", "voluntary"] | None = Field(
        None, description="how strongly it binds: bars, restricts, closer control, to be weighed, encouraged"
    )
    severity: int | None = Field(None, ge=0, le=5, description="0 to 5, our own ordering of burdens; note says why")
    spills_to: tuple[
        Literal[
            "legal-representative", "principal", "actual-controller", "directly-responsible", "director", "supervisor",
            "senior-manager", "key-staff", "household", "child", "spouse", "staff", "partner-firm",
        ],
        ...,
    ] = Field((), description="who else it reaches")  # fmt: skip
    subjects: tuple[Literal["person", "firm", "organisation", "public body"], ...] = Field(
        (), description="kinds of subject it is for; left out: those of the scheme"
    )
    series: Text | None = Field(None, description="group of the scheme's own catalogue of measures that it stands in")
    in_force: Period | None = Field(None, description="days on which it is law, where not those of the scheme")
    when: When | Unknown = Field(description="what puts it in force; 'unknown' is never in force and is flagged")
    cite: Cite = Field(description="where it comes from")
    note: Text | None = Field(None, description="what a reader should know")


class Procedure(Value):
    """A decision that a subject can bring about."""

    id: Literal["pass-test", "repair", "apply", "perform"] = Field(description="name of the event in a case")
    label: Text = Field(description="the procedure in words")
    needs_list: Identifier | None = Field(None, description="open only to those on this list")
    resets_score: bool = Field(False, description="the score returns to the base and earlier records stop counting")
    cite: Cite = Field(description="where it comes from")


class Remark(Value):
    """What the record says of publicity, redress or process, in words."""

    id: Identifier = Field(description="id of the remark")
    text: Text = Field(description="what the record says")
    cite: Cite = Field(description="where it comes from")
    note: Text | None = Field(None, description="what a reader should know")


class Redress(Remark):
    """What the record says of redress, in words, and which rights it speaks of."""

    rights: tuple[
        Literal[
            "notice", "hearing", "reasons", "access", "correction", "objection", "stay", "time-limits", "review", "term",
            "publication", "minors",
        ],
        ...,
    ] = Field((), description="the rights that it speaks of, as `compare-rules --matrix rights` lays them side by side")  # fmt: skip
    denies: bool = Field(False, description="whether it says that there is no such right")

    @property
    def found_nothing(self) -> bool:
        """Return whether it only says that a search found nothing, which is no statement on redress."""
        return not self.rights and self.cite.at.startswith("nothing found")


class Publicity(Remark):
    """What is made public: about whom, what of them, where, how often and how long."""

    when: When | None = Field(None, description="grades, lists or clauses whose subjects are published")
    what: tuple[
        Literal["name", "address", "reason", "points", "grade", "photo", "partial-id", "case", "organisation-code", "nothing"],
        ...,
    ] = Field((), description="what is published of them; `nothing` where the scheme promises confidence")  # fmt: skip
    where: tuple[
        Literal[
            "website", "newspaper", "loudspeaker", "screen", "notice-board", "door-sign", "meeting", "app", "certificate",
            "honour-board", "video", "social-media", "on-request",
        ],
        ...,
    ] = Field((), description="where")  # fmt: skip
    optional: bool = Field(
        False, description="whether the rule only allows it, so that some offices do it and others do not"
    )
    every: Literal["day", "week", "month", "quarter", "half-year", "year"] | None = Field(None, description="how often")
    lasts: Span | Unknown | None = Field(None, description="how long it stays public")
