"""Look at the change at hand in under a minute: style, types, and the tests nearest to the files that changed.

.venv/bin/python tools/quick.py [--since COMMIT] [--within SECONDS] [--list]

Tests are found by the layout, which mirrors the source, and by what they import.  Time's end stops them, nearest first, and what was
not reached is named, whether or not something failed before.  The exit code is 1 where something is wrong, 3 where nothing is but
not all was looked at, which `make quick` lets pass.
"""

from __future__ import annotations

import argparse
import os
import re
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = "src/glasstown/"
BESIDE = ("benchmarks/", "verification/", "tools/", "docs/")
"""folders beside the package whose tests lie in a folder of the same name"""
LAST = ("tests/test_imports.py",)
"""what every change of the package can break"""
HELD_BY = {
    "cli": "tests/docs/test_commands.py",
    "compiler": "tests/golden/test_golden_engine.py",
    "engine": "tests/golden/test_golden_engine.py",
    "interpreter": "tests/golden/test_golden_interpreter.py",
    "language": "tests/compiler/test_limits.py",
}
"""what holds the work of a whole room: the page of commands, the small lives, and whether a town lives each key"""
PAGES = "tests/docs/test_site.py"
"""what reads the links of every page"""
IMPORT = re.compile(r"^(?:from|import) glasstown", flags=re.MULTILINE)
PATIENCE = 6.0
"""seconds that one test, and the look at types, may go on beyond the end"""
AGAIN = 3.0
"""seconds after which a test that goes on all the same is ended again"""
MADE_LAST = frozenset({"ran"})
"""what takes most of a minute to make, so that tests which ask for it come after all others: every example of the page of commands"""
CROWD = 6
"""so many of the tests that import a module are near to it: those that import it by its own name and little else come first"""
NOT_ALL = 3
"""the exit code where nothing is wrong so far, but time was over before all was looked at"""


class CutShort(BaseException):
    """The time is over in the middle of a test; nothing that is tested takes it for an error of its own."""


@dataclass(slots=True, eq=False)  # pytest keeps its plugins in sets
class Budget:
    """Stops a run of pytest when its time is over, and remembers that it did."""

    end: float
    is_over: bool = False
    session: pytest.Session | None = field(default=None, repr=False)
    to_do: Counter[str] = field(default_factory=Counter)
    """tests of each file that have not run to their end"""
    is_in_test: bool = False
    was_cut: bool = False

    def pytest_sessionstart(self, session: pytest.Session) -> None:
        """Keep the session, which alone can stop the run."""
        self.session = session

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Leave to the end what takes long before its first test."""
        items.sort(key=lambda item: not MADE_LAST.isdisjoint(getattr(item, "fixturenames", ())))

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """Count what is to run."""
        self.to_do.update(item.nodeid.partition("::")[0] for item in session.items)

    def pytest_runtest_logfinish(self, nodeid: str) -> None:
        """Count what has run, and stop after the test that crosses the end."""
        if not self.was_cut:
            self.to_do[nodeid.partition("::")[0]] -= 1
        if self.session and not self.session.shouldfail and (self.is_over or time.monotonic() > self.end):
            self.is_over = True
            self.session.shouldstop = "the time is over"

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_setup(self) -> Generator[None, None, None]:
        """Know that a test is being prepared."""
        yield from self._in_test()

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_call(self) -> Generator[None, None, None]:
        """Know that a test is going on."""
        yield from self._in_test()

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(self, item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        """Say of a test that was cut short that it was, and not that it failed."""
        report = yield
        if self.was_cut and report.failed:
            report.outcome, report.longrepr = "skipped", (str(item.path), 0, "Skipped: the time is over")
        return report

    def _in_test(self) -> Generator[None, None, None]:
        self.is_in_test = True
        try:
            yield
        finally:
            self.is_in_test = False

    def left(self, tests: Sequence[str]) -> list[str]:
        """Return the files that have tests left; all where none were counted, since time was over before."""
        return [file for file, number in self.to_do.items() if number] if self.to_do else list(tests)

    @contextmanager
    def alarm(self) -> Iterator[None]:
        """End a test that goes on beyond the end for longer than it may; where there are no alarms it goes on."""
        if not hasattr(signal, "SIGALRM"):
            yield
            return
        before = signal.signal(signal.SIGALRM, self._ring)
        signal.setitimer(signal.ITIMER_REAL, max(self.end - time.monotonic(), 0) + PATIENCE, AGAIN)
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, before)

    @property
    def failed(self) -> int:
        """Return how many tests failed by themselves."""
        return self.session.testsfailed if self.session is not None else 0

    def _ring(self, *_: object) -> None:
        """End the test that is going on, or looking for tests; what pytest itself does between two tests goes on to its end."""
        self.is_over = True
        if self.is_in_test:
            self.was_cut = True
            raise CutShort
        if not self.to_do:
            pytest.exit("the time is over", returncode=pytest.ExitCode.INTERRUPTED)


def changed(since: str, root: Path = ROOT) -> list[str]:
    """Return the files that differ from a commit, are new, or are gone; a file that was renamed is both."""
    asked = (["diff", "--name-only", "--no-renames", "-z", since], ["ls-files", "--others", "--exclude-standard", "-z"])
    names: list[str] = []
    for words in asked:
        done = subprocess.run(["git", *words], cwd=root, capture_output=True, check=False)
        if done.returncode:
            raise SystemExit(f"git {' '.join(words)}: {os.fsdecode(done.stderr).strip()}")
        names += [os.fsdecode(name) for name in done.stdout.split(b"\0") if name]
    return list(dict.fromkeys(names))


def nearest(path: str, root: Path = ROOT) -> list[str]:
    """Return the test files nearest to a changed file: its mirror, those that import it, else its folder's."""
    folder, _, name = path.rpartition("/")
    if path.startswith("tests/"):
        return _tests_of_a_test(path, root)
    stem = name.partition(".")[0].lower().replace("-", "_")
    rooms = folder.removeprefix(PACKAGE.rstrip("/")).strip("/") if path.startswith(PACKAGE) else folder
    mirrors = [f"tests/{rooms}/test_{stem}.py".replace("//", "/"), f"tests/docs/test_{stem}.py"]
    room = rooms.partition("/")[0]
    also = [*([HELD_BY[room]] if room in HELD_BY else []), *([PAGES] if path.endswith(".md") else [])]
    found = [test for test in (*mirrors, *also) if (root / test).is_file()]
    if path.endswith(".py"):
        found += _importing_nearest(path, root)
    return list(dict.fromkeys(found)) or _room_of(rooms, root)


def _room_of(rooms: str, root: Path) -> list[str]:
    """Return the tests of the room that mirrors a folder, or of the nearest above it; nothing where there is none."""
    parts = [part for part in rooms.split("/") if part not in ("", "_data")]
    for n in range(len(parts), 0, -1):
        room = root / "tests" / "/".join(parts[:n])
        if room.is_dir():
            return _tests_below(room, root)
    return []


def _tests_of_a_test(path: str, root: Path) -> list[str]:
    """Return a test file itself, unless it is gone; for what tests share, those that import it, else those beside it."""
    if Path(path).name.startswith("test_"):
        return [path] if (root / path).is_file() else []
    importing = list(_importing(path, root)) if path.endswith(".py") else []
    return importing or _tests_below((root / path).parent, root)


def _tests_below(folder: Path, root: Path) -> list[str]:
    return sorted(file.relative_to(root).as_posix() for file in folder.rglob("test_*.py"))


def _importing_nearest(path: str, root: Path) -> list[str]:
    """Return the tests that say most about a module: they import it, or one beside it that hands it on, and little else."""
    beside = [each.relative_to(root).as_posix() for each in sorted((root / path).parent.glob("*.py"))]
    handing_on = list(_importing(path, root, beside))
    ranks: dict[str, tuple[int, int]] = {}
    for distance, module in enumerate([path, *handing_on]):
        for test in _importing(module, root):
            n_imports = len(IMPORT.findall((root / test).read_text(encoding="utf-8")))
            ranks.setdefault(test, (min(distance, 1), n_imports))
    return sorted(ranks, key=lambda test: (ranks[test], test))[:CROWD]


def _importing(path: str, root: Path, files: Sequence[str] | None = None) -> Iterator[str]:
    """Yield the files, by default the tests, that import a module by its own name."""
    module = path.removeprefix("src/").removeprefix("tests/").removesuffix(".py").replace("/", ".")
    base, _, last = module.removesuffix(".__init__").rpartition(".")
    together = rf"from {re.escape(base)} import [^\n]*\b{re.escape(last)}\b" if base else rf"import {re.escape(last)}\b"
    pattern = re.compile(rf"^(?:from|import) {re.escape(module)}\b|^{together}", flags=re.MULTILINE)
    for file in _tests_below(root / "tests", root) if files is None else files:
        if pattern.search((root / file).read_text(encoding="utf-8")):
            yield file


def chosen(paths: Sequence[str], root: Path = ROOT) -> list[str]:
    """Return the tests for some changed files, the nearest of each first, then the next of each."""
    lists = [nearest(path, root) for path in paths]
    longest = max((len(each) for each in lists), default=0)
    in_turn = [each[n] for n in range(longest) for each in lists if n < len(each)]
    last = [test for test in in_turn if test == PAGES]  # it builds the whole site
    last += [test for test in LAST if any(path.startswith(PACKAGE) for path in paths)]
    return list(dict.fromkeys([test for test in in_turn if test not in last] + last))


def style(paths: Sequence[str]) -> bool:
    """Return whether the style of the changed Python is right."""
    python = [path for path in paths if path.endswith(".py") and (ROOT / path).is_file()]
    if not python:
        return True
    ways = (["check", "--quiet"], ["format", "--check", "--quiet"])
    codes = [_called("ruff", *way, *python).wait() for way in ways]
    if codes[1]:
        print("ruff format would change something: .venv/bin/ruff format " + " ".join(python))
    return not any(codes)


def types(paths: Sequence[str]) -> list[subprocess.Popen[bytes]]:
    """Return the running checks of types that the changed files call for; for one that is gone, of those beside it."""
    python = [path for path in paths if path.endswith(".py")]
    meant = {path: path if (ROOT / path).is_file() else Path(path).parent.as_posix() for path in python}
    beside = sorted({meant[path] for path in python if path.startswith(BESIDE) and (ROOT / meant[path]).exists()})
    running = [_called("mypy")] if any(path.startswith(PACKAGE) for path in python) else []
    return [*running, *([_called("mypy", *beside)] if beside else [])]


def _called(module: str, *words: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-m", module, *words], cwd=ROOT)


def tested(tests: Sequence[str], end: float) -> int:
    """Run tests until a time; return 0, or 1 where one failed, or NOT_ALL where none did that ran, and not all ran."""
    if not tests:
        return 0
    budget = Budget(end)
    try:
        with budget.alarm():
            code = pytest.main(["-q", "--no-header", *tests], plugins=[budget])
    except pytest.exit.Exception:  # rung outside of any test
        code = pytest.ExitCode.INTERRUPTED
    is_right = code in (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED)
    left = budget.left(tests) if budget.is_over or not is_right else []
    if left:
        why = "The time is over" if budget.is_over else "Tests were cut short"
        files = f"{len(left)} {'file' if len(left) == 1 else 'files'}"
        print(f"{why}: not all tests were run, {files} left to `make test`: {' '.join(left)}")
    if budget.is_over:
        return 1 if budget.failed else NOT_ALL if left else 0
    return 0 if is_right else 1


def checked(checks: Sequence[subprocess.Popen[bytes]], end: float) -> int:
    """Wait for checks of types until a time; return 0, 1 or NOT_ALL as `tested` does, and say what was not done by then."""
    codes = []
    for check in checks:
        try:
            codes.append(1 if check.wait(timeout=max(end - time.monotonic(), 0)) else 0)
        except subprocess.TimeoutExpired:
            check.kill()
            check.wait()
            codes.append(NOT_ALL)
            print("The time is over; left to `make test`: types, which mypy had not looked at to the end.")
    return both(*codes)


def both(*codes: int) -> int:
    """Return what several codes come to: wrong where one is, else not all where one is."""
    return 1 if 1 in codes else max(codes, default=0)


SAID = {0: "nothing wrong", 1: "something is wrong", NOT_ALL: "nothing wrong so far, and not all was looked at"}


def main(arguments: Sequence[str] | None = None) -> int:
    """Look at what changed; return 0 where nothing is wrong, 1 where something is, NOT_ALL where time was over first."""
    start = time.monotonic()
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--since", default="HEAD", metavar="COMMIT", help="what the change is measured from (HEAD)")
    parser.add_argument("--within", type=float, default=45, metavar="SECONDS", help="when tests stop (45)")
    parser.add_argument("--list", action="store_true", help="only say which tests would run")
    given = parser.parse_args(arguments)
    paths = changed(given.since)
    tests = chosen(paths)
    print(f"Changed files: {len(paths)}. Test files: {len(tests)}: {' '.join(tests) or 'none is near'}", flush=True)
    if given.list or not paths:
        return 0
    if not style(paths):
        return 1
    checks = types(paths)
    code = tested(tests, start + given.within)
    code = both(code, checked(checks, start + given.within + PATIENCE))
    print(f"{time.monotonic() - start:.0f} s; {SAID[code]}")
    return code


if __name__ == "__main__":
    sys.exit(main())
