"""A run or a comparison in one file, and out of one: what `archive` and `unpack` do on the disk.

A file may come from anybody.  Its every checksum is looked at, then that its manifests and tables are finished runs, and only then
is anything written: beside its place under a temporary name, which becomes the folder's when all of it is there.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO, Final, Self

from glasstown.errors import Fault, Place, RecordError, RunError
from glasstown.incoming import check_name
from glasstown.machine import sync_folder
from glasstown.storage.atomic import sync_file, temporary_name, write_fault
from glasstown.storage.bag import Bag, read_bag, write_bag
from glasstown.storage.comparison_file import FILE, TABLE, Comparison, open_comparison, parse_comparison
from glasstown.storage.comparison_file import WHAT as WHAT_OF_SEVERAL
from glasstown.storage.folder import MANIFEST, RunFolder
from glasstown.storage.folder_faults import is_comparison
from glasstown.storage.inside import kind_of
from glasstown.storage.manifest import Manifest, parse_manifest
from glasstown.storage.tar import BLOCK, ForeignError, Member, TarError, pieces
from glasstown.storage.target import FileTarget, file_target, folder_target
from glasstown.types import HASH_BYTES
from glasstown.wording import as_typed

ENDING: Final = ".tar"
WHAT: Final = "the archive"
ABOUT: Final = ("CITATION.cff", "README.md")
"""texts about a run that are unpacked beside it"""
TEXTS: Final = frozenset({"bagit.txt", "bag-info.txt", "manifest-sha256.txt", "tagmanifest-sha256.txt", *ABOUT})
NAME: Final = "glasstown-run-"
NAME_OF_SEVERAL: Final = "glasstown-comparison-"
A_RUN: Final = "an archive of a run or a comparison"
NAME_ONE: Final = "Name a file that `glasstown archive` wrote."
DAMAGED: Final = "Where this is one, get it again from where it came from."
COPY: Final = "Get the file again from where it came from."
PACKED_ANEW: Final = "a tar file that another program has written"
ONCE_MORE: Final = "take the .tar as `glasstown archive` wrote it, or pack the run's folder with that command again."


@dataclass(frozen=True, slots=True)
class Packed:
    """An archive that was written: where, how many files are in it, its length and its SHA-256."""

    file: Path
    n_files: int
    n_bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Bundle:
    """What goes into an archive: a folder, what it is called in there (`top`), and its files by name; whole and finished."""

    folder: Path
    top: str
    files: tuple[str, ...]
    what: str = "the run"


def name_of(what: Manifest | Comparison) -> str:
    """Return what a run or a comparison is called in an archive: the same wherever its folder lies."""
    if isinstance(what, Comparison):
        return NAME_OF_SEVERAL + what.file.digest[:16]
    return NAME + str(what.digest)[:16]


def files_of(what: Manifest | Comparison) -> tuple[str, ...]:
    """Return the files of a run, or of a comparison, by their places in its folder."""
    if not isinstance(what, Comparison):
        return (MANIFEST, *what.files)
    inside = (f"{name}/{each}" for name, run in what.manifests.items() for each in files_of(run))
    return (FILE, TABLE, *inside)


def archive_target(folder: Path, out: Path | None) -> FileTarget:
    """Return the file that an archive of a run is written to, by default beside its folder; UsageError where it may not be.

    An archive is kept, and may be the only copy of a run: no file is replaced by one, an earlier archive neither.
    """
    whole = Path(os.path.abspath(folder))
    beside = whole.parent / f"{whole.name or 'run'}{ENDING}"  # the root of all folders has no name
    return file_target(out if out is not None else beside, WHAT, None, ENDING)


def open_finished(path: Path) -> RunFolder:
    """Return a run that can be packed: finished, with a seal of its files, and whole.

    Errors   RecordError
    """
    folder = RunFolder.open(path)
    manifest = folder.manifest
    found = way_out = None
    if manifest.status != "done":
        found, way_out = "a run that is not finished", f"Finish it with `glasstown resume {as_typed(path)}`."
    elif not manifest.files:
        found, way_out = "a run without a seal of its files", f"Live it again: {manifest.command}"
    if found and way_out:
        raise _fault("cannot archive", path, found, "a finished run", way_out)
    folder.check_whole()
    return folder


def bundle_of(path: Path) -> tuple[Bundle, Manifest | Comparison]:
    """Return what lies in a folder, a run or a comparison, finished and whole, as it is packed; and what it is.

    Errors   RecordError
    """
    if is_comparison(path):
        comparison = open_comparison(path)
        for run in comparison.manifests:
            open_finished(path / run)
        return Bundle(path, name_of(comparison), files_of(comparison), WHAT_OF_SEVERAL), comparison
    manifest = open_finished(path).manifest
    return Bundle(path, name_of(manifest), files_of(manifest)), manifest


def pack(bundle: Bundle, target: FileTarget, texts: Mapping[str, bytes]) -> Packed:
    """Write a bundle into one file with texts about it; the same files and texts give the same bytes."""
    payload = {name: bundle.folder / name for name in bundle.files}
    counted = _Counted()
    try:
        target.write_with(lambda file: write_bag(counted.over(file), bundle.top, payload, texts))
    except TarError as error:
        way_out = f"Let nothing write to {bundle.what} meanwhile, and give the command again."
        raise _fault(
            "cannot archive", bundle.folder, str(error), f"files as {bundle.what} wrote them", way_out
        ) from error
    return Packed(target.path, len(bundle.files), counted.n_bytes, counted.sha256.hexdigest())


class _Counted:
    """A file that is written through: how many bytes went into it, and their SHA-256."""

    def __init__(self) -> None:
        self.n_bytes, self.sha256 = 0, hashlib.sha256()

    def over(self, file: BinaryIO) -> Self:
        """Return this, over another file."""
        self.file = file
        return self

    def write(self, content: bytes) -> None:
        """Write bytes through."""
        self.file.write(content)
        self.n_bytes += len(content)
        self.sha256.update(content)


def unpack(path: Path, to: Path) -> Manifest | Comparison:
    """Write the run or comparison in an archive into a new folder, as a whole or not at all, and return what it is.

    Errors   RecordError, before anything is written, where the file is no archive or not whole; UsageError for a folder that may
             not be made; RunError where the name is taken or the disk cannot be written to.
    """
    _check_free(to)
    with _opened(path) as bag:
        found = _checked(bag)
        _lay_out(bag, to)
    return found


def _check_free(to: Path) -> None:
    folder_target(to, "the folder to unpack into", "another folder")
    if kind_of(to):
        found, way_out = "a file or folder of that name", "Name another folder; nothing in it was touched."
        fault = Fault("the folder to unpack into", Place(str(to)), found, "a name that is free", way_out)
        raise RunError(f"cannot unpack into {to}", [fault])


@contextmanager
def _opened(path: Path) -> Iterator[Bag]:
    """Give the bag in a file, its checksums looked at; what is wrong with the file is one message."""
    check_name(path, WHAT)
    if not path.is_file():
        found = "no such file" if not path.exists() else kind_of(path) or "something else than a file"
        raise _fault("cannot unpack", path, found, A_RUN, NAME_ONE)
    try:
        with path.open("rb") as file:
            yield read_bag(file)
    except TarError as error:
        is_foreign = isinstance(error, ForeignError)
        usual = (str(error), f"{NAME_ONE} {DAMAGED}" if is_foreign else COPY)
        found, way_out = (
            (PACKED_ANEW, f"The same files packed anew are no archive: {ONCE_MORE}") if _is_packed_anew(path) else usual
        )
        expected = A_RUN if is_foreign else "an archive as `glasstown archive` wrote it"
        raise _fault("cannot unpack", path, found, expected, way_out) from error
    except OSError as error:
        words = (error.strerror or str(error)).lower()
        raise _fault("cannot unpack", path, words, "a file that can be read", "Look at its permissions.") from error


def _is_packed_anew(path: Path) -> bool:
    """Return whether a file is a tar that another program wrote: one with folders, owners or long names of its own."""
    with path.open("rb") as file:
        first = file.read(BLOCK)
    if len(first) < BLOCK or first[257:262] != b"ustar":
        return False
    return first[156:157] in b"5xgLK" or first.startswith(b"./") or first[265:266] != b"\0"


def _checked(bag: Bag) -> Manifest | Comparison:
    """Return what is in a bag; TarError or RecordError where the files are not those of one finished run or comparison."""
    names = set(bag.payload)
    if strange := sorted({name for name in bag.members if not name.startswith("data/")} - TEXTS):
        raise TarError(f"{strange[0]}, which is nothing of an archive's")
    found = _comparison(bag, names) if FILE in names else _manifest(bag, names)
    what = "run" if isinstance(found, Manifest) else "comparison"
    if bag.name != name_of(found):
        raise TarError(f"the name {bag.name} for the {what} {name_of(found)}")
    if other := sorted(names ^ {*files_of(found)}):
        raise TarError(f"{other[0]}, which is not the {what}'s" if other[0] in names else f"no {other[0]}")
    for name, digest in _hashes(found):
        if _blake2b(bag, bag.members[f"data/{name}"]) != digest:
            raise TarError(f"another {name} than the {what} wrote")
    return found


def _manifest(bag: Bag, names: set[str], place: str = MANIFEST) -> Manifest:
    """Return the manifest of a finished run in a bag."""
    if place not in names:
        raise TarError(f"no {place}")
    manifest = parse_manifest(bag.text(f"data/{place}"), Path(f"{bag.name}/data/{place}"))
    if manifest.status != "done":
        raise TarError("a run that is not finished")
    return manifest


def _comparison(bag: Bag, names: set[str]) -> Comparison:
    """Return the comparison in a bag with the manifests of its runs, each of the digest that it names."""
    file = parse_comparison(bag.text(f"data/{FILE}"), Path(f"{bag.name}/data/{FILE}"))
    manifests = {name: _manifest(bag, names, f"{name}/{MANIFEST}") for name in file.runs}
    for name, manifest in manifests.items():
        if manifest.digest != file.runs[name]:
            raise TarError(f"another run {name} than the comparison was made of")
    return Comparison(file, manifests)


def _hashes(what: Manifest | Comparison) -> Iterator[tuple[str, str]]:
    """Yield every table with the hash that it was written with."""
    if isinstance(what, Manifest):
        yield from ((name, was.blake2b) for name, was in what.files.items())
        return
    yield TABLE, what.file.table.blake2b
    for run, manifest in what.manifests.items():
        yield from ((f"{run}/{name}", digest) for name, digest in _hashes(manifest))


def _blake2b(bag: Bag, member: Member) -> str:
    digest = hashlib.blake2b(digest_size=HASH_BYTES)
    for piece in pieces(bag.file, member):
        digest.update(piece)
    return digest.hexdigest()


def _lay_out(bag: Bag, to: Path) -> None:
    """Write the files of a bag into a folder beside its place, and give it its name."""
    whole = Path(os.path.abspath(to))
    made = temporary_name(whole)
    places = {f"data/{name}": made / name for name in bag.payload}
    places |= {name: made / name for name in ABOUT if name in bag.members}
    try:
        whole.parent.mkdir(parents=True, exist_ok=True)
        made.mkdir()
        for name, path in places.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("xb") as file:
                bag.copy(name, file)
                sync_file(file)
        for folder in {made / each for name in bag.payload for each in Path(name).parents}:
            sync_folder(folder)
        _check_free(to)
        os.rename(made, whole)
        sync_folder(whole.parent)
    except OSError as error:
        way_out = "Look at the disk and the folder's rights, then give the command again; nothing was left there."
        fault = replace(write_fault(to, error), subject="unpacking the archive", way_out=way_out)
        raise RunError(f"cannot unpack into {to}", [fault]) from error
    finally:
        if kind_of(made) == "a folder":
            shutil.rmtree(made, ignore_errors=True)


def _fault(cannot: str, path: Path, found: str, expected: str, way_out: str) -> RecordError:
    subject = WHAT if cannot == "cannot unpack" else "the run"
    return RecordError(f"{cannot} {path}", [Fault(subject, Place(str(path)), found, expected, way_out)])
