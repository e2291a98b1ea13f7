"""The shape of data/targets.yaml: small towns, measures, published figures, and what is told of each."""

from __future__ import annotations

import math
from decimal import Decimal
from typing import Final, Literal, get_args

from pydantic import Field

from glasstown.language.model import Cite, Identifier, Text, Value, Version
from glasstown.types import EntityKind

Use = Literal["train", "hold-out", "context"]
USES: Final[tuple[str, ...]] = get_args(Use)


class SmallTown(Value):
    """A town in which some targets are measured, at its full size."""

    id: Identifier = Field(description="name by which targets mean it")
    rulebooks: tuple[Text, ...] = Field(min_length=1, description="the rulebooks in force, ID or ID@VARIANT")
    people: int = Field(ge=150, description="how many people live there")
    firms: int = Field(0, ge=0, description="how many firms")
    months: int = Field(ge=1, description="months that are lived")
    start: str = Field(pattern=r"^[0-9]{4}-[0-9]{2}$", description="first month")
    why: Text = Field(description="why it is a town of this kind and size")


class Measure(Value):
    """What is counted: a sum of accounts over a window of months, over another sum, times a number."""

    town: Identifier = Field(description="the town in which it is counted")
    of: EntityKind = Field("person", description="people or firms")
    rulebook: Text | None = Field(
        None, description="the rulebook whose accounts are meant; the town's first by default"
    )
    count: tuple[Text, ...] = Field(
        min_length=1, description="ACCOUNT/ITEM, ACCOUNT/* or ACCOUNT/@takes, with `|GROUP`"
    )
    per: tuple[Text, ...] = Field(min_length=1, description="what it is divided by, written alike")
    months: tuple[int, int] = Field(description="first and last month of the window, from 1")
    per_months: tuple[int, int] | None = Field(
        None, description="window of what it is divided by, where that is another"
    )
    times: Decimal = Field(Decimal(1), gt=0, description="what the quotient is multiplied by, for the unit")


class Published(Value):
    """The figure as published, and how it becomes one of the town."""

    number: Decimal = Field(gt=0, description="as published")
    over: Decimal = Field(Decimal(1), gt=0, description="what it is divided by")
    by: tuple[Decimal, ...] = Field((), description="what it is multiplied by")
    why: Text | None = Field(None, description="where those numbers come from")

    @property
    def value(self) -> float:
        """Return the figure in the target's unit."""
        return float(self.number) * math.prod(float(each) for each in self.by) / float(self.over)


class Target(Value):
    """One published figure."""

    id: Identifier = Field(description="short name")
    label: Text = Field(description="what it is, in words")
    group: Identifier = Field(description="what it belongs to; groups and years are held out whole")
    year: str = Field(
        pattern=r"^[0-9]{4}(-[0-9]{2})?(/[0-9]{4})?$", description="the year, month or span of years that it tells of"
    )
    use: Use = Field(description="train, hold-out, or context: told and held to nothing")
    population: Text = Field(description="of whom it is told, and of whom a town counts it")
    unit: Text = Field(description="unit of the value")
    value: Published = Field(description="the figure")
    measure: Measure | None = Field(None, description="how a town counts the same")
    lacking: Text | None = Field(None, description="of context: what a town would have to count")
    sd_obs: Decimal | None = Field(None, gt=0, description="standard deviation of the figure itself, on the logarithm")
    sd_disc: Decimal | None = Field(None, gt=0, description="that of the model's discrepancy, on the logarithm")
    why: Text | None = Field(None, description="the reason of the discrepancy")
    cite: Cite | None = Field(None, description="source")
    miss: Text | None = Field(
        None, description="of a hold-out that the ensemble misses, or of what no setting reaches: the cause"
    )

    @property
    def log(self) -> float:
        """Return what a town's logarithm is compared with."""
        return math.log(self.value.value)

    @property
    def variance(self) -> float:
        """Return the variance of figure and discrepancy together, on the logarithm."""
        return float(self.sd_obs or 0) ** 2 + float(self.sd_disc or 0) ** 2


class TargetFile(Value):
    """data/targets.yaml."""

    glasstown_targets: Version = Field(description="version of the format")
    towns: tuple[SmallTown, ...] = Field(description="the towns in which targets are measured")
    targets: tuple[Target, ...] = Field(description="the figures")
