"""What is made public is told as a channel: what is shown, or where, in every rulebook that ships."""

from __future__ import annotations

import pytest

from glasstown.language.load import load_rulebook, shipped

WITH_PUBLICITY = [name for name in shipped() if load_rulebook(name).publicity]


@pytest.mark.parametrize("name", WITH_PUBLICITY)
def test_publicity__says_what_is_shown_or_where(name: str) -> None:
    silent = [each.id for each in load_rulebook(name).publicity if not each.what and not each.where]
    assert silent == []


def test_some_rulebooks__publish_at_a_rhythm_that_is_told() -> None:
    rhythms = {each.every for name in WITH_PUBLICITY for each in load_rulebook(name).publicity}
    assert {"day", "week", "month", "quarter", "year"} <= rhythms
