"""The summary says what a newcomer has to know, for every rulebook that ships."""

from __future__ import annotations

from pathlib import Path

import pytest

import towns
from glasstown.errors import RecordError
from glasstown.language.load import shipped
from glasstown.render.summary import summarise
from glasstown.runs.request import RunRequest
from glasstown.runs.session import run_town
from longer import few


@pytest.mark.parametrize("ref", shipped())
@pytest.mark.parametrize("width", few([60, 100], [60]))
def test_text__tells_any_shipped_rulebook_within_its_width(ref: str, width: int, tmp_path: Path) -> None:
    folder = towns.make_town(tmp_path / "run", ref, towns.plausible_cells(ref), firms=3000)
    text = summarise(folder).text(width)
    assert "synthetic population" in " ".join(text.split())
    prose = [line for line in text.splitlines() if not line.startswith("    ")]
    assert max(map(len, prose)) <= width + 45  # a column of words keeps sixteen characters whatever the numbers need
    assert not {line for line in text.splitlines() if line != line.rstrip()}


TOGETHER = "rongcheng-2019,cn-court-list-2017,cn-env-rating-2013"


def test_text__of_several_rulebooks_begins_with_the_town_and_has_one_table(tmp_path: Path) -> None:
    asked = RunRequest(
        TOGETHER, people=300, firms=12, months=6, start="2019-01", threads=1, out=tmp_path / "run", command="t"
    )
    run_town(asked)
    text, whole = (summarise(tmp_path / "run", is_whole=is_whole).text() for is_whole in (False, True))
    order = [
        "A synthetic town of 300 people and 12 firms, 2019",
        "What was done and found out",
        "What the rules got",
        "What they cost",
        "side by side",
    ]
    assert [text.index(each) for each in order] == sorted(text.index(each) for each in order)
    assert len([line for line in text.splitlines() if line.startswith("  rulebook ")]) == 1
    assert "Nothing was recorded under" in text
    assert "cn-env-rating-2013" in text.split("Nothing was recorded under")[1].split("\n\n")[0]
    assert text.count("People committed") == 1
    assert " 0.0 %" not in text
    assert len(text.splitlines()) < 80
    assert "--all" in text
    assert "--all" not in whole
    assert len(whole.splitlines()) > len(text.splitlines())


def test_text__names_what_ran_and_what_to_do_next(suining: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(suining.parent)  # a folder is named as seen from where one stands
    text = " ".join(summarise(suining).text().split())
    for said in (
        "100,000 people",
        "60 months",
        "Seed 1",
        "(suining-2010)",
        "What the rules got",
        "What they cost",
        "Points lost",
        "life",
    ):
        assert said in text
    assert f"report {suining.name}" in text


def test_text__counts_each_clause_of_unknown_value(suining: Path) -> None:
    summary = summarise(suining, is_whole=True)
    text = " ".join(summary.text(200).split())
    unknown = [clause for clause in summary.run.book.clauses if clause.points == "unknown"]
    assert unknown
    for clause in unknown:
        assert clause.id in text
    assert "Unknown is not zero" in text


def test_text__shows_lawful_expression_apart_and_never_among_points_lost(suining: Path) -> None:
    text = summarise(suining, is_whole=True).text(120)
    lost, apart = text.split("Points lost")[1], text.split("Lawful expression (")[1]
    table = lost.split("Recorded rightly")[0]
    assert "su-d04" not in table  # petitioning
    assert "su-d04" in apart
    assert "never as offences" in " ".join(apart.split())


def test_text__says_loudly_when_no_clause_was_ever_applied(tmp_path: Path) -> None:
    cells: list[towns.Cell] = [
        ("person", "fifth-1", "people", "scored", lambda n: 10),
        ("person", "fifth-1", "score_sum", "score", lambda n: 10_000),
        ("person", "fifth-1", "grades", "A", lambda n: 10),
    ]
    text = summarise(towns.make_town(tmp_path / "run", "suining-2010", cells)).text()
    assert "No clause of this rulebook was applied: " in text


def test_text__a_run_that_scores_nobody_says_so(tmp_path: Path) -> None:
    cells: list[towns.Cell] = [("person", "fifth-1", "people", "all", lambda n: 10)]
    text = summarise(towns.make_town(tmp_path / "run", "jinan-dogs-2017", cells)).text()
    assert "None of the people here is scored" in text


def test_text__an_unfinished_run_is_told_as_unfinished(tmp_path: Path) -> None:
    cells = towns.plausible_cells("suining-2010")
    text = summarise(towns.make_town(tmp_path / "run", "suining-2010", cells, finished=False)).text()
    assert "not finished" in text


def test_text__a_run_without_a_month_is_told(tmp_path: Path) -> None:
    text = summarise(towns.make_town(tmp_path / "run", "suining-2010", [], finished=False)).text()
    assert "no month written yet" in text


def test_summarise__a_folder_without_a_run_is_one_message(tmp_path: Path) -> None:
    with pytest.raises(RecordError, match=r"manifest\.json"):
        summarise(tmp_path)


def test_text__says_that_a_run_lives_on_days_outside_its_scheme(tmp_path: Path) -> None:
    ref = "rongcheng-2013"
    folder = towns.make_town(tmp_path / "run", ref, towns.plausible_cells(ref, scored=100), months=96)
    text = " ".join(summarise(folder).text().split())
    assert "The rulebook is over on 2019-01-01: nothing is recorded and no measure is in force from then on" in text
    within = towns.make_town(tmp_path / "within", ref, towns.plausible_cells(ref, scored=100), months=24)
    assert "The rulebook is over" not in " ".join(summarise(within).text().split())


def told_of(folder: Path, cells: list[towns.Cell], *, is_whole: bool) -> str:
    """Return the summary of a town of these cells on one line."""
    people: list[towns.Cell] = [
        ("person", "fifth-1", "people", "scored", lambda n: 10),
        ("person", "fifth-1", "score_sum", "score", lambda n: 10_000),
        ("person", "fifth-1", "grades", "A", lambda n: 10),
        ("person", "fifth-1", "records", "su-d06", lambda n: 1),
        ("person", "fifth-1", "points", "su-d06", lambda n: -50),
    ]
    folder = towns.make_town(folder, "suining-2010", people + cells, months=1)
    return " ".join(summarise(folder, is_whole=is_whole).text().split())


def gave(clause: str, points: int) -> list[towns.Cell]:
    return [("person", "fifth-1", "points", clause, lambda n: points)]


@pytest.mark.parametrize(
    ("cells", "share"),
    [
        (gave("su-b06", 15), "Given: 15 points, all of them for:"),
        (gave("su-b06", 15) + gave("su-b05", 14), "Given: 29 points, most of them for:"),
        (gave("su-b06", 15) + gave("su-b05", 8) + gave("su-b04", 8), "Given: 31 points, the largest part for:"),
    ],
)
def test_given__is_all_most_or_the_largest_part(cells: list[towns.Cell], share: str, tmp_path: Path) -> None:
    assert share in told_of(tmp_path / "run", cells, is_whole=False)


def booked(account: str, **items: int) -> list[towns.Cell]:
    return [
        ("person", "fifth-1", account, item.replace("_", " "), lambda n, number=number: number)
        for item, number in items.items()
    ]


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        (booked("truth", right=9), "All 9 records are right. No correction was granted."),
        (booked("truth", right=9, duplicate=1), "The wrong one is written down a second time."),
        (booked("truth", right=9, duplicate=3), "The 3 wrong ones are all written down a second time."),
        (booked("truth", right=9, wrong_person=2, duplicate=3),
         "The 5 wrong ones: 2 about the wrong person and 3 written down a second time."),
        (booked("truth", right=9, lost=1), "are right. 1 record got lost."),
        (booked("truth", right=9, not_recorded=4, lost=2),
         "4 further acts were found out and not written down and 2 records got lost."),
        (booked("truth", right=9) + booked("too_late", not_made=65),
         "65 acts were found out too late: the scheme was over before a record could take effect."),
        (booked("truth", right=9), "No correction was granted."),
        (booked("truth", right=9) + booked("corrections", granted=1), "1 correction was granted."),
    ],
)  # fmt: skip
def test_truth__tells_what_there_is_and_no_zero(cells: list[towns.Cell], said: str, tmp_path: Path) -> None:
    text = told_of(tmp_path / "run", cells, is_whole=True)
    assert said in text
    assert " 0 " not in text.split("Recorded rightly or wrongly")[1].split("What this rests")[0].replace(
        "0 (0.0 %)", ""
    )


def test_next_steps__name_a_life_in_which_something_was_recorded(tmp_path: Path) -> None:
    cells = towns.plausible_cells("suining-2010")
    folder = towns.make_town(tmp_path / "run", "suining-2010", cells, final=towns.final_rows())
    (life,) = [line for line in summarise(folder).text().splitlines() if " life " in line]
    assert life.split()[-1] == "17"  # the one with eight records
