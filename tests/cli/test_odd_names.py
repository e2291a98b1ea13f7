"""A folder of any name that a system allows is a folder: no library takes it for an address, a pattern or an option, and what is said
about it can be typed again."""

from __future__ import annotations

import ast
import re
import shlex
import shutil
import sys
from pathlib import Path

import pytest

import glasstown
from glasstown.archive.library import references_of
from glasstown.engine.kernel.cache import base_folder
from glasstown.fields import POPULATION
from glasstown.incoming import path_of
from glasstown.language.texts import with_reading
from glasstown.paths import data_folder, rulebook_folder
from glasstown.runs.scenario import scenario_of
from glasstown.storage.parts import schema_of
from longer import few
from tests.cli.conftest import Command

SOURCE = Path(glasstown.__file__).parent
TOWN = ("--people", "60", "--months", "1", "--threads", "1")
NAMES = ("s3:", "file:", "a[1]*?", "year=2020", "_under", "my run", "-dash", "it's $HOME", "a@b,c", "x.parquet", "~")
"""what PyArrow takes for an address or a part of a table, DuckDB for a pattern, and a shell or our own reader for something else"""
SHORT = ("s3:", "a[1]*?", "-dash", "it's $HOME", "a@b,c")
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such names")


def stand_in(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Make an empty folder the working folder, with the home folder elsewhere; kernels stay where they are."""
    monkeypatch.setenv("GLASSTOWN_CACHE", str(base_folder().parent))
    monkeypatch.chdir(folder)
    monkeypatch.setenv("HOME", str(folder / "home"))


def hints(text: str) -> list[list[str]]:
    """Return the words of each command that a text says to give, after `glasstown`."""
    found = re.findall(r"(?:^ {4}\S*|`)glasstown (\w+ [^`\n]+)", text, flags=re.MULTILINE)
    return [shlex.split(line) for line in found]


@pytest.mark.parametrize("name", few(NAMES, SHORT))
def test_folder_of_a_run__may_have_any_name(
    name: str, command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stand_in(tmp_path, monkeypatch)
    made = command("run", "suining-2010", *TOWN, "--track", "5", f"--out=./{name}", "--json")
    assert (made.code, made.err) == (0, "")
    rows = command("query", f"./{name}", "select * from months limit 1", "--json").json
    assert [each["name"] for each in rows["columns"]] == [*schema_of("months").names, POPULATION.name]
    said = command("resume", f"./{name}").out
    of_this_run = [words for words in hints(said) if any(Path(word).name == name for word in words)]
    assert len(of_this_run) >= 3
    for words in of_this_run:  # not the comparison of two readings, which asks for towns of its own
        ended = command(*words)
        assert (ended.code, ended.err) == (0, ""), words
    assert {each.name for each in tmp_path.iterdir()} == {name}


@pytest.mark.parametrize("name", few(NAMES, SHORT))
def test_way_out_of_a_message__can_be_typed(
    name: str, command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stand_in(tmp_path, monkeypatch)
    assert command("run", "suining-2010", *TOWN, f"--out=./{name}").code == 0
    refused = command("run", "suining-2010", *TOWN, f"--out=./{name}")
    (Path() / name / "final.parquet").unlink()
    lacking = command("query", f"./{name}", "select 1")
    for ended in (refused, lacking):
        assert ended.code == 2
        (words,) = hints(ended.err)
        assert words[0] == "resume"
        assert path_of(words[1]).resolve() == (tmp_path / name).resolve()
    assert command(*words).code == 0


@pytest.mark.parametrize("name", ["a,b@c", "@", "a@b", "x@y,z", "a,b", "s3:", "-dash", "a b"])
def test_rulebook__may_lie_in_a_folder_of_any_name(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for folder in (name, "a", "a,b"):  # what a separator would leave of the name is there too
        (tmp_path / folder).mkdir(exist_ok=True)
    shutil.copytree(rulebook_folder() / "suining-2010", tmp_path / name / "mine")
    path = f"./{name}/mine"
    assert references_of(f"{path},rongcheng-2013") == (path, "rongcheng-2013")
    assert references_of(f"rongcheng-2013,{path}@ceiling-1000") == ("rongcheng-2013", f"{path}@ceiling-1000")
    for reading in (None, "ceiling-1000"):
        assert with_reading(f"{path}@{reading}" if reading else path)[1] == reading
        assert glasstown.show(f"{path}@{reading}" if reading else path).book.variant in (reading, "ceiling-1000")
    scenario = tmp_path / name / "town.yaml"
    scenario.write_text("glasstown_scenario: 1\nrulebooks: [mine, mine@ceiling-1000]\npeople: 60\n", encoding="utf-8")
    found = scenario_of(str(scenario))
    assert found is not None
    assert [Path(each).parent for each in found.rulebooks] == [tmp_path / name] * 2
    assert glasstown.test(path).exit_code == 0


def test_place__is_a_file_that_can_be_read_again(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import os

    monkeypatch.chdir(tmp_path)
    os.mkfifo("pipe.yaml")
    Path("folder.yaml").mkdir()
    for name, found in (
        ("pipe.yaml", "a pipe"),
        ("folder.yaml", "a folder"),
        ("china-202", "Did you mean 'china-2020'"),
    ):
        ended = command("run", "suining-2010", *TOWN, "--place", name, "--out", "r")
        assert (ended.code, found in ended.err) == (2, True), ended.err
    shutil.copyfile(data_folder() / "places" / "china-2020.yaml", "own.yaml")
    assert command("run", "suining-2010", *TOWN, "--place", "own.yaml", "--out", "r").code == 0


def test_case__is_a_file_and_a_folder_is_called_one(command: Command, tmp_path: Path) -> None:
    for folder in (tmp_path / "life.yaml", tmp_path / "cases"):
        folder.mkdir()
        ended = command("case", "suining-2010", str(folder))
        assert (ended.code, "a folder; expected a worked case" in ended.err) == (2, True)
        assert "Name the file inside it." in ended.err


NAMED_BY_US = {"citation.py", "desk_pages.py", "reckoning_pages.py", "story_pages.py"}
"""files whose sentences put in a name that we gave: an archive has it from its digest, sessions and stories from us"""


def unquoted(source: str) -> list[int]:
    """Return the lines where a sentence gives a command with something that is put in as it is."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.JoinedStr):
            continue
        for before, value in zip(node.values, node.values[1:], strict=False):
            is_command = isinstance(before, ast.Constant) and re.search(
                r"(glasstown (resume|life|report|query|rescue|run|archive|unpack)|--out) $", str(before.value)
            )
            if is_command and isinstance(value, ast.FormattedValue) and "as_typed" not in ast.dump(value):
                found.append(node.lineno)
    return found


def test_no_sentence__gives_a_path_as_it_is() -> None:
    paths = [path for path in SOURCE.rglob("*.py") if path.name not in NAMED_BY_US]
    wrong = {str(path): lines for path in paths if (lines := unquoted(path.read_text("utf-8")))}
    assert wrong == {}


def test_unquoted_path__is_found() -> None:
    assert unquoted('x = 1\nwords = f"Go on with `glasstown resume {path}`"') == [2]
    assert unquoted('words = f"Go on with `glasstown resume {as_typed(path)}`"') == []
