"""Every reader of a run asks whether its files are those that it wrote, and names the one that is not."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

import glasstown
from glasstown.errors import GlasstownError, RecordError, RunError, RunWarning
from glasstown.runs import session
from glasstown.runs.session import RunRequest, resume_town, run_town
from glasstown.storage.folder import RunFolder

ASKED = RunRequest(rulebook="rongcheng-2019", people=300, months=26, seed=7, threads=1, track=2, command="test")
TABLES = (
    "months/part-0000.parquet", "months/part-0002.parquet", "inbox/part-0002.parquet", "mail/part-0000.parquet",
    "events/part-0000.parquet", "hashes.parquet", "final.parquet",
)  # fmt: skip


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two finished runs of different seeds, and one that stopped after 14 months with a checkpoint in each."""
    folder = tmp_path_factory.mktemp("runs")
    run_town(replace(ASKED, out=folder / "whole"))
    run_town(replace(ASKED, seed=8, out=folder / "other"))
    stopped(replace(ASKED, out=folder / "half"), 14)
    return folder


def stopped(request: RunRequest, month: int) -> None:
    def stop(done: int, _: int) -> None:
        if done == month:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_town(request, stop, seconds_between=0.0)


@pytest.fixture
def copy(runs: Path, tmp_path: Path) -> Callable[[str], Path]:
    def copied(name: str) -> Path:
        return Path(shutil.copytree(runs / name, tmp_path / name))

    return copied


def same_tables(one: Path, other: Path) -> None:
    for name in ("months", "inbox", "mail", "events", "hashes", "final"):
        ours, theirs = (RunFolder.open(path).read(name).to_pydict() for path in (one, other))
        assert ours == theirs


READERS: dict[str, Callable[[Path, Path], object]] = {
    "query": lambda run, _: glasstown.query(run, "select count(*) from months"),
    "report": lambda run, _: glasstown.report(run, out=run.parent / "report.html"),
    "life": lambda run, _: glasstown.life(run, 3),
    "rescue": lambda run, _: glasstown.rescue(run),
    "rescue of one": lambda run, _: glasstown.rescue(run, 3),
    "compare": lambda run, whole: glasstown.compare(str(whole), str(run)),
    "compare, first": lambda run, whole: glasstown.compare(str(run), str(whole)),
}


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("damage", ["last part gone", "final gone", "one bit"])
def test_every_reader__refuses_a_damaged_run_and_names_the_file(
    reader: str, damage: str, copy: Callable[[str], Path], runs: Path
) -> None:
    run = copy("whole")
    name = "final.parquet" if damage == "final gone" else "months/part-0002.parquet"
    if damage == "one bit":
        content = bytearray((run / name).read_bytes())
        content[28] ^= 4
        (run / name).write_bytes(content)
    else:
        (run / name).unlink()
    with pytest.raises(GlasstownError) as caught:
        READERS[reader](run, runs / "whole")
    assert f"{run / name}: a table of the run: found " in str(caught.value)
    assert caught.value.exit_code == 2
    assert not (run.parent / "report.html").exists()


@pytest.mark.parametrize("name", TABLES)
@pytest.mark.parametrize("damage", ["gone", "empty", "a folder", "a link to nothing", "another seed's", "a bit"])
def test_faults__name_each_file_that_lacks_or_differs(
    name: str, damage: str, copy: Callable[[str], Path], runs: Path
) -> None:
    run = copy("whole")
    path, content = run / name, bytearray((run / name).read_bytes())
    path.unlink()
    if damage == "empty":
        path.touch()
    elif damage == "a folder":
        path.mkdir()
    elif damage == "a link to nothing":
        path.symlink_to("nowhere")
    elif damage == "another seed's":
        shutil.copy(runs / "other" / name, path)
        if path.read_bytes() == content:  # a table without rows is the same in both
            return
    elif damage == "a bit":
        content[len(content) // 2] ^= 1
        path.write_bytes(content)
    if damage in ("a folder", "a link to nothing"):
        with pytest.raises(RecordError, match=rf"{path.name}: a name of the run: found {damage[:6]}"):
            RunFolder.open(run).faults()
        return
    assert [str(fault.place) for fault in RunFolder.open(run).faults()] == [str(path)]


@pytest.mark.parametrize("name", ["months", "inbox", "mail", "events"])
def test_faults__name_every_part_of_a_table_that_is_gone(name: str, copy: Callable[[str], Path]) -> None:
    run = copy("whole")
    parts = sorted(str(path) for path in (run / name).iterdir())
    shutil.rmtree(run / name)
    assert [str(fault.place) for fault in RunFolder.open(run).faults()] == parts


def test_faults__name_a_part_that_the_run_did_not_write(copy: Callable[[str], Path], runs: Path) -> None:
    run = copy("whole")
    shutil.copy(runs / "other" / "months" / "part-0002.parquet", run / "months" / "part-0003.parquet")
    with pytest.raises(RecordError, match=r"part-0003\.parquet.*a file that the run did not write"):
        RunFolder.open(run).read("final")


def test_manifest_of_another_run__is_told_by_the_files(copy: Callable[[str], Path], runs: Path) -> None:
    run = copy("whole")
    shutil.copy(runs / "other" / "manifest.json", run / "manifest.json")
    with pytest.raises(RecordError, match=r"found (other bytes|.* bytes instead)"):
        RunFolder.open(run).read("months")


@pytest.mark.parametrize("name", ["months", "threads", "people", "seed", "digest", "track", "parts"])
@pytest.mark.parametrize("run_name", ["whole", "half"])
def test_manifest__is_refused_once_it_is_changed_by_hand(name: str, run_name: str, copy: Callable[[str], Path]) -> None:
    path = copy(run_name) / "manifest.json"
    values = json.loads(path.read_text(encoding="utf-8"))
    values[name] = "0" * 64 if name == "digest" else 9
    path.write_text(json.dumps(values), encoding="utf-8")
    with pytest.raises(RecordError, match="not those of its seal: it was changed since"):
        RunFolder.open(path.parent)


def test_parts__are_counted_in_the_manifest(runs: Path) -> None:
    assert RunFolder.open(runs / "whole").manifest.parts == len(list((runs / "whole" / "months").iterdir())) == 3


@pytest.mark.parametrize("name", ["months/part-0002.parquet", "final.parquet"])
def test_resume__makes_again_what_a_finished_run_lost(name: str, copy: Callable[[str], Path], runs: Path) -> None:
    run = copy("whole")
    (run / name).unlink()
    with pytest.warns(RunWarning, match="is not whole, so that it is lived again"):
        resume_town(run)
    same_tables(run, runs / "whole")
    assert RunFolder.open(run).manifest.digest == RunFolder.open(runs / "whole").manifest.digest


def test_resume__says_that_other_code_cannot_make_it_again(
    copy: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    run = copy("whole")
    (run / "final.parquet").unlink()
    before = {path: path.read_bytes() for path in run.rglob("*") if path.is_file()}
    monkeypatch.setattr(session, "code_hash", lambda: "other")
    with pytest.raises(RunError, match=r"found one lived by other code.*begin anew in another folder"):
        resume_town(run)
    assert {path: path.read_bytes() for path in run.rglob("*") if path.is_file()} == before


def test_resume__does_not_end_a_run_made_again_as_another_one(
    copy: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    run = copy("whole")
    RunFolder.open(run).update(digest="0" * 64)
    (run / "final.parquet").unlink()
    with pytest.warns(RunWarning), pytest.raises(RunError, match="expected digest 0000"):
        resume_town(run)
    assert RunFolder.open(run).manifest.status == "running"


def test_resume__removes_what_a_kill_after_the_end_left_of_checkpoints(copy: Callable[[str], Path], runs: Path) -> None:
    run = copy("whole")
    shutil.copytree(runs / "half" / "checkpoint", run / "checkpoint")
    resume_town(run)
    assert sorted(path.name for path in run.iterdir()) == sorted(path.name for path in (runs / "whole").iterdir())


def unsealed(run: Path) -> None:
    """Make a run's manifest one of the first format."""
    path = run / "manifest.json"
    values = json.loads(path.read_text(encoding="utf-8"))
    for name in ("seal", "files", "code"):
        del values[name]
    path.write_text(json.dumps({**values, "glasstown_run": 1}), encoding="utf-8")


def test_run_without_a_seal__is_read_with_a_word(copy: Callable[[str], Path]) -> None:
    run = copy("whole")
    unsealed(run)
    with pytest.warns(RunWarning, match="kept no seal of its files"):
        assert RunFolder.open(run).read("months").num_rows > 0
    with pytest.warns(RunWarning, match="kept no seal of its files"):
        assert resume_town(run).as_json()["months"] == 26


@pytest.mark.parametrize("name", ["final.parquet", "hashes.parquet", "inbox", "months"])
def test_run_without_a_seal__is_refused_where_a_table_lacks(name: str, copy: Callable[[str], Path]) -> None:
    run = copy("whole")
    unsealed(run)
    shutil.rmtree(run / name) if (run / name).is_dir() else (run / name).unlink()
    with pytest.raises(RecordError, match="no such table"):
        RunFolder.open(run).read("events")
    with pytest.raises(RunError, match="lived by other code"):
        resume_town(run)


@pytest.mark.parametrize("verify", [False, True])
def test_life__is_not_told_of_a_run_that_is_going(verify: bool, runs: Path) -> None:
    with pytest.raises(RunError, match="a run that is not finished; expected a finished one"):
        glasstown.life(runs / "half", 3, verify=verify)


def test_query__says_that_a_run_is_not_finished(runs: Path) -> None:
    with pytest.warns(RunWarning, match="this run is not finished"):
        glasstown.query(runs / "half", "select count(*) from final")


@pytest.mark.parametrize("file", ["final.parquet", "hashes.parquet", "events/part-0000.parquet"])
def test_run_that_is_going__has_no_closing_table_of_another_run(
    file: str, copy: Callable[[str], Path], runs: Path
) -> None:
    run = copy("half")
    (run / file).parent.mkdir(exist_ok=True)
    shutil.copy(runs / "other" / file, run / file)
    assert RunFolder.open(run).read(file.partition("/")[0].removesuffix(".parquet")).num_rows == 0
    with pytest.raises(RecordError, match="without final"):
        RunFolder.open(run).final_rows()
