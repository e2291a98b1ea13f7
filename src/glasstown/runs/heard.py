"""Who had notice of a listing and who objected: drawn again as the office drew it, since no ledger has either."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from glasstown.engine.kernel import draws, events
from glasstown.engine.kernel.ledger_words import Bits
from glasstown.engine.kernel.philox import words
from glasstown.engine.sides import Layer, Side
from glasstown.engine.tables.log_rows import FILED, LogLine

OBJECTION: Final = 3
"""block of the words of an act that says whether somebody objects"""


@dataclass(frozen=True, slots=True)
class Heard:
    """What became of a record before it took effect.

    noticed   whether there was notice of the listing; None for a record that lists nobody, and where a town gives no notice
    """

    noticed: bool | None
    objected: bool


def heard_of(side: Side, layer: Layer, rows: Mapping[tuple[int, int], list[LogLine]]) -> dict[tuple[int, int], Heard]:
    """Return of each record of an act, by place and event, whether there was notice and an objection; of good deeds neither.

    Copies of a record are left out: they are heard with the first; so is what came by mail or followed from another's record.
    """
    return {
        (member, row.event): _heard(side, layer, row, member)
        for (member, _), lines in rows.items()
        for row in lines
        if row.kind == FILED and _is_heard(layer, row)
    }


def _part(event: int, bits: Bits) -> int:
    return int((event >> bits.at) & bits.mask)


def _is_heard(layer: Layer, row: LogLine) -> bool:
    is_act = _part(row.event, events.CLASS) < events.BY_MAIL and not _part(row.event, events.TWICE)
    return bool(is_act and layer.rules.clauses[row.clause].sign <= 0)


def _heard(side: Side, layer: Layer, row: LogLine, member: int) -> Heard:
    """Return what became of one record, with the words that were drawn for whoever did the act."""
    shard, numbers = side.shards[0], layer.practice.numbers
    month, k, number = (_part(row.event, bits) for bits in (events.MONTH, events.CLASS, events.NUMBER))
    origin = _part(row.event, events.ORIGIN)
    entity = int(shard.ident.entity) + (origin - 1 if origin else member)
    act = k * draws.MOST_NUMBERS + number
    lacks = words(side.chance, shard.ident.filing, entity, month, draws.LACKS + act)
    place = draws.FILING + act * draws.BLOCKS_OF_AN_ACT + OBJECTION
    objection = words(side.chance, shard.ident.filing, entity, month, place)[0]
    lists = layer.rules.clauses[row.clause].list >= 0 and numbers.notice_days > 0
    is_noticed = bool(lacks[3] >> 16 >= numbers.notice_skipped) if lists else None
    return Heard(is_noticed, bool(objection < layer.practice.handled[row.clause].objection))
