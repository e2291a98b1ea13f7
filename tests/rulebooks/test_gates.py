"""Every gate that a measure names is one of the closed vocabulary, and every word of the vocabulary is used."""

from __future__ import annotations

from pathlib import Path

import pytest
from ruamel.yaml import YAML

from glasstown.errors import nearest
from glasstown.language.load import load_rulebook
from glasstown.paths import data_folder, rulebook_folder

GATES: dict[str, str] = YAML(typ="safe").load(data_folder() / "gates.yaml")["gates"]
BOOKS = sorted(rulebook_folder().glob("**/rules.yaml"))


def gates_of(path: Path) -> set[str]:
    """Return the gates that the measures of a rulebook name."""
    return {measure.gate for measure in load_rulebook(str(path.parent)).measures if measure.gate is not None}


@pytest.mark.parametrize("path", BOOKS, ids=lambda path: path.parent.name)
def test_gates__are_of_the_vocabulary(path: Path) -> None:
    assert {gate: nearest(gate, GATES) for gate in gates_of(path) - GATES.keys()} == {}


def test_vocabulary__has_no_gate_without_a_measure() -> None:
    assert GATES.keys() - set().union(*(gates_of(path) for path in BOOKS)) == set()
