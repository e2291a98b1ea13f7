"""A run on disk that is asked life after life is planned once, for what its manifest says and nothing less."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from glasstown.runs.plan import plan_of
from glasstown.runs.request import RunRequest
from glasstown.runs.session import run_town
from glasstown.storage.folder import RunFolder

ASKED = RunRequest(
    "suining-2010", people=150, months=1, threads=1, command="test", settings={"start.lived_months": "0"}
)


def lived(out: Path, **changes: object) -> RunFolder:
    run_town(replace(ASKED, out=out, **changes))  # type: ignore[arg-type]
    return RunFolder.open(out)


def test_plan__is_made_once_however_often_the_folder_is_opened(tmp_path: Path) -> None:
    folder = lived(tmp_path / "one")
    assert plan_of(folder) is plan_of(RunFolder.open(tmp_path / "one"))


def test_runs_with_other_seeds_or_settings__have_plans_of_their_own(tmp_path: Path) -> None:
    one = plan_of(lived(tmp_path / "one"))
    seeded = plan_of(lived(tmp_path / "seeded", seed=2))
    points = plan_of(lived(tmp_path / "set", settings={**ASKED.settings, "suining-2010/clauses/su-d08/points": "-31"}))
    assert (one.manifest.seed, seeded.manifest.seed) == (1, 2)
    clauses = [{clause.id: clause.points for clause in plan.books["suining-2010"].clauses} for plan in (one, points)]
    assert [str(each["su-d08"]) for each in clauses] == ["-30", "-31"]


def test_run_that_another_took_the_place_of__is_planned_anew(tmp_path: Path) -> None:
    first = plan_of(lived(tmp_path / "one"))
    (tmp_path / "one").rename(tmp_path / "away")
    assert plan_of(lived(tmp_path / "one", seed=9)).manifest.seed == 9
    assert plan_of(RunFolder.open(tmp_path / "away")).manifest == first.manifest
