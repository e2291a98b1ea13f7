"""Whatever the project shows says one of one thing: pages, help, and answers about one person, month, act and record."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import glasstown
from glasstown.cli.output import rendered
from glasstown.render.report import write_report
from tests.cli.conftest import Command, command

__all__ = ["command"]
ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted(
    path for path in (*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")) if not {"site", "_build"} & set(path.parts)
)
COMMANDS = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
VERBS = [name for name in re.findall(r"^## (.+)$", COMMANDS, flags=re.MULTILINE) if name == name.lower()]
ONE_OF_MANY = re.compile(
    r"(?<![\w.,:/<-])[-−+]?1 (?:(?:further|earlier|wrong|air|rail|working|invented) )?(?:[a-z]+s|people)\b"
)
ALLOWED = {
    **dict.fromkeys(
        ("has", "was", "does", "is", "keeps", "leads", "names", "thinks", "trades"),
        "a verb, whose subject is 1 of something",
    ),
    **dict.fromkeys(("as", "its", "this", "thus", "less", "plus", "always", "unless", "across"), "no plural"),
    "1 with points": "of a number of clauses so many have points",
}
QUOTED = re.compile(r'"[^"\n]*"')
"""what the list of changes tells of earlier versions"""

VERSION = re.compile(r"^glasstown_\w+: 1$", flags=re.MULTILINE)
"""the first line of a file, which counts nothing of the next"""


CELL = re.compile(r" {2,}1$", flags=re.MULTILINE)
"""a number at the end of a table's row, which counts nothing of the next"""


def wrong_plurals(text: str) -> list[str]:
    """Return each `1 months` of a text, and each `1 further clauses`."""
    found = [match.group() for match in ONE_OF_MANY.finditer(" ".join(CELL.sub("", VERSION.sub("", text)).split()))]
    return [each for each in found if each not in ALLOWED and each.split()[-1] not in ALLOWED]


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_page__says_one_of_one_thing(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert wrong_plurals(QUOTED.sub("", text) if path.name == "CHANGELOG.md" else text) == []


@pytest.mark.parametrize("verb", VERBS)
def test_help__says_one_of_one_thing(verb: str, command: Command) -> None:
    assert wrong_plurals(command(verb, "--help").out) == []


@pytest.mark.parametrize(
    "text", ["lived 1 months", "The same 1 people", "1 further clauses.", "takes −1 points", "1 entries"]
)
def test_wrong_plurals__finds_each_kind(text: str) -> None:
    assert wrong_plurals(text)


@pytest.mark.parametrize(
    "text", ["1 month", "11 months", "0.1 points", "1,001 acts", "1 is right", "S1 has", "clause 3.1 says"]
)
def test_wrong_plurals__leaves_what_is_right(text: str) -> None:
    assert not wrong_plurals(text)


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the run of one person and one month."""
    folder = tmp_path_factory.mktemp("alone") / "run"
    glasstown.run("suining-2010", people=1, months=1, seed=3, out=folder)
    return folder


def test_run_of_one_person_and_month__is_told_in_the_singular(alone: Path, command: Command, tmp_path: Path) -> None:
    write_report(alone, out=tmp_path / "page.html")
    told = {
        "run": rendered(glasstown.run("suining-2010", people=1, months=1, seed=3, out=tmp_path / "run").blocks()),
        "report": re.sub(
            r"<svg.*?</svg>|<style.*?</style>|<[^>]+>", " | ", (tmp_path / "page.html").read_text("utf-8")
        ),
        "life": command("life", str(alone), "0").out,
        "compare": command("compare", str(alone), str(alone)).out,
        "rescue": command("rescue", str(alone)).out,
        "query": command("query", str(alone), "select 1 as one").out,
    }
    assert all(told.values())
    found = {name: wrong_plurals(text) for name, text in told.items()}
    assert not any(found.values()), found
    assert "1 person" in told["run"]
    assert "1 month " in told["run"]


@pytest.mark.parametrize(
    "line",
    [
        "claims 1", "levers --about hazard.c0", "act running-red-light", "act --about warning", "rulebooks --place Suining",
        "test suining-2010", "check suining-2010", "case suining-2010 red-light-and-found-money", "sources suining-2010",
        "timeline --rulebook suining-2010", "compare-rules suining-2010 rongcheng-2013", "show jiangsu-env-2019",
    ],
)  # fmt: skip
def test_answer__says_one_of_one_thing(line: str, command: Command) -> None:
    ended = command(*line.split())
    assert ended.code in (0, 1, 2)
    assert wrong_plurals(ended.out + ended.err) == []
