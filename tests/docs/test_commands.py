"""docs/commands.md: every command, option and JSON key is described, and every example does what it says."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

from ensembles import write_whole
from glasstown.cli import main as cli
from glasstown.cli.verbs import VERBS, build
from longer import few

pytestmark = pytest.mark.usefixtures("short_past")
PAGE = Path(__file__).parents[2] / "docs" / "commands.md"
TEXT = PAGE.read_text(encoding="utf-8")
SECTIONS = {part.split("\n", 1)[0].strip(): part for part in re.split(r"^## ", TEXT, flags=re.M)[1:]}
PYTHON_S_OWN = re.compile(
    r"\b(None|True|False|nan)\b|\w+\((?:['\"]|\w+=)|datetime\.\w+\(|b'|<[\w.]+ object|\[['\"]|\{['\"]|\(['\"]|set\(\)"
)
"""how Python writes values down, which no document says: None, Decimal('1'), PosixPath('a'), b'x', ['a'], {'a': 1}, ('a', 1)"""
ANY = re.compile(r"<[^>]+>")
ENTRY_PARTS = (
    "subjects exempt over_all score grades groups campaigns ladders lists measures procedures publicity redress process "
    "observations variants"
)


@dataclass(frozen=True)
class Example:
    """One command line of the page, the code it ends with, and what it printed."""

    verb: str
    line: str
    code: int
    out: str


def _examples(section: str) -> Iterator[tuple[list[str], int]]:
    for block in re.findall(r"```console\n(.*?)```", section, flags=re.S):
        for line in block.strip().splitlines():
            command, _, ends = line.removeprefix("$ ").partition(" # ends with ")
            yield shlex.split(command), int(ends or 0)


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Example]]:
    """Run every example of the page, in order, in one folder that is empty but for the page's own files."""
    import contextlib
    import io

    folder = tmp_path_factory.mktemp("commands")
    for name, content in re.findall(r"```yaml file=(\S+)\n(.*?)```", TEXT, flags=re.S):
        (folder / name).write_text(content, encoding="utf-8")
    done: dict[str, list[Example]] = {}
    with contextlib.chdir(folder):
        for verb, section in SECTIONS.items():
            for words, expected in _examples(section):
                out, err = io.StringIO(), io.StringIO()
                with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
                    code = cli.main(words[1:])
                assert code == expected, (words, code, err.getvalue())
                done.setdefault(verb, []).append(Example(verb, shlex.join(words), code, out.getvalue()))
        for code_block in re.findall(r"```python\n(.*?)```", TEXT, flags=re.S):
            exec(compile(code_block, str(PAGE), "exec"), {})
    return done


def _table(section: str, head: str) -> list[str]:
    """Return the code words of the first column of a table."""
    found = re.search(rf"^\| {head} \|.*?\n\|[-| ]+\n((?:\|.*\n?)+)", section, flags=re.M)
    rows = found.group(1).splitlines() if found else []
    return [word for row in rows for word in re.findall(r"`([^`]+)`", row.split(" | ")[0])]


def _paths(value: Any, at: str = "") -> Iterator[str]:
    if isinstance(value, dict) and value:
        for key, below in value.items():
            yield from _paths(below, f"{at}.{key}" if at else key)
    elif isinstance(value, list) and value and isinstance(value[0], dict):
        for below in value:
            yield from _paths(below, f"{at}[]")
    else:
        yield at


def _texts(value: Any) -> Iterator[str]:
    """Yield every text of a JSON document, keys too."""
    if isinstance(value, dict):
        for key, below in value.items():
            yield key
            yield from _texts(below)
    elif isinstance(value, list):
        for below in value:
            yield from _texts(below)
    elif isinstance(value, str):
        yield value


def _fits(path: str, documented: str) -> bool:
    pattern = "".join(
        "[^.]+" if ANY.fullmatch(piece) else re.escape(piece) for piece in re.split(r"(<[^>]+>)", documented)
    )
    is_empty = documented.startswith((f"{path}.", f"{path}[]"))
    return is_empty or re.fullmatch(pattern, path) is not None


def test_page__describes_every_command_and_no_other() -> None:
    described = [name for name in SECTIONS if name != "The same in Python"]
    assert described == list(VERBS)


@pytest.mark.parametrize("verb", VERBS)
def test_page__describes_every_option(verb: str) -> None:
    command = get_command(build()).commands[verb]  # type: ignore[attr-defined]
    options = {name for parameter in command.params for name in parameter.opts if name.startswith("--")}
    assert set(_table(SECTIONS[verb], "option")) == options - {"--help"}


def test_page__every_example_runs(ran: dict[str, list[Example]]) -> None:
    assert set(ran) == set(VERBS)


@pytest.mark.parametrize("verb", VERBS)
def test_page__describes_every_json_key(verb: str, ran: dict[str, list[Example]]) -> None:
    verbs = (
        ("run", "resume") if verb in ("run", "resume") else (verb,)
    )  # they give the same result and share their keys
    documents = [json.loads(each.out) for one in verbs for each in ran[one] if each.line.endswith("--json")]
    assert any(each.line.endswith("--json") for each in ran[verb]), "an example with --json"
    if verb == "show":
        documents = [
            {key: value for key, value in each.items() if key not in ENTRY_PARTS.split()} for each in documents
        ]
    documented = _table(SECTIONS["run" if verb == "resume" else verb], "JSON key")
    found = {path for document in documents for path in _paths(document)}
    unsaid = sorted(path for path in found if not any(_fits(path, each) for each in documented))
    assert not unsaid, "keys that the page does not describe"
    unprinted = sorted(each for each in documented if not any(_fits(path, each) for path in found))
    assert verb == "show" or not unprinted, "keys that no example prints"
    tops = {re.split(r"[.\[]", each)[0] for each in documented}
    printed = {key for document in documents for key in document} | (
        set(ENTRY_PARTS.split()) if verb == "show" else set()
    )
    assert tops == printed


@pytest.mark.parametrize("verb", few(["ensemble", "levers"], ["levers"]))
def test_page__describes_every_json_key_where_an_ensemble_ships(
    verb: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What is null or empty without an ensemble has its keys described too; every example ends as the page says."""
    path = write_whole(tmp_path / "2019.parquet")
    for module in ("answers.ensemble", "studies.members"):
        monkeypatch.setattr(f"glasstown.{module}.shipped_ensemble", lambda: path)
    monkeypatch.chdir(tmp_path)
    found = set()
    further = [(["glasstown", "ensemble", "--holdout", "--json"], 1)] if verb == "ensemble" else []
    for words, expected in (*_examples(SECTIONS[verb]), *further):
        if words[1] == verb:
            assert cli.main(words[1:]) == expected, words
            out = capsys.readouterr().out
            found |= set(_paths(json.loads(out))) if words[-1] == "--json" else set()
    documented = _table(SECTIONS[verb], "JSON key")
    told = {each for each in found if each.split(".")[0] not in ("manifest", "verified")}
    assert sorted(each for each in told if not any(_fits(each, known) for known in documented)) == []
    assert "hold_outs[].covered" in found or verb == "levers"


@pytest.mark.parametrize("verb", VERBS)
def test_json__holds_no_spelling_of_python(verb: str, ran: dict[str, list[Example]]) -> None:
    documents = [json.loads(each.out) for each in ran[verb] if each.line.endswith("--json")]
    assert documents
    assert [text for document in documents for text in _texts(document) if PYTHON_S_OWN.search(text)] == []


@pytest.mark.parametrize(
    "text",
    [
        "None",
        "x Decimal('1.5')",
        "PosixPath('a')",
        "b'a'",
        "('person', 1)",
        "['a']",
        "{'a': 1}",
        "<a.B object at",
        "I(months=1)",
    ],
)
def test_spelling_of_python__is_found(text: str) -> None:
    assert PYTHON_S_OWN.search(text)
