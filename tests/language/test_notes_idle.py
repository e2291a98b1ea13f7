"""What a rulebook says in vain is noted: each kind is planted, and its neighbour that does something is not."""

from __future__ import annotations

import itertools
import json
from pathlib import Path
from typing import Any

import pytest

from glasstown.language.load import notes_on, shipped

CITE = {"source": "own", "at": "x", "evidence": "invented"}


def noted(folder: Path, change: Any, reading: str = "") -> list[str]:
    """Return the notes on a rulebook with scores from 0 to 120 that a test has changed."""
    data = {
        "glasstown": 1, "id": "idle", "title": "idle", "place": {"name": "anywhere", "level": "town"}, "issuer": "nobody",
        "document": "none", "status": "invented", "in_force": {"from": "2031-01-01", "until": None, "cite": CITE},
        "documented": "in full", "takes_part": "compulsory", "sections": {
            name: {"read": "read"} for name in ("catalogue", "grades", "measures", "lapse", "publicity", "redress")
        },
        "subjects": [{"kind": "person", "label": "everybody", "cite": CITE}],
        "score": {
            "quantum": 1, "base": {"value": 100, "cite": CITE}, "lowest": {"value": 0, "cite": CITE},
            "highest": {"value": 120, "cite": CITE},
        },
        "clauses": [{"id": "litter", "label": "litter", "act": "littering", "direction": "deduct", "points": -5, "cite": CITE}],
    }  # fmt: skip
    change(data)
    folder = folder / "idle"
    folder.mkdir()
    (folder / "rules.yaml").write_text(json.dumps(data), encoding="utf-8")
    source = {"key": "own", "title": "made up", "publisher": "none", "kind": "own"}
    (folder / "sources.yaml").write_text(json.dumps({"sources": [source]}), encoding="utf-8")
    return [f"{note.subject}: {note.words}" for note in notes_on(f"{folder}{reading}")[1]]


def graded(*edges: Any) -> Any:
    """Return a change that gives grades between these scores, best first."""

    def change(data: Any) -> None:
        data["grades"] = [
            {"id": f"g{n}", "label": "x", "from": low, "below": high, "cite": CITE}
            for n, (high, low) in enumerate(itertools.pairwise(edges))
        ]

    return change


def listed(**entry: Any) -> Any:
    def change(data: Any) -> None:
        leaves = {"when_condition_ends": True}
        data["lists"] = [{"id": "l", "label": "x", "colour": "black", "entry": entry, "leaves": leaves, "cite": CITE}]

    return change


def read(*values: int, path: str = "clauses/litter/points") -> Any:
    def change(data: Any) -> None:
        settings = [{"path": path, "value": value} for value in values]
        data["variants"] = [{"id": "r", "label": "x", "settings": settings, "cite": CITE}]

    return change


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (
            graded("top", 200, "lowest"),
            "grade 'g0': no score reaches it: it begins at 200, and the highest score is 120",
        ),
        (graded("top", 121, "lowest"), "grade 'g0': no score reaches it: it begins at 121"),
        (graded("top", 0, "lowest"), "grade 'g1': no score falls into it: it ends below 0, and the lowest score is 0"),
        (listed(score_at_most=-1), "list 'l': nobody can come on it"),
        (listed(score_at_least=121), "list 'l': nobody can come on it"),
        (listed(score_at_most=120), "list 'l': everybody is on it"),
        (listed(score_at_least=0), "list 'l': everybody is on it"),
        (read(-5), "variant 'r': changes nothing"),
        (read(-6, -7), "variant 'r': sets 'clauses/litter/points' more than once"),
    ],
)
def test_what_is_idle__is_noted_once(change: Any, words: str, tmp_path: Path) -> None:
    (said,) = noted(tmp_path, change)
    assert said.startswith(words)


@pytest.mark.parametrize(
    "change",
    [
        graded("top", 120, "lowest"),
        graded("top", 1, "lowest"),
        listed(score_at_most=0),
        listed(score_at_most=119),
        listed(score_at_least=120),
        listed(score_at_least=1),
        read(-6),
    ],
)
def test_what_does_something__is_not_noted(change: Any, tmp_path: Path) -> None:
    assert noted(tmp_path, change) == []


def test_a_bound_that_is_not_known__is_no_ground_for_a_note(tmp_path: Path) -> None:
    def change(data: Any) -> None:
        graded("top", 200, "lowest")(data)
        listed(score_at_most=500)(data)
        data["score"]["highest"]["value"] = "unknown"

    assert noted(tmp_path, change) == []


def test_a_list_that_a_clause_enters__is_for_somebody(tmp_path: Path) -> None:
    def change(data: Any) -> None:
        listed(score_at_most=-1)(data)
        data["clauses"][0]["enters"] = {"list": "l"}

    assert noted(tmp_path, change) == []


def test_a_grade_that_a_clause_sets__is_reached(tmp_path: Path) -> None:
    def change(data: Any) -> None:
        graded("top", 200, "lowest")(data)
        data["clauses"][0]["override"] = {"grade": "g0", "holds": "exactly", "until": {"years": 1}}

    assert noted(tmp_path, change) == []


def test_a_reading_by_name__is_noted_too(tmp_path: Path) -> None:
    (said,) = noted(tmp_path, read(-5), "@r")
    assert said.startswith("variant 'r': changes nothing")


def test_rulebooks_that_ship__say_nothing_in_vain() -> None:
    idle = (
        "no score reaches",
        "no score falls",
        "nobody can come",
        "everybody is on it",
        "changes nothing",
        "more than once",
    )
    notes = [str(note) for name in shipped() for note in notes_on(name)[1]]
    assert notes
    assert [note for note in notes if any(words in note for words in idle)] == []
