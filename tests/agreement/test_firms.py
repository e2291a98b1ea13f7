"""The two readings agree on the lives of the worked firms, under every rulebook that tells them."""

from __future__ import annotations

from pathlib import Path

import pytest

from agreement.both import disagreements
from firms import FIRMS, firm_file
from glasstown.archive.library import hold
from glasstown.cases.firm import tell_firm


@pytest.mark.parametrize("name", FIRMS)
def test_worked_firms__are_told_alike(tmp_path: Path, name: str) -> None:
    told = tell_firm(firm_file(tmp_path, FIRMS[name]), hold)
    apart = [
        (life.held.reference, life.whose, disagreements(life.held.book, life.held.acts, life.case.life))
        for life in told.lives
        if life.held.book.clauses
    ]
    assert apart
    assert [each for each in apart if each[2]] == []
