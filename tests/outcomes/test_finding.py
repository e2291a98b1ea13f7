"""Lives found by what befell them: what is told of all adds up to the run's accounts, and what a run does not have is refused."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

import glasstown
from glasstown.answers.lives import Lives
from glasstown.cli.main import main
from glasstown.errors import RecordError, RunError, UsageError
from glasstown.outcomes import finding
from glasstown.outcomes.finding import Found, find
from glasstown.outcomes.wanted import ASKED_GATES, QUESTIONS
from glasstown.render.found_lives import GATE_WORDS, SAID, WRONG_WORDS, sought, who_words
from glasstown.storage.folder import RunFolder
from glasstown.types import WRONG

BOOKS = "cn-court-list-2017,cn-samr-lists-2021"
MANY = 10**6


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("found") / "run"
    settings = {"hazard.c11": "0.002", "gate.wanted_hotel": "4", "gate.trips_air": "0.62", "gate.attempts_air": "20"}
    settings |= {
        "bankruptcy.per_month": "0.01",
        "people.deaths": "0",
        "people.moves": "0",
    }  # so that those at the end are all who ever were
    glasstown.run(BOOKS, people=600, firms=300, months=36, set=settings, threads=1, out=folder)
    return folder


@pytest.fixture(scope="module")
def people(run: Path) -> Found:
    return find(run, {}, most=MANY)


def booked(run: Path, account: str, kind: str = "person", rulebook: str | None = None) -> Counter[str]:
    """Return an account of a run by item, summed over months and groups."""
    months = RunFolder.open(run).read("months").to_pylist()
    found: Counter[str] = Counter()
    for row in months:
        if row["account"] == account and row["kind"] == kind and rulebook in (None, row["rulebook"]):
            found[row["item"]] += row["value"]
    return found


def test_everybody__is_found_once_where_nothing_is_asked(people: Found) -> None:
    assert [each.number for each in people.fitting] == list(range(600))
    assert people.in_all == people.searched == people.eligible == 600


def test_refusals_of_all__are_the_runs_account(run: Path, people: Found) -> None:
    told: Counter[str] = Counter()
    for each in people.fitting:
        told.update(each.befell.refused)
    assert told == booked(run, "refusals")
    assert told


def test_months_of_all__are_the_runs_accounts(run: Path, people: Found) -> None:
    assert sum(each.befell.in_arrears for each in people.fitting) == booked(run, "debt")["in arrears"]
    assert sum(each.befell.out_of_work for each in people.fitting) == booked(run, "work")["unemployed"]
    assert 0 < sum(each.befell.could_not_pay for each in people.fitting) <= booked(run, "debt")["could not pay"]


@pytest.mark.parametrize("kind", ["person", "firm"])
def test_listings_of_all__are_the_runs_accounts(run: Path, kind: str) -> None:
    found = find(run, {}, kind="firm" if kind == "firm" else "person", most=MANY)
    listings = [listing for each in found.fitting for listing in each.befell.listings]
    for account, chosen in (
        ("list_in", listings),
        ("list_out", [each for each in listings if each.until is not None]),
        ("list_in_wrong", [each for each in listings if each.was_wrong]),
    ):
        assert Counter(each.list for each in chosen) == booked(run, account, kind), account
    assert any(each.was_wrong for each in listings) or kind == "firm"


def test_guarantors_and_bankrupts_of_all__are_the_runs_accounts(run: Path, people: Found) -> None:
    booked_cases = booked(run, "enforcement")
    assert 0 < sum(each.befell.guarantor for each in people.fitting) == booked_cases["against a guarantor too"]
    assert 0 < sum(each.befell.bankrupt for each in people.fitting) == booked_cases["declared bankrupt"]


def test_wrong_records_of_all__are_the_runs_account(run: Path, people: Found) -> None:
    told: Counter[str] = Counter()
    for each in people.fitting:
        told.update(each.befell.wrong)
    truth = booked(run, "truth")
    assert told == Counter({name: truth[name] for name in WRONG if truth[name]})


ASKED = {
    "fifth": 1, "age": "30-44", "sex": "female", "town": "rural", "work": "self-employed", "listed": True, "wrongly_listed": True,
    "wrong_record": True, "refused": "air", "could_not_pay": True, "in_arrears": True, "out_of_work": True, "guarantor": True,
    "bankrupt": True, "list": "spc_dishonest",
}  # fmt: skip


@pytest.mark.parametrize("name", ASKED)
def test_question__is_answered_by_those_and_only_those_who_fit(name: str, run: Path, people: Found) -> None:
    found = find(run, {name: ASKED[name]}, most=MANY)
    chosen = {each.number for each in found.fitting}
    fits = {
        "fifth": lambda who, what: who["group"] == "fifth-1",
        "age": lambda who, what: 30 <= who["age"] <= 44,
        "sex": lambda who, what: who["sex"] == "female",
        "town": lambda who, what: who["town"] == "rural",
        "work": lambda who, what: who["work"] == "self-employed",
        "listed": lambda who, what: bool(what.listings),
        "wrongly_listed": lambda who, what: any(each.was_wrong for each in what.listings),
        "wrong_record": lambda who, what: bool(what.wrong),
        "refused": lambda who, what: what.refused.get("air-ticket", 0) > 0,
        "could_not_pay": lambda who, what: what.could_not_pay > 0,
        "in_arrears": lambda who, what: what.in_arrears > 0,
        "guarantor": lambda who, what: what.guarantor > 0,
        "bankrupt": lambda who, what: what.bankrupt > 0,
        "out_of_work": lambda who, what: what.out_of_work > 0,
        "list": lambda who, what: any(each.list == "spc_dishonest" for each in what.listings),
    }[name]
    assert chosen == {each.number for each in people.fitting if fits(each.who, each.befell)}
    assert 0 < len(chosen) < 600
    assert found.in_all == len(chosen)


def test_several_questions__must_all_fit(run: Path) -> None:
    both = find(run, {"listed": True, "fifth": 2}, most=MANY)
    each = [find(run, {name: value}, most=MANY) for name, value in (("listed", True), ("fifth", 2))]
    numbers = [{one.number for one in found.fitting} for found in (both, *each)]
    assert numbers[0] == numbers[1] & numbers[2]
    assert both.eligible == len(numbers[2])


def test_search__ends_when_enough_are_found_and_says_so(run: Path) -> None:
    found = find(run, {"out_of_work": True}, most=1)
    assert len(found.fitting) == 1
    assert found.in_all is None
    assert found.searched < found.eligible
    said = " ".join(str(block) for block in Lives(run, found).blocks())
    assert "there may be more: --most 100 looks on" in said


def test_firm__is_found_and_opened(run: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = find(run, {"listed": True, "size": "micro"}, kind="firm", most=1)
    assert found.kind == "firm"
    assert found.fitting[0].who["group"] == "micro"
    assert main(["lives", str(run), "--firm", "--listed", "--most", "1"]) == 0
    line = next(line for line in capsys.readouterr().out.splitlines() if "glasstown life" in line)
    assert line.endswith(" --firm")
    assert main(["life", str(run), line.split()[-2], "--firm"]) == 0


@pytest.mark.parametrize(
    ("asked", "kind", "found"),
    [
        ({"grade": "Z"}, "person", "no grades in cn-court-list-2017"),
        ({"list": "nope"}, "person", "expected what this run has.*spc_dishonest"),
        ({"list": "spc_dishonst"}, "person", "Did you mean 'spc_dishonest'"),
        ({"refused": "boat"}, "person", "The known ones are: air-ticket"),
        ({"fifth": 9}, "person", "The known ones are: 1, 2, 3, 4, 5"),
        ({"age": "old"}, "person", "Write it like 43 or 30-44"),
        ({"age": "44-30"}, "person", "Write it like 43 or 30-44"),
        ({"sex": "f"}, "person", "The known ones are: female, male"),
        ({"refused": "air"}, "firm", "a question about people.*Leave --firm out"),
        ({"size": "micro"}, "person", "a question about firms.*Add --firm"),
        ({"grade": "Z", "fifth": 9, "age": "x"}, "person", "3 faults"),
    ],
)  # fmt: skip
def test_what_a_run_does_not_have__is_refused_with_what_it_has(
    asked: dict[str, object], kind: str, found: str, run: Path
) -> None:
    with pytest.raises(UsageError, match=found):
        find(run, asked, kind="firm" if kind == "firm" else "person")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("arguments", "found"),
    [
        (("--listed", "--under", "cn-samr-lists-2021"), "no black list for people in cn-samr-lists-2021"),
        (("--listed", "--under", "cn-smr-lists-2021"), "Did you mean 'cn-samr-lists-2021'"),
        (("--most", "0"), "1 or more"),
        (("--most", "many"), "a whole number"),
        (("--wrongly-list",), "--wrongly-listed"),
    ],
)
def test_command__refuses_in_one_message(
    arguments: tuple[str, ...], found: str, run: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["lives", str(run), *arguments]) == 2
    said = capsys.readouterr()
    assert found in said.err
    assert said.out == ""


def test_run_without_lives_lists_or_firms__says_what_can_be_asked(tmp_path: Path) -> None:
    glasstown.run("suining-2010", people=150, months=2, set={"living.lived": "0"}, threads=1, out=tmp_path / "run")
    for asked, found in (
        ({"could_not_pay": True}, r"lives are not lived.*one can ask: --fifth, --age, --sex, --town, --work, --grade"),
        ({"refused": "air"}, "lives are not lived"),
        ({"listed": True}, "no black list for people in suining-2010"),
    ):
        with pytest.raises(UsageError, match=found):
            find(tmp_path / "run", asked)
    with pytest.raises(UsageError, match="a run without firms"):
        find(tmp_path / "run", {}, kind="firm")
    graded = find(tmp_path / "run", {"grade": "A"}, most=2)
    assert all(each.ends[0]["grade"] == "A" for each in graded.fitting)


def test_run_that_other_code_lived_otherwise__is_refused(run: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = finding.live_again
    monkeypatch.setattr(finding, "live_again", lambda *given: replace(real(*given), hashes=(0,) * 36))
    with pytest.raises(RunError, match="another one than the run's"):
        find(run, {}, most=1)


def test_run_that_is_not_finished__is_refused(run: Path, tmp_path: Path) -> None:
    (tmp_path / "run").mkdir()
    manifest = RunFolder.open(run).manifest.with_changes(status="running", files={})
    (tmp_path / "run" / "manifest.json").write_bytes(manifest.dump())
    with pytest.raises(RecordError, match="glasstown resume"):
        find(tmp_path / "run", {})


def test_answer__says_who_is_synthetic_and_tabulates(run: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["lives", str(run), "--wrongly-listed", "--could-not-pay", "--most", "1", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["population"] == "synthetic population"
    assert all(
        each["could_not_pay"] and any(one["wrongly_at_first"] for one in each["listings"]) for each in told["lives"]
    )
    assert main(["lives", str(run), "--fifth", "1", "--most", "2"]) == 0
    assert "Synthetic population: nobody like that exists outside this run." in " ".join(
        capsys.readouterr().out.split()
    )
    table = glasstown.lives(run, fifth=1, most=3).table()
    assert table.num_rows == 3
    assert table.schema.metadata[b"population"] == b"synthetic population"


def test_words__are_there_for_all_that_can_be_asked_and_befall() -> None:
    assert set(SAID) == set(QUESTIONS)
    assert set(GATE_WORDS) == set(ASKED_GATES)
    assert set(WRONG_WORDS) == set(WRONG)


def test_sought__names_everything_that_was_asked(run: Path) -> None:
    asked = find(run, {"fifth": 1, "town": "rural", "refused": "air", "list": "spc_dishonest"}, most=1)
    assert sought(asked, 2) == (
        "people in the poorest fifth, living in the countryside, refused an air ticket, "
        "once on the list 'dishonest persons subject to enforcement'"
    )
    assert sought(replace(asked, asked={}), 1) == "person"


def test_children__are_girls_and_boys(people: Found) -> None:
    for each in people.fitting:
        words = who_words(each).split()[0]
        assert words in (("girl", "boy") if each.who["age"] < 18 else ("woman", "man"))
