"""A place from a table: what it says counts, the rest is as in the shipped place, and no table of persons passes."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

import glasstown
from glasstown.errors import RulebookError, RunWarning, UsageError
from glasstown.language.files import parse_with_places
from glasstown.language.load import load_acts, load_place, place_text
from glasstown.language.parameters import PlaceFile
from glasstown.population import check_place
from glasstown.storage.folder import RunFolder

HEAD = "group,cell,share,count\n"


def written(folder: Path, text: str, name: str = "town.csv") -> Path:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file


def place(folder: Path, text: str) -> PlaceFile:
    with pytest.warns(RunWarning, match="as in china-2020"):
        return load_place(str(written(folder, text)))


def test_counts__become_shares_that_sum_to_one(tmp_path: Path) -> None:
    found = place(tmp_path, HEAD + "age,0-14,,100\nage,15-59,,100\nage,60-99,,100\nfemale,yes,,10\nfemale,no,,20\n")
    assert sum(cell.share for cell in found.age.cells) == 1
    assert found.female.value == Decimal("0.333333333333")
    assert found.smallest_cell == 10
    assert check_place(found, load_acts()) == []


def test_what_a_table_does_not_say__is_as_in_the_shipped_place(tmp_path: Path) -> None:
    shipped, found = load_place("china-2020"), place(tmp_path, HEAD + "urban,,0.5,\nrole,driver,0.25,\n")
    assert found.urban.value == Decimal("0.5")
    assert found.deaths == shipped.deaths
    changed = {role.role: role.share for role in found.roles}
    assert changed == {role.role: role.share for role in shipped.roles} | {"driver": Decimal("0.25")}


def test_text_of_a_table__is_a_place_file_that_says_the_same(tmp_path: Path) -> None:
    with pytest.warns(RunWarning):
        found, text = place_text(written(tmp_path, HEAD + "urban,,0.5,\n"))
    assert text is not None
    assert parse_with_places(text, "kept", PlaceFile).value == found


def test_shares_that_do_not_sum_to_one__are_one_message_with_the_sum(tmp_path: Path) -> None:
    rows = "work,employed,0.6,\nwork,self-employed,0.15,\nwork,unemployed,0.05,\nwork,inactive,0.21,\n"
    file = written(tmp_path, HEAD + rows)
    with pytest.raises(RulebookError, match=r"town.csv:2:1: work: found shares that sum to 1.01; expected exactly 1"):
        glasstown.run("suining-2010", people=300, months=1, place=file, out=tmp_path / "out")
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("head", ["name", "Person_ID", "phone", "姓名", "id", "birth_date", "home address"])
def test_columns_of_persons__are_refused(tmp_path: Path, head: str) -> None:
    with pytest.raises(RulebookError, match="as tables of persons have"):
        load_place(str(written(tmp_path, f"group,cell,share,{head}\nurban,,0.5,x\n")))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("group,cell,score\nurban,,1\n", "found 'score'"),
        ("group,cell\nurban,\n", "no column share or count"),
        (HEAD + "urban,,0.5,7\n", "a share and a count"),
        (HEAD + "urban,,,\n", "neither a share nor a count"),
        (HEAD + "urban,,half,\n", "found 'half'"),
        (HEAD + "urban,,-1,\n", "found '-1'"),
        (HEAD + "urban,,1.2,\n", "a share from 0 to 1"),
        (HEAD + "urban,,NaN,\n", "found 'NaN'"),
        (HEAD + "urbane,,0.5,\n", "Did you mean 'urban'"),
        (HEAD + "urban,,0.5,\nurban,,0.5,\n", "again"),
        (HEAD + "work,employed,0.5,\nwork,inactive,,50\n", "shares and counts"),
        (HEAD + "work,employed,,3\nwork,inactive,,50\n", "at least 10 people"),
        (HEAD + "female,yes,,30\n", "counts of yes and of no"),
        (HEAD + "age,child,1,\n", "ages from and to"),
        (HEAD + "urban,0.5\n", "2 cells"),
        ("group,cell,share,note\nurban,,0.5,call 13800138000\n", "a phone number"),
        (HEAD + "work,employed,0.5,\n" * 401, "at most 400 rows"),
        ("", "no column"),
    ],
)
def test_faulty_table__is_one_message(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(RulebookError, match=words):
        load_place(str(written(tmp_path, text)))


def test_place_that_a_table_leaves_faulty__is_told_as_of_any_place(tmp_path: Path) -> None:
    file = written(tmp_path, HEAD + "age,0-14,0.5,\nage,20-99,0.5,\n")
    with pytest.warns(RunWarning), pytest.raises(UsageError, match="'age'"):
        glasstown.run("suining-2010", people=300, months=1, place=file, out=tmp_path / "out")


def test_run_in_a_place_from_a_table__is_lived_again_without_it(tmp_path: Path) -> None:
    file = written(tmp_path, HEAD + "urban,,0.1,\n")
    with pytest.warns(RunWarning):
        glasstown.run("suining-2010", people=300, months=2, place=file, out=tmp_path / "first")
    file.unlink()
    glasstown.run(tmp_path / "first", out=tmp_path / "again")
    first, again = (RunFolder.open(tmp_path / name).manifest for name in ("first", "again"))
    assert first.digest == again.digest
    assert (first.place.name, first.place.sha256) == ("town.csv.yaml", again.place.sha256)
