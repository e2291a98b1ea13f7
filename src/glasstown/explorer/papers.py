"""The papers of a system, of invented people: the certificate of grade, the letter before a listing, the list of a Friday.

What a paper says is what its rule says it shows; how it is laid out is ours, since no form of any is on record.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from glasstown.engine.tables.hazards import DAYS_A_MONTH
from glasstown.explorer.listing import Listing, listings_of
from glasstown.language.days import month_first
from glasstown.language.model import Publicity, Redress, Rulebook
from glasstown.population import BLOCK
from glasstown.render.life_told import WRONG_WORDS, day_of
from glasstown.runs.live_again import live_again
from glasstown.runs.one_life import LifeResult, Told, told
from glasstown.runs.outside import Outside, outside_of
from glasstown.runs.plan import Plan, plan_of
from glasstown.storage.folder import RunFolder

FRIDAY: Final = 4
WEEK: Final = timedelta(days=7)


def certificates_in(book: Rulebook) -> tuple[Publicity, ...]:
    """Return what a rulebook says of a certificate; nothing where no rule on record has one."""
    return tuple(each for each in book.publicity if "certificate" in each.where)


def notices_in(book: Rulebook) -> tuple[Redress, ...]:
    """Return what a rulebook says of telling somebody before, and of how one objects."""
    return tuple(each for each in book.redress if {"notice", "objection"} & set(each.rights) and not each.denies)


@dataclass(frozen=True, slots=True)
class Telling:
    """How a run tells people before they are listed: how many months before, and of which share it is left out."""

    months: Decimal
    skipped: Decimal

    @property
    def days(self) -> int:
        """Return the days between letter and record, as the engine counts them."""
        return int((self.months * DAYS_A_MONTH).to_integral_value())


def telling_of(folder: Path) -> Telling:
    """Return how a run tells people before they are listed."""
    numbers = {each.id: each.value for each in plan_of(RunFolder.open(folder)).inputs.parameters.parameters}
    return Telling(Decimal(str(numbers["notice.delay_months"])), Decimal(str(numbers["notice.skipped"])))


@dataclass(frozen=True, slots=True)
class Certificate:
    """A certificate of grade and points, and what made them.

    lost, won   points taken and given by records, up to the day
    wrong       records among them that are wrong
    """

    under: Told
    rules: tuple[Publicity, ...]
    day: date
    records: int
    lost: Decimal
    won: Decimal
    wrong: int


def certificate_of(life: LifeResult, day: date) -> Certificate | None:
    """Return the certificate of somebody on a day, under the first rulebook that has one; None where none scores them."""
    for under in life.under:
        rules = certificates_in(under.book) if under.book is not None else ()
        if rules and under.is_scored:
            lines = [line for line in under.lines if line.get("phase", "record") == "record"]
            moved = [change_of(line) for line in lines]
            return Certificate(
                under, rules, day, len(lines), -sum((each for each in moved if each < 0), Decimal(0)),
                sum((each for each in moved if each > 0), Decimal(0)),
                sum(str(line.get("truth")) in WRONG_WORDS for line in lines),
            )  # fmt: skip
    return None


def change_of(line: Mapping[str, Any]) -> Decimal:
    """Return the points that a line of a ledger moves the score by."""
    return Decimal(str(line.get("after") or 0)) - Decimal(str(line.get("before") or 0))


@dataclass(frozen=True, slots=True)
class Notice:
    """A letter before a listing: to whom, on which ground, and whether it was sent.

    dated   the day of the letter, a time of notice before the record that lists; None where none went out
    """

    under: Told
    rules: tuple[Redress, ...]
    listing: Listing
    dated: date | None
    was_sent: bool


def notice_of(life: LifeResult, telling: Telling) -> Notice | None:
    """Return the letter before somebody's latest time on a black list; None of who never stood on one through a record."""
    found = [
        (listing, under)
        for under in life.under
        if under.book is not None
        for rule in under.book.lists
        if rule.colour == "black"
        for listing in listings_of(under, rule)
        if listing.clause is not None
    ]
    if not found:
        return None
    listing, under = max(found, key=lambda pair: (pair[0].noticed is not None, pair[0].day))
    was_sent = listing.noticed is True
    rules = notices_in(under.book) if under.book is not None else ()
    dated = listing.recorded - timedelta(days=telling.days) if was_sent else None
    return Notice(under, rules, listing, dated, was_sent)


@dataclass(frozen=True, slots=True)
class Called:
    """Somebody who is read out: name, number, what was written down and what it took; and what nobody reads out."""

    number: int
    name: str
    day: date
    label: str
    points: Decimal
    wrong: str


@dataclass(frozen=True, slots=True)
class Village:
    """A neighbourhood in the countryside: who lost points, day by day, and who had points given back.

    under   the rulebook whose points these are
    """

    block: int
    people: int
    under: str
    first: date
    last: date
    called: tuple[Called, ...]
    returned: tuple[date, ...]

    def fridays(self) -> tuple[date, ...]:
        """Return the Fridays of the run on which somebody is read out."""
        return tuple(sorted({friday_after(each.day) for each in self.called if friday_after(each.day) <= self.last}))

    def read_out(self, friday: date) -> tuple[Called, ...]:
        """Return who is read out on a Friday: those of the seven days up to it."""
        return tuple(each for each in self.called if friday - WEEK < each.day <= friday)

    def given_back(self, friday: date) -> int:
        """Return how many had points given back in the same seven days, which is not read out."""
        return sum(friday - WEEK < each <= friday for each in self.returned)


def friday_after(day: date) -> date:
    """Return the first Friday that is not before a day."""
    return day + timedelta(days=(FRIDAY - day.weekday()) % 7)


def villages_of(folder: Path) -> tuple[int, ...]:
    """Return the neighbourhoods of a run that lie in the countryside."""
    plan = plan_of(RunFolder.open(folder))
    n = plan.n_blocks("person")
    urban = plan.population.people(0, n).is_urban[::BLOCK]
    return tuple(block for block in range(n) if not urban[block])


def village_of(folder: Path, block: int) -> Village:
    """Return who lost points in a village, told of everybody who lives there at the end, under the first rulebook with points."""
    run = RunFolder.open(folder)
    plan = plan_of(run)
    found = _told_all(plan, outside_of(run, plan), block)
    called: list[Called] = []
    returned: list[date] = []
    name = ""
    for life in found:
        under = next((each for each in life.under if each.book is not None and each.book.score.kept), None)
        if under is None or under.book is None:
            continue
        name = under.rulebook
        labels = {each.id: each.label for each in under.book.clauses}
        who = str(life.person.get("name") or "").removesuffix(" (synthetic)")
        for line in under.lines:
            change, day = change_of(line), day_of(line["date"])
            if line.get("phase", "record") == "record" and change < 0:
                wrong = WRONG_WORDS.get(str(line.get("truth")), "")
                label = labels.get(str(line.get("clause")), "a record")
                called.append(Called(life.id, who, day, label, change, wrong))
            elif line.get("phase") == "correction" and change > 0:
                returned.append(day)
    start = plan.manifest.start.replace(day=1)
    last = month_first(start, plan.manifest.months) - timedelta(days=1)
    called.sort(key=lambda each: (each.day, each.number))
    return Village(block, len(found), name, start, last, tuple(called), tuple(returned))


def _told_all(plan: Plan, outside: Outside, block: int) -> Sequence[LifeResult]:
    lived = live_again(plan, "person", block, outside)
    first, n = block * BLOCK, plan.manifest.people
    return [told(plan, "person", number, lived, None, outside) for number in range(first, min(first + BLOCK, n))]
