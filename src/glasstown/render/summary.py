"""A run on a page: the town first, then its rulebooks in one table and one by one, then what it rests on and what to do next."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from glasstown.language.days import month_first, partly_outside
from glasstown.outcomes.opened import TownRun, open_all
from glasstown.render import across, findings, got_and_cost, next_steps, notebook, own, terminal, town, words
from glasstown.render.blocks import Block, Heading, Item, Paragraph, Sentences, Verbatim
from glasstown.render.findings import KIND_WORDS
from glasstown.types import SYNTHETIC_WORDS

NOTHING_DONE = "Nothing was done here that a run counts."
NOTHING_GOT = "Nothing that a run counts: no case before a court, nobody who says that the scheme is right."
NO_COST = "Nothing that a run counts: no wrong record, no listing, no refusal."


@dataclass(frozen=True, slots=True)
class Summary:
    """A run under its rulebooks.  `text` prints it; the parts are there for those who want one.

    is_whole   tells every clause, every measure and every number that is fitted; without it the page is short
    """

    runs: tuple[TownRun, ...]
    is_whole: bool = False

    @property
    def run(self) -> TownRun:
        """Return the run under the first of its rulebooks."""
        return self.runs[0]

    def text(self, width: int = 100) -> str:
        """Return the summary as plain text, no wider than `width` characters where words allow it."""
        return terminal.joined(terminal.lines(self.blocks(), width))

    def blocks(self) -> list[Block]:
        """Return the whole page."""
        return [*self.told(), *self.basis(), *self.next_steps()]

    def told(self) -> list[Block]:
        """Return what ran and what it did, without what it rests on and what to do next."""
        return [*self.head(), *self.balance(), *self.own_parts()]

    def head(self) -> list[Block]:
        """Return what was run, and what it is not."""
        manifest = self.run.manifest
        last = self.run.last_month
        span = "no month written yet" if last is None else words.months_between(manifest.start, last)
        ran = (
            f"A {SYNTHETIC_WORDS} of {findings.size(manifest.people, manifest.firms)} lived "
            f"{words.counted(manifest.months, 'month')} ({span}) under {_under(self.runs)}. Seed {manifest.seed}."
        )
        stage = "" if manifest.status == "done" else " The run is not finished: what follows is as far as it got."
        lines = tuple(_changed(self.run))
        return [Heading(title(self.runs), 1), Paragraph(ran + stage), *([Sentences(lines)] if lines else [])]

    def balance(self) -> list[Block]:
        """Return what was done in the town, what the rules got and what they cost, and one table across them."""
        if self.run.last_month is None:
            return []
        done = got_and_cost.done(self.runs) or [NOTHING_DONE]
        got = got_and_cost.got(self.runs) or ([] if got_and_cost.not_lived(self.runs) else [NOTHING_GOT])
        cost = got_and_cost.cost(self.runs) or [NO_COST]
        blocks: list[Block] = [Heading("What was done and found out"), Sentences(tuple(done))]
        blocks += [Heading("What the rules got"), Sentences((*got, *got_and_cost.not_lived(self.runs)))]
        blocks += [Heading("What they cost"), Sentences(tuple(cost))]
        if table := across.table(self.runs):
            blocks += [Heading("The rulebooks side by side"), *table]
        return blocks

    def own_parts(self) -> list[Block]:
        """Return what each rulebook did by itself: in full where it is the only one or all is asked, else in sentences."""
        if self.is_whole or len(self.runs) == 1:
            return [
                block
                for run in self.runs
                for block in own_blocks(run, is_whole=self.is_whole, is_sole=len(self.runs) == 1)
            ]
        items = [item for run in self.runs for item in _briefly(run)]
        return [Heading("Each rulebook"), *items] if items else []

    def basis(self) -> list[Block]:
        """Return what is fitted, what is assumed, and what that means for the numbers above."""
        found = findings.basis_findings(self.runs, is_whole=self.is_whole)
        return [Heading("What this rests on"), Sentences(found)]

    def next_steps(self) -> list[Block]:
        """Return where the run lies and commands that go on from it."""
        commands = "".join(f"    {command}\n" for command in next_steps.commands(self.runs))
        whole = "" if self.is_whole else next_steps.whole(self.run)
        lies = Paragraph(f"The run lies in {findings.shown(self.run.folder)}.{whole}")
        return [Heading("Where it lies, what to try next"), lies, Verbatim(commands)]

    def _repr_html_(self) -> str:
        return notebook.as_html(self.blocks())


def summarise(folder: Path, *, is_whole: bool = False) -> Summary:
    """Return the summary of a run's folder; `RecordError` when it cannot be read."""
    return Summary(open_all(folder), is_whole)


def title(runs: tuple[TownRun, ...]) -> str:
    """Return what a page about a run is called: the town, its people and its years."""
    manifest, last = runs[0].manifest, runs[0].last_month
    years = str(manifest.start.year)
    if last is not None and last.year != manifest.start.year:
        years += f" to {last.year}"
    return f"A synthetic town of {findings.size(manifest.people, manifest.firms)}, {years}"


def _under(runs: tuple[TownRun, ...]) -> str:
    """Return the rulebooks of a run: a sole one with its title and reading, of several, which are named below, how many."""
    if len(runs) > 1:
        return words.counted(len(runs), "rulebook")
    (run,) = runs
    reading = f", read so: {run.reading}" if run.reading else ""
    return f"{run.book.title} ({run.reference}){reading}"


def _changed(run: TownRun) -> Iterator[str]:
    """Yield what was set for the run."""
    if changes := [f"{path} = {value}" for path, value in run.manifest.settings.items()]:
        yield f"Changed for this run: {', '.join(changes)}."
    if run.manifest.orders is not None:
        yield f"Desks decided about {words.counted(len(run.manifest.orders.text.splitlines()), 'act')}."
    if run.manifest.unknown:
        yield f"Points that nobody has found take their {run.manifest.unknown} bound here: that is assumed."


def outside(run: TownRun) -> Iterator[str]:
    """Yield that a run lives on days outside its scheme."""
    end = month_first(run.manifest.start, run.manifest.months)
    yield from (f"The rulebook is {said}." for said in partly_outside(run.book, run.manifest.start, end))


def own_blocks(run: TownRun, *, is_whole: bool, is_sole: bool) -> list[Block]:
    """Return a rulebook's own part in full."""
    blocks: list[Block] = [] if is_sole else [Heading(f"{run.book.title} ({run.reference})", 1)]
    if said := tuple(outside(run)):
        blocks.append(Sentences(said))
    parts = [(kind, list(town.parts(run, run.accounts[kind], is_whole=is_whole))) for kind in run.kinds]
    several = len([told for _, told in parts if told and told[0].key != "unscored"]) > 1
    for kind, told in parts:
        noun = f"{words.first_up(KIND_WORDS[kind])}: " if several and told and told[0].key != "unscored" else ""
        for part in told:
            blocks += [
                Heading(f"{noun}{part.title[:1].lower() + part.title[1:] if noun else part.title}"),
                *part.blocks,
            ]
    return blocks


def _briefly(run: TownRun) -> Iterator[Item]:
    """Yield a rulebook's own part in sentences; nothing where it did nothing here."""
    lines: list[str] = []
    kinds = [each for each in run.accounts.values() if not each.why_not("records") and any(each.scored)]
    for accounts in kinds:
        told = own.told(run, accounts)
        lines += [f"Firms: {text}" for text in told] if len(kinds) > 1 and accounts.kind == "firm" else told
    if lines:
        yield Item(
            run.reference,
            run.book.title,
            (*(text.partition(":")[0].rstrip(".") + "." for text in outside(run)), *lines),
        )
