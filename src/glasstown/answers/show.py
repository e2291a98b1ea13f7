"""A rulebook in words with its sources: what `show` and `glasstown.rulebook` answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from textwrap import wrap
from typing import TYPE_CHECKING, Any

from glasstown.answers.base import Answer
from glasstown.answers.entries import Entry, entries, source_words
from glasstown.answers.history import bearing_on, each_agency, each_event
from glasstown.errors import Fault, UsageError, did_you_mean
from glasstown.language.days import Holds, holds_on
from glasstown.language.model_base import NO_PUBLISHER
from glasstown.language.notes import DRAFT, status_words
from glasstown.render import law_words as words
from glasstown.render.blocks import Block, Heading, Item, Paragraph
from glasstown.render.clause_words import points
from glasstown.types import UNKNOWN
from glasstown.wording import counted, noun, plain

if TYPE_CHECKING:
    import altair

    from glasstown.language.model import Rulebook, Source

SECTIONS = ("catalogue", "grades", "measures", "lapse", "publicity", "redress")
PARTS = {
    "subjects": "Whom it scores",
    "exempt": "Whom it leaves out",
    "over_all": "Rules over everything",
    "score": "Score",
    "grades": "Grades, best first",
    "clauses": "Clauses",
    "groups": "Clauses that share caps",
    "campaigns": "Campaigns",
    "ladders": "Escalation",
    "lists": "Lists",
    "measures": "Measures",
    "procedures": "Procedures",
    "publicity": "What is made public",
    "redress": "Redress",
    "process": "Process",
    "observations": "Published figures",
    "variants": "Readings",
}
UNREAD_PARTS = {"grades": "grades", "measures": "measures", "publicity": "publicity", "redress": "redress"}


LABEL = 34
"""letters of a line of a label"""


@dataclass(frozen=True)
class Scheme(Answer):
    """A rulebook, or one clause of it, as at a day where one is named."""

    book: Rulebook
    clause: str | None = None
    as_at: date | None = None

    def __post_init__(self) -> None:
        known = [each.id for each in self.book.clauses]
        if self.clause is not None and self.clause not in known:
            fault = Fault(
                f"clause '{self.clause}'",
                None,
                "no such clause",
                f"a clause of {self.book.id}, which has {len(known)}",
                did_you_mean(self.clause, known),
            )
            raise UsageError(f"rulebook {self.book.id}", [fault])

    @property
    def reference(self) -> str:
        """The id as a command takes it: with the reading where one is chosen."""
        return f"{self.book.id}@{self.book.variant}" if self.book.variant else self.book.id

    @property
    def holds(self) -> Holds | None:
        """Whether the scheme is in force on the day asked about; None when no day was asked about."""
        return holds_on(self.book, self.as_at) if self.as_at is not None else None

    def parts(self) -> dict[str, tuple[Entry, ...]]:
        """Return the scheme's parts in the order they are shown; one clause alone where one was asked for."""
        every = entries(self.book, self.as_at)
        if self.clause is None:
            return every
        return {"clauses": tuple(entry for entry in every["clauses"] if entry.id == self.clause)}

    def as_json(self) -> dict[str, Any]:
        """Return the scheme: head, sections as read, parts, open questions, sources."""
        book, force = self.book, self.book.in_force
        until = force.until.isoformat() if isinstance(force.until, date) else force.until
        return {
            "rulebook": book.id,
            "variant": book.variant,
            "title": book.title,
            "title_zh": book.title_zh,
            "place": book.place.name,
            "level": book.place.level,
            "issuer": book.issuer,
            "document": book.document,
            "status": book.status,
            "documented": book.documented,
            "takes_part": book.takes_part,
            "extends": book.extends,
            "leaves_out": list(book.leaves_out),
            "in_force": {"from": force.from_.isoformat(), "until": until, "source": force.cite.source},
            "as_at": self.as_at.isoformat() if self.as_at else None,
            "holds": self.holds,
            "sections": {name: getattr(book.sections, name).model_dump() for name in SECTIONS},
            **{name: [entry.as_json() for entry in part] for name, part in self.parts().items()},
            "open_questions": list(book.open_questions),
            **{
                name: [part.model_dump(mode="json", by_alias=True) for part in found]
                for name, found in bearing_on(book.id).items()
            },
            "sources": [source.model_dump() for source in self._sources()],
        }

    def _sources(self) -> Iterable[Source]:
        if self.clause is None:
            return self.book.sources
        cited = {entry.cite.source for entry in self.parts()["clauses"] if entry.cite}
        return [source for source in self.book.sources if source.key in cited]

    def blocks(self) -> list[Block]:
        """Return the scheme as it is shown to people."""
        shown: list[Block] = [Heading(f"{self.book.title} ({self.reference})", 1)]
        shown += self._force()
        if self.clause is None:
            shown += self._head()
        for name, part in self.parts().items():
            if part:
                count = f" ({len(part)})" if name in ("clauses", "measures") else ""
                shown.append(Heading(f"{PARTS[name]}{count}"))
                shown += [entry.item() for entry in part]
            elif name in UNREAD_PARTS:
                section = getattr(self.book.sections, UNREAD_PARTS[name])
                shown += [
                    Heading(PARTS[name]),
                    Paragraph(words.NO_ENTRY_WORDS[section.read]),
                ]
        if self.clause is None and self.book.open_questions:
            shown.append(Heading("What the sources leave open"))
            shown += [Item("?", question) for question in self.book.open_questions]
        if self.clause is None:
            shown += _around(self.book.id)
        shown.append(Heading("Sources"))
        if self.book.status == "draft":
            shown.append(Paragraph(f"{self.book.document}: {DRAFT}."))
        shown += [_source_item(source) for source in self._sources()]
        return shown

    def _force(self) -> list[Block]:
        force = self.book.in_force
        end = {None: "and still is", UNKNOWN: "; until when is unknown"}.get(force.until, "")  # type: ignore[arg-type]
        if isinstance(force.until, date):
            end = f"until {force.until.isoformat()} (first day no longer)"
        said = f"In force from {force.from_.isoformat()}{'' if end.startswith(';') else ' '}{end}."
        note = f" ({force.note})" if force.note else ""
        shown: list[Block] = [Paragraph(said), Paragraph(source_words(force.cite) + note, quiet=True)]
        if self.as_at is None:
            return shown
        day = self.as_at.isoformat()
        answer = {
            "yes": f"On {day} the scheme is in force.",
            "no": f"On {day} the scheme is not in force: the day lies outside its time. Its text follows all the same.",
            "unknown": f"Whether the scheme is in force on {day} is unknown: the record does not say when it ends.",
        }[self.holds or "unknown"]
        return [*shown, Paragraph(answer)]

    def _head(self) -> list[Block]:
        book = self.book
        head = [
            *([("in Chinese", book.title_zh)] if book.title_zh else []),
            ("place", f"{book.place.name} ({book.place.level})"),
            ("issued by", book.issuer),
            ("rests on", book.document),
            *([("lies over", book.extends)] if book.extends else []),
            *([("leaves out of it", ", ".join(book.leaves_out))] if book.leaves_out else []),
            ("kind of text", f"{status_words(book)}; {book.documented}"),
            ("taking part", words.TAKES_PART_WORDS[book.takes_part]),
            *([("records of one day", words.SAME_DAY_WORDS[book.same_day])] if book.same_day != "by-clause" else []),
        ]
        sections = [(name, getattr(book.sections, name)) for name in SECTIONS]
        return [
            *(Item(name, value) for name, value in head),
            Heading("How far each section of the text was read"),
            *(
                Item(name, words.READ_WORDS[section.read], (), (section.note,) if section.note else ())
                for name, section in sections
            ),
        ]

    def columns(self) -> Mapping[str, Sequence[Any]]:
        """Return the clauses: id, label, direction, points as text, effect in words, evidence, source, locator."""
        chosen = [each for each in self.book.clauses if self.clause in (None, each.id)]
        unit = self.book.score.unit
        return {
            "clause": [each.id for each in chosen],
            "label": [each.label for each in chosen],
            "direction": [each.direction for each in chosen],
            "points": [plain(each.points) if isinstance(each.points, Decimal) else None for each in chosen],
            "effect": [points(each, unit) for each in chosen],
            "evidence": [each.cite.evidence for each in chosen],
            "source": [each.cite.source for each in chosen],
            "at": [each.cite.at for each in chosen],
        }

    def chart(self) -> altair.TopLevelMixin:
        """Return the clauses with a known flat number of points as bars; unknown values are named, not drawn."""
        import altair as alt

        from glasstown.render import charts, style

        flat = [(each, each.points) for each in self.book.clauses if isinstance(each.points, Decimal)]
        n_other = len(self.book.clauses) - len(flat)
        rows = [
            {
                "clause": "\n".join(wrap(f"{each.id} {each.label}", LABEL)),
                "points": float(value),
                "effect": "takes" if each.direction == "deduct" else "gives",
            }
            for each, value in flat
        ]
        title = alt.TitleParams(
            self.reference,
            subtitle=wrap(
                f"{counted(n_other, 'clause')} without one known number {noun(n_other, 'is', 'are')} not drawn", 60
            ),
        )
        there = [each for each in style.EFFECTS if any(row["effect"] == each for row in rows)]
        scale = alt.Scale(domain=there, range=[style.EFFECTS[each] for each in there])
        labels = alt.Axis(labelLimit=0, labelExpr=charts.BROKEN)
        step = alt.Step(14 * max((str(row["clause"]).count("\n") + 1 for row in rows), default=1) + 8)
        chart: altair.Chart = (
            alt.Chart(alt.InlineData(values=rows), title=title, width=240, height=step)
            .mark_bar()
            .encode(
                x=alt.X("points:Q", title=f"{self.book.score.unit}s", axis=alt.Axis(tickCount=5, labelFlush=False)),
                y=alt.Y("clause:N", sort="x", title=None, axis=labels),
                color=alt.Color("effect:N", title=None, scale=scale, legend=alt.Legend(orient="top")),
            )
        )
        finished: altair.Chart = charts.finish(chart)
        return finished


def _around(book: str) -> list[Block]:
    """Return what the timeline and the agencies on file say around a rulebook."""
    found = bearing_on(book)
    shown: list[Block] = []
    if found["agencies"]:
        shown.append(Heading("Who records it"))
        shown += [each_agency(agency) for agency in found["agencies"]]
    if found["timeline"]:
        shown.append(Heading("On the timeline"))
        shown += [each_event(event) for event in found["timeline"]]
    return shown


def _source_item(source: Source) -> Item:
    nobody = "" if source.author else "no publisher"
    publisher = nobody if source.publisher == NO_PUBLISHER else source.publisher
    year = str(source.year) if source.year is not None else "year not given"
    by = f"{source.author}: " if source.author else ""
    quiet = [text for text in (source.original, source.url, source.note) if text]
    printed = ", ".join(part for part in (publisher, year) if part)
    return Item(source.key, f"{by}{source.title}. {printed} [{source.kind}]", (), tuple(quiet))
