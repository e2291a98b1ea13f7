"""Towns with somebody at a desk: what an address says is what Python's desk has, whether the town was kept or is lived again."""

from __future__ import annotations

from dataclasses import replace

import pytest

import glasstown
from glasstown.answers.living import LivingTown
from glasstown.engine.kernel.cache import is_plain
from glasstown.errors import UsageError
from glasstown.explorer import seats
from glasstown.explorer.asked import View
from glasstown.explorer.decisions import Decision, decisions_text
from glasstown.explorer.seats import ON_A_DESK, Seats, reckoning, request_with_orders
from glasstown.explorer.session_file import read_session, session_text, taken_up

pytestmark = [pytest.mark.usefixtures("short_past"), pytest.mark.skipif(is_plain(), reason="lives towns")]
VIEW = View("rongcheng-2013", people=600, months=8, seed=7)


def quiet(done: int, of: int) -> None:
    """Hear how far it is."""


def town() -> LivingTown:
    made: LivingTown = glasstown.town("rongcheng-2013", people=600, months=8, seed=7)
    return made


def decided(months: range = range(2, 5)) -> tuple[Decision, ...]:
    """Return decisions about the second and third file that lie before the clerk in some months."""
    found: tuple[Decision, ...] = ()
    here = Seats()
    for month in months:
        cases = here.seat(VIEW, found, month, quiet).lying["clerk"].cases
        found += (
            Decision(month, "clerk", cases[1].number, "spare", "no-proof"),
            Decision(month, "clerk", cases[2].number, "record"),
        )
    here.close()
    return found


def test_a_seat__has_the_files_of_pythons_desk() -> None:
    here, seat = town().step(3), Seats().seat(VIEW, (), 3, quiet)
    for desk in ("clerk", "court"):
        assert seat.lying[desk].cases == here.desk(desk).cases(most=ON_A_DESK)
        assert seat.lying[desk].n == len(here.desk(desk).cases())
    assert seat.digest == here.digest


def test_a_town_that_is_kept__and_one_that_is_lived_again__have_the_same_files() -> None:
    kept, some = Seats(), decided()
    for month in range(2, 7):
        now = tuple(each for each in some if each.month <= month)
        assert kept.seat(VIEW, now, month, quiet).digest == Seats().seat(VIEW, now, month, quiet).digest
    one, other = (each.seat(VIEW, some, 6, quiet) for each in (kept, Seats()))
    assert (one.lying, one.tallies) == (other.lying, other.tallies)


def test_two_visitors__do_not_meet() -> None:
    here, some = Seats(), decided()
    mine = [here.seat(VIEW, some, month, quiet) for month in (5, 6)]
    theirs = [here.seat(VIEW, (), month, quiet) for month in (5, 6)]
    again = [here.seat(VIEW, some, month, quiet) for month in (6, 5)]
    assert mine == again[::-1]
    assert [each.digest for each in mine] != [each.digest for each in theirs]
    assert theirs[1].digest == town().step(6).digest


def test_going_back__lives_the_month_as_it_was() -> None:
    here = Seats()
    first = here.seat(VIEW, (), 3, quiet)
    here.seat(VIEW, (), 6, quiet)
    assert here.seat(VIEW, (), 3, quiet) == first


def test_what_is_left__is_counted() -> None:
    some = decided(range(2, 3))
    told = Seats().seat(VIEW, some, 3, quiet).tallies
    clerk = next(each for each in told if each.desk == "clerk")
    assert (clerk.month, clerk.decided) == (2, 2)
    assert clerk.files == len(town().step(2).desk("clerk").cases())


def test_towns__so_many_are_kept_and_those_beyond_are_lived_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(seats, "MOST_LIVING", 3)
    here = Seats()
    digests = [here.seat(replace(VIEW, seed=seed), (), 2, quiet).digest for seed in range(5)]
    assert len(here._kept) == 3
    assert [here.seat(replace(VIEW, seed=seed), (), 2, quiet).digest for seed in range(5)] == digests
    monkeypatch.setattr(seats, "MOST_PEOPLE", 1_200)
    here.seat(VIEW, (), 1, quiet)
    assert here._people() <= 1_200
    here.close()


def test_a_decision_about_no_file__is_refused_and_the_next_request_is_answered() -> None:
    here = Seats()
    with pytest.raises(UsageError, match="no such file"):
        here.seat(VIEW, (Decision(2, "clerk", 999, "spare"),), 3, quiet)
    with pytest.raises(UsageError, match="record, spare"):
        here.seat(VIEW, (Decision(2, "clerk", 1, "ask-means"),), 3, quiet)
    assert here.seat(VIEW, (), 3, quiet).digest == town().step(3).digest


def test_orders__are_those_of_python_and_live_to_its_digest() -> None:
    some, here = decided(), town()
    for month in range(2, 5):
        here.step(month - here.month)
        files = {case.number: case for case in here.desk("clerk").cases()}
        for each in (one for one in some if one.month == month):
            here.decide(files[each.number], each.do, because=each.because)
    here.step(8 - here.month)
    request = request_with_orders(replace(VIEW, orders=decisions_text(some)))
    assert request.orders == tuple(each.order for each in here._living.orders)
    came = reckoning(replace(VIEW, orders=decisions_text(some)), 8, quiet)
    found = came.found
    assert came.kind == "person"
    assert found.digests == (here.digest, town().step(8).digest)
    assert [each.fate for each in found.decided] == [each.fate for each in here.reckon().reckoned.decided]


def test_a_session_file__is_the_same_session_when_it_is_taken_up() -> None:
    some = decided()
    text = session_text(replace(VIEW, orders=decisions_text(some)))
    found = taken_up(text, quiet)
    assert (found.view, found.decisions, found.moot) == (VIEW, some, ())
    view, request = read_session(text)
    assert len(request.orders) == len(some)
    assert view == VIEW


def test_an_order_that_finds_nothing__is_told_and_left_out() -> None:
    text = session_text(replace(VIEW, orders=decisions_text(decided())))
    line = text.splitlines()[-1]
    moot = line.replace(line[line.index('"of"') : line.index(', "do"')], '"of": "e1"')
    first = line[line.index('"month"') : line.index(",", line.index('"month"'))]
    moot = moot.replace(first, '"month": 0')
    found = taken_up(text + moot + "\n", quiet)
    assert [each.of for each in found.moot] == ["e1"]
    assert found.decisions == decided()


@pytest.mark.parametrize("town_of", ["one-gate", "rights-stay", "cn-2019", "rongcheng-2013@a-to-960", "suining-2010"])
def test_a_session_file__says_its_town_whichever_ships(town_of: str) -> None:
    view = View(town_of, people=300, months=3, seed=2, settings=(("filing.lost", "0.2"),))
    assert read_session(session_text(view))[0] == view
