"""One YAML file to one frozen value, with the places of its parts."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Generic, TypeVar

from pydantic import BaseModel

from glasstown.errors import Place, RulebookError
from glasstown.language.shape import build
from glasstown.language.tree import Document, UnreadableError
from glasstown.language.yaml import parse_tree, read_text, read_tree

ModelT = TypeVar("ModelT", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Read(Generic[ModelT]):
    """A value with the places of its parts in the file."""

    value: ModelT
    where: Document


@dataclass(frozen=True, slots=True)
class Joined:
    """Places in a file, some of whose lists are continued in another: list name -> (first position there, file)."""

    main: Document | Joined
    continued: Mapping[str, tuple[int, Document]] = field(default_factory=dict)

    def at(self, *path: str | int) -> Place:
        """Return the place of a value, or of the nearest one around it."""
        document, inside = self._file(path)
        return document.at(*inside)

    def key(self, *path: str | int) -> Place:
        """Return the place of a value's key."""
        document, inside = self._file(path)
        return document.key(*inside)

    def _file(self, path: tuple[str | int, ...]) -> tuple[Document | Joined, tuple[str | int, ...]]:
        if len(path) > 1 and path[0] in self.continued and isinstance(path[1], int):
            first, document = self.continued[str(path[0])]
            if path[1] >= first:
                return document, (path[0], path[1] - first, *path[2:])
        return self.main, path


def shown_path(path: Path) -> str:
    """Return a path as messages show it: relative to the working folder where that is shorter."""
    try:
        relative = os.path.relpath(path)
    except (ValueError, OSError):
        return str(path)
    return relative if len(relative) < len(str(path)) else str(path)


def read_file(path: Path) -> Document:
    """Return a file as plain values; `RulebookError` where it cannot be read to its end."""
    shown = shown_path(path)
    try:
        return read_tree(path, shown)
    except UnreadableError as problem:
        raise RulebookError(shown, [problem.fault]) from None


def read_with_places(path: Path, model: type[ModelT]) -> Read[ModelT]:
    """Read a YAML file into a model and keep the places; `RulebookError` with every fault of its shape."""
    shown = shown_path(path)
    try:
        text = read_text(path, shown)
    except UnreadableError as problem:
        raise RulebookError(shown, [problem.fault]) from None
    return parse_with_places(text, shown, model)


def parse_file(text: str, shown: str) -> Document:
    """Return the text of a file as plain values, without a file; `shown` is what faults call it."""
    try:
        return parse_tree(text.removeprefix("\ufeff"), shown)
    except UnreadableError as problem:
        raise RulebookError(shown, [problem.fault]) from None


def parse_with_places(text: str, shown: str, model: type[ModelT]) -> Read[ModelT]:
    """Read a text into a model and keep the places, as `read_with_places` does a file."""
    return _read(text, shown, model)  # type: ignore[return-value]  # a cache forgets which model goes with which value


@lru_cache(maxsize=32)  # the texts of one run, twice over; values are frozen, and places are only looked at
def _read(text: str, shown: str, model: type[BaseModel]) -> Read[BaseModel]:
    document = parse_file(text, shown)
    value, faults = build(model, document)
    if value is None:
        raise RulebookError(document.file, faults)
    return Read(value, document)


def read_document(path: Path, model: type[ModelT]) -> ModelT:
    """Read a YAML file into a model; `RulebookError` with every fault of its shape."""
    return read_with_places(path, model).value
