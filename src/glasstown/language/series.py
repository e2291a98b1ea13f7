"""A list as it was published over the years: entries, exits, stock and who performed, each figure with its source.

One file of `data/series/` a list.  What nobody published is said to be unknown; a second reading of one figure has a name.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Literal, TypeAlias

from pydantic import Field

from glasstown.language.acts import Basis
from glasstown.language.model import Cite, Identifier, Source, Text, Value, Version

What: TypeAlias = Literal["entries", "exits", "performed", "stock"]
USUAL = "usual"


class Share(Value):
    """Which part of a published count are people."""

    of: What = Field(description="the count")
    low: Decimal = Field(gt=0, le=1, description="least share that the evidence allows")
    value: Decimal = Field(gt=0, le=1, description="share that is taken")
    high: Decimal = Field(gt=0, le=1, description="most")
    basis: Basis = Field(description="where it comes from")


class Times(Value):
    """How many times one of them is counted in a flow: somebody with two cases comes onto a list twice."""

    low: Decimal = Field(ge=1, description="least that the evidence allows")
    value: Decimal = Field(ge=1, description="number that is taken")
    high: Decimal = Field(ge=1, description="most")
    basis: Basis = Field(description="where it comes from")


class Population(Value):
    """How many people a figure is one of."""

    value: Decimal = Field(gt=0, description="million people")
    basis: Basis = Field(description="where it comes from")


class Figure(Value):
    """One published number: of some days, or of one day."""

    id: Identifier = Field(description="name of the figure")
    of: What = Field(description="what is counted")
    from_: date | None = Field(None, alias="from", description="first day; none for a stock")
    until: date | None = Field(None, description="first day no longer counted; none for a stock")
    on: date | None = Field(None, description="the day of a stock")
    millions: Decimal = Field(gt=0, description="the number, in millions")
    counts: Literal["people", "people and organisations"] = Field(
        "people and organisations", description="who is counted"
    )
    reading: Text = Field(USUAL, description="which of several tellings it is")
    inside: bool = Field(False, description="whether it ends inside a year, between two that end better")
    cite: Cite = Field(description="source")
    note: Text | None = Field(None, description="what a reader should know")


class Gap(Value):
    """Years of which nobody published a count of their own."""

    of: What = Field(description="the count")
    years: tuple[int, ...] = Field(min_length=1, description="the years")
    note: Text | None = Field(None, description="what is told instead")


class Series(Value):
    """One list over the years."""

    glasstown_series: Version = Field(description="version of the format")
    id: Identifier = Field(description="name of the series")
    label: Text = Field(description="the list in words")
    rulebook: Identifier = Field(description="the rulebook of the list")
    list: Identifier = Field(description="the list in it")
    began: date = Field(description="the list's first day")
    population: Population = Field(description="people of the country")
    persons: tuple[Share, ...] = Field(description="the share of people in each count")
    times: Times = Field(description="how many person-times one person is, in entries, exits and performed")
    figures: tuple[Figure, ...] = Field(min_length=1, description="what was published")
    unknown: tuple[Gap, ...] = Field((), description="what was not")
    sources: tuple[Source, ...] = Field((), description="works that no other file of the record cites")

    def share(self, what: What) -> Share:
        """Return the share of people in a count; `KeyError` where there is none."""
        for each in self.persons:
            if each.of == what:
                return each
        raise KeyError(what)

    def people(self, figure: Figure) -> tuple[Decimal, Decimal, Decimal]:
        """Return the least, the taken and the largest number of people, per 1,000 people of the country, in a figure."""
        per_1000, one = 1000 * figure.millions / self.population.value, Decimal(1)
        share = self.share(figure.of)
        shares = (one, one, one) if figure.counts == "people" else (share.low, share.value, share.high)
        times = (one, one, one) if figure.of == "stock" else (self.times.high, self.times.value, self.times.low)
        low, value, high = (per_1000 * part / each for part, each in zip(shares, times, strict=True))
        return low, value, high

    def over(self, what: What, reading: str = USUAL) -> tuple[Figure, ...]:
        """Return a count by spans of days that follow each other: cumulative figures become what lies between two of them.

        Figures that end inside a year are left out.
        """
        told = sorted((each for each in self._flows(what, reading) if not each.inside), key=_days)
        spans: list[Figure] = []
        before: Figure | None = None
        for each in told:
            if before is not None and before.from_ == each.from_:
                more = each.millions - before.millions
                spans.append(each.model_copy(update={"from_": before.until, "millions": more}))
            else:
                spans.append(each)
            before = each
        return tuple(spans)

    def _flows(self, what: What, reading: str) -> Iterator[Figure]:
        return (each for each in self.figures if each.of == what and each.until is not None and each.reading == reading)


def _days(figure: Figure) -> tuple[date, date]:
    """Return the first day of a flow and the first beyond it."""
    return figure.from_ or date.min, figure.until or date.max
