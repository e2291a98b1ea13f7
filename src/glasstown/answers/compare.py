"""Two runs, or two requests, on the same people with the same luck: what `compare` answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from glasstown.answers.base import Answer
from glasstown.answers.compare_by_group import as_json as groups_as_json
from glasstown.answers.compare_by_group import contrasts_of, lived_as_json, told_by, whom
from glasstown.answers.compare_chart import lanes_of, picture_of
from glasstown.answers.compare_table import COLUMNS, columns_of, drawn_in, table_of
from glasstown.answers.compare_width import (
    INTERVAL,
    SIGNS,
    interval_words,
    outside_words,
    power_words,
    round_to,
    share_words,
    sign_words,
)
from glasstown.answers.contrast import Contrast
from glasstown.outcomes.by_trait import BY, TRAITS
from glasstown.outcomes.counted import MEASURES
from glasstown.outcomes.twins import Pair
from glasstown.render.blocks import Block, Grid, Heading, Item, Paragraph
from glasstown.render.findings import shown
from glasstown.studies.pairs import INCOME, NO_DRAWS, Drawn
from glasstown.types import SYNTHETIC_WORDS
from glasstown.wording import as_typed, count, counted, noun, signed

if TYPE_CHECKING:
    import altair
    import pyarrow

    from glasstown.studies.kept_comparison import LivedAgain
    from glasstown.studies.pairs import Paired
    from glasstown.types import Progress

IGNORANCE = (
    "Luck: the same request with other seeds. Ignorance: the first seed with the parameters drawn from their ranges, both sides "
    "alike; what a scenario sets stays. The two are told apart, since more seeds narrow the first alone."
)
OF_ENSEMBLE = (
    "Luck: the same request with other seeds. Ignorance: members of the ensemble, both sides alike, from the 5th to the 95th of a "
    "hundred; what a scenario sets stays. Each has people and luck of its own, so that its width holds both; the spread that luck "
    "alone has, and what is left to ignorance, stand apart in the JSON."
)
TWIN: Final = "A twin is the same person, with the same luck, in the other run."
WHOM: Final = (
    "Of each 1,000 such people: records kept at the end of the run, and people on a black list then; of several seeds the difference "
    "has half the width of its 95 % interval beside it."
)
Means: TypeAlias = tuple[float | None, float | None]
"""of the first and of the second; None where a side keeps none"""
ONE_TOWN = (
    "Desks decided about the acts of this one town, so no other seed or draw can be asked: other towns have other acts."
)
NO_IGNORANCE = "How far the result depends on what is not known of the parameters was not asked (--draws 10 asks)."


def twinned(
    one: str,
    other: str,
    options: Mapping[str, Any],
    asked: Mapping[str, Any],
    table: Path | None,
    progress: Progress | None,
) -> Twinned:
    """Return how two requests differ, and write its tidy rows where a file is named.

    asked   seeds, draws, out, prior, by and without_orders, as `studies.pairs.compared` takes them

    Errors   as of `studies.pairs.compared`; UsageError for a file that may not be written, before anything is lived
    """
    from glasstown.storage.tidy_file import table_target, write_table
    from glasstown.studies.kept_comparison import keep
    from glasstown.studies.pairs import compared

    target = table_target(table, COLUMNS) if table is not None else None
    found: Paired = compared(one, other, options, progress=progress, **asked)
    by = tuple(asked.get("by", (INCOME,)))
    answer = Twinned(found.names, found.pairs, found.folders, found.drawn, table, by, found.is_one_town)
    keep(found, by, answer.table())
    if target is not None:
        write_table(target, answer.table())
    return answer


def twinned_again(
    folder: Path, out: Path | None, threads: int | None, table: Path | None, progress: Progress | None
) -> Twinned:
    """Return the comparison in a folder: told as it lies there, or with `out` lived again into another folder.

    Errors   RecordError for a comparison that is not finished or not whole; UsageError for a file or folder that may not be written
    """
    from glasstown.storage.comparison_file import open_comparison, table_in
    from glasstown.storage.tidy_file import table_target, write_table
    from glasstown.studies import kept_comparison as kept

    target = table_target(table, COLUMNS) if table is not None else None
    comparison = open_comparison(folder)
    before = table_in(folder)
    by = comparison.file.by
    if out is None:
        found = kept.told(folder, drawn_in(before), progress)
        answer = Twinned(found.names, found.pairs, found.folders, found.drawn, table, by, found.is_one_town)
    else:
        found = kept.live_again(folder, comparison, out, threads, progress)
        answer = Twinned(found.names, found.pairs, found.folders, found.drawn, table, by, found.is_one_town)
        kept.keep(found, by, answer.table())
        is_same = answer.table().equals(before)
        answer = replace(answer, again=kept.against(folder, comparison, found, has_same_table=is_same))
    if target is not None:
        write_table(target, answer.table())
    return answer


@dataclass(frozen=True)
class Twinned(Answer):
    """How two requests differ on the same people: one pair of runs for each seed."""

    names: tuple[str, str]
    pairs: tuple[Pair, ...]
    folders: tuple[tuple[Path, Path], ...]
    drawn: Drawn = NO_DRAWS
    file: Path | None = None
    by: tuple[str, ...] = (INCOME,)
    is_one_town: bool = False
    again: LivedAgain | None = None

    population_words = SYNTHETIC_WORDS

    @property
    def exit_code(self) -> int:
        """1 where an earlier comparison was lived again and something else came out."""
        return 1 if self.again is not None and not self.again.is_same else 0

    @property
    def contrasts(self) -> tuple[Contrast, ...]:
        """Every measure over all seeds."""
        return contrasts_of(self.pairs, drawn=self.drawn)

    def as_json(self) -> dict[str, Any]:
        """Return every measure, the months of the first differences, people by trait, and the furthest twins."""
        one = self.pairs[0]
        return {
            "population": SYNTHETIC_WORDS,
            "first": self.names[0],
            "second": self.names[1],
            "people": one.people,
            "months": one.months,
            "seeds": [pair.seed for pair in self.pairs],
            "draws": len(self.drawn),
            "draws_tried": self.drawn.tried,
            "draws_near": list(self.drawn.near),
            "draws_of": "ensemble" if self.drawn.is_ensemble else "prior" if self.drawn else None,
            "draws_said": self.drawn.said or None,
            "measures": [each.as_json() for each in self.contrasts],
            "by": list(self.by),
            "groups": groups_as_json(self.pairs),
            "lived": lived_as_json(self.pairs),
            "first_difference": {
                "conduct": _earliest([pair.first_conduct for pair in self.pairs]),
                "anything": _earliest([pair.first_anything for pair in self.pairs]),
            },
            "otherwise": [pair.apart for pair in self.pairs],
            "traits": [
                {"trait": cell[0], "value": cell[1], "people": cell[2], "records": cell[3], "listed": cell[4]}
                for cell in self._traits()
            ],
            "furthest": [
                {
                    "person": twin.id,
                    **{name: list(getattr(twin, name)) for name in ("records", "scores", "grades", "lists")},
                }
                for twin in one.furthest
            ],
            "table": None if self.file is None else str(self.file),
            "again": self.again.as_json() if self.again is not None else None,
            "runs": [[str(folder) for folder in both] for both in self.folders],
        }

    def columns(self) -> Mapping[str, Sequence[Any]]:
        """Return tidy rows: measure, group, side, seed, draw and value, one number each."""
        return columns_of(self.pairs, self.drawn)

    def table(self) -> pyarrow.Table:
        """Return the tidy rows in Arrow, as `compare --table` writes them; the metadata names both sides."""
        return table_of(self.columns(), self.names)

    def blocks(self) -> list[Block]:
        """Return the differences with their width, where they begin, whom they meet, and the furthest twins."""
        one, n = self.pairs[0], len(self.pairs)
        seeds = counted(n, "seed") if n > 1 else f"seed {one.seed}"
        size = (
            f"The same {counted(one.people, 'person', 'people')} with the same luck, {counted(one.months, 'month')}, {seeds}. "
            f"{SYNTHETIC_WORDS.capitalize()}."
        )
        return [
            Heading(f"{self.names[0]} and {self.names[1]}", 1),
            Paragraph(f"First: {self.names[0]}. Second: {self.names[1]}. {size}"),
            *((Paragraph(self.again.words),) if self.again is not None else ()),
            *self._table(),
            *(Paragraph(words, quiet=True) for words in self._width()),
            Heading("Where they part"),
            *self._parting(),
            *told_by(self.pairs, tuple(dict.fromkeys(self.by))),
            Heading("Whom it meets"),
            Paragraph(WHOM),
            whom(self.pairs),
            *self._more_by(),
            *self._twins(),
            *self._places(),
        ]

    def _table(self) -> Iterator[Block]:
        """Yield the measures that differ, or that a side does not keep, and then name those that are the same."""
        same = [MEASURES[each.name] for each in self.contrasts if each.verdict == "same"]
        rows = [tuple(self._row(each)) for each in self.contrasts if each.verdict != "same"]
        heads = ["over the whole run", "first", "second", "difference"]
        heads += ["95 % interval", "seeds"] if len(self.pairs) > 1 else []
        heads += ["ignorance", "draws"] if self.drawn else []
        if rows:
            yield Grid((*heads, "second is"), tuple(rows), frozenset(range(1, len(heads))))
        if same:
            yield Paragraph(f"The same on both sides, in every seed and draw: {'; '.join(same)}.")

    def _row(self, each: Contrast) -> Iterator[str]:
        """Yield the cells of a measure."""
        first, second, difference = each.shown()
        yield MEASURES[each.name]
        yield from (first, second, f"{difference} ({share_words(each.relative)})" if each.relative else difference)
        if len(self.pairs) > 1:
            yield interval_words(each.interval) if each.is_kept else ""
            yield sign_words(each.seed_signs, len(each.differences)) if each.is_kept else ""
        if self.drawn:
            yield _width(each.span(is_middle=self.drawn.is_ensemble))
            yield sign_words(each.draw_signs, len(each.drawn)) if each.is_kept else ""
        yield each.verdict

    def _width(self) -> Iterator[str]:
        yield from self._not_kept()
        n = len(self.pairs)
        if n > 1 or self.drawn:
            yield SIGNS
        if n > 1:
            yield INTERVAL
            n_rows = sum(
                each.interval is not None and each.is_kept and any(each.differences) for each in self.contrasts
            )
            if n_rows > 1:
                by_luck = round_to(n_rows / 20)
                yield f"{counted(n_rows, 'row')} are read here: of so many that luck alone moved, {by_luck} would seem settled."
            if words := power_words(self.contrasts, self.pairs[0].people):
                yield words
        elif self.is_one_town:
            yield ONE_TOWN
            return
        else:
            yield "One seed shows one town's luck; --seeds 6 shows how far luck alone moves the differences."
        if words := outside_words(self.contrasts, len(self.drawn), is_ensemble=self.drawn.is_ensemble):
            yield words
        yield NO_IGNORANCE if not self.drawn.tried else OF_ENSEMBLE if self.drawn.is_ensemble else IGNORANCE
        if self.drawn.said:
            yield self.drawn.said
        if self.drawn.near:
            yield (
                f"Of {counted(self.drawn.tried, 'draw')} {count(len(self.drawn))} {noun(len(self.drawn), 'was', 'were')} kept: "
                f"those in which the {'second' if self.drawn.held else 'first'} comes near "
                f"{'; and '.join(self.drawn.near)}."
            )

    def _not_kept(self) -> Iterator[str]:
        """Yield what a side does not keep, and why: no number would be right there, zero least of all."""
        for side, name in enumerate(self.names):
            by_reason: dict[str, list[str]] = {}
            for each in self.contrasts:
                if reason := each.why[side]:
                    by_reason.setdefault(reason, []).append(MEASURES[each.name])
            for reason, measures in by_reason.items():
                yield f"Not kept under {name}, which is not zero ({reason}): {'; '.join(measures)}."

    def _parting(self) -> Iterator[Block]:
        conduct = _earliest([pair.first_conduct for pair in self.pairs])
        anything = _earliest([pair.first_anything for pair in self.pairs])
        if anything is None:
            yield Paragraph("Nowhere: every account of every month is the same.")
            return
        acts = "in no month" if conduct is None else f"from month {conduct + 1} on"
        yield Paragraph(f"The accounts differ from month {anything + 1} on; what people do differs {acts}.")
        apart = [pair.apart for pair in self.pairs if pair.apart is not None]
        if not apart:
            yield Paragraph(
                f"{TWIN} Whose life ended otherwise than the twin's is not told: under one of the two nobody is scored."
            )
            return
        yield Paragraph(
            f"{TWIN} Lives that ended otherwise than their twins', in score, grade, lists or number of records: "
            + count(min(apart))
            + (f" to {count(max(apart))}" if max(apart) > min(apart) else "")
            + f" of {count(self.pairs[0].people)}."
        )

    def _traits(self) -> list[tuple[str, str, float, Means, Means]]:
        """Return trait, value, people, and records and listed people of both sides, as means over the seeds or None."""
        found: dict[tuple[str, str], list[Any]] = {}
        for pair in self.pairs:
            for cell in pair.cells:
                found.setdefault((cell.trait, cell.value), []).append(cell)
        n = len(self.pairs)
        return [
            (
                trait,
                value,
                sum(cell.people for cell in cells) / n,
                (_mean_of([cell.records[0] for cell in cells]), _mean_of([cell.records[1] for cell in cells])),
                (_mean_of([cell.listed[0] for cell in cells]), _mean_of([cell.listed[1] for cell in cells])),
            )
            for (trait, value), cells in sorted(found.items(), key=lambda each: TRAITS.index(each[0][0]))
        ]

    def _more_by(self) -> Iterator[Block]:
        """Yield how to hear of wrongful listings and all else by the traits that were not asked."""
        if left := [name for name in BY if name not in self.by]:
            asks = " ".join(f"--by {name}" for name in left)
            yield Paragraph(
                f"Wrongful listings and all else by these too: {asks}; for all but income every run is lived again."
            )

    def _twins(self) -> Iterator[Block]:
        one = self.pairs[0]
        if not one.furthest:
            return
        yield Heading("Furthest apart")
        for twin in one.furthest:
            words = "; ".join(
                f"{name} {getattr(twin, name)[0]} and {getattr(twin, name)[1]}"
                for name in ("scores", "grades", "records", "lists")
                if getattr(twin, name)[0] != getattr(twin, name)[1]
            )
            lives = tuple(f"glasstown life {as_typed(shown(folder))} {twin.id}" for folder in self.folders[0])
            yield Item(str(twin.id), words.replace("scores", "score").replace("grades", "grade"), lives)

    def _places(self) -> Iterator[Block]:
        """Yield where the runs lie, by seed; the draws of parameters are lived in memory and leave none."""
        if self.file is not None:
            yield Paragraph(f"The numbers behind it, one a row, lie in {shown(self.file)}.")
        yield Heading("Where the runs lie")
        for pair, folders in zip(self.pairs, self.folders, strict=True):
            yield Item(f"seed {pair.seed}", f"first {shown(folders[0])}, second {shown(folders[1])}")

    def chart(self) -> altair.TopLevelMixin:
        """Return the differences in per cent of the first: how far luck moves them, and ignorance where it was asked."""
        seeds = [dict(pair.counts) for pair in self.pairs]
        is_middle = bool(self.drawn) and self.drawn.is_ensemble
        lanes = lanes_of(self.contrasts, seeds, list(self.drawn.counts), is_middle=is_middle)
        told = [f"Thick bar: luck, least to most of {counted(len(self.pairs), 'seed')}."]
        if self.drawn:
            width = "5 to 95 per cent" if is_middle else "least to most"
            what = "what the record leaves open" if self.drawn.is_ensemble else "ignorance"
            kind = "member" if self.drawn.is_ensemble else "draw"
            told.append(f"Thin bar: {what}, {width} of {counted(len(self.drawn), kind)}.")
        return picture_of(self.names, lanes, len(self.contrasts), told)


def _mean_of(numbers: Sequence[int | None]) -> float | None:
    """Return the mean of the seeds; None where there is no number."""
    return None if None in numbers else sum(n or 0 for n in numbers) / len(numbers)


def _width(differences: Sequence[int]) -> str:
    """Return the least and the most of some differences; nothing of none."""
    return f"{signed(min(differences))} to {signed(max(differences))}" if differences else ""


def _earliest(months: Sequence[int | None]) -> int | None:
    return min((month for month in months if month is not None), default=None)
