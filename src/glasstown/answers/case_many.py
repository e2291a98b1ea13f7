"""One hypothetical life as several rulebooks tell it: what `case` answers where a set of them is named."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from glasstown.answers.base import Answer
from glasstown.answers.case import HYPOTHETICAL, Told, case_file, tell
from glasstown.archive.extent import keeps_score
from glasstown.errors import UsageError
from glasstown.render.blocks import Block, Grid, Heading, Item, Paragraph
from glasstown.render.case_words import list_labels, moved
from glasstown.render.words import times
from glasstown.wording import count, counted, grouped

if TYPE_CHECKING:
    from glasstown.cases.file import CaseFile, Event
    from glasstown.cases.many import Under
    from glasstown.ledger import Line

COLUMNS: Final = ("rulebook", "date", "clause", "before", "after", "grade", "cap", "lists", "measures", "why", "source")
MOST_MEASURES: Final = 5
"""measures that are told in words under each rulebook"""


@dataclass(frozen=True)
class ToldUnderMany(Answer):
    """A case and what the interpreter answers under each rulebook of a set."""

    typed: CaseFile
    lives: tuple[Under, ...]

    @property
    def told(self) -> tuple[tuple[Under, Told], ...]:
        """The rulebooks that tell the life, each with what it tells."""
        return tuple((each, Told(each.case, each.result)) for each in self.lives if each.case and each.result)

    @property
    def exit_code(self) -> int:
        """1 where the case expects something else under the rulebook that it names."""
        return 1 if any(told.differences for _, told in self.told) else 0

    def lines(self) -> list[tuple[Under, Told, Line]]:
        """Return the ledgers as one, by day; on one day rulebook by rulebook."""
        every = [(each, told, line) for each, told in self.told for line in told.account.ledger]
        return sorted(every, key=lambda found: found[2].day)

    def as_json(self) -> dict[str, Any]:
        """Return closing state and ledger under each rulebook, and all lines as one timeline."""
        by_name = {each.held.reference: told for each, told in self.told}
        ledgers = {name: iter(told.as_json()["ledger"]) for name, told in by_name.items()}
        return {
            "rulebooks": [self._life(each, by_name.get(each.held.reference)) for each in self.lives],
            "timeline": [
                {"under": each.held.reference, **next(ledgers[each.held.reference])} for each, _, _ in self.lines()
            ],
        }

    def _life(self, each: Under, told: Told | None) -> dict[str, Any]:
        left = [{"event": left.event, "why": left.why} for left in each.left]
        closing = {key: value for key, value in told.as_json().items() if key != "ledger"} if told is not None else {}
        return {"under": each.held.reference, "tells_nothing": each.unfit, "left_out": left, **closing}

    def columns(self) -> Mapping[str, Sequence[Any]]:
        """Return all lines of all ledgers, by day; scores are decimal strings."""
        rows = [{**row, "rulebook": row["under"]} for row in self.as_json()["timeline"]]
        return {name: [row[name] for row in rows] for name in COLUMNS}

    def blocks(self) -> list[Block]:
        """Return what was done, day by day what each rulebook made of it, the last state under each, and what was left out."""
        n = counted(len(self.lives), "rulebook")
        shown: list[Block] = [Heading(f"One life under {n}", 1), Paragraph(HYPOTHETICAL, quiet=True)]
        shown += [Heading("Day by day"), *self._days()]
        shown += [Heading("At the end"), *self._ends()]
        shown += list(self._further())
        left = list(self._left())
        return [*shown, Heading("Left out"), *left] if left else shown

    def _days(self) -> Iterator[Block]:
        done: dict[date, list[str]] = {}
        for event in self.typed.events:
            what = _what(event)
            done.setdefault(event.day, []).append(f"{event.id} ({what})" if event.id else what)
        lines = self.lines()
        for day in sorted({*done, *(line.day for _, _, line in lines)}):
            yield Item(day.isoformat(), "; ".join(done.get(day, ["no event: what follows by itself"])))
            for each, told, line in lines:
                if line.day == day:
                    yield Item(
                        f"    {each.held.reference}",
                        moved(line, told.book),
                        (told.reason(line.why),),
                        told.source(line),
                    )
        if not done and not lines:
            yield Paragraph("Nothing happens.", quiet=True)

    def _ends(self) -> Iterator[Block]:
        heads = ("", "day", "score", "grade", "lists", "measures", "fines")
        rows = tuple((each.held.reference, *_closing(told)) for each, told in self.told)
        if rows:
            yield Grid(heads, rows, frozenset({2, 5}))
        for each in self.lives:
            if each.unfit is not None:
                yield Item(each.held.reference, f"tells nothing of this life: {each.unfit}")

    def _further(self) -> Iterator[Block]:
        """Yield the measures in force, what is flagged, and what the case expects otherwise."""
        for each, told in self.told:
            if told.account.measures:
                yield _measures(each.held.reference, told)
            unknown = (f"{name} would have been applied {times(n)}" for name, n in told.account.n_unknown.items())
            for flag in (*(f"flagged: {flag}" for flag in told.flags()), *(f"unknown: {each_}" for each_ in unknown)):
                yield Item(each.held.reference, flag)
            for difference in told.differences:
                yield Item(each.held.reference, f"EXPECTED OTHERWISE: {difference}")

    def _left(self) -> Iterator[Block]:
        """Yield for each rulebook why it leaves out which events."""
        for each in self.lives:
            by_reason: dict[str, list[str]] = {}
            for left in each.left:
                event = self.typed.events[left.place]
                by_reason.setdefault(left.why, []).append(event.id or f"{_what(event)} of {event.day}")
            for why, events in by_reason.items():
                yield Item(each.held.reference, f"{', '.join(events)}: {why}")


def _closing(told: Told) -> tuple[str, ...]:
    """Return the last state: day, score where one is kept, grade, lists, how many measures, fines."""
    account = told.account
    return (
        told.case.life.until.isoformat(),
        grouped(told.score) if keeps_score(told.book) else "–",
        account.grade or "none",
        "; ".join(list_labels(told.book)[each] for each in account.lists) or "none",
        count(len(account.measures)),
        f"{count(account.fines)} yuan" if account.fines else "none",
    )


def _measures(name: str, told: Told) -> Item:
    """Return the measures in force, the first of them in words."""
    labels, held = {each.id: each.label for each in told.book.measures}, told.account.measures
    shown = [f"{each}: {labels[each]}" for each in held[:MOST_MEASURES]]
    rest = len(held) - len(shown)
    more = (f"and {count(rest)} more, which this rulebook alone tells",) if rest else ()
    return Item(name, f"{counted(len(held), 'measure')} in force", (*shown, *more))


def _what(event: Event) -> str:
    """Return what happened, as it was typed: an act, a clause, or the word for a decision."""
    return event.act or event.clause or str(event.event)


def answer(reference: str, file: str | Path, certificate: Path | None = None) -> Told | ToldUnderMany:
    """Return a case as a rulebook tells it, or, where a preset or several with commas are named, as each of them does."""
    from glasstown.archive.library import references_of
    from glasstown.runs.usage import refuse

    references = references_of(reference)
    if len(references) == 1:
        return tell(references[0], file, certificate)
    if certificate is not None:
        refuse(
            "--certificate", f"{len(references)} rulebooks", "one", "Ask for the certificate under one rulebook alone."
        )
    return tell_many(references, file)


def tell_many(references: Sequence[str], file: str | Path) -> ToldUnderMany:
    """Read a case, by path or as a worked case of one of these rulebooks, and tell it under each of them."""
    from glasstown.archive.library import hold
    from glasstown.cases.many import tell_under
    from glasstown.runs.usage import refuse

    again = next((each for each in references if list(references).count(each) > 1), None)
    if again is not None:
        refuse("rulebooks", f"'{again}' twice", "each rulebook once", "Name two readings, such as ID@a,ID@b.")
    books = tuple(hold(each) for each in references)
    return ToldUnderMany(*tell_under(books, _file_of(references, file)))


def _file_of(references: Sequence[str], file: str | Path) -> Path:
    """Return the case file: of the first rulebook beside which a worked case has that name, else a path."""
    for reference in references[:-1]:
        try:
            return case_file(reference, file)
        except UsageError:
            continue
    return case_file(references[-1], file)
