"""A compiled function called without a look at the types of what it is given says what it says otherwise."""

from __future__ import annotations

import numpy as np
import pytest

from glasstown.engine.counts import in_force
from glasstown.engine.kernel import straight as module
from glasstown.engine.kernel.straight import straight
from glasstown.engine.warm import empty_rules


def test_straight__calls_what_is_not_compiled_as_it_is() -> None:
    asked: list[int] = []
    assert [straight(lambda n: asked.append(n) or n + 1, n) for n in (1, 2)] == [2, 3]  # type: ignore[func-returns-value]
    assert asked == [1, 2]


def test_straight__says_what_the_function_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_POINTS", {})
    measures = empty_rules().measures
    measures[0].grades, measures[0].lists = 0b100, 0b10
    asked = [(grade, lists) for grade in range(4) for lists in range(4)]
    told = [[int(call(measures, 0, *each)) for each in asked] for call in (in_force, lambda *a: straight(in_force, *a))]
    assert told[0] == told[1]
    assert set(told[0]) == {0, 1}


def test_straight__refuses_numbers_of_another_width() -> None:
    import glasstown.engine.kernel.philox as philox
    from glasstown.engine.kernel.cache import is_plain
    from glasstown.engine.tables.state import chance_of

    if is_plain():
        pytest.skip("nothing is compiled")
    chance, narrow = chance_of(1, "person"), np.zeros((4, 8), dtype=np.uint16)
    straight(philox.fill, chance, 0, 0, 8, 0, 1, np.zeros((4, 8), dtype=np.uint32))
    with pytest.raises(TypeError):
        straight(philox.fill, chance, 0, 0, 8, 0, 1, narrow)
