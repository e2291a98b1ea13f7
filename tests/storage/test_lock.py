"""One writer to a folder: a second one is told who is at work, and a crash leaves the folder free."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

import glasstown
from glasstown.errors import RunError
from glasstown.storage import atomic, lock
from glasstown.storage.lock import LOCK, sole_writer

HOLD = """
import sys, time
from pathlib import Path
from glasstown.storage.lock import sole_writer
with sole_writer(Path(sys.argv[1]), "glasstown resume it"):
    print("held", flush=True)
    time.sleep(60)
"""


def held_by_another(folder: Path) -> subprocess.Popen[str]:
    process = subprocess.Popen([sys.executable, "-c", HOLD, str(folder)], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def test_sole_writer__refuses_a_second_process_and_says_who_holds_it(tmp_path: Path) -> None:
    with held_by_another(tmp_path) as process:
        with pytest.raises(RunError) as caught, sole_writer(tmp_path, "second"):
            pytest.fail("two at once")
        process.send_signal(signal.SIGKILL)
    assert caught.value.exit_code == 2
    assert re.search(rf"process {process.pid}, 'glasstown resume it', since 20\d\d-\d\d-\d\d ", str(caught.value))


def test_sole_writer__is_free_after_a_crash_and_leaves_no_file(tmp_path: Path) -> None:
    with held_by_another(tmp_path) as process:
        process.send_signal(signal.SIGKILL)
    assert (tmp_path / LOCK).is_file()
    with sole_writer(tmp_path, "after the crash"):
        assert "after the crash" in (tmp_path / LOCK).read_text(encoding="utf-8")
    assert list(tmp_path.iterdir()) == []


def test_sole_writer__refuses_a_second_one_in_the_same_process(tmp_path: Path) -> None:
    with sole_writer(tmp_path, "first"), pytest.raises(RunError, match="'first'"), sole_writer(tmp_path, "second"):
        pytest.fail("two at once")


def test_sole_writer__lets_go_when_the_block_fails(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), sole_writer(tmp_path, "first"):
        raise ZeroDivisionError
    with sole_writer(tmp_path, "second"):
        pass


def test_sole_writer__never_has_two_at_once_while_the_file_comes_and_goes(tmp_path: Path) -> None:
    inside, most, n_held, n_refused = [0], [0], [0], [0]
    guard = threading.Lock()

    def often() -> None:
        for _ in range(300):
            try:
                with sole_writer(tmp_path, "one of them"):
                    with guard:
                        inside[0] += 1
                        most[0] = max(most[0], inside[0])
                        n_held[0] += 1
                    with guard:
                        inside[0] -= 1
            except RunError:
                with guard:
                    n_refused[0] += 1

    threads = [threading.Thread(target=often) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == [1]
    assert n_held[0] > 0
    assert n_held[0] + n_refused[0] == 1200


def test_sole_writer__does_not_hold_a_file_that_its_holder_removed_meanwhile(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, calls = lock.try_lock, [0]

    def locked_late(descriptor: int) -> bool:
        calls[0] += 1
        if calls[0] == 1:
            (tmp_path / LOCK).unlink()  # as the earlier holder does at its end
        return real(descriptor)

    monkeypatch.setattr(lock, "try_lock", locked_late)
    with sole_writer(tmp_path, "first"):
        assert calls == [2]
        with pytest.raises(RunError, match="'first'"), sole_writer(tmp_path, "second"):
            pytest.fail("two at once")


def test_sole_writer__follows_no_link(tmp_path: Path) -> None:
    target = tmp_path / "mine"
    target.write_text("kept", encoding="utf-8")
    (tmp_path / "run").mkdir()
    (tmp_path / "run" / LOCK).symlink_to(target)
    with pytest.raises(RunError), sole_writer(tmp_path / "run", "resume"):
        pytest.fail("locked a link")
    assert target.read_text(encoding="utf-8") == "kept"


def test_temporary_name__is_another_one_in_every_thread(tmp_path: Path) -> None:
    names = {atomic.temporary_name(tmp_path / "a")}
    thread = threading.Thread(target=lambda: names.add(atomic.temporary_name(tmp_path / "a")))
    thread.start()
    thread.join()
    assert len(names) == 2
    assert all(name.name.startswith(".a.") and name.name.endswith(atomic.TEMPORARY_ENDING) for name in names)


def test_sweep_and_compare__are_refused_beside_another_one_in_their_folder(tmp_path: Path) -> None:
    asks = {
        "sweep": lambda out: glasstown.sweep("suining-2010", people=10, months=1, trajectories=2, out=out),
        "compare": lambda out: glasstown.compare(
            "suining-2010", "rongcheng-2013", people=10, months=1, seeds=1, out=out
        ),
    }
    for name, ask in asks.items():
        with sole_writer(tmp_path / name, "the first one"), pytest.raises(RunError, match="'the first one'"):
            ask(tmp_path / name)
        assert not (tmp_path / name).exists()


def test_folder_that_was_made__goes_again_where_nothing_was_put_into_it(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    for name, is_left in (("new", False), ("there", True)):
        with sole_writer(tmp_path / name, "a test"):
            pass
        assert (tmp_path / name).exists() is is_left
    with sole_writer(tmp_path / "filled", "a test"):
        (tmp_path / "filled" / "a").write_text("a", "utf-8")
    assert (tmp_path / "filled" / "a").exists()
