"""The worked cases beside rulebooks, and how they went: what `test` answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from glasstown.answers.base import Answer
from glasstown.errors import CaseError, Fault, Place, UsageError
from glasstown.personal import WHY_NOT
from glasstown.render.blocks import Block, Item, Paragraph
from glasstown.wording import counted, noun

if TYPE_CHECKING:
    import altair

    from glasstown.language.model import Rulebook


MOST_CASES = 200
"""Worked cases beside one rulebook.  The fullest that ships has 20; hundreds are no longer examples but somebody's records."""


@dataclass(frozen=True, slots=True)
class WorkedCase:
    """One case: the name of its file, and what differs or why it could not be told."""

    name: str
    differences: tuple[str, ...]

    @property
    def passed(self) -> bool:
        """Whether the rulebook answers as the case expects."""
        return not self.differences

    def as_json(self) -> dict[str, Any]:
        """Return name, outcome and differences."""
        return {"case": self.name, "passed": self.passed, "differences": list(self.differences)}


@dataclass(frozen=True, slots=True)
class Shelved:
    """One rulebook as asked for, and its worked cases in the order of their names."""

    reference: str
    cases: tuple[WorkedCase, ...]


@dataclass(frozen=True)
class Tested(Answer):
    """How the worked cases of some rulebooks went."""

    rulebooks: tuple[Shelved, ...]

    @property
    def n_cases(self) -> int:
        """Cases in all."""
        return sum(len(each.cases) for each in self.rulebooks)

    @property
    def n_failed(self) -> int:
        """Cases that failed."""
        return sum(not case.passed for each in self.rulebooks for case in each.cases)

    @property
    def exit_code(self) -> int:
        """1 where any case failed."""
        return 1 if self.n_failed else 0

    def as_json(self) -> dict[str, Any]:
        """Return every case of every rulebook."""
        return {
            "cases": self.n_cases,
            "failed": self.n_failed,
            "rulebooks": [
                {"rulebook": each.reference, "cases": [case.as_json() for case in each.cases]}
                for each in self.rulebooks
            ],
        }

    def columns(self) -> Mapping[str, Sequence[Any]]:
        """Return one row for each case."""
        rows = [(each.reference, case) for each in self.rulebooks for case in each.cases]
        return {
            "rulebook": [reference for reference, _ in rows],
            "case": [case.name for _, case in rows],
            "passed": [case.passed for _, case in rows],
            "differences": ["; ".join(case.differences) for _, case in rows],
        }

    def blocks(self) -> list[Block]:
        """Return one line for each rulebook, and what differs in the cases that failed."""
        shown: list[Block] = []
        for each in self.rulebooks:
            n_passed = sum(case.passed for case in each.cases)
            of_all = counted(len(each.cases), "case")
            words = (
                f"{n_passed} of {of_all} {noun(n_passed, 'passes', 'pass')}"
                if each.cases
                else "no worked cases beside it"
            )
            shown.append(Item(each.reference, words))
            shown += [Item(f"  {case.name}", "FAILS", case.differences) for case in each.cases if not case.passed]
        return [*shown, Paragraph(self._sum())]

    def _sum(self) -> str:
        if self.n_failed:
            return f"{self.n_failed} of {counted(self.n_cases, 'case')} {noun(self.n_failed, 'fails', 'fail')}."
        return "The one case passes." if self.n_cases == 1 else f"All {self.n_cases} cases pass."

    def chart(self) -> altair.TopLevelMixin:
        """Return the cases that passed and failed, by rulebook."""
        import altair as alt

        rows = [
            {"rulebook": each.reference, "outcome": "passes" if case.passed else "fails"}
            for each in self.rulebooks
            for case in each.cases
        ]
        chart: alt.Chart = (
            alt.Chart(alt.InlineData(values=rows), title="Worked cases")
            .mark_bar()
            .encode(x=alt.X("count()", title="cases"), y=alt.Y("rulebook:N", title=None), color="outcome:N")
        )
        return chart


def run_cases(references: Sequence[str]) -> Tested:
    """Run the worked cases beside these rulebooks; of a reference with a reading, those of that reading alone."""
    return Tested(tuple(Shelved(each, _cases(each)) for each in references))


def _cases(reference: str) -> tuple[WorkedCase, ...]:
    from glasstown.answers.case import acts_for
    from glasstown.cases.case import load_case, reference_of, run_case
    from glasstown.language.load import load_rulebook, locate

    rules, asked = locate(reference)
    acts = acts_for(reference)

    @cache
    def book(variant: str) -> Rulebook:
        return load_rulebook(f"{rules}@{variant}" if variant else str(rules))

    def told(path: Path) -> WorkedCase | None:
        try:
            variant = (reference_of(path) or "").partition("@")[2]
            if asked is not None and asked != variant:
                return None
            chosen = book(variant)
            return WorkedCase(path.stem, run_case(chosen, acts, load_case(path, chosen, acts)).differences)
        except CaseError as problem:
            return WorkedCase(path.stem, tuple(str(fault) for fault in problem.faults))

    book("")
    files = sorted((rules.parent / "cases").glob("*.yaml"))
    _check_number(rules.parent / "cases", len(files))
    found = [told(path) for path in files]
    return tuple(case for case in found if case is not None)


def _check_number(folder: Path, n_files: int) -> None:
    """Refuse more cases than a rulebook has examples, before any of them is read."""
    if n_files > MOST_CASES:
        way_out = f"{WHY_NOT}, so it tells no lives in bulk. Keep the cases that show what the rulebook does."
        fault = Fault("cases", Place(str(folder)), f"{n_files} case files", f"at most {MOST_CASES}", way_out)
        raise UsageError("the worked cases", [fault])
