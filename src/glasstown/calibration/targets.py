"""What is published and a town can be held to: data/targets.yaml, read and held to what must be so.

Every target says what it counts and in which small town, the published figure and how it becomes one of that town, and how far
off the model may be for reasons of its own (its discrepancy).  A group and year belong to one use, so that no hold-out is seen.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from glasstown.archive.history import load_sources, repeated, unknown_names
from glasstown.calibration.terms import faults_of_measure
from glasstown.errors import Fault, RulebookError
from glasstown.language.files import Read, read_with_places
from glasstown.language.load import load_rulebook
from glasstown.language.target_file import SmallTown, Target, TargetFile, Use
from glasstown.language.texts import shipped
from glasstown.paths import data_folder

TARGETS: Final = "targets.yaml"


@dataclass(frozen=True, slots=True)
class Targets:
    """Targets that hold together, with their towns."""

    towns: tuple[SmallTown, ...]
    targets: tuple[Target, ...]

    def of(self, use: Use) -> tuple[Target, ...]:
        """Return the targets of one use."""
        return tuple(each for each in self.targets if each.use == use)

    @property
    def measured(self) -> tuple[Target, ...]:
        """Return the targets that a town can be held to."""
        return tuple(each for each in self.targets if each.measure is not None and each.use != "context")

    def town(self, town_id: str) -> SmallTown:
        """Return a town by its name; KeyError where there is none."""
        found = {each.id: each for each in self.towns}
        return found[town_id]


def load_targets(path: Path | None = None) -> Targets:
    """Return the shipped targets, or those of a file; RulebookError with every one that may not be used."""
    read = read_with_places(path or data_folder() / TARGETS, TargetFile)
    if faults := list(_of_towns(read)):  # first: measures are read by the rulebooks of their towns
        raise RulebookError(TARGETS, faults)
    if faults := [*_of_targets(read), *_of_uses(read)]:
        raise RulebookError(TARGETS, faults)
    return Targets(read.value.towns, read.value.targets)


def _of_towns(read: Read[TargetFile]) -> Iterator[Fault]:
    """Yield towns of one name, and rulebooks that do not ship."""
    yield from repeated(read, "towns", "id", [each.id for each in read.value.towns])
    for n, town in enumerate(read.value.towns):
        names = [name.partition("@")[0] for name in town.rulebooks]
        yield from unknown_names(read, ("towns", n, "rulebooks"), names, shipped(), "a shipped rulebook")


def _of_targets(read: Read[TargetFile]) -> Iterator[Fault]:
    """Yield what is wrong with each target by itself."""
    yield from repeated(read, "targets", "id", [each.id for each in read.value.targets])
    towns = {each.id: each for each in read.value.towns}
    for n, target in enumerate(read.value.targets):
        yield from _lacking(read, n, target)
        if target.cite is not None:
            path = ("targets", n, "cite", "source")
            known = _keys_of(towns.get(target.measure.town) if target.measure else None)
            yield from unknown_names(
                read, path, [target.cite.source], known, "a key of sources.yaml or of the town's rulebooks"
            )
        if target.measure is not None:
            yield from faults_of_measure(read.where, ("targets", n, "measure"), target.id, target.measure, towns)


def _keys_of(town: SmallTown | None) -> tuple[str, ...]:
    """Return the sources that a target may cite: those of data/ and of its town's rulebooks."""
    own = [source.key for name in (town.rulebooks if town else ()) for source in load_rulebook(name).sources]
    return (*load_sources(), *own)


def _lacking(read: Read[TargetFile], n: int, target: Target) -> Iterator[Fault]:
    """Yield what no target may lack: a source, and where it is held against a town a measure, widths and a reason."""
    place, name = read.where.at("targets", n), f"target '{target.id}'"
    if target.cite is None:
        expected = "`cite` with source, place in it and standing"
        yield Fault(name, place, "no source", expected, "Add it, or leave the figure out.")
    if target.value.why is None and (target.value.by or target.value.over != 1):
        found = "a figure that is worked on without a word"
        yield Fault(name, place, found, "`why` beside `over` and `by`", "Say where they come from.")
    if target.use == "context":
        if target.miss is not None:
            yield Fault(name, place, "`miss` of what is held to nothing", "`miss` of a target that is", "Leave it out.")
        if target.measure is None and target.lacking is None:
            yield Fault(name, place, "neither `measure` nor `lacking`", "what a town would have to count", "Say it.")
        return
    if target.measure is None:
        yield Fault(name, place, f"no measure, for {target.use}", "`measure`", "Add it, or make it `use: context`.")
    for key, what in (
        ("sd_obs", "width of the figure"),
        ("sd_disc", "discrepancy"),
        ("why", "reason of its discrepancy"),
    ):
        if getattr(target, key) is None:
            yield Fault(name, place, f"no {what}", f"`{key}`", "Add it: without it nothing can be called implausible.")


def _of_uses(read: Read[TargetFile]) -> Iterator[Fault]:
    """Yield groups and years of which some targets train and others are held out."""
    uses: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for n, target in enumerate(read.value.targets):
        if target.use == "context":
            continue
        found = uses[target.group, target.year]
        found.add(target.use)
        if len(found) > 1:
            place, said = (
                read.where.at("targets", n, "use"),
                f"{target.use} beside another use of the same group and year",
            )
            yield Fault(
                f"target '{target.id}'", place, said, "one use for a group and year", "Hold out whole groups or years."
            )
