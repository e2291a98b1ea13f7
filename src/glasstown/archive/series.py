"""A list as it was published over the years: entries, exits, stock and who performed, each figure with its source.

One file of `data/series/` a list.  What nobody published is said to be unknown; a second reading of one figure has a name.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import cache
from typing import Literal, TypeAlias

from pydantic import Field

from glasstown.archive.history import load_sources
from glasstown.errors import Fault, RulebookError
from glasstown.language.acts import Basis
from glasstown.language.files import Read, read_with_places
from glasstown.language.model import Cite, Identifier, Source, Text, Value, Version
from glasstown.language.texts import no_such
from glasstown.paths import data_folder

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
        """Return a count by spans of days that follow each other: cumulative figures become what lies between two of them."""
        told = sorted(
            (each for each in self.figures if each.of == what and each.until is not None and each.reading == reading),
            key=lambda each: (each.from_, each.until),
        )
        spans, before = [], None
        for each in told:
            if before is not None and before.from_ == each.from_:
                spans.append(
                    each.model_copy(update={"from_": before.until, "millions": each.millions - before.millions})
                )
            else:
                spans.append(each)
            before = each
        return tuple(spans)


@cache
def load_series(name: str) -> Series:
    """Return a list as it was published; RulebookError with every fault, UsageError where there is none of the name."""
    folder = data_folder() / "series"
    known = sorted(path.stem for path in folder.glob("*.yaml"))
    if name not in known:
        raise no_such("series", name, known)
    return checked_series(read_with_places(folder / f"{name}.yaml", Series))


def checked_series(read: Read[Series]) -> Series:
    """Return a series whose meaning holds; RulebookError with what does not."""
    series, faults = read.value, []
    known = {each.key for each in series.sources} | load_sources().keys()
    for number, figure in enumerate(series.figures):
        place = read.where.at("figures", number)
        is_stock = figure.on is not None and figure.from_ is None and figure.until is None
        is_flow = figure.on is None and figure.from_ is not None and figure.until is not None
        if not (is_stock if figure.of == "stock" else is_flow and figure.from_ < figure.until):  # type: ignore[operator]
            expected = "`on` of a stock, `from` and a later `until` of all else"
            faults.append(Fault(figure.id, place, "other days", expected, "Give the days of the count."))
        if figure.cite.source not in known:
            faults.append(Fault(figure.id, place, f"source '{figure.cite.source}'", "a work of this file or of sources.yaml",
                                "Add the work to `sources`."))  # fmt: skip
        if figure.of not in {each.of for each in series.persons}:
            faults.append(Fault(figure.id, place, f"no share of people in {figure.of}", "one", "Add it to `persons`."))
    ids = [figure.id for figure in series.figures]
    faults += [Fault("figures", read.where.at("figures"), f"'{each}' twice", "each id once", "Rename one.")
               for each in sorted(set(ids)) if ids.count(each) > 1]  # fmt: skip
    for number, share in enumerate(series.persons):
        if not share.low <= share.value <= share.high:
            place, found = read.where.at("persons", number), f"{share.value} outside {share.low} to {share.high}"
            faults.append(Fault("persons", place, found, "a share inside its range", "Mend the range."))
    if faults:
        raise RulebookError(f"series '{series.id}'", faults)
    return series
