"""`case` and `test`: the contract's JSON, exit codes, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from glasstown.language.load import shipped
from glasstown.paths import rulebook_folder
from rulebooks.worked import worked
from tests.cli.conftest import Command

CONTRACT_KEYS = {"rulebook", "score", "grade", "lists", "measures", "ledger"}
LINE_KEYS = {"date", "clause", "before", "after", "grade", "cap", "lists", "measures", "why", "source"}
RED_LIGHT = """\
rulebook: suining-2010
subject: person
start: 2010-01-01
until: 2011-01-01
events:
  - {date: 2010-02-01, clause: su-d06}
  - {date: 2010-03-01, clause: su-b06}
"""


@pytest.fixture
def red_light(tmp_path: Path) -> Path:
    """Give the contract's own case."""
    path = tmp_path / "red-light.yaml"
    path.write_text(RED_LIGHT, encoding="utf-8")
    return path


def test_case__answers_the_contract(command: Command, red_light: Path) -> None:
    ended = command("case", "suining-2010", str(red_light), "--json")
    assert ended.code == 0
    assert ended.err == ""
    told = ended.json
    assert set(told) >= CONTRACT_KEYS
    assert (told["rulebook"], told["score"], told["grade"]) == ("suining-2010", "965", "B")
    assert [set(line) >= LINE_KEYS for line in told["ledger"]] == [True, True]
    assert [(line["before"], line["after"], line["grade"]) for line in told["ledger"]] == [
        ("1000", "950", "B"),
        ("950", "965", "B"),
    ]


@pytest.mark.parametrize("reference", worked())
def test_case__answers_every_shipped_rulebook(command: Command, reference: str) -> None:
    path = next(
        path
        for path in sorted((rulebook_folder() / reference / "cases").glob("*.yaml"))
        if f"rulebook: {reference}\n" in path.read_text(encoding="utf-8")
    )
    told = command("case", reference, str(path), "--json").json
    assert set(told) >= CONTRACT_KEYS
    assert all(isinstance(line[key], str) for line in told["ledger"] for key in ("before", "after"))
    assert all(line["source"] and line["why"] for line in told["ledger"] if line["clause"])


def test_case__says_to_people_that_the_life_is_hypothetical(command: Command, red_light: Path) -> None:
    out = command("case", "suining-2010", str(red_light)).out
    assert "A hypothetical life" in out
    assert "1,000 → 950" in out


def test_case__that_expects_otherwise_ends_with_1(command: Command, red_light: Path) -> None:
    red_light.write_text(RED_LIGHT + 'expect: {score: "966", grade: B}\n', encoding="utf-8")
    ended = command("case", "suining-2010", str(red_light), "--json")
    assert ended.code == 1
    assert ended.json["differences"] == ["score: expected 966, found 965"]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (("2010-02-01", "2010-02-30"), "2010-02-30"),
        (("2010-02-01", "2009-02-01"), "2009-02-01"),
        (("su-d06", "su-dd06"), "Did you mean 'su-d06'?"),
        (("subject: person", "name: Zhang San"), "red-light.yaml:2"),
        (("subject: person", "phone: 13800000000"), "red-light.yaml:2"),
        (("events:", "evnets:"), "Did you mean 'events'?"),
        ((RED_LIGHT, ""), "red-light.yaml"),
    ],
)
def test_case__refuses_with_place_and_way_out(
    command: Command, red_light: Path, change: tuple[str, str], words: str
) -> None:
    red_light.write_text(RED_LIGHT.replace(*change), encoding="utf-8")
    ended = command("case", "suining-2010", str(red_light))
    assert ended.code == 1
    assert ended.out == ""
    assert words in ended.err
    assert "Traceback" not in ended.err


@pytest.mark.parametrize("name", ["lives.csv", "lives.parquet", "nowhere.yaml", "."])
def test_case__has_no_reader_for_tables_and_folders(command: Command, tmp_path: Path, name: str) -> None:
    (tmp_path / "lives.csv").write_text("date,clause\n", encoding="utf-8")
    (tmp_path / "lives.parquet").write_bytes(b"PAR1")
    ended = command("case", "suining-2010", str(tmp_path / name))
    assert ended.code == 2
    assert "fault of Glasstown" not in ended.err


def test_test__all_that_ship_pass(command: Command) -> None:
    ended = command("test", "--json")
    assert ended.code == 0
    assert [each["rulebook"] for each in ended.json["rulebooks"]] == list(shipped())
    assert tuple(each["rulebook"] for each in ended.json["rulebooks"] if each["cases"]) == worked()
    assert ended.json["failed"] == 0


def test_test__of_a_reading_runs_its_cases_alone(command: Command) -> None:
    names = [
        case["case"] for case in command("test", "suining-2010@ceiling-1000", "--json").json["rulebooks"][0]["cases"]
    ]
    assert names == ["ceiling-cuts-the-honour", "ceiling-same-day"]


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """Give a rulebook of one's own: a copy of a shipped one with one case."""
    folder = tmp_path / "suining-2010"
    (folder / "cases").mkdir(parents=True)
    for name in ("rules.yaml", "sources.yaml"):
        (folder / name).write_bytes((rulebook_folder() / "suining-2010" / name).read_bytes())
    (folder / "cases" / "red-light.yaml").write_text(RED_LIGHT + 'expect: {score: "965"}\n', encoding="utf-8")
    return folder


def test_test__takes_a_path_to_a_rulebook_of_one_s_own(command: Command, own: Path) -> None:
    assert command("test", str(own), "--json").json["cases"] == 1


def test_test__a_failing_and_an_unreadable_case_end_with_1(command: Command, own: Path) -> None:
    (own / "cases" / "a.yaml").write_text(RED_LIGHT + 'expect: {score: "1"}\n', encoding="utf-8")
    (own / "cases" / "b.yaml").write_text("events: [", encoding="utf-8")
    ended = command("test", str(own))
    assert ended.code == 1
    assert "score: expected 1, found 965" in ended.out
    assert "b.yaml" in ended.out
    assert "2 of 3 cases fail." in ended.out
