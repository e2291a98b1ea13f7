"""`rescue` and `life` of firms, and under any rulebook of a run."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import glasstown
from glasstown.cli.main import main
from glasstown.errors import UsageError
from glasstown.studies.rescue import listed_at_end, rescue_of

BOOKS = "cn-court-list-2017,cn-samr-lists-2021"


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("firms") / "run"
    glasstown.run(BOOKS, people=150, firms=300, months=24, threads=1, out=folder)
    return folder


@pytest.fixture(scope="module")
def firm(run: Path) -> int:
    return listed_at_end(run, "cn-samr-lists-2021", "firm").rows[0][0]


def test_listed_firms__are_told_as_firms(run: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rescue", str(run), "--firm", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)["listed"]
    assert told
    assert all(set(row) == {"firm", "rulebook", "lists"} for row in told)
    assert main(["rescue", str(run)]) == 0
    assert f"glasstown rescue {run} --firm" in " ".join(capsys.readouterr().out.split())


def test_rescue_of_a_firm__is_of_the_rulebook_that_lists_it(run: Path, firm: int) -> None:
    found = rescue_of(run, firm, kind="firm")
    assert (found.kind, found.person, found.rulebook) == ("firm", firm, "cn-samr-lists-2021")
    assert found.lists
    assert found.n_tried
    assert any(change.kind in ("own act", "rule") for change in found.changes)
    assert rescue_of(run, firm, "cn-court-list-2017", "firm").rulebook == "cn-court-list-2017"
    told = glasstown.rescue(run, firm, firm=True).as_json()
    assert told["firm"] == firm
    assert "person" not in told


def test_run_that_scores_firms_alone__is_asked_about_firms(tmp_path: Path) -> None:
    glasstown.run("cn-samr-lists-2021", people=150, firms=300, months=12, threads=1, out=tmp_path / "run")
    found = listed_at_end(tmp_path / "run")
    assert found.kind == "firm"
    assert found.rows
    assert rescue_of(tmp_path / "run", found.rows[0][0]).kind == "firm"


@pytest.mark.parametrize("verb", ["rescue", "life"])
def test_rulebook_about_the_others__is_refused_with_the_way_out(
    verb: str, run: Path, firm: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([verb, str(run), "3", "--under", "cn-samr-lists-2021"]) == 2
    assert "whose clauses are about firms; expected a rulebook about people. Add --firm" in capsys.readouterr().err
    assert main([verb, str(run), "3", "--under", "cn-samr-list-2021"]) == 2
    assert "Did you mean 'cn-samr-lists-2021'?" in capsys.readouterr().err
    assert main([verb, str(run), str(firm), "--firm", "--under", "cn-samr-lists-2021"]) == 0


def test_life_under_one_rulebook__tells_no_other(run: Path, firm: int) -> None:
    both = glasstown.life(run, firm, firm=True).result.under
    assert [told.rulebook for told in both] == BOOKS.split(",")
    one = glasstown.life(run, firm, firm=True, under="cn-samr-lists-2021").result.under
    assert one == both[1:]


def test_under__is_checked_without_a_number_too(run: Path) -> None:
    with pytest.raises(UsageError, match="Add --firm"):
        listed_at_end(run, "cn-samr-lists-2021", "person")
    assert all(book == "cn-court-list-2017" for _, book, _ in listed_at_end(run, "cn-court-list-2017", "firm").rows)
