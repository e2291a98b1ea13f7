"""What a replay writes down while a neighbourhood lives again; a bulk run has no rows and writes nothing."""

from __future__ import annotations

from glasstown.compiler.columns import MOST_PARTS
from glasstown.engine.cache import kernel
from glasstown.engine.shapes import Log

LOG_MORE = 12  # first column of what a rulebook keeps beside the score, on lines
N_LOG_COLUMNS = LOG_MORE + 4 + MOST_PARTS

LOG_ACTED = 1  # person, month, class, acts, acts found out
LINE = 2  # a line of the ledger: living.write_line
LACK_SHIFT = 4
"""What makes a record void stands above the truth of it."""
# wrong: its truth, and what makes the record void above it
LOG_FILED = 3  # person, event, act, act day, record day, until, choice, wrong, clause, effect day, amount
LOG_DECIDED = 4  # person, event, day, kind, procedure, record


@kernel
def note(
    log: Log, kind: int, a: int, b: int, c: int, d: int, e: int, f: int, g: int, h: int, i: int, j: int, k: int
) -> None:
    """Write a row of the log; rows past its end are counted, so that the caller can give more room."""
    row = log.written[0]
    log.written[0] = row + 1
    if row < len(log.rows):
        line = log.rows[row]
        line[0], line[1], line[2], line[3], line[4], line[5] = kind, a, b, c, d, e
        line[6], line[7], line[8], line[9], line[10], line[11] = f, g, h, i, j, k
