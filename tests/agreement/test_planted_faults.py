"""Every planted fault is found: random lives under rulebooks of its shapes look at what they claim to look at."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import islice

import pytest

from agreement.both import Example, apart, corpus
from agreement.faults import CATALOGUE
from agreement.planting import PlantedFault, planted
from glasstown.compiler import compile_rulebook
from glasstown.compiler.tables import CompiledRules
from glasstown.engine.one_life import live_in_engine
from glasstown.errors import CaseError
from glasstown.interpreter.life import live
from glasstown.ledger import Account

pytestmark = pytest.mark.planted
MOST_EXAMPLES, FINDS = 300, 3
"""A fault is found by three examples of its shapes at least, so that no single one is all there is."""


@dataclass(frozen=True)
class Lived:
    """An example with what the engine makes of it."""

    example: Example
    compiled: CompiledRules
    account: Account


@cache
def lived(about: str) -> tuple[Lived, ...]:
    """Return the examples of some shapes, each lived once in the engine."""
    found = []
    for example in corpus(about, MOST_EXAMPLES):
        compiled = compile_rulebook(example.book, example.acts)
        found.append(Lived(example, compiled, live_in_engine(compiled, example.acts, example.life)))
    return tuple(found)


@pytest.mark.parametrize("fault", CATALOGUE, ids=lambda fault: fault.name)
def test_planted_fault__is_found(fault: PlantedFault) -> None:
    assert len(list(islice(found_by(fault), FINDS))) == FINDS


def test_catalogue__has_twenty_faults_and_more() -> None:
    assert len({fault.name for fault in CATALOGUE}) == len(CATALOGUE) >= 20


def found_by(fault: PlantedFault) -> Iterator[int]:
    """Yield the numbers of the examples whose readings differ with this fault."""
    examples = lived(fault.about)
    with planted(fault) as faulty:
        for number, each in enumerate(examples, start=1):
            example = each.example
            try:
                told = faulty(example.book, example.acts, example.life)
            except (CaseError, ValueError):
                yield number
                continue
            if apart(each.account, told, each.compiled):
                yield number


def test_the_interpreter_without_a_fault__is_the_real_one_again() -> None:
    each = lived(CATALOGUE[0].about)[0]
    with planted(CATALOGUE[0]) as faulty:
        assert faulty is not live
    from glasstown.interpreter import life

    assert life.live is live
    example = each.example
    assert apart(each.account, life.live(example.book, example.acts, example.life), each.compiled) == []
