"""A comparison by income: every measure of each group, and what a reader sees first of it, for each 100,000 people."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final

from glasstown.answers.contrast import Contrast
from glasstown.outcomes.by_group import ALL
from glasstown.outcomes.counted import MEASURES
from glasstown.outcomes.intervals import Interval, interval_of, seeds_needed
from glasstown.outcomes.twins import Pair
from glasstown.population.tables import INCOME_FIFTHS
from glasstown.render.blocks import Grid
from glasstown.studies.pairs import NO_DRAWS, Drawn
from glasstown.wording import counted, signed

SHOWN: Final = (
    "wrongful listings", "listings", "on a black list", "wrong records", "records", "refusals", "barred unlisted", "could not pay",
)  # fmt: skip
"""measures that are shown by income, where anything differs; the JSON and the table have all"""
EACH: Final = 100_000


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


def as_json(pairs: Sequence[Pair]) -> list[dict[str, Any]]:
    """Return one object for each group and measure."""
    names = ("measure", "first", "second", "difference", "low", "high", "verdict")
    rows = ((group, each.as_json()) for group in pairs[0].groups for each in contrasts_of(pairs, group))
    return [{"group": group, **{name: row[name] for name in names}} for group, row in rows]


def by_income(pairs: Sequence[Pair]) -> Grid | None:
    """Return the mean difference of each fifth for each 100,000 of its people, with its 95 % interval; None where nothing differs."""
    people = [_people_of(pair) for pair in pairs]
    rows = []
    for name in SHOWN:
        cells = [list(_rates(pairs, people, group, name)) for group in INCOME_FIFTHS]
        if any(any(cell) for cell in cells):
            rows.append((MEASURES[name], *(_cell(cell) for cell in cells)))
    heads = (
        "for each 100,000 people, second less first",
        "poorest fifth",
        "second",
        "middle",
        "fourth",
        "richest fifth",
    )
    return Grid(heads, tuple(rows), frozenset(range(1, 6))) if rows else None


def _people_of(pair: Pair) -> Mapping[str, int]:
    return {cell.value: cell.people for cell in pair.cells if cell.trait == "group"}


def _rates(pairs: Sequence[Pair], people: Sequence[Mapping[str, int]], group: str, name: str) -> Iterator[float]:
    """Yield second less first of each seed, for so many people of the group."""
    for pair, there in zip(pairs, people, strict=True):
        first, second = pair.groups.get(group, {}).get(name, (None, None))
        if first is not None and second is not None and there.get(group):
            yield EACH * (second - first) / there[group]


def _cell(rates: Sequence[float]) -> str:
    """Return a mean with half the width of its interval: −88.8 ± 17.8."""
    if not any(rates):
        return "0" if rates else ""
    mean, interval = sum(rates) / len(rates), interval_of(rates)
    places = 0 if abs(mean) >= 100 else 1
    said = f"{mean:+,.{places}f}".replace("-", "−") if round(mean, places) else "0"
    return said if interval is None else f"{said} ± {interval.high - mean:,.{places}f}"


NOTHING: Final = 1e-9
"""an end of an interval below which only rounding of machine numbers tells it from nothing"""


def interval_words(interval: Interval | None) -> str:
    """Return the ends of an interval, with as many digits as tell each from nothing; nothing where there is none."""
    if interval is None:
        return ""
    return f"{signed(_end(interval.low))} to {signed(_end(interval.high))}"


def _end(value: float) -> Decimal:
    return round_to(value) or (Decimal(f"{value:.1g}") if abs(value) > NOTHING else Decimal(0))


LEAST_PER_CENT = 0.01
"""of a change, in per cent; of less it is only said that it is less"""


def share_words(share: float) -> str:
    """Return a share as a change in per cent, with as many digits as a reader can use: −11.5 %, −0.013 %, < 0.01 % less."""
    per_cent = 100 * share
    if 0 < abs(per_cent) < LEAST_PER_CENT:
        return f"< {LEAST_PER_CENT} % {'less' if share < 0 else 'more'}"
    return f"{signed(round_to(per_cent) if abs(per_cent) >= 0.1 else Decimal(f'{per_cent:.2g}'))} %"


def round_to(value: float) -> Decimal:
    """Return a number with as many places as a reader can use: none from 100 on, else one."""
    return Decimal((f"{value:.0f}" if abs(value) >= 100 else f"{value:.1f}").removesuffix(".0"))


def power_words(contrasts: Sequence[Contrast]) -> str | None:
    """Return how many seeds would settle what is undetermined, were its mean and spread as they seem; None where all is settled."""
    open_ones = [each for each in contrasts if each.verdict == "undetermined" and each.interval is not None]
    if not open_ones:
        return None
    needed = {each.name: n for each in open_ones if (n := seeds_needed(each.differences)) is not None}
    never = [MEASURES[each.name] for each in open_ones if each.name not in needed]
    said = []
    if needed:
        name = max(needed, key=lambda each: needed[each])
        said.append(
            f"{counted(len(needed), 'row')} of those undetermined would be settled by --seeds {needed[name]} or fewer, or as many "
            "times more people, were the mean and its spread as they seem here"
        )
    if never:
        said.append(f"no number of seeds that can be asked for would settle: {'; '.join(never)}")
    return f"{'; '.join(said)}.".capitalize()
