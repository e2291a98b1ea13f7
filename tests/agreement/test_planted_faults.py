"""Every planted fault is found: the random lives look at what they claim to look at."""

from __future__ import annotations

from dataclasses import dataclass

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
MOST_EXAMPLES = 1600


@dataclass(frozen=True)
class Lived:
    """An example with what the engine makes of it."""

    example: Example
    compiled: CompiledRules
    account: Account


@pytest.fixture(scope="module")
def lived() -> list[Lived]:
    """The examples, each lived once in the engine."""
    found = []
    for example in corpus(MOST_EXAMPLES):
        compiled = compile_rulebook(example.book, example.acts)
        found.append(Lived(example, compiled, live_in_engine(compiled, example.acts, example.life)))
    return found


def test_planted_faults__are_all_found(lived: list[Lived]) -> None:
    needed = {fault.name: examples_until_found(fault, lived) for fault in CATALOGUE}
    assert len(needed) == len(CATALOGUE) >= 20
    for name, number in sorted(needed.items(), key=lambda item: item[1] or MOST_EXAMPLES + 1):
        print(f"{number if number else 'not found':>9}  {name}")
    assert [name for name, number in needed.items() if number is None] == []


def examples_until_found(fault: PlantedFault, lived: list[Lived]) -> int | None:
    """Return how many examples it takes until the readings differ, or None where they never do."""
    with planted(fault) as faulty:
        for number, each in enumerate(lived, start=1):
            example = each.example
            try:
                told = faulty(example.book, example.acts, example.life)
            except (CaseError, ValueError):
                return number
            if apart(each.account, told, each.compiled):
                return number
    return None


def test_the_interpreter_without_a_fault__is_the_real_one_again(lived: list[Lived]) -> None:
    with planted(CATALOGUE[0]) as faulty:
        assert faulty is not live
    from glasstown.interpreter import life

    assert life.live is live
    example = lived[0].example
    assert apart(lived[0].account, life.live(example.book, example.acts, example.life), lived[0].compiled) == []
