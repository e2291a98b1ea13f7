"""A run's folder: made once, never over another one, and readable after a kill at any instant."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Self

import pyarrow as pa

from glasstown.errors import Fault, Place, RecordError, RunError
from glasstown.incoming import check_name
from glasstown.records.atomic import remove_leftovers, sync_folder, write_bytes, write_fault
from glasstown.records.checkpoint import Checkpoints
from glasstown.records.manifest import Manifest, parse_manifest
from glasstown.records.parts import drop_parts_from, part_files, part_path, read_table, read_tables, write_table

MANIFEST = "manifest.json"
PARTED_TABLES = ("months", "events", "inbox", "mail")
SINGLE_TABLES = ("hashes", "final")


class RunFolder:
    """One run on disk.  The arrays stay with the engine; this holds tables, the manifest and checkpoints.

    The order that keeps it readable: parts, then the checkpoint that comes after them, then the manifest.
    """

    def __init__(self, path: Path, manifest: Manifest) -> None:
        self.path = path
        self.manifest = manifest
        self.checkpoints = Checkpoints(path / "checkpoint")

    @classmethod
    def create(cls, path: Path, manifest: Manifest, *, need_bytes: int = 0) -> Self:
        """Make the folder and write its manifest.  Nothing is touched when it exists or the disk is too small."""
        check_name(path, "the run")
        if path.exists() or path.is_symlink():
            raise RunError(f"cannot start the run in {path}", [_exists_fault(path)])
        _check_space(path, need_bytes)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.mkdir()
        except FileExistsError as error:
            raise RunError(f"cannot start the run in {path}", [_exists_fault(path)]) from error
        except OSError as error:
            raise RunError(f"cannot start the run in {path}", [write_fault(path, error)]) from error
        folder = cls(path, manifest)
        try:
            folder._write_manifest(manifest)
            sync_folder(path.parent)
        except RecordError as error:
            path.rmdir()  # only the folder made above, and only while it is empty
            raise RunError(f"cannot start the run in {path}", error.faults) from error
        return folder

    @classmethod
    def open(cls, path: Path) -> Self:
        """Read the manifest of a run; nothing is written."""
        check_name(path, "the run")
        manifest_path = path / MANIFEST
        if not manifest_path.is_file():
            raise RecordError(f"cannot open the run {path}", [_no_run_fault(path)])
        try:
            content = manifest_path.read_bytes()
        except OSError as error:
            found = (error.strerror or str(error)).lower()
            fault = Fault("the run", Place(str(manifest_path)), found, "a readable file", "Look at its permissions.")
            raise RecordError(f"cannot open the run {path}", [fault]) from error
        return cls(path, parse_manifest(content, manifest_path))

    def update(self, **changes: Any) -> Manifest:
        """Change fields of the manifest on disk and return it."""
        manifest = self.manifest.with_changes(**changes)
        self._write_manifest(manifest)
        self.manifest = manifest
        return manifest

    def write_part(self, name: str, number: int, table: pa.Table) -> None:
        """Write one part of 'months', 'events', 'inbox' or 'mail'; an earlier part of that number is replaced."""
        write_table(part_path(self._parted(name), number), table)

    def write_single(self, name: str, tables: pa.Table | Iterable[pa.Table]) -> None:
        """Write 'hashes' or 'final'; several tables follow each other in the one file."""
        write_table(self._single(name), tables)

    def read(self, name: str) -> pa.Table:
        """Return a whole table of the run; one that was not written has no rows."""
        return read_tables(name, self.files(name))

    def files(self, name: str) -> tuple[Path, ...]:
        """Return the files of a table, in the order of their rows; none where nothing was written."""
        if name in PARTED_TABLES:
            return part_files(self._parted(name))
        path = self._single(name)
        return (path,) if path.is_file() else ()

    def go_on_from(self, part: int) -> None:
        """Drop what lies after a checkpoint, or all of it for part 0, before the months are run again.

        The hashes go too, since they are one file: a checkpoint that comes after some of them holds them as an array.
        """
        for name in PARTED_TABLES:
            drop_parts_from(self._parted(name), part)
        for name in SINGLE_TABLES:
            self._single(name).unlink(missing_ok=True)
        remove_leftovers(self.path)
        self.update(parts=part, status="running", digest=None, result=None)

    def finish(self, *, digest: str, timings: dict[str, float], result: dict[str, Any]) -> Manifest:
        """Write the last manifest, then remove the checkpoints: in this order a kill between them loses nothing."""
        manifest = self.update(status="done", newest=None, digest=digest, timings=timings, result=result)
        self.checkpoints.remove()
        return manifest

    def unpack_inputs(self, target: Path) -> None:
        """Write the texts of the manifest under a folder, laid out as the loaders expect them.

        rulebooks/<id>/rules.yaml and sources.yaml, data/acts.yaml and so on by the documents' own names.
        """
        for book in self.manifest.rulebooks:
            book.unpack(target / "rulebooks" / book.id)
        data = target / "data"
        data.mkdir(parents=True, exist_ok=True)
        for document in (*self.manifest.acts, self.manifest.parameters, self.manifest.place):
            (data / document.name).write_bytes(document.text.encode("utf-8"))

    def final_rows(self) -> pa.Table:
        """Return the final table, or say that the run has not got there."""
        path = self._single("final")
        if not path.is_file():
            found = f"a run of status '{self.manifest.status}' without final.parquet"
            way_out = f"Finish it with `glasstown resume {self.path}`."
            fault = Fault("the final table", Place(str(path)), found, "a finished run", way_out)
            raise RecordError(f"cannot read the run {self.path}", [fault])
        return read_table(path)

    def _write_manifest(self, manifest: Manifest) -> None:
        write_bytes(self.path / MANIFEST, manifest.dump())

    def _parted(self, name: str) -> Path:
        if name not in PARTED_TABLES:
            raise KeyError(name)
        return self.path / name

    def _single(self, name: str) -> Path:
        if name not in SINGLE_TABLES:
            raise KeyError(name)
        return self.path / f"{name}.parquet"


def _check_space(path: Path, need_bytes: int) -> None:
    """Refuse a run that the disk has no room for, before anything is written."""
    standing = next(parent for parent in path.absolute().parents if parent.exists())
    free = shutil.disk_usage(standing).free
    if free >= need_bytes:
        return
    fault = Fault(
        subject="room on the disk",
        place=Place(str(standing)),
        found=f"{in_words(free)} free",
        expected=f"{in_words(need_bytes)} for this run",
        way_out="Free some space, choose another disk with --out, or run fewer people or months.",
    )
    raise RunError(f"cannot start the run in {path}", [fault])


def in_words(n_bytes: int) -> str:
    """Return a number of bytes as a reader says it: 812 bytes, 3.4 MB, 1.2 TB."""
    size = float(n_bytes)
    for unit in ("bytes", "kB", "MB", "GB"):
        if size < 1000:
            return f"{size:.0f} bytes" if unit == "bytes" else f"{size:.1f} {unit}"
        size /= 1000
    return f"{size:.1f} TB"


def _exists_fault(path: Path) -> Fault:
    is_run = (path / MANIFEST).is_file()
    way_out = f"Go on with `glasstown resume {path}`, or choose" if is_run else "Choose"
    return Fault(
        subject="output folder",
        place=Place(str(path)),
        found="an earlier run there" if is_run else "a file or folder of that name",
        expected="a name that is free",
        way_out=f"{way_out} another folder with --out; nothing in it was touched.",
    )


def _no_run_fault(path: Path) -> Fault:
    if not path.exists():
        found, way_out = "no such folder", "Check the name; `glasstown run` prints where a run lies."
    elif not path.is_dir():
        found, way_out = "a file", "Name the folder that holds manifest.json."
    elif any(path.glob(f".{MANIFEST}*")):
        found = "a half-written manifest: the run was stopped as it began"
        way_out = "Nothing was computed yet. Remove the folder and run the command again."
    else:
        found, way_out = "a folder without manifest.json", "Name the folder that holds manifest.json."
    return Fault("the run", Place(str(path)), found, "the folder of a run", way_out)
