"""Values of a rulebook that a reading or a run sets: only those, at their place, and what leads nowhere is told."""

from __future__ import annotations

import pytest

from glasstown.language.tree import Document
from glasstown.language.variants import NOT_SET, apply_settings, apply_variant
from glasstown.language.yaml import parse_tree

TEXT = """\
score: {base: 100, caps: [1, 2]}
clauses:
  - {id: a, points: -5}
  - {id: b, points: -7}
variants:
  - id: harsh
    settings:
      - {path: clauses/b/points, value: -9}
      - {path: clauses/c/points, value: -9}
"""


def document() -> Document:
    return parse_tree(TEXT, "rules.yaml")


def test_variant__sets_its_values_and_leaves_the_document_as_it_was() -> None:
    before = document()
    after, faults = apply_variant(before, 0)
    assert [clause["points"] for clause in after.data["clauses"]] == [-5, -9]
    assert after.data["variant"] == "harsh"
    assert before.data == document().data
    assert [str(fault) for fault in faults] == [
        "rules.yaml:9:16: variant 'harsh', path 'clauses/c/points': found 'c', which leads nowhere; "
        "expected a key, or the id of a list's item. The known ones are: a, b."
    ]


def test_value_of_a_variant__stands_at_the_variants_own_line() -> None:
    after, _ = apply_variant(document(), 0)
    place = after.at("clauses", 1, "points")
    assert place is not None
    assert (place.line, document().at("clauses", 1, "points").line) == (8, 4)


@pytest.mark.parametrize(
    ("path", "value", "there"),
    [
        ("score/base", "50", lambda data: data["score"]["base"]),
        ("score/caps/1", "7", lambda data: data["score"]["caps"][1]),
        ("clauses/a/points", "unknown", lambda data: data["clauses"][0]["points"]),
        ("clauses/a/lapse", "3", lambda data: data["clauses"][0]["lapse"]),
    ],
)
def test_setting__is_read_as_in_a_rules_file(path: str, value: str, there) -> None:  # type: ignore[no-untyped-def]
    after, faults = apply_settings(document(), {path: value}, "x")
    assert faults == []
    assert str(there(after.data)) == value
    assert type(there(after.data)) is (str if value == "unknown" else int)


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("clauses/z/points", "found 'z', which leads nowhere"),
        ("score/caps/2", "found '2', which leads nowhere"),
        ("score/caps/-1", "found '-1', which leads nowhere"),
        ("score/base/low", "found 'low' below a single value"),
        *((f"{key}/x", f"found '{key}'") for key in sorted(NOT_SET)),
    ],
)
def test_setting_that_leads_nowhere__is_told_and_sets_nothing(path: str, words: str) -> None:
    after, faults = apply_settings(document(), {path: "1"}, "x")
    assert [words in str(fault) for fault in faults] == [True]
    assert str(faults[0]).startswith(f"--set x/{path}: ")
    assert after.data == document().data
