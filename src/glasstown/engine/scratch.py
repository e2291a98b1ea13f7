"""What one thread works with, and a shard's month of conduct lived in it, with more room where it asks for more."""

from __future__ import annotations

from dataclasses import dataclass

from glasstown.engine import rounds
from glasstown.engine.kernel import stops
from glasstown.engine.kernel.straight import straight
from glasstown.engine.tables.own import OwnKernels
from glasstown.engine.tables.person_rows import Cursor
from glasstown.engine.tables.scene import Scene
from glasstown.engine.tables.shapes import Found, Work
from glasstown.engine.tables.state import MOST_FILED, make_found, make_log, make_work
from glasstown.rows import make_row

FOUND_ROOM = 32
"""Rows of what is found out, for each block of a shard, to begin with; there is more where a month asks for it."""
NO_LOG = make_log(0)


@dataclass(slots=True)
class Scratch:
    """What one thread works with."""

    work: Work
    found: Found

    def fit(self, n_blocks: int) -> None:
        """Have room for a shard of so many blocks."""
        if len(self.found.starts) <= n_blocks:
            self.found = make_found(n_blocks, max(len(self.found.rows), FOUND_ROOM * n_blocks))

    def grow(self, block: int) -> None:
        """Give what is found out twice the room, keeping what the blocks before this one wrote."""
        n_rows = int(self.found.starts[block])
        larger = make_found(len(self.found.starts) - 1, 2 * len(self.found.rows) + FOUND_ROOM * 64)
        larger.starts[:] = self.found.starts
        larger.rows[:n_rows] = self.found.rows[:n_rows]
        self.found = larger


def make_scratch(n_classes: int, n_blocks: int, n_filed: int = MOST_FILED) -> Scratch:
    """Return what one thread needs for shards of so many classes and blocks, and so many new entries of a neighbourhood."""
    return Scratch(make_work(n_classes, n_filed), make_found(n_blocks, FOUND_ROOM * n_blocks))


def live_conduct(scene: Scene, scratch: Scratch, month: int, own: OwnKernels | None = None) -> None:
    """Live what people do in one shard, leaving in `scratch` what was found out, and its accounts in the scene.

    own   the kernels of a run with a mechanism of one's own
    """
    cursor, live = make_row(Cursor), rounds.live_conduct if own is None else own.live_conduct
    while straight(live, scene, cursor, month) != stops.DONE:
        scratch.grow(int(cursor.block))
        scene = scene._replace(found=scratch.found)
