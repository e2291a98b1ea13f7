"""How a dated drive moves a list in a month, as kernels read it."""

from __future__ import annotations

from glasstown.rows import Row, column


class Pace(Row):
    """One month of a drive; a list that nothing drives has one row, which moves nothing."""

    recording: int = column("of 2**16", "What the share that courts record is multiplied by.")
    performing: int = column("of 2**16", "What the chance of performing is multiplied by.")
    deletion: int = column("of 2**32", "A court takes somebody off a list that performing ends.")
