"""What lies on a desk: the same in towns that differ only in what is true, and nothing beside what its desk would know."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import glasstown
from glasstown.answers.living import LivingTown
from glasstown.desks.docket import OPTIONS, SEEN, Case, order_for
from glasstown.engine.kernel.cache import is_plain
from glasstown.errors import UsageError
from glasstown.storage.folder import RunFolder
from glasstown.types import WRONG

pytestmark = [pytest.mark.usefixtures("short_past"), pytest.mark.skipif(is_plain(), reason="lives towns")]
TOWN: dict[str, Any] = {"people": 900, "firms": 0, "months": 12, "seed": 7, "threads": 1}
WHO = {"name", "age", "sex", "lives", "size"}
"""what a register tells of somebody"""
STANDING = {"points", "grade", "lists"}


def town(book: str = "rongcheng-2013", **further: Any) -> LivingTown:
    made: LivingTown = glasstown.town(book, **{**TOWN, **further})
    return made


@pytest.fixture(scope="module")
def at_clerk() -> Iterator[LivingTown]:
    made = town()
    yield made.step(3)
    made.close()


def docket(of: LivingTown, desk: str) -> bytes:
    return json.dumps(of.desk(desk).as_json(), sort_keys=True).encode()


def some_court(**further: Any) -> LivingTown:
    """Return a town without lives, in which whether somebody could pay is drawn once, at the eve of a month with files."""
    settings = {"living.lived": "0", **further.pop("set", {})}
    return town("cn-court-list-2017", people=12_000, set=settings, **further)


def test_dockets__are_the_same_byte_for_byte_in_towns_that_differ_only_in_what_is_true() -> None:
    true, untrue = some_court(set={"ability.share_unable": "0"}), some_court(set={"ability.share_unable": "0.6"})
    for desk in ("court", "clerk"):
        assert docket(true, desk) == docket(untrue, desk)
    assert len(true.desk("court").cases()) > 0
    assert any("ask-means" in case.options for case in true.desk("court").cases())
    kept = [case for case in true.desk("court").cases() if "ask-means" in case.options]
    for each in (true, untrue):
        for case in each.desk("court").cases():
            each.decide(case, "ask-means" if "ask-means" in case.options else "spare")
        each.step()
    assert true.digest != untrue.digest  # the courts found what no file had said
    assert len(kept) > 0


@pytest.mark.parametrize(
    "unlike", [{"filing.lost": "0.086"}, {"ability.unable_spared": "0.6"}, {"filing.duplicate": "0.05"}]
)
def test_dockets__are_the_same_whatever_becomes_of_a_file(unlike: dict[str, str]) -> None:
    one, other = town(), town(set=unlike)
    for desk in ("court", "clerk"):
        assert docket(one, desk) == docket(other, desk)
    assert len(one.desk("clerk").cases()) > 0


def keys_in(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, each in value.items():
            yield key
            yield from keys_in(each)
    elif isinstance(value, list):
        for each in value:
            yield from keys_in(each)


def test_files__carry_no_key_beside_those_that_a_desk_knows(at_clerk: LivingTown) -> None:
    for desk in ("clerk", "court"):
        for each in at_clerk.desk(desk).as_json()["files"]:
            assert set(each) == set(SEEN)
            assert set(keys_in(each)) <= {*SEEN, *WHO, *STANDING, *OPTIONS}


def test_no_file__has_a_word_of_what_is_true(at_clerk: LivingTown) -> None:
    said = (
        docket(at_clerk, "clerk").decode() + str(at_clerk.desk("clerk").cases()) + str(at_clerk.desk("clerk").blocks())
    )
    said += str(dict(at_clerk.desk("clerk").columns()))
    for word in (*WRONG, "truth", "_of", "origin"):
        assert f"'{word}'" not in said
        assert f'"{word}"' not in said
    for case in at_clerk.desk("clerk").cases():
        assert order_for(case, "record").of not in said.split()


def test_numbers_of_files__follow_from_what_is_seen_of_them(at_clerk: LivingTown) -> None:
    cases = at_clerk.desk("clerk").cases()
    assert [case.number for case in cases] == list(range(1, len(cases) + 1))
    assert [int(case.about.split("/")[1]) for case in cases] == sorted(int(case.about.split("/")[1]) for case in cases)
    assert at_clerk.month == 3
    assert {case.month for case in cases} == {3}


def test_some_files__are_the_same_some_and_stand_in_order(at_clerk: LivingTown) -> None:
    seat = at_clerk.desk("clerk")
    few = seat.cases(most=3)
    assert few == at_clerk.desk("clerk").cases(most=3)
    assert len(few) == 3
    numbers = [case.number for case in few]
    assert numbers == sorted(numbers)
    assert set(numbers) < {case.number for case in seat.cases(most=4)}
    assert few != seat.cases()[:3]
    assert seat.cases(most=10_000) == seat.cases()


def test_whom_a_file_is_about__is_whoever_lives_there_then(tmp_path: Path) -> None:
    mine = town(months=30, set={"people.moves": "2"}).step(29)
    cases = mine.desk("clerk").cases()
    mine.step().write(tmp_path / "run")
    rows = {row["id"]: row for row in RunFolder.open(tmp_path / "run").read("final").to_pylist()}
    who = {int(case.about.split("/")[1]): case.who for case in cases}
    assert {n: (each.age, each.sex, each.since) for n, each in who.items()} == {
        n: (rows[n]["age"], rows[n]["sex"], rows[n]["since"]) for n in who
    }
    assert len({each.since for each in who.values()}) > 1


def test_looking__leaves_no_trace(at_clerk: LivingTown) -> None:
    untouched = town().step(5)
    looked = town()
    for _ in range(5):
        looked.desk("clerk")
        looked.step()
    assert looked.digest == untouched.digest


def test_what_a_desk_decides__is_done_with_its_file_and_no_other(at_clerk: LivingTown) -> None:
    mine = town().step(3)
    cases = mine.desk("clerk").cases()
    for case in cases[::2]:
        mine.decide(case, "spare", because="no-proof")
    assert [do for _, do in sorted(mine.desk("clerk").decided.items())] == ["spare"] * len(cases[::2])
    assert mine.desk("clerk").cases() == cases  # what is decided of one file moves no other
    mine.step()
    assert mine.as_json()["orders"] == len(cases[::2])
    assert mine.as_json()["moot"] == []


def test_a_file__is_decided_once_and_can_be_taken_back(at_clerk: LivingTown) -> None:
    mine, without = town().step(3), town().step(4)
    case = mine.desk("clerk").cases()[0]
    mine.decide(case, "record")
    with pytest.raises(UsageError, match="a second order about this act"):
        mine.decide(case, "spare")
    mine.withdraw(case)
    with pytest.raises(UsageError, match="nothing decided"):
        mine.withdraw(case)
    mine.step()
    assert mine.digest == without.digest
    with pytest.raises(UsageError, match="over"):
        mine.withdraw(case)


def test_what_cannot_be_decided__is_refused_with_what_can(at_clerk: LivingTown) -> None:
    case = at_clerk.desk("clerk").cases()[0]
    with pytest.raises(UsageError, match="one of record, spare"):
        at_clerk.decide(case, "ask-means")
    with pytest.raises(UsageError, match="court or clerk"):
        at_clerk.desk("mayor")
    with pytest.raises(UsageError, match="a file that lies on the clerk's desk now"):
        town().decide(case, "spare")
    with pytest.raises(UsageError):
        at_clerk.decide(case, "spare", because="he is my neighbour")
    last = town(months=1).step()
    with pytest.raises(UsageError, match="lived all its months"):
        last.desk("clerk")


def test_a_docket__is_read_as_words_and_as_a_table(at_clerk: LivingTown) -> None:
    seat = at_clerk.desk("clerk")
    case: Case = seat.cases()[0]
    words = str(seat.blocks())
    assert case.who.name in words
    assert "It does not say" in words
    assert seat.table().num_rows == len(seat.cases())
    assert case.who.name.endswith("(synthetic)")
