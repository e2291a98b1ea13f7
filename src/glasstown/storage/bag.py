"""A bag (BagIt 1.0, RFC 8493) in one tar file: files below `data/`, texts about them, and the SHA-256 of each.

Any archive's tools can look at it.  This reader takes only what this writer makes: names in order, each once, every checksum
there and right, so that a file that was cut short, altered or added to is refused before anything of it is used.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, Final

from glasstown.storage.tar import CHUNK, Member, TarError, Written, members, pieces, write_tar

DATA: Final = "data/"
DECLARATION: Final = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
SUMS: Final = "manifest-sha256.txt"
TAG_SUMS: Final = "tagmanifest-sha256.txt"
LINE: Final = re.compile(r"([0-9a-f]{64})  ([^\s]+)")
MOST_TEXT: Final = 64 << 20
"""bytes of a text about the files that is read into memory"""


@dataclass(frozen=True, slots=True)
class Bag:
    """An open bag whose every checksum was found right: its name, and where each file lies, by its name in the bag."""

    file: BinaryIO
    name: str
    members: Mapping[str, Member]
    sums: Mapping[str, str] = field(repr=False)

    @property
    def payload(self) -> tuple[str, ...]:
        """Names of the files below `data/`, without it."""
        return tuple(name.removeprefix(DATA) for name in self.members if name.startswith(DATA))

    def text(self, name: str) -> bytes:
        """Return a small file whole; TarError for one that is too long."""
        return _whole(self.file, self.members[name])

    def copy(self, name: str, to: BinaryIO) -> None:
        """Write a file of the bag; TarError where it is no longer what was checked."""
        digest = hashlib.sha256()
        for piece in pieces(self.file, self.members[name]):
            digest.update(piece)
            to.write(piece)
        if digest.hexdigest() != self.sums[name]:
            raise TarError(f"{name}, which changed while it was read")


def write_bag(file: Written, name: str, payload: Mapping[str, Path], texts: Mapping[str, bytes]) -> None:
    """Write a bag of this name: files by their names below `data/`, texts by theirs beside it.  The same files, the same bytes."""
    data = {DATA + each: path for each, path in payload.items()}
    tags = {"bagit.txt": DECLARATION, SUMS: sums_of({each: _sum_of(path) for each, path in data.items()}), **texts}
    tags[TAG_SUMS] = sums_of({each: hashlib.sha256(text).hexdigest() for each, text in tags.items()})
    files: dict[str, bytes | Path] = {**data, **tags}
    write_tar(file, ((f"{name}/{each}", files[each]) for each in sorted(files)))


def sums_of(sums: Mapping[str, str]) -> bytes:
    """Return the text that `sha256sum --check` reads."""
    return "".join(f"{digest}  {name}\n" for name, digest in sorted(sums.items())).encode("ascii")


def read_bag(file: BinaryIO) -> Bag:
    """Return a bag whose every checksum is right; TarError says in words what is not."""
    name, found = _members(file)
    for needed in ("bagit.txt", SUMS, TAG_SUMS):
        if needed not in found:
            raise TarError(f"no {needed}")
    if _whole(file, found["bagit.txt"]) != DECLARATION:
        raise TarError("another bagit.txt than a bag of version 1.0 has")
    sums = {each: _sum(pieces(file, member)) for each, member in found.items()}
    is_data = {each: each.startswith(DATA) for each in found}
    for listing, listed in (
        (TAG_SUMS, {each for each in found if not is_data[each] and each != TAG_SUMS}),
        (SUMS, {each for each in found if is_data[each]}),
    ):
        _check(_listed(_whole(file, found[listing]), listing), {each: sums[each] for each in listed}, listing)
    return Bag(file, name, found, sums)


def _members(file: BinaryIO) -> tuple[str, dict[str, Member]]:
    """Return the bag's name and its files by their names in it."""
    found: dict[str, Member] = {}
    top, before = "", ""
    for member in members(file):
        first, _, rest = member.name.partition("/")
        top = top or first
        if first != top or not rest:
            raise TarError(f"a file outside the folder {top}, {member.name}")
        if rest <= before:
            raise TarError(f"{rest} twice" if rest == before else f"{rest} after {before}, out of order")
        found[rest] = member
        before = rest
    return top, found


def _listed(text: bytes, listing: str) -> dict[str, str]:
    """Return the checksums that a list gives, by name."""
    lines = [LINE.fullmatch(line) for line in text.decode("ascii", "backslashreplace").splitlines()]
    found = {match[2]: match[1] for match in lines if match is not None}
    if sums_of(found) != text:
        raise TarError(f"something else than names and checksums in order in {listing}")
    return found


def _check(listed: Mapping[str, str], sums: Mapping[str, str], listing: str) -> None:
    for name in sorted({*listed, *sums}):
        if name not in sums:
            raise TarError(f"no {name}, which {listing} names")
        if name not in listed:
            raise TarError(f"{name}, which {listing} does not name")
        if listed[name] != sums[name]:
            raise TarError(f"another {name} than {listing} says: its bytes changed")


def _whole(file: BinaryIO, member: Member) -> bytes:
    if member.size > MOST_TEXT:
        raise TarError(f"a {member.name} of {member.size:,} bytes")
    return b"".join(pieces(file, member))


def _sum(parts: Iterator[bytes]) -> str:
    digest = hashlib.sha256()
    for piece in parts:
        digest.update(piece)
    return digest.hexdigest()


def _sum_of(path: Path) -> str:
    with path.open("rb") as file:
        return _sum(iter(lambda: file.read(CHUNK), b""))
