"""What a checkpoint must be to be laid back into a town: its arrays, their types and shapes, and what each may hold.

A checkpoint may come from somebody else.  What kernels take as a place, a count or a person's state is looked at here against the
town that the run's own texts make, by the register of arrays (`fields.py`), so that nothing impossible is lived.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any, Final

import numpy as np

from glasstown import fields
from glasstown.compiler.columns import NO_GRADE
from glasstown.engine import counts
from glasstown.engine.headroom import MOST_SCORE
from glasstown.engine.person.scores import NO_CEILING
from glasstown.engine.quotas import NOBODY, shown_scores
from glasstown.engine.sides import Layer, Side
from glasstown.engine.tables.listed import lists_of_all
from glasstown.engine.tables.lives import ALL_DOORS, STOPPED
from glasstown.engine.tables.profiles import groups_of
from glasstown.engine.tables.shapes import Status
from glasstown.engine.tables.state import first_begins
from glasstown.engine.town import Town
from glasstown.fields import BY_RULEBOOK, Field
from glasstown.population import BLOCK
from glasstown.rows import as_table, each
from glasstown.runs import laid_back_entries as entries
from glasstown.runs.snapshot import Arrays, take

VARIABLE: Final = ("ledger", "mail")
"""Arrays that have as many rows as there is to say."""
KEPT: Final = (*fields.SHARD, *fields.LIVES, *fields.TRADE, *fields.STATUS, *fields.KEPT)

Array = np.ndarray[Any, Any]
Flows = Mapping[str, Array]


def misfit_of(town: Town, totals: Flows, years: int, arrays: Arrays) -> str | None:
    """Return what in a checkpoint's arrays no run of this town can have; None where all of it can be laid back.

    totals   what is counted over the whole run, in the shapes of this town
    years    how many years' hashes there must be after so many months
    """
    faults = _misfits(town, _expected(town, totals, years), years, arrays)
    return next(faults, None)


def _expected(town: Town, totals: Flows, years: int) -> Arrays:
    """Return arrays of the names, types and shapes that a checkpoint of this town has; their numbers mean nothing."""
    found = take(town)
    found |= {f"{name}.totals": each for name, each in totals.items()}
    found["years"] = np.zeros(1, dtype=np.int64)
    return found | {
        f"{side.kind}.year{year}": town.block_hashes(side.kind) for year in range(years) for side in town.sides
    }


def _misfits(town: Town, expected: Arrays, years: int, arrays: Arrays) -> Iterator[str]:
    if odd := sorted(expected.keys() ^ arrays.keys()):
        yield f"its array '{odd[0]}' is {'not one of this run' if odd[0] in arrays else 'gone'}"
    for name, ours in expected.items():
        if why := _misfit(name, ours, arrays[name]):
            yield f"its array '{name}' {why}"
    for name in expected:
        if name.endswith((".since", ".begun")) and arrays[name].size and int(arrays[name].max()) > 12 * (years + 1):
            yield f"its array '{name}' holds a month that has not come"
    for side in town.sides:
        stem = f"{side.kind}.lives."
        if why := misfit_of_joint({name: arrays[stem + name] for name in JOINT}):
            yield f"its array '{stem}joint' {why}"
        if has_stopped_at_open_doors(arrays[stem + "closed"]):
            yield f"its array '{stem}closed' has somebody who stopped asking where nothing is closed"
    if int(arrays["years"][0]) != years:
        yield f"it holds the hashes of {int(arrays['years'][0])} years instead of {years}"
    for side in town.sides:
        for number, layer in enumerate(side.layers):
            stem = f"{side.kind}.{number}."
            mine = {name.removeprefix(stem): array for name, array in arrays.items() if name.startswith(stem)}
            yield from (f"its array '{stem}{name}' {why}" for name, why in _of_layer(town, side, layer, mine))


def has_stopped_at_open_doors(closed: Array) -> bool:
    """Return whether anybody stopped asking at a door that is not closed to them."""
    stopped = closed >> np.uint32(STOPPED)
    return bool((stopped & ~closed & np.uint32(ALL_DOORS)).any())


JOINT: Final = ("owed", "joint", "joint_debtor", "joint_guarantor")


def misfit_of_joint(arrays: Arrays) -> str | None:
    """Return why claims are none of two people each, who live in the town and owe at least that; None where they are."""
    claims, owed = arrays["joint"].astype(np.int64), arrays["owed"].astype(np.int64)
    n, (block, slot) = len(owed), np.nonzero(claims)
    if (np.sort(claims == 0, axis=1) != (claims == 0)).any():
        return "has a gap"
    who = [block * BLOCK + arrays[name][block, slot] for name in ("joint_debtor", "joint_guarantor")]
    if any((one >= n).any() for one in who) or (who[0] == who[1]).any():
        return "names somebody who cannot owe a claim with another"
    together = np.zeros(n, dtype=np.int64)
    for one in who:
        np.add.at(together, one, claims[block, slot])
    return "says more than what is owed" if (together > owed).any() else None


def field_of(name: str) -> Field:
    """Return the entry of the register for an array of a checkpoint; KeyError where it has none."""
    return _by_name()[re.sub(r"\d+$", "", name.rpartition(".")[2])]


@cache
def _by_name() -> Mapping[str, Field]:
    return {field.name: field for field in KEPT}


def _misfit(name: str, ours: Array, array: Array) -> str | None:
    """Return why an array by itself is not one of this name: its type, its shape, or what it holds."""
    if array.dtype != ours.dtype:
        return f"holds {array.dtype} instead of {ours.dtype}"
    is_free = name.endswith(VARIABLE)
    if array.ndim != ours.ndim or array.shape[is_free:] != ours.shape[is_free:]:
        return f"has the shape {array.shape} instead of {ours.shape}"
    bounds = field_of(name).bounds
    if bounds is None:
        raise KeyError(f"{name}: an array of a checkpoint has no bounds in the register")
    if bounds == BY_RULEBOOK or array.size == 0:
        return None
    least, most = int(array.min()), int(array.max())
    return (
        None
        if bounds[0] <= least and most <= bounds[1]
        else f"holds {least} to {most}, beyond {bounds[0]} to {bounds[1]}"
    )


def _of_layer(town: Town, side: Side, layer: Layer, arrays: Arrays) -> Iterator[tuple[str, str]]:
    """Yield the arrays of one rulebook that hold what it cannot, with the reason."""
    for name, is_one in BY_ITS_RULES.items():
        if not is_one(layer, arrays[name]):
            yield name, "holds what the rulebook cannot"
            return
    scored = arrays["is_scored"]
    if why := entries.misfit_of_ledger(layer.rules, scored != 0, arrays["n_entries"], arrays["ledger"]):
        yield "ledger", why
    if why := entries.misfit_of_mail(town, side, layer.rules, arrays["mail"]):
        yield "mail", why
    if not np.array_equal(_known(layer, arrays["level"]), _known(layer, _level_of(side, layer, arrays, scored != 0))):
        yield "level", "is not the sum of where everyone stands"


def _is_score(layer: Layer, score: Array) -> bool:
    book = layer.rules.book
    is_held = int(book.latent) == 0
    return _within(
        score,
        max(int(book.lowest), -MOST_SCORE) if is_held else -MOST_SCORE,
        min(int(book.highest), MOST_SCORE) if is_held else MOST_SCORE,
    )


def _is_grade(layer: Layer, grade: Array) -> bool:
    return bool(((grade < int(layer.rules.book.n_grades)) | (grade == NO_GRADE)).all())


def _are_lists(layer: Layer, lists: Array) -> bool:
    return _within(lists_of_all(lists), 0, (1 << int(layer.rules.book.n_lists)) - 1)


def _is_more(layer: Layer, more: Array) -> bool:
    """Return whether ceilings, balances, consents, lists met and parts are such: each column has its own meaning."""
    rules, book = layer.rules, layer.rules.book
    ranges = {
        int(book.consent): (0, 1),
        int(book.met): (0, (1 << int(book.n_lists)) - 1),
        int(book.balance): (0, MOST_SCORE),
        int(book.running): (0, NO_GRADE),
        int(book.assessed): (0, NO_GRADE),
    }
    for part, bounds in enumerate(each(rules.parts)):
        ranges[int(book.parts) + part] = (max(int(bounds.lowest), -MOST_SCORE), min(int(bounds.highest), MOST_SCORE))
    for place in range(int(book.n_more)):
        column = more[:, place]
        column = column[column != NO_CEILING] if place == int(book.ceiling) else column
        if not _within(column, *ranges.get(place, (-MOST_SCORE, MOST_SCORE))):
            return False
    return True


def _are_begins(layer: Layer, begins: Array) -> bool:
    """Return whether grades begin where the rulebook says, or for those of quotas at a cut-off."""
    ours = as_table(first_begins(layer.rules))
    by_quota = [quota.row for quota in layer.quotas]
    fixed = np.delete(np.arange(len(ours)), by_quota)
    return np.array_equal(begins[fixed], ours[fixed]) and _within(begins[by_quota], -NOBODY, NOBODY)


BY_ITS_RULES: Final[Mapping[str, Callable[[Layer, Array], bool]]] = {
    "score": _is_score, "grade": _is_grade, "lists": _are_lists, "more": _is_more, "begins": _are_begins,
}  # fmt: skip
"""How each array that is bounded by the rulebook is looked at by itself; ledger, mail and levels are beside others."""


def _within(array: Array, least: int, most: int) -> bool:
    return array.size == 0 or (least <= int(array.min()) and int(array.max()) <= most)


def _level_of(side: Side, layer: Layer, arrays: Arrays, scored: Array) -> Array:
    """Return the standing accounts that follow from where everyone stands."""
    slots, rules = layer.slots, layer.rules
    group = np.concatenate([groups_of(shard.profile) for shard in side.shards] or [np.zeros(0, np.int64)])[scored]
    grade, lists = arrays["grade"][scored].astype(np.int64), lists_of_all(arrays["lists"][scored]).astype(np.int64)
    level = np.zeros_like(layer.level)
    np.add.at(level, (group, slots.level_grades + grade), 1)
    for rule in range(int(rules.book.n_lists)):
        np.add.at(level[:, slots.level_lists + rule], group, (lists >> rule) & 1)
    standing, inverse = np.unique(np.stack([grade, lists], axis=1), axis=0, return_inverse=True)
    for measure in range(int(rules.book.n_measures)):
        held = [counts.in_force(rules.measures, measure, int(one), int(bits)) for one, bits in standing.tolist()]
        np.add.at(level[:, slots.level_measures + measure], group, np.array(held, dtype=np.int64)[inverse.reshape(-1)])
    np.add.at(level[:, slots.level_score], group, _shown(layer, arrays)[scored])
    return level


def _shown(layer: Layer, arrays: Arrays) -> Array:
    return shown_scores(layer.rules, Status(**{name: arrays.get(name, np.zeros(0)) for name in Status._fields}))


def _known(layer: Layer, level: Array) -> Array:
    """Return standing accounts without those that only the ledger knows: who is on a list wrongly."""
    first, n_lists = layer.slots.level_lists_wrong, int(layer.rules.book.n_lists)
    return np.delete(level, np.arange(first, first + n_lists), axis=1)
