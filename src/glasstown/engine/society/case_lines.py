"""What a replay writes down of cases and payments: a line for each, of the person whose case it is."""

from __future__ import annotations

from typing import NamedTuple

from glasstown.engine.kernel.bits import whole
from glasstown.engine.kernel.cache import kernel
from glasstown.engine.kernel.logbook import is_kept, next_line
from glasstown.engine.tables.bundles import At
from glasstown.engine.tables.scene import Scene


class Paid(NamedTuple):
    """What is claimed or paid, as a line tells it.

    how          who claims, or how a payment came about (lived_rows.py)
    yuan         what is claimed, or paid
    written_off  what creditors let go
    other        place in the neighbourhood of the other who owes the same, and 1; 0 for nobody
    """

    how: int
    yuan: int
    written_off: int
    other: int


@kernel
def write_down(scene: Scene, at: At, position: int, kind: int, paid: Paid) -> None:
    """Write down a case or a payment, for a replay."""
    if is_kept(scene.log):
        row = scene.log.rows[next_line(scene.log, kind, position - at.first)]
        row.month, row.how, row.yuan, row.written_off, row.other = (
            at.month, paid.how, paid.yuan, paid.written_off, paid.other,
        )  # fmt: skip
        row.owed = whole(scene.shard.lives.owed[position])
        row.until = at.month + whole(scene.shard.lives.supervised[position])
