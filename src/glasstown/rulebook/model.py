"""The rulebook as a frozen value: every clause, number, list and measure with its source.

A rulebook is read by `load.py`, examined by `check.py`, told by the interpreter and compiled for the engine.
Nothing here calculates; a field's description is what an editor shows when the pointer rests on it.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from glasstown.types import Evidence, ReadState, Seen

Identifier: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9+._-]*$")]
Text: TypeAlias = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
Unknown: TypeAlias = Literal["unknown"]
MonthDay: TypeAlias = Annotated[str, StringConstraints(pattern=r"^\d\d-\d\d$")]


class Value(BaseModel):
    """Base of every part of a rulebook: frozen, and no key that the language does not have."""

    # Validators are built at first use: a command that reads one kind of file does not pay for all of them.
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, defer_build=True)


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
    title: Text = Field(description="title of the work")
    author: Text | None = Field(None, description="author, where one is named")
    publisher: Text = Field(description="who published it; 'none' where there is no text")
    year: int | None = Field(None, description="year of publication, where known")
    kind: Literal["official", "press", "scholar", "weak", "article", "own"] = Field(
        description="official text, press, scholarship, weak web source, the article the project began with, or our own"
    )
    url: Text | None = Field(None, description="address as cited, where known")
    note: Text | None = Field(None, description="how much of it could be read")


class Span(Value):
    """A length of time: exactly one of its keys.  Months are added by clamping to the month's end."""

    days: int | None = Field(None, ge=0, description="calendar days")
    working_days: int | None = Field(None, ge=0, description="working days, by the rulebook's `working_days`")
    months: int | None = Field(None, ge=0, description="calendar months")
    years: int | None = Field(None, ge=0, description="calendar years")


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


class BasePart(Value):
    """A sub-account of the base."""

    id: Identifier = Field(description="id of the part")
    label: Text = Field(description="the part in words")
    value: Decimal = Field(description="points of the base that belong to it")
    lowest: Decimal | None = Field(None, description="lower bound of the part, where the scheme gives one")
    highest: Decimal | None = Field(None, description="upper bound of the part, where the scheme gives one")
    cite: Cite = Field(description="where the number comes from")


class Cap(Value):
    """A limit on how much a clause, a group of clauses or everything together may give or take in a period."""

    times: int | None = Field(None, ge=1, description="how many records count; further ones are dropped")
    points: Decimal | None = Field(None, gt=0, description="how many points count; the record that reaches it is cut")
    per: Literal["day", "week", "month", "year", "life"] | Span = Field(
        description="a calendar period, the whole life, or a rolling window such as {days: 30}"
    )
    of: Literal["any", "rewards", "deductions"] = Field("any", description="which changes the cap is about")
    cite: Cite | None = Field(None, description="source, where it differs from its owner's")


class Cycle(Value):
    """A rating cycle: on its first day the score returns to the base and records stop counting."""

    starts: tuple[MonthDay, ...] = Field(min_length=1, description="first days of a cycle, MM-DD")
    cite: Cite = Field(description="where it comes from")
    note: Text | None = Field(None, description="what a reader should know")


class BlackBox(Value):
    """A score made by a function that nobody has published: shown, never guessed."""

    label: Text = Field(description="what is known of the function")
    inputs: tuple[Text, ...] = Field((), description="heads or inputs that are named")
    cite: Cite = Field(description="where it comes from")


class Score(Value):
    """The number that the scheme keeps."""

    kept: bool = Field(True, description="false where the scheme keeps no number, but lists or grades alone")
    unit: Text = Field("point", description="what one unit is called")
    quantum: Decimal = Field(gt=0, description="the smallest step: 1, or 0.5 for half points")
    base: Figure = Field(description="where everyone starts")
    parts: tuple[BasePart, ...] = Field((), description="sub-accounts that sum to the base")
    lowest: Figure = Field(description="lower bound; 'unknown' where the record has none")
    highest: Figure = Field(description="upper bound; 'unknown' where the record has none")
    beyond_bounds: Literal["saturate", "latent"] = Field(
        "saturate", description="whether what lies beyond a bound is lost or kept out of sight"
    )
    caps: tuple[Cap, ...] = Field((), description="caps over all clauses together")
    cycle: Cycle | None = Field(None, description="rating cycle, where scores begin anew")
    black_box: BlackBox | None = Field(None, description="given where an unpublished function makes the score")


class Quota(Value):
    """A grade for a share of the town, by the rank of closing scores on assessed days."""

    share: Decimal | Unknown = Field(
        description="share of the pool that the grade is for, beside that of better grades"
    )
    among_from: Decimal | None = Field(None, description="only scores from here on are in the pool")
    assessed: tuple[MonthDay, ...] = Field(
        min_length=1, description="days (MM-DD) on whose closing scores it is worked out"
    )
    ties: Literal["in", "out"] = Field("out", description="whether all who tie at the edge are in, or none of them")


class Grade(Value):
    """One grade: the scores from `from` up to, not including, `below`."""

    id: Identifier = Field(description="name of the grade, as the scheme writes it")
    label: Text = Field(description="its meaning in words")
    of: Literal["subject", "household"] = Field("subject", description="whose score it grades")
    label_zh: Text | None = Field(None, description="its Chinese name, where a source gives it")
    from_: Decimal | Literal["lowest", "unknown", "quota"] = Field(
        alias="from", description="lowest score of the grade, 'lowest' for no lower end, 'unknown', or 'quota'"
    )
    below: Decimal | Literal["top", "unknown"] = Field(
        description="first score above the grade, 'top' for no upper end, or 'unknown'"
    )
    quota: Quota | None = Field(None, description="share of the town that it is for; with `from: quota`")
    cite: Cite = Field(description="where it comes from")


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
        description="the tie: member of the same household, legal representative, the person's firm, a village or group"
    )


class Repeats(Value):
    """A change that comes again while a state lasts."""

    every: Literal["month"] = Field(description="on the start's day of the month, while the day lies before the end")


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
    gate: Identifier | None = Field(None, description="what it opens or closes, a gate of data/gates.yaml")
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
    every: Literal["day", "week", "month", "quarter", "half-year", "year"] | None = Field(None, description="how often")
    lasts: Span | Unknown | None = Field(None, description="how long it stays public")


class Exempt(Value):
    """Whom the scheme leaves out, and shows as left out."""

    label: Text = Field(description="who, in words")
    kind: Literal["person", "firm", "organisation", "public body"] = Field(description="kind of subject")
    role: Identifier | None = Field(None, description="role in acts.yaml, where there is one")
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

    glasstown: Literal[1] = Field(description="version of the language")
    id: Identifier = Field(description="id of the rulebook, the name of its folder")
    title: Text = Field(description="name of the scheme")
    title_zh: Text | None = Field(None, description="its name in Chinese, where a source gives it")
    place: Place = Field(description="where")
    issuer: Text = Field(description="who issued it")
    document: Text = Field(description="the text or texts it rests on")
    status: Literal["transcribed", "reconstructed", "invented"] = Field(
        description="copied item by item from its text, put together from reports, or made up"
    )
    in_force: InForce = Field(description="when")
    documented: Text = Field(description="how well documented, in a few words")
    takes_part: Literal["compulsory", "voluntary", "compulsory in practice", "with the licence"] = Field(
        description="whether taking part is a choice"
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
    groups: tuple[Group, ...] = Field((), description="clauses that share caps")
    clauses: tuple[Clause, ...] = Field((), description="the catalogue; empty where no item of it is on record")
    campaigns: tuple[Campaign, ...] = Field((), description="days on which clauses count for more or less")
    ladders: tuple[Ladder, ...] = Field((), description="escalation by repetition")
    lists: tuple[ListRule, ...] = Field((), description="lists")
    measures: tuple[Measure, ...] = Field((), description="sanctions and rewards")
    procedures: tuple[Procedure, ...] = Field((), description="decisions that a subject can bring about")
    objection: Objection | None = Field(None, description="how a record is objected to")
    proof: tuple[Proof, ...] = Field((), description="what every record needs to count")
    working_days: WorkingDays | None = Field(None, description="which days are working days; needed by `working_days`")
    publicity: tuple[Publicity, ...] = Field((), description="what is made public")
    redress: tuple[Remark, ...] = Field((), description="what the record says of redress")
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
