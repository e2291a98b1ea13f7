"""A comparison by income, age, sex, place, registration and work: every measure of each group, and what a reader sees first of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from statistics import fmean
from typing import Any, Final

from glasstown.answers.compare_width import round_to
from glasstown.answers.contrast import NOT_KEPT, Contrast
from glasstown.outcomes.by_group import ALL, rate
from glasstown.outcomes.by_trait import BY, TRAITS, VALUES, group_name
from glasstown.outcomes.counted import MEASURES
from glasstown.outcomes.intervals import interval_of
from glasstown.outcomes.twins import Cell, Pair
from glasstown.render.blocks import Block, Grid, Heading, Paragraph
from glasstown.studies.pairs import NO_DRAWS, Drawn
from glasstown.wording import counted, grouped

SHOWN: Final = (
    "wrongful listings", "listings", "on a black list", "wrong records", "records", "refusals", "barred unlisted", "could not pay",
)  # fmt: skip
"""measures that are shown by group, where anything differs; the JSON and the table have all"""
HEAD: Final = "for each 100,000 people, second side less first"
FIFTH_WORDS: Final = ("poorest fifth", "second fifth", "middle fifth", "fourth fifth", "richest fifth")
TRAIT_WORDS: Final = {trait: "income fifth" if name == "income" else name for name, trait in BY.items()}


def contrasts_of(pairs: Sequence[Pair], group: str = ALL, drawn: Drawn = NO_DRAWS) -> tuple[Contrast, ...]:
    """Return every measure of a group, or of everybody, over all seeds and draws."""
    counts = [pair.counts if group == ALL else pair.groups[group] for pair in pairs]
    why = pairs[0].why
    return tuple(
        Contrast(
            name=name,
            first=_mean([each[name][0] for each in counts]),
            second=_mean([each[name][1] for each in counts]),
            differences=_differences([each[name] for each in counts]),
            drawn=_differences([(both[name][0], both[name][1]) for both in drawn.counts]),
            why=(why[0].get(name), why[1].get(name)),
        )
        for name in counts[0]
    )


def _mean(numbers: Sequence[int | None]) -> Fraction | None:
    return None if None in numbers else Fraction(sum(n or 0 for n in numbers), len(numbers))


def _differences(counts: Sequence[tuple[int | None, ...]]) -> tuple[int, ...]:
    """Return second less first of those pairs that have both."""
    return tuple(second - first for first, second in counts if first is not None and second is not None)


def groups_of(pairs: Sequence[Pair]) -> tuple[str, ...]:
    """Return the groups in which somebody lives in every seed."""
    return tuple(group for group in pairs[0].groups if all(group in pair.groups for pair in pairs))


def as_json(pairs: Sequence[Pair]) -> list[dict[str, Any]]:
    """Return one object for each group and measure."""
    names = ("measure", "first", "second", "difference", "low", "high", "verdict")
    rows = ((group, each.as_json()) for group in groups_of(pairs) for each in contrasts_of(pairs, group))
    return [
        {"group": group, **{name: row[name] for name in names}, "why": _why(pairs[0], row, group)}
        for group, row in rows
    ]


def _why(pair: Pair, row: Mapping[str, Any], group: str) -> str | None:
    """Return why there is no number of a group: a side keeps none, or keeps it by income alone; None where there is one."""
    of_side = row["why_first"] or row["why_second"]
    return of_side or (pair.not_told.get(row["measure"]) if ":" in group else None)


def lived_as_json(pairs: Sequence[Pair]) -> list[dict[str, Any]]:
    """Return, for everybody and each group, the mean months lived on both sides: what rates are made with."""
    groups = [group for group in pairs[0].lived if all(group in pair.lived for pair in pairs)]
    means = {group: [fmean(pair.lived[group][side] for pair in pairs) for side in (0, 1)] for group in groups}
    return [{"group": group, "first": first, "second": second} for group, (first, second) in means.items()]


def told_by(pairs: Sequence[Pair], by: Sequence[str]) -> Iterator[Block]:
    """Yield the differences by each trait asked, how many numbers are read, and which measures a trait does not tell.

    Wrongful listings come first, whether or not they differ; of the others those that do.
    """
    n_cells = 0
    for name in by:
        first, *others = (_row(pairs, BY[name], measure) for measure in SHOWN)
        rows = [first, *filter(_differs, others)]
        if any(map(_differs, rows)):
            yield Heading(f"By {name}")
            heads = (HEAD, *(FIFTH_WORDS if name == "income" else VALUES[BY[name]]))
            yield Grid(heads, tuple(rows), frozenset(range(1, len(heads))))
            n_cells += sum(cell not in ("", "0") for row in rows for cell in row[1:])
        else:
            yield Paragraph(f"By {name}, nothing differs among the measures that are shown so.")
    if n_cells > 1 and len(pairs) > 1:
        read = f"{counted(n_cells, 'number')} by group are read here, each with half the width of its 95 % interval"
        by_luck = round_to(n_cells / 20)
        yield Paragraph(f"{read}: of so many that luck alone moved, {by_luck} would seem settled.", quiet=True)
    yield from _not_told(pairs[0], [name for name in by if name != "income"])


def _not_told(pair: Pair, by: Sequence[str]) -> Iterator[Block]:
    """Yield which measures the traits beside income do not tell, by reason."""
    by_reason: dict[str, list[str]] = {}
    for measure, reason in pair.not_told.items():
        by_reason.setdefault(reason, []).append(MEASURES[measure])
    for reason, measures in by_reason.items():
        yield Paragraph(f"Not told by {' or '.join(by)} ({reason}): {'; '.join(sorted(measures))}.", quiet=True)


def _differs(row: Sequence[str]) -> bool:
    return any(cell not in ("", "0") for cell in row[1:])


def _row(pairs: Sequence[Pair], trait: str, measure: str) -> tuple[str, ...]:
    """Return the mean difference of each group for each 100,000 of its people, with its interval."""
    groups = [group_name(trait, value) for value in VALUES[trait]]
    return (MEASURES[measure], *(_cell(list(_rates(pairs, group, measure))) for group in groups))


def _rates(pairs: Sequence[Pair], group: str, measure: str) -> Iterator[float]:
    """Yield second less first of each seed, for so many people of the group over the whole run."""
    for pair in pairs:
        first, second = pair.groups.get(group, {}).get(measure, (None, None))
        if first is not None and second is not None and group in pair.lived:
            ours, theirs = pair.lived[group]
            if not ours or not theirs:
                continue  # nobody of the group lived
            yield rate((first, second), (ours, theirs), pair.months)


def _cell(rates: Sequence[float]) -> str:
    """Return a mean with half the width of its interval: −88.8 ± 17.8."""
    if not any(rates):
        return "0" if rates else ""
    mean, interval = sum(rates) / len(rates), interval_of(rates)
    places = 0 if abs(mean) >= 100 else 1
    said = f"{mean:+,.{places}f}".replace("-", "−") if round(mean, places) else "0"
    return said if interval is None else f"{said} ± {interval.high - mean:,.{places}f}"


def _value_words(trait: str, value: str) -> str:
    """Return a trait's value as a table names it: an income fifth in words."""
    return FIFTH_WORDS[VALUES[trait].index(value)] if trait == BY["income"] else value


def whom(pairs: Sequence[Pair]) -> Grid:
    """Return, of each 1,000 people of each trait at the end: the first side's records and listings, and how the second differs."""
    cells: dict[tuple[str, str], list[Cell]] = {}
    for pair in pairs:
        for cell in pair.cells:
            cells.setdefault((cell.trait, cell.value), []).append(cell)
    rows = []
    for (trait, value), mine in sorted(cells.items(), key=lambda each: TRAITS.index(each[0][0])):
        people = [cell.people for cell in mine]
        both = [([cell.records for cell in mine], 1), ([cell.listed for cell in mine], 2)]
        told = [text for counts, places in both for text in _of_each(counts, people, places)]
        rows.append((TRAIT_WORDS[trait], _value_words(trait, value), grouped(round(fmean(people))), *told))
    heads = (
        "trait",
        "",
        "people",
        "records: first",
        "second less first",
        "on a black list: first",
        "second less first",
    )
    return Grid(heads, tuple(rows), frozenset({2, 3, 4, 5, 6}))


def _of_each(
    counts: Sequence[tuple[int | None, int | None]], people: Sequence[int], places: int
) -> tuple[str, str]:  # fmt: skip
    """Return the first side's mean of each 1,000, and the mean difference with half the width of its interval."""
    first = None if any(each[0] is None for each in counts) else sum(each[0] or 0 for each in counts)
    of_first = NOT_KEPT if first is None else f"{1000 * first / sum(people):,.{places}f}"
    if any(None in each for each in counts):
        return of_first, NOT_KEPT
    rates = [1000 * ((b or 0) - (a or 0)) / n for (a, b), n in zip(counts, people, strict=True)]
    return of_first, _cell(rates)
