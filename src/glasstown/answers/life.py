"""One synthetic life of a run: what `life` answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from glasstown.answers.base import Answer
from glasstown.errors import HOW_TO_REPORT
from glasstown.render import life_sums, life_told, words
from glasstown.render.blocks import Block, Grid, Heading, Item, Paragraph
from glasstown.render.case_words import list_labels
from glasstown.render.steps import steps_chart
from glasstown.types import SYNTHETIC_WORDS, EntityKind
from glasstown.wording import counted, grouped

if TYPE_CHECKING:
    from typing import TypeAlias

    import altair

    from glasstown.language.orders import Order
    from glasstown.runs.one_life import Told
    from glasstown.runs.session import LifeResult

    Ordered: TypeAlias = tuple[Order, bool]

AGREE = "Engine and interpreter tell the same life, and the neighbourhood is the run's own."
NOTHING_TO_LAY = (
    "Nothing scores this {kind}, so there is no life to lay side by side; the neighbourhood is the run's own."
)
"""a check of nothing is no check that was passed"""
OTHER_CODE = (
    "Other code lived this run ({lived_by}), so this is no fault by itself: the version that made the run tells its lives. "
    "Engine and interpreter of this code agree."
)
NO_LINE = "Nothing was ever recorded of this {kind}: the score is that of the first day."
NOT_SCORED = "Nothing was ever recorded of this {kind}, whom the rulebook does not score."
NO_LISTING = "Nothing was ever recorded of this {kind}."


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
    return Lived(folder, number, replace(result, under=chosen), _ordered(folder, f"{result.kind}/{number}", under))


def _ordered(folder: Path, about: str, under: str | None) -> tuple[Ordered, ...]:
    """Return what desks decided in a run about one person or firm, under one rulebook or all, and whether it is moot."""
    from glasstown.runs.outside import moot_of
    from glasstown.runs.request import orders_kept
    from glasstown.storage.folder import RunFolder

    run = RunFolder.open(folder)
    if run.manifest.orders is None:
        return ()
    moot = set(moot_of(run))
    orders = ((order, place in moot) for place, order in enumerate(orders_kept(run.manifest)))
    return tuple(each for each in orders if each[0].about == about and under in (None, each[0].under))


@dataclass(frozen=True)
class Lived(Answer):
    """The life of one person of a run: replayed from the manifest, told by the interpreter.

    orders   what desks decided about this person, and whether it is moot
    """

    folder: Path
    person: int
    result: LifeResult
    orders: tuple[Ordered, ...] = ()

    population_words = SYNTHETIC_WORDS

    @property
    def exit_code(self) -> int:
        """1 where `verify` found a difference."""
        return 1 if self.result.differences else 0

    def as_json(self) -> dict[str, Any]:
        """Return the life, with the words that say what kind of person it is."""
        orders = [{**order.model_dump(exclude_none=True), "moot": is_moot} for order, is_moot in self.orders]
        ordered = {"orders": orders} if orders else {}
        return {**self.result.as_json(), **ordered, "population": SYNTHETIC_WORDS}

    def blocks(self) -> list[Block]:
        """Return who it is, what happened day by day, what was done and seen, where it ends, and how the readings compare."""
        told = self.result
        books = {each.rulebook: each.book for each in told.under if each.book is not None}
        shown: list[Block] = [Heading(f"{told.kind.capitalize()} {told.id} of {self.folder}", 1)]
        shown.append(Paragraph(life_sums.who(told, told.id, told.kind)))
        shown += [Paragraph(_tenant_words(told))] if told.tenants > 1 else []
        shown += [Paragraph(_order_words(order, is_moot=is_moot)) for order, is_moot in self.orders]
        happened = life_told.moments(told, books)
        if happened:
            shown.append(Heading("What happened"))
            shown += [_item(each, is_sole=len(told.under) == 1) for each in happened]
        shown += [Paragraph(each) for each in _nothing(told)]
        shown += _done(told)
        for under in told.under:
            shown += _end(under, is_sole=len(told.under) == 1)
        if not told.under:
            shown.append(Paragraph(f"No rulebook of this run is about a {told.kind}."))
        return [*shown, *_compared(told)]

    def columns(self) -> Mapping[str, Sequence[Any]]:
        """Return the ledger, one row for each line."""
        lines = list(self.result.lines)
        names = list(dict.fromkeys(name for line in lines for name in line))
        return {name: [line.get(name) for line in lines] for name in names}

    def chart(self) -> altair.TopLevelMixin:
        """Return the score over time, a step at every line of the ledger."""
        import altair as alt

        from glasstown.render.charts import finish

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
            split: alt.FacetChart = finish(by_rulebook.resolve_scale(y="independent"))
            return split
        whole: alt.Chart = finish(chart)
        return whole


def _order_words(order: Order, *, is_moot: bool) -> str:
    """Return what a desk decided, in words."""
    because = f", because {order.because}" if order.because else ""
    moot = " It is moot: there was nothing to decide." if is_moot else ""
    return f"In month {order.month} the {order.desk}'s desk decided: {order.do} {order.of}, under {order.under}{because}.{moot}"


def _compared(told: LifeResult) -> list[Block]:
    """Return how engine, interpreter and run agree; nothing where it was not asked."""
    if told.differences is None:
        return []
    if told.differences and told.lived_by:
        why = OTHER_CODE.format(lived_by=told.lived_by)
        return [Heading("NOT AS THE RUN WAS LIVED"), *(Paragraph(each) for each in (*told.differences, why))]
    if told.differences:
        return [Heading("THE READINGS DIFFER"), *(Paragraph(each) for each in (*told.differences, HOW_TO_REPORT))]
    is_scored = any(each.is_scored for each in told.under)
    return [Heading("Verified"), Paragraph(AGREE if is_scored else NOTHING_TO_LAY.format(kind=told.kind))]


def _item(moment: life_told.Moment, *, is_sole: bool) -> Item:
    """Return one thing that happened, with what it moved, why, and its source."""
    of = "" if is_sole or moment.rulebook is None else f" [{moment.rulebook}]"
    moves = ("; ".join(moment.moves),) if moment.moves else ()
    why = (moment.why,) if moment.why else ()
    quiet = (moment.source,) if moment.source else ()
    return Item(words.first_up(moment.when), f"{moment.what}{of}", (*moment.flags, *moves, *why), quiet)


def _is_worth(under: Told, told: LifeResult) -> bool:
    """Return whether it is said that nothing was recorded under a rulebook: of a sole one, and of those that score the subject."""
    return len(told.under) == 1 or under.is_scored


def _nothing(told: LifeResult) -> Iterator[str]:
    """Yield under which rulebooks nothing was ever recorded, those of which the same is to be said together."""
    silent: dict[str, list[str]] = {}
    for each in told.under:
        if not each.lines and _is_worth(each, told):
            is_list = each.book is not None and not each.book.score.kept
            said = NO_LISTING if is_list else NO_LINE if each.is_scored else NOT_SCORED
            silent.setdefault(said.format(kind=told.kind), []).append(each.rulebook if each.book is not None else "")
    for said, names in silent.items():
        yield f"Under {words.listed(names)} {said[:1].lower()}{said[1:]}" if all(names) else said


def _done(told: LifeResult) -> list[Block]:
    """Return what was done, seen and recorded, by class of conduct."""
    rows = life_sums.done_rows(told, told.classes)
    if not rows:
        return []
    grid = Grid(
        life_sums.DONE_HEADS,
        tuple(rows),
        frozenset(range(1, len(life_sums.DONE_HEADS))),
        caption="What was done and seen",
    )
    return [Heading("What was done, seen and recorded"), Paragraph(life_sums.done_words(told)), grid]


def _end(told: Told, *, is_sole: bool) -> list[Block]:
    """Return where a life ends under one rulebook: score, grade, lists, measures, and what is unknown of it."""
    book = told.book
    items: list[Block] = []
    if book is None or book.score.kept:
        items.append(Item("score", grouped(told.score) if told.is_scored else told.score))
    if told.grade:
        items.append(Item("grade", told.grade))
    labels = list_labels(book)
    items += [Item("list", labels.get(each, each)) for each in told.lists]
    if told.measures:
        items.append(Item("bears", life_sums.bears(told.measures, book)))
    items += [Item("published", each) for each in (told.lines[-1].get("published", ()) if told.lines else ())]
    unknown = life_sums.flags_together(told.flags, book)
    if not items or (not is_sole and not told.lines):
        return []
    of = "" if is_sole else f" under {told.rulebook}"
    return [Heading(f"At the end of the run{of}"), *items, *(Paragraph(each, quiet=True) for each in unknown)]


def _tenant_words(told: LifeResult) -> str:
    """Return whose life it is of those who have lived in one place."""
    others = " ".join(f"{told.id}.{number}" for number in range(told.tenants) if number != told.tenant)
    n = counted(told.tenants, "tenant")
    return f"Tenant {told.tenant} of {n} of this place, the first being 0; the others are told by {others}."
