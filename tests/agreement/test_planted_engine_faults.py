"""Every fault planted in the engine is found by the random lives, as those of the interpreter are."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

import numpy as np
import pytest

from agreement.books import FOCUS
from agreement.both import apart, corpus
from agreement.engine_faults import CATALOGUE
from agreement.planting import PlantedFault, planted_in_engine
from glasstown.compiler import compile_rulebook
from glasstown.interpreter.life import live

pytestmark = pytest.mark.planted
MOST_EXAMPLES, FINDS = 300, 3
"""A fault is found by three examples of its shapes at least, so that no single one is all there is."""


def found_by(fault: PlantedFault | None, about: str, most: int = MOST_EXAMPLES) -> Iterator[int]:
    """Yield the numbers of the examples whose readings differ with this fault."""
    examples = corpus(about, most)
    with planted_in_engine(fault) as live_in_engine, np.errstate(over="ignore"):
        for number, example in enumerate(examples, start=1):
            compiled = compile_rulebook(example.book, example.acts)
            try:
                lived = live_in_engine(compiled, example.acts, example.life)
            except (ValueError, IndexError):
                yield number
                continue
            if apart(lived, live(example.book, example.acts, example.life), compiled):
                yield number


def test_engine_in_plain_python__agrees_as_the_compiled_one_does() -> None:
    assert list(found_by(None, " ".join(FOCUS), 12)) == []


@pytest.mark.parametrize("fault", CATALOGUE, ids=lambda fault: fault.name)
def test_planted_fault__is_found(fault: PlantedFault) -> None:
    assert len(list(islice(found_by(fault, fault.about), FINDS))) == FINDS


def test_catalogue__has_twenty_faults_and_more() -> None:
    assert len({fault.name for fault in CATALOGUE}) == len(CATALOGUE) >= 20
