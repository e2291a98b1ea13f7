"""A run in words that a newcomer understands: what ran, what it did, what it rests on, what to do next."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

from glasstown.outcomes.measures import NO_GRADE, Accounts, grade_counts, mean_score
from glasstown.outcomes.opened import Texts, TownRun, open_all, open_run
from glasstown.render import findings, lives, terminal, words
from glasstown.render.findings import KIND_WORDS, Finding
from glasstown.types import SYNTHETIC_WORDS, EntityKind

MOST_CLAUSES = 8


@dataclass(frozen=True, slots=True)
class Summary:
    """A run's summary, under one of its rulebooks.  `text` prints it; the parts are there for those who want one."""

    run: TownRun

    def text(self, width: int = 100) -> str:
        """Return the summary as plain text, no wider than `width` characters where words allow it."""
        return terminal.joined([*self.told(width), *self.basis(width), *self.next_steps(width)])

    def told(self, width: int) -> list[str]:
        """Return what ran and what it did, without what it rests on and what to do next."""
        return [*self.head(width), *(line for kind in self.run.kinds for line in self.kind_lines(kind, width))]

    def head(self, width: int) -> list[str]:
        """Return what was run, and what it is not."""
        run = self.run
        manifest = run.manifest
        title = f"{run.book.title} ({run.reference})"
        reading = f" Reading: {run.reading}." if run.reading else ""
        last = run.accounts[run.kinds[0]].dates[-1:] if run.kinds else ()
        span = f"{words.month(manifest.start)} to {words.month(last[0])}" if last else "no month written yet"
        ran = (
            f"A {SYNTHETIC_WORDS} of {findings.size(manifest.people, manifest.firms)} lived "
            f"{words.counted(manifest.months, 'month')} ({span}) under this rulebook.{reading} Seed {manifest.seed}."
        )
        if run.beside:
            ran += f" Also in force over the same people: {words.listed(list(run.beside))}."
        stage = "" if manifest.status == "done" else " The run is not finished: what follows is as far as it got."
        return [title, "=" * min(len(title), width), *terminal.paragraph(ran + stage, width), *_set(run, width)]

    def kind_lines(self, kind: EntityKind, width: int) -> list[str]:
        """Return everything about the people, or about the firms, of the run."""
        accounts = self.run.accounts[kind]
        if not accounts.dates or not any(accounts.scored):
            nobody = f"None of the {KIND_WORDS[kind]} here is scored by this rulebook."
            return [*terminal.heading(KIND_WORDS[kind].capitalize(), width), *terminal.paragraph(nobody, width)]
        return [
            *self.grades(accounts, width),
            *self.taken(accounts, width),
            *self.truth(accounts, width),
            *self.unknown(accounts, width),
            *self.lists(accounts, width),
            *self.expression(accounts, width),
            *self.lived(accounts, width),
        ]

    def grades(self, accounts: Accounts, width: int) -> list[str]:
        """Return grades, and the mean score, at the first, the middle and the last month's end."""
        at = findings.moments(accounts)
        head = ["", *(words.short_month(accounts.dates[i]) for i in at)]
        counts = grade_counts(accounts, findings.grade_ids(self.run.book))
        rows = [
            [findings.grade_name(self.run.book, grade), *(words.percent(n[i], accounts.scored[i]) for i in at)]
            for grade, n in counts.items()
        ]
        means = mean_score(accounts)
        quantum = self.run.book.score.quantum
        rows.append(["mean score", *(_mean(means[i], quantum) for i in at)])
        rows.append([f"{KIND_WORDS[accounts.kind]} scored", *(words.count(accounts.scored[i]) for i in at)])
        title = f"Grades of {KIND_WORDS[accounts.kind]}, at the month's end"
        if set(counts) <= {NO_GRADE}:
            title = f"Scores of {KIND_WORDS[accounts.kind]}, at the month's end (the rulebook has no grades)"
        return [*terminal.heading(title, width), *terminal.columns(head, rows, width), *_unknown_base(self.run, width)]

    def taken(self, accounts: Accounts, width: int) -> list[str]:
        """Return what points were taken and given for."""
        title = "Points lost, and for what"
        rows = findings.clause_rows(self.run, accounts)
        lost = [row for row in rows if row.tally.quanta < 0 and not row.is_expression]
        if not any(row.tally.records for row in rows):
            return [*terminal.heading(title, width), *terminal.paragraph(findings.NOTHING_FIRED, width)]
        head = ["", "points", "records", "by wrong records"]
        table = [row.cells(self.run.book.score.quantum) for row in lost[:MOST_CLAUSES]]
        lines = terminal.columns(head, table, width) if table else terminal.paragraph("No clause took a point.", width)
        more = len(lost) - MOST_CLAUSES
        if more > 0:
            lines += terminal.paragraph(f"... and {words.counted(more, 'further clause')}.", width)
        return [*terminal.heading(title, width), *lines, *self._given(rows, width), *self._silent(accounts, width)]

    def _given(self, rows: tuple[findings.ClauseRow, ...], width: int) -> list[str]:
        given = sum(row.tally.quanta for row in rows if row.tally.quanta > 0)
        if not given:
            return []
        quantum = self.run.book.score.quantum
        best = max(rows, key=lambda row: row.tally.quanta)
        text = f"Given: {words.points(given, quantum)} points, most of them for: {best.label}."
        return terminal.paragraph(text, width)

    def _silent(self, accounts: Accounts, width: int) -> list[str]:
        silent = findings.silent_clauses(self.run, accounts)
        if not silent:
            return []
        names = ", ".join(clause.id for clause in silent)
        return terminal.paragraph(f"Never fired in this run: {words.counted(len(silent), 'clause')} ({names}).", width)

    def truth(self, accounts: Accounts, width: int) -> list[str]:
        """Return how many records were right, in what way the others were wrong, and what they cost."""
        return _section("Recorded rightly or wrongly", findings.truth_findings(self.run, accounts), width)

    def lived(self, accounts: Accounts, width: int) -> list[str]:
        """Return how people lived: work, debt, refusals, reports, support."""
        found = lives.lived_findings(accounts)
        return _section(lives.TITLES[accounts.kind], found, width) if found else []

    def unknown(self, accounts: Accounts, width: int) -> list[str]:
        """Return how often each clause of unknown value would have fired."""
        rows = [row for row in findings.unknown_rows(self.run, accounts) if not row.is_expression]
        title = "Clauses whose value nobody has found"
        if not rows:
            return _section(title, (Finding(findings.no_unknown(self.run)),), width)
        head = ["would have fired", "times"]
        table = [[f"{row.label} ({row.clause})", words.count(row.times)] for row in rows]
        after = terminal.paragraph(findings.unknown_effect(self.run), width)
        return [*terminal.heading(title, width), *terminal.columns(head, table, width), *after]

    def lists(self, accounts: Accounts, width: int) -> list[str]:
        """Return who is on lists and under which measures at the end."""
        return _section("Lists and measures at the end", findings.list_findings(self.run, accounts), width)

    def expression(self, accounts: Accounts, width: int) -> list[str]:
        """Return what happened to lawful expression, which is never an offence here."""
        found = findings.expression_findings(self.run, accounts)
        return _section("Lawful expression (no offence, shown apart)", found, width) if found else []

    def basis(self, width: int) -> list[str]:
        """Return what is fitted, what is assumed, and what that means for the numbers above."""
        return _section("What this rests on", findings.basis_findings(self.run), width)

    def next_steps(self, width: int) -> list[str]:
        """Return where the run lies and commands that go on from it."""
        folder = findings.shown(self.run.folder)
        commands = [f"    {command}" for command in findings.commands(self.run)]
        lies = terminal.paragraph(f"The run lies in {folder}.", width)
        return [*terminal.heading("Where it lies, what to try next", width), *lies, *commands]

    def _repr_html_(self) -> str:
        return f"<pre>{words.escaped(self.text())}</pre>"


def summarise(folder: Path, texts: Texts | None = None) -> Summary:
    """Return the summary of a run's folder; `texts` as in `open_run`, `RecordError` when it cannot be read."""
    return Summary(open_run(folder, texts))


def told_under_all(folder: Path, width: int = 100) -> str:
    """Return the summary of a run under each of its rulebooks, then once what it rests on and what to do next."""
    summaries = [Summary(run) for run in open_all(folder)]
    last = summaries[-1]
    told = [line for summary in summaries for line in (*summary.told(width), "")]
    return terminal.joined([*told, *last.basis(width), *last.next_steps(width)])


def _section(title: str, found: tuple[Finding, ...], width: int) -> list[str]:
    lines = [line for finding in found for line in terminal.paragraph(finding.text, width)]
    return [*terminal.heading(title, width), *lines]


def _set(run: TownRun, width: int) -> list[str]:
    changes = [f"{path} = {value}" for path, value in run.manifest.settings.items()]
    lines = [f"Changed for this run: {', '.join(changes)}."] if changes else []
    if run.manifest.unknown:
        lines.append(f"Points that nobody has found take their {run.manifest.unknown} bound here: that is assumed.")
    return [line for text in lines for line in terminal.paragraph(text, width)]


def _unknown_base(run: TownRun, width: int) -> list[str]:
    if run.book.score.base.value != "unknown":
        return []
    text = "Where everyone starts is not known: scores count from 0 here and show change, not standing."
    return terminal.paragraph(text, width)


def _mean(mean: Fraction | None, quantum: Decimal) -> str:
    return "-" if mean is None else words.points(mean, quantum)
