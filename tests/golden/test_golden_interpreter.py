"""The interpreter tells every golden micro-life as it is written."""

from __future__ import annotations

import pytest

from glasstown.interpreter.life import live
from golden.harness import Golden, differences, load_golden


@pytest.mark.parametrize("golden", load_golden(), ids=lambda golden: golden.name)
def test_interpreter__tells_the_golden_life(golden: Golden) -> None:
    account = live(golden.book, golden.acts, golden.life)
    assert differences(golden.expect, account, golden.book) == [], golden.says


def test_golden__holds_at_least_thirty_lives() -> None:
    assert len(load_golden()) >= 30
