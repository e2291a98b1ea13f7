"""Which measures of a rulebook are burdens, and which of them a grade or a list brings."""

from __future__ import annotations

from typing import Final

from glasstown.compiler.tables import CompiledRules
from glasstown.language.model import Measure
from glasstown.rows import in_python

WEAK: Final = ("reference", "voluntary", "manage")
"""forces of a measure that close nothing"""


def is_burden(measure: Measure) -> bool:
    """Return whether a measure restricts somebody, and is more than a reference."""
    return measure.kind == "restrict" and measure.force not in WEAK


def burdens_of(rules: CompiledRules, grade: int) -> set[int]:
    """Return the measures that restrict those in a grade, as places."""
    return {place for place, bits in _burdens(rules, "grades") if grade >= 0 and (bits >> grade) & 1}


def is_bad(rules: CompiledRules, grade: int) -> bool:
    """Return whether a grade is one that somebody is the worse for: it has a burden, or one better than it has."""
    return any(burdens_of(rules, better) for better in range(grade + 1))


def burdens_on(rules: CompiledRules, rule: int) -> set[int]:
    """Return the measures that restrict those on a list, as places."""
    return {place for place, bits in _burdens(rules, "lists") if (bits >> rule) & 1}


def _burdens(rules: CompiledRules, by: str) -> list[tuple[int, int]]:
    """Return the place of each burden, with the grades or the lists that bring it, as bits."""
    rows = zip(in_python(rules.measures), rules.rulebook.measures, strict=True)
    return [(place, int(getattr(row, by))) for place, (row, measure) in enumerate(rows) if is_burden(measure)]
