"""The shape of data/unknowns.yaml: numbers of the model that are calibrated, those that are held, how narrow the others are."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from pydantic import Field

from glasstown.language.model import Text, Value, Version

Scale = Literal["even", "log"]


class Held(Value):
    """A number that nobody draws."""

    path: Text = Field(description="a parameter, or a number of acts")
    why: Text = Field(description="why it is no unknown")


class Unknown(Value):
    """A number that is calibrated."""

    path: Text = Field(description="a parameter, or acts/ID/share, urban or rural")
    low: Decimal | None = Field(None, description="low end; left out: the parameter's own")
    high: Decimal | None = Field(None, description="high end; left out: the parameter's own")
    scale: Scale = Field("even", description="even, or on the logarithm")
    why: Text = Field(description="why it is free")


class UnknownFile(Value):
    """data/unknowns.yaml."""

    glasstown_unknowns: Version = Field(description="version of the format")
    nuisance: Decimal = Field(gt=0, le=1, description="part of its range that every other number is drawn from")
    acts_share_times: Decimal = Field(gt=1, description="how far the range of a share of acts goes either way")
    acts_found_times: Decimal = Field(gt=1, description="the same of a chance of being found out")
    held: tuple[Held, ...] = Field((), description="numbers that are not drawn")
    free: tuple[Unknown, ...] = Field(min_length=1, description="numbers that are calibrated")
