"""Every fault planted in the engine is found by the random lives, as those of the interpreter are."""

from __future__ import annotations

import numpy as np
import pytest

from agreement.both import apart, corpus
from agreement.engine_faults import CATALOGUE
from agreement.planting import PlantedFault, planted_in_engine
from glasstown.compiler import compile_rulebook
from glasstown.interpreter.life import live

pytestmark = pytest.mark.planted
CORPUS, MOST_EXAMPLES = 250, 150


def examples_until_found(fault: PlantedFault | None, most: int) -> int | None:
    """Return how many examples it takes until the readings differ, or None where they never do."""
    with planted_in_engine(fault) as live_in_engine, np.errstate(over="ignore"):
        for number, example in enumerate(corpus(CORPUS)[:most], start=1):
            compiled = compile_rulebook(example.book, example.acts)
            try:
                lived = live_in_engine(compiled, example.acts, example.life)
            except (ValueError, IndexError):
                return number
            if apart(lived, live(example.book, example.acts, example.life), compiled):
                return number
    return None


def test_engine_in_plain_python__agrees_as_the_compiled_one_does() -> None:
    assert examples_until_found(None, 12) is None


@pytest.mark.parametrize("fault", CATALOGUE, ids=lambda fault: fault.name)
def test_planted_fault__is_found(fault: PlantedFault) -> None:
    assert examples_until_found(fault, MOST_EXAMPLES) is not None


def test_catalogue__has_twenty_faults_and_more() -> None:
    assert len({fault.name for fault in CATALOGUE}) == len(CATALOGUE) >= 20
