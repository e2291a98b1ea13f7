"""A run's folder: made once, never over another one, and readable after a kill at any instant."""

from __future__ import annotations

import re
import shutil
import warnings
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Self

import pyarrow as pa

from glasstown.errors import Fault, Place, RecordError, RunError, RunWarning
from glasstown.incoming import check_name
from glasstown.machine import sync_folder
from glasstown.storage.atomic import remove_leftovers, write_bytes, write_fault
from glasstown.storage.checkout import maker
from glasstown.storage.checkpoint import Checkpoint, Checkpoints, Misfit, fits_any
from glasstown.storage.folder_faults import exists_fault, no_run_fault
from glasstown.storage.free import RUNS, plain_name, taken_folder
from glasstown.storage.identity import identity_of
from glasstown.storage.inside import is_file, is_folder, kind_of, make_folder
from glasstown.storage.kept import book_of
from glasstown.storage.manifest import IN_POINTS, Manifest, Position, Sealed, parse_manifest
from glasstown.storage.parts import (
    drop_parts_from,
    part_files,
    part_numbers,
    part_path,
    read_table,
    read_tables,
    write_table,
)
from glasstown.storage.seal import faults_of, sealed
from glasstown.storage.target import folder_target
from glasstown.wording import as_typed, counted

MANIFEST = "manifest.json"
PARTED_TABLES = ("months", "events", "inbox", "mail")
SINGLE_TABLES = ("hashes", "final")
A_PART = ("months", "inbox", "mail")
"""Tables of which every part of a run has a file, rows or none."""
AT_THE_END = ("events", "hashes", "final")
"""Tables that a run writes last: what lies in their place while it is on its way is not its own, or not yet said to be."""
FOLDERS = (*PARTED_TABLES, "checkpoint")
OWN_FILE = re.compile(r"manifest\.json|(hashes|final)\.parquet|part-[0-9]+\.parquet|slot-[01]\.bin|report\.html")
"""Names that a run gives to its files."""


class RunFolder:
    """One run on disk.  The arrays stay with the engine; this holds tables, the manifest and checkpoints.

    The order that keeps it readable: parts, then the checkpoint that comes after them, then the manifest.
    """

    def __init__(self, path: Path, manifest: Manifest) -> None:
        self.path = path
        self.manifest = manifest
        self.checkpoints = Checkpoints(path / "checkpoint")
        self.written: dict[str, Sealed] = dict(manifest.files)
        self._is_known_whole = False

    @classmethod
    def create(cls, path: Path, manifest: Manifest, *, need_bytes: int = 0) -> Self:
        """Make the folder and write its manifest.  Nothing is touched when it exists or the disk is too small."""
        check_name(path, "the run")
        if kind_of(path):
            raise RunError(f"cannot start the run in {path}", [exists_fault(path)])
        folder_target(path, "the run")
        _check_space(path, need_bytes)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.mkdir()
        except FileExistsError as error:
            raise RunError(f"cannot start the run in {path}", [exists_fault(path)]) from error
        except OSError as error:
            raise RunError(f"cannot start the run in {path}", [write_fault(path, error)]) from error
        return cls._begun(path, manifest)

    @classmethod
    def create_named(cls, name: str, manifest: Manifest, *, need_bytes: int = 0) -> Self:
        """Make the first folder runs/NAME-N that is free, as `create` does one that somebody names."""
        _check_space(RUNS / plain_name(name), need_bytes)
        return cls._begun(taken_folder(name, "the run"), manifest)

    @classmethod
    def _begun(cls, path: Path, manifest: Manifest) -> Self:
        """Write the manifest into a folder that was just made; the folder goes where that fails."""
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
        if not is_file(manifest_path):
            raise RecordError(f"cannot open the run {path}", [no_run_fault(path)])
        check_inside(path)
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
        self._write(part_path(self._parted(name), number), table)

    def write_single(self, name: str, tables: pa.Table | Iterable[pa.Table]) -> None:
        """Write 'hashes' or 'final'; several tables follow each other in the one file."""
        self._write(self._single(name), tables)

    def _write(self, path: Path, tables: pa.Table | Iterable[pa.Table]) -> None:
        self._is_known_whole = False
        try:
            if path.parent != self.path:
                make_folder(path.parent)
            write_table(path, tables)
        except (OSError, RecordError) as error:
            raise self._gone_or(error) from error
        self.written[path.relative_to(self.path).as_posix()] = sealed(path)

    def _gone_or(self, error: Exception) -> Exception:
        """Return that the whole folder went away, where it did; else the error itself."""
        if self.path.is_dir():
            return error
        way_out = "Nothing is left to go on with: give the command again, and leave its folder where it is."
        fault = Fault(
            "the run's folder", Place(str(self.path)), "no such folder any more", "the folder of the run", way_out
        )
        return RunError("cannot go on with the run", [fault])

    def read(self, name: str) -> pa.Table:
        """Return a whole table of the run; one that was not written has no rows.

        Errors   RecordError where any file of the run is not what was written.
        """
        return read_tables(name, self.files(name))

    def files(self, name: str) -> tuple[Path, ...]:
        """Return the files of a table, in the order of their rows; none where nothing was written.

        Errors   RecordError where any file of the run is not what was written.
        """
        self.check_whole()
        return self._files(name)

    def check_whole(self) -> None:
        """Refuse a run whose files are not those that it wrote; the files are looked at once.

        A run of a version that wrote no seal is read with a word of warning, unless a table lacks altogether.
        """
        if self._is_known_whole:
            return
        if faults := self.faults() or list(self._counted_in_quanta()):
            raise RecordError(f"cannot read the run {self.path}", faults)
        if self.manifest.status == "done" and not self.written:
            warnings.warn(_unsealed_words(self.path), RunWarning, stacklevel=3)
        self._is_known_whole = True

    def _counted_in_quanta(self) -> Iterator[Fault]:
        """Yield each rulebook of an old run whose tables have quanta where a reader takes them for points."""
        if self.manifest.glasstown_run >= IN_POINTS:
            return
        for each in self.manifest.rulebooks:
            quantum = book_of(each).score.quantum
            if quantum != 1 or any(path.endswith("score/quantum") for path in self.manifest.settings):
                yield Fault(
                    f"the points of '{each.reference}'",
                    Place(str(self.path)),
                    f"a run of format {self.manifest.glasstown_run}, which counts them in steps of {quantum}",
                    f"points, as in format {IN_POINTS}",
                    f"Live it again, with the same digest: {self.manifest.command}",
                )

    def say_how_far(self) -> None:
        """Say of a run that is not finished that its tables end before its months do."""
        if self.manifest.status != "done":
            text = f"{self.path}: this run is not finished: months may lack, and hashes, final and events are written at its end."
            warnings.warn(text, RunWarning, stacklevel=3)

    def faults(self) -> list[Fault]:
        """Return what is wrong with the files of the run: those that lack, differ, or are not its own.

        While a run is on its way, files may lie there that its manifest has not heard of.
        """
        is_done = self.manifest.status == "done"
        if is_done and not self.written:
            return self._faults_without_seal()
        found: list[Path] = []
        if is_done:
            found += [
                part_path(self._parted(name), n) for name in PARTED_TABLES for n in part_numbers(self._parted(name))
            ]
            found += [path for name in SINGLE_TABLES if (path := self._single(name)).exists()]
        return faults_of(self.path, self.written, found)

    def _faults_without_seal(self) -> list[Fault]:
        """Return what lacks in a finished run that names no files: all that can be said of it."""
        way_out = "Take the file from a copy of the run, or run the command again."
        there = {*(name for name in A_PART if self._files(name)), *(n for n in SINGLE_TABLES if self._files(n))}
        return [
            Fault("a table of the run", Place(str(self.path / name)), "no such table", "a finished run", way_out)
            for name in (*A_PART, *SINGLE_TABLES)
            if name not in there
        ]

    def _files(self, name: str) -> tuple[Path, ...]:
        path = self._single(name) if name in SINGLE_TABLES else None
        files = part_files(self._parted(name)) if path is None else (path,) if is_file(path) else ()
        if self.manifest.status == "done" or name not in AT_THE_END:
            return files
        return tuple(each for each in files if each.relative_to(self.path).as_posix() in self.written)

    @property
    def identity(self) -> str:
        """Return the hash of what this run is, lived by the code that is here now."""
        return identity_of(self.manifest)

    def write_checkpoint(self, arrays: Mapping[str, Any], *, month: int, part: int) -> None:
        """Write a state to go on from, after the parts before it, then say in the manifest where it stands."""
        parts = self._parts_before(part)
        sha256 = self.checkpoints.write(arrays, month=month, part=part, identity=self.identity, files=parts)
        newest = Position(month=month, part=part, sha256=sha256)
        self.update(parts=part, newest=newest, earlier=self.manifest.newest, files=parts)

    def newest_checkpoint(self, misfit: Misfit = fits_any) -> Checkpoint | None:
        """Return the newest state of this very run and code whose parts are all there; each other one is passed over with a word.

        misfit   tells why a state of this run cannot be gone on from, where it cannot
        """
        return self.checkpoints.newest_whole(lambda checkpoint: self._misfit(checkpoint) or misfit(checkpoint))

    def _misfit(self, checkpoint: Checkpoint) -> str | None:
        """Return why a checkpoint is not one that this run wrote and can go on from; None where it is."""
        needed = {self._name_of(name, number) for name in A_PART for number in range(checkpoint.part)}
        known = {each.sha256 for each in (self.manifest.newest, self.manifest.earlier) if each}
        if checkpoint.identity != self.identity:
            return "it is of another run or another version of Glasstown"
        if checkpoint.sha256 not in known:
            return "the manifest does not name it: the run was stopped as it wrote it, or it was changed since"
        if not needed <= checkpoint.files.keys():
            return "it does not name the parts before it"
        if faults := faults_of(self.path, checkpoint.files):
            return f"{faults[0].place}, which was written before it, is not whole (found {faults[0].found})"
        return None

    def _parts_before(self, part: int) -> dict[str, Sealed]:
        """Return the files written before a checkpoint."""
        kept = {self._name_of(name, number) for name in PARTED_TABLES for number in range(part)}
        return {name: each for name, each in self.written.items() if name in kept}

    def _name_of(self, name: str, number: int) -> str:
        return part_path(self._parted(name), number).relative_to(self.path).as_posix()

    def go_on_from(self, checkpoint: Checkpoint | None) -> None:
        """Drop what lies after a checkpoint, or all of it where there is none, before the months are run again.

        The hashes go too, since they are one file: a checkpoint that comes after some of them holds them as an array.
        A digest stays where the run had one: what is made again must come to it.
        """
        check_inside(self.path)
        self.written = dict(checkpoint.files) if checkpoint else {}
        self._is_known_whole = False
        part = checkpoint.part if checkpoint else 0
        newest = Position(month=checkpoint.month, part=part, sha256=checkpoint.sha256) if checkpoint else None
        changes = {**maker(), "glasstown_run": self.manifest.format, "parts": part, "status": "running"}
        self.update(**changes, result=None, files=self.written, newest=newest, earlier=None)
        for name in SINGLE_TABLES:
            self._single(name).unlink(missing_ok=True)
        for name in PARTED_TABLES:
            drop_parts_from(self._parted(name), part)
        for folder in (self.path, *(self.path / name for name in FOLDERS)):
            remove_leftovers(folder, OWN_FILE)

    def finish(self, *, digest: str, timings: dict[str, float], result: dict[str, Any]) -> Manifest:
        """Write the last manifest, then remove the checkpoints: in this order a kill between them loses nothing.

        Errors   RecordError where a file that was written is gone or changed: the run does not end with gaps.
        """
        if faults := faults_of(self.path, self.written):
            raise RecordError(f"cannot finish the run {self.path}", faults)
        parts = sum(name.startswith("months/") for name in self.written)
        manifest = self.update(
            status="done",
            newest=None,
            earlier=None,
            parts=parts,
            files=self.written,
            digest=digest,
            timings=timings,
            result=result,
        )
        self.checkpoints.remove()
        return manifest

    def final_rows(self) -> pa.Table:
        """Return the final table, or say that the run has not got there."""
        path = self._single("final")
        if not self.files("final"):
            found = f"a run of status '{self.manifest.status}' without final.parquet"
            way_out = f"Finish it with `glasstown resume {as_typed(self.path)}`."
            fault = Fault("the final table", Place(str(path)), found, "a finished run", way_out)
            raise RecordError(f"cannot read the run {self.path}", [fault])
        return read_table(path)

    def _write_manifest(self, manifest: Manifest) -> None:
        try:
            write_bytes(self.path / MANIFEST, manifest.dump())
        except RecordError as error:
            raise self._gone_or(error) from error

    def _parted(self, name: str) -> Path:
        if name not in PARTED_TABLES:
            raise KeyError(name)
        return self.path / name

    def _single(self, name: str) -> Path:
        if name not in SINGLE_TABLES:
            raise KeyError(name)
        return self.path / f"{name}.parquet"


def _unsealed_words(path: Path) -> str:
    return f"{path}: the version that wrote this run kept no seal of its files; whether they are whole cannot be told."


def check_inside(path: Path) -> None:
    """Refuse a run's folder in which a name of the run is a link or anything else that is no plain file or folder."""
    for name in FOLDERS:
        is_folder(path / name)
    for name in (MANIFEST, *(f"{single}.parquet" for single in SINGLE_TABLES)):
        is_file(path / name)


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
            return counted(n_bytes, "byte") if unit == "bytes" else f"{size:.1f} {unit}"
        size /= 1000
    return f"{size:.1f} TB"
