"""A run is gone on with from its own state alone: another run's, another version's, and parts that are not whole are passed over."""

from __future__ import annotations

import os
import re
import shutil
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from glasstown.errors import RecordError, RunError, RunWarning
from glasstown.runs.session import RunRequest, resume_town, run_town
from glasstown.storage.folder import RunFolder
from glasstown.storage.lock import sole_writer

ASKED = RunRequest(rulebook="rongcheng-2019", people=300, months=26, seed=7, threads=1, command="test")
OTHERS = {
    "another seed": replace(ASKED, seed=8),
    "another setting": replace(ASKED, settings={"hazard.c1": "5"}),
    "another rulebook": replace(ASKED, rulebook="suining-2010"),
}
NAMES = ("months", "inbox", "mail", "hashes", "final")


def stopped(request: RunRequest, month: int) -> None:
    def stop(done: int, _: int) -> None:
        if done == month:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_town(request, stop, seconds_between=0.0)


@contextmanager
def said(pattern: str) -> Iterator[None]:
    """Check that one of the words said meanwhile is like this."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        yield
    assert all(issubclass(each.category, RunWarning) for each in caught)
    words = [str(each.message) for each in caught]
    assert any(re.search(pattern, text) for text in words), words


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A finished run, the same one stopped after 14 months, and others stopped later."""
    folder = tmp_path_factory.mktemp("runs")
    run_town(replace(ASKED, out=folder / "whole"))
    stopped(replace(ASKED, out=folder / "half"), 14)
    for name, request in OTHERS.items():
        stopped(replace(request, out=folder / name), 20)
    return folder


@pytest.fixture
def half(runs: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(runs / "half", tmp_path / "half"))


def ends_as(run: Path, whole: Path) -> None:
    ours, theirs = RunFolder.open(run), RunFolder.open(whole)
    assert ours.manifest.status == "done"
    assert ours.manifest.digest == theirs.manifest.digest
    assert not ours.faults()
    for name in NAMES:
        assert ours.read(name).to_pydict() == theirs.read(name).to_pydict()


@pytest.mark.parametrize("name", OTHERS)
def test_resume__passes_over_the_checkpoint_of_another_run(name: str, half: Path, runs: Path) -> None:
    shutil.rmtree(half / "checkpoint")
    shutil.copytree(runs / name / "checkpoint", half / "checkpoint")
    with said("after 20 months is passed over: it is of another run or another version"):
        resume_town(half)
    ends_as(half, runs / "whole")


def test_resume__goes_on_from_its_own_slot_where_the_other_is_another_runs(half: Path, runs: Path) -> None:
    shutil.copy(runs / "another seed" / "checkpoint" / "slot-1.bin", half / "checkpoint" / "slot-1.bin")
    lived: list[int] = []
    with said("passed over"):
        resume_town(half, lambda done, _: lived.append(done))
    assert lived[0] > 12
    ends_as(half, runs / "whole")


@pytest.mark.parametrize("table", ["months", "inbox", "mail"])
@pytest.mark.parametrize("damage", ["gone", "empty", "another seed's", "a bit"])
def test_resume__begins_earlier_where_a_part_before_the_checkpoint_is_not_whole(
    table: str, damage: str, half: Path, runs: Path
) -> None:
    part = half / table / "part-0002.parquet"
    content = bytearray(part.read_bytes())
    if damage == "gone":
        part.unlink()
    elif damage == "empty":
        part.write_bytes(b"")
    elif damage == "a bit":
        content[len(content) // 2] ^= 1
        part.write_bytes(content)
    else:
        shutil.copy(runs / "another seed" / table / part.name, part)
        if part.read_bytes() == content:
            return
    with said(r"part-0002\.parquet, which was written before it, is not whole"):
        resume_town(half)
    ends_as(half, runs / "whole")


def test_resume__says_that_the_newest_checkpoint_is_not_there(half: Path, runs: Path) -> None:
    shutil.rmtree(half / "checkpoint")
    with pytest.warns(
        RunWarning, match="no whole checkpoint of month 1[34] is there; the run goes on at the beginning"
    ):
        resume_town(half)
    ends_as(half, runs / "whole")


def test_resume__by_other_code_lives_the_whole_run_by_it(half: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("storage.identity", "storage.checkout", "runs.session"):
        monkeypatch.setattr(f"glasstown.{module}.code_hash", lambda: "later")
    lived: list[int] = []
    with said("another version of Glasstown"):
        resume_town(half, lambda done, _: lived.append(done))
    assert lived == list(range(1, 27))
    assert RunFolder.open(half).manifest.code == "later"


def test_resume__of_an_untouched_run_says_nothing(half: Path, runs: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        resume_town(half)
    ends_as(half, runs / "whole")


def test_resume__is_refused_beside_another_writer_and_changes_nothing(half: Path) -> None:
    before = {path: path.read_bytes() for path in half.rglob("*") if path.is_file()}
    with (
        sole_writer(half, "glasstown run it"),
        pytest.raises(RunError, match="another process at work in it") as caught,
    ):
        resume_town(half)
    assert caught.value.exit_code == 2
    assert {path: path.read_bytes() for path in half.rglob("*") if path.is_file()} == before


def test_resume__beside_a_run_that_goes_on_leaves_that_run_alone(tmp_path: Path, runs: Path) -> None:
    def intrude(done: int, _: int) -> None:
        if done in (1, 13, 26):
            with pytest.raises(RunError, match="'test'"):
                resume_town(tmp_path / "run")

    run_town(replace(ASKED, out=tmp_path / "run"), intrude, seconds_between=0.0)
    ends_as(tmp_path / "run", runs / "whole")


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the processes here are forked")
def test_several_resumes_at_once__end_in_one_whole_run(half: Path, runs: Path) -> None:
    children = []
    for _ in range(3):
        child = os.fork()
        if child == 0:  # pragma: no cover
            code = 9
            try:
                with warnings.catch_warnings():
                    warnings.simplefilter("ignore")
                    resume_town(half, seconds_between=0.0)
                code = 0
            except RunError:
                code = 2
            finally:
                os._exit(code)
        children.append(child)
    codes = sorted(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children)
    assert codes[0] == 0
    assert set(codes) <= {0, 2}
    ends_as(half, runs / "whole")


def test_run__does_not_end_where_a_part_went_away_meanwhile(tmp_path: Path) -> None:
    def take_away(done: int, _: int) -> None:
        if done == 20:
            (tmp_path / "run" / "months" / "part-0000.parquet").unlink()

    with pytest.raises(RecordError, match=r"cannot finish the run .*\n.*part-0000\.parquet.*no such file"):
        run_town(replace(ASKED, out=tmp_path / "run"), take_away)
    assert RunFolder.open(tmp_path / "run").manifest.status == "running"


@pytest.mark.parametrize("month", [1, 13, 25])
def test_run__says_that_its_folder_went_away(month: int, tmp_path: Path) -> None:
    def take_away(done: int, _: int) -> None:
        if done == month:
            shutil.rmtree(tmp_path / "run")

    with pytest.raises(RunError, match="the run's folder: found no such folder any more"):
        run_town(replace(ASKED, out=tmp_path / "run"), take_away, seconds_between=0.0 if month == 1 else None)
