"""The counts of the house find what is planted, and the house is within its limits."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools import house

PYPROJECT = """[tool.glasstown.house]
import_circles = 0
wide_kernels = 0
median_kernel_parameters = 4
long_functions = 0
long_files = 0
mypy_codes_off = 0
column_constants = 0
"""
SOUND = {
    "__init__.py": "from glasstown.api import run\n",
    "api.py": "from glasstown.engine import town\n\n\ndef run() -> None:\n    town.live()\n",
    "engine/__init__.py": "",
    "engine/town.py": "MOST_PEOPLE = 10\n\n\n@kernel\ndef live(a, b, c, d): ...\n",
    "compiler/__init__.py": "",
}


def project(folder: Path, files: dict[str, str], pyproject: str = PYPROJECT) -> Path:
    """Return a small project with these files over the sound ones."""
    for name, text in {**SOUND, **files}.items():
        path = folder / "src" / "glasstown" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    (folder / "pyproject.toml").write_text(pyproject, encoding="utf-8")
    return folder


def numbers(folder: Path) -> dict[str, int]:
    return {count.limit: count.number for count in house.counts(folder) if count.limit}


def test_house__is_within_its_limits() -> None:
    assert house.breaches(house.counts(house.ROOT), house.limits(house.ROOT)) == []


def test_house__finds_nothing_in_a_sound_project(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert house.main(["--limits"], project(tmp_path, {})) == 0
    assert capsys.readouterr().out == ""


PLANTED = {
    "a circle for type checks alone": (
        "import_circles",
        {
            "engine/town.py": "if TYPE_CHECKING:\n    from glasstown.engine.news import Heard\n",
            "engine/news.py": "from . import town\n",
        },
        1,
    ),
    "a circle inside functions": (
        "import_circles",
        {
            "a/__init__.py": "",
            "a/b.py": "def f():\n    from ..c import g\n",
            "c.py": "import glasstown.d\n",
            "d.py": "from glasstown.a import b\n",
        },
        1,
    ),
    "a circle through the package itself": (
        "import_circles",
        {"engine/town.py": "from glasstown import __version__\n"},
        1,
    ),
    "a circle through the package, for type checks alone": (
        "import_circles",
        {
            "__init__.py": "if TYPE_CHECKING:\n    from .api import run\n",
            "engine/town.py": "def f():\n    from .. import words, name\n",
            "words.py": "",
        },
        1,
    ),
    "a circle through the package, by its bare name": (
        "import_circles",
        {"engine/town.py": "import glasstown\n"},
        1,
    ),
    "a wide kernel": (
        "wide_kernels",
        {"engine/x.py": "@cache.kernel(fast=True)\ndef f(a, b, c, d, e, f, g, h, i): ...\n"},
        1,
    ),
    "a wide entry point": (
        "wide_kernels",
        {"engine/x.py": "@entry\ndef f(a, b, c, d, e, f, g, h, i): ...\n"},
        1,
    ),
    "a wide part of a kernel": (
        "wide_kernels",
        {"engine/x.py": "@inlined\ndef f(a, b, c, d, e, f, g, h, i): ...\n"},
        1,
    ),
    "a long method": ("long_functions", {"x.py": "class A:\n    def f(self):\n" + "        pass\n" * 60}, 1),
    "a long file": ("long_files", {"deep/er/x.py": "A = 1\n" * 401}, 1),
    "columns": (
        "column_constants",
        {
            "compiler/columns.py": "C_ONE: Final = 0\nC_TWO = 1\nOTHER = 3\n",
            "engine/town.py": "def f(row):\n    return row[col.C_ONE]\n",
        },
        2,
    ),
    "columns taken out of their module": (
        "column_constants",
        {
            "compiler/columns.py": "C_ONE: Final = 0\nC_TWO = 1\n",
            "runs/x.py": "from glasstown.compiler.columns import C_TWO as last\n\n\ndef f(row):\n    return row[0, last]\n",
        },
        2,
    ),
    "columns of a stretch": (
        "column_constants",
        {"engine/town.py": "FIRST = 2\nEND = 4\n\n\ndef f(row, at):\n    return row[FIRST:], row[at : at + END]\n"},
        2,
    ),
    "a comment to mypy": ("mypy_codes_off", {"x.py": '# mypy: disable-error-code="index, operator"\n'}, 2),
}


@pytest.mark.parametrize("name", PLANTED)
def test_house__finds_what_is_planted(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    limit, files, number = PLANTED[name]
    folder = project(tmp_path, files)
    assert numbers(folder)[limit] == number
    assert house.main(["--limits"], folder) == 1
    lines = capsys.readouterr().out.splitlines()
    assert len([line for line in lines if f": {number}, at most 0. " in line]) == 1, lines


def test_house__takes_nothing_else_for_a_column(tmp_path: Path) -> None:
    files = {
        "engine/town.py": "KIND = 1\nMOST = 9\nWIDTH = 7\n\n\ndef f(a, n):\n    return a[g(KIND)], a[min(n, MOST)], a[:WIDTH]\n",
        "runs/x.py": "MOST = 3\n\n\ndef f(a):\n    return a[MOST]\n",
    }
    assert numbers(project(tmp_path, files))["column_constants"] == 0


def test_house__counts_codes_that_the_settings_switch_off(tmp_path: Path) -> None:
    settings = '[[tool.mypy.overrides]]\nmodule = ["glasstown.engine.town"]\ndisable_error_code = ["index"]\n'
    others = '[[tool.mypy.overrides]]\nmodule = ["numba.*"]\ndisable_error_code = ["index"]\n'
    assert numbers(project(tmp_path, {}, PYPROJECT + settings + others))["mypy_codes_off"] == 1


def test_house__names_a_limit_that_is_missing(tmp_path: Path) -> None:
    folder = project(tmp_path, {}, PYPROJECT.replace("long_files = 0\n", ""))
    assert house.breaches(house.counts(folder), house.limits(folder)) == [
        "files over 400 lines: no limit 'long_files' in [tool.glasstown.house] of pyproject.toml"
    ]


def test_house__lowers_limits_and_never_raises_them(tmp_path: Path) -> None:
    text = PYPROJECT.replace("long_functions = 0", "long_functions = 5")
    folder = project(tmp_path, {"x.py": "A = 1\n" * 401}, text)
    house.main(["--lower"], folder)
    assert house.limits(folder)["long_functions"] == 0
    assert house.limits(folder)["long_files"] == 0
