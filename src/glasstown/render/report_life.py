"""The page's section about one life: who it is, what happened, what was done and seen, where it ends, with its picture."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, Final

from glasstown.language.days import month_first
from glasstown.language.model import Rulebook
from glasstown.outcomes.opened import TownRun, is_scored
from glasstown.render import charts, drawn, findings, html, life_sums, life_told, report_book, words
from glasstown.render.case_words import list_labels
from glasstown.render.html import Section
from glasstown.render.life_told import LifeTold, Moment
from glasstown.types import SYNTHETIC_WORDS

TITLE: Final = "One life, step by step"
NOTHING: Final = "Nothing was ever recorded about this person: the score is the one of the first day."
NO_RECORD: Final = "Nothing was ever recorded about this person."
NOT_SCORED: Final = "Nothing was ever recorded about this person, whom the rulebook does not score."
EXPRESSION: Final = (
    "Lawful expression: no offence. The rulebook takes points for it all the same, as its source reports."
)


def life_section(
    runs: Sequence[TownRun], told: LifeTold, person: int, beside: Sequence[tuple[str, str]] = ()
) -> Section:
    """Return the section; `beside` holds what the same person came to under other rulebooks."""
    books = {run.reference: run.book for run in runs}
    by_name = {run.reference: run for run in runs}
    happened = [
        each
        for each in life_told.moments(told, books, runs[0].reference)
        if each.rulebook is None or each.rulebook in books
    ]
    parts = (
        html.paragraph(life_sums.who(told, person)),
        *(_chart(run, [each for each in happened if each.rulebook == run.reference]) for run in runs),
        _steps(by_name, happened, person),
        _done(runs[0], told),
        *(_end(run, told, is_sole=len(runs) == 1) for run in runs),
        _elsewhere(beside),
    )
    return Section("life", TITLE, "".join(parts))


def no_life_section(reason: str) -> Section:
    """Return the section where the run tells no single life."""
    return Section("life", TITLE, html.paragraph(reason))


def _chart(run: TownRun, moments: Sequence[Moment]) -> str:
    """Return the picture of the score; nothing where none is kept, or it never moved."""
    if not run.book.score.kept or not any(each.change for each in moments):
        return ""
    moved = [each for each in moments if each.change and each.after is not None]
    steps = [drawn.Step(each.day, each.after or Decimal(0), each.is_wrong) for each in moved]
    grades = [(g.id, g.from_) for g in run.book.grades if g.of == "subject" and isinstance(g.from_, Decimal)]
    end = max(month_first(run.manifest.start, run.manifest.months), steps[-1].day)
    base = (moved[0].after or Decimal(0)) - moved[0].change
    wide, narrow = (
        charts.svg(drawn.life_chart(run.manifest.start, end, base, steps, grades, width=width))
        for width in drawn.WIDTHS
    )
    alt = "The score of this life by the day. Every step is told in words below."
    diamonds = " Diamonds mark what wrong records did." if any(each.is_wrong for each in steps) else ""
    caption = f"One invented life of a {SYNTHETIC_WORDS}, under {run.reference}.{diamonds}"
    return html.figure(wide, alt, caption, f"life-{run.number}", narrow)


def _steps(runs: Mapping[str, TownRun], moments: Sequence[Moment], person: int) -> str:
    title = html.heading("What happened")
    recorded = {each.rulebook for each in moments}
    silent = [] if recorded & set(runs) else [_nothing(run, person) for run in list(runs.values())[:1]]
    items = "".join(_step(runs, each, is_sole=len(runs) == 1) for each in moments)
    told = f'<ol class="life">{items}</ol>' if items else ""
    return title + "".join(html.note(each) for each in silent) + told


def _nothing(run: TownRun, person: int) -> str:
    if not is_scored(run.folder, person, run.reference):
        return NOT_SCORED
    return NOTHING if run.book.score.kept else NO_RECORD


def _step(runs: Mapping[str, TownRun], moment: Moment, *, is_sole: bool) -> str:
    run = runs.get(moment.rulebook or "")
    css = "down" if moment.change < 0 else "up" if moment.change > 0 else "still"
    of = f" [{moment.rulebook}]" if run is not None and not is_sole else ""
    lawful = run is not None and moment.clause is not None and findings.is_expression(run, moment.clause)
    parts = (
        f'<p class="when"><time datetime="{moment.day}">{words.escaped(words.first_up(moment.when))}</time></p>',
        html.paragraph(f"{moment.what}{of}", "what"),
        *(html.paragraph(flag, "flag") for flag in moment.flags),
        html.paragraph(EXPRESSION, "flag") if lawful else "",
        _moved(moment),
        html.paragraph(moment.why, "why") if moment.why else "",
        _from(run, moment),
    )
    return f'<li class="{css}{" wrong" if moment.is_wrong else ""}">{"".join(parts)}</li>'


def _moved(moment: Moment) -> str:
    if not moment.moves:
        return ""
    cells = (f"<b>{words.escaped(each)}</b>" if " → " in each else words.escaped(each) for each in moment.moves)
    return f'<p class="move">{"".join(f"<span>{cell}</span>" for cell in cells)}</p>'


def _from(run: TownRun | None, moment: Moment) -> str:
    """Return the source of a moment: where it is the clause's own, with how well it is documented."""
    if run is not None and moment.clause is not None:
        badge = html.badge(moment.clause.cite.evidence)
        name = html.link(report_book.anchor(run, moment.clause.cite.source), moment.source) if moment.source else ""
        return f'<p class="from">Source: {name} {badge}</p>'
    return html.paragraph(f"Source: {moment.source}", "from") if moment.source else ""


def _done(run: TownRun, told: LifeTold) -> str:
    classes = {act.id: act.class_ for act in run.acts.acts}
    labels = {each.id: words.CLASS_WORDS.get(each.id, each.label) for each in run.acts.classes}
    rows = [(labels.get(row[0], row[0]), *row[1:]) for row in life_sums.done_rows(told, classes)]
    if not rows:
        return ""
    caption = (
        "What this person did in all those months, what of it was seen and recorded, and what was recorded wrongly"
    )
    return (
        html.heading("Done, seen and recorded")
        + html.paragraph(life_sums.done_words(told))
        + html.table(caption, life_sums.DONE_HEADS, rows)
    )


def _end(run: TownRun, told: LifeTold, *, is_sole: bool) -> str:
    """Return where the life stands after its last entry under a rulebook; nothing where it has none."""
    mine = [line for line in told.lines if line.get("rulebook", run.reference) == run.reference]
    if not mine:
        return ""
    last = mine[-1]
    pairs = [("score", words.grouped(Decimal(str(last["after"]))))] if run.book.score.kept and last.get("after") else []
    pairs += [("grade", str(last["grade"]))] if last.get("grade") else []
    lists = [list_labels(run.book).get(each, each) for each in last.get("lists") or ()]
    pairs += [("on the list", words.listed(lists))] if lists else []
    pairs += _bears(last, run.book)
    of = "" if is_sole else f" under {run.reference}"
    return html.heading(f"After the last entry{of}") + html.facts(pairs) if pairs else ""


def _bears(line: Mapping[str, Any], book: Rulebook) -> list[tuple[str, str]]:
    borne = life_sums.bears(line.get("measures") or (), book)
    return [("bears", borne)] if borne else []


def _elsewhere(beside: Sequence[tuple[str, str]]) -> str:
    if not beside:
        return ""
    lead = html.paragraph(
        "The same person with the same luck; only the rules, and what this person does in answer to them, differ."
    )
    rows = [[name, text] for name, text in beside]
    caption = f"Where this person stands at the end, {SYNTHETIC_WORDS}"
    table = html.table(caption, ["rulebook", "at the end"], rows, numbers=False)
    return html.heading("The same life under other rules") + lead + table
