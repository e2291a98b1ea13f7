"""Ranges of a sweep: those of the ensemble's members where one fits, and the parameters' own where none does or they are asked."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import glasstown
from ensembles import ship, write_whole
from glasstown.answers.sweep import Swept
from glasstown.errors import UsageError
from glasstown.render.terminal import joined, lines
from glasstown.runs.request import RunRequest
from glasstown.storage.ensemble_file import read_ensemble
from glasstown.studies.ranges import ends_of, together, told

pytestmark = pytest.mark.usefixtures("short_past")

ASKED = RunRequest("suining-2010", people=300, months=3, seed=1, threads=1, command="test")
TOWN: dict[str, Any] = {"people": 300, "months": 3, "threads": 1, "trajectories": 2, "levels": 2}
SWEPT = ["detection.certainty", "filing.lost"]


@pytest.fixture
def sweep(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Swept]:
    """Return what sweeps two parameters, of which the members of an ensemble know the first."""
    ship(tmp_path / "2019.parquet", [ASKED], monkeypatch)

    def swept(name: str = "swept", **options: Any) -> Swept:
        return glasstown.sweep("suining-2010", parameters=SWEPT, out=tmp_path / name, **{**TOWN, **options})

    return swept


def ends(answer: Swept) -> dict[str, tuple[str, str]]:
    """Return the range of each parameter."""
    return {each["id"]: (each["low"], each["high"]) for each in answer.as_json()["parameters"]}


def test_sweep__goes_through_the_range_of_the_members(sweep: Callable[..., Swept]) -> None:
    answer = sweep()
    assert ends(answer) == {"detection.certainty": ("1.0495", "1.9405"), "filing.lost": ("0.004", "0.086")}
    told = answer.as_json()
    assert (told["ranges_of"], told["narrowed"], told["together"]) == ("ensemble", ["detection.certainty"], [])
    shown = joined(lines(answer.blocks(), 300))
    assert "1 range goes from the 5th to the 95th of a hundred members of the ensemble" in shown
    assert "The other 1 range is the parameters' own" in shown
    assert "(1.0495 to 1.9405)" in shown


def test_prior__keeps_the_parameters_own_ranges(sweep: Callable[..., Swept]) -> None:
    answer = sweep(prior=True)
    assert ends(answer)["detection.certainty"] == ("0.25", "4")
    said = answer.as_json()["ranges_said"]
    assert said == "The ranges are the parameters' own, most of which nobody has held against the record."
    assert answer.as_json()["ranges_of"] == "prior"


def test_folder_of_other_ranges__is_refused(sweep: Callable[..., Swept]) -> None:
    first = sweep()
    assert sweep().effects == first.effects
    with pytest.raises(UsageError, match="holds another sweep"):
        sweep(prior=True)


def test_sweep__says_why_no_range_comes_from_members(sweep: Callable[..., Swept], tmp_path: Path) -> None:
    (tmp_path / "2019.parquet").write_bytes(b"")
    answer = sweep()
    assert ends(answer)["detection.certainty"] == ("0.25", "4")
    expected = "The ensemble cannot be used (other members than the manifest was written for). The ranges are"
    assert answer.as_json()["ranges_said"].startswith(expected)
    (tmp_path / "2019.parquet").unlink()
    assert sweep().as_json()["ranges_said"].startswith("There is no ensemble in this installation. The ranges are")


def test_unknowns_that_go_together__are_told(tmp_path: Path) -> None:
    """The first two free unknowns of these members were drawn against one another."""
    ensemble = read_ensemble(write_whole(tmp_path / "2019.parquet"))
    names = [path for path, *_ in ensemble.manifest["free"]]
    found = ends_of(ensemble)
    assert list(found) == names
    assert all(low < high for low, high in found.values())
    pairs = together(ensemble, names)
    assert pairs[0] == (*names[:2], -1.0)
    assert together(ensemble, names[:1]) == []
    kept = {"narrowed": names, "together": pairs[:1]}
    assert told(kept, len(names), "")[1].endswith(f"{names[0]} and {names[1]} −1.")


def test_ranks__are_shared_by_equal_values(tmp_path: Path) -> None:
    from glasstown.studies.ranges import _ranks

    assert _ranks([3.0, 1.0, 3.0, 2.0]) == [2.5, 0.0, 2.5, 1.0]


def test_levers__tell_where_members_lie(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ship(tmp_path / "2019.parquet", [ASKED], monkeypatch)
    known = {each.path: each for each in glasstown.levers().levers}
    assert known["detection.certainty"].members == "1.0495 to 1.9405"
    assert known["filing.lost"].members is None
    answer = glasstown.levers(about="detection.certainty")
    assert "(0.25 to 4 times; members of the ensemble 1.0495 to 1.9405)" in joined(lines(answer.blocks(), 200))
    (tmp_path / "2019.parquet").write_bytes(b"")
    assert glasstown.levers(about="detection.certainty").levers[0].members is None
