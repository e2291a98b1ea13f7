"""The tree reads in the order the data flows: a stage imports only stages above it, and light commands stay light."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tools import house

SOURCE = Path(__file__).resolve().parents[1] / "src" / "glasstown"

ORDER = (
    ("types", "version", "wording"),
    ("errors",),
    ("letters", "plainest", "personal"),
    ("incoming",),
    ("fields",),
    ("rows",),
    ("paths",),
    ("machine",),
    ("chance",),
    ("exact",),
    ("python_words",),
    ("ledger",),
    ("language",),
    ("archive",),
    ("interpreter",),
    ("cases",),
    ("compiler",),
    ("population",),
    ("engine",),
    ("storage",),
    ("runs",),
    ("outcomes",),
    ("studies",),
    ("desks",),
    ("calibration",),
    ("render",),
    ("tabular",),
    ("audit",),
    ("answers",),  # what commands and the Python interface give back; they calculate nothing
    ("explorer",),  # answers in a browser
    ("api_record", "api_runs", "api_studies"),  # parts of the interface: from the record, a run's folder, many runs
    ("api",),
    ("cli", "demo"),
)
RANK = {name: rank for rank, names in enumerate(ORDER) for name in names}
DOORS = {"__init__", "__main__"}
"""Root files that open the package; the package itself stands for the Python interface."""


def stage_of(module: str) -> str:
    """Return the stage or root file that a module of ours belongs to; the bare package is its Python interface."""
    parts = module.split(".")
    return parts[1] if len(parts) > 1 else "api"


def imported(tree: ast.AST, module: str) -> Iterator[tuple[int, str]]:
    """Yield line and full name of everything of ours that a module imports, inside functions too."""
    package = module.split(".")
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                base = ".".join([*package[: len(package) - node.level], *([base] if base else [])])
            if base == "glasstown":
                names = [alias.name for alias in node.names]
                yield from ((node.lineno, f"glasstown.{name}" if name in RANK else "glasstown") for name in names)
            else:
                yield node.lineno, base


def faults(module: str, text: str) -> list[str]:
    """Return every import of a module that goes against the order."""
    stage = stage_of(module)
    if stage not in RANK:
        return [f"{module}: '{stage}' has no place in the order; give it one in ORDER and in ARCHITECTURE.md"]
    return [
        f"{module}:{line} ({stage}) imports {name} ({stage_of(name)}), which comes after it"
        for line, name in imported(ast.parse(text), module)
        if name.split(".")[0] == "glasstown" and RANK.get(stage_of(name), len(ORDER)) > RANK[stage]
    ]


def modules() -> Iterator[tuple[str, str]]:
    """Yield name and text of every module but the package's doors."""
    for path in sorted(SOURCE.rglob("*.py")):
        relative = path.relative_to(SOURCE).with_suffix("")
        if relative.name in DOORS and len(relative.parts) == 1:
            continue
        yield ".".join(["glasstown", *relative.parts]), path.read_text(encoding="utf-8")


def test_stages__import_only_what_comes_before_them() -> None:
    found = [fault for module, text in modules() for fault in faults(module, text)]
    assert found == []


@pytest.mark.parametrize(
    ("module", "text"),
    [
        ("glasstown.language.load", "import glasstown.engine.period"),
        ("glasstown.language.load", "from glasstown.interpreter import life"),
        ("glasstown.interpreter.life", "def f():\n    from glasstown.compiler import tables"),
        ("glasstown.engine.period", "from glasstown import storage"),
        ("glasstown.engine.period", "from glasstown import run"),
        ("glasstown.engine.period", "import glasstown"),
        ("glasstown.storage.store", "from glasstown import __version__"),
        ("glasstown.storage.store", "from ..outcomes import measures"),
        ("glasstown.storage.store", "from .. import cli"),
        ("glasstown.types", "from glasstown.errors import Fault"),
        ("glasstown.answers.base", "if TYPE_CHECKING:\n    from glasstown.cli.main import entry"),
        ("glasstown.helpers.misc", ""),
        ("glasstown.api", "from glasstown.helpers import misc"),
    ],
)
def test_faults__finds_a_planted_one(module: str, text: str) -> None:
    assert len(faults(module, text)) == 1


@pytest.mark.parametrize(
    ("module", "text"),
    [
        ("glasstown.engine.period", "from glasstown.compiler.tables import CompiledRules\nimport numpy"),
        ("glasstown.storage.store", "from . import parts\nfrom glasstown.version import __version__"),
        ("glasstown.cli.run", "import glasstown\nfrom glasstown import api"),
    ],
)
def test_faults__lets_the_right_direction_pass(module: str, text: str) -> None:
    assert faults(module, text) == []


SHARED_BY_BOTH = {"glasstown.ledger"}
"""What the engine, and what writes its accounts, may take from the interpreter: the values of lives, lines and accounts."""
LAYS_SIDE_BY_SIDE = {"glasstown.runs.one_life"}
"""modules that tell a life in both readings, to compare them"""


def borrowed(module: str, text: str) -> list[str]:
    """Return every import by which the second reading would read a rule of the first."""
    is_second = stage_of(module) in ("compiler", "engine", "storage", "runs") and module not in LAYS_SIDE_BY_SIDE
    return [
        f"{module}:{line} imports {name}, a rule of the interpreter"
        for line, name in imported(ast.parse(text), module)
        if is_second and f"{name}.".startswith("glasstown.interpreter.") and name not in SHARED_BY_BOTH
    ]


def test_readings__share_no_rule() -> None:
    assert [fault for module, text in modules() for fault in borrowed(module, text)] == []


@pytest.mark.parametrize(
    ("module", "text"),
    [
        ("glasstown.engine.one_life_lines", "from glasstown.interpreter.calendar import add_days"),
        ("glasstown.runs.accounts", "def f():\n    from glasstown.interpreter.calendar import add_days"),
        ("glasstown.runs.memory", "import glasstown.interpreter.standing"),
        ("glasstown.compiler.rows", "from ..interpreter import reading"),
        ("glasstown.engine.one_life", "from glasstown.interpreter import account"),
    ],
)
def test_borrowed__finds_a_planted_one(module: str, text: str) -> None:
    assert len(borrowed(module, text)) == 1


SHARED_FUNCTIONS = {
    "glasstown.language.resolve": {"answering", "entry_for_act"},  # rule 3.1
    "glasstown.exact": {"exactly"},
    "glasstown.ledger": {"in_points"},
    "glasstown.wording": {"counted", "noun"},  # of messages
}
"""every function of ours that both readings call"""


def functions_of(*rooms: str) -> dict[str, set[str]]:
    """Return the functions outside of some rooms that they import, by module."""
    read = house.read_modules(SOURCE)
    ours = {
        (module.name, node.name) for module in read for node in module.tree.body if isinstance(node, ast.FunctionDef)
    }
    found: dict[str, set[str]] = {}
    for module in read:
        for node in ast.walk(module.tree) if stage_of(module.name) in rooms else ():
            if not isinstance(node, ast.ImportFrom) or not node.module or stage_of(node.module) in rooms:
                continue
            names = {alias.name for alias in node.names if (node.module, alias.name) in ours}
            if names:
                found.setdefault(node.module, set()).update(names)
    return found


def test_readings__share_these_functions_and_no_other() -> None:
    first, second = functions_of("interpreter"), functions_of("compiler", "engine")
    shared = {module: both for module, names in first.items() if (both := names & second.get(module, set()))}
    assert shared == SHARED_FUNCTIONS
    pages = [
        (SOURCE.parents[1] / name).read_text("utf-8")
        for name in ("ARCHITECTURE.md", "docs/decisions/0001-two-readings.md")
    ]
    assert all("`language/resolve.py`" in page and "one rule" in page and "`exact.py`" in page for page in pages)


def test_modules__import_one_another_in_no_circle() -> None:
    assert house.import_circles(house.read_modules(SOURCE)) == []


def test_storage__knows_no_engine() -> None:
    stages = {stage_of(name) for module, text in modules() if stage_of(module) == "storage"
              for _, name in imported(ast.parse(text), module)}  # fmt: skip
    assert "errors" in stages
    assert not stages & {"engine", "compiler", "population", "runs"}


HEAVY = ("numba", "llvmlite", "pyarrow", "duckdb", "altair", "vl_convert", "pandas")


def heavy_after(code: str) -> list[str]:
    """Return the heavy libraries that a fresh process has loaded after this code."""
    report = f"import sys; print(*[m for m in {HEAVY!r} if m in sys.modules], file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", f"{code}\n{report}"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stderr.splitlines()[-1].split()


@pytest.mark.parametrize(
    "module", ["glasstown", "glasstown.cli.main", "glasstown.interpreter", "glasstown.language.load", "glasstown.api"]
)
def test_import__loads_no_heavy_library(module: str) -> None:
    assert heavy_after(f"import {module}") == []


CASE = sorted((SOURCE / "_data" / "rulebooks" / "suining-2010" / "cases").glob("*.yaml"))[0]


@pytest.mark.parametrize(
    "arguments",
    [
        ["--help"],
        ["run", "--help"],
        ["rulebooks"],
        ["case", "suining-2010", str(CASE)],
        ["act"],
        ["act", "late-utility-bill"],
        ["compare-rules", "suining-2010", "rongcheng-2019", "--sources"],
    ],
)
def test_command__loads_no_heavy_library(arguments: list[str]) -> None:
    code = f"from glasstown.cli.main import main\ncode = main({arguments!r})\nassert code == 0, code"
    assert heavy_after(code) == []


def test_dataset__loads_pyarrow_and_neither_kernels_nor_databases(tmp_path: Path) -> None:
    arguments = ["dataset", str(tmp_path / "record")]
    code = f"from glasstown.cli.main import main\ncode = main({arguments!r})\nassert code == 0, code"
    assert set(heavy_after(code)) - {"pandas"} == {"pyarrow"}  # PyArrow takes pandas along where there is one


def test_heavy_after__sees_a_heavy_library() -> None:
    assert heavy_after("import pyarrow") == ["pyarrow"]
