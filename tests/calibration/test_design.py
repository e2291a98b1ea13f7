"""Designs fill the ranges evenly; a point's settings are its own, inside the ranges, and shares of acts fit into their classes."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import numpy as np

import calibration_toys as toys
from glasstown.calibration.design import hypercube, nuisance_places, settings_at
from glasstown.calibration.unknowns import load_unknowns
from glasstown.language.act_numbers import SHARE, act_numbers, class_sums, fitted, split_acts, with_act_numbers
from glasstown.language.load import load_acts


def test_hypercube__uses_each_slice_of_each_unknown_once() -> None:
    places = hypercube(40, 5, seed=1)
    for column in (places * 40).astype(int).T:
        assert sorted(column.tolist()) == list(range(40))
    assert np.array_equal(places, hypercube(40, 5, seed=1))
    assert not np.array_equal(places, hypercube(40, 5, seed=2))


def test_nuisance__stays_near_its_default(tmp_path: Path) -> None:
    unknowns = load_unknowns(toys.unknowns_file(tmp_path))
    places = nuisance_places(unknowns, (1, 2))
    assert all(abs(place - lever.usual) <= 0.01 for place, lever in zip(places, unknowns.nuisance, strict=True))
    assert len(set(places)) > 100
    assert places == nuisance_places(unknowns, (1, 2)) != nuisance_places(unknowns, (1, 3))


def test_settings__are_at_the_places_and_fit(tmp_path: Path) -> None:
    unknowns, acts = load_unknowns(toys.unknowns_file(tmp_path)), load_acts()
    settings = settings_at(unknowns, [0.0, 1.0], acts, (1,))
    assert Decimal(settings["detection.certainty"]) == Decimal("0.25")
    assert Decimal(settings["recording.dishonesty.suining-2010"]) == Decimal("0.02")
    changed = with_act_numbers(acts, split_acts(settings)[0])
    assert all(total <= 1 for total in class_sums(changed).values())


def test_shares_that_overflow__are_made_smaller_alike() -> None:
    acts = load_acts()
    doubled = {
        path: f"{min(2 * value, Decimal(1)):f}" for path, value in act_numbers(acts).items() if path.endswith(SHARE)
    }
    sums = class_sums(with_act_numbers(acts, fitted(doubled, acts)))
    assert max(sums.values()) <= 1
    assert sums["c0"] > Decimal("0.9999")
