"""That no score wraps: 32 bits hold what stands at a month's end, and a month cannot move it past them.

`check` lets no base, bound or threshold lie beyond 2**30 quanta.  In one month a person has at most 4,096 entries, each
of which moves at most 65,535 quanta when it begins and again when it ends: less than 2**29 in all.  A score that
ends a month within `MOST_SCORE` therefore ends the next one within 32 bits; one beyond it stops the run.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Final

import numpy as np

from glasstown.engine.person.scores import NO_CEILING
from glasstown.engine.sides import Layer, Side
from glasstown.engine.tables.shapes import Status
from glasstown.errors import Fault, RunError
from glasstown.language.model import Rulebook

MOST_SCORE: Final = (1 << 30) + (1 << 29)
"""quanta, of either sign, that a score, a part of it or a balance may have when a month ends"""


def assert_headroom(side: Side, month: int) -> None:
    """Stop a town in which a score has come near the end of 32 bits.  Errors   RunError, naming the rulebook."""
    faults = [
        Fault(
            f"{side.kind} side, month {month}", None, f"a score of {farthest} quanta under '{layer.name}'",
            f"at most {MOST_SCORE} quanta", "Give the score bounds or a larger quantum, or let fewer months pass.",
        )
        for layer in side.layers
        if not is_bounded(layer.compiled.rulebook) and abs(farthest := farthest_of(layer)) > MOST_SCORE
    ]  # fmt: skip
    if faults:
        raise RunError("The run stopped", faults)


def is_bounded(book: Rulebook) -> bool:
    """Return whether a rulebook's own bounds keep its score, and nothing is counted beside it."""
    score = book.score
    has_bounds = isinstance(score.lowest.value, Decimal) and isinstance(score.highest.value, Decimal)
    return has_bounds and score.beyond_bounds == "saturate" and not score.parts and book.balance is None


def farthest_of(layer: Layer) -> int:
    """Return the number farthest from zero among the scores, parts and balances of a layer."""
    return max((farthest_in(status) for status in layer.statuses), key=abs, default=0)


def farthest_in(status: Status) -> int:
    """Return the number farthest from zero that a shard's scores, parts and balances have; a ceiling that is none is left out."""
    beside = status.more[status.more != NO_CEILING] if status.more.size else status.more
    ends = [end for array in (status.score, beside) for end in _ends(array)]
    return max(ends, key=abs, default=0)


def _ends(array: np.ndarray) -> tuple[int, ...]:
    return (int(array.min()), int(array.max())) if array.size else ()
