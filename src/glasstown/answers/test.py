"""The worked cases beside rulebooks, and how they went: what `test` answers."""

from __future__ import annotations

import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from glasstown.answers.base import Answer
from glasstown.errors import CaseError, Fault, Place, RulebookError, RunWarning, UsageError
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
    is_told: bool = False
    """whether it expects nothing"""

    @property
    def passed(self) -> bool:
        """Whether the rulebook answers as the case expects."""
        return not self.differences

    def as_json(self) -> dict[str, Any]:
        """Return name, outcome and differences."""
        return {"case": self.name, "passed": self.passed, "differences": list(self.differences)}


@dataclass(frozen=True, slots=True)
class Shelved:
    """One rulebook as asked for, and its worked cases in the order of their names.

    told     names of cases that expect nothing: they can be told, and are no tests
    faults   what is wrong with the rulebook, where no case of it can be told
    """

    reference: str
    cases: tuple[WorkedCase, ...]
    told: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Return the rulebook with its cases, those that expect nothing, and its faults."""
        return {
            "rulebook": self.reference,
            "cases": [case.as_json() for case in self.cases],
            "told": list(self.told),
            "faults": list(self.faults),
        }

    def words(self) -> str:
        """Return how its cases went."""
        if self.faults:
            return "the rulebook has faults, so that no case of it can be told"
        n_passed = sum(case.passed for case in self.cases)
        which = noun(len(self.told), "which is told and tests", "which are told and test")
        told = f"; {len(self.told)} more without `expect`, {which} nothing" if self.told else ""
        if not self.cases:
            return f"no worked case that is a test{told}"
        return f"{n_passed} of {counted(len(self.cases), 'case')} {noun(n_passed, 'passes', 'pass')}{told}"


@dataclass(frozen=True)
class Tested(Answer):
    """How the worked cases of some rulebooks went."""

    rulebooks: tuple[Shelved, ...]
    named: bool = True
    """whether these rulebooks were asked for by name; of all that ship some have no cases"""

    @property
    def untested(self) -> tuple[str, ...]:
        """The rulebooks of which no case was tested, where they were asked for by name, or where there is no other."""
        without = tuple(each.reference for each in self.rulebooks if not each.cases)
        return without if self.named or len(without) == len(self.rulebooks) else ()

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
        """1 where any case failed, and where nothing of a rulebook was tested that was asked for by name."""
        return 1 if self.n_failed or self.untested else 0

    def as_json(self) -> dict[str, Any]:
        """Return every case of every rulebook."""
        return {
            "cases": self.n_cases,
            "failed": self.n_failed,
            "untested": list(self.untested),
            "rulebooks": [each.as_json() for each in self.rulebooks],
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
            shown.append(Item(each.reference, each.words(), each.faults))
            shown += [Item(f"  {case.name}", "FAILS", case.differences) for case in each.cases if not case.passed]
        return [*shown, Paragraph(self._summed())]

    def _summed(self) -> str:
        if self.n_failed:
            said = f"{self.n_failed} of {counted(self.n_cases, 'case')} {noun(self.n_failed, 'fails', 'fail')}."
        elif self.n_cases == 1:
            said = "The one case passes."
        else:
            said = f"All {self.n_cases} cases pass." if self.n_cases else "Nothing was tested."
        return said + (f" Not tested: {', '.join(self.untested)}." if self.untested and self.n_cases else "")

    def chart(self) -> altair.TopLevelMixin:
        """Return the cases that passed and failed, by rulebook."""
        import altair as alt

        from glasstown.render import charts, style

        rows = [
            {"rulebook": each.reference, "outcome": "passes" if case.passed else "fails"}
            for each in self.rulebooks
            for case in each.cases
        ]
        there = [each for each in style.OUTCOMES if any(row["outcome"] == each for row in rows)]
        scale = alt.Scale(domain=there, range=[style.OUTCOMES[each] for each in there])
        colour = alt.Color("outcome:N", title=None, scale=scale, legend=alt.Legend(orient="top"))
        chart: alt.Chart = (
            alt.Chart(alt.InlineData(values=rows), title="Worked cases")
            .mark_bar()
            .encode(x=alt.X("count()", title="cases"), y=alt.Y("rulebook:N", title=None), color=colour)
        )
        finished: altair.Chart = charts.finish(chart)
        return finished


def run_cases(references: Sequence[str]) -> Tested:
    """Run the worked cases beside these rulebooks, of a reference with a reading those of that reading alone.

    Without a reference those of all that ship.  A faulty rulebook is told among the others.
    """
    from glasstown.language.load import every_shipped

    return Tested(tuple(_shelved(each) for each in references or every_shipped()), named=bool(references))


def _shelved(reference: str) -> Shelved:
    try:
        found = _cases(reference)
    except RulebookError as problem:
        return Shelved(reference, (), faults=tuple(str(fault) for fault in problem.faults))
    told = tuple(case.name for case in found if case.is_told)
    return Shelved(reference, tuple(case for case in found if not case.is_told), told)


def _cases(reference: str) -> tuple[WorkedCase, ...]:
    from glasstown.answers.case import acts_for
    from glasstown.cases.beside import case_files, name_of, not_read
    from glasstown.cases.case import load_case, reference_of, run_case
    from glasstown.language.files import shown_path
    from glasstown.language.load import load_rulebook, locate
    from glasstown.language.texts import with_reading

    rules, asked = locate(reference)
    acts = acts_for(reference)

    @cache
    def book(variant: str) -> Rulebook:
        return load_rulebook(f"{rules}@{variant}" if variant else str(rules))

    def told(path: Path) -> WorkedCase | None:
        name = name_of(rules.parent, path)
        try:
            variant = with_reading(reference_of(path) or "")[1] or ""
            if asked is not None and asked != variant:
                return None
            chosen = book(variant)
            case = load_case(path, chosen, acts)
            return WorkedCase(name, run_case(chosen, acts, case).differences, is_told=case.expect is None)
        except CaseError as problem:
            return WorkedCase(name, tuple(str(fault) for fault in problem.faults))

    book("")
    files = case_files(rules.parent)
    if words := not_read(rules.parent):
        warnings.warn(f"{shown_path(rules.parent)}: {words}", RunWarning, stacklevel=3)
    _check_number(rules.parent / "cases", len(files))
    found = [told(path) for path in files]
    return tuple(case for case in found if case is not None)


def _check_number(folder: Path, n_files: int) -> None:
    """Refuse more cases than a rulebook has examples, before any of them is read."""
    if n_files > MOST_CASES:
        way_out = f"{WHY_NOT}, so it tells no lives in bulk. Keep the cases that show what the rulebook does."
        fault = Fault("cases", Place(str(folder)), f"{n_files} case files", f"at most {MOST_CASES}", way_out)
        raise UsageError("the worked cases", [fault])
