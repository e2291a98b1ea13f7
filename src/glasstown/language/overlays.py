"""Entries of one's own over the shipped acts and parameters: one of an id that ships takes its place, others come behind.

Whatever comes of it is held to all that a shipped file is, with the places in the file that says it.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Protocol, TypeVar

from glasstown.errors import Fault, Place, RulebookError, RunWarning, did_you_mean
from glasstown.language.acts import ActCatalogue
from glasstown.language.check import by_place, check_acts, check_parameters
from glasstown.language.check_ground import Where
from glasstown.language.files import Read
from glasstown.language.parameters import Parameter, Parameters
from glasstown.language.tree import Document

OWN_STEMS: Final = (
    "hazard",
    "load.men",
    "load.forties",
    "recording.dishonesty",
    "recording.rewards",
    "recording.court",
)
"""what the model reads by the id of a class or of a rulebook too, so that a file of one's own may add one"""


class _Named(Protocol):
    @property
    def id(self) -> str:
        """Return what tells an entry from the others."""


EntryT = TypeVar("EntryT", bound=_Named)


@dataclass(frozen=True, slots=True)
class Overlaid:
    """Places in files that lie over each other: list name -> position there -> position in the upper file."""

    below: Where | None
    above: Document
    moved: Mapping[str, Mapping[int, int]] = field(default_factory=dict)

    def at(self, *path: str | int) -> Place:
        """Return the place of a value, or of the nearest one around it."""
        if len(path) > 1 and isinstance(path[1], int):
            mine = self.moved.get(str(path[0]), {}).get(path[1])
            if mine is not None:
                return self.above.at(path[0], mine, *path[2:])
        return self.below.at(*path) if self.below is not None else self.above.at()

    def key(self, *path: str | int) -> Place:
        """Return the place of a value's key, which no fault of a catalogue asks for."""
        return self.at(*path)


def _over(below: Sequence[EntryT], own: Sequence[EntryT]) -> tuple[tuple[EntryT, ...], dict[int, int]]:
    """Return entries with one's own over them, and which position each of one's own has come to."""
    entries, places, moved = list(below), {each.id: place for place, each in enumerate(below)}, {}
    for number, each in enumerate(own):
        place = places.get(each.id)
        if place is None or place in moved:  # an id twice in one file stays twice, and is told
            place = len(entries)
            entries.append(each)
        else:
            entries[place] = each
        moved[place] = number
    return tuple(entries), moved


def overlaid_acts(below: ActCatalogue, own: Read[ActCatalogue], *, where: Where | None = None) -> ActCatalogue:
    """Return a catalogue with one's own roles, classes and acts over it.

    Errors   RulebookError with all that does not hold together
    """
    changed, moved = {}, {}
    for name in ("roles", "classes", "acts"):
        changed[name], moved[name] = _over(getattr(below, name), getattr(own.value, name))
    catalogue = below.model_copy(update=changed)
    if faults := check_acts(catalogue, Overlaid(where, own.where, moved)):
        raise RulebookError(own.where.file, sorted(faults, key=by_place))
    return catalogue


def overlaid_parameters(
    below: Parameters, own: Read[Parameters], classes: Sequence[str], rulebooks: Sequence[str]
) -> Parameters:
    """Return parameters with one's own over them; a value or range that leaves the shipped range is told in a warning.

    classes, rulebooks   ids for which a parameter may be new

    Errors   RulebookError with every parameter that the model does not read, and every value outside its own range
    """
    entries, moved = _over(below.parameters, own.value.parameters)
    found = below.model_copy(update={"parameters": entries})
    faults = check_parameters(found, Overlaid(None, own.where, {"parameters": moved}))
    faults += _unread(below, own, {f"{stem}.{name}" for stem in OWN_STEMS for name in (*classes, *rulebooks)})
    if faults:
        raise RulebookError(own.where.file, sorted(faults, key=by_place))
    if outside := list(_outside(below, own.value)):
        warnings.warn(f"{own.where.file}: {'; '.join(outside)}.", RunWarning, stacklevel=3)
    return found


def _unread(below: Parameters, own: Read[Parameters], also: set[str]) -> Iterator[Fault]:
    known = [each.id for each in below.parameters]
    for number, each in enumerate(own.value.parameters):
        if each.id not in known and each.id not in also:
            yield Fault(
                f"parameter '{each.id}'", own.where.at("parameters", number, "id"), "none that the model reads",
                "the id of a parameter, or one for a class or a rulebook of this run",
                did_you_mean(each.id, known, called="parameters"),
            )  # fmt: skip


def _outside(below: Parameters, own: Parameters) -> Iterator[str]:
    """Yield what leaves the range that ships, in words."""
    shipped: dict[str, Parameter] = {each.id: each for each in below.parameters}
    for each in own.parameters:
        was = shipped.get(each.id)
        if was is not None and not was.low <= each.value <= was.high and not (was.off and each.value == 0):
            yield f"{each.id} is {each.value}, outside the shipped range of {was.low} to {was.high}"


def classes_without_hazard(acts: ActCatalogue, parameters: Parameters) -> list[Fault]:
    """Return a fault for each class of conduct of which no parameter says how often it happens."""
    known = {each.id for each in parameters.parameters}
    return [
        Fault(
            f"class '{each.id}'", None, f"no parameter hazard.{each.id}", "a hazard for every class",
            "Give one with --parameters FILE.",
        )
        for each in acts.classes
        if f"hazard.{each.id}" not in known
    ]  # fmt: skip
