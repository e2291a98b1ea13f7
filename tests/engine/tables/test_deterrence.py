"""What a record is feared for: nothing without recording, more with more of it, and points against the own way to a border."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pytest

from glasstown.compiler import compile_rulebook
from glasstown.compiler.tables import CompiledRules
from glasstown.engine.tables import deterrence
from glasstown.engine.tables.model import make_conduct, numbers_of, of_kind
from glasstown.language.load import load_acts, load_parameters, load_rulebook
from glasstown.population.tables import role_ids
from plain_kernels import WRAPS, plain

in_plain = plain("tables.deterrence")
pytestmark = WRAPS
ACTS, NUMBERS = load_acts(), numbers_of(load_parameters())
SCORED = ("suining-2010", "rongcheng-2013", "rongcheng-2019", "jiangsu-env-2019")


def rules_of(name: str) -> CompiledRules:
    return compile_rulebook(load_rulebook(name), ACTS)


def kind_of(name: str) -> str:
    return "firm" if name == "jiangsu-env-2019" else "person"


def felt(name: str, **changes: str) -> np.ndarray[tuple[int, ...], np.dtype[np.int64]]:
    """Return what a rulebook adds to each class, with some parameters changed."""
    numbers = {**NUMBERS, **{key.replace("__", "."): Decimal(value) for key, value in changes.items()}}
    classes, acts = of_kind(ACTS, kind_of(name))
    return deterrence.felt_table(rules_of(name), ACTS, classes, acts, numbers)


def recording(name: str, share: str) -> dict[str, str]:
    """Return the shares of a scheme's own offices and of courts."""
    return {f"recording.{what}.{name}": share for what in ("dishonesty", "rewards")} | {
        "recording.court.default": share
    }


@pytest.mark.parametrize("name", SCORED)
def test_nothing_written_down__is_not_feared_and_changes_nobody(name: str) -> None:
    assert not felt(name, **recording(name, "0")).any()
    roles, numbers = (
        role_ids(ACTS, kind_of(name)),
        {**NUMBERS, **{k: Decimal(v) for k, v in recording(name, "0").items()}},
    )
    known = make_conduct((rules_of(name),), ACTS, numbers, kind=kind_of(name), roles=roles, months=12)
    assert not np.asarray(known.model.month_shift).any()


@pytest.mark.parametrize("name", SCORED)
def test_more_written_down__is_feared_more_wherever_somebody_stands(name: str) -> None:
    some, every = (felt(name, **recording(name, share)) for share in ("0.5", "1"))
    offences = [k for k, c in enumerate(of_kind(ACTS, kind_of(name))[0]) if c.tone != "good deed"]
    assert (every[offences] <= some[offences]).all()
    steps = np.arange(every.shape[1]) % deterrence.N_DISTANCES
    assert (every[offences] < some[offences]).any(axis=0)[steps < 4].all()


@pytest.mark.parametrize(
    ("away", "step"), [(1, 0), (2, 1), (3, 2), (4, 3), (5, 3), (6, 4), (8, 5), (11, 5), (12, 6), (10**9, 23)]
)
def test_step_of__is_two_to_an_octave(away: int, step: int) -> None:
    assert in_plain.step_of(away) == step


def test_way_of__is_the_middle_of_its_step() -> None:
    for step in range(deterrence.N_DISTANCES - 1):
        inside = [away for away in range(1, 1 << 13) if in_plain.step_of(away) == step]
        assert deterrence.way_of(step) == Decimal(inside[0] + inside[-1]) / 2


def test_standing_of__is_the_next_border_below_and_the_way_to_it() -> None:
    borders = np.array([600, 850], dtype=np.int64)
    places = [in_plain.standing_of(borders, score) for score in (599, 600, 849, 850)]
    assert places == [0, 24, 24 + in_plain.step_of(250), 48]
    assert in_plain.standing_of(np.zeros(0, dtype=np.int64), 5) == 0


def test_borders__are_lower_ends_of_grades_and_black_lists_and_unknown_ends_are_assumed() -> None:
    assert [b.least for b in deterrence.borders_of(rules_of("rongcheng-2019"), NUMBERS)] == [600, 850, 960, 1030, 1050]
    assert [b.least for b in deterrence.borders_of(rules_of("rongcheng-2013"), NUMBERS)] == [900, 1000]
    jiangsu = deterrence.borders_of(rules_of("jiangsu-env-2019"), NUMBERS)
    assert [b.least for b in jiangsu] == [1, 3, 6, 11]
    assert jiangsu[1].worth > jiangsu[3].worth  # a black list and burdens begin there


def test_points__count_more_the_nearer_the_border_and_no_more_than_all_of_it() -> None:
    record = deterrence.Feared(Decimal(1), Decimal(5), Decimal(0))
    assert record.feared(Decimal(2), Decimal(50)) == Decimal("0.2")
    assert record.feared(Decimal(2), Decimal(5)) == record.feared(Decimal(2), Decimal(1)) == 2


@pytest.mark.parametrize(("chance", "weight"), [("0", "0"), ("1", "1")])
def test_taken_seriously__is_none_without_recording_and_whole_with_all(chance: str, weight: str) -> None:
    assert deterrence.taken_seriously(Decimal(chance), NUMBERS) == Decimal(weight)
