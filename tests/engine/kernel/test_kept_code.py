"""What must hold of kept machine code: whatever has happened to a file or to the folder, the kernel answers as it should."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from longer import few

SMALL = """
from glasstown.engine.kernel.cache import entry

@entry
def after(x: int) -> int:
    return x + 1

@entry
def before(x: int) -> int:
    return x - 1
"""
ASK = "print(small.after(4), sum(small.after.stats.cache_hits.values()), small.before(4))"
ANEW, KEPT = ["5", "0", "3"], ["5", "1", "3"]
FULL = """
import errno, os
def full(*_, **__):
    raise OSError(errno.ENOSPC, "No space left on device")
os.replace = full
"""

Ask = Callable[..., subprocess.CompletedProcess[str]]


def asking(tmp_path: Path) -> Ask:
    """Return a function that asks two small kernels in a process of its own, with a cache in this folder alone."""
    (tmp_path / "small.py").write_text(SMALL, encoding="utf-8")
    source = Path(__file__).resolve().parents[3] / "src"

    def asked(first: str = "", *, folder: Path = tmp_path, code: str = ASK) -> subprocess.CompletedProcess[str]:
        path = f"{source}{os.pathsep}{tmp_path}"
        environment = {**os.environ, "GLASSTOWN_CACHE": str(folder), "PYTHONPATH": path, "TMPDIR": str(tmp_path)}
        environment["PYTHONWARNINGS"] = "ignore:Compiling the kernels"
        command = [sys.executable, "-c", f"{first}\nimport small\n{code}"]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=300)
        assert done.returncode == 0, done.stderr
        return done

    return asked


@pytest.fixture
def ask(tmp_path: Path) -> Ask:
    return asking(tmp_path)


@pytest.fixture(scope="module")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder in which both kernels are compiled and kept."""
    folder = tmp_path_factory.mktemp("compiled")
    assert asking(folder)().stdout.split() == ANEW
    return folder


def code_of(name: str, folder: Path) -> Path:
    found = list(folder.rglob(f"small.{name}-*.nbc"))
    assert len(found) == 1
    return found[0]


def changed(whole: bytes, damage: str) -> bytes:
    """Return a file's bytes after an accident."""
    middle = len(whole) // 2
    return {
        "empty": b"",
        "cut to half": whole[:middle],
        "cut by one": whole[:-1],
        "one bit": whole[:middle] + bytes([whole[middle] ^ 1]) + whole[middle + 1 :],
        "one bit of the hash": bytes([whole[0] ^ 1]) + whole[1:],
        "longer": whole + b"0",
        "garbage": b"garbage" * 100,
        "shorter than a hash": whole[:5],
    }[damage]


@pytest.mark.parametrize(
    "damage",
    few(
        ["empty", "cut to half", "cut by one", "one bit", "one bit of the hash", "longer", "garbage", "shorter than a hash",
         "another's", "a folder"],
        ["empty", "cut by one", "one bit", "one bit of the hash", "another's"],
    ),
)  # fmt: skip
def test_damaged_file__is_compiled_anew_and_replaced(compiled: Path, damage: str) -> None:
    ask, path = asking(compiled), code_of("after", compiled)
    whole = path.read_bytes()
    if damage == "a folder":
        path.unlink()
        path.mkdir()
    elif damage == "another's":
        path.write_bytes(code_of("before", compiled).read_bytes())
    else:
        path.write_bytes(changed(whole, damage))
    healed = ask()
    assert healed.stdout.split() == ANEW
    if damage == "a folder":
        path.rmdir()
        path.write_bytes(whole)
    else:
        assert healed.stderr == ""
    assert ask().stdout.split() == KEPT


def test_compiling__is_said_once_in_plain_words_to_a_command(ask: Ask) -> None:
    listening = "from glasstown.cli.output import words_on_stderr\nlistening = words_on_stderr()\nlistening.__enter__()"
    assert ask(listening).stderr.splitlines() == [
        "Compiling the kernels, which takes about a minute and is done once for an installation ..."
    ]
    assert ask(listening).stderr == ""


def test_whole_file__is_read(ask: Ask) -> None:
    assert [ask().stdout.split(), ask().stdout.split()] == [ANEW, KEPT]


def test_full_disk__is_told_once_and_the_kernels_serve(ask: Ask, tmp_path: Path) -> None:
    done = ask(FULL)
    assert done.stdout.split() == ANEW
    assert done.stderr.count("no space left on device") == 1
    assert [path.name for path in tmp_path.rglob("*") if path.is_file() and path.suffix != ".pyc"] == ["small.py"]


def spare_of(tmp_path: Path) -> list[Path]:
    return [path for path in tmp_path.glob("glasstown-*/kernels-*/*") if path.is_file()]


def test_folder_that_cannot_be_made__gives_way_to_a_temporary_one_and_that_is_told_once(
    ask: Ask, tmp_path: Path
) -> None:
    blocked = tmp_path / "a file"
    blocked.write_text("in the way", encoding="utf-8")
    listening = "import warnings\nwarnings.simplefilter('always')"
    done = ask(listening, folder=blocked)
    assert done.stdout.split() == ANEW
    assert done.stderr.count("RunWarning") == 1
    assert done.stderr.count("cannot be kept") == 1
    assert f"and they go to {tmp_path}" in done.stderr
    assert len(spare_of(tmp_path)) == 2
    again = ask(listening, folder=blocked)
    assert again.stdout.split() == KEPT
    assert again.stderr == ""


def open_to_all(spare: Path) -> None:
    spare.chmod(0o777)


def a_link(spare: Path) -> None:
    kept = spare.rename(spare.with_name("elsewhere"))
    spare.symlink_to(kept)


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="folders here have no owner that can be asked")
@pytest.mark.parametrize("change", few([open_to_all, a_link], [a_link]))
def test_temporary_folder_that_others_could_write__is_neither_read_nor_written(
    change: Callable[[Path], None], ask: Ask, tmp_path: Path
) -> None:
    blocked = tmp_path / "a file"
    blocked.write_text("in the way", encoding="utf-8")
    ask(folder=blocked)
    before = {path: path.stat().st_mtime_ns for path in spare_of(tmp_path)}
    change(next(tmp_path.glob("glasstown-*")))
    done = ask(folder=blocked)
    assert done.stdout.split() == ANEW
    assert done.stderr.count("takes about a minute, each time") == 1
    assert {path: path.stat().st_mtime_ns for path in spare_of(tmp_path) if path in before} == before


def test_disk_with_no_room_for_all_kernels__is_told_before_they_are_compiled(ask: Ask, tmp_path: Path) -> None:
    nearly = (
        "import shutil\nfrom types import SimpleNamespace\nshutil.disk_usage = lambda _: SimpleNamespace(free=1 << 20)"
    )
    done = ask(f"import warnings\nwarnings.simplefilter('always')\n{nearly}")
    assert done.stdout.split() == ANEW
    assert done.stderr.count("RunWarning") == 1
    assert "(the disk is nearly full): compiling them takes about a minute, each time" in done.stderr


def test_files_that_a_killed_process_began__are_removed_after_a_day(ask: Ask, tmp_path: Path) -> None:
    ask()
    folder = code_of("after", tmp_path).parent
    old, new = folder / ".begun-old", folder / ".begun-new"
    old.write_bytes(b"")
    new.write_bytes(b"")
    os.utime(old, (0, 0))
    code_of("after", tmp_path).unlink()
    ask()
    assert (old.exists(), new.exists()) == (False, True)


def test_folder_that_cannot_be_written_any_more__still_serves_what_lies_there(ask: Ask, tmp_path: Path) -> None:
    ask()
    done = ask(FULL)
    assert done.stdout.split() == KEPT
    assert done.stderr == ""


def test_changed_source__is_compiled_anew(ask: Ask, tmp_path: Path) -> None:
    ask()
    (tmp_path / "small.py").write_text(SMALL.replace("x + 1", "x + 2"), encoding="utf-8")
    assert ask().stdout.split() == ["6", "0", "3"]


def test_kernels__leave_the_caches_of_other_libraries_where_they_are(ask: Ask, tmp_path: Path) -> None:
    code = "from numba import config\nprint(config.CACHE_DIR == before)"
    assert ask("from numba import config\nbefore = config.CACHE_DIR", code=code).stdout.split() == ["True"]
