"""S6, kernel by kernel in plain Python: who reports whom, what is accepted, and what comes out."""

from __future__ import annotations

from typing import Any

import pytest

from engine.scenes import at, scene_of
from glasstown.rows import total_of
from plain_kernels import WRAPS, plain

reports = plain("conduct.reports")
words = plain("tables.found_words")
ALWAYS = 1 << 32
pytestmark = WRAPS


def scene_with(*rows: tuple[int, int, int, int], false: int = 0, believed: int = 0, proven: int = 0) -> Any:
    """Return a scene in which these have done something: person, class, acts and how many are found out; -1 stands for reports."""
    scene = scene_of()
    numbers = scene.model.society.numbers
    numbers.false, numbers.believed, numbers.proven = false, believed, proven
    for line, (person, conduct, acts, found) in zip(scene.work.did, rows, strict=False):
        line.person, line.conduct, line.acts, line.found = (
            person,
            conduct if conduct >= 0 else numbers.tips,
            acts,
            found,
        )
    return scene


def test_true_report__finds_out_one_more_of_what_another_did_where_it_is_accepted() -> None:
    rows = ((3, 0, 2, 0), (7, 1, 9, 0), (4, 5, 1, 0), (7, -1, 1, 0))
    for proven, found in ((ALWAYS, [1, 0, 0, 1]), (0, [0, 0, 0, 0])):
        scene = scene_with(*rows, proven=proven)
        reports.report(scene, at(scene), len(rows))
        assert [scene.work.did[n].found for n in range(4)] == found
        total = total_of(scene.lived)
        assert (total.told, total.reported, total.false) == (1, found[3], 0)


def test_report__finds_nothing_new_where_all_is_known_and_makes_four_a_month_at_most() -> None:
    scene = scene_with((3, 0, 2, 2), (7, -1, 15, 0), proven=ALWAYS)
    reports.report(scene, at(scene), 2)
    assert [scene.work.did[n].found for n in range(2)] == [2, reports.MOST_REPORTS]


def test_report_where_nobody_else_did_anything_that_is_seen__comes_to_nothing() -> None:
    scene = scene_with((7, 0, 2, 0), (8, 5, 1, 0), (7, -1, 1, 0), proven=ALWAYS)
    reports.report(scene, at(scene), 3)
    assert [scene.work.did[n].found for n in range(3)] == [0, 0, 1]


def test_false_report_that_is_accepted__is_about_somebody_else_and_a_class_that_others_see() -> None:
    rows = tuple((person, -1, 1, 0) for person in range(40))
    scene = scene_with(*rows, false=ALWAYS, believed=ALWAYS, proven=ALWAYS)
    reports.report(scene, at(scene), 40)
    assert all(scene.work.did[n].found == 1 for n in range(40))
    assert reports.believe_reports(scene, at(scene), 5, 40) == 45
    found = scene.found.rows[5:45].tolist()
    assert all(words.is_false_report(word) and words.found_out(word) == 1 for word in found)
    assert all(words.found_person(word) != n for n, word in enumerate(found))
    assert {words.found_class(word) for word in found} <= set(scene.model.society.observed.tolist())
    total = total_of(scene.lived)
    assert (total.told, total.false, total.believed) == (0, 40, 40)


@pytest.mark.parametrize(("false", "believed"), [(0, ALWAYS), (ALWAYS, 0)])
def test_report_that_is_true_or_not_accepted__adds_nobody(false: int, believed: int) -> None:
    scene = scene_with((7, -1, 1, 1), false=false, believed=believed, proven=0)
    assert reports.believe_reports(scene, at(scene), 5, 1) == 5


def test_report_in_a_neighbourhood_of_one__is_about_nobody() -> None:
    scene = scene_with((0, -1, 1, 1), false=ALWAYS, believed=ALWAYS)
    assert reports.believe_reports(scene, at(scene)._replace(n=1), 5, 1) == 5
