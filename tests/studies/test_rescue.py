"""What would have saved a person: every change that is told does, no part of it does, and nothing is told where nothing helps."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import combinations
from pathlib import Path

import pytest

import glasstown
from glasstown.errors import UsageError
from glasstown.interpreter.life import live
from glasstown.render import terminal
from glasstown.runs.one_life import replay_life
from glasstown.runs.request import RunRequest, inputs_of
from glasstown.runs.session import run_town
from glasstown.storage.folder import RunFolder
from glasstown.studies.rescue import Rescue, listed_at_end, listed_people, rescue_of
from glasstown.studies.rescue_tried import OWN, Change
from glasstown.types import WRONG

pytestmark = pytest.mark.usefixtures("short_past")
N_LISTED = 20
"""how many listed people are asked about here; `make verify` asks about 200"""


@pytest.fixture(scope="module")
def court(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("rescue") / "run"
    settings = {"hazard.c4": "0.1", "hazard.c11": "0.001", "filing.wrong_person": "0.02", "filing.duplicate": "0.05"}
    run_town(
        RunRequest("cn-court-list-2017", people=9_000, months=30, settings=settings, threads=1, command="t", out=path)
    )
    return path


@pytest.fixture(scope="module")
def rescues(court: Path) -> list[Rescue]:
    return [rescue_of(court, person) for person, _, _ in listed_people(court)[:N_LISTED]]


def ends_listed(court: Path, rescue: Rescue, change: Change, records: tuple[str, ...]) -> bool:
    """Return whether the life ends on a black list when these records were never made and the decision was brought."""
    inputs = inputs_of(RunFolder.open(court))
    book, life = inputs.books[0], replay_life(court, rescue.person).under[0].life
    life = replace(
        life,
        records=tuple(record for record in life.records if record.id not in records),
        decisions=(
            *(each for each in life.decisions if each.of not in records),
            *([change.decision] if change.decision else []),
        ),
    )
    black = {rule.id for rule in book.lists if rule.colour == "black"}
    return bool(black & set(live(book, inputs.acts, life).lists))


def test_listed_people__end_on_a_list_and_most_could_have_left_it(rescues: list[Rescue]) -> None:
    assert len(rescues) == N_LISTED
    assert all(rescue.lists for rescue in rescues)
    assert {change.kind for rescue in rescues for change in rescue.changes} >= {"own act", "procedure", "rule"}


def test_every_change__saves_and_no_part_of_it_does(court: Path, rescues: list[Rescue]) -> None:
    for rescue in rescues[:6]:
        for change in rescue.changes:
            if change.kind == "rule":
                continue
            assert not ends_listed(court, rescue, change, change.records), (rescue.person, change)
            parts = [part for size in range(len(change.records)) for part in combinations(change.records, size)]
            bare = replace(change, decision=None)
            assert all(ends_listed(court, rescue, bare, part) for part in parts), (rescue.person, change)


def test_procedure__is_told_on_the_first_day_that_helps(court: Path, rescues: list[Rescue]) -> None:
    rescue = rescues[0]
    procedures = [change for change in rescue.changes if change.kind == "procedure"]
    assert len({change.decision.procedure for change in procedures if change.decision}) == len(procedures) > 0
    assert all(change.decision and change.decision.day > date(2017, 5, 1) for change in procedures)


def test_payment__is_within_the_power_only_of_whom_the_run_lets_pay(court: Path, rescues: list[Rescue]) -> None:
    """Of a payment the first day with means is told where there is one; without, it is marked as beyond them."""
    marked = 0
    for rescue in rescues:
        befell = replay_life(court, rescue.person).befell
        for change in rescue.changes:
            if change.decision is None or change.decision.procedure != "perform":
                continue
            told = [
                each["what"]
                for each in befell
                if "pay what is owed" in each["what"] and str(each["month"]) <= str(change.decision.day)
            ]
            assert change.beyond_means == (bool(told) and told[-1].startswith("could not"))
            assert change.is_own != change.beyond_means
            marked += change.beyond_means
    assert marked


def test_wrong_record__is_nobodys_own_act(court: Path, rescues: list[Rescue]) -> None:
    by_error = [rescue for rescue in rescues if any(change.kind == "record error" for change in rescue.changes)]
    for rescue in by_error:
        truths = replay_life(court, rescue.person).under[0].truths
        for change in rescue.changes:
            if change.kind == "record error":
                assert {truths[record] for record in change.records} <= set(WRONG)
            if change.kind == "own act":
                assert not {truths[record] for record in change.records} & {
                    "wrong person",
                    "duplicate",
                    "misjudged",
                    "false report",
                }


def test_nothing_within_their_power__is_said_where_neither_act_nor_procedure_helps() -> None:
    beyond = Rescue(1, "book", ("black",), (Change("rule", ("no clause",)), Change("record error", ("never",))), 9)
    assert beyond.is_beyond_them
    assert not Rescue(1, "book", ("black",), (Change("procedure", ("perform",)),), 9).is_beyond_them
    assert OWN == ("own act", "procedure")


def test_rescue__of_somebody_who_is_not_listed_says_so(court: Path) -> None:
    listed = {person for person, _, _ in listed_people(court)}
    free = next(person for person in range(1000) if person not in listed)
    answer = glasstown.rescue(court, free)
    assert answer.as_json()["changes"] == answer.as_json()["lists"] == []
    assert not answer.as_json()["nothing_within_their_power"]
    assert "does not end on a black list" in str(answer.blocks())


def test_rescue__without_a_person_lists_who_is_listed(court: Path) -> None:
    answer = glasstown.rescue(court)
    assert [row["person"] for row in answer.as_json()["listed"]] == [person for person, _, _ in listed_people(court)]
    assert "What would have saved one" in str(answer.blocks())


def test_rescue__refuses_who_is_not_there(court: Path) -> None:
    with pytest.raises(UsageError, match="0 to 8999"):
        glasstown.rescue(court, 9_000)
    with pytest.raises(UsageError, match="cn-court-list-2017"):
        glasstown.rescue(court, 1, under="cn-court-list-2018")


def test_rescue__asks_under_the_rulebook_that_lists_the_person(tmp_path: Path) -> None:
    run_town(
        RunRequest(
            "rongcheng-2019,cn-court-list-2017", people=3000, months=12,
            settings={"hazard.c11": "0.001"}, threads=1,
            command="t", out=tmp_path / "run",
        )
    )  # fmt: skip
    person, book, lists = listed_people(tmp_path / "run")[0]
    assert book == "cn-court-list-2017"
    found = rescue_of(tmp_path / "run", person)
    assert (found.rulebook, " ".join(sorted(found.lists))) == (book, lists)
    assert rescue_of(tmp_path / "run", person, "rongcheng-2019").lists == ()


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a run under a rulebook of grades, whose black list takes nobody here, beside the courts' list."""
    folder = tmp_path_factory.mktemp("graded") / "run"
    glasstown.run("rongcheng-2013,cn-court-list-2017", people=400, months=12, threads=1, out=folder)
    return folder


def test_rescue_under_a_rulebook_of_grades__tells_what_would_have_kept_the_first_grade(graded: Path) -> None:
    listed = listed_at_end(graded, "rongcheng-2013")
    assert listed.start_grade == "A"
    assert {grade for _, _, grade in listed.rows} == {"B"}
    numbers = [number for number, _, _ in listed.rows[:4]]
    inputs = inputs_of(RunFolder.open(graded))
    for number in numbers:
        rescue = rescue_of(graded, number, "rongcheng-2013")
        assert rescue.grades == ("B", "A")
        assert rescue.lists == ()
        told = next(each for each in replay_life(graded, number).under if each.rulebook == rescue.rulebook)
        book = inputs.books[inputs.names.index(rescue.rulebook)]
        assert live(book, inputs.acts, told.life).grade == "B"
        for change in rescue.changes:
            if change.kind in ("own act", "record error"):
                kept = tuple(each for each in told.life.records if each.id not in change.records)
                decisions = tuple(each for each in told.life.decisions if each.of not in change.records)
                assert live(book, inputs.acts, replace(told.life, records=kept, decisions=decisions)).grade == "A"
    assert any(rescue_of(graded, number, "rongcheng-2013").changes for number in numbers)
    text = " ".join(terminal.lines(glasstown.rescue(graded, numbers[0], under="rongcheng-2013").blocks(), 1000))
    assert "This life ends in grade B, and everybody starts in grade A." in text
    assert "black list" not in text


def test_rescue_without_a_rulebook__still_asks_about_lists_alone(graded: Path) -> None:
    assert listed_at_end(graded).start_grade is None
    number = next(number for number, _, _ in listed_at_end(graded, "rongcheng-2013").rows)
    if number not in {each for each, _, _ in listed_at_end(graded).rows}:
        assert rescue_of(graded, number).grades is None
