"""The worked cases of an invented rulebook that uses every further shape come out as they expect."""

from __future__ import annotations

from pathlib import Path

import pytest

from glasstown.cases.case import load_case, run_case
from glasstown.language.load import load_acts
from glasstown.language.model import Rulebook
from glasstown.language.shape import build
from glasstown.language.yaml import read_tree

FERRY = Path(__file__).resolve().parents[1] / "rulebooks" / "good" / "ferry"
CASES = sorted((FERRY / "cases").glob("*.yaml"))


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_ferry__case_comes_out_as_it_expects(path: Path) -> None:
    book, faults = build(Rulebook, read_tree(FERRY / "rules.yaml", "rules.yaml"))
    assert book is not None, faults
    acts = load_acts(FERRY / "acts.yaml")
    case = load_case(path, book, acts)
    assert case.expect is not None
    assert run_case(book, acts, case).differences == ()


def test_ferry__has_its_cases() -> None:
    assert len(CASES) == 6
