"""Every example in a docstring of the package gives what it says, and the public interface has examples."""

from __future__ import annotations

import doctest
import importlib
import inspect
from pathlib import Path

import pytest

import glasstown
from glasstown import api, api_record, api_runs, api_studies

SOURCE = Path(glasstown.__file__).parent
PARTS = frozenset((api.__name__, api_record.__name__, api_runs.__name__, api_studies.__name__))
OPTIONS = doctest.ELLIPSIS | doctest.IGNORE_EXCEPTION_DETAIL
WITH_EXAMPLES = sorted(path for path in SOURCE.rglob("*.py") if ">>> " in path.read_text(encoding="utf-8"))
LEFT_OUT = frozenset(("compare", "dataset", "ensemble", "publish", "rescue", "sweep"))
"""functions that take long: their examples are on docs/commands.md, which its own test runs"""


def module_of(path: Path) -> str:
    return ".".join(("glasstown", *path.relative_to(SOURCE).with_suffix("").parts)).removesuffix(".__init__")


@pytest.mark.parametrize("module", [module_of(path) for path in WITH_EXAMPLES])
def test_doctest__gives_what_it_says(module: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)  # runs of the examples land there
    given = {"glasstown": glasstown}
    result = doctest.testmod(importlib.import_module(module), extraglobs=given, optionflags=OPTIONS, report=True)
    assert result.attempted, "examples that are nowhere run"
    assert result.failed == 0


def test_doctest__a_planted_wrong_answer_fails(capsys: pytest.CaptureFixture[str]) -> None:
    wrong = doctest.DocTestParser().get_doctest(">>> 1 + 1\n3\n", {}, "planted", None, None)
    assert doctest.DocTestRunner(optionflags=OPTIONS).run(wrong).failed == 1
    assert "Got:\n    2" in capsys.readouterr().out


def test_public_interface__has_examples() -> None:
    functions = {
        name
        for name, function in vars(api).items()
        if inspect.isfunction(function) and function.__module__ in PARTS and name[0] != "_"
    }
    shown = {name for name in functions if ">>> " in (inspect.getdoc(getattr(api, name)) or "")}
    assert functions - shown == LEFT_OUT & functions
    assert len(shown) >= 20
