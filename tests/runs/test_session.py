"""A run is the same whatever the threads, the shards and the interruptions, and every life of it can be replayed."""

from __future__ import annotations

import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

import pasts
from glasstown.answers.life import Lived
from glasstown.errors import GlasstownError, RecordError, RunError, UsageError
from glasstown.language.load import load_parameters
from glasstown.render import terminal
from glasstown.runs import one_life, session
from glasstown.runs import plan as build
from glasstown.runs.one_life import hash_differences, live_again, told
from glasstown.runs.outside import NOTHING
from glasstown.runs.request import inputs_of
from glasstown.runs.session import RunRequest, replay_life, resume_town, run_town
from glasstown.storage.folder import RunFolder
from glasstown.types import EntityKind
from longer import few

pytestmark = pytest.mark.usefixtures("short_past")
PEOPLE, MONTHS = 1500, 30
SMALL = RunRequest(rulebook="rongcheng-2019", people=PEOPLE, months=MONTHS, seed=7, threads=1, command="test")


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("runs") / "plain"
    run_town(replace(SMALL, out=folder, track=5))
    return folder


def digest_of(folder: Path) -> str:
    return str(RunFolder.open(folder).manifest.digest)


@pytest.mark.parametrize(
    ("threads", "per_thread"), few([(1, 1), (2, 1), (1, 7), (2, 4), (3, 5)], [(1, 7), (3, 5)], is_spread=True)
)
def test_digest__is_the_same_for_any_threads_and_shards(
    threads: int, per_thread: int, finished: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(build, "SHARDS_PER_THREAD", per_thread)
    result = run_town(replace(SMALL, out=tmp_path / "run", threads=threads))
    assert result.as_json()["digest"] == digest_of(finished)


def test_digest__changes_with_the_seed_and_with_the_rulebook(finished: Path, tmp_path: Path) -> None:
    other_seed = run_town(replace(SMALL, seed=8, out=tmp_path / "seed"))
    other_book = run_town(replace(SMALL, rulebook="suining-2010", out=tmp_path / "book"))
    assert len({digest_of(finished), other_seed.as_json()["digest"], other_book.as_json()["digest"]}) == 3


@pytest.mark.parametrize("month", few([1, 5, 12, 13, 24, 29], [5, 12, 29]))
def test_resume__ends_in_the_same_digest_after_a_stop_in_any_month(month: int, finished: Path, tmp_path: Path) -> None:
    folder = tmp_path / "run"

    def stop(done: int, _: int) -> None:
        if done == month:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_town(replace(SMALL, out=folder), stop, seconds_between=0.0)
    assert RunFolder.open(folder).manifest.status == "running"
    resumed = resume_town(folder, threads=2)
    assert resumed.as_json()["digest"] == digest_of(finished)
    assert RunFolder.open(folder).read("months").equals(RunFolder.open(finished).read("months"))
    assert RunFolder.open(folder).read("hashes").equals(RunFolder.open(finished).read("hashes"))
    assert RunFolder.open(folder).read("final").to_pydict() == RunFolder.open(finished).read("final").to_pydict()
    assert resumed.as_json()["records"] == RunFolder.open(finished).manifest.result["records"]  # type: ignore[index]


KILLED = """
import os, signal, sys
from pathlib import Path
from glasstown.runs.session import RunRequest, run_town
def kill(event, arguments):
    if event == "os.rename" and str(arguments[1]).endswith(sys.argv[2]):
        os.kill(os.getpid(), signal.SIGKILL)
sys.addaudithook(kill)
run_town(RunRequest(rulebook="rongcheng-2019", people={people}, months={months}, seed=7, threads=1,
                    out=Path(sys.argv[1]), command="test"), seconds_between=0.0)
"""


@pytest.mark.parametrize(
    "file", few(["part-0000.parquet", "slot-1.bin", "part-0001.parquet", "final.parquet"], ["part-0001.parquet"])
)
def test_resume__survives_a_kill_just_before_a_file_is_there(file: str, finished: Path, tmp_path: Path) -> None:
    folder = tmp_path / "run"
    code = pasts.IN_A_PROCESS + KILLED.format(people=PEOPLE, months=MONTHS)
    words = [sys.executable, "-c", code, str(folder), file]
    ended = subprocess.run(words, stderr=subprocess.DEVNULL, check=False, timeout=120)
    assert ended.returncode == -signal.SIGKILL
    assert RunFolder.open(folder).manifest.status == "running"
    assert resume_town(folder).as_json()["digest"] == digest_of(finished)


def test_resume__on_a_finished_run_prints_its_result(finished: Path) -> None:
    before = sorted((path, path.stat().st_mtime_ns) for path in finished.rglob("*") if path.is_file())
    assert resume_town(finished).as_json()["digest"] == digest_of(finished)
    assert sorted((path, path.stat().st_mtime_ns) for path in finished.rglob("*") if path.is_file()) == before


def test_accounts__keep_score_and_list_identities(finished: Path) -> None:
    rows = RunFolder.open(finished).read("months").to_pylist()
    total: dict[tuple[int, str], int] = {}
    for row in rows:
        total[row["month"], row["account"]] = total.get((row["month"], row["account"]), 0) + row["value"]
    for month in range(1, MONTHS):
        moved = total[month, "score_sum"] - total[month - 1, "score_sum"]
        assert moved == total.get((month, "points"), 0) + total.get((month, "returned"), 0)
        scored = sum(r["value"] for r in rows if r["month"] == month and r["item"] == "scored")
        assert scored == total[month, "grades"]


@pytest.mark.parametrize(
    "rulebook",
    few(
        ["suining-2010", "rongcheng-2013", "rongcheng-2013@a-to-960", "rongcheng-2019", "dongdao-village-2018",
         "jinan-dogs-2017", "jiangsu-env-2019"],
        ["suining-2010", "rongcheng-2019", "dongdao-village-2018"],
    ),
)  # fmt: skip
def test_every_life__is_told_alike_by_engine_interpreter_and_run(rulebook: str, tmp_path: Path) -> None:
    name = rulebook.partition("@")[0]
    most = {parameter.id: str(parameter.high) for parameter in load_parameters().parameters}
    raised = (f"recording.dishonesty.{name}", f"recording.rewards.{name}", "filing.wrong_person", "objection.share")
    settings = {parameter: most[parameter] for parameter in raised}
    folder = tmp_path / "run"
    is_of_firms = rulebook.startswith("jiangsu")
    people, firms = (150, 450) if is_of_firms else (900 if name == "jinan-dogs-2017" else 300, None)
    run_town(
        RunRequest(
            rulebook=rulebook, people=people, firms=firms, months=48, seed=3, settings=settings, threads=1,
            out=folder, command="test",
        )
    )  # fmt: skip
    opened = RunFolder.open(folder)
    plan = build.make_plan(opened.manifest, inputs_of(opened))
    kind: EntityKind = "firm" if is_of_firms else "person"
    n_lines = 0
    for block in range(plan.n_blocks(kind)):
        lived = live_again(plan, kind, block, NOTHING)
        assert hash_differences(opened, lived, kind, block) == []
        for number in range(block * 150, (block + 1) * 150):
            life = told(plan, kind, number, lived, [], NOTHING)
            assert life.differences == (), (number, life.differences)
            n_lines += len(life.lines)
    assert n_lines > 0 or name.startswith("ji"), "a town of a few hundred has few dog owners and polluters"


def test_verify__finds_a_changed_run(finished: Path, tmp_path: Path) -> None:
    import shutil

    import pyarrow as pa

    copied = tmp_path / "run"
    shutil.copytree(finished, copied)
    folder = RunFolder.open(copied)
    table = folder.read("hashes")
    changed = [value ^ 1 for value in table["hash"].to_pylist()]
    folder.write_single(
        "hashes", table.set_column(table.schema.get_field_index("hash"), "hash", pa.array(changed, pa.uint64()))
    )
    with pytest.raises(
        RecordError, match=r"hashes\.parquet: a table of the run: found other bytes than the run wrote|bytes instead of"
    ):
        replay_life(copied, 3, verify=True)
    folder.update(files=folder.written)  # as if the run itself had written them
    assert replay_life(copied, 3, verify=True).verified is False
    with pytest.raises(RunError, match=r"found another one than the run's: after 12 months.*by this very code"):
        replay_life(copied, 3)


@pytest.mark.parametrize(
    ("of_run", "of_readings", "is_said"), [(1, 0, True), (1, 1, False), (0, 1, False), (0, 0, False)]
)
@pytest.mark.parametrize("is_other", [True, False])
def test_verified_by_other_code__is_no_fault_only_where_the_hashes_alone_differ(
    is_other: bool, of_run: int, of_readings: int, is_said: bool, finished: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if is_other:
        monkeypatch.setattr(one_life, "code_hash", lambda: "other")
    monkeypatch.setattr(one_life, "hash_differences", lambda *_: ["of the run"] * of_run)
    monkeypatch.setattr(one_life, "own_differences", lambda *_: ["of a reading"] * of_readings)
    life = replay_life(finished, 3, verify=True)
    assert life.verified is (of_run + of_readings == 0)
    assert (life.lived_by is not None) is (is_said and is_other)
    said = terminal.joined(terminal.lines(Lived(finished, 3, life).blocks(), 100))
    assert ("NOT AS THE RUN WAS LIVED" in said) is (is_said and is_other)
    assert ("worth a report" in said) is (life.verified is False and not (is_said and is_other))


def test_tracked_people__have_their_events_in_the_run(finished: Path) -> None:
    events = RunFolder.open(finished).read("events")
    assert set(events["id"].to_pylist()) <= {0, 300, 600, 900, 1200}


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"people": 0}, "--people"),
        ({"months": 1024}, "--months"),
        ({"settings": {"hazard.c99": "1"}}, "hazard.c9"),
        ({"settings": {"hazard.c0": "nine"}}, "a number from"),
        ({"settings": {"hazard.c0": "900"}}, "a number from"),
        ({"start": "2001-01"}, "not in force"),
        ({"start": "9999-12"}, "--start"),
        ({"start": "9910-01"}, "9909-12"),
        ({"rulebook": "jiangsu-env-2019", "firms": 0}, "scores firms only"),
        ({"people": 10**11}, "memory"),
    ],
)
def test_wrong_request__gets_one_message_and_writes_nothing(
    change: dict[str, object], words: str, tmp_path: Path
) -> None:
    with pytest.raises(GlasstownError) as caught:
        run_town(replace(SMALL, out=tmp_path / "run", **change))  # type: ignore[arg-type]
    assert isinstance(caught.value, RunError | UsageError)
    assert words in str(caught.value)
    assert list(tmp_path.iterdir()) == []


def test_unknown_at_a_bound__moves_scores_that_unknown_values_do_not(tmp_path: Path) -> None:
    plain = run_town(replace(SMALL, rulebook="suining-2010", out=tmp_path / "plain")).as_json()
    high = run_town(replace(SMALL, rulebook="suining-2010", unknown="high", out=tmp_path / "high")).as_json()
    assert sum(plain["unknown_fired"].values()) > 0
    assert sum(high["unknown_fired"].values()) == 0
    assert plain["grades"] != high["grades"]
    assert session.MONTHS_A_PART == 12
