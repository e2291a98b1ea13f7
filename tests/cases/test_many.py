"""One case under several rulebooks: what each tells and leaves out, and what is a fault all the same."""

from __future__ import annotations

from pathlib import Path

import pytest

import glasstown
from glasstown.answers.case_many import COLUMNS, ToldUnderMany
from glasstown.cli import output
from glasstown.errors import CaseError, UsageError
from tests.cli.conftest import Command, command

__all__ = ["command"]
LIFE = """\
start: 2018-01-01
until: 2020-12-31
events:
  - {date: 2018-03-01, act: late-utility-bill}
  - {id: listed, date: 2018-09-01, act: court-refusing-though-able}
  - {date: 2018-10-01, event: object, of: listed}
  - {date: 2018-10-12, event: decide, of: listed, granted: false}
"""
BOOKS = "suining-2010,cn-court-list-2017,no-scheme"


def told(folder: Path, text: str = LIFE, books: str = BOOKS) -> ToldUnderMany:
    """Return what several rulebooks make of a case."""
    path = folder / "life.yaml"
    path.write_text(text, encoding="utf-8")
    found = glasstown.case(books, path)
    assert isinstance(found, ToldUnderMany)
    return found


def left_out(answer: ToldUnderMany) -> dict[str, dict[str, str]]:
    """Return what each rulebook leaves out, and why."""
    return {each.held.reference: {left.event: left.why for left in each.left} for each in answer.lives}


def test_each_rulebook__tells_what_it_has_a_use_for(tmp_path: Path) -> None:
    answer = told(tmp_path)
    assert left_out(answer)["cn-court-list-2017"] == {"event-1": "no clause answers to it"}
    assert set(left_out(answer)["suining-2010"]) == {"listed", "event-3", "event-4"}
    (suining,) = [life for life in answer.as_json()["rulebooks"] if life["under"] == "suining-2010"]
    assert (suining["score"], suining["grade"], suining["tells_nothing"]) == ("1000", "A", None)


def test_each_life__is_the_one_that_its_rulebook_alone_tells(tmp_path: Path) -> None:
    """The court's list alone, asked for what it has a use for, gives the same ledger."""
    answer = told(tmp_path)
    own = "\n".join(line for line in LIFE.splitlines() if "late-utility" not in line)
    path = tmp_path / "own.yaml"
    path.write_text(own, encoding="utf-8")
    alone = glasstown.case("cn-court-list-2017", path).as_json()["ledger"]
    among = [line for line in answer.as_json()["timeline"] if line["under"] == "cn-court-list-2017"]
    keys = ("date", "phase", "clause", "before", "after", "lists", "measures")
    assert [[line[key] for key in keys] for line in among] == [[line[key] for key in keys] for line in alone]
    assert len(among) == 4


def test_timeline__is_by_day_and_the_table_has_its_columns(tmp_path: Path) -> None:
    columns = told(tmp_path).columns()
    assert tuple(columns) == COLUMNS
    assert list(columns["date"]) == sorted(columns["date"])
    assert set(columns["rulebook"]) == {"suining-2010", "cn-court-list-2017"}


def test_words__tell_events_states_and_what_is_left_out(tmp_path: Path) -> None:
    text = output.rendered(told(tmp_path).blocks())
    assert "2018-09-01  listed (court-refusing-though-able)" in text
    assert "One life under 3 rulebooks" in text
    assert "listed, event-3" not in text
    assert "suining-2010  listed: no clause answers to it" in text
    assert "on the list 'dishonest persons subject to enforcement'" in text


def test_rulebook_of_other_days_or_subjects__tells_nothing_and_says_why(tmp_path: Path) -> None:
    answer = told(tmp_path, LIFE, f"{BOOKS},jiangsu-env-2019,rongcheng-2021")
    unfit = {each.held.reference: each.unfit for each in answer.lives if each.unfit}
    assert unfit == {
        "jiangsu-env-2019": "it scores no person (firm, organisation)",
        "rongcheng-2021": "it begins on 2021-06-18, after this life",
    }


def test_record_left_out__takes_what_is_about_it_along(tmp_path: Path) -> None:
    text = LIFE.replace("event: object, of: listed", "event: correct, of: listed").replace(
        "  - {date: 2018-10-12, event: decide, of: listed, granted: false}\n", ""
    )
    assert "event-3" in left_out(told(tmp_path, text))["suining-2010"]
    assert "event-3" not in left_out(told(tmp_path, text))["cn-court-list-2017"]


def test_keys_that_one_rulebook_asks_for__are_dropped_by_another(tmp_path: Path) -> None:
    """Points are an official's choice in Jiangsu; the rating of Wuhan has no use for them."""
    text = (
        "subject: firm\nstart: 2022-01-01\nuntil: 2022-12-31\n"
        "events:\n  - {date: 2022-03-01, act: environmental-breach, points: -5}\n"
    )
    answer = told(tmp_path, text, "jiangsu-env-2019,wuhan-env-2017")
    assert left_out(answer) == {"jiangsu-env-2019": {}, "wuhan-env-2017": {}}


def test_expectation__is_of_the_rulebook_that_the_case_names(tmp_path: Path) -> None:
    text = f"rulebook: cn-court-list-2017\n{LIFE}".replace("  - {date: 2018-03-01, act: late-utility-bill}\n", "")
    answer = told(tmp_path, text + "expect: {lists: []}\n")
    assert answer.exit_code == 1
    assert [bool(each.differences) for _, each in answer.told] == [False, True, False]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("late-utility-bill", "crossing-on-red", "which none of these 3 rulebooks has a use for"),
        ("late-utility-bill", "late-utility-bil", "Did you mean 'late-utility-bill'"),
        ("of: listed", "of: nobody", "event 3"),
        ("start: 2018-01-01", "start: 2018-01-01\nname: somebody", "would tell a real person apart"),
        ("start: 2018-01-01", "rulebook: rongcheng-2013\nstart: 2018-01-01", "one of those asked for"),
        ("start: 2018-01-01", "subject: household\nstart: 2018-01-01", "a household from 2018-01-01 to 2020-12-31"),
        ("start: 2018-01-01", "roles: [polluter]\nstart: 2018-01-01", "a role that one of these rulebooks names"),
        ("granted: false", "granted: false, points: -3", "event 4, points"),
        ("events:", "given: {cutoff: 3}\nevents:", "what one of these rulebooks asks for"),
        ("start: 2018-01-01", "rulebook: cn-court-list-2017\nstart: 2018-01-01", "event 1, act"),
    ],
)
def test_faults__are_told_once_with_their_place(tmp_path: Path, old: str, new: str, said: str) -> None:
    with pytest.raises(CaseError) as problem:
        told(tmp_path, LIFE.replace(old, new))
    assert said in str(problem.value)
    assert "life.yaml:" in str(problem.value)
    assert str(problem.value).count(said) == 1


def test_fault_after_an_event_that_is_left_out__has_its_number_in_the_file(tmp_path: Path) -> None:
    """Months of grace that the one rulebook which tells of it does not give; the event before is left out there."""
    wrong = LIFE.replace("act: court-refusing-though-able}", "act: court-refusing-though-able, grace: 9}")
    with pytest.raises(CaseError, match=r"life\.yaml:5:\d+: event 2"):
        told(tmp_path, wrong)


def test_command__ends_as_for_one_rulebook(command: Command, tmp_path: Path) -> None:
    path = tmp_path / "life.yaml"
    path.write_text(LIFE, encoding="utf-8")
    assert command("case", BOOKS, str(path)).code == 0
    path.write_text(LIFE.replace("late-utility-bill", "crossing-on-red"), encoding="utf-8")
    ended = command("case", BOOKS, str(path))
    assert (ended.code, ended.out) == (1, "")
    assert "none of these 3" in ended.err
    assert command("case", f"{BOOKS},no-scheme", str(path)).code == 2
    assert command("case", BOOKS, str(path), "--certificate", str(tmp_path / "c.html")).code == 2
    assert not (tmp_path / "c.html").exists()


def test_preset_and_worked_case__are_known_by_name() -> None:
    found = glasstown.case("no-scheme,suining-2010", "red-light-and-found-money")
    assert isinstance(found, ToldUnderMany)
    with pytest.raises((UsageError, CaseError)):
        glasstown.case("cn-2019", "red-light-and-found-money")
