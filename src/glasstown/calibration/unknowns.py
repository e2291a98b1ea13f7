"""What the calibration turns: data/unknowns.yaml with parameters and acts, made levers with ranges.

A lever is a number of the model that a setting can name.  Free ones are calibrated; of the others each is drawn narrowly around its
default, as nuisance, or held.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Final

from glasstown.archive.history import repeated
from glasstown.errors import Fault, RulebookError, did_you_mean
from glasstown.language.act_numbers import SHARE, act_numbers
from glasstown.language.acts import ActCatalogue
from glasstown.language.files import Read, read_with_places
from glasstown.language.load import load_acts, load_parameters
from glasstown.language.parameters import Parameters
from glasstown.language.unknown_file import Scale, Unknown, UnknownFile
from glasstown.paths import data_folder
from glasstown.studies.plausible import is_wide, value_between

UNKNOWNS: Final = "unknowns.yaml"


@dataclass(frozen=True, slots=True)
class Lever:
    """One number with the range that it is drawn from."""

    path: str
    value: Decimal
    low: Decimal
    high: Decimal
    scale: Scale

    def at(self, place: float) -> str:
        """Return the value at a place between 0 and 1 of the range, as text that a setting takes."""
        return value_between(self.low, self.high, place, on_log=self.scale == "log")

    @property
    def usual(self) -> float:
        """Return the place of the default, at an end where it lies outside."""
        low, high, value = float(self.low), float(self.high), float(self.value)
        if self.scale == "log":
            place = (math.log(max(value, low)) - math.log(low)) / (math.log(high) - math.log(low))
        else:
            place = (value - low) / (high - low)
        return min(max(place, 0.0), 1.0)


@dataclass(frozen=True, slots=True)
class Unknowns:
    """The levers of a calibration, in the order of their files: free ones, and the nuisance with its width."""

    free: tuple[Lever, ...]
    nuisance: tuple[Lever, ...]
    width: float

    @property
    def names(self) -> tuple[str, ...]:
        """Return the paths of the free ones."""
        return tuple(each.path for each in self.free)


def load_unknowns(path: Path | None = None) -> Unknowns:
    """Return the shipped unknowns, or those of a file, with all other numbers as nuisance; RulebookError with every fault."""
    read = read_with_places(path or data_folder() / UNKNOWNS, UnknownFile)
    parameters, acts = load_parameters(), load_acts()
    levers = every_lever(read.value, parameters, acts)
    if faults := list(_faults(read, levers, parameters)):
        raise RulebookError(UNKNOWNS, faults)
    free = tuple(_as_free(each, levers[each.path]) for each in read.value.free)
    left_out = {each.path for each in free} | {each.path for each in read.value.held}
    nuisance = tuple(each for each in levers.values() if each.path not in left_out and each.low < each.high)
    return Unknowns(free, nuisance, float(read.value.nuisance))


def every_lever(file: UnknownFile, parameters: Parameters, acts: ActCatalogue) -> dict[str, Lever]:
    """Return every number of the model by path, each with its own range."""
    found = {
        each.id: Lever(each.id, each.value, each.low, each.high, "log" if is_wide(each) else "even")
        for each in parameters.parameters
    }
    for path, value in act_numbers(acts).items():
        times = file.acts_share_times if path.endswith(f"/{SHARE}") else file.acts_found_times
        found[path] = Lever(path, value, value / times, min(value * times, Decimal(1)), "log" if value else "even")
    return found


def _as_free(unknown: Unknown, lever: Lever) -> Lever:
    low = lever.low if unknown.low is None else unknown.low
    high = lever.high if unknown.high is None else unknown.high
    return Lever(lever.path, lever.value, low, high, unknown.scale)


def _faults(read: Read[UnknownFile], levers: Mapping[str, Lever], parameters: Parameters) -> Iterator[Fault]:
    """Yield what is wrong with the file: names of nothing, doubles, ranges that are none or that no run takes."""
    free, held = read.value.free, read.value.held
    yield from repeated(read, "free", "path", [each.path for each in free])
    named = (("free", [each.path for each in free]), ("held", [each.path for each in held]))
    for part, paths in named:
        for n, path in enumerate(paths):
            if path not in levers:
                place, way_out = read.where.at(part, n, "path"), did_you_mean(path, list(levers))
                found, expected = "no number of the model", "a parameter or a number of acts"
                yield Fault(f"unknown '{path}'", place, found, expected, way_out)
    for n, path in enumerate(named[1][1]):
        if path in named[0][1]:
            place, way_out = read.where.at("held", n), "Leave one of the two out."
            yield Fault(f"unknown '{path}'", place, "a number that is free too", "one of the two", way_out)
    own = {each.id: (each.low, each.high) for each in parameters.parameters}
    for n, each in enumerate(free):
        if each.path in levers:
            yield from _of_range(
                read, n, _as_free(each, levers[each.path]), own.get(each.path, (Decimal(0), Decimal(1)))
            )


def _of_range(read: Read[UnknownFile], n: int, lever: Lever, bounds: tuple[Decimal, Decimal]) -> Iterator[Fault]:
    """Yield what is wrong with the range of a free unknown."""
    name, place = f"unknown '{lever.path}'", read.where.at("free", n)
    between = f"{lever.low} to {lever.high}"
    if not lever.low < lever.high:
        yield Fault(
            name, place, f"the range {between}", "a low end below a high one", "Give it `low` and `high`, or hold it."
        )
    elif not bounds[0] <= lever.low < lever.high <= bounds[1]:
        expected = f"a range inside {bounds[0]} to {bounds[1]}"
        yield Fault(name, place, f"the range {between}", expected, "A run refuses what lies outside.")
    elif lever.scale == "log" and lever.low <= 0:
        yield Fault(
            name, place, f"a logarithm of {lever.low}", "a low end above 0", "Draw it evenly, or raise the low end."
        )
