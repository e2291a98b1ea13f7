"""Add-ons: what lies over another rulebook, what comes from beneath, and where each of it stands."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import glasstown
from glasstown.archive.extent import extent_of, own_clauses
from glasstown.errors import RulebookError
from glasstown.language.load import load_rulebook
from glasstown.language.model import PointsRate
from glasstown.language.texts import chain_of, read_text
from glasstown.runs.request import inputs_of
from glasstown.runs.session import RunRequest, run_town
from glasstown.storage.folder import RunFolder

GOOD = Path(__file__).resolve().parents[1] / "rulebooks" / "good"
QUAY, HARBOUR = GOOD / "quay", load_rulebook(str(GOOD / "harbour"))
BOOK = load_rulebook(str(QUAY))


def test_clauses__are_the_bases_in_its_order_then_its_own() -> None:
    expected = [clause.id for clause in HARBOUR.clauses if clause.id != "h-filing"]
    assert [clause.id for clause in BOOK.clauses] == [*expected, "q-nets"]


def test_entry_of_the_same_id__takes_the_place_of_the_bases_whole() -> None:
    clause = next(clause for clause in BOOK.clauses if clause.id == "h-clean")
    assert isinstance(clause.points, PointsRate)
    assert (clause.points.each, clause.caps, clause.group, clause.lapse) == (1, (), None, None)


def test_single_values__come_from_beneath_and_what_is_its_own_does_not() -> None:
    assert BOOK.score == HARBOUR.score
    assert BOOK.takes_part == HARBOUR.takes_part
    assert (BOOK.observations, BOOK.open_questions) == ((), ())
    assert [variant.id for variant in BOOK.variants] == ["strict"]


def test_inherited__names_each_entry_with_the_rulebook_that_says_it() -> None:
    origins = {each.what: each.from_ for each in BOOK.inherited}
    assert origins["clauses/h-noise"] == origins["score"] == "harbour"
    assert not {"clauses/q-nets", "clauses/h-clean", "clauses/h-filing", "title", "sections"} & set(origins)
    assert [clause.id for clause in own_clauses(BOOK)] == ["h-clean", "q-nets"]


def test_sources__of_both_are_there() -> None:
    assert [source.key for source in BOOK.sources] == ["quay-rules", "harbour-rules", "harbour-notice"]


def test_reading__changes_what_came_from_beneath_too() -> None:
    strict = {clause.id: clause.points for clause in load_rulebook(f"{QUAY}@strict").clauses}
    assert (strict["q-nets"], strict["h-noise"]) == (-6, -40)


def test_base__is_taken_in_the_reading_that_is_named(tmp_path: Path) -> None:
    over = copied(tmp_path, "town", "rongcheng-2013@a-to-960")
    plain = copied(tmp_path, "plain", "rongcheng-2013@one-point-b")
    a_to_960, one_point = load_rulebook("rongcheng-2013@a-to-960"), load_rulebook("rongcheng-2013@one-point-b")
    assert load_rulebook(str(over)).grades == a_to_960.grades != one_point.grades == load_rulebook(str(plain)).grades


def copied(folder: Path, name: str, extends: str) -> Path:
    """Return a copy of the add-on that lies over another rulebook and leaves nothing of it out."""
    shutil.copytree(QUAY, folder / name)
    rules = folder / name / "rules.yaml"
    text = rules.read_text(encoding="utf-8").replace("extends: ../harbour", f"extends: {extends}")
    text = text.replace("leaves_out: [clauses/h-filing, measures/free-ferry]\n", "").replace(
        "  - id: h-clean", "  - id: q-clean"
    )
    for act in ("littering", "volunteering"):  # which the base answers to already
        text = text.replace(f"    act: {act}\n", "")
    rules.write_text(text.split("variants:")[0], encoding="utf-8")
    return folder / name


def test_add_on_over_an_add_on__tells_where_each_comes_from_first(tmp_path: Path) -> None:
    top = copied(tmp_path, "top", str(QUAY))
    (top / "rules.yaml").write_text(
        (top / "rules.yaml").read_text(encoding="utf-8").replace("id: quay", "id: top").replace("id: q-", "id: t-"),
        "utf-8",
    )
    book = load_rulebook(str(top))
    origins = {each.what: each.from_ for each in book.inherited}
    assert (origins["clauses/h-noise"], origins["clauses/q-nets"]) == ("harbour", "quay")
    assert [clause.id for clause in book.clauses][-3:] == ["q-nets", "t-nets", "t-clean"]
    assert [path.parent.name for path in chain_of(top / "rules.yaml")] == ["top", "quay", "harbour"]


def test_places__lead_to_the_file_that_says_it() -> None:
    document = read_text(QUAY / "rules.yaml", None).document
    noise = document.at("clauses", 0, "points")
    assert (Path(noise.file).parent.name, Path(document.at("clauses", 15).file).parent.name) == ("harbour", "quay")
    line = (GOOD / "harbour" / "rules.yaml").read_text(encoding="utf-8").splitlines()[(noise.line or 0) - 1]
    assert line.strip() == "points: -2.5"


def test_fault_of_a_reading__stands_in_the_add_on(tmp_path: Path) -> None:
    town = copied(tmp_path, "town", str(GOOD / "harbour"))
    reading = (
        "variants:\n  - id: odd\n    label: odd\n    settings: [{path: clauses/h-noise/points, value: -0.3}]\n"
        "    cite: {source: quay-rules, at: remark, evidence: invented}\n"
    )
    with (town / "rules.yaml").open("a", encoding="utf-8") as rules:
        rules.write(reading)
    with pytest.raises(RulebookError, match=r"town/rules\.yaml:\d+:\d+: clause 'h-noise'"):
        load_rulebook(f"{town}@odd")


def test_run__keeps_the_texts_beneath_and_is_read_with_them(tmp_path: Path) -> None:
    shutil.copytree(GOOD / "small", tmp_path / "small")
    town = copied(tmp_path, "town", "../small")
    run_town(RunRequest(str(town), people=300, firms=0, months=6, threads=1, command="test", out=tmp_path / "run"))
    ran = load_rulebook(str(town))
    shutil.rmtree(tmp_path / "small")
    shutil.rmtree(town)
    folder = RunFolder.open(tmp_path / "run")
    assert folder.manifest.rulebooks[0].base is not None
    assert inputs_of(folder).books == (ran,)
    assert "Verified" in str(glasstown.life(tmp_path / "run", 3, verify=True).blocks())
    glasstown.report(tmp_path / "run")


def test_extent__is_no_more_than_in_part_where_only_the_base_can_be_executed() -> None:
    book = load_rulebook("xihuotangzhai-2015")
    assert book.extends == "rongcheng-2013"
    assert extent_of(book).extent == "runnable in part"
    assert "no clause of its own is executable" in extent_of(book).because[0]
    assert extent_of(BOOK).extent == "runnable"


def test_show__says_of_each_statement_whether_it_comes_from_beneath() -> None:
    told = glasstown.show(str(QUAY)).as_json()
    assert {clause["id"]: clause["from"] for clause in told["clauses"]}["h-noise"] == "harbour"
    assert {clause["id"]: clause["from"] for clause in told["clauses"]}["q-nets"] is None
    assert (told["extends"], told["leaves_out"]) == ("../harbour", ["clauses/h-filing", "measures/free-ferry"])
