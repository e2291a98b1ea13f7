"""One synthetic life of a run: what `life` answers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from glasstown.answers.base import Answer
from glasstown.errors import HOW_TO_REPORT
from glasstown.render.blocks import Block, Heading, Item, Paragraph
from glasstown.render.steps import steps_chart
from glasstown.types import SYNTHETIC_WORDS, EntityKind
from glasstown.wording import counted, grouped, noun

if TYPE_CHECKING:
    import altair

    from glasstown.runs.one_life import Told
    from glasstown.runs.session import LifeResult

TRUTH_WORDS = {
    "wrong person": "recorded of the wrong person",
    "wrong content": "recorded as something else than what was done",
    "duplicate": "recorded a second time",
    "false report": "recorded on a false report: nothing was done",
    "inferred": "inferred by a computer: somebody else did it",
    "misjudged": "recorded as somebody who would not pay, of one who could not",
}
AGREE = "Engine and interpreter tell the same life, and the neighbourhood is the run's own."
NOTHING_TO_LAY = (
    "Nothing scores this {kind}, so there is no life to lay side by side; the neighbourhood is the run's own."
)
"""a check of nothing is no check that was passed"""
NO_LINE = "Nothing was ever recorded of this {kind}: the score is that of the first day."
NOT_SCORED = "Nothing was ever recorded of this {kind}, whom the rulebook does not score."


def lived(
    folder: Path, number: int, kind: EntityKind | None, under: str | None, *, verify: bool, tenant: int | None = None
) -> Lived:
    """Return one life of a run, under all of its rulebooks or under one alone.

    Errors   as of `runs.one_life.replay_life`, and UsageError for a rulebook that does not tell of such a subject
    """
    from glasstown.runs.one_life import replay_life

    result = replay_life(folder, number, verify, kind, tenant)
    names = {told.rulebook for told in result.under}
    if under is not None and under not in names:
        from glasstown.runs.request import inputs_of
        from glasstown.runs.subjects import checked_under
        from glasstown.storage.folder import RunFolder

        inputs = inputs_of(RunFolder.open(folder))
        under = checked_under("The life", dict(zip(inputs.names, inputs.books, strict=True)), result.kind, under)
    chosen = tuple(told for told in result.under if under in (None, told.rulebook))
    return Lived(folder, number, replace(result, under=chosen))


@dataclass(frozen=True)
class Lived(Answer):
    """The life of one person of a run: replayed from the manifest, told by the interpreter."""

    folder: Path
    person: int
    result: LifeResult

    population_words = SYNTHETIC_WORDS

    @property
    def exit_code(self) -> int:
        """1 where `verify` found a difference."""
        return 1 if self.result.differences else 0

    def as_json(self) -> dict[str, Any]:
        """Return the life, with the words that say what kind of person it is."""
        return {**self.result.as_json(), "population": SYNTHETIC_WORDS}

    def blocks(self) -> list[Block]:
        """Return who it is, what was done, the ledger line by line, and how the readings compare."""
        told = self.result
        shown: list[Block] = [Heading(f"{told.kind.capitalize()} {told.id} of {self.folder}", 1)]
        shown.append(Paragraph(f"{SYNTHETIC_WORDS.capitalize()}: nobody like that exists outside this run."))
        shown += [Item(name.replace("_", " "), _fact(value)) for name, value in told.person.items()]
        shown += [Paragraph(_tenant_words(told))] if told.tenants > 1 else []
        shown += [Paragraph(turn_words(each)) for each in told.turns]
        shown += [Heading("What was recorded, and what followed"), Paragraph(_done_words(told.done))]
        shown += [Paragraph(money_words(each)) for each in told.money]
        for under in told.under:
            shown += _under(under, told.kind, is_sole=len(told.under) == 1)
        if not told.under:
            shown.append(Paragraph(f"No rulebook of this run is about a {told.kind}."))
        if told.differences is not None:
            shown.append(Heading("Verified" if not told.differences else "THE READINGS DIFFER"))
            shown += (
                [Paragraph(each) for each in (*told.differences, HOW_TO_REPORT)]
                if told.differences
                else [
                    Paragraph(
                        AGREE if any(each.is_scored for each in told.under) else NOTHING_TO_LAY.format(kind=told.kind)
                    )
                ]
            )
        return shown

    def columns(self) -> Mapping[str, Sequence[Any]]:
        """Return the ledger, one row for each line."""
        lines = list(self.result.lines)
        names = list(dict.fromkeys(name for line in lines for name in line))
        return {name: [line.get(name) for line in lines] for name in names}

    def chart(self) -> altair.TopLevelMixin:
        """Return the score over time, a step at every line of the ledger."""
        import altair as alt

        rows = [
            {
                "date": str(line["date"]),
                "score": float(Decimal(str(line["after"]))),
                "what": line.get("clause") or "",
                "rulebook": line["rulebook"],
            }
            for line in self.result.lines
        ]
        chart = steps_chart(rows, f"{self.result.kind.capitalize()} {self.person}", SYNTHETIC_WORDS)
        if len(self.result.under) > 1:  # scores of two rulebooks have no common scale
            by_rulebook: alt.FacetChart = chart.facet(row=alt.Row("rulebook:N", title=None))
            split: alt.FacetChart = by_rulebook.resolve_scale(y="independent")
            return split
        return chart


def _under(told: Told, kind: EntityKind, *, is_sole: bool) -> list[Block]:
    """Return the life under one rulebook: the ledger line by line, and where it ends."""
    of = "" if is_sole else f" under {told.rulebook}"
    shown: list[Block] = [] if is_sole else [Heading(f"Recorded{of}")]
    nothing = NO_LINE if told.is_scored else NOT_SCORED
    shown += [_line(line) for line in told.lines] or [Paragraph(nothing.format(kind=kind))]
    shown.append(Heading(f"At the end of the run{of}"))
    shown.append(Item("score", grouped(told.score) if told.is_scored else told.score))
    shown += [Item("grade", told.grade or "none")] if told.is_scored else []
    shown += [Item("list", each) for each in told.lists] + [Item("measure", each) for each in told.measures]
    shown += [Item("published", each) for each in (told.lines[-1].get("published", ()) if told.lines else ())]
    return shown + [Item("flagged", flag) for flag in told.flags]


def _done_words(done: Sequence[Mapping[str, Any]]) -> str:
    """Return how much was done; most of what anybody does is never recorded."""
    n_acts = sum(int(each["acts"]) for each in done)
    return f"{counted(n_acts, 'act')} {noun(n_acts, 'was', 'were')} done in all; the lines below are what was recorded of this life."


def _tenant_words(told: LifeResult) -> str:
    """Return whose life it is of those who have lived in one place."""
    others = " ".join(f"{told.id}.{number}" for number in range(told.tenants) if number != told.tenant)
    n = counted(told.tenants, "tenant")
    return f"Tenant {told.tenant} of {n} of this place, the first being 0; the others are told by {others}."


def turn_words(each: Mapping[str, Any]) -> str:
    """Return how a life in a place began or ended, or that somebody came of age, in a sentence."""
    age = "" if each["what"] in ("born", "came of age") else f", aged {each['age']}"
    return f"{str(each['month'])[:7]}: {each['what']}{age}."


def money_words(each: Mapping[str, Any]) -> str:
    """Return one case, or what became of what was owed by judgment, in a sentence."""
    month, what, yuan, owed = str(each["month"])[:7], str(each["what"]), f"{each['yuan']:,}", f"{each['owed']:,}"
    if what.startswith("guarantor "):
        return f"{month}: person {each['with']} stands for this debt, and {yuan} yuan of it are claimed of them too."
    if what.startswith("case "):
        whose = f", for what person {each['with']} owes" if each["with"] is not None else ""
        case = what.replace("case for another's debt", "case")
        return f"{month}: a court opened a {case}, who claims {yuan} yuan{whose}; {owed} yuan are owed by judgment."
    let_go = f"; creditors let {each['written_off']:,} go" if each["written_off"] else ""
    if each["until"]:
        let_go += f"; bankrupt since then, supervised until {str(each['until'])[:7]}" if each["owed"] else ""
    if each["with"] is not None:
        return f"{month}: {yuan} yuan paid by person {each['with']}, who owes the same{let_go}; {owed} yuan are still owed."
    return f"{month}: {what}, {yuan} yuan paid{let_go}; {owed} yuan are still owed."


def _fact(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str) or not isinstance(value, Iterable):
        return "none" if value is None else str(value)
    return ", ".join(str(each) for each in value) or "none"


def _line(line: Mapping[str, Any]) -> Item:
    head = f"{grouped(line['before'])} → {grouped(line['after'])}   grade {line.get('grade') or 'none'}"
    if line.get("lists"):
        head += f"   lists {', '.join(line['lists'])}"
    wrong = TRUTH_WORDS.get(str(line.get("truth")))
    lines = [str(line["why"])] if line.get("why") else []
    source = (str(line["source"]),) if line.get("source") else ()
    return Item(str(line["date"]), head, (*lines, *([f"WRONG: {wrong}."] if wrong else [])), source)
