"""The papers: what each shows is what its rule says and what the life has; what it leaves out stands beside it."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from starlette.testclient import TestClient

import glasstown
from glasstown.explorer.offered import books
from glasstown.explorer.papers import (
    FRIDAY,
    certificate_of,
    certificates_in,
    friday_after,
    notice_of,
    telling_of,
    village_of,
    villages_of,
)

RONGCHENG = "town=rongcheng-2013&people=600&months=12"
COURTS = "town=cn-court-list-2017&people=1200&months=24&seed=3"


@pytest.fixture(scope="module")
def rongcheng(short_past: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a run under points with a certificate."""
    folder = tmp_path_factory.mktemp("papers") / "rongcheng"
    glasstown.run("rongcheng-2013", people=600, months=12, seed=1, out=folder)
    return folder


@pytest.fixture(scope="module")
def courts(short_past: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a run under the courts' list."""
    folder = tmp_path_factory.mktemp("papers") / "courts"
    glasstown.run("cn-court-list-2017", people=1200, months=24, seed=3, out=folder)
    return folder


def test_certificates__are_those_that_a_rule_on_record_prints() -> None:
    assert [name for name, book in books().items() if certificates_in(book)] == ["rongcheng-2013", "xihuotangzhai-2015"]


def test_certificate__has_points_and_grade_of_the_run(rongcheng: Path) -> None:
    rows = glasstown.query(
        rongcheng, "select id, score, grade from final where score < 1000 order by id limit 4"
    ).columns()
    assert rows["id"]
    for number, score, grade in zip(rows["id"], rows["score"], rows["grade"], strict=True):
        paper = certificate_of(glasstown.life(rongcheng, number).result, date(2013, 12, 1))
        assert paper is not None
        assert (Decimal(paper.under.score), paper.under.grade) == (score, grade)
        assert paper.records >= 1
        assert paper.lost - paper.won >= Decimal(1000) - Decimal(score)  # what was given back is no record


def test_notice__was_sent_where_the_ledger_says_so_and_that_long_before(courts: Path) -> None:
    telling = telling_of(courts)
    assert (telling.months, telling.days) == (Decimal(1), 30)
    listed = glasstown.query(courts, "select id from final where lists like '%spc_dishonest%' order by id").columns()[
        "id"
    ]
    letters = {number: notice_of(glasstown.life(courts, number).result, telling) for number in listed}
    assert letters
    for letter in letters.values():
        assert letter is not None
        assert letter.was_sent is (letter.listing.noticed is True)
        assert (letter.dated is not None) is letter.was_sent
        if letter.dated is not None:
            assert letter.listing.recorded - letter.dated == timedelta(days=telling.days)
        assert letter.listing.recorded <= letter.listing.day


def test_notice__where_nobody_is_told_none_is_sent(short_past: None, tmp_path: Path) -> None:
    glasstown.run("rights-none", people=1200, months=24, seed=3, out=tmp_path / "run")
    listed = glasstown.query(tmp_path / "run", "select id from final where lists like '%spc_dishonest%'").columns()[
        "id"
    ]
    telling = telling_of(tmp_path / "run")
    assert telling.days == 0
    found = [notice_of(glasstown.life(tmp_path / "run", number).result, telling) for number in listed]
    assert found
    assert [letter.was_sent for letter in found if letter is not None] == [False] * len(found)


def test_friday__reads_out_everybody_who_lost_points_once(rongcheng: Path) -> None:
    village = village_of(rongcheng, villages_of(rongcheng)[0])
    assert village.called
    read_out = [each for day in village.fridays() for each in village.read_out(day)]
    assert sorted(read_out, key=lambda each: (each.day, each.number)) == [
        each for each in village.called if friday_after(each.day) <= village.last
    ]
    assert {day.weekday() for day in village.fridays()} == {FRIDAY}
    assert all(each.points < 0 for each in village.called)


@pytest.mark.parametrize("day", [date(2026, 11, 23) + timedelta(days=n) for n in range(7)])
def test_friday_after__is_within_the_week(day: date) -> None:
    found = friday_after(day)
    assert found.weekday() == FRIDAY
    assert day <= found < day + timedelta(days=7)


@pytest.mark.parametrize(
    "address", [f"/papers/certificate/10?{RONGCHENG}", f"/papers/notice/10?{COURTS}", f"/papers/friday?{RONGCHENG}"]
)
def test_paper__says_that_it_is_invented_and_whose_rule_it_is(opened: Callable[[str], str], address: str) -> None:
    text = opened(address)
    sheet = re.search(r'<article class="paper sheet".*?</article>', text, re.DOTALL)
    assert sheet is not None
    assert "nobody here exists" in sheet[0]
    assert "papers.css" in text


def test_papers__odd_addresses_are_told(opened: Callable[[str], str], client: TestClient) -> None:
    opened(f"/papers/friday?{RONGCHENG}")
    for odd in ("village=99999", "village=-1", "friday=2013-01-01", "friday=%00", "village=1&village=2"):
        assert client.get(f"/papers/friday?{RONGCHENG}&{odd}").status_code == 400, odd
    for number in ("-1", "99999", "x", "1.5"):
        assert client.get(f"/papers/certificate/{number}?{RONGCHENG}").status_code == 400
