"""The Python interface: light to import, the same arguments as the commands, typed answers."""

from __future__ import annotations

import inspect
import subprocess
import sys
from pathlib import Path

import altair
import pyarrow
import pytest
from typer.main import get_command

import glasstown
from glasstown import api
from glasstown.cli.verbs import VERBS, build


@pytest.mark.parametrize(
    "first", ["import glasstown.language.load", "import glasstown", "from glasstown import rulebook"]
)
def test_rulebook__is_a_function_whatever_was_imported_first(first: str) -> None:
    code = f"{first}\nimport glasstown, glasstown.language.model\nprint(glasstown.rulebook('suining-2010').book.id)"
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ended.stdout.strip() == "suining-2010"


def test_functions__have_names_that_no_part_of_the_package_has() -> None:
    """A part of that name would take the function's place as soon as it is imported."""
    parts = {path.stem for path in Path(glasstown.__file__).parent.iterdir()}
    assert {"api", "tabular", "storage"} <= parts
    assert parts & set(glasstown.__all__) == set()


def test_unknown_function__is_an_ordinary_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = glasstown.nothing  # type: ignore[attr-defined]


def test_dir__names_the_functions() -> None:
    assert set(glasstown.__all__) <= set(dir(glasstown))


# The tour is made of what the other commands do, so Python has no function for it.
@pytest.mark.parametrize("verb", [verb for verb in VERBS if verb != "demo"])
def test_functions__take_the_same_keywords_as_the_commands(verb: str) -> None:
    command = get_command(build()).commands[verb]  # type: ignore[attr-defined]
    options = {
        parameter.opts[-1].removeprefix("--").replace("-", "_")
        for parameter in command.params
        if parameter.opts[-1].startswith("--")
    }
    keywords = {
        name.rstrip("_")  # `with_`, since `with` is a word of Python
        for name, parameter in inspect.signature(getattr(api, verb.replace("-", "_"))).parameters.items()
        if parameter.kind is inspect.Parameter.KEYWORD_ONLY
    }
    assert keywords - {"progress", "agree"} == options - {"json", "help", "yes"}  # `--yes` is `agree` given beforehand


def test_answers__tabulate_and_draw_themselves() -> None:
    for answer in (glasstown.rulebooks(), glasstown.rulebook("suining-2010")):
        assert isinstance(answer.table(), pyarrow.Table)
        assert isinstance(answer.chart(), altair.TopLevelMixin)
        assert answer._repr_html_().startswith("<div")


def test_an_answer_without_chart__says_so() -> None:
    from glasstown.errors import UsageError

    with pytest.raises(UsageError, match="no chart of its own"):
        glasstown.check("suining-2010").chart()
