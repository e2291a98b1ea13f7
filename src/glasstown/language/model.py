"""The rulebook as a frozen value: every clause, number, list and measure with its source.

A rulebook is read by `load.py`, examined by `check.py`, told by the interpreter and compiled for the engine.
Nothing here calculates; a field's description is what an editor shows when the pointer rests on it.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Literal

from pydantic import Field

from glasstown.language.model_base import (
    Cite,
    Figure,
    Identifier,
    MonthDay,
    Period,
    Section,
    Source,
    Span,
    Text,
    Unknown,
    Value,
    Version,
)
from glasstown.language.model_clause import (
    AmountBand,
    AppliesTo,
    Campaign,
    Clause,
    DatedPoints,
    Enters,
    Exclusion,
    Extension,
    Group,
    Ladder,
    Lapse,
    Lock,
    MoneyRange,
    Override,
    PointsDated,
    PointsRange,
    PointsRate,
    Proof,
    ReachedBy,
    Rectified,
    Repeats,
    Requires,
)
from glasstown.language.model_lists import (
    Grace,
    ListEntry,
    ListExit,
    ListRule,
    Measure,
    Objection,
    Procedure,
    Publicity,
    Redress,
    Remark,
    When,
)
from glasstown.language.model_score import BasePart, BlackBox, Cap, Cycle, Grade, Quota, Score


class Exempt(Value):
    """Whom the scheme leaves out, and shows as left out."""

    label: Text = Field(description="who, in words")
    kind: Literal["person", "firm", "organisation", "public body"] = Field(description="kind of subject")
    role: Identifier | None = Field(None, description="role in acts.yaml, where there is one")
    cite: Cite = Field(description="where it comes from")


class Consent(Value):
    """That nobody is scored who has not agreed; records are kept all the same."""

    cite: Cite = Field(description="where it comes from")
    note: Text | None = Field(None, description="what a reader should know")


class Balance(Value):
    """Points as money: a balance apart from the rating, filled by what is earned, emptied by what is spent."""

    unit: Text = Field(description="what one unit is called")
    cite: Cite = Field(description="where it comes from")
    note: Text | None = Field(None, description="what it buys")


class WorkingDays(Value):
    """Which days are working days."""

    weekend: tuple[Literal["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"], ...] = Field(
        ("Sat", "Sun"), description="days of the week without work"
    )
    holidays: tuple[date, ...] = Field((), description="further days without work")
    cite: Cite = Field(description="where it comes from")
    note: Text | None = Field(None, description="what is left out")


class GradesPublished(Value):
    """That grades stand as they are published: found on one day of the year, in force from another until the next."""

    assessed: MonthDay = Field(description="last day of a month (MM-DD) on whose closing state the grade is found")
    from_: MonthDay = Field(alias="from", description="day (MM-DD) from which it stands")
    cite: Cite = Field(description="where it comes from")
    note: Text | None = Field(None, description="what a reader should know")


class Observation(Value):
    """A published figure about the scheme, to compare with."""

    id: Identifier = Field(description="id of the figure")
    label: Text = Field(description="what was counted")
    value: Decimal | Unknown | tuple[Decimal, ...] = Field(description="the figure or figures")
    unit: Text = Field(description="unit as published")
    year: int | None = Field(None, description="year the figure is for")
    cite: Cite = Field(description="where it comes from")
    note: Text | None = Field(None, description="what a reader should know")


class Subject(Value):
    """Whom the scheme scores."""

    kind: Literal["person", "firm", "household", "organisation", "public body"] = Field(description="kind of subject")
    label: Text = Field(description="as the scheme says it")
    min_age: int | None = Field(None, ge=0, le=120, description="youngest age scored, in years")
    role: Identifier | None = Field(None, description="only those who have this role")
    cite: Cite = Field(description="where it comes from")


class Setting(Value):
    """One change that a variant makes: a path such as grades/A/from, and the value there."""

    path: Text = Field(description="keys and ids, separated by '/'")
    value: Decimal | str | bool = Field(description="the value in this reading")


class Variant(Value):
    """A named reading of what the sources leave open."""

    id: Identifier = Field(description="id of the variant; written after '@'")
    label: Text = Field(description="the reading in words")
    settings: tuple[Setting, ...] = Field(min_length=1, description="what it changes")
    cite: Cite = Field(description="where the reading comes from")


class Place(Value):
    """Where the scheme is in force."""

    name: Text = Field(description="place, from small to large")
    level: Text = Field(description="village, county, county-level city, province, ...")


class InForce(Value):
    """When the scheme is in force: from a day on, until a day, that day excluded."""

    from_: date = Field(alias="from", description="first day")
    until: date | Unknown | None = Field(description="first day no longer in force; null: still in force; or 'unknown'")
    cite: Cite = Field(description="where the dates come from")
    note: Text | None = Field(None, description="how exact the dates are")


class Sections(Value):
    """How far each section of the scheme's text was read."""

    catalogue: Section = Field(description="the list of conduct and points")
    grades: Section = Field(description="grades and thresholds")
    measures: Section = Field(description="what follows from grades and lists")
    lapse: Section = Field(description="how long points last")
    publicity: Section = Field(description="what is made public")
    redress: Section = Field(description="objection, correction, repair, appeal")


class Inherited(Value):
    """Something that an add-on has from the rulebook beneath it."""

    what: Text = Field(description="a key of rules.yaml, or KEY/ID for one entry")
    from_: Identifier = Field(alias="from", description="id of the rulebook that says it")


class Rulebook(Value):
    """One scheme, whole."""

    glasstown: Version = Field(description="version of the language")
    id: Identifier = Field(description="id of the rulebook, the name of its folder")
    title: Text = Field(description="name of the scheme")
    title_zh: Text | None = Field(None, description="its name in Chinese, where a source gives it")
    place: Place = Field(description="where")
    issuer: Text = Field(description="who issued it")
    document: Text = Field(description="the text or texts it rests on")
    status: Literal["transcribed", "reconstructed", "invented", "draft"] = Field(
        description="copied item by item from its text, put together from reports, made up, or a draft that is in force nowhere"
    )
    in_force: InForce = Field(description="when")
    documented: Text = Field(description="how well documented, in a few words")
    takes_part: Literal["compulsory", "voluntary", "compulsory in practice", "with the licence", "unknown"] = Field(
        description="whether taking part is a choice; 'unknown' where no source says: everybody covered is scored"
    )
    self_limits: tuple[Literal["rewards-only", "persons-only", "everyday-life-only"], ...] = Field(
        (), description="limits that the scheme sets itself; the first two are checked"
    )
    sections: Sections = Field(description="how far each section was read")
    subjects: tuple[Subject, ...] = Field(min_length=1, description="whom it scores")
    exempt: tuple[Exempt, ...] = Field((), description="whom it leaves out")
    consent: Consent | None = Field(None, description="given where only those are scored who agree")
    score: Score = Field(description="the number it keeps")
    balance: Balance | None = Field(None, description="points as money, apart from the rating")
    grades: tuple[Grade, ...] = Field((), description="grades, best first")
    grades_published: GradesPublished | None = Field(
        None, description="given where measures, lists and gates go by a grade that is published once a year"
    )
    groups: tuple[Group, ...] = Field((), description="clauses that share caps")
    clauses: tuple[Clause, ...] = Field((), description="the catalogue; empty where no item of it is on record")
    campaigns: tuple[Campaign, ...] = Field((), description="days on which clauses count for more or less")
    ladders: tuple[Ladder, ...] = Field((), description="escalation by repetition")
    same_day: Literal["by-clause", "as-recorded"] = Field(
        "by-clause",
        description="order of records that take effect on one day: of their clauses, or in which they were written down",
    )
    lists: tuple[ListRule, ...] = Field((), description="lists")
    measures: tuple[Measure, ...] = Field((), description="sanctions and rewards")
    procedures: tuple[Procedure, ...] = Field((), description="decisions that a subject can bring about")
    objection: Objection | None = Field(None, description="how a record is objected to")
    proof: tuple[Proof, ...] = Field((), description="what every record needs to count")
    working_days: WorkingDays | None = Field(None, description="which days are working days; needed by `working_days`")
    publicity: tuple[Publicity, ...] = Field((), description="what is made public")
    redress: tuple[Redress, ...] = Field((), description="what the record says of redress")
    process: tuple[Remark, ...] = Field((), description="who records, how it is worked out")
    observations: tuple[Observation, ...] = Field((), description="published figures")
    open_questions: tuple[Text, ...] = Field((), description="what the sources leave open")
    variants: tuple[Variant, ...] = Field((), description="named readings")
    default_variant: Identifier | None = Field(None, description="the reading that runs where none is named")
    sources: tuple[Source, ...] = Field((), description="from sources.yaml")
    variant: Identifier | None = Field(None, description="the reading that this value is; set by the loader")
    extends: Text | None = Field(
        None, description="the rulebook that this one lies over: ID, ID@READING, or a path from this file's folder"
    )
    leaves_out: tuple[Text, ...] = Field(
        (), description="what of the rulebook beneath does not hold here: clauses/ID and the like, or a key"
    )
    inherited: tuple[Inherited, ...] = Field((), description="what came from beneath; set by the loader")


__all__ = [
    "AmountBand",
    "AppliesTo",
    "Balance",
    "BasePart",
    "BlackBox",
    "Campaign",
    "Cap",
    "Cite",
    "Clause",
    "Consent",
    "Cycle",
    "DatedPoints",
    "Enters",
    "Exclusion",
    "Exempt",
    "Extension",
    "Figure",
    "Grace",
    "Grade",
    "GradesPublished",
    "Group",
    "Identifier",
    "InForce",
    "Inherited",
    "Ladder",
    "Lapse",
    "ListEntry",
    "ListExit",
    "ListRule",
    "Lock",
    "Measure",
    "MoneyRange",
    "MonthDay",
    "Objection",
    "Observation",
    "Override",
    "Period",
    "Place",
    "PointsDated",
    "PointsRange",
    "PointsRate",
    "Procedure",
    "Proof",
    "Publicity",
    "Quota",
    "ReachedBy",
    "Rectified",
    "Redress",
    "Remark",
    "Repeats",
    "Requires",
    "Rulebook",
    "Score",
    "Section",
    "Sections",
    "Setting",
    "Source",
    "Span",
    "Subject",
    "Text",
    "Unknown",
    "Value",
    "Variant",
    "Version",
    "When",
    "WorkingDays",
]
