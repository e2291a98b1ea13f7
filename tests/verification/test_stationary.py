"""A town without a rulebook stands still; one that forgets nothing, or begins without anybody who owes by judgment, is found out."""

from __future__ import annotations

import numpy as np
import pytest

from verification import stationary
from verification.stationary import SHORT, Drift, Slope, drift_of, drifts


@pytest.fixture(scope="module")
def still() -> dict[str, Drift]:
    return {each.account: each for each in drifts(SHORT)}


def test_town_without_a_rulebook__stands_still(still: dict[str, Drift]) -> None:
    assert [each.account for each in still.values() if each.moves] == []
    for account in ("person: acts c1", "person: income, yuan", "person: work, employed"):
        assert still[account].soon.luck < 0.03


@pytest.mark.parametrize(
    ("settings", "accounts"),
    [
        ({"adaptation_half_life": "0"}, ("person: acts c0", "person: acts c1")),
        ({"start.lived_months": "0"}, ("person: enforcement, from wages",)),
        ({"firm.taken_over_per_month": "0"}, ("firm: firms, gone",)),
    ],
    ids=["forgetting switched off", "judgments from nothing", "firms that go under for good"],
)
def test_planted_drift__is_found(settings: dict[str, str], accounts: tuple[str, ...]) -> None:
    moving = {each.account for each in drifts(SHORT, settings) if each.moves}
    assert set(accounts) <= moving


def test_drift__is_told_apart_from_luck() -> None:
    rng = np.random.default_rng(3)
    months = np.arange(132)
    noise = [rng.normal(0, 3, 132) for _ in range(8)]
    falls = drift_of("falls", [1000 - 4 * months + each for each in noise])
    stands = drift_of("stands", [1000 + each for each in noise])
    rare = drift_of("rare", [rng.poisson(0.05, 132).astype(float) for _ in range(8)])
    assert falls is not None
    assert stands is not None
    assert rare is not None
    assert falls.whole.moves(150)
    assert abs(falls.whole.drift + 48 / 713) < 0.002
    assert (stands.whole.moves(1), stands.is_told, stands.verdict) == (False, True, "stands")
    assert (rare.whole.moves(150), rare.is_told) == (False, False)
    assert "too rare to tell" in rare.verdict
    assert drift_of("never booked", [np.zeros(48), np.zeros(48)]) is None


def test_what_comes_to_rest_late__is_found_in_the_first_years() -> None:
    """Over ten years it moves less than 2 % a year; over the three after month 12 it moves more."""
    months = np.arange(132)
    rng = np.random.default_rng(4)
    found = drift_of("rests", [1000 - 150 * np.exp(-months / 24) + rng.normal(0, 1, 132) for _ in range(8)])
    assert found is not None
    assert found.soon.moves(150)
    assert not found.whole.moves(1)


def test_command__ends_with_1_where_an_account_moves(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["stationary.py", "--short"])
    for drift, code in ((0.001, 0), (0.05, 1)):
        slope = Slope(drift, 0.0001, 8)
        monkeypatch.setattr(
            stationary,
            "drifts",
            lambda size, slope=slope: [Drift("person: acts c0", 10.0, slope, slope, slope.moves(2))],
        )
        assert stationary.main() == code
        assert ("MOVES" in capsys.readouterr().out) == bool(code)
