"""Presets: names for sets of rulebooks that are usually looked at together."""

from __future__ import annotations

from pydantic import Field

from glasstown.errors import Fault, RulebookError, UsageError
from glasstown.paths import data_folder
from glasstown.rulebook.files import read_with_places
from glasstown.rulebook.load import locate
from glasstown.rulebook.model import Value

PRESETS = "presets.yaml"


class Preset(Value):
    """One set of rulebooks."""

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$", description="name that a command takes for the set")
    label: str = Field(description="what the set stands for")
    rulebooks: tuple[str, ...] = Field(min_length=1, description="the rulebooks, each ID or ID@READING")


class Presets(Value):
    """data/presets.yaml."""

    presets: tuple[Preset, ...] = Field(description="the sets")


def load_presets() -> tuple[Preset, ...]:
    """Return the shipped presets.

    Errors   RulebookError where a preset bears a rulebook's or another preset's name, or names what does not exist.
    """
    read = read_with_places(data_folder() / PRESETS, Presets)
    faults, names = [], set[str]()
    for number, preset in enumerate(read.value.presets):
        place = read.where.at("presets", number, "id")
        if preset.id in names or _exists(preset.id):
            faults.append(Fault(f"preset '{preset.id}'", place, "a name that is taken", "a new name", "Rename it."))
        names.add(preset.id)
        for position, reference in enumerate(preset.rulebooks):
            if not _exists(reference):
                at = read.where.at("presets", number, "rulebooks", position)
                way_out = "`glasstown rulebooks` lists them."
                faults.append(Fault(f"preset '{preset.id}'", at, f"'{reference}'", "a shipped rulebook", way_out))
    if faults:
        raise RulebookError(PRESETS, faults)
    return read.value.presets


def expanded(reference: str) -> tuple[str, ...]:
    """Return the rulebooks that a name in a list of them stands for: those of the preset, or the rulebook itself."""
    return next((preset.rulebooks for preset in load_presets() if preset.id == reference), (reference,))


def _exists(reference: str) -> bool:
    try:
        locate(reference)
    except (UsageError, RulebookError):
        return False
    return True
