"""The demo in words: the contrast between two readings first, then every run, then what to try next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from glasstown.outcomes.measures import Accounts
from glasstown.outcomes.opened import TownRun, interesting_person
from glasstown.outcomes.twins import same_people, twins_apart
from glasstown.render import findings, terminal, words
from glasstown.render.summary import Summary, summarise
from glasstown.types import SYNTHETIC_WORDS
from glasstown.wording import as_typed


def text(
    *, folders: Mapping[str, Path], readings: Mapping[str, str], made: Sequence[Path], seconds: float, width: int
) -> str:
    """Return the demo's summary; `readings` are two of the runs, each with its reading in words."""
    summaries = {reference: summarise(folder) for reference, folder in folders.items()}
    one, other = readings
    lines = [
        *_head(summaries[one].run, len(folders), seconds, width),
        *_contrast(summaries[one].run, summaries[other].run, tuple(readings.values()), width),
        *(line for summary in summaries.values() for line in ["", "", *terminal.lines(summary.told(), width)[1:]]),
        *["", *terminal.lines(summaries[one].basis(), width)],
        *_next(summaries[one], folders, made, width),
    ]
    return terminal.joined(lines)


def _head(run: TownRun, n_rulebooks: int, seconds: float, width: int) -> list[str]:
    manifest = run.manifest
    title = f"Glasstown: one {SYNTHETIC_WORDS}, {n_rulebooks} rulebooks"
    what = (
        f"The same {words.counted(manifest.people, 'invented person', 'invented people')} with the same luck "
        f"(seed {manifest.seed}) lived "
        f"{words.counted(manifest.months, 'month')} under each of them. A difference between two runs is the rule's doing. "
        f"All of it took {seconds:.0f} seconds."
    )
    not_this = (
        "Nobody here is real. Nothing below estimates what happened in China, which has no single national score; "
        "how often people act and are recorded is mostly assumed, so read the contrasts, not the levels."
    )
    return [title, "=" * len(title), *terminal.paragraph(what, width), *terminal.paragraph(not_this, width)]


def _contrast(one: TownRun, other: TownRun, said: Sequence[str], width: int) -> list[str]:
    same_people(one.folder, other.folder)
    first, second = one.accounts["person"], other.accounts["person"]
    at = findings.moments(first)
    rows = [
        _row(f"grade {grade} if {clause}", accounts, grade, at)
        for grade in findings.grade_ids(one.book)
        if any(any(accounts.series("grades", grade)) for accounts in (first, second))
        for clause, accounts in zip(said, (first, second), strict=True)
    ]
    head = [f"share of people ({SYNTHETIC_WORDS})", *(words.short_month(first.dates[i]) for i in at)]
    apart = twins_apart(one.folder, other.folder)
    share = words.percent(apart.in_another_grade, apart.people)
    verdict = (
        f"{words.count(apart.in_another_grade)} of {words.counted(apart.people, 'person', 'people')} ({share}) "
        f"{words.noun(apart.in_another_grade, 'ends', 'end')} in another grade "
        f"only because the text is read otherwise. {_scores(apart.with_another_score)} "
        "The official texts seen do not settle which reading is right."
    )
    title = f"{one.book.title}: how far two readings of it lie apart"
    table = terminal.columns(head, rows, width)
    return [*terminal.heading(title, width), *terminal.paragraph(verdict, width), "", *table]


def _scores(with_another_score: int) -> str:
    if with_another_score == 0:
        return "Every score is the same in both."
    many = words.counted(with_another_score, "person ends", "people end")
    return f"{many} with another score: people answer to grades."


def _row(name: str, accounts: Accounts, grade: str, at: Sequence[int]) -> list[str]:
    series = accounts.series("grades", grade)
    return [name, *(words.percent(series[i], accounts.scored[i]) for i in at)]


def _next(summary: Summary, folders: Mapping[str, Path], made: Sequence[Path], width: int) -> list[str]:
    run = summary.run
    glasstown, folder = findings.program(), as_typed(findings.shown(run.folder))
    person = interesting_person(run.folder)
    lies = [f"    {findings.shown(path)}" for path in (*made, *folders.values())]
    steps = [
        *([f"{glasstown} life {folder} {person} --verify"] if person is not None else []),
        f"{glasstown} show {run.reference}",
        f"{glasstown} run {run.book.id} --unknown high --people {run.manifest.people}",
        f"{glasstown} query {folder} \"select item, sum(value) from months where account = 'records' group by item\"",
        f"{glasstown} --help",
    ]
    return [
        *terminal.heading("Where it lies", width),
        *lies,
        *terminal.heading("What to try next", width),
        *terminal.paragraph(
            f"Open {findings.shown(made[-1])} in a browser: it tells one life clause by clause.", width
        ),
        *(f"    {step}" for step in steps),
    ]
