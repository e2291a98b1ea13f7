"""Twins are laid side by side only where they are twins."""

from __future__ import annotations

from pathlib import Path

import pytest

import towns
from glasstown.errors import RecordError
from glasstown.outcomes.twins import same_people, twins_apart

ONE, OTHER = "rongcheng-2013@one-point-b", "rongcheng-2013@a-to-960"


def test_twins_apart__counts_who_has_another_grade_and_who_another_score(tmp_path: Path) -> None:
    final = towns.final_rows(10, ONE)
    one = towns.make_town(tmp_path / "one", ONE, [], final=final)
    changed = {**final, "grade": list(final["grade"]), "score": list(final["score"])}
    changed["grade"][3], changed["grade"][4], changed["score"][4] = None, "D", 7
    changed["rulebook"] = [OTHER if name else None for name in final["rulebook"]]
    other = towns.make_town(tmp_path / "other", OTHER, [], final=changed)
    apart = twins_apart(one, other)
    assert (apart.people, apart.in_another_grade, apart.with_another_score) == (8, 2, 1)


def test_twins_apart__a_run_equals_itself(tmp_path: Path) -> None:
    final = towns.final_rows(ref=ONE)
    final["grade"] = [None] * 40
    run = towns.make_town(tmp_path / "run", ONE, [], final={**final, "grade": [*[None] * 39, "A"]})
    assert twins_apart(run, run).in_another_grade == 0


def test_same_people__other_people_are_refused_with_the_way_out(tmp_path: Path) -> None:
    one = towns.make_town(tmp_path / "one", ONE, [], people=100)
    other = towns.make_town(tmp_path / "other", OTHER, [], people=200)
    with pytest.raises(RecordError, match="found 200; expected 100"):
        same_people(one, other)


def test_twins_apart__an_unfinished_run_names_the_command_that_finishes_it(tmp_path: Path) -> None:
    run = towns.make_town(tmp_path / "run", ONE, [], finished=False)
    with pytest.raises(RecordError, match="glasstown resume"):
        twins_apart(run, run)
