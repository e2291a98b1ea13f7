"""Implausibility is the miss over all that may excuse it; the largest decide, and years of one measure count once."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest

import calibration_toys as toys
from glasstown.calibration.emulator import Emulator, emulated
from glasstown.calibration.implausible import FAR, Held, fit_of, foretold, held_to, implausibility, score, simulated
from glasstown.calibration.ridge import Floats
from glasstown.calibration.targets import load_targets


def _flat(value: float, n: int = 50) -> Emulator:
    """Return an emulator of an output that is the same everywhere."""
    places = np.random.default_rng(1).random((n, 2))
    return emulated(places, np.full(n, value), luck=0.04)


def test_implausibility__is_by_hand() -> None:
    held = (Held("a", "a", math.log(2.0), 0.12, 1.0),)
    emulators = {"a": _flat(math.log(1.0))}
    missed = implausibility(held, emulators, foretold(emulators, np.full((1, 2), 0.5)))
    assert missed[0, 0] == pytest.approx(math.log(2.0) / math.sqrt(0.04 + 0.12), rel=1e-6)


def test_simulated__counts_luck_by_seeds_and_takes_nothing_for_a_miss() -> None:
    held = (Held("a", "a", 0.0, 0.09, 1.0),)
    logs: Floats = np.array([0.5, np.nan])
    missed = simulated(held, {"a": logs}, {"a": 0.14}, n_seeds=2)
    assert missed[0, 0] == pytest.approx(0.5 / 0.4)
    assert missed[1, 0] == FAR


def test_score__goes_by_the_largest_then_by_the_two_largest() -> None:
    missed = np.array([[2.9, 2.6, 0.1], [2.9, 2.4, 0.1], [3.1, 0.0, 0.0]])
    assert (score(missed, (3.0,)) <= 1).tolist() == [True, True, False]
    assert (score(missed, (3.0, 2.5)) <= 1).tolist() == [False, True, False]


def test_years_of_one_measure__count_once(tmp_path: Path) -> None:
    again = toys.TARGETS.replace("  - id: later", "  - id: again").replace("use: hold-out", "use: train")
    path = tmp_path / "targets.yaml"
    path.write_text(again.replace("months: [5, 8]", "months: [1, 8]"), encoding="utf-8")
    held = held_to(load_targets(path).of("train"))
    assert [(each.id, each.output, each.part) for each in held] == [
        ("names", "names", 1.0),
        ("found", "found", 0.5),
        ("again", "found", 0.5),
    ]
    assert fit_of(np.array([[1.0, 2.0, 2.0]]), held)[0] == pytest.approx(0.5 * (1 + 4))
