"""The fitted shares of recording meet their targets in the default run, as far as a small town can tell."""

from __future__ import annotations

from decimal import Decimal

import pytest

from glasstown.language.load import load_parameters
from longer import few
from verification.fit_recording import TARGETS, Target, fit

PEOPLE = 24_000
FITTED = {p.id: p for p in load_parameters().parameters if p.basis.evidence == "fitted"}


@pytest.mark.parametrize("target", few(TARGETS, TARGETS[2:3]), ids=lambda target: target.parameters[0])
def test_default_run__meets_its_target_or_says_that_it_cannot(target: Target) -> None:
    measured, count = target.measure({}, PEOPLE)
    expected = float(target.value)
    band = float(target.tolerance) * expected + 3.5 * max(measured, expected) / max(count, 1) ** 0.5
    if all(FITTED[name].value < 1 for name in target.parameters):
        assert abs(measured - expected) <= band
    else:
        assert measured <= expected + band
        assert all("missed" in str(FITTED[name].basis.note) for name in target.parameters)


@pytest.mark.parametrize("name", sorted({name for target in TARGETS for name in target.parameters}))
def test_fitted_share__says_target_and_tolerance(name: str) -> None:
    parameter = FITTED[name]
    assert "fit_recording" in parameter.basis.source
    assert "target" in str(parameter.basis.note)
    assert parameter.low <= parameter.value <= parameter.high


def test_every_fitted_share_of_a_scheme__has_a_target() -> None:
    fitted = {name for name in FITTED if name.startswith(("recording.dishonesty.", "recording.rewards."))}
    assert fitted == {name for target in TARGETS for name in target.parameters}


def test_targets_of_one_name__share_one_value() -> None:
    for target in TARGETS:
        assert len({FITTED[name].value for name in target.parameters}) == 1


def test_fit__caps_a_share_at_one() -> None:
    def never_enough(_changes: object, _people: int) -> tuple[float, float]:
        return 0.1, 100.0

    target = Target("planted", ("recording.rewards.default",), Decimal("0.5"), "none", Decimal(0), never_enough)
    assert fit(target, 100, rounds=3) == (Decimal(1), 0.1)
