"""A scenario: what a run is asked for, in a file.  The manifest of a run is one too."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any, ClassVar, Literal

from pydantic import Field

from glasstown.archive.library import references_of
from glasstown.errors import Fault, Place, UsageError
from glasstown.incoming import path_of
from glasstown.language.files import read_file, read_with_places
from glasstown.language.model import Text, Value, Version
from glasstown.language.orders import Order, fault_of_writing, written_by
from glasstown.language.texts import with_reading
from glasstown.paths import scenario_folder
from glasstown.runs.request import RunRequest, orders_kept
from glasstown.runs.texts import Texts, say_what_differs
from glasstown.runs.usage import check_start
from glasstown.storage.folder import MANIFEST, RunFolder
from glasstown.storage.folder_faults import is_comparison, no_run_fault
from glasstown.storage.identity import town_of

KEY = "glasstown_scenario"


class ScenarioFile(Value):
    """A scenario file: everything but the rulebooks may be left out, and then is as a run without it."""

    most_digits: ClassVar[int] = 20  # a seed has 64 bits

    glasstown_scenario: Version = Field(description="version of the format")
    title: Text | None = Field(None, description="what it is about")
    rulebooks: tuple[Text, ...] = Field(
        min_length=1, description="rulebooks or a preset: ID, PATH, either with @READING"
    )
    people: int | None = Field(None, description="how many people")
    firms: int | None = Field(None, description="how many firms")
    months: int | None = Field(None, description="how many months")
    seed: int | None = Field(None, description="seed of every random number")
    place: Text | None = Field(None, description="aggregates that the people are generated from: ID or file")
    drive: Text | None = Field(None, description="what drives a list by date: ID or file")
    acts: Text | None = Field(None, description="file of acts over those that ship")
    parameters: Text | None = Field(None, description="file of parameters over those that ship")
    mechanism: Text | None = Field(None, description="file of a mechanism of one's own")
    start: Text | None = Field(None, description="first month, YYYY-MM, in quotes")
    unknown: Literal["low", "high"] | None = Field(None, description="bound that unknown points take")
    track: int | None = Field(None, description="people whose events are kept")
    set: dict[str, Decimal | bool | str] = Field(default_factory=dict, description="levers: path and value")
    orders: tuple[Order, ...] = Field((), description="what desks decide about acts that were found out")
    orders_of: Text | None = Field(None, description="hash of the town that the orders are for, as it was saved")


@dataclass(frozen=True, slots=True)
class Scenario:
    """What a file or a run asks for; what it does not say is not in `options`.

    rulebooks  references, one by one
    options    arguments of a run by name
    settings   levers by path
    kept       texts of the run that it is, which are then meant by `rulebooks`
    written    where each lever stands in the file
    """

    rulebooks: tuple[str, ...]
    options: Mapping[str, Any] = field(default_factory=dict)
    settings: Mapping[str, str] = field(default_factory=dict)
    title: str | None = None
    kept: Texts | None = None
    written: Mapping[str, Place] = field(default_factory=dict)


def request_of(
    reference: str,
    given: Mapping[str, Any],
    *,
    settings: Mapping[str, str] | None = None,
    usual: Mapping[str, Any] | None = None,
) -> RunRequest:
    """Return the request for a rulebook, several, a scenario or a run; what is `given` (not None) counts over what that says.

    `usual` are options that count where neither says anything.

    Errors   as of scenario_of, and UsageError for a month that is none.
    """
    scenario = scenario_of(reference)
    options = {**(usual or {}), **(scenario.options if scenario is not None else {})}
    options |= {name: value for name, value in given.items() if value is not None}
    check_start(options.get("start"))
    if scenario is None:
        return RunRequest(reference, settings=dict(settings or {}), name=reference, **options)
    chosen = {**scenario.settings, **(settings or {})}
    rulebook = reference if scenario.kept is not None else ",".join(scenario.rulebooks)
    references = tuple(each for name in scenario.rulebooks for each in references_of(name))
    written = {path: place for path, place in scenario.written.items() if path not in (settings or {})}
    return RunRequest(
        rulebook, settings=chosen, name=reference, references=references, kept=scenario.kept, written=written, **options
    )  # fmt: skip


def scenario_of(reference: str) -> Scenario | None:
    """Return the scenario that a reference names: a scenario file, one that ships, a run's folder or its manifest; None else.

    Errors   RulebookError or RecordError with the faults of the file.
    """
    path = _path_of(reference)
    folder = path.parent if path.name == MANIFEST else path
    if os.path.isfile(folder / MANIFEST):
        return _of_run(RunFolder.open(folder))
    if is_comparison(path):
        raise UsageError("the request", [no_run_fault(path)])
    if path.suffix not in (".yaml", ".yml", ".json") or not path.is_file() or not _is_scenario(path):
        return None
    _check_orders(path)
    read = read_with_places(path, ScenarioFile)
    asked, where = read.value, read.where
    names = (
        *(
            "people",
            "firms",
            "months",
            "seed",
            "place",
            "drive",
            "acts",
            "parameters",
            "mechanism",
            "start",
            "unknown",
            "track",
            "orders",
            "orders_of",
        ),
    )
    options = {name: getattr(asked, name) for name in names if getattr(asked, name) not in (None, ())}
    rulebooks = [_beside(path.parent, each) for each in asked.rulebooks]
    for number, each in enumerate(rulebooks):
        named = _path_of(each)
        if named.is_file() and _is_scenario(named):
            place = read_file(path).at("rulebooks", number)
            fault = Fault(
                "scenario", place, f"'{each}', a scenario", "a rulebook or a preset", "Name its rulebooks here."
            )
            raise UsageError(f"scenario '{reference}'", [fault])
    for name in ("place", "drive", "acts", "parameters", "mechanism"):
        if name in options:
            options[name] = _beside(path.parent, options[name])
    settings = {name: _text(value) for name, value in asked.set.items()}
    written = {name: place for name in settings if (place := where.at("set", name)) is not None}
    return Scenario(tuple(rulebooks), options, settings, asked.title, written=written)


def _check_orders(path: Path) -> None:
    """Refuse orders that write what follows from a rulebook, naming what: before the shape of the file is looked at."""
    data = read_file(path).data
    orders = data.get("orders") if isinstance(data, dict) else None
    faults = [
        fault_of_writing(what, f"orders/{place}", read_file(path).at("orders", place))
        for place, order in enumerate(orders if isinstance(orders, list) else ())
        if (what := written_by(order)) is not None
    ]
    if faults:
        raise UsageError("The orders", faults)


def shipped_scenarios() -> tuple[str, ...]:
    """Return the names of the scenarios that ship, in order."""
    return tuple(sorted(path.stem for path in scenario_folder().glob("*.yaml")))


def _path_of(reference: str) -> Path:
    """Return the path that a reference is; where nothing lies there, that of the shipped scenario of this name."""
    path = path_of(reference)
    return path if path.exists() or reference not in shipped_scenarios() else scenario_folder() / f"{reference}.yaml"


def _is_scenario(path: Path) -> bool:
    data = read_file(path).data
    return isinstance(data, dict) and KEY in data


def _beside(folder: Path, name: str) -> str:
    """Return a reference as the working folder sees it: a path in a file begins where the file lies."""
    is_there = any((folder / each).exists() for each in (name, with_reading(name)[0]))
    return str(folder / name) if is_there and folder != Path() else name


def _of_run(folder: RunFolder) -> Scenario:
    """Return the request behind a run, with the texts that it kept."""
    manifest = folder.manifest
    say_what_differs(folder.path, manifest)
    options = {name: getattr(manifest, name) for name in ("people", "firms", "months", "seed", "unknown", "track")}
    options["start"] = f"{manifest.start:%Y-%m}"
    if manifest.orders is not None:
        options |= {"orders": orders_kept(manifest), "orders_of": town_of(manifest)}
    return Scenario(
        tuple(each.reference for each in manifest.rulebooks),
        {name: value for name, value in options.items() if value is not None},
        dict(manifest.settings),
        kept=Texts.of(manifest),
    )


def _text(value: Decimal | bool | str) -> str:
    if isinstance(value, bool):
        return json.dumps(value)
    return format(value, "f") if isinstance(value, Decimal) else value
