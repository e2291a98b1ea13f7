"""Random sessions at desks are lived again to their digests; a digest that is another is seen."""

from __future__ import annotations

from pathlib import Path

import pytest

from glasstown.answers.living import LivingTown
from glasstown.engine.kernel.cache import is_plain
from verification import sessions

pytestmark = [pytest.mark.usefixtures("short_past"), pytest.mark.skipif(is_plain(), reason="lives towns")]


@pytest.mark.parametrize("number", range(4))
def test_a_session__is_lived_again_to_its_digest(number: int, tmp_path: Path) -> None:
    assert list(sessions.differences(number, tmp_path)) == []


def test_another_digest__is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(LivingTown, "digest", "another")
    assert "another digest" in next(sessions.differences(0, tmp_path))
