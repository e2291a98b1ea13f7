"""The comparisons with figures from outside: they hold in small towns, and each has been seen to find a planted fault."""

from __future__ import annotations

import subprocess
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest

from glasstown.engine.kernel import entries
from glasstown.engine.kernel import ledger_words as words
from glasstown.engine.kernel.cache import as_python
from verification import elsewhere, flows, given, grades, informing, jobs, lending, refusals, targets
from verification.table import Check, is_fault


def faults(checks: list[Check]) -> list[str]:
    return [check.figure for check in checks if is_fault(check)]


def changed(folder: Path, rulebook: str, old: str, new: str) -> str:
    """Return the path of a rulebook of the verification with one line changed."""
    text = (Path(rulebook) / "rules.yaml").read_text(encoding="utf-8")
    assert text.count(old) == 1
    other = folder / Path(rulebook).name
    other.mkdir()
    (other / "rules.yaml").write_text(text.replace(old, new), encoding="utf-8")
    (other / "sources.yaml").write_bytes((Path(rulebook) / "sources.yaml").read_bytes())
    return str(other)


@pytest.mark.long
def test_jobs__are_lived_as_the_chain_says() -> None:
    assert faults(list(jobs.checks(12_000))) == []


def test_jobs__find_a_flag_that_nobody_has(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "RULEBOOK", jobs.RULEBOOK.replace("flagged", "listing"))
    assert any("chance of a job 0.5 lower" in figure for figure in faults(list(jobs.checks(12_001))))


def test_gap_of_a_flag__is_that_of_the_society_model() -> None:
    assert 100 * jobs.gap(0.0082, 0.15, 0.5) == pytest.approx(3.03, abs=0.01)
    assert 100 * jobs.gap(0.0082, 0.15, 0.4) == pytest.approx(2.26, abs=0.01)


def test_reports__are_accepted_as_the_closed_form_says() -> None:
    checks = list(informing.checks(9_000))
    assert faults(checks) == []
    assert any(check.kind == "context" and not check.agrees for check in checks)


def test_reports__find_offices_that_believe_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(informing.STILL, "inform.believed_false", Decimal("0.1"))
    assert any("accepted reports that are false" in figure for figure in faults(list(informing.checks(9_000))))


@pytest.mark.long
def test_refusals__find_attempts_that_are_not_made(monkeypatch: pytest.MonkeyPatch) -> None:
    assert faults(list(refusals.checks(15_000))) == []
    monkeypatch.setitem(refusals.MORE, "gate.attempts_air", Decimal(2))
    assert any("refusals by air for each person-year" in figure for figure in faults(list(refusals.checks(15_000))))


def test_implied__goes_together_under_one_hazard_and_not_under_another(monkeypatch: pytest.MonkeyPatch) -> None:
    assert all(abs(row.implied / row.published - 1) < 0.02 for row in flows.implied()[:4])
    monkeypatch.setattr(flows, "HAZARD", 0.02)
    assert not any(abs(row.implied / row.published - 1) < 0.005 for row in flows.implied()[:4])


def test_implied_hazard__is_the_one_that_was_replayed() -> None:
    after = flows.replay(8.0, [0.2] * 12, 0.025)[-1]
    assert flows.implied_hazard(8.0, 2.4, 8.0 + 2.4 - after) == pytest.approx(0.025)


def test_gini__of_equal_and_of_one_who_has_all() -> None:
    assert targets.gini(np.full(50, 3.0)) == pytest.approx(0)
    assert targets.gini(np.eye(1, 100)[0]) == pytest.approx(0.99)


def test_grades__agree_with_themselves_and_with_no_other() -> None:
    published = grades.PUBLISHED[0]
    shares = {grade: 100 * n / published.of for grade, n in published.counts.items()}
    assert grades.Compared(published, shares, dict(shares), 100).largest == 0
    other = {**shares, "green": shares["green"] / 2, "blue": shares["blue"] + shares["green"] / 2}
    assert grades.Compared(published, shares, other, 100).largest > 1


def test_grades__would_miss_in_a_town_without_grades_and_with_five_times() -> None:
    for published in grades.PUBLISHED:
        shares = {grade: 100 * n / published.of for grade, n in published.counts.items()}
        assert grades.Compared(published, shares, dict(shares), 100).survivors == ()
    few = grades.Published("few", "wuhan-env-2017", {"black": 5}, 909, "press", "")
    share = {"black": 100 * 5 / 909}
    assert grades.Compared(few, share, dict(share), 100).survivors == ("nothing",)


def test_loans_until_shut_out__are_those_worked_out_by_hand() -> None:
    found = lending.loans_until_shut_out()
    assert {step: round(n, 2) for step, n in found.items()} == lending.HAND
    for chance, share in lending.BACK.items():
        assert lending.shut_out_in_the_long_run(float(chance)) == pytest.approx(share, abs=5e-5)


def test_lending__is_lived_as_the_chain_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lending, "BACK", {"0.2": 0.1170})
    assert faults(list(lending.checks(60))) == []


def test_lending__finds_a_way_back_to_another_step(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(lending, "BACK", {"0.2": 0.1170})
    other = changed(tmp_path, lending.RULEBOOK, "base: {value: 3,", "base: {value: 4,")
    monkeypatch.setattr(lending, "RULEBOOK", other)
    found = faults(list(lending.checks(60)))
    assert any("interpreter and world differ" in figure for figure in found)
    assert any("engine" in figure for figure in found)


def test_words_of_a_given_record__say_who_and_as_what() -> None:
    keys, pays = given._words(np.array([7]), np.array([2]), 40, 33)
    read = {reader: as_python(reader)(int(keys[0])) for reader in (words.day_of, words.clause_of, words.event_of)}
    assert read == {words.day_of: 40, words.clause_of: 2, words.event_of: 33}
    assert (as_python(words.phase_of)(int(keys[0])), as_python(words.kind_of)(int(keys[0]))) == (
        entries.PHASE_RECORDS,
        entries.RECORD,
    )
    paid = [as_python(reader)(int(pays[0])) for reader in (words.person_of, words.first_day_of, words.step_of_pay)]
    assert paid == [7, 40, 2]


def test_three_rules__find_one_score_that_differs(monkeypatch: pytest.MonkeyPatch) -> None:
    theirs = elsewhere.in_engine(elsewhere.drawn(300))
    monkeypatch.setattr(elsewhere, "in_openfisca", lambda _counts: theirs)
    assert faults(list(elsewhere.checks(300))) == []
    theirs["score"][5, 17] += 1
    assert [figure for figure in faults(list(elsewhere.checks(300))) if "score that differs" in figure]


def test_three_rules__find_other_points_in_the_interpreter(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    counts = elsewhere.drawn(300)
    engine = elsewhere.in_engine(counts)
    monkeypatch.setattr(elsewhere, "RULEBOOK", changed(tmp_path, elsewhere.RULEBOOK, "points: -50", "points: -45"))
    assert elsewhere.differences(counts, engine) > 0


def test_three_rules__say_that_they_were_not_run(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_network(_counts: object) -> elsewhere.Told:
        raise subprocess.CalledProcessError(1, ["python", "-m", "pip"])

    monkeypatch.setattr(elsewhere, "in_openfisca", no_network)
    checks = list(elsewhere.checks(300))
    assert (checks[0].was_run, checks[0].agrees, is_fault(checks[0])) == (False, False, False)
    assert "could not be installed" in checks[0].ours
