"""`rulebooks`, `show` and `check` on what ships."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from glasstown.language.days import holds_on
from glasstown.language.load import load_rulebook, shipped
from glasstown.language.model import Rulebook
from tests.cli.conftest import Command


def test_rulebooks__lists_every_one_that_ships(command: Command) -> None:
    ended = command("rulebooks", "--json")
    assert ended.code == 0
    assert [row["id"] for row in ended.json["rulebooks"]] == list(shipped())
    assert ended.err == ""


def test_rulebooks__counts_add_up(command: Command) -> None:
    for row in command("rulebooks", "--json").json["rulebooks"]:
        counts = row["clauses"]
        assert counts["all"] == counts["executable"] + counts["unknown"] + counts["shown"]
        assert counts["all"] == len(load_rulebook(row["id"]).clauses)


def test_rulebooks__shows_every_id_to_people(command: Command) -> None:
    out = command("rulebooks").out
    assert all(each in out for each in shipped())


def test_rulebooks__is_one_line_each_at_100_columns(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("glasstown.cli.output.PLAIN_WIDTH", 100)
    lines = command("rulebooks").out.splitlines()
    assert max(len(line) for line in lines) <= 100
    for each in shipped():
        (line,) = [line for line in lines if line.startswith(f" {each} ")]
        official, reported, weaker = (int(number) for number in line.split()[-1].split("/"))
        assert official + reported + weaker == 100


@pytest.mark.parametrize(
    ("options", "fits"),
    [
        (("--kind", "firm"), lambda book: "firm" in {each.kind for each in book.subjects}),
        (("--place", "RONGCHENG"), lambda book: "rongcheng" in book.place.name.lower()),
        (("--act", "late-utility-bill"), lambda book: "late-utility-bill" in {each.act for each in book.clauses}),
        (
            ("--act", "utility-arrears-ruling", "--kind", "person"),
            lambda book: "late-utility-bill" in {each.act for each in book.clauses},
        ),
    ],
)
def test_rulebooks__filters_keep_what_fits(
    command: Command, options: tuple[str, ...], fits: Callable[[Rulebook], bool]
) -> None:
    found = [row["id"] for row in command("rulebooks", *options, "--json").json["rulebooks"]]
    assert found == [each for each in shipped() if fits(load_rulebook(each))]
    assert found


def test_rulebooks__a_filter_that_nothing_fits_says_so(command: Command) -> None:
    ended = command("rulebooks", "--place", "Atlantis")
    assert (ended.code, ended.out) == (0, "No shipped rulebook fits.\n")


@pytest.mark.parametrize(
    ("options", "message"),
    [(("--kind", "firms"), "Did you mean 'firm'?"), (("--act", "litterin"), "Did you mean 'littering'?")],
)
def test_rulebooks__a_filter_of_a_wrong_word_is_refused(
    command: Command, options: tuple[str, ...], message: str
) -> None:
    ended = command("rulebooks", *options)
    assert ended.code == 2
    assert message in ended.err


@pytest.mark.parametrize("reference", shipped())
def test_show__says_every_clause_with_its_source(command: Command, reference: str) -> None:
    ended = command("show", reference)
    assert ended.code == 0
    book = load_rulebook(reference)
    for clause in book.clauses:
        assert f"  {clause.id}  " in ended.out
    for source in book.sources:
        assert source.key in ended.out


@pytest.mark.parametrize("reference", shipped())
def test_show__every_statement_of_the_json_names_a_source(command: Command, reference: str) -> None:
    shown = command("show", reference, "--json").json
    keys = {source["key"] for source in shown["sources"]}
    for part in ("subjects", "score", "grades", "clauses", "lists", "measures", "publicity", "redress", "process"):
        for entry in shown[part]:
            assert entry["source"] in keys, (part, entry["id"])
            assert entry["at"]


@pytest.mark.parametrize("reference", shipped())
def test_show__says_unknown_as_unknown(command: Command, reference: str) -> None:
    shown = {entry["id"]: entry for entry in command("show", reference, "--json").json["clauses"]}
    for clause in load_rulebook(reference).clauses:
        if clause.points == "unknown":
            assert shown[clause.id]["says"][0].endswith("how many is unknown")


def test_show_clause__is_that_clause_alone(command: Command) -> None:
    shown = command("show", "suining-2010", "--clause", "su-d06", "--json").json
    assert [entry["id"] for entry in shown["clauses"]] == ["su-d06"]
    assert "grades" not in shown
    assert shown["clauses"][0]["says"][0] == "takes 50 points"


def test_show_clause__unknown_one_names_the_nearest(command: Command) -> None:
    ended = command("show", "suining-2010", "--clause", "su-dd06")
    assert ended.code == 2
    assert "Did you mean 'su-d06'?" in ended.err


@pytest.mark.parametrize(("day", "holds"), [("2009-12-31", "no"), ("2010-01-01", None)])
def test_show_as_at__says_whether_the_day_lies_in_its_time(command: Command, day: str, holds: str | None) -> None:
    shown = command("show", "suining-2010", "--as-at", day, "--json").json
    assert shown["as_at"] == day
    assert shown["holds"] == "no" if holds else shown["holds"] in ("yes", "unknown")


def test_show_as_at__outside_its_time_is_said_to_people(command: Command) -> None:
    assert "the day lies outside its time" in command("show", "suining-2010", "--as-at", "2005-01-01").out


@pytest.mark.parametrize("day", ["2010-02-30", "yesterday", "20100201"])
def test_show_as_at__refuses_what_is_no_day(command: Command, day: str) -> None:
    ended = command("show", "suining-2010", "--as-at", day)
    assert ended.code == 2
    assert "YYYY-MM-DD" in ended.err


def test_show__unknown_rulebook_names_the_nearest(command: Command) -> None:
    ended = command("show", "suining-2011")
    assert ended.code == 2
    assert "Did you mean 'suining-2010'?" in ended.err


def test_check__what_ships_is_sound(command: Command) -> None:
    ended = command("check", *shipped(), "--json")
    assert ended.code == 0
    assert ended.json["faults"] == 0


def test_check__a_fault_has_its_place_and_ends_with_1(command: Command, tmp_path: Path) -> None:
    rules = tmp_path / "rules.yaml"
    rules.write_text("glasstown: 1\nid: my-city\ntitel: My city\n", encoding="utf-8")
    ended = command("check", str(rules), "--json")
    assert ended.code == 1
    faults = ended.json["rulebooks"][0]["faults"]
    assert any(fault["line"] == 3 and "titel" in fault["found"] + fault["subject"] for fault in faults)
    people = command("check", str(rules))
    assert people.code == 1
    assert "rules.yaml:3" in people.out


def test_check__what_does_not_exist_is_a_wrong_request(command: Command) -> None:
    ended = command("check", "nowhere/rules.yaml")
    assert ended.code == 2
    assert ended.out == ""


def test_rulebooks__of_a_day_leave_out_only_what_is_known_not_to_be_in_force(command: Command) -> None:
    found = {row["id"] for row in command("rulebooks", "--as-at", "2016-06-30", "--json").json["rulebooks"]}
    assert found == {each for each in shipped() if holds_on(load_rulebook(each), date(2016, 6, 30)) != "no"}
    assert {"rongcheng-2013", "suining-2010"} <= found
    assert not {"rongcheng-2019", "cn-court-list-2017"} & found
    assert command("rulebooks", "--as-at", "2016-02-30").code == 2
