"""The two readings of a rulebook tell every life alike, to the day and the quantum."""

from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, given, settings

from agreement.both import Example, examples
from agreement.coverage import Coverage
from glasstown.compiler import compile_rulebook
from glasstown.engine.agreeing import must_agree
from glasstown.engine.one_life import live_in_engine
from glasstown.interpreter.life import live

MOST_EXAMPLES = int(os.environ.get("GLASSTOWN_AGREEMENT_EXAMPLES", "1000"))
"""enough to meet every shape; a longer look is asked for by the environment"""
FEW_EXAMPLES = 250
LEAST_SHARE_OF_PAIRS = 0.9


@pytest.mark.long
def test_random_lives_under_random_rulebooks__are_told_alike_and_meet_every_shape() -> None:
    coverage = lived(MOST_EXAMPLES)
    print(coverage.table())
    assert coverage.missing() == []
    assert coverage.share_of_pairs() >= LEAST_SHARE_OF_PAIRS, coverage.missing_pairs()


def test_some_random_lives__are_told_alike() -> None:
    assert lived(FEW_EXAMPLES).share_of_pairs() > 0


def lived(most: int) -> Coverage:
    """Return what random lives met; AgreementError where the two readings tell one differently."""
    coverage = Coverage()

    @settings(
        max_examples=most,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )
    @given(examples())
    def are_told_alike(example: Example) -> None:
        compiled = compile_rulebook(example.book, example.acts)
        told = live(example.book, example.acts, example.life)
        coverage.note(example, told)
        must_agree(live_in_engine(compiled, example.acts, example.life), told, compiled)

    are_told_alike()
    return coverage
