"""One table across the rulebooks of a run: what each wrote down, took, and whom it put on a list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from glasstown.outcomes import measures
from glasstown.outcomes.measures import Accounts
from glasstown.outcomes.opened import TownRun
from glasstown.render import words
from glasstown.render.blocks import Block, Grid, Paragraph
from glasstown.render.got_and_cost import kept_accounts
from glasstown.types import SYNTHETIC_WORDS

HEADS: Final = ("records", "wrong", "lost", "given", "listed", "wrongly", "left", "at end")
READ_AS: Final = (
    (("lost", "given"), "Lost and given: points."),
    (("listed", "wrongly", "left", "at end"), "Listed to at end: black lists; wrongly: by wrong records alone."),
)
"""what is to be said of columns, where one of them is there"""


@dataclass(frozen=True, slots=True)
class Across:
    """One row: a rulebook, whom it is about here, and its numbers in the order of `HEADS`, as text; empty for 0."""

    name: str
    cells: tuple[str, ...]


def table(runs: Sequence[TownRun]) -> list[Block]:
    """Return the table and what is to be said below it; nothing for a run with one row alone."""
    rows = [_row(run, accounts, len(runs)) for run, accounts in kept_accounts(runs)]
    if len(rows) < 2:
        return []
    told = [row for row in rows if any(row.cells)]
    silent = [row.name for row in rows if not any(row.cells)]
    used = [at for at in range(len(HEADS)) if any(row.cells[at] for row in told)]
    cells = tuple((row.name, *(row.cells[at] for at in used)) for row in told)
    heads = ("rulebook", *(HEADS[at] for at in used))
    grid = Grid(heads, cells, frozenset(range(1, len(heads))), caption=f"What each rulebook did, {SYNTHETIC_WORDS}")
    below: list[Block] = [Paragraph(_read_as(heads), quiet=True)]
    if silent:
        below.append(Paragraph(f"Nothing was recorded under {words.listed(silent)}."))
    return [grid, *below] if told else below[1:]


def _read_as(heads: Sequence[str]) -> str:
    """Return how the columns that are there are read."""
    said = [told for names, told in READ_AS if any(each in heads for each in names)]
    return " ".join([*said, "Empty: 0."])


def _row(run: TownRun, accounts: Accounts, n_runs: int) -> Across:
    is_split = len([each for each in run.accounts.values() if not each.why_not("records")]) > 1
    name = f"{run.reference} (firms)" if is_split and accounts.kind == "firm" else run.reference
    found = measures.truth(accounts)
    tallies = measures.clause_tallies(accounts) if run.book.score.kept else ()
    lost = -sum((each.points for each in tallies if each.points < 0), Decimal(0))
    given = sum((each.points for each in tallies if each.points > 0), Decimal(0))
    black = [rule.id for rule in run.book.lists if rule.colour == "black"]
    flows = [
        sum(accounts.total(account, each) for each in black) for account in ("list_in", "list_in_wrong", "list_out")
    ]
    stock = sum(accounts.series("lists", each)[-1] for each in black)
    quantum = run.book.score.quantum
    points = [words.points(each, quantum) if each else "" for each in (lost, given)]
    counts = [words.count(each) if each else "" for each in (found.written, found.wrong, *flows, stock)]
    return Across(name, (*counts[:2], *points, *counts[2:]))
