"""Whether a ledger and the mail of a checkpoint are such as a run of this town has: every place that a kernel looks up is one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, cast

import numpy as np

from glasstown.compiler.columns import NEVER
from glasstown.engine.kernel import ledger_words as words
from glasstown.engine.kernel.cache import as_python
from glasstown.engine.kernel.entries import (
    CARRIED,
    CARRY,
    CORRECTION,
    HOLD,
    KEPT,
    LAPSE,
    LISTING,
    LOCK,
    MENDABLE,
    OVERRIDE,
    PROCEDURE,
    RECORD,
    REPEAT,
    TURN,
    TURN_CYCLE,
    VOID,
    clause_of_listing,
    list_of_condition,
    list_of_turn,
)
from glasstown.engine.office.spilling import sends_mail
from glasstown.engine.sides import Side
from glasstown.engine.tables.filing_rows import Letter
from glasstown.engine.tables.shapes import Rules
from glasstown.engine.tables.state import MOST_ENTRIES
from glasstown.engine.town import OTHER, Town
from glasstown.population import BLOCK
from glasstown.rows import as_array, rows_of

Array = np.ndarray[Any, Any]

ABOUT_A_CLAUSE: Final = (LAPSE, OVERRIDE, REPEAT, RECORD, KEPT, CARRY, LOCK, VOID, CARRIED, MENDABLE)
"""Kinds of entries in whose clause field a clause stands."""
MOST_AMOUNT: Final = 1 << 31


def misfit_of_ledger(rules: Rules, scored: Array, n_entries: Array, ledger: Array) -> str | None:
    """Return why a side's entries under a rulebook are none of a run; None where they may be.

    scored     (P,) whom the rulebook scores
    n_entries  (B,) entries of each neighbourhood
    ledger     (E, 2) two words an entry, in the order of neighbourhoods and people
    """
    if int(n_entries.sum()) != len(ledger):
        return f"has {len(ledger)} entries where the blocks name {int(n_entries.sum())}"
    if len(ledger) == 0:
        return None
    key, pay = ledger[:, 0], ledger[:, 1]
    block = np.repeat(np.arange(len(n_entries)), n_entries)
    place = pay & words.PERSON.mask
    person = block * BLOCK + place
    if int(key.min()) < 0 or (place >= BLOCK).any() or int(person.max()) >= len(scored) or not scored[person].all():
        return "has an entry of nobody whom the rulebook scores"
    before, after = ledger[:-1], ledger[1:]
    is_same = person[1:] == person[:-1]
    is_sorted = (before[:, 0] < after[:, 0]) | ((before[:, 0] == after[:, 0]) & (before[:, 1] <= after[:, 1]))
    if (person[1:] < person[:-1]).any() or not is_sorted[is_same].all():
        return "is out of order"
    if int(np.bincount(person).max()) > MOST_ENTRIES:
        return f"has more than {MOST_ENTRIES} entries of one life"
    return None if _are_entries(rules, key, pay).all() else "has an entry that the rulebook cannot bring about"


def _are_entries(rules: Rules, key: Array, pay: Array) -> Array:
    """Return of each entry whether kind, clause and what else it looks up are there in the rulebook."""
    clauses = as_array(rules.clauses)
    n_clauses, n_lists = len(clauses), int(rules.book.n_lists)
    kind, clause = key & words.KIND.mask, (key >> words.CLAUSE.at) & words.CLAUSE.mask
    by_condition, by_turn = _of_all(list_of_condition, clause), _of_all(list_of_turn, clause)
    about = np.isin(kind, ABOUT_A_CLAUSE) | ((kind == HOLD) & (by_condition < 0)) | (kind == LISTING)
    row = np.where(kind == LISTING, _of_all(clause_of_listing, clause), clause)
    is_clause = (row >= 0) & (row < n_clauses)
    looked_up = np.where(is_clause, row, 0)
    column = {name: _column(clauses, name, looked_up) for name in ("list", "grade", "lock", "ladder")}
    step = pay >> words.STEP.at
    is_step = np.where(step == words.BY_LADDER, column["ladder"] >= 0, (step >= 0) & (step < n_clauses))
    fit = ~about | is_clause
    fit &= ~(about & np.isin(kind, (HOLD, LISTING))) | (column["list"] >= 0)
    fit &= (kind != OVERRIDE) | (column["grade"] >= 0)
    fit &= (kind != LOCK) | (column["lock"] > 0)
    fit &= (kind != RECORD) | is_step
    fit &= (kind != HOLD) | (by_condition < n_lists)
    fit &= (kind != TURN) | ((clause >= TURN_CYCLE) & (by_turn < n_lists))
    fit &= (pay >= 0) | (kind == CORRECTION)
    is_known = about | np.isin(kind, (HOLD, CORRECTION, PROCEDURE, TURN))
    return np.asarray(fit & is_known)


def _of_all(read: Callable[[int], int], places: Array) -> Array:
    """Return what a reader of one place says of many."""
    return cast("Callable[[Array], Array]", as_python(read))(places)


def _column(clauses: Array, name: str, rows: Array) -> Array:
    return np.asarray(clauses[name][rows]) if len(clauses) else np.full(len(rows), -1)


def misfit_of_mail(town: Town, side: Side, rules: Rules, mail: Array) -> str | None:
    """Return why letters to the people, or the firms, of a town are none of a run; None where they may be."""
    if len(mail) == 0:
        return None
    if not sends_mail(rules) or town.ties is None:
        return "has letters where none are sent"
    letters = as_array(rows_of(Letter, mail))
    there = {each.kind: each.n_people for each in town.sides}
    ranges = {
        "target": there.get(side.kind, 0) - 1, "source": there.get(OTHER[side.kind], 0) - 1, "event": words.EVENT.mask,
        "clause": len(rules.clauses) - 1, "day": NEVER - 1, "undone": NEVER, "choice": words.CHOICE.mask, "amount": MOST_AMOUNT,
    }  # fmt: skip
    for name, most in ranges.items():
        if int(letters[name].min()) < 0 or int(letters[name].max()) > most:
            return f"has a letter whose {name} is none"
    order = np.lexsort((letters["clause"], letters["event"], letters["source"], letters["target"]))
    return None if (letters[order] == letters).all() else "is out of order"
