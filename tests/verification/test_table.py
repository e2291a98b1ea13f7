"""The table of the verification: what is a fault, and how a line reads."""

from __future__ import annotations

from verification.table import Check, as_text, binomial, is_fault, same, within


def test_code_identity_that_misses__is_a_fault() -> None:
    assert is_fault(same("stock", "conservation", 0, 1))
    assert not is_fault(same("stock", "conservation", 1, 1))


def test_fitted_or_independent_miss__is_none() -> None:
    for kind in ("fitted", "independent"):
        check = Check("rate", "press", "1", "2", False, kind)
        assert not is_fault(check)
        assert "| misses |" in as_text([check])


def test_binomial__narrows_with_trials() -> None:
    assert binomial("lost", "file", 0.5, 60, 100).agrees
    assert not binomial("lost", "file", 0.5, 6_000, 10_000).agrees


def test_within__writes_the_unit_behind_both_numbers() -> None:
    check = within("delay", "file", 30.0, 31.0, 0.5, "code identity", "days", 1)
    assert (check.expected, check.ours, check.agrees) == ("30.0 ± 0.5 days", "31.0 days", False)


def test_table__says_that_its_people_are_synthetic() -> None:
    assert as_text([]).endswith("0 checks of a synthetic population, 0 faults.")
