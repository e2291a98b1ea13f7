"""What `check` calls sound can be lived, or `check` says why not: thousands of altered rulebooks, in both readings and in a town."""

from __future__ import annotations

from collections import Counter
from copy import deepcopy
from dataclasses import replace
from random import Random

import pytest

from agreement.mutated import SHAPES, Outcome, at_home, mutated, outcome, texts
from glasstown.language.texts import Text

MUTATED, MUTATED_IN_ALL = 300, 8_000
EVERY_TOWN = 10
"""of so many rulebooks one is lived in a town too"""
PARTS = [(part, number) for part, shapes in SHAPES.items() for number in range(len(shapes))]


def outcomes(seeds: range) -> Counter[Outcome]:
    """Return how often each outcome came of the rulebooks of these seeds; whatever else comes of one names its seed."""
    counted: Counter[Outcome] = Counter()
    for seed in seeds:
        random = Random(seed)
        beneath, document = mutated(random)
        try:
            counted[outcome(random, beneath, document, in_town=seed % EVERY_TOWN == 0)] += 1
        except Exception as fault:
            raise AssertionError(f"seed {seed}: {type(fault).__name__}: {fault}") from fault
    return counted


def test_altered_rulebooks__are_refused_noted_or_lived() -> None:
    counted = outcomes(range(MUTATED))
    assert set(counted) == {"refused", "noted", "lived"}
    assert counted["lived"] > MUTATED / 5


@pytest.mark.long
def test_many_altered_rulebooks__are_refused_noted_or_lived() -> None:
    assert outcomes(range(MUTATED, MUTATED + MUTATED_IN_ALL)).total() == MUTATED_IN_ALL


def laid(part: str, number: int, text: Text, random: Random) -> Outcome:
    """Return what comes of a rulebook into which a shape is laid, into the first item of a part that has several."""
    document = replace(text.document, data=deepcopy(text.document.data), faults=[], unresolved=set())
    data = document.data
    assert isinstance(data, dict)
    into = data if not part else data.get(part)
    into = into[0] if isinstance(into, list) and into else into
    if isinstance(into, dict):
        into.update(at_home(random, data, deepcopy(SHAPES[part][number])))
    return outcome(random, text.book, document, in_town=False)


@pytest.mark.parametrize(("part", "number"), PARTS)
def test_shape_laid_into_a_rulebook__is_refused_noted_or_lived(part: str, number: int) -> None:
    random = Random(number)
    for text in random.sample(texts(), 2):
        laid(part, number, text, random)


@pytest.mark.long
def test_every_shape_laid_into_every_rulebook__is_refused_noted_or_lived() -> None:
    counted = Counter(laid(part, n, text, Random(n)) for part, n in PARTS for text in texts())
    assert counted["lived"] > 1000
    assert counted["noted"] > 10
