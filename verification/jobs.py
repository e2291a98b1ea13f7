"""Check 4: the employment chain of S1, for people whom employers see flagged and for the same people without what follows from it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

from glasstown.engine.tables.lives import EMPLOYED, SELF_EMPLOYED, UNEMPLOYED
from glasstown.rows import total_of
from verification.table import BAND_99, Check, within
from verification.towns import Plan, build, numbers

RULEBOOK = str(Path(__file__).parent / "rulebooks" / "flagged")
MONTHS = 12
FALLS = (Decimal("0.5"), Decimal("0.4"))
SOURCE = "society model, section 6, check 4"
BOS = "Bos, Breza and Liberman 2018: 3 points less employment for one more year of negative information"
AGAN = "Agan and Starr 2018, whose callbacks imply a fall of 0.39"
DOBBIE = "Dobbie and others 2020: economically small to precise zero"
SURVEY = "National Bureau of Statistics: surveyed unemployment in towns, 2023"


def checks(people: int) -> Iterator[Check]:
    """Yield the chain that a town lives against the closed form, and the closed form against three studies."""
    values = {name: float(value) for name, value in numbers({}).items()}
    lose, find = values["work.lose_per_month"], values["work.find_per_month"]
    first, usual, n, of_all = lived(people, Decimal(0))
    figure = "out of work after a year, of those employed by others or looking"
    yield within(figure, SURVEY, 5.2, 100 * usual, 0.25, "fitted", "%", 2)
    figure = "out of work after a year, of all who work or look for it, the self-employed among them"
    yield within(figure, SURVEY, 5.2, 100 * of_all, 0.25, "context", "%", 2)
    for fall in FALLS:
        flagged = lived(people, fall)[1]
        wanted = gap(lose, find, float(fall), first)
        band = BAND_99 * (2 * flagged * (1 - flagged) / n) ** 0.5
        figure = f"unemployment that a flag adds after {MONTHS} months, chance of a job {fall} lower, {n:,} people"
        yield within(figure, f"{SOURCE}: the chain from the first day's share", 100 * wanted, 100 * (flagged - usual), 100 * band,
                     "code identity", "points", 2, at=float(fall))  # fmt: skip
    against = (
        (BOS, 0.5, 3.0, 0.25), (AGAN, values["work.flagged"], 100 * gap(lose, find, 0.39), 0.5),
        (DOBBIE, values["work.flagged"], 0.0, 0.5),
    )  # fmt: skip
    for source, share, expected, allowed in against:
        figure = f"unemployment that a flag adds in a year to the steady share, chance of a job {share} lower"
        yield within(figure, source, expected, 100 * gap(lose, find, share), allowed, "property", "points", 2)


def steady(lose: float, find: float) -> float:
    """Return the share out of work at which as many lose a job as find one."""
    return lose / (lose + find)


def chain(lose: float, find: float, first: float, months: int = MONTHS) -> float:
    """Return the share out of work some months after the first day's."""
    level = steady(lose, find)
    return level + (first - level) * (1 - lose - find) ** months


def gap(lose: float, find: float, fall: float, first: float | None = None) -> float:
    """Return the share that a flag adds in a year to unemployment, which is steady unless another first share is given."""
    first = steady(lose, find) if first is None else first
    return chain(lose, find * (1 - fall), first) - chain(lose, find, first)


@cache
def lived(people: int, fall: Decimal) -> tuple[float, float, int, float]:
    """Return what becomes of work in a town of flagged people whose chance of a job is lower by a share; every employer looks.

    Returns   the share out of work on the first day and after a year, of those who are employed by others or look for work; how
              many these are; the share out of work after a year of all who work or look.
    """
    town = build(
        Plan(RULEBOOK, people, MONTHS, date(2014, 1, 1), {"work.flagged": fall, "public.searchers": Decimal(1)})
    )
    works = [shard.lives.work for shard in town.sides[0].shards]
    looking = sum(int((work == UNEMPLOYED).sum()) for work in works)
    n = looking + sum(int((work == EMPLOYED).sum()) for work in works)
    for _ in range(MONTHS):
        town.advance()
    lives = total_of(town.sides[0].lived)
    out, at_work = int(lives.unemployed), int(lives.employed)
    on_own_account = sum(int((shard.lives.work == SELF_EMPLOYED).sum()) for shard in town.sides[0].shards)
    return looking / n, out / (out + at_work), n, out / (out + at_work + on_own_account)
