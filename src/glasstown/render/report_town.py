"""The page's section about the town: what the summary tells, every clause of it, with figures and drawings beside."""

from __future__ import annotations

from glasstown.outcomes import measures
from glasstown.outcomes.measures import Accounts
from glasstown.outcomes.opened import TownRun
from glasstown.render import charts, drawn, findings, html, town, words
from glasstown.render.charts import Chart
from glasstown.render.findings import KIND_WORDS
from glasstown.render.html import Section
from glasstown.types import SYNTHETIC_WORDS


def town_section(run: TownRun) -> Section:
    """Return the section about everybody together."""
    parts = [_kind(run, accounts) for accounts in run.accounts.values()]
    return Section("town", "The town", "".join(parts))


def _kind(run: TownRun, accounts: Accounts) -> str:
    told = list(town.parts(run, accounts, is_whole=True))
    if told[0].key == "unscored":
        return "".join(_part(run, accounts, part) for part in told)
    title = html.heading(words.first_up(KIND_WORDS[accounts.kind])) if len(run.kinds) > 1 else ""
    return title + _figures(run, accounts) + "".join(_part(run, accounts, part) for part in told)


def _part(run: TownRun, accounts: Accounts, part: town.Part) -> str:
    """Return one part with the drawing that belongs above it and the table that belongs below it."""
    above, below = "", ""
    if part.key == "grades":
        above = _grades_drawing(run, accounts)
    elif part.key == "taken":
        above = _points_drawing(run, accounts)
    elif part.key == "truth":
        below = _truth_table(accounts)
    return html.heading(part.title) + above + html.blocks(part.blocks) + below


def _figures(run: TownRun, accounts: Accounts) -> str:
    found = measures.truth(accounts)
    lost, _ = measures.lost_points(accounts)
    pairs = [
        (f"{KIND_WORDS[accounts.kind]} scored at the end", words.count(accounts.scored[-1])),
        ("records written", words.count(found.written)),
        ("of them wrong", words.percent(found.wrong, found.written)),
        ("points lost", words.points(lost, run.book.score.quantum)),
    ]
    return html.figures(pairs)


def _grades_drawing(run: TownRun, accounts: Accounts) -> str:
    alt = "Lines of the share in each grade, month by month; the table below gives the first, middle and last month."
    return _drawing(run, drawn.grades_chart(run, accounts), alt, f"grades-{accounts.kind}")


def _points_drawing(run: TownRun, accounts: Accounts) -> str:
    chart = drawn.points_chart(findings.clause_rows(run, accounts))
    alt = "Bars of the points that each clause took, by right and wrong records; the table below gives all numbers."
    return _drawing(run, chart, alt, f"points-{accounts.kind}")


def _drawing(run: TownRun, chart: Chart | None, alt: str, name: str) -> str:
    return html.figure(charts.svg(chart), alt, _caption(run), name) if chart is not None else ""


def _caption(run: TownRun) -> str:
    manifest = run.manifest
    people = findings.size(manifest.people, manifest.firms)
    return f"{words.first_up(SYNTHETIC_WORDS)} of {people}, seed {manifest.seed}, {run.reference}."


def _truth_table(accounts: Accounts) -> str:
    rows = [
        [words.TRUTH_WORDS[name], words.count(accounts.total("truth", name))]
        for name in words.TRUTH_WORDS
        if accounts.total("truth", name)
    ]
    if late := accounts.total("too_late", "not made"):
        rows.append([words.TOO_LATE, words.count(late)])
    return html.table(f"What became of what was found out, {SYNTHETIC_WORDS}", ["", "number"], rows) if rows else ""
