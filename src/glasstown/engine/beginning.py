"""What the last month's end lets hold at a month's beginning, shard by shard: closed gates, names listed, firms that went under."""

from __future__ import annotations

from datetime import date

import numpy as np

from glasstown.engine.conduct.acts import PROFILE_GROUP
from glasstown.engine.news import News, names_of
from glasstown.engine.sides import Layer, Side
from glasstown.engine.society import gates
from glasstown.engine.society.trade import listed_of
from glasstown.engine.tables.lives import (
    ALL_GATES,
    BLACK,
    L_NAMESAKES,
    S_INHERITS,
    S_JOBS,
    S_JOINED,
    S_LOSE,
    S_USUAL_EXITS,
    S_USUAL_LOSE,
)
from glasstown.engine.tables.shapes import I64, Shard


def closed_in(layer: Layer, month: int, side: Side) -> tuple[I64, I64]:
    """Return what lists and grades of a rulebook close in a month."""
    if month not in layer.closed:
        months = layer.start.year * 12 + layer.start.month - 1 + month
        numbers = side.conduct.model.society.numbers
        joined = int(numbers[S_JOINED]) if len(numbers) > S_JOINED else 0
        layer.closed[month] = gates.closing(layer.compiled, date(months // 12, months % 12 + 1, 1), joined)
    return layer.closed[month]


def close_gates(side: Side, number: int, month: int, lived: I64, news: News) -> None:
    """S7, S11, S12. Let what the last month's end closes hold in this month, under all rulebooks together."""
    shard, society = side.shards[number], side.conduct.model.society
    is_firm = len(shard.trade.health) > 0
    if len(shard.lives.closed) == 0 and not is_firm:
        return
    bits = np.zeros(len(shard.roles), dtype=np.uint16)
    for layer in side.layers:
        gates.gather(bits, layer.statuses[number], *closed_in(layer, month, side))
    if is_firm:
        shard.trade.listed[:] = listed_of(bits, BLACK)
        return
    if society.numbers[S_INHERITS] > 0:
        gates.inherit(society, shard, bits, np.zeros(256, dtype=np.int64), lived, side.chance)
    if len(news.by_name):
        added = news.by_name[names_in(shard, side)] & np.uint16(ALL_GATES) & ~bits
        is_barred = (added != 0) & (bits & np.uint16(BLACK) == 0)
        bits |= added
        groups = shard.profile[is_barred] & np.uint16(PROFILE_GROUP)
        lived[:, L_NAMESAKES] += np.bincount(groups, minlength=len(lived))[: len(lived)]
    gates.renew(society, shard, bits, lived, side.chance, month)


def hear_of_firms(side: Side, news: News) -> None:
    """S1. Let more firms going under than is usual cost jobs: the same for everybody in a month, whichever shard says it."""
    numbers = side.conduct.model.society.numbers
    if len(numbers) > S_USUAL_LOSE:
        beyond = news.went_under - int(numbers[S_USUAL_EXITS]) if news.went_under >= 0 else 0
        more = (int(numbers[S_JOBS]) * beyond) >> 8
        numbers[S_LOSE] = min(max(int(numbers[S_USUAL_LOSE]) + more, 0), 1 << 32)


def names_in(shard: Shard, side: Side) -> I64:
    seed = int(side.chance[0]) | int(side.chance[1]) << 32
    return names_of(seed, int(shard.ident[0]), len(shard.roles))
