"""Who is on which list, as `Status.lists` keeps it: a byte for each eight lists of a rulebook, bit k for its k-th list."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from glasstown.engine.kernel.bits import whole
from glasstown.engine.kernel.cache import kernel
from glasstown.engine.tables.shapes import Status

LISTS_A_BYTE = 8


def bytes_for(n_lists: int) -> int:
    """Return how many bytes a person takes under a rulebook of so many lists."""
    return -(-n_lists // LISTS_A_BYTE)


@kernel
def lists_of(status: Status, position: int) -> int:
    """Return the lists that somebody is on, as bits."""
    lists = whole(0)
    for place in range(status.lists.shape[1]):
        lists |= whole(status.lists[position, place]) << (LISTS_A_BYTE * place)
    return lists


@kernel
def lay_lists(status: Status, position: int, lists: int) -> None:
    """Let somebody be on these lists, and on no others."""
    for place in range(status.lists.shape[1]):
        status.lists[position, place] = np.uint8((lists >> (LISTS_A_BYTE * place)) & 255)


@kernel
def lists_of_any(status: Status, start: int, end: int) -> int:
    """Return the lists that anybody from a position up to another is on, as bits: a loop that takes several people at a time."""
    lists = whole(0)
    for place in range(status.lists.shape[1]):
        on = np.uint8(0)
        for position in range(np.uint64(start), np.uint64(end)):
            on = np.uint8(on | status.lists[position, place])
        lists |= whole(on) << (LISTS_A_BYTE * place)
    return lists


def lists_of_all(lists: NDArray[np.uint8]) -> NDArray[np.uint32]:
    """Return the lists that each of many is on, as bits: `lists` (n, bytes), as `Status` has them."""
    found = np.zeros(len(lists), dtype=np.uint32)
    for place in range(lists.shape[1]):
        found |= lists[:, place].astype(np.uint32) << np.uint32(LISTS_A_BYTE * place)
    return found


def as_bytes(lists: NDArray[np.uint32], n_bytes: int) -> NDArray[np.uint8]:
    """Return lists as `Status` keeps them: (n, bytes)."""
    places = np.arange(n_bytes, dtype=np.uint32) * np.uint32(LISTS_A_BYTE)
    return ((lists[:, None] >> places) & np.uint32(255)).astype(np.uint8)
