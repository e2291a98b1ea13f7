"""The manifest: everything that is needed to build a run again, and how far it has come.

It is written before anything else and holds the full texts, so that a run can be rebuilt from this one file after the
rulebook beside the code has changed.
"""

from __future__ import annotations

import hashlib
import json
import platform
from collections.abc import Iterable
from datetime import date
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Annotated, Any, Final, Literal, Self, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, JsonValue, StringConstraints, ValidationError, model_validator

from glasstown.errors import Fault, Place, RecordError, UsageError
from glasstown.language.kept import KeptTexts
from glasstown.storage.inside import kind_of
from glasstown.storage.names import Id, Name, fit_name
from glasstown.types import SYNTHETIC_WORDS

FORMAT: Final = 3
"""2 sealed the files of a run; 3 tells points in points, and the unit of every column."""
WITH_ORDERS: Final = 4
"""Format of a manifest that has orders of desks; one without is written as before, for every version that reads it."""
IN_POINTS: Final = 3
"""First format whose tables have points, not quanta."""
SEAL: Final = "seal"
"""Key of the manifest's own hash, the last in the file."""
VERSIONED = ("glasstown", "numpy", "numba", "llvmlite", "pyarrow", "duckdb", "pydantic")


def format_for(orders: object | None) -> int:
    """Return the format that a manifest is written in: with orders, or without any."""
    return FORMAT if orders is None else WITH_ORDERS


class Entry(BaseModel):
    """Base of every part of a manifest: frozen, and no key that the format does not have."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Document(Entry):
    """A text that went into the run, whole, with the hash of its UTF-8 bytes."""

    name: Name = Field(description="file name, such as rules.yaml; shown, and never a path")
    text: str = Field(description="the whole text")
    sha256: str = Field(description="SHA-256 of the text in UTF-8, line ends as \\n, hexadecimal")

    @classmethod
    def of(cls, name: str, text: str) -> Self:
        """Return the document of this text, hash included."""
        return cls(name=name, text=text, sha256=_sha256(text))

    @classmethod
    def from_file(cls, path: Path) -> Self:
        """Return the document that stands in a file now; UsageError for what is no text, or could not be read a second time."""
        if not path.is_file():
            way_out = "Write what it would bring into a file."
            fault = Fault("a text of the run", Place(str(path)), kind_of(path) or "nothing", "a plain file", way_out)
            raise UsageError("The run", [fault])
        try:
            text = path.read_bytes().decode("utf-8")
        except UnicodeDecodeError as problem:
            found = f"byte 0x{problem.object[problem.start]:02x}, which is not UTF-8"
            way_out = "Save the file with the encoding UTF-8."
            fault = Fault("a text of the run", Place(str(path)), found, "text in UTF-8", way_out)
            raise UsageError("The run", [fault]) from None
        return cls.of(fit_name(path.name), text)

    @model_validator(mode="after")
    def _hash_fits(self) -> Self:
        if self.sha256 != _sha256(self.text):
            raise ValueError(f"the text of {self.name} does not have the hash written beside it")
        return self


class RulebookDocuments(Entry):
    """The texts of one rulebook, and the reading of it that ran."""

    id: Id = Field(description="id of the rulebook")
    variant: Id | None = Field(None, description="the reading, where the rulebook has several")
    rules: Document = Field(description="rules.yaml")
    sources: Document = Field(description="sources.yaml")
    base: RulebookDocuments | None = Field(None, description="the texts beneath, where the rulebook is an add-on")

    @property
    def reference(self) -> str:
        """Return the rulebook as a command names it, which is also its name in the run's tables: ID or ID@READING."""
        return f"{self.id}@{self.variant}" if self.variant else self.id

    @property
    def texts(self) -> tuple[Document, ...]:
        """Return the rulebook's texts and those beneath it."""
        return (self.rules, self.sources, *(self.base.texts if self.base else ()))

    @property
    def kept(self) -> KeptTexts:
        """Return the bare texts, as the rulebook's reader takes them."""
        return KeptTexts(self.id, self.rules.text, self.sources.text, self.base.kept if self.base else None)


class Checkout(Entry):
    """Where the code of a checkout stood."""

    commit: str = Field(pattern=r"^[0-9a-f]{40,64}$", description="hash of the commit")
    is_changed: bool = Field(description="whether a file of the package was another one than the commit's")


class Position(Entry):
    """A checkpoint that the manifest knows of.  A newer one may lie in the folder, which is not gone on from."""

    month: int = Field(ge=0, description="number of months done")
    part: int = Field(ge=0, description="number of parts written before it")
    sha256: str | None = Field(None, description="hash at the end of its slot, hexadecimal; earlier versions kept none")


TableFile: TypeAlias = Annotated[
    str,
    StringConstraints(pattern=r"^((months|events|inbox|mail)/part-[0-9]{4,}|hashes|final)\.parquet$"),
]
"""Place of a table's file in its run's folder."""


class Sealed(Entry):
    """What one file of a run is, so that a reader knows it again."""

    rows: int = Field(ge=0, description="number of rows")
    bytes: int = Field(ge=0, description="length of the file")
    blake2b: str = Field(description="BLAKE2b of the file's bytes, 32 bytes long, hexadecimal")


MOST_MONTHS: Final = 1023
MOST_THREADS: Final = 256
MOST_PEOPLE: Final = 10**12
"""What a run may be asked for; the file of one says no more."""


class Manifest(Entry):
    """One run: what it is made of, and how far it is.

    The file has a further key `seal`, the hash of all the others: a manifest that was changed by hand is refused.
    """

    glasstown_run: Literal[1, 2, 3, 4] = Field(
        FORMAT,
        description="version of the format; 1 knows no `files` and no seal, up to 2 points are in quanta, 4 has `orders`",
    )
    population: Literal["synthetic population"] = Field(SYNTHETIC_WORDS, description="who is in it")
    status: Literal["running", "done"] = Field("running", description="running until its last file is written")
    command: str = Field(description="the command that began it")
    versions: dict[str, str] = Field(description="versions of the project and of what it stands on")
    checkout: Checkout | None = Field(
        None, description="the commit of the code that began it, where it lay in a checkout"
    )
    rulebooks: tuple[RulebookDocuments, ...] = Field(min_length=1, description="the rulebooks, in order")
    acts: tuple[Document, ...] = Field(min_length=1, description="the act catalogue, and the user's own acts if any")
    own_acts: Document | None = Field(None, description="what --acts put over the catalogue, if anything")
    parameters: Document = Field(description="the model's parameters before `settings`")
    own_parameters: Document | None = Field(None, description="what --parameters put over them, if anything")
    place: Document = Field(description="the aggregates that the people were generated from")
    drive: Document | None = Field(None, description="what drove a list by date, and who stood there at first, if any")
    mechanism: Document | None = Field(None, description="a mechanism of one's own, if any: code, in Python")
    orders: Document | None = Field(None, description="what desks decided, if anything: one order a line, in JSON")
    settings: dict[str, str] = Field(default_factory=dict, description="changes by --set: path and value")
    unknown: Literal["low", "high"] | None = Field(None, description="the bound that unknown points took, if any")
    seed: int = Field(ge=0, lt=2**64, description="seed of every random number")
    people: int = Field(ge=1, le=MOST_PEOPLE, description="number of people")
    firms: int = Field(ge=0, le=MOST_PEOPLE, description="number of firms")
    months: int = Field(ge=1, le=MOST_MONTHS, description="number of months asked for")
    start: date = Field(ge=date(2, 1, 1), le=date(date.max.year - 90, 12, 31), description="first day")
    track: int = Field(0, ge=0, le=MOST_PEOPLE, description="number of people whose events are kept")
    threads: int | None = Field(
        None, ge=1, le=MOST_THREADS, description="threads asked for; the digest does not depend on it"
    )
    newest: Position | None = Field(None, description="newest checkpoint; nothing yet, or removed at the end")
    earlier: Position | None = Field(None, description="the checkpoint before it, which the other slot holds")
    parts: int = Field(0, ge=0, description="number of parts written")
    code: str | None = Field(
        None, description="hash of the code that lived the months, without comments and docstrings"
    )
    files: dict[TableFile, Sealed] = Field(
        default_factory=dict, description="every file written so far, by its place in the folder"
    )
    timings: dict[str, float] = Field(default_factory=dict, description="seconds by stage of the work")
    digest: str | None = Field(None, description="tree hash of the run, given at its end")
    result: dict[str, JsonValue] | None = Field(None, description="the result that the command printed at its end")

    @property
    def model_texts(self) -> tuple[Document, ...]:
        """Return every text of the run that is no rulebook's: acts, parameters and place, with what was put over them."""
        further = (self.own_acts, self.own_parameters, self.drive, self.mechanism)
        return (*self.acts, self.parameters, self.place, *(each for each in further if each is not None))

    @property
    def format(self) -> int:
        """Return the format that it is written in today."""
        return format_for(self.orders)

    def with_changes(self, **changes: Any) -> Manifest:
        """Return a manifest with these fields changed, checked again."""
        fields = {name: getattr(self, name) for name in type(self).model_fields}
        return Manifest.model_validate({**fields, **changes})

    def dump(self) -> bytes:
        """Return the manifest as JSON text, its seal included, the same for the same values."""
        content = self.model_dump(mode="json")
        if self.orders is None:
            del content["orders"]  # which earlier versions do not know
        if self.glasstown_run > 1:
            content[SEAL] = seal_of(content)
        return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode("utf-8")


def installed_versions() -> dict[str, str]:
    """Return the versions that a run's speed and files may depend on, and its numbers never do."""
    return {"python": platform.python_version(), **dict(_versions_of(VERSIONED))}


def parse_manifest(content: bytes, path: Path) -> Manifest:
    """Return the manifest that these bytes say, or name what is wrong with the file at `path`."""
    try:
        values = json.loads(content.decode("utf-8"))
    except (ValueError, RecursionError) as error:  # no UTF-8, no JSON, a number of thousands of digits, lists in lists
        raise _unreadable(path, f"a half-written or damaged file ({error})", "whole JSON") from error
    _check_format(values, path)
    seal = values.pop(SEAL, None)
    try:
        manifest = Manifest.model_validate_json(json.dumps(values), strict=True)
    except ValidationError as error:
        raise RecordError(f"cannot read {path}", [_shape_fault(e, path) for e in error.errors()]) from error
    if manifest.glasstown_run > 1 and seal != seal_of(values):
        raise _unreadable(
            path, "values that are not those of its seal: it was changed since", "the manifest as the run wrote it"
        )
    return manifest


def seal_of(values: dict[str, Any]) -> str:
    """Return the hash of a manifest's values, whatever the layout of the file."""
    text = json.dumps(values, sort_keys=True, separators=(",", ":"))
    return hashlib.blake2b(text.encode("utf-8"), digest_size=32).hexdigest()


def _check_format(values: Any, path: Path) -> None:
    found = values.get("glasstown_run") if isinstance(values, dict) else None
    if type(found) is not int:  # true is 1 to Python
        raise _unreadable(path, "no key 'glasstown_run' with a whole number", "the manifest of a run")
    if found > WITH_ORDERS:
        fault = Fault(
            subject="the run's manifest",
            place=Place(str(path)),
            found=f"format {found}, written by a newer Glasstown ({_written_by(values)})",
            expected=f"format {WITH_ORDERS} or older",
            way_out="Open the run with that version, or install a newer one.",
        )
        raise RecordError(f"cannot read {path}", [fault])


def _written_by(values: dict[str, Any]) -> str:
    versions = values.get("versions")
    return str(versions.get("glasstown", "version not given")) if isinstance(versions, dict) else "version not given"


def _shape_fault(error: Any, path: Path) -> Fault:
    return Fault(
        subject="/".join(str(step) for step in error["loc"]) or "the manifest",
        place=Place(str(path)),
        found=error["msg"].removeprefix("Value error, "),
        expected="the manifest as the run wrote it",
        way_out="Take the file from a copy of the run, or run the command again.",
    )


def _unreadable(path: Path, found: str, expected: str) -> RecordError:
    way_out = "Take the file from a copy of the run, or remove the folder and run the command again."
    return RecordError(f"cannot read {path}", [Fault("the run's manifest", Place(str(path)), found, expected, way_out)])


def _versions_of(names: Iterable[str]) -> Iterable[tuple[str, str]]:
    for name in names:
        try:
            yield name, version(name)
        except PackageNotFoundError:
            yield name, "not installed"


def _sha256(text: str) -> str:
    """Return the hash of a text with line ends of one character: a copy on Windows has the same as any other."""
    return hashlib.sha256(text.replace("\r\n", "\n").encode("utf-8")).hexdigest()
