"""The table of the verification: what is a fault, and how a line reads."""

from __future__ import annotations

import pytest

from verification.table import (
    Check,
    as_mutants,
    as_text,
    between,
    binomial,
    is_blind,
    is_fault,
    same,
    verdict_of,
    within,
)


def test_code_identity_that_misses__is_a_fault() -> None:
    assert is_fault(same("stock", "conservation", 0, 1))
    assert not is_fault(same("stock", "conservation", 1, 1))


def test_miss_of_another_kind__is_none() -> None:
    for kind in ("fitted", "hold-out", "context", "property"):
        check = Check("rate", "press", "1", "2", False, kind, survivors=())
        assert not is_fault(check)
        assert "| misses |" in as_text([check])


def test_check_against_a_figure_from_outside__says_what_it_makes_of_false_outputs() -> None:
    with pytest.raises(ValueError, match="what it makes of nothing and of five times"):
        Check("rate", "press", "1", "2", False, "hold-out")


@pytest.mark.parametrize(
    ("expected", "ours", "allowed", "survivors"),
    [
        (0.55, 0.5, 0.2, ()),
        (0.55, 0.0, 0.77, ("nothing",)),
        (0.55, 0.5, 2.3, ("nothing", "five times")),
        (1.0, 0.3, 0.8, ("five times",)),
    ],
)
def test_check_that_cannot_fail__is_a_fault_though_it_agrees(
    expected: float, ours: float, allowed: float, survivors: tuple[str, ...]
) -> None:
    """The second is Xiangyang of 0.1: it agreed in a town in which no firm is ever black."""
    check = within("black firms", "press", expected, ours, allowed, "context")
    assert check.survivors == survivors
    assert is_blind(check) is is_fault(check) is bool(survivors)
    assert verdict_of(check) == ("FAULT" if survivors else "agrees")
    told = as_mutants([check])
    assert ("AGREES" in told) is bool(survivors)
    assert told.endswith(f"1 checks against figures from outside, {int(bool(survivors))} that cannot fail.")


def test_range_that_begins_at_nothing__cannot_fail() -> None:
    assert between("refusals", "press", 0.0, 4.0, 2.0, "hold-out").survivors == ("nothing",)
    assert between("refusals", "press", 1.0, 4.0, 2.0, "hold-out").survivors == ()


def test_equation_or_identity__is_not_tried_with_false_outputs() -> None:
    assert not is_blind(within("rate", "the equation", 0.0, 0.1, 5.0, "code identity"))
    assert not is_blind(within("rate", "a study", 0.0, 0.1, 5.0, "property"))


def test_binomial__narrows_with_trials() -> None:
    assert binomial("lost", "file", 0.5, 60, 100).agrees
    assert not binomial("lost", "file", 0.5, 6_000, 10_000).agrees


def test_within__writes_the_unit_behind_both_numbers() -> None:
    check = within("delay", "file", 30.0, 31.0, 0.5, "code identity", "days", 1)
    assert (check.expected, check.ours, check.agrees) == ("30.0 ± 0.5 days", "31.0 days", False)


def test_table__says_that_its_people_are_synthetic() -> None:
    assert as_text([]).endswith("0 checks of a synthetic population, 0 faults.")
