"""The catalogue: what was done, what it moves and brings, and how clauses stand together."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Literal

from pydantic import Field

from glasstown.language.model_base import Cite, Identifier, Period, Span, Text, Unknown, Value
from glasstown.language.model_score import Cap


class PointsRange(Value):
    """Points that an official chooses inside a range.  One end may be unknown."""

    least: Decimal | Unknown = Field(description="the smaller number, sign included")
    most: Decimal | Unknown = Field(description="the larger number, sign included")


class DatedPoints(Value):
    """The value from a day on, until a day, that day excluded."""

    from_: date | None = Field(None, alias="from", description="first day; left out: from the beginning")
    until: date | None = Field(None, description="first day no longer in force; left out: to the end")
    value: Decimal | Unknown = Field(description="points with sign, or 'unknown'")
    cite: Cite | None = Field(None, description="source, where it differs from the clause's")


class PointsDated(Value):
    """Points that changed over time; on a day that no entry covers the clause is not in force."""

    dated: tuple[DatedPoints, ...] = Field(min_length=1, description="values with their days, earliest first")


class PointsRate(Value):
    """Points for every full `per` of an amount."""

    each: Decimal = Field(description="points for one full portion")
    per: int = Field(ge=1, description="size of a portion, in whole units")
    of: Text = Field(description="the unit of the amount: hour, yuan, time")
    remainder: Literal["drop", "carry"] = Field("drop", description="what becomes of an incomplete portion")


class MoneyRange(Value):
    """A fine that an official chooses inside a range, in whole yuan."""

    least: int = Field(ge=0, description="smallest fine, yuan")
    most: int = Field(ge=0, description="largest fine, yuan")


class Lapse(Value):
    """When the points of a record return."""

    after: Span | Unknown = Field(description="how long points last, counted from the day they take effect")
    cite: Cite | None = Field(None, description="source, where it differs from the clause's")


class AmountBand(Value):
    """The amounts that a clause is about: from a number up to, not including, another."""

    from_: int = Field(0, ge=0, alias="from", description="smallest amount")
    below: int | None = Field(None, ge=1, description="first amount above the band; left out: no upper end")
    of: Text = Field(description="the unit of the amount, as in acts.yaml")


class Override(Value):
    """A grade set by a clause, whatever the number."""

    grade: Identifier = Field(description="the grade that it sets")
    holds: Literal["no_better", "exactly", "no_worse"] = Field(
        description="no_better: a ceiling; exactly: in place of the score's grade; no_worse: a floor"
    )
    until: Span | Unknown | Literal["cycle-end", "state-ends"] = Field(
        description="how long it holds: a length of time, the rating cycle, or the recorded state; unknown is flagged"
    )
    on_application: bool = Field(False, description="takes effect only at an `apply` event that names the record")


class Lock(Value):
    """A hold on the score while a finding is valid.  At least one of `at_most` and `freezes`."""

    at_most: Decimal | None = Field(None, description="the score shown is no higher than this while it holds")
    freezes: Literal["rewards", "all"] | None = Field(
        None, description="records that give, or all, move nothing meanwhile"
    )
    until: Span | Unknown | Literal["cycle-end", "state-ends"] = Field(
        description="how long it holds, as for an override"
    )
    cite: Cite | None = Field(None, description="source, where it differs from the clause's")


class Proof(Value):
    """What a record needs to count."""

    kind: Literal[
        "photo", "certificate", "households-heard", "council-vote", "notice", "penalty-or-judgment", "public-notice"
    ] = Field(description="kind of proof")
    at_least: int = Field(1, ge=1, description="how many")
    cite: Cite | None = Field(None, description="source, where it differs from its owner's")


class Exclusion(Value):
    """A circumstance that keeps a clause from applying; a case names it under `unless`."""

    id: Identifier = Field(description="id of the circumstance")
    label: Text = Field(description="the circumstance in words")
    in_force: Period | None = Field(None, description="days on which the exclusion is law")
    cite: Cite = Field(description="where it comes from")


class ReachedBy(Value):
    """That a clause's records follow from another subject's record."""

    clause: Identifier = Field(description="the other subject's clause")
    through: Literal["household", "representative", "firm", "group"] = Field(
        description="who the other subject is: a member of the same household, the firm's legal representative, "
        "a firm that the person represents, a member of the same village or group"
    )


class Repeats(Value):
    """A change that comes again while a state lasts."""

    every: Literal["month"] = Field(description="on the start's day of the month, while the day lies before the end")


class Rectified(Value):
    """A share of a record's points that comes back when its matter is put right by a day; either `within` or `until`."""

    within: Span | None = Field(None, description="how long after the counting day, that day included")
    until: Literal["year-end", "next-year-end"] | None = Field(
        None, description="or until the end of the counting day's year, or of the year after"
    )
    returns: Decimal = Field(gt=0, le=1, description="share of the points that stand; parts of a quantum drop")
    cite: Cite | None = Field(None, description="source, where it differs from the clause's")


class Extension(Value):
    """A longer term that an official may choose for one record, in months."""

    least: int = Field(ge=1, description="fewest months added")
    most: int = Field(ge=1, description="most months added")
    when: Text = Field(description="what it is for")
    cite: Cite | None = Field(None, description="source, where it differs from its owner's")


class Enters(Value):
    """Entry on a list by a clause."""

    list: Identifier = Field(description="id of the list")
    term: Span | Unknown | Literal["none", "as-list"] = Field(
        "as-list", description="term of this ground: as the list says, none, unknown, or its own"
    )
    extension: Extension | None = Field(None, description="how much an official may add to the term")


class AppliesTo(Value):
    """Whom a clause is about."""

    kind: Literal["person", "firm", "household", "organisation", "public body"] = Field(
        "person", description="kind of subject; a town has persons and firms, the others live in cases"
    )
    role: Identifier | None = Field(None, description="only those who have this role, as named in acts.yaml")


class Requires(Value):
    """What must hold on the day for a clause to apply."""

    clean: Span = Field(description="no deducting record in this window before the day")


class Clause(Value):
    """One item of the catalogue: what was done, and what follows."""

    id: Identifier = Field(description="id of the clause, as in the record")
    label: Text = Field(description="the conduct in words")
    label_zh: Text | None = Field(None, description="the conduct in Chinese, where a source gives it")
    act: Identifier | None = Field(None, description="the act of acts.yaml that it answers to")
    exception_to: Identifier | None = Field(None, description="the more general clause that it takes the place of")
    applies_to: AppliesTo = Field(default_factory=AppliesTo, description="whom it is about")
    direction: Literal["deduct", "reward"] = Field(description="whether it takes or gives")
    in_force: Period | None = Field(None, description="days on which the clause is law, where not those of the scheme")
    amount: AmountBand | None = Field(
        None, description="amounts that the clause is about; others have clauses of their own"
    )
    status: bool = Field(
        False, description="true where it is about what somebody is, not does; counts from the first day"
    )
    reached_by: ReachedBy | None = Field(None, description="given where its records follow from another subject's")
    part: Identifier | None = Field(None, description="sub-account of the score that it moves")
    points: Decimal | Unknown | PointsRange | PointsRate | PointsDated | None = Field(
        None,
        description="points with sign; 'unknown'; a range; a rate; values by date; left out where the effect is not a number",
    )
    if_unknown: PointsRange | None = Field(
        None, description="bounds for `--unknown low|high`, with their basis in note"
    )
    fine: int | Unknown | MoneyRange | None = Field(None, description="fine in yuan, alongside the points")
    group: Identifier | None = Field(None, description="group whose caps it shares")
    caps: tuple[Cap, ...] = Field((), description="caps of this clause alone")
    starts_after: Span | None = Field(None, description="days or months between the record and its effect")
    counts_from: Literal["record", "act"] = Field(
        "record", description="the day that windows, caps and lapses run from"
    )
    lapse: Lapse | None = Field(None, description="when the points return; left out where the scheme states nothing")
    rectified: tuple[Rectified, ...] = Field(
        (), description="points that come back by how soon the matter is put right; the first that is in time counts"
    )
    repeats: Repeats | None = Field(None, description="comes again while the state lasts")
    override: Override | None = Field(None, description="grade that it sets")
    lock: Lock | None = Field(None, description="hold on the score that it brings")
    carries_over: bool = Field(False, description="taken again in the next rating cycle unless rectified by then")
    proof: tuple[Proof, ...] = Field((), description="what a record needs to count")
    unless: tuple[Exclusion, ...] = Field((), description="circumstances in which it does not apply")
    enters: Enters | None = Field(None, description="list that it puts the subject on")
    requires: Requires | None = Field(None, description="condition on the day")
    category: Text | None = Field(None, description="part of the scheme's own catalogue that it stands in")
    agency: Text | None = Field(None, description="who records it, where named")
    effect: Text | None = Field(None, description="effect in words, where it is not only a number")
    cite: Cite = Field(description="where the clause comes from")
    note: Text | None = Field(None, description="what a reader should know")


class Group(Value):
    """Clauses that share caps."""

    id: Identifier = Field(description="id of the group")
    label: Text = Field(description="the group in words")
    caps: tuple[Cap, ...] = Field(description="caps over all of its clauses together")
    cite: Cite = Field(description="where it comes from")


class Ladder(Value):
    """Clauses that take turns as the same conduct is recorded again inside a window."""

    id: Identifier = Field(description="id of the ladder")
    label: Text = Field(description="the ladder in words")
    steps: tuple[Identifier, ...] = Field(min_length=2, description="clauses in order; the last one stays")
    window: Span = Field(description="how far back earlier records count")
    cite: Cite = Field(description="where it comes from")


class Campaign(Value):
    """A stretch of days on which some clauses count for more, or less."""

    id: Identifier = Field(description="id of the campaign")
    label: Text = Field(description="the campaign in words")
    in_force: Period = Field(description="its days")
    clauses: tuple[Identifier, ...] = Field((), description="clauses that it is about")
    groups: tuple[Identifier, ...] = Field((), description="groups whose clauses it is about")
    times: Decimal = Field(ge=0, description="what their points are multiplied by; parts of a quantum drop")
    cite: Cite = Field(description="where it comes from")
