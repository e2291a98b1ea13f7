"""The single numbers of a lived town lie within what their units say, so that no kernel shifts or compares past its range."""

from __future__ import annotations

import pytest

from engine.scenes import scene_of
from glasstown.engine.tables.society_rows import SocietyNumbers
from glasstown.rows import columns_of
from plain_kernels import WRAPS

pytestmark = WRAPS
MOST = {"threshold": 2**32, "of 256": 2**8, "of 4096": 2**12, "of 2**16": 2**16, "of 2**32": 2**32, "0 or 1": 1}
PLACES = {"tips", "judged"}
"""of which -1 is none"""
TIMES = {"attempts", "per_due"}
"""how many times, in parts of 256: these may be more than one"""


def outside(numbers: SocietyNumbers) -> list[str]:
    """Return the columns that hold a number outside its unit."""
    found = []
    for name, column in columns_of(SocietyNumbers).items():
        held = getattr(numbers, name)
        values = [int(each) for each in held] if column.n else [int(held)]
        least = -1 if name in PLACES else 0
        most = MOST.get(column.unit, 2**63 - 1) if name not in TIMES else 2**31 - 1
        if not all(least <= value <= most for value in values):
            found.append(name)
    return found


@pytest.fixture(scope="module")
def numbers() -> SocietyNumbers:
    return scene_of(20).model.society.numbers  # type: ignore[no-any-return]


def test_numbers_of_a_town__lie_within_their_units(numbers: SocietyNumbers) -> None:
    assert int(numbers.is_lived) == 1
    assert outside(numbers) == []


def test_number_outside_its_unit__is_found(numbers: SocietyNumbers) -> None:
    kept = int(numbers.attached)
    numbers.attached = 257
    assert outside(numbers) == ["attached"]
    numbers.attached = kept
