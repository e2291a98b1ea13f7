"""What leaves the laboratory says what it is: tables, answers, pages and pictures of a real run; and `case` lets no person in."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from glasstown.population.names import person_name
from glasstown.render.report import write_report
from glasstown.runs.session import RunRequest, replay_life, run_town
from glasstown.types import SYNTHETIC_WORDS

CASE = """rulebook: suining-2010
start: 2010-01-01
{key}: {value}
events:
  - {{date: 2010-02-01, clause: su-d06}}
"""


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("exports") / "run"
    run_town(
        RunRequest(rulebook="dongdao-village-2018", people=600, months=24, out=folder, track=3, threads=1, command="t")
    )
    return folder


def command(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "glasstown", *arguments], capture_output=True, text=True, timeout=300, check=False
    )


def test_every_parquet_file__carries_the_words(run: Path) -> None:
    files = list(run.rglob("*.parquet"))
    assert {path.parent.name for path in files} >= {"months", "inbox", "events", "run"}
    for path in files:
        schema = pq.read_schema(path)
        assert schema.metadata[b"glasstown"].decode() == SYNTHETIC_WORDS, path
        assert "population" in schema.names, path


def test_page_of_a_run__carries_the_words(run: Path, tmp_path: Path) -> None:
    page = write_report(run, None, tmp_path / "report.html").read_text("utf-8")
    assert page.lower().count(SYNTHETIC_WORDS) > 3


@pytest.mark.parametrize("arguments", [["life", "{run}", "7"], ["query", "{run}", "select * from final limit 2"]])
def test_answers_of_commands__carry_the_words(arguments: list[str], run: Path) -> None:
    filled = [argument.format(run=run) for argument in arguments]
    assert SYNTHETIC_WORDS in command(*filled).stdout.lower()
    assert json.loads(command(*filled, "--json").stdout)["population"] == SYNTHETIC_WORDS


def test_name_of_a_life__is_invented_and_says_so(run: Path) -> None:
    told = replay_life(run, 7)
    assert told.person["name"] == person_name(1, 7)
    assert "synthetic" in told.person["name"]


@pytest.mark.parametrize("key", ["name", "number", "phone", "address", "id_card", "face", "account"])
def test_case__refuses_what_would_say_who_it_is(key: str, tmp_path: Path) -> None:
    file = tmp_path / "case.yaml"
    file.write_text(CASE.format(key=key, value="somebody"), "utf-8")
    done = command("case", "suining-2010", str(file))
    assert done.returncode == 1
    assert "case.yaml:3:1" in done.stderr
    assert key in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


def test_case__has_no_reader_of_tables_or_folders(tmp_path: Path) -> None:
    table = tmp_path / "people.csv"
    table.write_text("clause,date\nsu-d06,2010-02-01\n", "utf-8")
    for path in (table, tmp_path):
        done = command("case", "suining-2010", str(path))
        assert done.returncode == 2
        assert "Traceback" not in done.stderr
