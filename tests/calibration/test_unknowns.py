"""The unknowns that ship are numbers of the model; a range that no run takes, and a lever that moves nothing, are refused."""

from __future__ import annotations

from pathlib import Path

import pytest

import calibration_toys as toys
from glasstown.calibration.targets import load_targets
from glasstown.calibration.towns import bench_of, refuse_unread
from glasstown.calibration.unknowns import load_unknowns
from glasstown.errors import RulebookError, UsageError
from glasstown.language.act_numbers import fitted, split_acts, with_act_numbers
from glasstown.language.load import load_acts, load_parameters
from glasstown.runs.levers import with_settings


def test_shipped_unknowns__are_at_most_60_and_every_end_of_a_range_is_taken_by_a_run() -> None:
    unknowns = load_unknowns()
    assert 40 <= len(unknowns.free) <= 60
    assert len(unknowns.nuisance) > 500
    for place in (0.0, 1.0):
        settings = fitted({each.path: each.at(place) for each in (*unknowns.free, *unknowns.nuisance)}, load_acts())
        acts, numbers = split_acts(settings)
        assert with_act_numbers(load_acts(), acts) != load_acts()
        assert with_settings(load_parameters(), numbers) != load_parameters()


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("path: detection.certainty", "path: detection.certain", "no number of the model"),
        ("path: detection.certainty", "path: recording.dishonesty.suining-2010", "a name that is taken"),
        ("path: detection.certainty, ", "path: detection.certainty, low: 0.1, ", "0.1 to 4"),
        ("path: detection.certainty, ", "path: detection.certainty, low: 4, ", "4 to 4"),
        ("path: detection.certainty", "path: eps_s", "a logarithm of 0"),
        ("path: living.lived", "path: detection.certainty", "a number that is free too"),
        ("nuisance: 0.01", "nuisance: 2", "2"),
    ],
)
def test_unknown_that_is_none__is_refused(tmp_path: Path, old: str, new: str, said: str) -> None:
    with pytest.raises(RulebookError) as refused:
        load_unknowns(toys.unknowns_file(tmp_path, old, new))
    assert said in str(refused.value)


def test_lever_that_no_equation_reads__is_refused(tmp_path: Path) -> None:
    targets = load_targets(toys.targets_file(tmp_path))
    bench = bench_of(targets, targets.of("train"))
    moving = load_unknowns(toys.unknowns_file(tmp_path)).free
    refuse_unread(bench, moving)
    elsewhere = "recording.dishonesty.jinan-dogs-2017"
    idle = load_unknowns(toys.unknowns_file(tmp_path, "recording.dishonesty.suining-2010", elsewhere)).free
    with pytest.raises(UsageError, match=f"'{elsewhere}': found a number that no equation reads"):
        refuse_unread(bench, idle)
