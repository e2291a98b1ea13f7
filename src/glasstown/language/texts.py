"""The files of one rulebook, and of what lies beneath it, as one value of the right shape, in one reading."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple, TypeAlias

from pydantic import Field

from glasstown.errors import Fault, Place, RulebookError, UsageError, did_you_mean
from glasstown.incoming import path_of
from glasstown.language.addons import lay_over
from glasstown.language.check import by_place
from glasstown.language.check_ground import Where
from glasstown.language.files import Joined, read_file, read_with_places, shown_path
from glasstown.language.model import Rulebook, Source, Value
from glasstown.language.shape import build
from glasstown.language.tree import Document
from glasstown.language.variants import apply_settings, apply_variant
from glasstown.paths import check_installation, rulebook_folder

RULES, SOURCES, ACTS, BASE = "rules.yaml", "sources.yaml", "acts.yaml", "base"
WITH_READING = re.compile(r"(.*)@([^@/\\,]*)", flags=re.DOTALL)
MAY_EXTEND = re.compile(rb"^[\"']?extends", flags=re.MULTILINE)
LONGEST_SHOWN = 200
"""characters of a reference in a message"""
SET_BY_LOADER = {
    "sources": "Move the list to sources.yaml beside this file.",
    "variant": "Remove it; 'default_variant' names the reading that runs where none is named.",
    "inherited": "Remove it; 'extends' and 'leaves_out' say what comes from the rulebook beneath.",
}


class SourceFile(Value):
    """sources.yaml: the works that a rulebook cites."""

    sources: tuple[Source, ...] = Field(description="the works, each with the key that citations use")


class Text(NamedTuple):
    """A rulebook in one reading: its value, the document it was made of, and where everything stands."""

    book: Rulebook
    document: Document
    where: Where


Cited: TypeAlias = tuple[tuple[Source, ...], Document | None, list[Fault]]
"""The works of a sources.yaml, the file as a document where there is one, and what is wrong with it."""


class Parts(NamedTuple):
    """What a rulebook is put together from; `named_for` is the id that a shipped one must have."""

    document: Document
    base: Text | None
    cited: Cited
    named_for: str | None = None


def shipped() -> tuple[str, ...]:
    """Return the ids of the rulebooks that come with the project, in alphabetical order."""
    return tuple(sorted(folder.name for folder in rulebook_folder().iterdir() if (folder / RULES).is_file()))


def every_shipped() -> tuple[str, ...]:
    """Return the same where all of them are meant; UsageError where files of the installation are gone."""
    check_installation()
    return shipped()


def with_reading(ref: str) -> tuple[str, str | None]:
    """Return a reference without its reading, and the reading: what follows its last `@`, unless that is the rest of a path.

    >>> with_reading("suining-2010@ceiling-1000"), with_reading("town@home/my-city")
    (('suining-2010', 'ceiling-1000'), ('town@home/my-city', None))
    """
    found = WITH_READING.fullmatch(ref)
    return (found[1], found[2]) if found else (ref, None)


def locate(ref: str, beside: Path | None = None) -> tuple[Path, str | None]:
    """Return the file that a reference means, and the variant it names; an id comes before a path of the same name.

    `beside` is the folder that a path begins in; the working folder without it.
    """
    plain, variant = with_reading(ref)
    for name, reading in dict.fromkeys(((ref, None), (plain, variant))):
        if _ships(name):
            return rulebook_folder() / name / RULES, reading
        if not name:
            continue
        path = path_of(name) if name.startswith("~") else (beside or Path()) / name
        # os.path answers no where pathlib raises, as for a name that is too long.
        if os.path.isdir(path):
            if not (path / RULES).exists():
                way_out = "Name a folder with rules.yaml in it, or the file itself."
                fault = Fault("rulebook", Place(shown_path(path)), f"a folder without {RULES}", RULES, way_out)
                raise UsageError(f"rulebook '{name}'", [fault])
            return path / RULES, reading
        if os.path.exists(path):
            return path, reading
    raise no_such("rulebook", plain, list(shipped()))


def _ships(name: str) -> bool:
    """Whether a rulebook of this id comes with the project, spelled so on every file system."""
    return name in os.listdir(rulebook_folder()) and (rulebook_folder() / name / RULES).is_file()


def no_such(kind: str, ref: str, known: list[str]) -> UsageError:
    """Return the error of a reference that names nothing."""
    ref = ref if len(ref) <= LONGEST_SHOWN else f"{ref[:LONGEST_SHOWN]}..."
    way_out = did_you_mean(ref, known, called="shipped ones")
    if kind == "rulebook" and not way_out.startswith("Did"):
        way_out += " `glasstown rulebooks` lists them."
    expected = "the id of a shipped one, or a path to a file"
    return UsageError(
        f"{kind} '{ref}'", [Fault(kind, None, f"'{ref}', which is neither id nor file", expected, way_out)]
    )


def named(path: Path, variant: str | None) -> str:
    """Return a rulebook's file and reading as errors name them."""
    return f"rulebook {shown_path(path)}" + (f", variant '{variant}'" if variant else "")


def read_text(path: Path, variant: str | None, above: tuple[Path, ...] = ()) -> Text:
    """Return a rulebook of the right shape in one reading, its sources with it; its meaning is not checked yet.

    `above` are the add-ons that lead here.
    """
    document = read_file(path)
    base = _base(path, document, above)
    named_for = path.parent.name if path.parent.parent == rulebook_folder() else None
    return assembled(Parts(document, base, _sources_beside(path), named_for), variant, named(path, None))


def assembled(parts: Parts, variant: str | None, name: str) -> Text:
    """Return a rulebook of the right shape from its parts, wherever they were read; `name` is what errors call it."""
    document, base, (sources, source_file, missing), named_for = parts
    faults = _keys_of_loader(document)
    if base is not None:
        document, wrong = lay_over(document, base.document, base.book.id)
        faults += wrong
    book, found = build(Rulebook, document)
    faults += [*found, *missing]
    if book is not None and named_for is not None and book.id != named_for:
        expected = f"'{named_for}', the folder's name"
        faults.append(Fault("id", document.at("id"), f"'{book.id}'", expected, "Rename the folder or the rulebook."))
    if base is not None and source_file is not None:
        sources, clashes = _joined_sources(sources, base.book, source_file)
        faults += clashes
    if book is None or faults:
        raise RulebookError(name, sorted(faults, key=by_place))
    reading = variant if variant is not None else book.default_variant
    if reading is not None:
        document, book = _read_as(book, document, reading, asked=variant is not None)
    where = Joined(document, {"sources": (0, source_file)} if source_file else {})
    return Text(book.model_copy(update={"sources": sources}), document, where)


def with_settings(text: Text, settings: Mapping[str, str]) -> Text:
    """Return a rulebook with values set as a run asks for: paths as in a variant, values as in a rules.yaml.

    Errors   UsageError where a path leads nowhere or a value has no meaning there.
    """
    if not settings:
        return text
    owner = text.book.id
    changed, faults = apply_settings(text.document, settings, owner)
    book, found = (None, []) if faults else build(Rulebook, changed)
    if book is None:
        raise UsageError(f"the settings of '{owner}'", [*faults, *found])
    book = book.model_copy(update={"sources": text.book.sources})
    return Text(book, changed, Joined(changed, {}))


def base_of(path: Path) -> tuple[Path, str | None] | None:
    """Return the file beneath an add-on and the reading of it; None where the rulebook stands alone.

    A folder `base` beside the add-on is a kept copy of its base, and comes before what `extends` names.

    Errors   RulebookError where it names nothing.
    """
    try:
        is_addon = (
            path.is_file() and MAY_EXTEND.search(path.read_bytes()) is not None
        )  # most do not: then nothing is parsed
    except OSError:
        return None  # whoever reads the rulebook itself tells
    return _beneath(path, read_file(path)) if is_addon else None


def chain_of(path: Path) -> tuple[Path, ...]:
    """Return a rulebook's file and those beneath it, the lowest last."""
    beneath = base_of(path)
    return (path, *(chain_of(beneath[0]) if beneath else ()))


def _beneath(path: Path, document: Document) -> tuple[Path, str | None] | None:
    reference = document.data.get("extends") if isinstance(document.data, dict) else None
    if not isinstance(reference, str):
        return None
    kept = path.parent / BASE / RULES
    if kept.is_file():
        return kept, with_reading(reference)[1]
    try:
        return locate(reference, path.parent)
    except UsageError as problem:
        faults = [
            Fault("extends", document.at("extends"), each.found, each.expected, each.way_out) for each in problem.faults
        ]
        raise RulebookError(named(path, None), faults) from None


def _base(path: Path, document: Document, above: tuple[Path, ...]) -> Text | None:
    """Return the rulebook beneath, read; `RulebookError` where it is not there, is faulty, or lies over this one."""
    beneath = _beneath(path, document)
    if beneath is None:
        return None
    way = (*above, path.resolve())
    if beneath[0].resolve() in way:
        circle = " -> ".join(each.parent.name for each in (*way, beneath[0].resolve()))
        fault = Fault(
            "extends", document.at("extends"), f"a circle: {circle}", "a rulebook that does not lie over this one",
            "Remove one 'extends': the base stands alone.",
        )  # fmt: skip
        raise RulebookError(named(path, None), [fault])
    try:
        return read_text(*beneath, way)
    except UsageError as problem:
        faults = [
            Fault("extends", document.at("extends"), each.found, each.expected, each.way_out) for each in problem.faults
        ]
        raise RulebookError(named(path, None), faults) from None


def _keys_of_loader(document: Document) -> list[Fault]:
    """Take out of a rules.yaml the keys that are part of the value but not of the file; each is a fault."""
    faults = []
    for key, way_out in SET_BY_LOADER.items():
        if isinstance(document.data, dict) and key in document.data:
            del document.data[key]
            faults.append(Fault("file", document.key(key), f"the key '{key}'", "a key of rules.yaml", way_out))
    return faults


def _sources_beside(path: Path) -> Cited:
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


def _joined_sources(own: tuple[Source, ...], base: Rulebook, file: Document) -> tuple[tuple[Source, ...], list[Fault]]:
    """Return an add-on's works with those of its base; a key that means one work here and another there is a fault."""
    beneath = {source.key: source for source in base.sources}
    faults = [
        Fault(
            f"source '{source.key}'", file.at("sources", n, "key"), f"another work than in '{base.id}'",
            "a key that the base gives to the same work, or to none", "Rename it, here and in the citations.",
        )
        for n, source in enumerate(own)
        if source.key in beneath and source.title != beneath[source.key].title
    ]  # fmt: skip
    keys = {source.key for source in own}
    return own + tuple(source for source in base.sources if source.key not in keys), faults


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
