"""What happened when, who records what, and which areas took part: what `timeline`, `agencies` and `areas` answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from glasstown.answers.base import Answer
from glasstown.archive.history import load_agencies, load_areas, load_sources, load_timeline
from glasstown.errors import did_you_mean
from glasstown.language.load import shipped
from glasstown.render.blocks import Block, Grid, Item, Paragraph
from glasstown.runs.usage import refuse
from glasstown.types import UNKNOWN
from glasstown.wording import count, counted

if TYPE_CHECKING:
    from glasstown.archive.history import Agency, Areas, Event
    from glasstown.language.model import Cite

CARDS = (
    "The local schemes on file are others: 43 of whose rules something was read. An area here without a rulebook is one "
    "of whose rules nothing was read."
)


@dataclass(frozen=True)
class Happened(Answer):
    """Entries of the timeline, oldest first."""

    events: tuple[Event, ...]

    def as_json(self) -> dict[str, Any]:
        """Return one object for each entry."""
        return {"events": [_plain(event) for event in self.events]}

    def columns(self) -> Mapping[str, Sequence[Any]]:
        """Return one row for each entry."""
        return {
            "date": [event.date for event in self.events],
            "what": [event.what for event in self.events],
            "document": [event.document for event in self.events],
            "rulebooks": [", ".join(event.rulebooks) for event in self.events],
            "evidence": [standing(event.cite) for event in self.events],
        }

    def blocks(self) -> list[Block]:
        """Return the entries with their sources, and how many there are."""
        if not self.events:
            return [Paragraph("No entry of the timeline fits.")]
        shown: list[Block] = [each_event(event) for event in self.events]
        return [*shown, Paragraph(f"{counted(len(self.events), 'entry', 'entries')}.")]


@dataclass(frozen=True)
class Recorders(Answer):
    """The agencies on file."""

    agencies: tuple[Agency, ...]

    def as_json(self) -> dict[str, Any]:
        """Return one object for each agency."""
        return {"agencies": [_plain(agency) for agency in self.agencies]}

    def columns(self) -> Mapping[str, Sequence[Any]]:
        """Return one row for each agency."""
        return {
            "id": [agency.id for agency in self.agencies],
            "name": [agency.name for agency in self.agencies],
            "records": [agency.records for agency in self.agencies],
            "powers": [agency.powers for agency in self.agencies],
            "shares": [_shares(agency) for agency in self.agencies],
            "rulebooks": [", ".join(agency.rulebooks) for agency in self.agencies],
        }

    def blocks(self) -> list[Block]:
        """Return the agencies, each with what it records, may do and shares."""
        shown: list[Block] = [each_agency(agency) for agency in self.agencies]
        n_unknown = sum(agency.shares == UNKNOWN for agency in self.agencies)
        open_ = f"; of {count(n_unknown)} it is unknown with whom they share, and since when" if n_unknown else ""
        return [*shown, Paragraph(f"{counted(len(self.agencies), 'agency', 'agencies')}{open_}.")]


@dataclass(frozen=True)
class TookPart(Answer):
    """The pilots and the demonstration areas."""

    areas: Areas

    def as_json(self) -> dict[str, Any]:
        """Return the batches with their areas."""
        return {
            "batches": [
                {**_plain(batch), "named": [_plain(area) for area in self.areas.areas if area.batch == batch.id]}
                for batch in self.areas.batches
            ]
        }

    def columns(self) -> Mapping[str, Sequence[Any]]:
        """Return one row for each area with a known name."""
        return {
            "name": [area.name for area in self.areas.areas],
            "batch": [area.batch for area in self.areas.areas],
            "rulebooks": [", ".join(area.rulebooks) for area in self.areas.areas],
        }

    def blocks(self) -> list[Block]:
        """Return the batches, how many of each have a known name, and the areas of which a rulebook is on file."""
        shown: list[Block] = []
        for batch in self.areas.batches:
            names = [area.name for area in self.areas.areas if area.batch == batch.id]
            lines = [f"{batch.areas} areas, {len(names)} with a known name"]
            lines += [batch.note] if batch.note else []
            lines += [", ".join(names)] if names else []
            shown.append(Item(batch.id, f"{batch.label}, {batch.date}", tuple(lines), quoted(batch.cite)))
        rows = tuple((area.name, area.batch, ", ".join(area.rulebooks)) for area in self.areas.areas if area.rulebooks)
        return [*shown, Grid(("area", "batch", "rulebooks on file"), rows), Paragraph(CARDS, quiet=True)]


def happened(rulebook: str | None, since: str | None, until: str | None) -> Happened:
    """Return the timeline; `since` and `until` are dates as exact as one likes, `until` itself included."""
    if rulebook is not None and rulebook not in shipped():
        refuse("rulebook", f"'{rulebook}'", "a shipped rulebook", did_you_mean(rulebook, shipped()))
    if since is not None and until is not None and since[: len(until)] > until[: len(since)]:
        refuse("until", f"'{until}', before '{since}'", "a date that is not before `since`", "Turn the two round.")
    return Happened(
        tuple(
            event
            for event in load_timeline()
            if (rulebook is None or rulebook in event.rulebooks)
            and (since is None or event.date >= since[: len(event.date)])
            and (until is None or event.date[: len(until)] <= until)
        )
    )


def recorders(asked: Sequence[str]) -> Recorders:
    """Return the agencies of these ids, in the order of the file; all where none is named."""
    known = load_agencies()
    ids = [agency.id for agency in known]
    for name in asked:
        if name not in ids:
            refuse("agency", f"'{name}'", "an agency on file", did_you_mean(name, ids))
    return Recorders(tuple(agency for agency in known if not asked or agency.id in asked))


def took_part() -> TookPart:
    """Return the pilots and the demonstration areas."""
    return TookPart(load_areas())


def bearing_on(rulebook: str) -> dict[str, tuple[Any, ...]]:
    """Return the agencies whose own a rulebook is, and the entries of the timeline that bear on it."""
    return {
        "agencies": tuple(agency for agency in load_agencies() if rulebook in agency.rulebooks),
        "timeline": tuple(event for event in load_timeline() if rulebook in event.rulebooks),
    }


def each_agency(agency: Agency) -> Item:
    """Return an agency as it is shown."""
    rules = [f"rulebooks: {', '.join(agency.rulebooks)}"] if agency.rulebooks else []
    lines = (f"records: {agency.records}", f"may: {agency.powers}", f"shares: {_shares(agency)}", *rules)
    return Item(agency.id, agency.name, lines, quoted(agency.cite))


def each_event(event: Event) -> Item:
    """Return an entry of the timeline as it is shown."""
    rules = [f"rulebooks: {', '.join(event.rulebooks)}"] if event.rulebooks else []
    document = [event.document] if event.document else []
    return Item(event.date, event.what, (*document, *rules), quoted(event.cite))


def quoted(cites: Iterable[Cite]) -> tuple[str, ...]:
    """Return works of data/sources.yaml as they are cited below a statement."""
    known = load_sources()
    works = [(cite.evidence, known[cite.source]) for cite in cites]
    return tuple(f"[{evidence}] {f'{by}: ' if (by := work.by()) else ''}{work.title}" for evidence, work in works)


def standing(cites: Iterable[Cite]) -> str:
    """Return how well a statement is documented: the standing of its first source."""
    return next(cite.evidence for cite in cites)


def _shares(agency: Agency) -> str:
    if agency.shares == UNKNOWN:
        return UNKNOWN
    return "; ".join(f"with {share.with_} since {share.since}" for share in agency.shares)


def _plain(value: Any) -> dict[str, Any]:
    plain: dict[str, Any] = value.model_dump(mode="json", by_alias=True)
    return plain
