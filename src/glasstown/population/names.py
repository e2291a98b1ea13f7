"""Invented names, so that a told life reads like one; every name says that it is synthetic.

Each word begins with a cluster that no Chinese syllable has, so that no name can be taken for a Chinese one.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from glasstown.chance import drawn

MARK: Final = "(synthetic)"

CLUSTERS: Final = (
    "Bra",
    "Cre",
    "Dro",
    "Fla",
    "Gri",
    "Klo",
    "Plu",
    "Sve",
    "Tri",
    "Vle",
    "Sko",
    "Pry",
    "Tva",
    "Gle",
    "Vro",
    "Bly",
)
ENDINGS: Final = (
    "vel",
    "dro",
    "mir",
    "ska",
    "tov",
    "lune",
    "rick",
    "vos",
    "dwin",
    "kel",
    "sta",
    "brin",
    "vard",
    "mott",
    "zel",
    "frey",
)
TRADES: Final = ("Works", "Traders", "Mills", "Partners", "Supplies", "Services", "Builders", "Stores")


def person_name(seed: int, person_id: int, since: int = 0) -> str:
    """Return a person's invented name, such as 'Bravel Skotov (synthetic)'; two people may share one.

    since   month in which the tenant of this place came
    """
    words = drawn(seed, "person-syllables", np.array([person_id], dtype=np.uint64), since)[:, 0]
    given, family = (_word(int(words[k]), int(words[k + 1])) for k in (0, 2))
    return f"{given} {family} {MARK}"


def firm_name(seed: int, firm_id: int) -> str:
    """Return a firm's invented name, such as 'Klobrin Mills (synthetic)'; two firms may share one."""
    words = drawn(seed, "firm-syllables", np.array([firm_id], dtype=np.uint64))[:, 0]
    return f"{_word(int(words[0]), int(words[1]))} {TRADES[int(words[2]) % len(TRADES)]} {MARK}"


def _word(first: int, second: int) -> str:
    """Return an invented word of two syllables."""
    return CLUSTERS[first % len(CLUSTERS)] + ENDINGS[second % len(ENDINGS)]
