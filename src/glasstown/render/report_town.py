"""The page's section about the town: grades, points lost for what, right and wrong records, unknown clauses, lists."""

from __future__ import annotations

from collections.abc import Sequence

from glasstown.outcomes import measures
from glasstown.outcomes.measures import Accounts, grade_counts, mean_score
from glasstown.outcomes.opened import TownRun
from glasstown.render import charts, drawn, findings, html, lives, words
from glasstown.render.findings import KIND_WORDS, ClauseRow, Finding
from glasstown.render.html import Section
from glasstown.types import SYNTHETIC_WORDS


def town_section(run: TownRun) -> Section:
    """Return the section about everybody together."""
    parts = [_kind(run, accounts) for accounts in run.accounts.values()]
    return Section("town", "The town", "".join(parts))


def _kind(run: TownRun, accounts: Accounts) -> str:
    noun = KIND_WORDS[accounts.kind]
    title = html.heading(words.first_up(noun)) if len(run.kinds) > 1 else ""
    if accounts.why_not("records") or not any(accounts.scored):
        title = html.heading(words.first_up(noun))
        told = title + _sentences(findings.unscored_findings(run, accounts))
        return told + (_expression(run, accounts) + _lived(accounts) if accounts.dates else "")
    rows = findings.clause_rows(run, accounts)
    parts = (
        title,
        _figures(run, accounts),
        _grades(run, accounts),
        _taken(run, accounts, rows),
        html.heading("Recorded rightly or wrongly") + _sentences(findings.truth_findings(run, accounts)),
        _truth_table(accounts),
        _unknown(run, accounts),
        html.heading("Lists and measures at the end") + _sentences(findings.list_findings(run, accounts)),
        _expression(run, accounts),
        _lived(accounts),
    )
    return "".join(parts)


def _lived(accounts: Accounts) -> str:
    found = lives.lived_findings(accounts)
    return html.heading(lives.TITLES[accounts.kind]) + _sentences(found) if found else ""


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


def _grades(run: TownRun, accounts: Accounts) -> str:
    at = findings.moments(accounts)
    counts = grade_counts(accounts, findings.grade_ids(run.book))
    quantum = run.book.score.quantum
    means = mean_score(accounts)
    rows = [
        [findings.grade_name(run.book, grade), *(words.percent(n[i], accounts.scored[i]) for i in at)]
        for grade, n in counts.items()
    ]
    rows.append(["mean score", *("-" if (m := means[i]) is None else words.points(m, quantum) for i in at)])
    head = ["grade", *(words.short_month(accounts.dates[i]) for i in at)]
    table = html.table(f"Shares at the month's end, {SYNTHETIC_WORDS}", head, rows)
    chart = drawn.grades_chart(run, accounts)
    if chart is None:
        return html.heading("Scores over time") + html.paragraph("This rulebook has no grades.") + table
    alt = "Lines of the share in each grade, month by month; the table below gives the first, middle and last month."
    name = f"grades-{accounts.kind}"
    return html.heading("Grades over time") + html.figure(charts.svg(chart), alt, _caption(run), name) + table


def _caption(run: TownRun) -> str:
    manifest = run.manifest
    people = findings.size(manifest.people, manifest.firms)
    return f"{words.first_up(SYNTHETIC_WORDS)} of {people}, seed {manifest.seed}, {run.reference}."


def _taken(run: TownRun, accounts: Accounts, rows: Sequence[ClauseRow]) -> str:
    title = html.heading("Points lost, and for what")
    if not any(row.tally.records for row in rows):
        return title + html.note(findings.NOTHING_FIRED)
    quantum = run.book.score.quantum
    chart = drawn.points_chart(rows)
    shown = [row for row in rows if not row.is_expression]
    alt = "Bars of the points that each clause took, by right and wrong records; the table below gives all numbers."
    name = f"points-{accounts.kind}"
    drawing = html.figure(charts.svg(chart), alt, _caption(run), name) if chart else ""
    head = ["clause", "points", "records", "by wrong records"]
    caption = f"Every clause that fired, most points taken first, {SYNTHETIC_WORDS}"
    table = html.table(caption, head, [row.cells(quantum) for row in shown])
    silent = findings.silent_clauses(run, accounts)
    names = "; ".join(f"{clause.label} ({clause.id})" for clause in silent)
    never = html.paragraph(f"No clause of these ever fired: {names}.", "small") if silent else ""
    return title + drawing + table + never


def _truth_table(accounts: Accounts) -> str:
    rows = [
        [words.TRUTH_WORDS[name], words.count(accounts.total("truth", name))]
        for name in words.TRUTH_WORDS
        if accounts.total("truth", name)
    ]
    return html.table(f"What became of what was found out, {SYNTHETIC_WORDS}", ["", "number"], rows) if rows else ""


def _unknown(run: TownRun, accounts: Accounts) -> str:
    title = html.heading("Clauses whose value nobody has found")
    rows = [row for row in findings.unknown_rows(run, accounts) if not row.is_expression]
    if not rows:
        return title + html.paragraph(findings.no_unknown(run))
    table = html.table(
        "How often each would have fired",
        ["clause", "times"],
        [[f"{row.label} ({row.clause})", words.count(row.times)] for row in rows],
    )
    return title + html.paragraph(findings.unknown_effect(run)) + table


def _expression(run: TownRun, accounts: Accounts) -> str:
    found = findings.expression_findings(run, accounts)
    if not found:
        return ""
    return html.heading("Lawful expression, which is no offence") + _sentences(found)


def _sentences(found: Sequence[Finding]) -> str:
    if len(found) == 1:
        return html.paragraph(found[0].text)
    return html.bullets(finding.text for finding in found)
