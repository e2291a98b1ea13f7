"""The page's section about one life: what was done, what was recorded, what followed, and why, step by step."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Protocol

from glasstown.language.model import Clause
from glasstown.outcomes.opened import TownRun, is_scored
from glasstown.render import charts, drawn, findings, html, report_book, words
from glasstown.render.clause_words import points
from glasstown.render.html import Section
from glasstown.types import SYNTHETIC_WORDS

RIGHT = "right"
NOTHING = "Nothing was ever recorded about this person: the score is the one of the first day."
NOT_SCORED = "Nothing was ever recorded about this person, whom the rulebook does not score."
FACT_WORDS = {"urban": "lives in town", "income_fifth": "income fifth (1 is the poorest)", "owes": "owes money"}
EXPRESSION = "Lawful expression: no offence. The rulebook takes points for it all the same, as its source reports."
WRONG_WORDS = {
    "wrong person": "This record is wrong: somebody else did it.",
    "wrong content": "This record is wrong: something else was done than what it says.",
    "duplicate": "This record is wrong: the same act stands in the file already.",
    "false report": "This record is wrong: somebody reported what never happened.",
    "inferred": "This record is wrong: a computer inferred it, and somebody else did it.",
    "misjudged": "This record is wrong: it says that somebody would not pay who could not.",
}


class LifeTold(Protocol):
    """One life of a run, as the replay tells it.  Keys that a replay does not know may be missing."""

    @property
    def person(self) -> Mapping[str, Any]:
        """Facts: age, sex, urban, income_fifth, work, roles, name (invented)."""

    @property
    def done(self) -> Sequence[Mapping[str, Any]]:
        """Acts by month and class."""

    @property
    def lines(self) -> Sequence[Mapping[str, Any]]:
        """The ledger: keys of a case's ledger, with event, act, act_date, truth and rulebook."""


@dataclass(frozen=True, slots=True)
class Moment:
    """One line of the ledger, parsed."""

    day: date
    clause: Clause | None
    before: Decimal | None
    after: Decimal | None
    grade: str | None
    lists: tuple[str, ...]
    measures: tuple[str, ...]
    cap: str | None
    why: str
    source: str
    act: str | None
    act_day: date | None
    truth: str | None

    @property
    def change(self) -> Decimal:
        """Return what the score moved by."""
        return Decimal(0) if self.before is None or self.after is None else self.after - self.before


def life_section(run: TownRun, told: LifeTold, person: int, beside: Sequence[tuple[str, str]] = ()) -> Section:
    """Return the section; `beside` holds what the same person came to under other rulebooks."""
    mine = [line for line in told.lines if line.get("rulebook", run.reference) == run.reference]
    moments = [_moment(run, line) for line in mine]
    parts = (
        _who(told, person),
        _chart(run, moments),
        _done(run, told, moments),
        _steps(run, moments, is_scored=is_scored(run.folder, person, run.reference)),
        _end(run, moments),
        _elsewhere(beside),
    )
    return Section("life", "One life, step by step", "".join(parts))


def no_life_section(reason: str) -> Section:
    """Return the section where the run tells no single life."""
    return Section("life", "One life, step by step", html.paragraph(reason))


def _moment(run: TownRun, line: Mapping[str, Any]) -> Moment:
    clause_id = line.get("clause")
    return Moment(
        day=_day(line["date"]) or run.manifest.start,
        clause=run.clause(str(clause_id)) if clause_id else None,
        before=_number(line.get("before")),
        after=_number(line.get("after")),
        grade=line.get("grade"),
        lists=tuple(line.get("lists") or ()),
        measures=tuple(line.get("measures") or ()),
        cap=line.get("cap"),
        why=str(line.get("why") or ""),
        source=str(line.get("source") or ""),
        act=line.get("act"),
        act_day=_day(line.get("act_date")),
        truth=line.get("truth"),
    )


def _day(value: Any) -> date | None:
    if value is None or isinstance(value, date):
        return value
    return date.fromisoformat(str(value))


def _number(value: Any) -> Decimal | None:
    return None if value is None else Decimal(str(value))


def _who(told: LifeTold, person: int) -> str:
    facts = dict(told.person)
    name = facts.pop("name", None)
    who = f"{name} (an invented name)" if name else "This person"
    intro = f"{who} is number {person} of the {SYNTHETIC_WORDS}. Nobody like that exists outside this run."
    pairs = [(FACT_WORDS.get(key, key.replace("_", " ")), _fact(value)) for key, value in facts.items()]
    return html.paragraph(intro) + html.facts([(what, value) for what, value in pairs if value])


def _fact(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str) or not isinstance(value, Iterable):
        return "" if value is None else str(value)
    return ", ".join(str(each) for each in value) or "none"


def _chart(run: TownRun, moments: Sequence[Moment]) -> str:
    scored = [moment for moment in moments if moment.after is not None and moment.before is not None]
    if not any(moment.change for moment in scored):
        return ""
    steps = [drawn.Step(m.day, m.after or Decimal(0), m.truth in WRONG_WORDS) for m in scored if m.change]
    grades = [(g.id, g.from_) for g in run.book.grades if g.of == "subject" and isinstance(g.from_, Decimal)]
    end = max(_run_end(run), steps[-1].day)
    chart = drawn.life_chart(run.manifest.start, end, scored[0].before or Decimal(0), steps, grades)
    alt = "The score of this life by the day. Every step is told in words below."
    caption = f"One invented life of a {SYNTHETIC_WORDS}. Diamonds mark what wrong records did."
    return html.figure(charts.svg(chart), alt, caption, "life-chart")


def _run_end(run: TownRun) -> date:
    months = run.manifest.start.year * 12 + run.manifest.start.month - 1 + run.manifest.months
    return date(months // 12, months % 12 + 1, 1)


def _done(run: TownRun, told: LifeTold, moments: Sequence[Moment]) -> str:
    labels = {act_class.id: act_class.label for act_class in run.acts.classes}
    totals: dict[str, int] = {}
    for each in told.done:
        name = str(each.get("class", ""))
        totals[name] = totals.get(name, 0) + int(each.get("acts", each.get("number", each.get("n", 1))))
    classes = {act.id: act.class_ for act in run.acts.acts}
    recorded: dict[str, int] = {}
    for moment in moments:
        name = classes.get(moment.act or "", "")
        if moment.truth is not None and name:
            recorded[name] = recorded.get(name, 0) + 1
    names = [name for name in (*labels, "") if totals.get(name) or recorded.get(name)]
    if not names:
        return ""
    rows = [[labels.get(n, n), words.count(totals.get(n, 0)), words.count(recorded.get(n, 0))] for n in names]
    caption = "What this person did in all those months, and how often something of that kind was recorded"
    lead = html.paragraph("Most of what anybody does is never seen. The ledger below knows only what was recorded.")
    return html.heading("Done, and recorded") + lead + html.table(caption, ["conduct", "done", "recorded"], rows)


def _steps(run: TownRun, moments: Sequence[Moment], *, is_scored: bool) -> str:
    title = html.heading("The ledger")
    if not moments:
        return title + html.note(NOTHING if is_scored else NOT_SCORED)
    previous: Moment | None = None
    items = []
    for moment in moments:
        items.append(_step(run, moment, previous))
        previous = moment
    return f'{title}<ol class="life">{"".join(items)}</ol>'


def _step(run: TownRun, moment: Moment, previous: Moment | None) -> str:
    css = "down" if moment.change < 0 else "up" if moment.change > 0 else "still"
    is_wrong = moment.truth in WRONG_WORDS
    parts = (
        f'<p class="when"><time datetime="{moment.day}">{words.full_date(moment.day)}</time>{_acted(moment)}</p>',
        html.paragraph(_what(run, moment), "what"),
        html.paragraph(WRONG_WORDS[str(moment.truth)], "flag") if is_wrong else "",
        html.paragraph(EXPRESSION, "flag") if moment.clause and findings.is_expression(run, moment.clause) else "",
        _move(run, moment, previous),
        html.paragraph(moment.why, "why") if moment.why else "",
        _from(run, moment),
    )
    return f'<li class="{css}{" wrong" if is_wrong else ""}">{"".join(parts)}</li>'


def _acted(moment: Moment) -> str:
    if moment.act_day is None or moment.act_day == moment.day:
        return ""
    return f", for {words.full_date(moment.act_day)}"


def _what(run: TownRun, moment: Moment) -> str:
    if moment.clause is not None:
        return (
            f"{words.first_up(moment.clause.label)} ({moment.clause.id}: {points(moment.clause, run.book.score.unit)})"
        )
    act = next((act for act in run.acts.acts if act.id == moment.act), None)
    return words.first_up(act.label) if act else "A change that belongs to no clause"


def _move(run: TownRun, moment: Moment, previous: Moment | None) -> str:
    score = "score not known"
    if moment.before is not None and moment.after is not None:
        moved = f"<b>{_plain(moment.before)} → {_plain(moment.after)}</b>"
        score = moved if moment.change else f"score stays {_plain(moment.after)}"
    grade = words.escaped(f"grade {moment.grade}" if moment.grade else "no grade") if run.book.grades else ""
    was = previous.grade if previous else None
    if previous and was != moment.grade and grade:
        grade = (
            f"<b>{words.escaped(f'grade {was}' if was else 'no grade')} → {words.escaped(moment.grade or 'none')}</b>"
        )
    more = [
        *_changes("list", moment.lists, previous.lists if previous else (), _list_names(run)),
        *_changes("measure", moment.measures, previous.measures if previous else (), _measure_names(run)),
        *([f"cap: {moment.cap}"] if moment.cap else []),
    ]
    cells = [score, grade, *(words.escaped(text) for text in more)]
    return f'<p class="move">{"".join(f"<span>{cell}</span>" for cell in cells if cell)}</p>'


def _plain(number: Decimal) -> str:
    return words.grouped(number)


def _changes(what: str, now: Sequence[str], before: Sequence[str], names: Mapping[str, str]) -> list[str]:
    came = [f"{what} begins: {names.get(each, each)}" for each in now if each not in before]
    return came + [f"{what} ends: {names.get(each, each)}" for each in before if each not in now]


def _list_names(run: TownRun) -> dict[str, str]:
    return {rule.id: rule.label for rule in run.book.lists}


def _measure_names(run: TownRun) -> dict[str, str]:
    return {measure.id: measure.label for measure in run.book.measures}


def _from(run: TownRun, moment: Moment) -> str:
    if moment.clause is not None:
        return f'<p class="from">Source: {report_book.cited(run, moment.clause.cite)}</p>'
    return html.paragraph(f"Source: {moment.source}", "from") if moment.source else ""


def _end(run: TownRun, moments: Sequence[Moment]) -> str:
    if not moments:
        return ""
    last = moments[-1]
    lists = words.listed([_list_names(run).get(each, each) for each in last.lists]) or "none"
    measures = words.listed([_measure_names(run).get(each, each) for each in last.measures]) or "none"
    pairs = [("score", _plain(last.after) if last.after is not None else "not known")]
    pairs += [("grade", last.grade or "none")] if run.book.grades else []
    return html.heading("After the last entry") + html.facts([*pairs, ("lists", lists), ("measures", measures)])


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
