"""The number that a scheme keeps, and its grades."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from pydantic import Field

from glasstown.language.model_base import Cite, Figure, Identifier, MonthDay, Span, Text, Unknown, Value


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
    lowest: Figure = Field(
        description="lower bound, with its source; its `value` is 'unknown' where the record has none"
    )
    highest: Figure = Field(
        description="upper bound, with its source; its `value` is 'unknown' where the record has none"
    )
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
    ties: Literal["in", "out", "lot"] = Field(
        "out", description="whether all who tie at the edge are in, none of them, or as many as a lot for life lets in"
    )


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
