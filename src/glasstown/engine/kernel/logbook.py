"""What a replay writes down; a bulk run has no lines and writes nothing."""

from __future__ import annotations

from typing import cast

from glasstown.engine.kernel.cache import kernel
from glasstown.engine.tables.log_rows import Log, LogLine
from glasstown.rows import Rows, as_array, in_python


@kernel
def is_kept(log: Log) -> bool:
    """Return whether anything is written down at all."""
    return len(log.rows) > 0


@kernel
def turn_page(log: Log, block: int) -> None:
    """Let the lines that follow be about a neighbourhood, by its place in the shard."""
    if is_kept(log):
        log.written[1] = block


@kernel
def next_line(log: Log, kind: int, person: int) -> int:
    """Return the place of an empty line for something about a person.

    Lines past the end are counted, so that the caller can give more room and let the month happen again; they lie on the last.
    """
    written = log.written[0]
    log.written[0] = written + 1
    place = min(written, len(log.rows) - 1)
    line = log.rows[place]
    line.kind, line.person, line.block = kind, person, log.written[1]
    return place


def lines_of(log: Log, first: int = 0) -> list[LogLine]:
    """Return what was written, from the line `first` on."""
    return in_python(cast(Rows[LogLine], as_array(log.rows)[first : log.written[0]]))
