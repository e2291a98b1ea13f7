"""`new`: what it writes passes `check`, is one life and a town; what is there is left as it is."""

from __future__ import annotations

from pathlib import Path

import pytest

import glasstown
from glasstown.errors import UsageError
from glasstown.language.notes import DRAFT


@pytest.mark.parametrize("kind", ["score", "list"])
def test_new_rulebook__passes_check_its_case_and_a_town(tmp_path: Path, kind: str) -> None:
    folder = tmp_path / "my-city"
    made = glasstown.new(folder, **{"list_" if kind == "list" else "score": True})
    assert sorted(str(path.relative_to(folder)) for path in folder.rglob("*.yaml")) == sorted(made.files)
    assert glasstown.check(folder).exit_code == 0
    assert glasstown.test(folder).exit_code == 0
    town = glasstown.run(folder, people=300, months=6, out=tmp_path / "lived")
    assert town.result.values["people"] == 300
    assert glasstown.life(tmp_path / "lived", 0, verify=True).exit_code == 0


def test_draft__is_told_wherever_its_text_is(tmp_path: Path) -> None:
    folder = tmp_path / "my-city"
    glasstown.new(folder)
    for answer in (glasstown.check(folder), glasstown.show(folder), glasstown.sources(folder)):
        assert DRAFT in str(answer.blocks())
    assert glasstown.sources(folder).as_json()["drafts"] == [str(folder)]
    assert glasstown.sources("suining-2010").as_json()["drafts"] == []


@pytest.mark.parametrize("there", ["a folder", "a file", "a link"])
def test_name_that_is_taken__is_refused_and_left(tmp_path: Path, there: str) -> None:
    path = tmp_path / "my-city"
    if there == "a folder":
        path.mkdir()
    elif there == "a file":
        path.write_text("mine")
    else:
        path.symlink_to(tmp_path / "elsewhere")
    before = sorted(tmp_path.iterdir())
    with pytest.raises(UsageError, match=there):
        glasstown.new(path)
    assert sorted(tmp_path.iterdir()) == before
    assert not path.is_dir() or not list(path.iterdir())


@pytest.mark.parametrize(
    ("name", "words"),
    [("My City", "Name it like my-city"), ("suining-2010", "a rulebook that ships"), ("市", "small letters")],
)
def test_name_that_is_no_id_of_ones_own__is_refused(tmp_path: Path, name: str, words: str) -> None:
    with pytest.raises(UsageError, match=words):
        glasstown.new(tmp_path / name)
    assert list(tmp_path.iterdir()) == []


def test_both_kinds_together__are_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="score= beside it"):
        glasstown.new(tmp_path / "my-city", list_=True, score=True)
