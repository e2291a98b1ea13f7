"""Files to frozen values: rulebooks, the act catalogue, parameters, places.

The one door: whatever passes has the right shape and holds together; whatever does not is told with all its faults at
once, each with its place and a way out.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from pydantic import BaseModel

from glasstown.errors import Fault, RulebookError, UsageError, did_you_mean
from glasstown.paths import data_folder, rulebook_folder
from glasstown.rulebook.acts import ActCatalogue
from glasstown.rulebook.model import Rulebook, Source, Value
from glasstown.rulebook.parameters import Parameters, PlaceFile
from glasstown.rulebook.shape import build
from glasstown.rulebook.variants import apply_variant
from glasstown.rulebook.yamltree import Document, UnreadableError, read_tree

ModelT = TypeVar("ModelT", bound=BaseModel)

RULES, SOURCES, ACTS = "rules.yaml", "sources.yaml", "acts.yaml"


class _SourceFile(Value):
    """sources.yaml: a list of works."""

    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Read(Generic[ModelT]):
    """A value with the places of its parts in the file."""

    value: ModelT
    where: Document


def shown_path(path: Path) -> str:
    """Return a path as messages show it: relative where that is shorter."""
    try:
        relative = os.path.relpath(path)
    except ValueError:
        return str(path)
    return relative if len(relative) < len(str(path)) else str(path)


def read_document(path: Path, model: type[ModelT]) -> ModelT:
    """Read a YAML file into a model; `RulebookError` with every fault of its shape."""
    return read_with_places(path, model).value


def read_with_places(path: Path, model: type[ModelT]) -> Read[ModelT]:
    """Read a YAML file into a model, and keep the places of its parts."""
    shown = shown_path(path)
    try:
        document = read_tree(path, shown)
    except UnreadableError as problem:
        raise RulebookError(shown, [problem.fault]) from None
    value, faults = build(model, document)
    if value is None:
        raise RulebookError(shown, faults)
    return Read(value, document)


def shipped() -> tuple[str, ...]:
    """Return the ids of the rulebooks that come with the project, in alphabetical order."""
    return tuple(sorted(folder.name for folder in rulebook_folder().iterdir() if (folder / RULES).is_file()))


def load_acts(extra: Path | None = None) -> ActCatalogue:
    """Return the shipped act catalogue, extended by the acts, roles and classes of `extra` (an acts.yaml)."""
    catalogue = read_document(data_folder() / ACTS, ActCatalogue)
    if extra is None:
        return catalogue
    own = read_document(extra, ActCatalogue)
    return catalogue.model_copy(
        update={name: getattr(catalogue, name) + getattr(own, name) for name in ("roles", "classes", "acts")}
    )


def load_parameters() -> Parameters:
    """Return the parameters of the society model."""
    return read_document(data_folder() / "parameters.yaml", Parameters)


def load_place(ref: str) -> PlaceFile:
    """Return a place's aggregates, by the id of a shipped one or by a path."""
    folder = data_folder() / "places"
    known = sorted(path.stem for path in folder.glob("*.yaml"))
    if ref in known:
        return read_document(folder / f"{ref}.yaml", PlaceFile)
    if Path(ref).is_file():
        return read_document(Path(ref), PlaceFile)
    raise _no_such("place", ref, known)


def _no_such(kind: str, ref: str, known: list[str]) -> UsageError:
    way_out = did_you_mean(ref, known, listed="shipped")
    return UsageError(
        f"{kind} '{ref}'", [Fault(kind, None, f"'{ref}'", "the id of a shipped one, or a path to a file", way_out)]
    )


def load_rulebook(ref: str) -> Rulebook:
    """Return a rulebook: ID, ID@VARIANT, PATH or PATH@VARIANT, where PATH is a folder with rules.yaml or that file.

    Raises `UsageError` where the reference names nothing, `RulebookError` with every fault of the files otherwise.
    """
    path, variant = _resolve(ref)
    return _load_from(path, variant)


def _resolve(ref: str) -> tuple[Path, str | None]:
    known = list(shipped())
    plain, at, variant = ref.rpartition("@")
    for name, reading in ((ref, None), (plain, variant)) if at else ((ref, None),):
        if name in known:
            return rulebook_folder() / name / RULES, reading
        path = Path(name)
        if name and path.is_dir():
            return path / RULES, reading
        if name and path.exists():
            return path, reading
    raise _no_such("rulebook", plain if at else ref, known)


def _load_from(path: Path, variant: str | None) -> Rulebook:
    shown = shown_path(path)
    document, faults = _read_rules(path, shown)
    book, found = build(Rulebook, document)
    faults += found
    sources: tuple[Source, ...] = ()
    if (path.parent / SOURCES).is_file():
        try:
            sources = read_document(path.parent / SOURCES, _SourceFile).sources
        except RulebookError as problem:
            faults += problem.faults
    if book is None or faults:
        raise RulebookError(f"rulebook {shown}", faults)
    reading = variant if variant is not None else book.default_variant
    if reading is not None:
        document, book = _read_as(book, document, reading, asked=variant is not None)
    return book.model_copy(update={"sources": book.sources + sources})


def _read_rules(path: Path, shown: str) -> tuple[Document, list[Fault]]:
    """Return the document of a rules.yaml; keys that only the loader sets are faults."""
    try:
        document = read_tree(path, shown)
    except UnreadableError as problem:
        raise RulebookError(f"rulebook {shown}", [problem.fault]) from None
    faults = []
    if isinstance(document.data, dict) and "variant" in document.data:
        del document.data["variant"]
        way_out = "Remove it; 'default_variant' names the reading that runs where none is named."
        found = "the unknown key 'variant'"
        faults.append(Fault("file", document.key("variant"), found, "a key of the language", way_out))
    return document, faults


def _read_as(book: Rulebook, document: Document, reading: str, *, asked: bool) -> tuple[Document, Rulebook]:
    """Return document and rulebook in the named reading; asked is false where the rulebook's own default names it."""
    known = [variant.id for variant in book.variants]
    if reading not in known:
        way_out = did_you_mean(reading, known)
        if asked:
            fault = Fault("variant", None, f"'{reading}'", f"a variant of rulebook '{book.id}'", way_out)
            raise UsageError(f"rulebook '{book.id}@{reading}'", [fault])
        fault = Fault("default_variant", document.at("default_variant"), f"'{reading}'", "a variant's id", way_out)
        raise RulebookError(f"rulebook {document.file}", [fault])
    changed, faults = apply_variant(document, known.index(reading))
    value, found = (None, []) if faults else build(Rulebook, changed)
    if value is None:
        raise RulebookError(f"rulebook {document.file}, variant '{reading}'", [*faults, *found])
    return changed, value


__all__ = [
    "load_acts",
    "load_parameters",
    "load_place",
    "load_rulebook",
    "read_document",
    "shipped",
]
