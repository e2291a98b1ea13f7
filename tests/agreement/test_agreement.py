"""The two readings of a rulebook tell every life alike, to the day and the quantum."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, given, settings

from agreement.both import Example, disagreements, examples

MOST_EXAMPLES = int(os.environ.get("GLASSTOWN_AGREEMENT_EXAMPLES", "300"))
"""`make verify` asks for many more."""


@settings(
    max_examples=MOST_EXAMPLES,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(examples())
def test_random_lives_under_random_rulebooks__are_told_alike(example: Example) -> None:
    assert disagreements(example.book, example.acts, example.life) == []
