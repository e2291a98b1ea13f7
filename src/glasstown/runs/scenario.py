"""A scenario: what a run is asked for, in a file.  The manifest of a run is one too."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any, ClassVar, Literal

from pydantic import Field

from glasstown.errors import Fault, UsageError
from glasstown.language.files import read_document, read_file
from glasstown.language.model import Text, Value
from glasstown.storage.folder import MANIFEST, RunFolder
from glasstown.storage.manifest import Manifest

KEY = "glasstown_scenario"


class ScenarioFile(Value):
    """A scenario file: everything but the rulebooks may be left out, and then is as a run without it."""

    most_digits: ClassVar[int] = 20  # a seed has 64 bits

    glasstown_scenario: Literal[1] = Field(description="version of the format")
    title: Text | None = Field(None, description="what it is about")
    rulebooks: tuple[Text, ...] = Field(
        min_length=1, description="rulebooks or a preset: ID, PATH, either with @READING"
    )
    people: int | None = Field(None, description="how many people")
    firms: int | None = Field(None, description="how many firms")
    months: int | None = Field(None, description="how many months")
    seed: int | None = Field(None, description="seed of every random number")
    place: Text | None = Field(None, description="aggregates that the people are generated from: ID or file")
    start: Text | None = Field(None, description="first month, YYYY-MM, in quotes")
    unknown: Literal["low", "high"] | None = Field(None, description="bound that unknown points take")
    track: int | None = Field(None, description="people whose events are kept")
    set: dict[str, Decimal | bool | str] = Field(default_factory=dict, description="levers: path and value")


@dataclass(frozen=True, slots=True)
class Scenario:
    """What a file or a run asks for; what it does not say is not in `options`.

    rulebook   one reference, or several with commas
    options    arguments of a run by name
    settings   levers by path
    """

    rulebook: str
    options: Mapping[str, Any] = field(default_factory=dict)
    settings: Mapping[str, str] = field(default_factory=dict)
    title: str | None = None


def scenario_of(reference: str) -> Scenario | None:
    """Return the scenario that a reference names: a scenario file, a run's folder or its manifest; None for anything else.

    Errors   RulebookError or RecordError with the faults of the file.
    """
    path = Path(reference)
    if path.is_dir() and (path / MANIFEST).is_file():
        return _of_manifest(RunFolder.open(path).manifest)
    if path.name == MANIFEST and path.is_file():
        return _of_manifest(RunFolder.open(path.parent).manifest)
    if path.suffix not in (".yaml", ".yml", ".json") or not path.is_file() or not _is_scenario(path):
        return None
    asked = read_document(path, ScenarioFile)
    names = ("people", "firms", "months", "seed", "place", "start", "unknown", "track")
    options = {name: getattr(asked, name) for name in names if getattr(asked, name) is not None}
    rulebooks = [_beside(path.parent, each) for each in asked.rulebooks]
    for number, each in enumerate(rulebooks):
        if Path(each).is_file() and _is_scenario(Path(each)):
            place = read_file(path).at("rulebooks", number)
            fault = Fault(
                "scenario", place, f"'{each}', a scenario", "a rulebook or a preset", "Name its rulebooks here."
            )
            raise UsageError(f"scenario '{reference}'", [fault])
    if "place" in options:
        options["place"] = _beside(path.parent, options["place"])
    settings = {name: _text(value) for name, value in asked.set.items()}
    return Scenario(",".join(rulebooks), options, settings, asked.title)


def _is_scenario(path: Path) -> bool:
    data = read_file(path).data
    return isinstance(data, dict) and KEY in data


def _beside(folder: Path, name: str) -> str:
    """Return a reference as the working folder sees it: a path in a file begins where the file lies."""
    plain = name.partition("@")[0]
    return str(folder / name) if (folder / plain).exists() and folder != Path() else name


def _of_manifest(manifest: Manifest) -> Scenario:
    """Return the request behind a run: today's rulebooks of the same names, not the texts that it kept."""
    options = {name: getattr(manifest, name) for name in ("people", "firms", "months", "seed", "unknown", "track")}
    options["start"] = f"{manifest.start:%Y-%m}"
    options["place"] = Path(manifest.place.name).stem
    rulebook = ",".join(each.reference for each in manifest.rulebooks)
    return Scenario(rulebook, {k: v for k, v in options.items() if v is not None}, dict(manifest.settings))


def _text(value: Decimal | bool | str) -> str:
    if isinstance(value, bool):
        return json.dumps(value)
    return format(value, "f") if isinstance(value, Decimal) else value
