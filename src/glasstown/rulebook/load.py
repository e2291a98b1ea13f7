"""Files to frozen values: rulebooks, the act catalogue, parameters, places.

The one door: whatever passes has the right shape and holds together; whatever does not is told with all its faults at
once, each with its place and a way out.
"""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path

from pydantic import Field

from glasstown.errors import Fault, Place, RulebookError, UsageError, did_you_mean
from glasstown.paths import data_folder, rulebook_folder
from glasstown.rulebook.acts import ActCatalogue
from glasstown.rulebook.check import by_place, check_rulebook
from glasstown.rulebook.check_data import check_acts, check_parameters
from glasstown.rulebook.files import Joined, read_document, read_file, read_with_places, shown_path
from glasstown.rulebook.ground import Where
from glasstown.rulebook.model import Rulebook, Source, Value
from glasstown.rulebook.parameters import Parameters, PlaceFile
from glasstown.rulebook.shape import build
from glasstown.rulebook.tree import Document
from glasstown.rulebook.variants import apply_variant

RULES, SOURCES, ACTS = "rules.yaml", "sources.yaml", "acts.yaml"
LONGEST_SHOWN = 200
"""characters of a reference in a message"""
SET_BY_LOADER = {
    "sources": "Move the list to sources.yaml beside this file.",
    "variant": "Remove it; 'default_variant' names the reading that runs where none is named.",
}


class SourceFile(Value):
    """sources.yaml: the works that a rulebook cites."""

    sources: tuple[Source, ...] = Field(description="the works, each with the key that citations use")


def shipped() -> tuple[str, ...]:
    """Return the ids of the rulebooks that come with the project, in alphabetical order."""
    return tuple(sorted(folder.name for folder in rulebook_folder().iterdir() if (folder / RULES).is_file()))


def load_acts(*extra: Path | None) -> ActCatalogue:
    """Return the shipped act catalogue, extended by the roles, classes and acts of each `extra` (an acts.yaml, or none).

    The value is kept while the files stay as they are, since every rulebook and every case asks for it.
    """
    files = (data_folder() / ACTS, *(path for path in extra if path is not None))
    return _acts(files, tuple(_stamp(path) for path in files))


def _stamp(path: Path) -> tuple[int, int] | None:
    """Return what changes when a file does, or None where it cannot be seen."""
    try:
        seen = path.stat()
    except OSError:
        return None
    return seen.st_mtime_ns, seen.st_size


@lru_cache(maxsize=8)
def _acts(files: tuple[Path, ...], _stamps: tuple[object, ...]) -> ActCatalogue:
    read = read_with_places(files[0], ActCatalogue)
    catalogue, where = read.value, Joined(read.where)
    names = ("roles", "classes", "acts")
    for extra in files[1:]:
        own = read_with_places(extra, ActCatalogue)
        where = Joined(where, {name: (len(getattr(catalogue, name)), own.where) for name in names})
        joined = {name: getattr(catalogue, name) + getattr(own.value, name) for name in names}
        catalogue = catalogue.model_copy(update=joined)
    if faults := check_acts(catalogue, where):
        raise RulebookError("acts", sorted(faults, key=by_place))
    return catalogue


def load_parameters() -> Parameters:
    """Return the parameters of the society model."""
    read = read_with_places(data_folder() / "parameters.yaml", Parameters)
    if faults := check_parameters(read.value, read.where):
        raise RulebookError("parameters", sorted(faults, key=by_place))
    return read.value


def load_place(ref: str) -> PlaceFile:
    """Return a place's aggregates, by the id of a shipped one or by a path; the population checks their meaning."""
    folder = data_folder() / "places"
    known = sorted(path.stem for path in folder.glob("*.yaml"))
    if ref in known:
        return read_document(folder / f"{ref}.yaml", PlaceFile)
    if os.path.exists(ref):
        return read_document(Path(ref), PlaceFile)
    raise _no_such("place", ref, known)


def load_rulebook(ref: str) -> Rulebook:
    """Return a rulebook: ID, ID@VARIANT, PATH or PATH@VARIANT, where PATH is a folder with rules.yaml or that file.

    Without a variant it is read as `default_variant` says.  Raises `UsageError` where the reference names nothing, and
    `RulebookError` with every fault of the files otherwise.
    """
    path, variant = locate(ref)
    book, where = _read_book(path, variant)
    if faults := check_rulebook(book, _acts_beside(path), where):
        raise RulebookError(_named(path, book.variant), faults)
    return book


def read_again(path: Path, variant: str | None) -> Rulebook:
    """Return a rulebook from a rules.yaml whose meaning was checked when it ran; today's acts have no say in it."""
    return _read_book(path, variant)[0]


def faults_of(ref: str) -> list[Fault]:
    """Return every fault of a rulebook, in each of its readings where `ref` names none; each fault once."""
    path, variant = locate(ref)
    faults: dict[Fault, None] = {}
    try:
        book, _ = _read_book(path, variant)
        readings = [variant] if variant is not None else [None, *(each.id for each in book.variants)]
        acts = _acts_beside(path)
    except RulebookError as problem:
        return list(problem.faults)
    for reading in readings:
        try:
            book, where = _read_book(path, reading)
            faults |= dict.fromkeys(check_rulebook(book, acts, where))
        except RulebookError as problem:
            faults |= dict.fromkeys(problem.faults)
    return sorted(faults, key=by_place)


def locate(ref: str) -> tuple[Path, str | None]:
    """Return the file that a reference means, and the variant it names; an id comes before a path of the same name."""
    known = list(shipped())
    plain, at, variant = ref.rpartition("@")
    for name, reading in ((ref, None), (plain, variant)) if at else ((ref, None),):
        if name in known:
            return rulebook_folder() / name / RULES, reading
        path = Path(name)
        # os.path answers no where pathlib raises, as for a name that is too long.
        if os.path.isdir(name):
            if not (path / RULES).exists():
                way_out = "Name a folder with rules.yaml in it, or the file itself."
                fault = Fault("rulebook", Place(shown_path(path)), f"a folder without {RULES}", RULES, way_out)
                raise UsageError(f"rulebook '{name}'", [fault])
            return path / RULES, reading
        if os.path.exists(name):
            return path, reading
    raise _no_such("rulebook", plain if at else ref, known)


def _no_such(kind: str, ref: str, known: list[str]) -> UsageError:
    ref = ref if len(ref) <= LONGEST_SHOWN else f"{ref[:LONGEST_SHOWN]}..."
    way_out = did_you_mean(ref, known, listed="shipped")
    expected = "the id of a shipped one, or a path to a file"
    return UsageError(
        f"{kind} '{ref}'", [Fault(kind, None, f"'{ref}', which is neither id nor file", expected, way_out)]
    )


def _named(path: Path, variant: str | None) -> str:
    return f"rulebook {shown_path(path)}" + (f", variant '{variant}'" if variant else "")


def _acts_beside(path: Path) -> ActCatalogue:
    """Return the acts that the rulebook of this path may name: the shipped ones and those of its own acts.yaml."""
    own = path.parent / ACTS
    return load_acts(own if own.is_file() else None)


def _read_book(path: Path, variant: str | None) -> tuple[Rulebook, Where]:
    """Return a rulebook of the right shape in one reading, its sources with it; its meaning is not checked yet."""
    document = read_file(path)
    faults = _keys_of_loader(document)
    book, found = build(Rulebook, document)
    sources, source_file, missing = _sources_beside(path)
    faults += [*found, *missing]
    if book is not None and path.parent.parent == rulebook_folder() and book.id != path.parent.name:
        expected = f"'{path.parent.name}', the folder's name"
        faults.append(Fault("id", document.at("id"), f"'{book.id}'", expected, "Rename the folder or the rulebook."))
    if book is None or faults:
        raise RulebookError(_named(path, None), sorted(faults, key=by_place))
    reading = variant if variant is not None else book.default_variant
    if reading is not None:
        document, book = _read_as(book, document, reading, asked=variant is not None)
    where = Joined(document, {"sources": (0, source_file)} if source_file else {})
    return book.model_copy(update={"sources": sources}), where


def _keys_of_loader(document: Document) -> list[Fault]:
    """Take out of a rules.yaml the keys that are part of the value but not of the file; each is a fault."""
    faults = []
    for key, way_out in SET_BY_LOADER.items():
        if isinstance(document.data, dict) and key in document.data:
            del document.data[key]
            faults.append(Fault("file", document.key(key), f"the key '{key}'", "a key of rules.yaml", way_out))
    return faults


def _sources_beside(path: Path) -> tuple[tuple[Source, ...], Document | None, list[Fault]]:
    """Return the sources of the sources.yaml beside a file, or the faults of it; none where there is no such file."""
    beside = path.parent / SOURCES
    if not beside.exists():
        way_out = "Write `sources:` with an entry for each key that a citation names."
        return (), None, [Fault("sources", Place(shown_path(beside)), "no such file", "sources.yaml", way_out)]
    try:
        read = read_with_places(beside, SourceFile)
    except RulebookError as problem:
        return (), None, list(problem.faults)
    return read.value.sources, read.where, []


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
    "faults_of",
    "load_acts",
    "load_parameters",
    "load_place",
    "load_rulebook",
    "read_document",
    "shipped",
]
