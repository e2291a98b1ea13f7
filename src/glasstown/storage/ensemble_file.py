"""An ensemble on disk: a Parquet file with a row for each member, and beside it a manifest with hashes of all that it was made from.

Every unknown is a column of decimal text, so that a member is asked for again exactly.  Both files are known by the manifest's seal.
"""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from glasstown.errors import Fault, Place, RecordError
from glasstown.storage.atomic import write_bytes
from glasstown.types import SYNTHETIC_WORDS

FORMAT: Final = 1
FEWEST: Final = 100
"""members below which an ensemble shows no widths"""
MARK, ROWS = "glasstown_ensemble", "rows"
SET: Final = "set."
"""what the column of a setting begins with; its path follows"""
OWN: Final = ("member", "seed", "weight")
AGAIN: Final = "Make it again with `make calibrate`."
Columns = Mapping[str, Sequence[Any]]


@dataclass(frozen=True, slots=True)
class Ensemble:
    """Members in their fixed order, and what they were made from."""

    manifest: Mapping[str, Any]
    columns: Columns

    def __len__(self) -> int:
        """Return the number of members."""
        return len(self.columns["member"])

    def settings(self, member: int) -> dict[str, str]:
        """Return the settings of a member, as a town takes them."""
        return {
            name.removeprefix(SET): str(values[member]) for name, values in self.columns.items() if name.startswith(SET)
        }

    def seed(self, member: int) -> int:
        """Return the seed of a member's people and luck."""
        return int(self.columns["seed"][member])


def manifest_path(path: Path) -> Path:
    """Return where the manifest of an ensemble lies."""
    return path.with_name(f"{path.stem}.manifest.json")


def write_ensemble(path: Path, columns: Columns, manifest: Mapping[str, Any]) -> None:
    """Write members and manifest, each as a whole or not at all; RecordError where there are too few, or the disk fails."""
    if fault := _too_few(len(columns["member"]), path):
        raise RecordError(f"cannot write the ensemble {path}", [fault])
    import pyarrow as pa
    from pyarrow import parquet

    table = pa.table({name: list(values) for name, values in columns.items()})
    table = table.replace_schema_metadata({"population": SYNTHETIC_WORDS, MARK: str(FORMAT)})
    file = io.BytesIO()
    parquet.write_table(table, file, compression="zstd")
    rows = file.getvalue()
    whole = {MARK: FORMAT, "population": SYNTHETIC_WORDS, "members": table.num_rows, **manifest, ROWS: _hash(rows)}
    path.parent.mkdir(parents=True, exist_ok=True)
    write_bytes(path, rows)
    write_bytes(manifest_path(path), f"{json.dumps(whole, ensure_ascii=False, indent=1)}\n".encode())


def read_ensemble(path: Path) -> Ensemble:
    """Return an ensemble that is whole; RecordError where it is not there, was altered, or keeps too few members."""
    manifest = _manifest(path)
    try:
        rows = path.read_bytes()
    except OSError:
        raise _broken(path, "no such file", "the members beside their manifest") from None
    if manifest.get(ROWS) != _hash(rows):
        raise _broken(path, "other members than the manifest was written for", "the file that the calibration wrote")
    import pyarrow as pa
    from pyarrow import parquet

    table = parquet.read_table(pa.BufferReader(rows))
    missing = [name for name in OWN if name not in table.column_names]
    if missing:
        raise _broken(path, f"no column '{missing[0]}'", f"the columns {', '.join(OWN)}")
    if fault := _too_few(table.num_rows, path):
        raise RecordError(f"cannot use the ensemble {path}", [fault])
    return Ensemble(manifest, table.to_pydict())


def _manifest(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(manifest_path(path).read_text("utf-8"))
    except OSError:
        raise _broken(manifest_path(path), "no such file", "the manifest of an ensemble") from None
    except ValueError:
        found = None
    if not isinstance(found, dict) or repr(found.get(MARK)) != repr(FORMAT):
        raise _broken(manifest_path(path), "no manifest of this format", f"{MARK} {FORMAT}")
    return found


def _too_few(n: int, path: Path) -> Fault | None:
    if n >= FEWEST:
        return None
    return Fault("the ensemble", Place(str(path)), f"{n} members", f"at least {FEWEST}", "Calibrate with more points.")


def _broken(path: Path, found: str, expected: str) -> RecordError:
    return RecordError(
        f"cannot read the ensemble {path}", [Fault("the ensemble", Place(str(path)), found, expected, AGAIN)]
    )


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
