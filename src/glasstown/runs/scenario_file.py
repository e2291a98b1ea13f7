"""A request as the text of a scenario file: what `scenario.py` reads back."""

from __future__ import annotations

import json
import os
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Final

from glasstown.archive.library import references_of
from glasstown.errors import Fault, UsageError
from glasstown.incoming import path_of
from glasstown.language.texts import shipped, with_reading
from glasstown.letters import shown_in_json
from glasstown.paths import data_folder
from glasstown.runs.request import RunRequest
from glasstown.storage.target import FileTarget, file_target

MARK: Final = "# A synthetic town of Glasstown, as it was saved.\n"
"""first line of what is saved, by which it is known again"""
FILES: Final = ("place", "drive", "acts", "parameters", "mechanism")
NUMBERS: Final = ("people", "firms", "months", "seed")


def scenario_target(path: Path) -> FileTarget:
    """Return a file that a scenario may be written to: a new one, or one that was saved before.

    Errors   UsageError for any other, and for a name that a scenario cannot have
    """
    if path.suffix not in (".yaml", ".yml"):
        way_out = "Give it a name such as my-town.yaml."
        raise UsageError("The town", [Fault("file", None, f"'{path}'", "a name that ends in .yaml", way_out)])
    return file_target(path, "the saved town", lambda beginning: beginning.startswith(MARK.encode()), ".yaml")


def scenario_text(request: RunRequest, folder: Path) -> str:
    """Return the scenario that asks for the same run, as a file in `folder` says it: paths begin there.

    Errors   UsageError where the texts are those that an earlier run has kept: no scenario can say them
    """
    if request.kept is not None:
        found, way_out = "a town made of the texts that an earlier run has kept", "Write it as a run instead."
        raise UsageError("The town", [Fault("save", None, found, "a town of rulebooks that lie in files", way_out)])
    return MARK + "".join(_lines(key, value) for key, value in _entries(request, folder))


def _lines(key: str, value: object) -> str:
    """Return an entry of the file on one line; of orders each has its own."""
    if key != "orders" or not isinstance(value, list):
        return f"{key}: {_written(value)}\n"
    return f"{key}:\n" + "".join(f"  - {_written(each)}\n" for each in value)


def _entries(request: RunRequest, folder: Path) -> Iterator[tuple[str, object]]:
    yield "glasstown_scenario", 1
    references = request.references or references_of(request.rulebook)
    yield "rulebooks", [_from(folder, each, shipped()) for each in references]
    for name in NUMBERS:
        if getattr(request, name) is not None:
            yield name, getattr(request, name)
    if request.track:
        yield "track", request.track
    for name in FILES:
        if getattr(request, name) is not None:
            ids = [file.stem for file in (data_folder() / f"{name}s").glob("*.yaml")]
            yield name, _from(folder, getattr(request, name), ids)
    for name in ("start", "unknown"):
        if getattr(request, name) is not None:
            yield name, getattr(request, name)
    if request.settings:
        yield "set", dict(request.settings)
    if request.orders:
        yield "orders_of", request.orders_of
        yield "orders", [order.model_dump(exclude_none=True) for order in request.orders]


def _from(folder: Path, name: str, ids: Collection[str]) -> str:
    """Return a reference as a file in a folder says it: an id as it is, a path from there."""
    plain, reading = with_reading(name)
    path = path_of(plain)
    if name in ids or plain in ids or not path.exists():
        return name
    relative = os.path.join(os.curdir, os.path.relpath(path, folder))
    return f"{relative}@{reading}" if reading else relative


def _written(value: object) -> str:
    """Return a value in YAML on one line: JSON is YAML."""
    return shown_in_json(json.dumps(value, ensure_ascii=False))
