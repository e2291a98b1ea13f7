"""The history around the rulebooks: what happened when, which agencies record what, and which areas took part.

Four files of `data/`: timeline, agencies, areas, and the sources that they, the claims, the targets and the series cite.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Literal, TypeVar

from pydantic import Field

from glasstown.errors import Fault, RulebookError, did_you_mean
from glasstown.language.files import Read, read_with_places
from glasstown.language.load import shipped
from glasstown.language.model import Cite, Identifier, Source, Text, Value
from glasstown.language.tree import Keys
from glasstown.paths import data_folder

SOURCES, TIMELINE, AGENCIES, AREAS = "sources.yaml", "timeline.yaml", "agencies.yaml", "areas.yaml"
ValueT = TypeVar("ValueT", bound=Value)

RecordDate = Field(
    pattern=r"^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$", description="a year, a month or a day: as exact as the source"
)


class Event(Value):
    """One entry of the timeline."""

    date: str = RecordDate
    what: Text = Field(description="what happened")
    document: Text | None = Field(None, description="number of the document, where it has one")
    rulebooks: tuple[Identifier, ...] = Field((), description="the rulebooks that it bears on")
    cite: tuple[Cite, ...] = Field(min_length=1, description="sources")


class Share(Value):
    """One agency's records reaching another."""

    with_: Identifier = Field(alias="with", description="the agency that they reach")
    since: str = Field(pattern=r"^([0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?|unknown)$", description="since when")
    cite: Cite = Field(description="source")


class Agency(Value):
    """Who records something, and what may be done with it."""

    id: Identifier = Field(description="short name")
    name: Text = Field(description="the agency")
    records: Text = Field(description="what it records")
    powers: Text = Field(description="what it may do")
    shares: tuple[Share, ...] | Literal["unknown"] = Field(description="with whom it shares what it records")
    rulebooks: tuple[Identifier, ...] = Field((), description="the rulebooks that are its own")
    cite: tuple[Cite, ...] = Field(min_length=1, description="sources")


class Batch(Value):
    """Areas that were chosen together."""

    id: Identifier = Field(description="short name")
    label: Text = Field(description="what they were chosen for")
    date: str = RecordDate
    areas: int = Field(ge=1, description="how many there are, named or not")
    note: Text | None = Field(None, description="what is not known of them")
    cite: tuple[Cite, ...] = Field(min_length=1, description="sources")


class Area(Value):
    """A city, county or district whose name is known."""

    name: Text = Field(description="its name")
    batch: Identifier = Field(description="the batch that it belongs to")
    rulebooks: tuple[Identifier, ...] = Field((), description="local rulebooks on file")


class Sources(Value):
    """data/sources.yaml."""

    sources: tuple[Source, ...] = Field(description="works that the other files of `data/` cite")


class Timeline(Value):
    """data/timeline.yaml."""

    events: tuple[Event, ...] = Field(description="what happened, oldest first")


class Agencies(Value):
    """data/agencies.yaml."""

    agencies: tuple[Agency, ...] = Field(description="the agencies")


class Areas(Value):
    """data/areas.yaml."""

    batches: tuple[Batch, ...] = Field(description="the batches, oldest first")
    areas: tuple[Area, ...] = Field(description="the areas whose names are known")


@cache
def load_sources() -> dict[str, Source]:
    """Return the works that the files of `data/` cite, by key; `RulebookError` where a key is given twice."""
    read = read_with_places(data_folder() / SOURCES, Sources)
    _refuse(SOURCES, repeated(read, "sources", "key", [each.key for each in read.value.sources]))
    return {each.key: each for each in read.value.sources}


@cache
def load_timeline() -> tuple[Event, ...]:
    """Return what happened, oldest first; `RulebookError` with every fault."""
    read = read_with_places(data_folder() / TIMELINE, Timeline)
    faults = []
    for number, (before, event) in enumerate(zip(read.value.events, read.value.events[1:], strict=False), start=1):
        if event.date[: len(before.date)] < before.date[: len(event.date)]:
            place = read.where.at("events", number, "date")
            found = f"{event.date} after {before.date}"
            faults.append(Fault("timeline", place, found, "entries oldest first", "Move the entry up."))
    faults += [fault for n, each in enumerate(read.value.events) for fault in _names(read, ("events", n), each)]
    _refuse(TIMELINE, faults)
    return read.value.events


@cache
def load_agencies() -> tuple[Agency, ...]:
    """Return the agencies; `RulebookError` with every fault."""
    read = read_with_places(data_folder() / AGENCIES, Agencies)
    ids = [each.id for each in read.value.agencies]
    faults = repeated(read, "agencies", "id", ids)
    for n, each in enumerate(read.value.agencies):
        faults += _names(read, ("agencies", n), each)
        for m, share in enumerate(each.shares if each.shares != "unknown" else ()):
            path: Keys = ("agencies", n, "shares", m)
            faults += unknown_names(read, (*path, "with"), [share.with_], ids, "an agency of this file")
            faults += cited(read, (*path, "cite"), (share.cite,))
    _refuse(AGENCIES, faults)
    return read.value.agencies


@cache
def load_areas() -> Areas:
    """Return batches and areas; `RulebookError` with every fault, one of them a batch with more names than areas."""
    read = read_with_places(data_folder() / AREAS, Areas)
    ids = [each.id for each in read.value.batches]
    faults = repeated(read, "batches", "id", ids)
    for n, batch in enumerate(read.value.batches):
        faults += cited(read, ("batches", n, "cite"), batch.cite)
        named = sum(area.batch == batch.id for area in read.value.areas)
        if named > batch.areas:
            place = read.where.at("batches", n, "areas")
            faults.append(Fault(f"batch '{batch.id}'", place, f"{named} names", f"at most {batch.areas}", "Count."))
    for n, area in enumerate(read.value.areas):
        faults += unknown_names(read, ("areas", n, "batch"), [area.batch], ids, "a batch of this file")
        faults += unknown_names(read, ("areas", n, "rulebooks"), area.rulebooks, shipped(), "a shipped rulebook")
    _refuse(AREAS, faults)
    return read.value


def _names(read: Read[ValueT], path: Keys, each: Event | Agency) -> list[Fault]:
    """Return what an entry names that does not exist: rulebooks and sources."""
    unknown = unknown_names(read, (*path, "rulebooks"), each.rulebooks, shipped(), "a shipped rulebook")
    return unknown + cited(read, (*path, "cite"), each.cite)


def cited(read: Read[ValueT], path: Keys, cites: Iterable[Cite]) -> list[Fault]:
    """Return the citations whose source is not in data/sources.yaml."""
    return unknown_names(read, path, [cite.source for cite in cites], tuple(load_sources()), f"a key of {SOURCES}")


def unknown_names(
    read: Read[ValueT], path: Keys, names: Iterable[str], known: Iterable[str], expected: str
) -> list[Fault]:
    """Return a fault for each name that is not known."""
    all_known = tuple(known)
    place = read.where.at(*path)
    return [
        Fault(f"name '{name}'", place, f"'{name}'", expected, did_you_mean(name, all_known))
        for name in names
        if name not in all_known
    ]


def repeated(read: Read[ValueT], part: str, key: str, ids: list[str]) -> list[Fault]:
    """Return a fault for each id that is given again."""
    return [
        Fault(f"'{each}'", read.where.at(part, n, key), "a name that is taken", "each name once", "Rename one of them.")
        for n, each in enumerate(ids)
        if each in ids[:n]
    ]


def _refuse(file: str, faults: list[Fault]) -> None:
    if faults:
        raise RulebookError(file, faults)
