"""`make quick` finds the tests that are near to a change."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tools import quick

pytest_plugins = ("pytester",)

FILES = {
    "src/glasstown/engine/filing.py": "",
    "src/glasstown/engine/news.py": "",
    "src/glasstown/errors.py": "",
    "src/glasstown/language/model.py": "from glasstown.language.model_part import Part\n",
    "src/glasstown/language/model_part.py": "",
    "tests/compiler/test_limits.py": "",
    "tests/render/test_page.py": "from glasstown.language.model import Part\n",
    "src/glasstown/_data/rulebooks/a-town/rules.yaml": "",
    "tests/engine/test_filing.py": "",
    "tests/engine/deep/test_mail.py": "from glasstown.engine import news\n",
    "tests/engine/towns.py": "",
    "tests/outcomes/test_told.py": "from glasstown.engine.news import Heard\nfrom engine.towns import small\n",
    "tests/rulebooks/test_gates.py": "",
    "tests/golden/points.yaml": "",
    "tests/golden/test_golden_engine.py": "",
    "tests/docs/test_commands.py": "",
    "tests/docs/test_site.py": "",
    "tests/test_errors.py": "",
    "tests/test_imports.py": "",
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A project whose tests mirror its source."""
    for name, text in FILES.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("path", "tests"),
    [
        ("src/glasstown/errors.py", ["tests/test_errors.py"]),
        ("src/glasstown/engine/filing.py", ["tests/engine/test_filing.py", "tests/golden/test_golden_engine.py"]),
        (
            "src/glasstown/engine/news.py",
            ["tests/golden/test_golden_engine.py", "tests/engine/deep/test_mail.py", "tests/outcomes/test_told.py"],
        ),
        ("src/glasstown/_data/rulebooks/a-town/rules.yaml", ["tests/rulebooks/test_gates.py"]),
        ("src/glasstown/language/model_part.py", ["tests/compiler/test_limits.py", "tests/render/test_page.py"]),
        ("tests/engine/test_filing.py", ["tests/engine/test_filing.py"]),
        ("tests/engine/towns.py", ["tests/outcomes/test_told.py"]),
        ("tests/golden/points.yaml", ["tests/golden/test_golden_engine.py"]),
        ("docs/commands.md", ["tests/docs/test_commands.py", "tests/docs/test_site.py"]),
        ("SECURITY.md", ["tests/docs/test_site.py"]),
        (".github/dependabot.yml", []),
        ("Makefile", []),
    ],
)
def test_quick__finds_the_nearest_tests(path: str, tests: list[str], root: Path) -> None:
    assert quick.nearest(path, root) == tests


def test_quick__takes_the_nearest_of_each_file_first_and_the_imports_last(root: Path) -> None:
    paths = ["src/glasstown/engine/filing.py", "docs/commands.md", "src/glasstown/errors.py"]
    assert quick.chosen(paths, root) == [
        "tests/engine/test_filing.py",
        "tests/docs/test_commands.py",
        "tests/test_errors.py",
        "tests/golden/test_golden_engine.py",
        "tests/docs/test_site.py",
        "tests/test_imports.py",
    ]


def test_quick__sees_new_and_changed_files_and_those_that_are_gone(tmp_path: Path) -> None:
    def git(*words: str) -> None:
        subprocess.run(["git", "-c", "user.name=a", "-c", "user.email=a@b.invalid", *words], cwd=tmp_path, check=True)

    git("init", "--quiet")
    for name in ("same", "changed", "gone", "old place", "变 changed"):
        (tmp_path / name).write_text(name, encoding="utf-8")
    git("add", ".")
    git("commit", "--quiet", "-m", "first")
    for name in ("changed", "变 changed", 'a "new" 新'):
        (tmp_path / name).write_text("other", encoding="utf-8")
    (tmp_path / "gone").unlink()
    git("mv", "old place", "new place")
    names = ["changed", "gone", "new place", "old place", "变 changed", 'a "new" 新']
    assert quick.changed("HEAD", tmp_path) == names


def test_quick__finds_the_tests_of_what_is_gone(root: Path) -> None:
    (root / "src/glasstown/engine/news.py").unlink()
    (root / "tests/engine/test_filing.py").unlink()
    assert "tests/engine/deep/test_mail.py" in quick.nearest("src/glasstown/engine/news.py", root)
    assert quick.nearest("tests/engine/test_filing.py", root) == []
    assert quick.nearest("src/glasstown/gone/away.py", root) == []


def test_quick__looks_at_the_types_of_what_is_beside_a_file_that_is_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    called: list[tuple[str, ...]] = []
    monkeypatch.setattr(quick, "_called", lambda *words: called.append(words))
    quick.types(["tools/gone.py", "tools/quick.py", "no/such.py", "src/glasstown/gone.py", "tests/test_gone.py"])
    assert called == [("mypy",), ("mypy", "tools", "tools/quick.py")]
    assert quick.style(["tools/gone.py"])
    assert len(called) == 2


def test_quick__says_which_commit_is_unknown(tmp_path: Path) -> None:
    subprocess.run(["git", "init", "--quiet"], cwd=tmp_path, check=True)
    with pytest.raises(SystemExit, match="nowhere"):
        quick.changed("nowhere", tmp_path)


def test_quick__stops_tests_when_the_time_is_over(pytester: pytest.Pytester) -> None:
    for folder in ("a", "b"):  # with different conftests, so that pytest picks plugins for each
        pytester.mkdir(folder)
        pytester.path.joinpath(folder, "conftest.py").write_text("", encoding="utf-8")
        tests = f"def test_{folder}(): ...\ndef test_other(): ...\n"
        pytester.path.joinpath(folder, f"test_{folder}.py").write_text(tests, encoding="utf-8")
    in_time = quick.Budget(end=time.monotonic() + 100)
    assert pytester.inline_run(plugins=[in_time]).countoutcomes() == [4, 0, 0]
    assert not in_time.is_over
    assert in_time.left([]) == []
    budget = quick.Budget(end=time.monotonic() - 1)
    assert pytester.inline_run(plugins=[budget]).countoutcomes() == [1, 0, 0]
    assert budget.is_over
    assert budget.left([]) == ["a/test_a.py", "b/test_b.py"]


SLOW = """
import time

def test_first(): assert {first}
def test_second(): {second}
"""
SWALLOWED = """
    import signal
    try: signal.raise_signal(signal.SIGALRM)
    except {kind}: assert False"""
LEFT = "The time is over: not all tests were run, 2 files left to `make test`: test_it.py test_more.py"


@pytest.mark.parametrize(
    ("first", "second", "end", "code", "left"),
    [
        ("True", "...", 50, 0, ""),
        pytest.param("False", "...", 50, 1, "", marks=pytest.mark.long),
        ("True", "...", -1, quick.NOT_ALL, LEFT),
        pytest.param("False", "...", -1, 1, LEFT, marks=pytest.mark.long),
        pytest.param(
            "True", "time.sleep(600)", 0.5, quick.NOT_ALL, LEFT,
            marks=[pytest.mark.long, pytest.mark.skipif(not hasattr(signal, "SIGALRM"), reason="no alarms here")],
        ),
        pytest.param(  # what is under test takes the alarm for an error, so that the test fails by being cut short
            "True", SWALLOWED.format(kind="BaseException"), 50, quick.NOT_ALL, LEFT,
            marks=pytest.mark.skipif(not hasattr(signal, "SIGALRM"), reason="no alarms here"),
        ),
        pytest.param(
            "False", SWALLOWED.format(kind="Exception"), 50, 1, LEFT,
            marks=pytest.mark.skipif(not hasattr(signal, "SIGALRM"), reason="no alarms here"),
        ),
    ],
)  # fmt: skip
def test_quick__names_what_is_left_whether_or_not_something_failed(
    first: str, second: str, end: float, code: int, left: str, tmp_path: Path
) -> None:
    (tmp_path / "test_it.py").write_text(SLOW.format(first=first, second=second), encoding="utf-8")
    (tmp_path / "test_more.py").write_text("def test_last(): ...\n", encoding="utf-8")
    program = (
        "import time; from tools import quick; quick.PATIENCE = 4\n"
        f"print('CODE', quick.tested(['test_it.py', 'test_more.py'], time.monotonic() + {end}))"
    )
    environment = {**os.environ, "PYTHONPATH": str(quick.ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
        timeout=300,
    )
    assert f"CODE {code}" in done.stdout
    assert ("left to" in done.stdout) == bool(left)
    assert left in done.stdout
    assert ("FAILED" in done.stdout) == (first == "False"), done.stdout  # a test that was cut short is none


@pytest.mark.skipif(not hasattr(signal, "SIGALRM"), reason="no alarms here")
@pytest.mark.parametrize(
    ("text", "code"), [("import time; time.sleep(600)", quick.NOT_ALL), ("import nothing_here", 1)]
)
def test_file_that_is_read_when_the_time_is_over__is_no_failure(text: str, code: int, tmp_path: Path) -> None:
    (tmp_path / "test_it.py").write_text(f"{text}\ndef test_it(): ...\n", encoding="utf-8")
    program = (
        "import time; from tools import quick; quick.PATIENCE = 1\n"
        "print('CODE', quick.tested(['test_it.py'], time.monotonic() + 1))"
    )
    environment = {**os.environ, "PYTHONPATH": str(quick.ROOT)}
    line = [sys.executable, "-c", program]
    done = subprocess.run(line, cwd=tmp_path, env=environment, capture_output=True, text=True, check=True, timeout=300)
    assert f"CODE {code}" in done.stdout


def test_quick__says_that_types_were_not_looked_at_to_the_end(capsys: pytest.CaptureFixture[str]) -> None:
    def waiting(code: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen([sys.executable, "-c", code])

    assert quick.checked([waiting("import time; time.sleep(60)")], time.monotonic() + 0.2) == quick.NOT_ALL
    assert "left to `make test`: types" in capsys.readouterr().out
    assert quick.checked([waiting("")], time.monotonic() + 30) == 0
    assert quick.checked([waiting("raise SystemExit(1)"), waiting("")], time.monotonic() + 30) == 1
    assert capsys.readouterr().out == ""


def test_quick__takes_no_more_than_a_crowd_and_those_first_that_import_little_else(root: Path) -> None:
    for number in range(quick.CROWD + 3):
        others = "from glasstown import errors\n" * (number + 1)
        (root / f"tests/outcomes/test_{number}.py").write_text(
            f"{others}from glasstown.engine import filing\n", encoding="utf-8"
        )
    found = quick.nearest("src/glasstown/engine/filing.py", root)
    assert found[2:] == [f"tests/outcomes/test_{number}.py" for number in range(quick.CROWD)]


def test_codes__come_to_the_worst_that_is_known() -> None:
    assert [quick.both(), quick.both(0, quick.NOT_ALL), quick.both(quick.NOT_ALL, 1)] == [0, quick.NOT_ALL, 1]


def test_quick__leaves_to_the_end_what_takes_long_to_make(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        """
        import pytest

        @pytest.fixture(scope="module")
        def ran(): return ["made"]
        def test_examples(ran): assert len(ran) == 2
        def test_words(): assert len([]) == 0
        """
    )
    ended = pytester.inline_run(plugins=[quick.Budget(end=time.monotonic() + 100)])
    assert [report.nodeid.partition("::")[2] for report in ended.getreports() if report.when == "call"] == [
        "test_words",
        "test_examples",
    ]


def test_quick__knows_what_takes_long_to_make() -> None:
    page = (quick.ROOT / quick.HELD_BY["cli"]).read_text(encoding="utf-8")
    assert all(f"\ndef {name}(" in page for name in quick.MADE_LAST)
