"""A run in words that a newcomer understands: what ran, what it did, what it rests on, what to do next."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from glasstown.language.days import month_first, partly_outside
from glasstown.outcomes.opened import TownRun, open_all, open_run
from glasstown.render import findings, notebook, terminal, town, words
from glasstown.render.blocks import Block, Heading, Paragraph, Sentences, Verbatim
from glasstown.types import SYNTHETIC_WORDS, EntityKind


@dataclass(frozen=True, slots=True)
class Summary:
    """A run's summary, under one of its rulebooks.  `text` prints it; the parts are there for those who want one."""

    run: TownRun

    def text(self, width: int = 100) -> str:
        """Return the summary as plain text, no wider than `width` characters where words allow it."""
        return terminal.joined(terminal.lines(self.blocks(), width))

    def blocks(self) -> list[Block]:
        """Return the whole summary."""
        return [*self.told(), *self.basis(), *self.next_steps()]

    def told(self) -> list[Block]:
        """Return what ran and what it did, without what it rests on and what to do next."""
        return [*self.head(), *(block for kind in self.run.kinds for block in self.of_kind(kind))]

    def head(self) -> list[Block]:
        """Return what was run, and what it is not."""
        run = self.run
        manifest = run.manifest
        reading = f" Reading: {run.reading}." if run.reading else ""
        last = run.last_month
        span = "no month written yet" if last is None else words.months_between(manifest.start, last)
        ran = (
            f"A {SYNTHETIC_WORDS} of {findings.size(manifest.people, manifest.firms)} lived "
            f"{words.counted(manifest.months, 'month')} ({span}) under this rulebook.{reading} Seed {manifest.seed}."
        )
        if run.beside:
            ran += f" Also in force over the same people: {words.listed(list(run.beside))}."
        stage = "" if manifest.status == "done" else " The run is not finished: what follows is as far as it got."
        return [Heading(f"{run.book.title} ({run.reference})", 1), Paragraph(ran + stage), *_set(run)]

    def of_kind(self, kind: EntityKind) -> list[Block]:
        """Return everything about the people, or about the firms, of the run."""
        told = town.parts(self.run, self.run.accounts[kind], is_whole=False)
        return [block for part in told for block in part.with_heading()]

    def basis(self) -> list[Block]:
        """Return what is fitted, what is assumed, and what that means for the numbers above."""
        found = tuple(finding.text for finding in findings.basis_findings(self.run))
        return [Heading("What this rests on"), Sentences(found)]

    def next_steps(self) -> list[Block]:
        """Return where the run lies and commands that go on from it."""
        commands = "".join(f"    {command}\n" for command in findings.commands(self.run))
        lies = Paragraph(f"The run lies in {findings.shown(self.run.folder)}.")
        return [Heading("Where it lies, what to try next"), lies, Verbatim(commands)]

    def _repr_html_(self) -> str:
        return notebook.as_html(self.blocks())


def summarise(folder: Path) -> Summary:
    """Return the summary of a run's folder; `RecordError` when it cannot be read."""
    return Summary(open_run(folder))


def blocks_under_all(folder: Path) -> list[Block]:
    """Return the summary of a run under each of its rulebooks, then once what it rests on and what to do next."""
    summaries = [Summary(run) for run in open_all(folder)]
    last = summaries[-1]
    return [*(block for summary in summaries for block in summary.told()), *last.basis(), *last.next_steps()]


def told_under_all(folder: Path, width: int = 100) -> str:
    """Return `blocks_under_all` as plain text."""
    return terminal.joined(terminal.lines(blocks_under_all(folder), width))


def _set(run: TownRun) -> list[Block]:
    changes = [f"{path} = {value}" for path, value in run.manifest.settings.items()]
    lines = [f"Changed for this run: {', '.join(changes)}."] if changes else []
    if run.manifest.unknown:
        lines.append(f"Points that nobody has found take their {run.manifest.unknown} bound here: that is assumed.")
    end = month_first(run.manifest.start, run.manifest.months)
    lines += [f"The rulebook is {said}." for said in partly_outside(run.book, run.manifest.start, end)]
    return [Sentences(tuple(lines))] if lines else []
