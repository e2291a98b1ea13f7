"""Levers: what a run may set in model and rulebook, scenario files, and that a run is read with what it set."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

import glasstown
from glasstown.errors import RulebookError, UsageError
from glasstown.language.load import load_parameters, load_rulebook
from glasstown.runs.request import RunRequest, inputs_of, manifest_of
from glasstown.runs.scenario import scenario_of
from glasstown.runs.session import run_town
from glasstown.storage.folder import RunFolder

ASKED = RunRequest("suining-2010", people=450, months=6, threads=1, command="test")
RED_LIGHT = "suining-2010/clauses/su-d06/points"


def digest(path: Path) -> str:
    return str(RunFolder.open(path).manifest.digest)


def test_rule_that_is_set__runs_is_kept_and_is_read_again(tmp_path: Path) -> None:
    run_town(replace(ASKED, out=tmp_path / "set", settings={RED_LIGHT: "-200", "filing.lost": "0"}))
    folder = RunFolder.open(tmp_path / "set")
    clause = next(clause for clause in inputs_of(folder).books[0].clauses if clause.id == "su-d06")
    assert clause.points == Decimal(-200)
    assert load_rulebook("suining-2010") != inputs_of(folder).books[0]
    assert "Verified" in str(glasstown.life(tmp_path / "set", 3, verify=True).blocks())
    told = glasstown.query(tmp_path / "set", "select count(*) as n from final").as_json()
    assert told["rows"][0][0] >= 450


def test_lever_at_its_default__changes_nothing(tmp_path: Path) -> None:
    run_town(replace(ASKED, out=tmp_path / "plain"))
    run_town(replace(ASKED, out=tmp_path / "same", settings={RED_LIGHT: "-50", "filing.lost": "0.041"}))
    assert digest(tmp_path / "plain") == digest(tmp_path / "same")


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"suining-2010/clauses/su-dd06/points": "-1"}, "Did you mean 'su-d06'?"),
        ({"suining/clauses/su-d06/points": "-1"}, "Did you mean 'suining-2010'?"),
        ({RED_LIGHT: "many"}, "a number or 'unknown'"),
        ({"suining-2010/id": "other"}, "what a rule does"),
        ({"suining-2010/extends": "rongcheng-2013"}, "what a rule does"),
        ({RED_LIGHT: "1e99"}, "digits"),
        ({"filing.lots": "0"}, "Did you mean 'filing.lost'?"),
        ({"filing.lost": "0.2"}, "0.004 to 0.086 .*, or 0, which switches it off"),
        ({"eps_p": "0"}, "from 0.10 to 0.70"),
        ({"living.lived": "0.5"}, "expected 1, or 0, which switches it off"),
    ],
)
def test_lever_that_means_nothing__is_refused_with_a_way_out(settings: dict[str, str], words: str) -> None:
    with pytest.raises(UsageError, match=words):
        manifest_of(replace(ASKED, settings=settings))


def test_value_that_the_rulebook_cannot_have__is_a_fault_of_the_rulebook() -> None:
    with pytest.raises(RulebookError, match="a multiple of the quantum 1"):
        manifest_of(replace(ASKED, settings={RED_LIGHT: "-0.5"}))


def test_errors_switched_off__leave_no_wrong_record_and_each_alone_makes_some(tmp_path: Path) -> None:
    sources = ("filing.wrong_person", "filing.wrong_content", "filing.duplicate", "filing.lost")
    asked = replace(ASKED, rulebook="rongcheng-2013", people=3000, months=24)

    def wrong(name: str, settings: dict[str, str]) -> dict[str, int]:
        run_town(replace(asked, out=tmp_path / name, settings=settings))
        sql = "select item, cast(sum(value) as int) from months where account = 'truth' group by all"
        counted = dict(glasstown.query(tmp_path / name, sql).as_json()["rows"])
        return {item: n for item, n in counted.items() if item != "right" and n}

    off = dict.fromkeys(sources, "0")
    assert set(wrong("off", off)) <= {"not recorded", "lost"}
    for number, source in enumerate(sources[:3]):
        assert set(wrong(f"on{number}", {name: zero for name, zero in off.items() if name != source})) - {
            "not recorded",
            "lost",
        }


def test_scenario__is_a_request_and_a_command_says_more(tmp_path: Path) -> None:
    file = tmp_path / "mild.yaml"
    file.write_text(
        f"glasstown_scenario: 1\nrulebooks: [suining-2010]\npeople: 300\nmonths: 3\nset: {{{RED_LIGHT}: -20}}\n",
        "utf-8",
    )
    town = glasstown.run(str(file), seed=9, set={"filing.lost": 0}, threads=1, out=tmp_path / "run")
    manifest = RunFolder.open(town.folder).manifest
    assert (manifest.people, manifest.months, manifest.seed) == (300, 3, 9)
    assert manifest.settings == {RED_LIGHT: "-20", "filing.lost": "0"}


def test_run__is_a_scenario_of_its_own(tmp_path: Path) -> None:
    glasstown.run("suining-2010", people=300, months=3, set={RED_LIGHT: -20}, threads=1, out=tmp_path / "first")
    glasstown.run(str(tmp_path / "first"), threads=1, out=tmp_path / "again")
    glasstown.run(str(tmp_path / "first" / "manifest.json"), seed=2, threads=1, out=tmp_path / "other")
    assert digest(tmp_path / "first") == digest(tmp_path / "again") != digest(tmp_path / "other")


def test_paths_in_a_scenario__begin_where_it_lies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "town").mkdir()
    (tmp_path / "town" / "my.yaml").write_text("glasstown_scenario: 1\nrulebooks: [small, suining-2010]\n", "utf-8")
    (tmp_path / "town" / "small").mkdir()
    monkeypatch.chdir(tmp_path)
    scenario = scenario_of("town/my.yaml")
    assert scenario is not None
    assert scenario.rulebooks == (str(Path("town", "small")), "suining-2010")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("glasstown_scenario: 1\nrulebooks: []\n", "rulebooks"),
        ("glasstown_scenario: 1\nrulebooks: [suining-2010]\nmonhts: 3\n", "Did you mean 'months'?"),
        (
            "glasstown_scenario: 1\nrulebooks: [suining-2010]\nset: {filing.lost: [0]}\n",
            "a mapping of names to a number",
        ),
        ("glasstown_scenario: 2\nrulebooks: [suining-2010]\n", "glasstown_scenario"),
    ],
)
def test_scenario_with_a_fault__is_told_with_its_place(tmp_path: Path, text: str, words: str) -> None:
    file = tmp_path / "my.yaml"
    file.write_text(text, "utf-8")
    with pytest.raises(RulebookError) as caught:
        scenario_of(str(file))
    told = "\n".join(str(fault) for fault in caught.value.faults)
    assert words in told
    assert "my.yaml:" in told


def test_other_files__are_no_scenario(tmp_path: Path) -> None:
    (tmp_path / "list.yaml").write_text("- 1\n", "utf-8")
    (tmp_path / "run.txt").write_text("glasstown_scenario: 1\n", "utf-8")
    assert [scenario_of(str(tmp_path / name)) for name in ("list.yaml", "run.txt", "nothing.yaml")] == [None] * 3
    assert scenario_of("suining-2010") is None


def test_levers__are_those_that_a_run_takes() -> None:
    parameters = {each.id: str(each.value) for each in load_parameters().parameters}
    assert {each.path: each.value for each in glasstown.levers().levers} == parameters
    book = glasstown.levers("jinan-dogs-2017").levers
    assert len({each.path for each in book}) == len(book) > 20
    same = {each.path: each.value for each in book}
    manifest, inputs = manifest_of(replace(ASKED, rulebook="jinan-dogs-2017", settings=same))
    assert inputs.books[0].clauses == load_rulebook("jinan-dogs-2017").clauses
    assert json.loads(manifest.dump())["settings"] == same
    assert next(each.path for each in glasstown.levers("suining-2010", about="SU-D06").levers) == RED_LIGHT


def test_scenario_that_names_a_scenario__is_refused_with_its_place(tmp_path: Path) -> None:
    file = tmp_path / "my.yaml"
    file.write_text("glasstown_scenario: 1\nrulebooks: [my.yaml]\n", "utf-8")
    with pytest.raises(UsageError, match=r"my\.yaml:2:13: scenario: found .* a scenario"):
        scenario_of(str(file))
