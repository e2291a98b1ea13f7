"""The person in hand: their entries, in no order, and their score with its parts (docs/the-day.md, rule 3.6)."""

from __future__ import annotations

from glasstown.engine.kernel.cache import kernel
from glasstown.engine.kernel.entries import CARRIED, CARRY, CORRECTION, KEPT, LAPSE, MENDABLE, REPEAT
from glasstown.engine.kernel.ledger_words import (
    add_carried,
    add_standing,
    event_of,
    kind_of,
    of_event,
    without_standing,
)
from glasstown.engine.tables.bundles import Mine
from glasstown.engine.tables.person_rows import Me
from glasstown.engine.tables.shapes import Rules


@kernel
def push(mine: Mine, key: int, pay: int) -> None:
    """Add an entry to the person's working arrays; running over is remembered, not hidden."""
    me = mine.me
    n = me.n_entries
    if n >= len(mine.keys):
        me.is_full = 1
        return
    mine.keys[n] = key
    mine.pays[n] = pay
    me.n_entries = n + 1


@kernel
def drop(mine: Mine, position: int) -> None:
    """Take an entry away; the last one takes its place, since order stands in the keys."""
    last = mine.me.n_entries - 1
    mine.keys[position] = mine.keys[last]
    mine.pays[position] = mine.pays[last]
    mine.me.n_entries = last


@kernel
def move_score(rules: Rules, me: Me, change: int, part: int) -> int:
    """Move the score, and a part of it (-1: none), and return by how much they really moved (rule 3.6)."""
    at = rules.book.parts + part
    if part >= 0:
        bounds = rules.parts[part]
        change = min(max(me.more[at] + change, bounds.lowest), bounds.highest) - me.more[at]
    before = me.score
    moved = before + change
    if rules.book.latent == 0:
        moved = min(max(moved, rules.book.lowest), rules.book.highest)
    me.score = moved
    if part >= 0:
        me.more[at] += moved - before
    return moved - before


@kernel
def return_to_base(rules: Rules, me: Me) -> None:
    """Set the score and its parts to the base."""
    me.score = rules.book.base_score
    for part in range(len(rules.parts)):
        me.more[rules.book.parts + part] = rules.parts[part].base_score


@kernel
def note_standing(mine: Mine, event: int, change: int) -> None:
    """Tell corrections that wait for a record, what the next cycle takes again and what can be put right, how many points stand."""
    for position in range(mine.me.n_entries):
        kind = kind_of(mine.keys[position])
        if kind == CORRECTION and of_event(mine.pays[position]) == event:
            mine.pays[position] = add_standing(mine.pays[position], change)
        elif (kind == CARRIED or kind == MENDABLE) and event_of(mine.keys[position]) == event:
            mine.pays[position] = add_carried(mine.pays[position], change)


@kernel
def wipe(mine: Mine) -> None:
    """Let all records so far count nowhere: pending lapses, instalments, windows, remainders, points that stand."""
    position = 0
    while position < mine.me.n_entries:
        kind = kind_of(mine.keys[position])
        if kind == LAPSE or kind == REPEAT or kind == KEPT or kind == CARRY or kind == CARRIED or kind == MENDABLE:
            drop(mine, position)
            continue
        if kind == CORRECTION:
            mine.pays[position] = without_standing(mine.pays[position])
        position += 1
