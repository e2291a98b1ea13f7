"""Indices of designs, against functions of which they are known."""

from __future__ import annotations

import pytest

from glasstown.language.load import load_parameters
from glasstown.studies.sensitivity import Effect, design_of, effects_of, free, settings_of

NAMES = ("a", "b", "c")


def found(effects: tuple[Effect, ...], name: str) -> dict[str, float | None]:
    return dict(next(effect for effect in effects if effect.parameter == name).indices)


def test_morris__of_a_sum_tells_its_weights() -> None:
    design = design_of("morris", NAMES, n=4, levels=4, seed=3)
    effects = effects_of("morris", NAMES, design, [3 * a - 2 * b for a, b, _ in design], levels=4, seed=3)
    assert [effect.parameter for effect in effects] == ["a", "b", "c"]
    assert found(effects, "a") == pytest.approx({"mu_star": 3, "mu_star_conf": 0, "mu": 3, "sigma": 0}, abs=1e-12)
    assert found(effects, "b")["mu"] == pytest.approx(-2)
    assert set(found(effects, "c").values()) == {0.0}


def test_sobol__of_a_sum_parts_its_variance() -> None:
    design = design_of("sobol", NAMES, n=512, levels=4, seed=0)
    assert len(design) == 512 * 5
    effects = effects_of("sobol", NAMES, design, [2 * a + b for a, b, _ in design], levels=4, seed=0)
    assert found(effects, "a")["S1"] == pytest.approx(0.8, abs=0.03)
    assert found(effects, "b")["ST"] == pytest.approx(0.2, abs=0.03)
    assert set(found(effects, "c").values()) == {0.0}


def test_sobol__of_points_that_are_all_alike_is_undetermined() -> None:
    design = design_of("sobol", NAMES, n=2, levels=4, seed=0)
    values = [0.0] * len(design)
    assert set(found(effects_of("sobol", NAMES, design, values, levels=4, seed=0), "b").values()) == {0.0}
    values[2] = 1.0
    assert set(found(effects_of("sobol", NAMES, design, values, levels=4, seed=0), "b").values()) == {None}


@pytest.mark.parametrize("method", ["morris", "sobol"])
def test_design__is_the_same_for_a_seed_and_another_for_another(method: str) -> None:
    first, again, other = (design_of(method, NAMES, n=4, levels=4, seed=seed) for seed in (0, 0, 1))
    assert first == again
    assert first != other
    assert all(0 <= place <= 1 for row in first for place in row)


def test_ends__are_the_ends_of_the_ranges() -> None:
    parameters = free(load_parameters().parameters, {"filing.lost"})
    assert "filing.lost" not in [each.id for each in parameters]
    assert "living.lived" not in [each.id for each in parameters]
    for place, end in ((0.0, "low"), (1.0, "high")):
        for each, value in zip(parameters, settings_of([place] * len(parameters), parameters).values(), strict=True):
            assert float(value) == pytest.approx(float(getattr(each, end)))
