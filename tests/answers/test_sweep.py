"""Sweeps: an effect is the difference of two runs, what moves nothing is exactly nothing, and a stop changes no byte."""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import altair
import pyarrow
import pytest

import glasstown
import pasts
from glasstown.answers import sweep
from glasstown.answers.sweep import Swept
from glasstown.outcomes.counted import measures_of
from glasstown.outcomes.twins import pair_of
from glasstown.runs.memory import live_in_memory, plan_in_memory
from glasstown.runs.request import RunRequest
from glasstown.runs.session import run_town
from longer import few
from tests.cli.conftest import Command, command  # noqa: F401

pytestmark = pytest.mark.usefixtures("short_past")
BOOK = "rongcheng-2013"
LEVERS = ["hazard.c0", "filing.lost", "consent.give_per_month"]
"""the last one moves nothing where no scheme asks for consent"""
OF_PEOPLE = measures_of(["person"])
TOWN: dict[str, Any] = {"people": 600, "months": 6, "seed": 7, "threads": 1}
SCENARIO = "glasstown_scenario: 1\nrulebooks: [rongcheng-2013]\nset: {{{}}}\n"


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def effect(answer: Swept, measure: str, parameter: str) -> dict[str, float | None]:
    return dict(next(each for each in answer.effects[measure] if each.parameter == parameter).indices)


@pytest.fixture(scope="module")
def swept(tmp_path_factory: pytest.TempPathFactory) -> Swept:
    folder = tmp_path_factory.mktemp("swept") / "morris"
    return glasstown.sweep(BOOK, parameters=LEVERS, trajectories=3, out=folder, **TOWN)


def test_parameter_without_effect__has_exactly_none(swept: Swept) -> None:
    for measure in OF_PEOPLE:
        assert set(effect(swept, measure, "consent.give_per_month").values()) == {0.0}
    assert effect(swept, "records", "filing.lost")["mu_star"] != 0
    assert swept.effects["offences"][0].parameter == "hazard.c0"


def test_effect_of_one_parameter__is_the_difference_of_two_runs(tmp_path: Path) -> None:
    """With two levels a trajectory of one parameter goes from one end of its range to the other."""
    answer = glasstown.sweep(BOOK, parameters=["filing.lost"], trajectories=2, levels=2, out=tmp_path / "sweep", **TOWN)
    ends = {each["id"]: (each["low"], each["high"]) for each in answer.plan["parameters"]}["filing.lost"]
    asked = RunRequest(BOOK, command="test", **TOWN)
    for place, value in zip(("low", "high"), ends, strict=True):
        run_town(replace(asked, settings={"filing.lost": value}, out=tmp_path / place))
    pair = pair_of(tmp_path / "low", tmp_path / "high")
    for measure in OF_PEOPLE:
        low, high = pair.counts[measure]
        assert effect(answer, measure, "filing.lost")["mu"] == pytest.approx((high - low) / TOWN["people"], abs=1e-12)
    assert pair.counts["records"][0] != pair.counts["records"][1]


def test_contrast__is_of_two_runs_on_the_same_people(tmp_path: Path) -> None:
    mild = tmp_path / "mild.yaml"
    mild.write_text(SCENARIO.format("filing.lost: 0.086"), "utf-8")
    answer = glasstown.sweep(
        BOOK, compare=mild, parameters=["hazard.c0"], trajectories=2, levels=2, out=tmp_path / "sweep", **TOWN
    )
    assert "filing.lost" in answer.plan["held"]
    asked, differences = RunRequest(BOOK, command="test", **TOWN), []
    for name, value in (("low", "0.1"), ("high", "3")):
        for side, own in (("first", {}), ("second", {"filing.lost": "0.086"})):
            run_town(replace(asked, settings={"hazard.c0": value, **own}, out=tmp_path / f"{name}-{side}"))
        first, second = pair_of(tmp_path / f"{name}-first", tmp_path / f"{name}-second").counts["records"]
        differences.append(second - first)
    assert differences[0] != differences[1]
    moved = (differences[1] - differences[0]) / TOWN["people"]
    assert effect(answer, "records", "hazard.c0")["mu"] == pytest.approx(moved, abs=1e-12)


def test_side_against_itself__is_moved_by_nothing(tmp_path: Path) -> None:
    answer = glasstown.sweep(BOOK, compare=BOOK, parameters=LEVERS, trajectories=2, out=tmp_path / "sweep", **TOWN)
    assert {value for each in answer.effects.values() for one in each for value in one.indices.values()} == {0.0}
    assert "None moves it." in answer._repr_html_()


def test_threads__change_no_byte(swept: Swept, tmp_path: Path) -> None:
    town = {**TOWN, "threads": 3}
    glasstown.sweep(BOOK, parameters=LEVERS, trajectories=3, out=tmp_path / "sweep", **town)
    assert files(tmp_path / "sweep") == files(swept.folder)


COMMAND = pasts.IN_A_PROCESS + "from glasstown.cli.main import entry\nentry()"


def process(folder: Path) -> subprocess.Popen[str]:
    """Start the sweep that is killed, or runs through, in a process of its own."""
    words = [
        "sweep", BOOK, "--parameters", ",".join(LEVERS), "--trajectories", "5", "--people", "300", "--months", "4",
        "--threads", "2", "--prior", "--out", str(folder),
    ]  # fmt: skip
    return subprocess.Popen(
        [sys.executable, "-c", COMMAND, *words], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    )


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    folder = tmp_path_factory.mktemp("whole") / "sweep"
    running = process(folder)
    assert running.communicate()[1] is not None
    assert running.returncode == 0
    return files(folder)


@pytest.mark.parametrize("n_results", few([0, 1, 7], [7]))
def test_killed_and_gone_on_with__is_byte_for_byte_the_sweep_that_ran_through(
    n_results: int, whole: dict[str, bytes], tmp_path: Path
) -> None:
    folder = tmp_path / "sweep"
    running, until = process(folder), time.monotonic() + 120
    while not (folder / "plan.json").is_file() or len(list(folder.glob("settings/*.json"))) < n_results:
        assert running.poll() is None
        assert time.monotonic() < until
        time.sleep(0.002)
    running.send_signal(signal.SIGKILL)
    running.communicate()
    assert len(files(folder)) < len(whole)
    (folder / "settings").mkdir(exist_ok=True)  # a sweep that was killed at once has not made it
    (folder / "settings" / ".000019.json.half-written").write_text('{"first":{"off', "utf-8")
    again = process(folder)
    assert again.communicate()[1] is not None
    assert again.returncode == 0
    assert files(folder) == whole


def test_finished_sweep__is_read_and_not_lived_again(swept: Swept, monkeypatch: pytest.MonkeyPatch) -> None:
    def lived(*_: object) -> None:
        raise AssertionError("a setting was lived again")

    monkeypatch.setattr("glasstown.studies.summed.live_in_memory", lived)
    again = glasstown.sweep(BOOK, parameters=LEVERS, trajectories=3, measure="fines", out=swept.folder, **TOWN)
    assert again.effects == swept.effects
    assert again.measure == "fines"


def test_moved_sweep__is_read_where_it_lies(
    swept: Swept,
    tmp_path: Path,
    command: Command,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def lived(*_: object) -> None:
        raise AssertionError("a setting was lived again")

    moved = tmp_path / "moved"
    shutil.copytree(swept.folder, tmp_path / "first")
    (tmp_path / "first").rename(moved)
    asked: dict[str, Any] = {"parameters": LEVERS, "trajectories": 3, "out": moved, **TOWN}
    with monkeypatch.context() as patched:
        patched.setattr("glasstown.studies.summed.live_in_memory", lived)
        answer = glasstown.sweep(BOOK, **asked)
    assert answer.effects == swept.effects
    assert (answer.folder, answer.as_json()["sweep"]) == (moved, str(moved))
    next((moved / "settings").iterdir()).unlink()
    ended = command("sweep", BOOK, "--method", "sobol", "--from", str(moved), "--out", str(tmp_path / "next"))
    assert ended.code == 2
    assert str(moved) in ended.err
    for told in (json.dumps(answer.as_json()), str(answer), ended.err):
        assert str(swept.folder) not in told
        assert str(tmp_path / "first") not in told


def test_sobol__parts_the_variance_among_the_strongest_of_an_earlier_sweep(swept: Swept, tmp_path: Path) -> None:
    answer = glasstown.sweep(
        BOOK, method="sobol", from_=swept.folder, samples=16, measure="records", out=tmp_path / "sobol", **TOWN
    )
    assert [each["id"] for each in answer.plan["parameters"]] == ["hazard.c0", "filing.lost"]
    assert len(answer.plan["design"]) == 16 * 4
    assert answer.effects["records"][0].parameter == "hazard.c0"
    assert effect(answer, "records", "hazard.c0")["ST"] == pytest.approx(1, abs=0.3)
    assert effect(answer, "offences", "filing.lost")["ST"] == pytest.approx(0, abs=0.001)


def test_answer__tabulates_draws_and_tells_itself(swept: Swept) -> None:
    table = swept.table()
    assert isinstance(table, pyarrow.Table)
    assert table.num_rows == len(OF_PEOPLE) * len(LEVERS)
    assert isinstance(swept.chart(), altair.TopLevelMixin)
    assert json.dumps(swept.chart().to_dict())
    assert json.dumps(swept.as_json(), allow_nan=False)


def test_held_parameters__are_named_and_stay(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is held is settled before anything is lived, so that one town stands for the settings of these many parameters."""
    small: dict[str, Any] = {**TOWN, "people": 150, "months": 1}
    lived = live_in_memory(plan_in_memory(RunRequest(BOOK, command="test", **small)), {})
    monkeypatch.setattr("glasstown.studies.summed.live_in_memory", lambda *_: lived)
    scenario = tmp_path / "scenario.yaml"
    scenario.write_text(SCENARIO.format("filing.lost: 0.01"), "utf-8")
    answer = glasstown.sweep(str(scenario), trajectories=2, out=tmp_path / "sweep", **small)
    assert {"filing.lost", "living.lived"} <= set(answer.plan["held"])
    assert "filing.lost" not in [each["id"] for each in answer.plan["parameters"]]
    assert "filing.lost" in answer._repr_html_()


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--method", "moris"], "Did you mean 'morris'?"),
        (["--measure", "listing"], "Did you mean 'listings'?"),
        (["--parameters", "filing.lots"], "Did you mean 'filing.lost'?"),
        (["--parameters", "living.lived"], "'living.lived', which is held"),
        (["--trajectories", "ten"], "--trajectories: found 'ten'; expected a whole number"),
        (["--trajectories", "1"], "--trajectories: found 1; expected 2 to 1000"),
        (["--levels", "3"], "an even number"),
        (["--samples", "8"], "found --method morris; expected --method sobol beside it"),
        (["--method", "sobol"], "neither --parameters nor --from"),
        (["--method", "sobol", "--parameters", "filing.lost", "--samples", "10"], "a power of two"),
        (["--method", "sobol", "--from", "nowhere"], "no plan.json"),
        (["--people", "0"], "--people"),
        (["--seed", "x"], "--seed: found 'x'"),
    ],
)
def test_wrong_request__gets_one_message_and_writes_nothing(
    options: list[str], words: str, command: Command, tmp_path: Path  # noqa: F811
) -> None:  # fmt: skip
    ended = command("sweep", BOOK, *options, "--out", str(tmp_path / "sweep"))
    assert ended.code == 2
    assert words in ended.err
    assert "Traceback" not in ended.err
    assert ended.out == ""
    assert not (tmp_path / "sweep").exists()


def test_folder_of_another_plan__is_refused_and_unchanged(swept: Swept, command: Command) -> None:  # noqa: F811
    before = files(swept.folder)
    asked = ["sweep", BOOK, "--parameters", ",".join(LEVERS), "--trajectories", "3", "--seed", "7"]
    ended = command(*asked, "--people", "600", "--months", "7", "--out", str(swept.folder))
    assert ended.code == 2
    assert "the months of the sweep: found 6; expected 7." in ended.err
    assert len(ended.err.splitlines()) == 2
    assert files(swept.folder) == before


def test_folder_that_holds_something_else__is_refused(command: Command, tmp_path: Path) -> None:  # noqa: F811
    (tmp_path / "letter.txt").write_text("mine", "utf-8")
    ended = command("sweep", BOOK, "--out", str(tmp_path))
    assert ended.code == 2
    assert "holds no sweep" in ended.err
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


def test_unfinished_sweep__is_no_ground_for_another(swept: Swept, command: Command, tmp_path: Path) -> None:  # noqa: F811
    copied = tmp_path / "copied"
    for name, content in files(swept.folder).items():
        (copied / name).parent.mkdir(parents=True, exist_ok=True)
        (copied / name).write_bytes(content)
    (copied / "settings" / "000004.json").unlink()
    ended = command("sweep", BOOK, "--method", "sobol", "--from", str(copied))
    assert ended.code == 2
    assert "1 of 12 settings is left" in ended.err


def test_damaged_result__is_named_with_the_way_out(swept: Swept, command: Command, tmp_path: Path) -> None:  # noqa: F811
    copied = tmp_path / "copied"
    for name, content in files(swept.folder).items():
        (copied / name).parent.mkdir(parents=True, exist_ok=True)
        (copied / name).write_bytes(content if name != "settings/000004.json" else content[:20])
    ended = command("sweep", BOOK, "--method", "sobol", "--from", str(copied))
    assert ended.code == 2
    assert "000004.json" in ended.err
    assert "Remove it and give the command again." in ended.err


def test_without_salib__says_how_to_get_it(command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: F811
    monkeypatch.setitem(sys.modules, "SALib", None)
    ended = command("sweep", BOOK, "--out", str(tmp_path / "sweep"))
    assert ended.code == 2
    assert "pip install glasstown[sweep]" in ended.err
    assert "Traceback" not in ended.err


@pytest.mark.parametrize(
    ("value", "said"), [(8.54e-16, "0"), (-3e-13, "0"), (0.000123, "0.000123"), (1234.5, "1,234"), (None, "unknown")]
)
def test_number__that_rounding_alone_makes_is_nothing(value: float | None, said: str) -> None:
    assert sweep._number(value) == said
