"""Files to frozen values: rulebooks, the act catalogue, parameters, places.

The one door: whatever passes has the right shape and holds together; whatever does not is told with all its faults at
once, each with its place and a way out.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from glasstown.errors import Fault, RulebookError
from glasstown.incoming import path_of
from glasstown.language.acts import ActCatalogue
from glasstown.language.check import by_place, check_acts, check_parameters, check_rulebook
from glasstown.language.files import Joined, Read, read_document, read_with_places
from glasstown.language.model import Rulebook
from glasstown.language.notes import Note, notes_of
from glasstown.language.notes_idle import same_readings
from glasstown.language.overlays import overlaid_acts
from glasstown.language.parameters import Parameters, PlaceFile
from glasstown.language.place_csv import is_table, read_place_table
from glasstown.language.read_once import remember, remembered, stamp_of
from glasstown.language.texts import (
    ACTS,
    Text,
    chain_of,
    every_shipped,
    locate,
    named,
    no_such,
    read_text,
    shipped,
    with_settings,
)
from glasstown.paths import data_folder

BASE_PLACE = "china-2020"
"""the place that a table of aggregates lies over"""


def load_acts(*extra: Path | None) -> ActCatalogue:
    """Return the shipped act catalogue, extended by the roles, classes and acts of each `extra` (an acts.yaml, or none).

    The value is kept while the files stay as they are, since every rulebook and every case asks for it.
    """
    files = (data_folder() / ACTS, *(path for path in extra if path is not None))
    return _acts(files, tuple(stamp_of(path) for path in files))


@lru_cache(maxsize=8)
def _acts(files: tuple[Path, ...], _stamps: tuple[object, ...]) -> ActCatalogue:
    return joined_acts([read_with_places(file, ActCatalogue) for file in files])


def joined_acts(reads: Sequence[Read[ActCatalogue]], *, checked: bool = True) -> ActCatalogue:
    """Return a catalogue with the roles, classes and acts of further ones behind its own.

    Errors   RulebookError with what does not hold together, where it is `checked`.
    """
    catalogue, where = reads[0].value, Joined(reads[0].where)
    names = ("roles", "classes", "acts")
    for own in reads[1:]:
        where = Joined(where, {name: (len(getattr(catalogue, name)), own.where) for name in names})
        joined = {name: getattr(catalogue, name) + getattr(own.value, name) for name in names}
        catalogue = catalogue.model_copy(update=joined)
    if checked and (faults := check_acts(catalogue, where)):
        raise RulebookError("acts", sorted(faults, key=by_place))
    return catalogue


def load_parameters() -> Parameters:
    """Return the parameters of the society model."""
    return checked_parameters(read_with_places(data_folder() / "parameters.yaml", Parameters))


def checked_parameters(read: Read[Parameters]) -> Parameters:
    """Return parameters whose meaning holds; RulebookError with what does not."""
    if faults := check_parameters(read.value, read.where):
        raise RulebookError("parameters", sorted(faults, key=by_place))
    return read.value


def load_place(ref: str) -> PlaceFile:
    """Return a place's aggregates, by the id of a shipped one or by a path; the population checks their meaning."""
    folder = data_folder() / "places"
    known = sorted(path.stem for path in folder.glob("*.yaml"))
    if ref in known:
        return read_document(folder / f"{ref}.yaml", PlaceFile)
    if os.path.exists(path_of(ref)):
        return place_text(path_of(ref))[0]
    raise no_such("place", ref, known)


def place_text(path: Path) -> tuple[PlaceFile, str | None]:
    """Return the place of a file, and where that is a table, its text as a place file."""
    if not is_table(path):
        return read_document(path, PlaceFile), None
    return read_place_table(path, read_document(data_folder() / "places" / f"{BASE_PLACE}.yaml", PlaceFile))


def load_rulebook(
    ref: str, settings: Mapping[str, str] | None = None, over: Read[ActCatalogue] | None = None
) -> Rulebook:
    """Return a rulebook: ID, ID@VARIANT, PATH or PATH@VARIANT, where PATH is a folder with rules.yaml or that file.

    Without a variant it is read as `default_variant` says; `settings` maps paths such as clauses/ID/points to values, and `over` are
    acts that it may name beside those that ship.
    Raises `UsageError` where the reference or a path names nothing, and `RulebookError` with every fault otherwise.
    """
    path, variant = locate(ref)
    is_plain = not settings and over is None
    if is_plain and (before := remembered(path, variant)) is not None:
        return before
    book, _, where = with_settings(read_text(path, variant), settings or {})
    acts = acts_beside(path)
    if faults := check_rulebook(book, acts if over is None else overlaid_acts(acts, over), where):
        raise RulebookError(named(path, book.variant), faults)
    if is_plain:
        remember(path, variant, book)
    return book


def read_again(path: Path, variant: str | None, settings: Mapping[str, str] | None = None) -> Rulebook:
    """Return a rulebook from a rules.yaml whose meaning was checked when it ran; today's acts have no say in it."""
    return with_settings(read_text(path, variant), settings or {}).book


def faults_of(ref: str) -> list[Fault]:
    """Return every fault of a rulebook, in each of its readings where `ref` names none; each fault once."""
    path, variant = locate(ref)
    faults: dict[Fault, None] = {}
    try:
        book = read_text(path, variant).book
        readings = [variant] if variant is not None else [None, *(each.id for each in book.variants)]
        acts = acts_beside(path)
    except RulebookError as problem:
        return list(problem.faults)
    for reading in readings:
        try:
            book, _, where = read_text(path, reading)
            faults |= dict.fromkeys(check_rulebook(book, acts, where))
        except RulebookError as problem:
            faults |= dict.fromkeys(problem.faults)
    return sorted(faults, key=by_place)


def sound_readings(ref: str) -> list[Text]:
    """Return a sound rulebook in each of its readings where `ref` names none, as it runs unnamed first."""
    path, variant = locate(ref)
    first = read_text(path, variant)
    others = [each.id for each in first.book.variants if each.id != first.book.variant] if variant is None else []
    return [first, *(read_text(path, each) for each in others)]


def notes_on(ref: str) -> tuple[Rulebook, tuple[Note, ...]]:
    """Return a sound rulebook with what its author should know of it, each with its place."""
    path, variant = locate(ref)
    book, _, where = read_text(path, variant)
    names = [each.id for each in book.variants] if variant is None else [variant]
    same = same_readings(read_text(path, None).book, [read_text(path, name).book for name in names])
    return book, notes_of(book, where, same)


def acts_beside(path: Path) -> ActCatalogue:
    """Return the acts that the rulebook of this path may name: the shipped ones, then those beside it and its bases."""
    own = [each.parent / ACTS for each in reversed(chain_of(path))]
    return load_acts(*(each for each in own if each.is_file()))


__all__ = [
    "acts_beside",
    "checked_parameters",
    "every_shipped",
    "faults_of",
    "joined_acts",
    "load_acts",
    "load_parameters",
    "load_place",
    "load_rulebook",
    "locate",
    "notes_on",
    "read_again",
    "read_document",
    "shipped",
    "sound_readings",
]
