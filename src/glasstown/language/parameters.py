"""The model's parameters and a place's aggregates as frozen values, each number with source, standing and range."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from pydantic import Field

from glasstown.language.acts import Basis
from glasstown.language.model import Identifier, Text, Value, Version


class Parameter(Value):
    """One number of the society model."""

    id: Identifier = Field(description="name, such as hazard.c0 or filing.lost")
    label: Text = Field(description="what it means")
    unit: Text = Field(description="unit: acts per person-month, share, lg units, days, ...")
    value: Decimal = Field(description="default")
    low: Decimal = Field(description="low end of the range")
    high: Decimal = Field(description="high end of the range")
    off: bool = Field(False, description="whether a run may set 0, below the range, which switches it off")
    step: Identifier = Field(description="step of the month that uses it, such as S5")
    basis: Basis = Field(description="where the number comes from")


class Parameters(Value):
    """All parameters."""

    glasstown_parameters: Version = Field(description="version of the format")
    parameters: tuple[Parameter, ...] = Field(description="parameters")

    def number(self, parameter_id: str) -> Decimal:
        """Return the value of a parameter; `KeyError` when there is none."""
        for parameter in self.parameters:
            if parameter.id == parameter_id:
                return parameter.value
        raise KeyError(parameter_id)


class Share(Value):
    """One cell of a marginal."""

    id: Identifier = Field(description="id of the cell")
    label: Text = Field(description="the cell in words")
    share: Decimal = Field(ge=0, le=1, description="share of the whole")


class Marginal(Value):
    """A published distribution: its cells sum to one."""

    cells: tuple[Share, ...] = Field(min_length=1, description="cells")
    basis: Basis = Field(description="where it comes from")


class AgeCell(Value):
    """An age band and its share."""

    from_: int = Field(alias="from", ge=0, le=120, description="youngest age, years")
    to: int = Field(ge=0, le=120, description="oldest age, years")
    share: Decimal = Field(ge=0, le=1, description="share of all people")


class AgeMarginal(Value):
    """Age bands that follow each other and sum to one; even inside a band."""

    cells: tuple[AgeCell, ...] = Field(min_length=1, description="bands")
    basis: Basis = Field(description="where it comes from")


class AgeBand(Value):
    """Ages from one to another, both included."""

    from_: int = Field(alias="from", ge=0, le=120, description="youngest age, years")
    to: int = Field(ge=0, le=120, description="oldest age, years")


class DeathCell(AgeBand):
    """An age band and how many of it die in a year."""

    men: Decimal = Field(ge=0, le=1, description="share of men and boys who die in a year")
    women: Decimal = Field(ge=0, le=1, description="share of women and girls who die in a year")


class DeathRates(Value):
    """Chances of dying by age and sex; none at ages that no band names."""

    cells: tuple[DeathCell, ...] = Field(min_length=1, description="bands")
    basis: Basis = Field(description="where it comes from")


class MoveCell(AgeBand):
    """An age band and how many of it leave the place in a year."""

    share: Decimal = Field(ge=0, le=1, description="share of people who move out in a year")


class MoveRates(Value):
    """Chances of moving out by age; none at ages that no band names."""

    cells: tuple[MoveCell, ...] = Field(min_length=1, description="bands")
    basis: Basis = Field(description="where it comes from")


class RoleShare(Value):
    """The share of those who could have a role that do."""

    role: Identifier = Field(description="id of the role in acts.yaml")
    share: Decimal = Field(ge=0, le=1, description="share of those eligible")
    min_age: int = Field(18, ge=0, le=120, description="youngest age, people only")
    max_age: int = Field(120, ge=0, le=120, description="oldest age, people only")
    among: Literal["all", "urban", "rural"] = Field("all", description="who is eligible, people only")
    within: Identifier | None = Field(
        None, description="a role that stands before it in the file: only those who have it are eligible"
    )
    basis: Basis = Field(description="where it comes from")


class SourcedShare(Value):
    """A share or a mean with its source."""

    value: Decimal = Field(ge=0, description="the number")
    basis: Basis = Field(description="where it comes from")


class PlaceFile(Value):
    """The aggregates that a synthetic town is generated from.  There is no row of a person in it."""

    glasstown_place: Version = Field(description="version of the format")
    id: Identifier = Field(description="id of the place")
    label: Text = Field(description="the place in words")
    smallest_cell: int = Field(ge=10, description="smallest number of people that any published cell stands for")
    age: AgeMarginal = Field(description="age")
    deaths: DeathRates | None = Field(None, description="chances of dying; without them nobody dies or grows older")
    moves: MoveRates | None = Field(None, description="chances of moving out; without them nobody moves")
    female: SourcedShare = Field(description="share of women")
    urban: SourcedShare = Field(description="share living in town")
    household_size: Marginal = Field(description="share of households by size; ids 1, 2, 3, ...")
    income_fifth: Marginal = Field(description="mean income of each fifth relative to the mean, shares all 0.2")
    work: Marginal = Field(description="work of those of working age: employed, self-employed, unemployed, inactive")
    registered_urban: SourcedShare = Field(
        description="share of households in town that are registered in town (hukou)"
    )
    registered_rural: SourcedShare = Field(description="the same of households in the countryside")
    debt_urban: SourcedShare = Field(description="share of adults in households that owe, in town")
    debt_rural: SourcedShare = Field(description="the same, in the countryside")
    roles: tuple[RoleShare, ...] = Field(description="roles of people and firms")
    firms_per_person: SourcedShare = Field(description="firms for each person")
    firm_size: Marginal = Field(description="size of firms: micro, small, medium, large")
    firm_sector: Marginal = Field(description="sector of firms")
    firms_per_representative: SourcedShare = Field(description="firms for each legal representative")
