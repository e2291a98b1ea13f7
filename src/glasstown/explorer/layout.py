"""Where everybody stands on the map: streets in the middle, villages around them, the same for the same town."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from glasstown.population.tables import BLOCK

WIDE: Final = (760, 560)
NARROW: Final = (360, 470)
"""the map on a screen and on a telephone, in its own units"""
ACROSS: Final = 15
"""people of a street block side by side"""
CELL: Final = (18.0, 14.0)
"""room for a neighbourhood, in steps from one person to the next"""
LARGEST_STEP: Final = 20.0
ROOM: Final = 1.3
"""cells for each neighbourhood, so that some stay empty"""
_TURN: Final = 2.39996
"""the golden angle, by which people of a village stand around its middle"""
_GOLDEN: Final = 2654435761


@dataclass(frozen=True, slots=True)
class Layout:
    """A map: its size, the step from one person to the next, and (P,) where each stands."""

    width: int
    height: int
    step: float
    x: NDArray[np.float64]
    y: NDArray[np.float64]


def layout_of(n: int, is_town: NDArray[np.bool_], size: tuple[int, int]) -> Layout:
    """Return the map of `n` people whose neighbourhoods lie in town or around it.

    is_town   (B,) by neighbourhood
    """
    width, height = size
    blocks = len(is_town)
    step, columns, rows = _grid(width, height, blocks)
    corners = _cells(columns, rows, is_town)
    cell_x, cell_y = width / columns, height / rows
    place = np.arange(n)
    block, member = place // BLOCK, place % BLOCK
    x0, y0 = corners[block, 0] * cell_x + cell_x / 2, corners[block, 1] * cell_y + cell_y / 2
    street_x, street_y = (member % ACROSS - 7) * step, (member // ACROSS - 4.5) * step
    radius = 0.52 * step * np.sqrt(member + 0.6)
    round_x, round_y = np.cos(member * _TURN) * radius, np.sin(member * _TURN) * radius
    town = is_town[block]
    jitter = (_key(block) - 0.5) * (cell_x - 14 * step), (_key(block + 977) - 0.5) * (cell_y - 13 * step)
    x = x0 + np.where(town, street_x, round_x + jitter[0] * 0.6)
    y = y0 + np.where(town, street_y, round_y + jitter[1] * 0.6)
    return Layout(width, height, step, x, y)


def _grid(width: int, height: int, blocks: int) -> tuple[float, int, int]:
    """Return the largest step at which all neighbourhoods have room, with columns and rows of cells."""
    step = LARGEST_STEP
    while True:
        columns, rows = int(width // (CELL[0] * step)), int(height // (CELL[1] * step))
        if columns * rows >= max(ROOM * blocks, 1):
            return step, columns, rows
        step *= 0.985


def _cells(columns: int, rows: int, is_town: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Return (B, 2) the cell of each neighbourhood: streets nearest to the middle, villages scattered over the rest."""
    cells = np.array([(c, r) for r in range(rows) for c in range(columns)], dtype=np.float64)
    middle = np.array([(columns - 1) / 2, (rows - 1) / 2])
    far = np.abs((cells - middle) / np.array([columns, rows])).max(axis=1) + np.arange(len(cells)) * 1e-9
    order = np.argsort(far, kind="stable")
    n_town = int(is_town.sum())
    streets = sorted(order[:n_town].tolist())
    around = np.asarray(sorted(order[n_town:].tolist()), dtype=np.int64)
    villages = sorted(around[np.argsort(_key(around * 31 + 7), kind="stable")][: len(is_town) - n_town].tolist())
    found = np.zeros((len(is_town), 2))
    found[is_town] = cells[streets]
    found[~is_town] = cells[villages]
    return found


def _key(numbers: NDArray[Any]) -> NDArray[np.float64]:
    """Return a number from 0 to 1 for each, the same for the same."""
    return ((numbers.astype(np.uint64) * np.uint64(_GOLDEN)) & np.uint64(0xFFFFFFFF)).astype(np.float64) / 2**32
