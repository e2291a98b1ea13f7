"""What kernels take of a mechanism of one's own: its tables, and what it may read of somebody."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from glasstown.rows import Ints


class Own(NamedTuple):
    """A mechanism of one's own: what it is about, and its numbers; about nothing where there is none.

    k        class of conduct, -1 for none
    act      act that it finds out, -1 for none
    doors    bits of the gate that it closes, 0 for none
    most     the most that it multiplies a hazard by, in parts per million
    odds     (masks, 2) chance that an act of the class that no office found is that one, of 2**32
    numbers  (n,) its parameters in parts per million
    """

    k: int
    act: int
    doors: int
    most: int
    odds: NDArray[np.int64]
    numbers: Ints


class Who(NamedTuple):
    """What a mechanism of one's own may read of somebody; whole numbers."""

    age_band: int
    is_female: int
    in_town: int
    fifth: int
    month: int
