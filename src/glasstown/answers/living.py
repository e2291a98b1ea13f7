"""A town in memory: what `glasstown.town` answers.  It steps month by month, is saved as a scenario, and written as a run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from glasstown.answers.base import Answer
from glasstown.answers.run import Town, command_line
from glasstown.errors import HOW_TO_REPORT, Fault, RunError, UsageError
from glasstown.incoming import path_of
from glasstown.python_words import told_in_python
from glasstown.render.blocks import Block, Paragraph
from glasstown.runs.arguments import Reference, whole
from glasstown.runs.living import Living
from glasstown.runs.memory import plan_in_memory
from glasstown.runs.scenario_file import scenario_target, scenario_text
from glasstown.types import SYNTHETIC_WORDS
from glasstown.wording import counted

if TYPE_CHECKING:
    import pyarrow

    from glasstown.runs.session import RunRequest


class LivingTown(Answer):
    """A synthetic town that is held in memory and lives as it is told to, the same as a run of as many months.

    month    how many months have been lived; the next one has this number
    months   how many it can live
    """

    population_words = SYNTHETIC_WORDS

    def __init__(self, request: RunRequest) -> None:
        """Make the town of a request, before its first month.  Errors   GlasstownError where the request is wrong."""
        self._request = request
        self._living = Living(plan_in_memory(request), threads=request.threads)

    @property
    def month(self) -> int:
        """Return how many months have been lived."""
        return self._living.month

    @property
    def months(self) -> int:
        """Return how many months the town can live."""
        return self._living.months

    @property
    def digest(self) -> str:
        """Return the digest of the months lived: that of a run of so many months."""
        return self._living.digest()

    @told_in_python
    def step(self, months: int = 1) -> LivingTown:
        """Live months and return the town.  Errors   UsageError, with nothing lived, beyond the last."""
        self._living.step(whole("months", months))
        return self

    @told_in_python
    def back(self, months: int = 1) -> LivingTown:
        """Put the town where it stood some months ago and return it; it is lived again up to there."""
        self._living.back(whole("months", months))
        return self

    @told_in_python
    def save(self, file: Reference) -> Path:
        """Write the request as a scenario that `run` takes, and return its path.

        Errors   UsageError for a file that is none of ours, and where the texts are those of an earlier run
        """
        target = scenario_target(path_of(file))
        target.write(scenario_text(self._request, target.path.parent).encode())
        return target.path

    @told_in_python
    def write(self, folder: Reference) -> Town:
        """Write the months lived as a run into a new folder, and return it as `run` does.

        Errors   UsageError before the first month; RunError where the folder is not free, and where the texts have changed
        """
        if not self.month:
            way_out = "Let it live with .step() first."
            raise UsageError("The town", [Fault("month", None, "0", "a month that was lived", way_out)])
        from glasstown.runs.session import run_town

        asked = replace(self._request, months=self.month, out=path_of(folder))
        result = run_town(replace(asked, command=command_line(asked)))
        if result.values["digest"] != self.digest:
            found, expected = f"a run with the digest {result.values['digest']}", f"that of the town, {self.digest}"
            way_out = f"Were its files changed meanwhile? If not: {HOW_TO_REPORT}"
            raise RunError("The town", [Fault(str(result.folder), None, found, expected, way_out)])
        return Town(result, result.folder)

    def close(self) -> None:
        """Let the memory go; a town that is asked again is lived again."""
        self._living.close()

    def as_json(self) -> dict[str, Any]:
        """Return where the town stands."""
        manifest = self._living.plan.manifest
        return {
            "population": SYNTHETIC_WORDS,
            "rulebooks": [each.reference for each in manifest.rulebooks],
            "people": manifest.people,
            "firms": manifest.firms,
            "seed": manifest.seed,
            "month": self.month,
            "months": self.months,
            "next": self._living.day.isoformat() if self.month < self.months else None,
            "digest": self.digest,
        }

    def __repr__(self) -> str:
        """Return where the town stands, for a prompt of Python."""
        return " ".join(self._sentences())

    def blocks(self) -> list[Block]:
        """Return where the town stands, in a sentence or two."""
        return [Paragraph(words) for words in self._sentences()]

    def _sentences(self) -> tuple[str, str]:
        said = self.as_json()
        who = counted(said["people"], "person", "people")
        who += f" and {counted(said['firms'], 'firm')}" if said["firms"] else ""
        lived = f"{counted(self.month, 'month')} of {self.months} lived" if self.month else "before its first month"
        then = f"; next is {said['next'][:7]}" if said["next"] else ""
        return (
            f"{', '.join(said['rulebooks'])}: {who}, seed {said['seed']}; {lived}{then}.",
            f"{SYNTHETIC_WORDS.capitalize()}. Digest {said['digest']}.",
        )

    def columns(self) -> Mapping[str, Sequence[Any]]:
        """Return the accounts of the last month that was lived, as the table `months` of a run has them; no rows before the first."""
        return self._living.accounts()

    def table(self) -> pyarrow.Table:
        """Return the accounts of the last month in Arrow, with their units."""
        from glasstown.storage.parts import table_of

        return table_of("months", self.columns(), scale=self._living.plan.scale)
