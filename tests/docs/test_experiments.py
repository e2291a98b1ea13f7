"""docs/experiments: every question can be asked again, and every page and picture that is named is there."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from ensembles import ship
from glasstown.answers.contrast import Contrast
from glasstown.runs.request import RunRequest
from glasstown.runs.scenario import scenario_of
from glasstown.studies.pairs import NO_DRAWS
from longer import few
from scripts import script

pytestmark = pytest.mark.usefixtures("short_past")
HERE = Path(__file__).resolve().parents[2] / "docs" / "experiments"


RUN = script(HERE / "run.py")
README = script(HERE / "readme.py")


SHORT = [each for each in RUN.EXPERIMENTS if each.name in ("pays", "linkage", "reforms")]
"""a page of a series, one of two sides, and one of several laws"""


@pytest.mark.parametrize("experiment", few(RUN.EXPERIMENTS, SHORT), ids=lambda each: each.name)
def test_experiment__can_be_asked_again(experiment: object, tmp_path: Path) -> None:
    RUN.write(experiment, tmp_path, people=450, months=6, seeds=2, draws=2)
    name = experiment.name  # type: ignore[attr-defined]
    written, kept = ((folder / f"{name}.md").read_text(encoding="utf-8") for folder in (tmp_path, HERE))
    assert (tmp_path / f"{name}.png").stat().st_size > 1000
    headings = [re.findall(r"^#.*", text, flags=re.MULTILINE) for text in (written, kept)]
    assert headings[0] == [each for each in headings[1] if each != "## What the record narrows"]  # no ensemble is here
    assert [text.splitlines()[2].startswith("**Answer.** ") for text in (written, kept)] == [True, True]
    assert "ynthetic population" in kept


@pytest.mark.parametrize("name", few(["pays", "cities"], ["cities"]))
def test_page__has_both_widths_where_an_ensemble_ships(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A page of a series and one of two sides: members of the ensemble beside draws from the ranges, in sentence and table."""
    ship(tmp_path / "2019.parquet", [RunRequest("cn-court-list-2017", people=450, command="test")], monkeypatch)
    experiment = next(each for each in RUN.EXPERIMENTS if each.name == name)
    RUN.write(experiment, tmp_path, people=1500, months=12, seeds=2, draws=3)
    lines = (tmp_path / f"{name}.md").read_text(encoding="utf-8").splitlines()
    assert re.search(r"over 2 seeds, .* over 3 members of the ensemble, .* over 3 draws from the ranges", lines[2])
    whole = "\n".join(lines)
    assert "The draws are members of the ensemble" in whole
    assert "Beside them stand draws from the parameters' ranges" in whole
    if experiment.steps:
        assert all(cell.count(" to ") == 3 for cell in _cells(lines, "person-months of those who could not pay"))
    else:
        assert re.search(r"^\| person-months on a black list \|( [^|]+\|){3}$", whole, flags=re.MULTILINE)


def _cells(lines: list[str], words: str) -> list[str]:
    """Return the cells of the steps in a row of a table."""
    row = next(line for line in lines if line.startswith(f"| {words}"))
    return row.split(" | ")[2:]


def test_sentence__says_what_the_numbers_say() -> None:
    """A planted difference is told with its sign and both widths, to the digits of a ratio."""
    one = Contrast("owed", Fraction(100), Fraction(150), (40, 60, 50), (30, 70))
    widths = RUN.widths_of(one, replace(NO_DRAWS, tried=2), None, 1)
    assert widths == ["+4.0 to +6.0 over 3 seeds", "+3.0 to +7.0 over 2 draws from the ranges"]
    assert RUN.part_of("months", one, widths, 1).startswith("months: more, +5.0 from 10.0 (")
    same = Contrast("owed", Fraction(100), Fraction(100), (0, 0), (0,))
    assert RUN.part_of("months", same, ["0 to 0 over 2 seeds"]) == "months: the same, 100 (0 to 0 over 2 seeds)"


@pytest.mark.parametrize(
    ("is_ensemble", "why"),
    [
        (False, "2 draws from the ranges span, since few draws"),
        (True, "2 members of the ensemble span, since no member"),
    ],
)
def test_mean_outside_what_is_drawn__says_why(is_ensemble: bool, why: str) -> None:
    told = script(HERE / "told.py")
    drawn = replace(NO_DRAWS, counts=({}, {}), is_ensemble=is_ensemble)
    (said,) = told.outside_told(["records", "fines"], drawn)
    assert why in said
    assert said.endswith(": records; fines.")
    assert told.outside_told([], drawn) == []
    asked = [([1, 3], [5, 6]), ([1, 3], [0, 6]), ([1, 3], [2]), ([1, 3], []), ([], [1])]
    assert [told.is_outside(*each) for each in asked] == [True, False, False, False, False]


@pytest.mark.parametrize(("drawn", "is_told"), [(1.0, True), (30.0, False)])
def test_schemes__say_why_a_range_does_not_hold_its_mean(drawn: float, is_told: bool) -> None:
    """Seeds come to 10, and draws to 1 and 2, or to 1 and 30."""
    schemes = script(HERE / "schemes.py")
    keys = [*((book, name) for book in schemes.BOOKS for name in schemes.MEASURES), ("", "agreement")]
    seeds, draws = ([dict.fromkeys(keys, value) for value in each] for each in ((9.0, 11.0), (2.0, drawn)))
    page = schemes._page((seeds, [], draws), "", 300, 12)
    assert ("The mean of the seeds lies outside what 2 draws from the ranges span" in page) is is_told
    assert (f"records per 1,000 subjects and year (`{schemes.BOOKS[0]}`, " in page) is is_told
    assert ("; rank correlation." in page) is is_told


def test_reforms__tell_which_law_a_town_lives_under() -> None:
    told = RUN.unlived()
    assert "`cn-court-list-2017`: a period of grace before list `spc_dishonest`: in a town no court gives any" in told
    assert re.search(
        r"`cn-credit-repair-2026`: in force from 2026-04-01, 0 of \d+ clauses answer acts: in words alone", told
    )
    assert "`cn-rail-list-2018`" not in told


def test_hit__can_be_asked_again(tmp_path: Path) -> None:
    RUN.write_hit(tmp_path, people=900, months=12, seeds=2, draws=1)
    written, kept = ((folder / "hit.md").read_text(encoding="utf-8") for folder in (tmp_path, HERE))
    assert (tmp_path / "hit.png").stat().st_size > 1000
    assert written.splitlines()[0] == kept.splitlines()[0]
    for trait in ("income fifth", "age", "sex", "place", "registration", "work"):
        assert f"\n| {trait} | people |" in written
    assert "ynthetic population" in kept


def test_readme__has_the_sentence_of_every_page() -> None:
    rows = [line for line in (HERE / "README.md").read_text(encoding="utf-8").splitlines() if line.startswith("| [")]
    assert [f"{row}\n" for row in rows] == [README.row_of(HERE, name) for name in RUN.NAMES]
    assert all("not asked yet" not in row for row in rows)


def test_readme__leads_to_every_page_and_no_other() -> None:
    text = (HERE / "README.md").read_text(encoding="utf-8")
    assert re.findall(r"\]\(([\w-]+)\.md\)", text) == list(RUN.NAMES)
    assert {path.stem for path in HERE.glob("*.png")} == set(RUN.NAMES)


@pytest.mark.long
def test_schemes__can_be_asked_again(tmp_path: Path) -> None:
    RUN.write_schemes(tmp_path, people=1500, months=6, seeds=2, draws=2)
    written, kept = ((folder / "schemes.md").read_text(encoding="utf-8") for folder in (tmp_path, HERE))
    assert (tmp_path / "schemes.png").stat().st_size > 1000
    assert written.splitlines()[0] == kept.splitlines()[0]
    assert "ynthetic population" in kept


@pytest.mark.parametrize("name", few(["schemes", "hit"], []))
def test_page_of_one_side__has_both_widths_where_an_ensemble_ships(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ship(tmp_path / "2019.parquet", [RunRequest("suining-2010", people=450, command="test")], monkeypatch)
    getattr(RUN, f"write_{name}")(tmp_path, people=900, months=12, seeds=2, draws=1)
    whole = (tmp_path / f"{name}.md").read_text(encoding="utf-8")
    assert (tmp_path / f"{name}.png").stat().st_size > 1000
    assert "1 member of the ensemble" in whole
    assert "1 draw from the ranges" in whole
    assert "Beside them stand draws from the parameters' ranges" in whole
    assert any(line.count(" to ") >= 3 for line in whole.splitlines() if line.startswith("| "))


def test_plan__says_what_asking_costs_and_lives_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert RUN.main(["--plan", "pays", "schemes"]) == 0
    head, pays, schemes, whole = (line.split() for line in capsys.readouterr().out.splitlines())
    assert pays[:3] == [
        "pays",
        "4",
        "248",
    ]  # 6 seeds, 16 members and 16 draws on 4 sides, and 96 draws that are left out
    assert schemes[:3] == ["schemes", "1", "38"]
    assert int(whole[1]) == 248 + 38
    assert head[0] == "page"


def test_courts_list__can_be_lived_again(tmp_path: Path) -> None:
    RUN.write_courts_list(tmp_path, people=900, seeds=2, months=40)
    written, kept = ((folder / "courts-list.md").read_text(encoding="utf-8") for folder in (tmp_path, HERE))
    assert "<svg" in (tmp_path / "courts-list.svg").read_text(encoding="utf-8")
    assert written.splitlines()[0] == kept.splitlines()[0]
    assert "| 2018 |" not in written
    assert "| 2018 |" in kept
    assert "ynthetic population" in kept


def test_name_of_no_experiment__is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert RUN.main(["gate"]) == 2
    assert "No experiment gate; there are means, " in capsys.readouterr().err


@pytest.mark.parametrize("path", sorted(HERE.glob("*.yaml")), ids=lambda path: path.stem)
def test_scenario__is_one(path: Path) -> None:
    scenario = scenario_of(str(path))
    assert scenario is not None
    assert scenario.title
