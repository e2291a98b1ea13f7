"""From when to when something held in a life that was told: lists, measures, what was made public."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from glasstown.cases.firm import LifeTold
    from glasstown.ledger import Account, Line


@dataclass(frozen=True, slots=True)
class Spell:
    """Something that held from a day on; `till` is the first day on which it no longer did, None at the end of what is told."""

    id: str
    since: date
    till: date | None
    line: Line | None
    """the line that began it; None where it held from the first day"""


def spells(life: LifeTold, held_of: Callable[[Account | Line], Iterable[str]]) -> list[Spell]:
    """Return the spells of a life by their first days; `held_of` gives the ids that hold after a line."""
    start = max(life.case.life.start, life.held.book.in_force.from_)
    open_ = {name: Spell(name, start, None, None) for name in held_of(life.opening)}
    done: list[Spell] = []
    for line in life.account.ledger:
        now = tuple(held_of(line))
        for name in [each for each in open_ if each not in now]:
            done.append(replace(open_.pop(name), till=line.day))
        for name in now:
            open_.setdefault(name, Spell(name, line.day, None, line))
    done += [replace(each, till=_end(life, each, held_of(life.account))) for each in open_.values()]
    return sorted(_joined(done), key=lambda each: each.since)


def _end(life: LifeTold, spell: Spell, closing: Iterable[str]) -> date | None:
    """Return when what held after the last line ended: with the scheme, at once where it came for the day alone, or not."""
    until = life.held.book.in_force.until
    if isinstance(until, date) and until <= life.case.life.until:
        return until
    return None if spell.id in closing else spell.since + timedelta(days=1)


def _joined(found: Iterable[Spell]) -> Iterator[Spell]:
    """Yield spells, two as one where the second begins on the day on which the first ends; none of no length."""
    before: dict[str, Spell] = {}
    for spell in sorted(found, key=lambda each: (each.since, each.till or date.max)):
        earlier = before.get(spell.id)
        if earlier is not None and earlier.till == spell.since:
            before[spell.id] = replace(earlier, till=spell.till)
            continue
        if earlier is not None and earlier.since != earlier.till:
            yield earlier
        before[spell.id] = spell
    yield from (each for each in before.values() if each.since != each.till)
