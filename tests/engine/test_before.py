"""The past that a town begins with is kept on disk under a name that every piece of code that makes it goes into."""

from __future__ import annotations

from pathlib import Path

import pytest

import glasstown
from glasstown.engine import before

PACKAGE = Path(glasstown.__file__).parent


@pytest.mark.parametrize("file", ["population/tables.py", "engine/tables/past.py", "language/acts.py", "chance.py"])
def test_name_of_a_kept_past__follows_from_all_code_that_makes_people_and_towns(file: str) -> None:
    """With less in it, one version of the package read what another had kept, and a replay differed from its run."""
    assert (PACKAGE / file).read_bytes() in before._code()
