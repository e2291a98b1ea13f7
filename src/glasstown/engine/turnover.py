"""S0: what a change of tenants means under rulebooks, and for what people do: whoever leaves takes all along, whoever comes begins.

The step runs before all others of a month; `engine/society/tenants.py` says who leaves and who comes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from glasstown.engine.kernel.straight import straight
from glasstown.engine.leaving import turn_under
from glasstown.engine.office.spilling import mail_for
from glasstown.engine.sides import SLACK, Layer, Side, first_status
from glasstown.engine.society.tenants import MONTHS, fold, turn_lives
from glasstown.engine.tables.lived_rows import Lived
from glasstown.engine.tables.lives import CHILD
from glasstown.engine.tables.shapes import I64, Shard, Status, Work
from glasstown.engine.tables.state import make_mine
from glasstown.engine.tables.turning import Begin, Turned, Under, tenant_slots
from glasstown.engine.tables.turning_rows import STAYED, FirstStanding, Turn
from glasstown.rows import Rows, as_array, make_row, make_rows

Booked = tuple[I64, I64]
"""This month's flow and change of level of a rulebook, by group."""


@dataclass(frozen=True, slots=True)
class Left:
    """Where those stood under one rulebook who left it this month, as the last month ended.

    place   (n,) position in the shard
    status  of these alone
    """

    place: I64
    status: Status


@dataclass(frozen=True, slots=True)
class Changes:
    """What a month's look at the places of a shard brought about: who turned; under each rulebook, who left it."""

    turned: Rows[Turn]
    left: tuple[Left, ...]


NO_CHANGES = Changes(make_rows(Turn, 0), ())


def turn(
    side: Side, number: int, month: int, lived: Rows[Lived], booked: Sequence[Booked], work: Work, *, told: bool
) -> Changes:
    """S0. Let the places of a shard change their tenants, and enter it into all accounts of the month.

    told   whether somebody asks what changed: else nothing is returned
    """
    turning, shard = side.turning, side.shards[number]
    if turning is None or month == 0 or len(shard.lives.work) == 0:
        return NO_CHANGES
    model, n_most = side.conduct.model, len(shard.roles) // MONTHS + 1
    turns, x = make_rows(Turn, n_most), np.zeros((n_most, len(side.conduct.classes)), dtype=np.int64)
    n = straight(turn_lives, turning, model, shard, lived, side.chance, Turned(turns, x, work.draws[0]), month)
    turned = as_array(turns)[:n]
    left = tuple(_left(layer.statuses[number], turned, place) for place, layer in enumerate(side.layers) if told)
    for place, (layer, accounts) in enumerate(zip(side.layers, booked, strict=True)):
        under = _under(layer, number, place, shard, accounts, work, month)
        layer.pools[number].swap(straight(turn_under, under, turned, x, month))
        if len(layer.mail[number].rows):
            _return_mail(layer, number, shard, turned)
    straight(fold, shard.propensity, shard.lives.heads, shard.lives.is_female, shard.hashes, turned, x)
    return Changes(turned, left)


def _left(status: Status, turned: Rows[Turn], number: int) -> Left:
    """Return where those stand who leave a rulebook now; entries are counted by neighbourhood and left out."""
    turns = as_array(turned)
    place = turns["place"]
    goes = (status.is_scored[place] != 0) & ((turns["why"] != STAYED) | ((turns["scored"] >> number) & 1 == 0))
    mine = {name: array if name == "n_entries" else array[place[goes]] for name, array in status._asdict().items()}
    return Left(place[goes], Status(**mine))


def _under(
    layer: Layer, number: int, place: int, shard: Shard, booked: Booked, work: Work, month: int
) -> Under:  # fmt: skip
    """Return what a change of tenants works on under one rulebook, with room in the ledger for what those begin with who come.

    place   of the rulebook, among those in force
    """
    pool, (flow, level) = layer.pools[number], booked
    begin = _begin(layer, month)
    n_most = pool.n_entries + len(begin.entries) * (len(shard.roles) // MONTHS + 1)
    if len(pool.written) < n_most:
        pool.written = np.zeros((n_most + SLACK, 2), dtype=np.int64)
    return Under(
        number=place,
        book=layer.rules.book,
        clauses=layer.rules.clauses,
        measures=layer.rules.measures,
        borders=layer.practice.borders,
        felt=layer.practice.felt,
        begin=begin,
        first=shard.first,
        profile=shard.profile,
        status=layer.statuses[number],
        flow=flow,
        level=level,
        pool_in=pool.read,
        pool_out=pool.written,
        mine=make_mine(work, layer.begins),
    )


def _begin(layer: Layer, month: int) -> Begin:
    """Return how somebody begins under a rulebook in a month: as in others with the same cut-offs, unless a term begins."""
    cut_offs = as_array(layer.begins).tobytes()
    begin = layer.begun.get(cut_offs)
    if begin is None or len(begin.entries):
        first = make_row(FirstStanding)
        first.grade, first.lists, more, entries = first_status(layer.law, layer.begins, month)
        first.n_more = len(more)
        for column, value in enumerate(more):
            first.more[column] = value
        begin = Begin(first, tenant_slots(layer.slots), np.array(entries, dtype=np.int64).reshape(-1, 2))
        layer.begun[cut_offs] = begin
    return begin


def _return_mail(layer: Layer, number: int, shard: Shard, turned: Rows[Turn]) -> None:
    """Take out the letters that find nobody: those to somebody who has left, or to a child."""
    turns, letters = as_array(turned), as_array(layer.mail[number].rows)
    position = letters["target"] - int(shard.ident.entity)
    left = np.isin(position, turns["place"][turns["why"] != STAYED])
    layer.mail[number] = mail_for(letters[~left & (shard.lives.work[position] != CHILD)], shard)
