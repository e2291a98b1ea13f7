"""A source distribution makes a wheel, and the wheel, installed in a fresh environment, does everything in an empty folder."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tarfile
import venv
from collections.abc import Callable, Sequence
from pathlib import Path
from zipfile import ZipFile

import pytest

import glasstown
from longer import few

ROOT = Path(__file__).resolve().parents[1]
TREE = ("src", "requirements", "pyproject.toml", "MANIFEST.in", "Makefile", *(path.name for path in ROOT.glob("*.md")))
LICENCES = ("LICENSE", "LICENSE-DATA", "CITATION.cff")
PLACES = [path for path in sys.path if path.endswith("site-packages")]
"""where the packages lie that Glasstown stands on; a .pth file there, such as one of an editable install, does not count"""
LEFT_OUT = shutil.ignore_patterns("__pycache__", "*.egg-info", "build")

Done = subprocess.CompletedProcess[str]
Run = Callable[..., Done]
Refused = Callable[..., list[str]]


def clean_environment(home: Path) -> dict[str, str]:
    """Return the variables of somebody who has just logged in, with the kernels that are compiled already."""
    from glasstown.engine.kernel.cache import base_folder

    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT", "TEMP", "TMP") if name in os.environ}
    return {
        **kept,
        "PYTHONDONTWRITEBYTECODE": "1",
        "HOME": str(home),
        "USERPROFILE": str(home),
        "GLASSTOWN_CACHE": str(base_folder().parent),
    }


def python(*arguments: str | Path, cwd: Path, interpreter: str | Path = sys.executable) -> Done:
    """Run Python and return what it did; it must end well."""
    words = [str(interpreter), *(str(each) for each in arguments)]
    environment = {**os.environ, "PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_NO_INDEX": "1"}
    done = subprocess.run(words, cwd=cwd, env=environment, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of what a package is made of: building writes beside it."""
    folder = tmp_path_factory.mktemp("a tree 树") / "glasstown"
    folder.mkdir()
    for name in (*TREE, *LICENCES):
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, folder / name, ignore=LEFT_OUT)
        else:
            shutil.copy(ROOT / name, folder / name)
    (folder / "tests").mkdir()
    for name in ("test_machine.py", "towns.py"):
        shutil.copy(ROOT / "tests" / name, folder / "tests" / name)
    return folder


@pytest.fixture(scope="module")
def sdist(tree: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("sdist")
    code = f"from setuptools import build_meta; build_meta.build_sdist({str(out)!r})"
    python("-c", code, cwd=tree)
    return next(out.glob("*.tar.gz"))


def wheel_of(source: Path, out: Path) -> Path:
    python("-m", "pip", "wheel", "--quiet", "--no-build-isolation", "--no-deps", "-w", out, source, cwd=out)
    return next(out.glob("*.whl"))


@pytest.fixture(scope="module")
def wheel(sdist: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return wheel_of(sdist, tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def environment(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a fresh environment with the wheel in it; what Glasstown stands on is lent by this one."""
    folder = tmp_path_factory.mktemp("an environment") / "venv"
    venv.create(folder, with_pip=False, symlinks=os.name != "nt")
    interpreter = program(folder, "python")
    python("-m", "pip", "--python", interpreter, "install", "--quiet", "--no-deps", wheel, cwd=folder)
    found = python("-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=folder, interpreter=interpreter)
    lent = Path(found.stdout.strip()) / "lent.pth"
    lent.write_text("".join(f"{place}\n" for place in PLACES), encoding="utf-8", newline="\n")
    return folder


def program(environment: Path, name: str) -> Path:
    return environment / ("Scripts" if os.name == "nt" else "bin") / name


@pytest.fixture(scope="module")
def run(environment: Path, tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Return what runs the installed command in an empty folder."""
    folder = tmp_path_factory.mktemp("an empty folder 空")

    def started(*arguments: str, code: int = 0) -> Done:
        words = [str(program(environment, "glasstown")), *arguments]
        clean = clean_environment(folder)
        done = subprocess.run(
            words, cwd=folder, env=clean, capture_output=True, text=True, encoding="utf-8", timeout=900, check=False
        )
        assert done.returncode == code, done.stdout + done.stderr
        assert "Traceback" not in done.stderr
        return done

    return started


REFUSED = """
import contextlib, io, json, sys
from glasstown.cli.main import main
for line in json.loads(sys.argv[1]):
    with contextlib.redirect_stderr(io.StringIO()) as said:
        code = main(line)
    print(json.dumps([code, said.getvalue()]))
"""


@pytest.fixture
def refused(environment: Path, tmp_path: Path) -> Refused:
    """Return what gives several command lines to the installed package in one process, each of which must end with 2."""

    def given(*lines: Sequence[str]) -> list[str]:
        words = [str(program(environment, "python")), "-c", REFUSED, json.dumps(lines)]
        clean = clean_environment(tmp_path)
        done = subprocess.run(words, cwd=tmp_path, env=clean, capture_output=True, text=True, timeout=300, check=True)
        ended = [json.loads(line) for line in done.stdout.splitlines()]
        assert [code for code, _ in ended] == [2] * len(lines)
        return [said for _, said in ended]

    return given


def names_in(wheel: Path) -> dict[str, int]:
    with ZipFile(wheel) as archive:
        return {each.filename: each.CRC for each in archive.infolist() if "/RECORD" not in each.filename}


def shipped() -> set[str]:
    files = (path.relative_to(ROOT / "src") for path in (ROOT / "src" / "glasstown").rglob("*") if path.is_file())
    return {path.as_posix() for path in files if "__pycache__" not in path.parts}


def test_wheel__of_tree_and_of_source_distribution_hold_the_same(wheel: Path, tree: Path, tmp_path: Path) -> None:
    assert names_in(wheel) == names_in(wheel_of(tree, tmp_path))


def test_wheel__holds_every_file_of_the_package_and_nothing_else(wheel: Path) -> None:
    inside = {name for name in names_in(wheel) if ".dist-info/" not in name}
    assert inside == shipped()


def test_wheel__carries_both_licences_and_its_version(wheel: Path) -> None:
    told = f"glasstown-{glasstown.__version__}"
    assert wheel.name.startswith(f"{told}-py3-none-any")
    assert {f"{told}.dist-info/licenses/{name}" for name in ("LICENSE", "LICENSE-DATA")} <= set(names_in(wheel))


def test_source_distribution__has_what_make_needs(sdist: Path) -> None:
    with tarfile.open(sdist) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert not {
        name for name in names if name.startswith("tests")
    }  # all of them or none, and they need the whole clone
    assert {"Makefile", "requirements/run.lock", "LICENSE-DATA", "CITATION.cff", "CHANGELOG.md"} <= names


READING = (
    ["--version"],
    ["rulebooks"],
    ["show", "suining-2010"],
    ["check", "suining-2010", "cn-court-list-2017"],
    ["case", "suining-2010", "red-light-and-found-money"],
    ["test", "suining-2010"],
    ["claims", "35"],
    ["timeline", "--since", "2013", "--until", "2016"],
    ["dataset", "记录 record"],
)


@pytest.mark.parametrize(
    "arguments", few(READING, [READING[0], READING[4], READING[8]]), ids=lambda arguments: arguments[0]
)
def test_installed__answers_in_an_empty_folder(run: Run, arguments: Sequence[str]) -> None:
    assert run(*arguments).stdout.strip()


def test_installed__comes_from_the_wheel(environment: Path) -> None:
    code = "import glasstown; print(glasstown.__file__)"
    found = python("-I", "-c", code, cwd=environment, interpreter=program(environment, "python"))
    assert Path(found.stdout.strip()).is_relative_to(environment)


def test_installed__writes_nothing_into_its_installation(run: Run, environment: Path) -> None:
    """One that cannot be written works: caches lie elsewhere."""
    before = {path: path.stat().st_mtime_ns for path in environment.rglob("*")}
    for arguments in (
        ["rulebooks"],
        ["run", "suining-2010", "--people", "100", "--months", "1", "--out", "one"],
        ["query", "one", "select 1"],
    ):
        run(*arguments)
    assert {path: path.stat().st_mtime_ns for path in environment.rglob("*")} == before


def test_installed__takes_the_tour_and_tells_what_lies_there(run: Run) -> None:
    told = run("demo", "--people", "200", "--months", "3").stdout
    assert "Glasstown: one synthetic population" in told
    assert run("life", "demo/suining-2010", "7", "--verify").stdout
    assert run("report", "demo/suining-2010", "--out", "页 one.html").stdout


@pytest.mark.long
def test_installed__lives_a_preset(run: Run) -> None:
    assert run("run", "cn-2019", "--people", "200", "--months", "2", "--out", "跑 one").stdout


def test_installed__without_its_data_says_so(refused: Refused, environment: Path) -> None:
    data = next(environment.rglob("_data"))
    data.rename(data.with_name("_away"))
    try:
        for said in refused(["rulebooks"], ["demo"], ["run", "suining-2010"], ["check", "x"], ["claims"]):
            assert "Install again from a complete copy" in said
    finally:
        data.with_name("_away").rename(data)


@pytest.mark.parametrize(
    "name",
    few(
        ["rulebooks/suining-2010/rules.yaml", "rulebooks/suining-2010/sources.yaml", "data/parameters.yaml"],
        ["rulebooks/suining-2010/sources.yaml"],
    ),
)
def test_installed__without_one_of_its_files_says_so(name: str, refused: Refused, environment: Path) -> None:
    file = next(environment.rglob("_data")) / name
    file.rename(file.with_name("away"))
    try:
        for said in refused(["rulebooks"], ["test"], ["run", "suining-2010", "--people", "150", "--months", "1"]):
            assert name in said
            assert "Install again from a complete copy" in said
    finally:
        file.with_name("away").rename(file)
