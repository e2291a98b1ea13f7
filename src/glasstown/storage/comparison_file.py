"""A comparison on disk: its runs in folders of their own, and beside them what it is and the table of all its numbers.

The two files are written when the comparison is finished, so that its folder can be told, packed and lived again by itself.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal, TypeAlias

from pydantic import AfterValidator, Field, StringConstraints, ValidationError

from glasstown.errors import Fault, Place, RecordError
from glasstown.incoming import check_name
from glasstown.storage.atomic import write_bytes
from glasstown.storage.folder import RunFolder
from glasstown.storage.folder_faults import FIRST
from glasstown.storage.inside import is_file
from glasstown.storage.manifest import SEAL, Checkout, Entry, Manifest, Sealed, seal_of
from glasstown.storage.names import Name
from glasstown.storage.seal import hash_of, sealed
from glasstown.storage.tidy_file import as_parquet
from glasstown.types import HASH_BYTES, SYNTHETIC_WORDS
from glasstown.wording import as_typed

if TYPE_CHECKING:
    import pyarrow

FILE: Final = "comparison.json"
TABLE: Final = "comparison.parquet"
FORMAT: Final = 1
FIRST_OF_EACH: Final = (FIRST, "second-1")
"""the folders of the first run of each side"""
WHAT: Final = "the comparison"
AGAIN: Final = "Give the command of the comparison again with --out {}: it takes the runs that are there."
COPY: Final = "Take it from a copy of the folder, or give the command of the comparison again."


def _plain(text: str) -> str:
    if not text.isprintable():
        raise ValueError("letters that cannot be seen")
    return text


Said: TypeAlias = Annotated[str, StringConstraints(max_length=2000), AfterValidator(_plain)]
RunName: TypeAlias = Annotated[str, StringConstraints(pattern=r"^(first|second)-[1-9][0-9]{0,3}$")]
Hash: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{16,128}$")]


class ComparisonFile(Entry):
    """What a finished comparison was asked for, and what came of it; the file has its seal as a further key."""

    glasstown_comparison: Literal[1] = Field(FORMAT, description="version of the format")
    population: Literal["synthetic population"] = Field(SYNTHETIC_WORDS, description="who is in it")
    first: Name = Field(description="name of the first side")
    second: Name = Field(description="name of the second side")
    by: tuple[Said, ...] = Field(description="what it is told by")
    is_one_town: bool = Field(description="whether desks have orders on a side")
    draws: int = Field(ge=0, description="draws that were asked for")
    prior: bool = Field(description="whether they were asked from the parameters' ranges")
    drawn: int = Field(ge=0, description="draws that were kept")
    tried: int = Field(ge=0, description="draws that were lived")
    near: tuple[Said, ...] = Field(description="what those kept come near")
    held: int = Field(ge=0, le=1, description="the side that comes near it")
    said: Said = Field(description="which ways were taken")
    is_ensemble: bool = Field(description="whether they are members of the ensemble")
    runs: dict[RunName, Hash] = Field(min_length=2, description="digest of each run, by its folder")
    table: Sealed = Field(description="the table of its numbers")
    versions: dict[str, Said] = Field(description="versions of what made it")
    checkout: Checkout | None = Field(None, description="the commit of the code, where it lay in a checkout")

    @property
    def n_pairs(self) -> int:
        """Return how many seeds it has."""
        return len(self.runs) // 2

    @property
    def digest(self) -> str:
        """Return the hash of its runs' digests."""
        text = json.dumps(sorted(self.runs.items()))
        return hashlib.blake2b(text.encode(), digest_size=HASH_BYTES).hexdigest()

    def dump(self) -> bytes:
        """Return the file as JSON text, the same for the same values."""
        content = self.model_dump(mode="json")
        return (json.dumps({**content, SEAL: seal_of(content)}, ensure_ascii=False, indent=2) + "\n").encode("utf-8")


@dataclass(frozen=True, slots=True)
class Comparison:
    """A finished comparison: its file, and the manifest of each run by its folder's name."""

    file: ComparisonFile
    manifests: Mapping[str, Manifest]

    @property
    def first(self) -> Manifest:
        """Return the manifest of its first run."""
        return self.manifests[FIRST]


def write_comparison(path: Path, asked: Mapping[str, Any], table: pyarrow.Table) -> ComparisonFile:
    """Write the table and then the file of a comparison whose runs lie in this folder, and return the file.

    asked   the fields of the file but its table and runs' digests; `runs` are their names
    """
    _write(path / TABLE, as_parquet(table, TABLE))
    runs = {name: str(RunFolder.open(path / name).manifest.digest) for name in asked["runs"]}
    file = ComparisonFile(**{**asked, "runs": runs, "table": sealed(path / TABLE)})
    _write(path / FILE, file.dump())
    return file


def _write(path: Path, content: bytes) -> None:
    """Write a file, unless these very bytes lie there."""
    if not is_file(path) or path.read_bytes() != content:
        write_bytes(path, content)


def open_comparison(path: Path) -> Comparison:
    """Return a finished comparison; its table is looked at, and that its runs are those it was made of, not yet their tables.

    Errors   RecordError for a folder of none, for one that is not finished, and for what was changed since
    """
    check_name(path, WHAT)
    if not is_file(path / FILE):
        found = "the folder of a comparison that is not finished, or was made by an earlier version"
        raise fault_of(path, found, "a finished comparison", AGAIN.format(as_typed(path)))
    file = parse_comparison((path / FILE).read_bytes(), path / FILE)
    if not is_file(path / TABLE) or hash_of(path / TABLE) != file.table.blake2b:
        raise fault_of(path / TABLE, "another table than the comparison wrote", "the one that it wrote", COPY)
    manifests = {}
    for name, digest in file.runs.items():
        run = RunFolder.open(path / name)
        if run.manifest.status != "done" or run.manifest.digest != digest:
            raise fault_of(path / name, "another run than the comparison was made of", f"the run {digest}", COPY)
        manifests[name] = run.manifest
    return Comparison(file, manifests)


def table_in(path: Path) -> pyarrow.Table:
    """Return the table of a comparison that `open_comparison` found whole."""
    import pyarrow.parquet as pq

    return pq.read_table(path / TABLE)


def parse_comparison(content: bytes, path: Path) -> ComparisonFile:
    """Return the file that these bytes say, or name what is wrong with it."""
    try:
        values = json.loads(content.decode("utf-8"))
        seal = values.pop(SEAL, None)
    except (ValueError, RecursionError, AttributeError, TypeError) as error:
        raise fault_of(path, "a half-written or damaged file", "the comparison's own file", COPY) from error
    if not isinstance(values, dict) or seal != seal_of(values):
        found = "values that are not those of its seal: it was changed since"
        raise fault_of(path, found, "the file as the comparison wrote it", COPY)
    try:
        file = ComparisonFile.model_validate_json(json.dumps(values), strict=True)
    except ValidationError as error:
        first = error.errors()[0]
        found = f"{'/'.join(str(step) for step in first['loc'])}: {first['msg'].removeprefix('Value error, ')}"
        raise fault_of(path, found, "the file as the comparison wrote it", COPY) from error
    if set(file.runs) != {f"{side}-{n + 1}" for side in ("first", "second") for n in range(file.n_pairs)}:
        raise fault_of(path, "runs that are no pairs", "two runs for each seed", COPY)
    return file


def fault_of(path: Path, found: str, expected: str, way_out: str) -> RecordError:
    """Return the one message about a comparison that cannot be used."""
    return RecordError(f"cannot use {path}", [Fault(WHAT, Place(str(path)), found, expected, way_out)])
