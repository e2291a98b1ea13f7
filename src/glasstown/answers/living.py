"""A town in memory: what `glasstown.town` answers.  It steps month by month, is saved as a scenario, and written as a run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from glasstown.answers.base import Answer
from glasstown.answers.desk import AtDesk
from glasstown.answers.reckoning import Reckoning
from glasstown.answers.run import Town, command_line
from glasstown.desks.docket import DESKS, Case, dockets, order_for
from glasstown.desks.reckoning import reckoned
from glasstown.errors import HOW_TO_REPORT, Fault, RunError, UsageError, did_you_mean
from glasstown.incoming import path_of
from glasstown.language.orders import Desk, order_of
from glasstown.python_words import told_in_python
from glasstown.render.blocks import Block, Paragraph
from glasstown.runs.arguments import Reference, whole
from glasstown.runs.living import Living
from glasstown.runs.memory import plan_in_memory
from glasstown.runs.ordered import canonical
from glasstown.runs.scenario_file import scenario_target, scenario_text
from glasstown.storage.identity import town_of
from glasstown.types import SYNTHETIC_WORDS
from glasstown.wording import as_typed, counted

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
        self._files: Mapping[Desk, tuple[Case, ...]] | None = None

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
        self._files = None
        return self

    @told_in_python
    def back(self, months: int = 1) -> LivingTown:
        """Put the town where it stood some months ago and return it; it is lived again up to there."""
        self._living.back(whole("months", months))
        self._files = None
        return self

    @told_in_python
    def desk(self, name: str) -> AtDesk:
        """Return what lies on a desk, `court` or `clerk`, at the eve of the month that is lived next: `.cases()` are its files.

        The month is lived dry for it, once for all desks.

        Errors   UsageError for a desk that there is not, and where the town has lived all its months
        """
        if name not in DESKS:
            raise UsageError(
                "The desk", [Fault("desk", None, f"'{name}'", " or ".join(DESKS), did_you_mean(name, DESKS))]
            )
        if self._files is None:
            self._files = dockets(self._living)
        desk = DESKS[DESKS.index(name)]
        files = self._files[desk]
        by_act = {(each.rulebook, each.order.about, each.order.of): each.order.do for each in self._living.orders}
        acts = ((case.number, order_for(case, "record")) for case in files)
        decided = {
            n: by_act[place] for n, order in acts if (place := (str(order.under), order.about, order.of)) in by_act
        }
        return AtDesk(desk, self.month, self._living.day.isoformat(), files, decided, self._living.plan.manifest.seed)

    @told_in_python
    def decide(self, case: Case, do: str, *, because: str | None = None) -> LivingTown:
        """Decide about a file of the month that is lived next, once; return the town.

        Errors   UsageError, with nothing decided, for what the desk may not do (it names what it may), for a file of another month or
                 town, and for one that is decided
        """
        if self._files is None or case not in self._files[case.desk]:
            found, way_out = f"file {case.number} of month {case.month}", f'Take it from .desk("{case.desk}").cases().'
            expected = f"a file that lies on the {case.desk}'s desk now"
            raise UsageError("The decision", [Fault("the file", None, found, expected, way_out)])
        self._living.order(order_for(case, do, because))
        return self

    @told_in_python
    def withdraw(self, case: Case) -> LivingTown:
        """Take back what was decided about a file of a month that is not over; return the town.

        Errors   UsageError where nothing was decided about it, or its month is over
        """
        self._living.withdraw(order_for(case, "record"))
        return self

    @told_in_python
    def order(
        self, about: str, of: str, do: str, *, desk: str = "court", under: str | None = None, because: str | None = None,
        month: int | None = None,
    ) -> LivingTown:  # fmt: skip
        """Give an order as a scenario has it, about an act of the next month or of a later `month`; return the town.

        `of` is the id of the act's record, as `life` tells it (docs/commands.md, "Orders of a desk").

        Errors   UsageError, with nothing ordered, for an order that the town cannot mean
        """
        order = {
            "month": self.month if month is None else whole("month", month),
            "desk": desk,
            "about": about,
            "of": of,
        }
        further = {"under": under, "because": because}
        self._living.order(order_of({**order, "do": do, **{k: v for k, v in further.items() if v is not None}}))
        return self

    def reckon(self) -> Reckoning:
        """Return the town beside its twin without orders, up to where it stands; both are lived once more for it."""
        return Reckoning(reckoned(self._living))

    @told_in_python
    def save(self, file: Reference) -> Path:
        """Write the request as a scenario that `run` takes, and return its path.

        Errors   UsageError for a file that is none of ours, and where the texts are those of an earlier run
        """
        target = scenario_target(path_of(file))
        target.write(scenario_text(self._asked(), target.path.parent).encode())
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

        out = path_of(folder)
        asked = replace(self._asked(), months=self.month, out=out)
        asked = replace(asked, orders=tuple(order for order in asked.orders if order.month < self.month))
        command = f"glasstown run {as_typed(out)}" if asked.orders else command_line(asked)
        result = run_town(replace(asked, command=command))
        if result.values["digest"] != self.digest:
            found, expected = f"a run with the digest {result.values['digest']}", f"that of the town, {self.digest}"
            way_out = f"Were its files changed meanwhile? If not: {HOW_TO_REPORT}"
            raise RunError("The town", [Fault(str(result.folder), None, found, expected, way_out)])
        return Town(result, result.folder)

    def _asked(self) -> RunRequest:
        """Return the request, with what desks have decided since."""
        orders, manifest = canonical(self._living.orders), self._living.plan.manifest
        return replace(self._request, orders=orders, orders_of=town_of(manifest) if orders else None)

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
            **({"orders": len(self._living.orders), "moot": self._moot()} if self._living.orders else {}),
            "digest": self.digest,
        }

    def _moot(self) -> list[dict[str, Any]]:
        return [order.model_dump(exclude_none=True) for order in canonical(self._living.moot)]

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
