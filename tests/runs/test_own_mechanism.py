"""A run with a mechanism of one's own: its digest, its second reading, its trust, and what is refused before anything is written."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

import glasstown
from glasstown.errors import GlasstownError, RunError, Stopped
from glasstown.outcomes.opened import open_all
from glasstown.population import BLOCK
from glasstown.runs import own_reading, trusted
from glasstown.runs.live_again import live_again
from glasstown.runs.outside import outside_of
from glasstown.runs.own_reading import own_differences
from glasstown.runs.plan import plan_of
from glasstown.storage.folder import RunFolder

PAGE = (Path(__file__).parents[2] / "docs" / "mechanism.md").read_text(encoding="utf-8")
FILES = dict(re.findall(r"```python file=(\S+)\n(.*?)```", PAGE, flags=re.S))
TOWN = {"people": 600, "months": 6, "threads": 1}


@pytest.fixture(autouse=True)
def trusted_here(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Keep what a test trusts to the test."""
    monkeypatch.setattr(trusted, "_named", set())
    monkeypatch.setattr(trusted, "_file", lambda sha256: tmp_path / "trusted" / f"{sha256}.py")


def written(folder: Path, name: str, text: str | None = None) -> Path:
    file = folder / name
    file.write_text(FILES[name] if text is None else text, encoding="utf-8")
    return file


def digest(folder: Path) -> str | None:
    return RunFolder.open(folder).manifest.digest


def another_machine(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    """Forget what was trusted, as another machine never knew it."""
    monkeypatch.setattr(trusted, "_named", set())
    monkeypatch.setattr(trusted, "_file", lambda sha256: folder / "elsewhere" / f"{sha256}.py")


def test_digest__hangs_on_no_thread_and_comes_back_from_the_manifest(tmp_path: Path) -> None:
    file = written(tmp_path, "camera.py")
    glasstown.run("suining-2010", **TOWN, mechanism=file, out=tmp_path / "one")
    glasstown.run("suining-2010", **{**TOWN, "threads": 3}, mechanism=file, out=tmp_path / "three")
    file.unlink()
    glasstown.run(tmp_path / "one", threads=1, out=tmp_path / "again")
    glasstown.run(tmp_path / "one", threads=1, set={"crossing-camera.covered": 0.9}, out=tmp_path / "more")
    digests = [digest(tmp_path / name) for name in ("one", "three", "again", "more")]
    assert digests[0] == digests[1] == digests[2] != digests[3]
    assert glasstown.life(tmp_path / "one", 11, verify=True).exit_code == 0


def test_kernels_in_plain_python__come_to_the_same(tmp_path: Path) -> None:
    file = written(tmp_path, "camera.py")
    asked = [
        "run",
        "suining-2010",
        "--people",
        "150",
        "--months",
        "2",
        "--set",
        "start.lived_months=0",
        "--mechanism",
        str(file),
    ]
    for name, plain in (("compiled", ""), ("plain", "plain")):
        command = [sys.executable, "-W", "ignore", "-m", "glasstown", *asked, "--out", str(tmp_path / name)]
        ended = subprocess.run(
            command, env={**os.environ, "GLASSTOWN_KERNELS": plain}, capture_output=True, check=False
        )
        assert ended.returncode == 0, ended.stderr.decode()
    assert digest(tmp_path / "plain") == digest(tmp_path / "compiled")


def test_second_reading__finds_a_planted_difference(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    glasstown.run("suining-2010", **TOWN, mechanism=written(tmp_path, "camera.py"), out=tmp_path / "run")
    folder = RunFolder.open(tmp_path / "run")
    plan = plan_of(folder)
    block = next(block for block in range(4) if plan.population.people(block, block + 1).is_urban.any())
    lived, first = live_again(plan, "person", block, outside_of(folder, plan)), block * BLOCK
    places = sorted(lived.rows)
    assert [each for place in places for each in own_differences(plan, lived, first + place[0], place)] == []
    asked = [row for rows in lived.rows.values() for row in rows if row.n_left > 0]
    assert sum(row.n_further for row in asked) > 0
    own = plan.conduct["person"].own
    assert own is not None
    blind = replace(plan.conduct["person"], own=replace(own, plain=lambda _given: 0))
    planted = replace(plan, conduct={**plan.conduct, "person": blind})
    assert [each for place in places for each in own_differences(planted, lived, first + place[0], place)] != []
    monkeypatch.setattr(own_reading, "MILLION", 2_000_000)
    assert [each for place in places for each in own_differences(plan, lived, first + place[0], place)] != []


def acts_of(folder: Path, item: str) -> int:
    (accounts,) = {id(run.accounts["person"]): run.accounts["person"] for run in open_all(folder)}.values()
    return sum(accounts.series("acts", item))


def test_hazard__falls_for_whom_the_mechanism_says(tmp_path: Path) -> None:
    whole = FILES["campaign.py"].replace("age_band < 5 and 6 <= month <= 11", "month >= 0")
    file = written(tmp_path, "campaign.py", whole)
    for name, effect in (("usual", 0), ("half", 0.5), ("none", 1)):
        settings = {"road-lessons.effect": effect}
        glasstown.run("no-scheme", **TOWN, mechanism=file, set=settings, out=tmp_path / name)
    glasstown.run("no-scheme", **TOWN, out=tmp_path / "without")
    usual, half, none = (acts_of(tmp_path / name, "c1") for name in ("usual", "half", "none"))
    assert digest(tmp_path / "usual") == digest(tmp_path / "without")
    assert none == 0
    assert 0.4 * usual < half < 0.6 * usual
    assert acts_of(tmp_path / "none", "c2") > 0


def test_hazard__can_rise_up_to_its_most(tmp_path: Path) -> None:
    text = (
        FILES["campaign.py"]
        .replace('"of": "c1",', '"of": "c1", "most": 2,')
        .replace("age_band < 5 and 6 <= month <= 11", "month >= 0")
    )
    double = text.replace("return 1_000_000 - effect", "return 9_000_000 - effect")
    glasstown.run("no-scheme", **TOWN, mechanism=written(tmp_path, "campaign.py", double), out=tmp_path / "double")
    glasstown.run("no-scheme", **TOWN, out=tmp_path / "without")
    usual, more = acts_of(tmp_path / "without", "c1"), acts_of(tmp_path / "double", "c1")
    assert 1.8 * usual < more < 2.2 * usual


def test_gate__is_closed_to_whom_the_mechanism_says(tmp_path: Path) -> None:
    always = FILES["counter.py"].replace("10_000 if fifth == 1 else 0", "1_000_000 if fifth == 1 else 0")
    glasstown.run("no-scheme", **TOWN, mechanism=written(tmp_path, "counter.py", always), out=tmp_path / "run")
    sql = "select \"group\", sum(value) from months where account = 'refusals' and item = 'rail-ticket' group by all"
    rows = glasstown.query(tmp_path / "run", sql).table().to_pylist()
    refused = {next(iter(row.values())): int(list(row.values())[1]) for row in rows}
    assert refused.get("fifth-1", 0) > 0
    assert sum(n for fifth, n in refused.items() if fifth != "fifth-1") == 0


def test_mechanism_of_somebody_else__is_not_executed_until_trusted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    glasstown.run("suining-2010", **TOWN, mechanism=written(tmp_path, "camera.py"), out=tmp_path / "run")
    packed = glasstown.pack(tmp_path / "run", out=tmp_path / "run.tar")
    another_machine(monkeypatch, tmp_path)
    glasstown.unpack(packed.packed.file, tmp_path / "came")
    sha256 = RunFolder.open(tmp_path / "came").manifest.mechanism.sha256  # type: ignore[union-attr]
    monkeypatch.setattr("glasstown.engine.own_kernels._function", lambda *_: pytest.fail("it was executed"))
    for ask in (
        lambda: glasstown.run(tmp_path / "came", out=tmp_path / "again"),
        lambda: glasstown.life(tmp_path / "came", 3),
        lambda: glasstown.run(tmp_path / "came", trust_mechanism="0" * 64, out=tmp_path / "again"),
        lambda: glasstown.resume(tmp_path / "came", trust_mechanism="0" * 64),
    ):
        with pytest.raises(RunError, match=sha256):
            ask()
    assert not (tmp_path / "again").exists()
    monkeypatch.undo()
    another_machine(monkeypatch, tmp_path)
    glasstown.run(tmp_path / "came", trust_mechanism=sha256, threads=1, out=tmp_path / "again")
    assert digest(tmp_path / "again") == digest(tmp_path / "run")
    monkeypatch.setattr(trusted, "_named", set())  # another process of the same machine
    assert glasstown.life(tmp_path / "came", 3, verify=True).exit_code == 0


def test_interrupted_run__is_resumed_only_where_its_mechanism_is_trusted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(done: int, _all: int) -> None:
        if done == 3:
            raise KeyboardInterrupt

    file = written(tmp_path, "camera.py")
    with pytest.raises(Stopped):
        glasstown.run("suining-2010", **TOWN, mechanism=file, out=tmp_path / "run", progress=stop)
    another_machine(monkeypatch, tmp_path)
    with pytest.raises(RunError, match="nobody here has trusted"):
        glasstown.resume(tmp_path / "run")
    sha256 = RunFolder.open(tmp_path / "run").manifest.mechanism.sha256  # type: ignore[union-attr]
    glasstown.resume(tmp_path / "run", trust_mechanism=sha256)
    glasstown.run("suining-2010", **TOWN, mechanism=file, out=tmp_path / "whole")
    assert digest(tmp_path / "run") == digest(tmp_path / "whole")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (("return covered\n", "return covered +\n"), "does not compile"),
        (("return covered\n", "return random.random()\n"), "luck_1 to luck_4"),
        (("return covered\n", "score -= 5\n    return covered\n"), "MECHANISM|not known|writes nothing"),
        (("crossing-on-red", "crossing-on-rot"), "Did you mean 'crossing-on-red'"),
        (("crossing-on-red", "court-refusing-though-able"), "an act of people"),
        (("crossing-camera", "filing"), "a name of its own"),
    ],
)
def test_faulty_mechanism__is_one_message_and_writes_nothing(
    tmp_path: Path, change: tuple[str, str], words: str
) -> None:
    file = written(tmp_path, "camera.py", FILES["camera.py"].replace(*change))
    with pytest.raises(GlasstownError, match=words) as told:
        glasstown.run("suining-2010", **TOWN, mechanism=file, out=tmp_path / "run")
    assert len(told.value.faults) == 1
    assert sorted(path.name for path in tmp_path.iterdir()) in (["camera.py"], ["camera.py", "trusted"])


def test_people_without_lives__have_no_mechanism(tmp_path: Path) -> None:
    with pytest.raises(RunError, match="people without lives"):
        glasstown.run(
            "suining-2010", **TOWN, set={"living.lived": 0}, mechanism=written(tmp_path, "camera.py"), out=tmp_path / "run"
        )  # fmt: skip
    assert not (tmp_path / "run").exists()
