"""Plain files in one tar file (POSIX ustar), in one form only: the same files give the same bytes, and no other form is read.

Nothing is compressed, so that no file can be larger than the archive that it lies in; and a header has a name and a size and
nothing else: no links, no folders, no owners, no dates, no extensions.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final, Protocol

BLOCK: Final = 512
END: Final = bytes(2 * BLOCK)
CHUNK: Final = 1 << 20
LONGEST_NAME: Final = 100
MOST_BYTES: Final = 8**11 - 1
"""what eleven octal digits hold"""
NAME: Final = re.compile(r"(?!.*(^|/)\.{1,2}(/|$))[A-Za-z0-9_+-][A-Za-z0-9._+-]*(/[A-Za-z0-9_+-][A-Za-z0-9._+-]*)*")
"""plain names, parted by slashes: none begins with a dot or a slash"""


class TarError(ValueError):
    """A file that is not of this form; its text says in words what was found."""


class ForeignError(TarError):
    """A file that is no archive of ours, by how it begins."""


MAGIC_AT: Final = 257
"""where a header of any tar file says that it is one"""
OTHERS: Final = (
    (b"PK", "a zip file"),
    (b"\x1f\x8b", "a file that gzip compressed"),
    (b"BZh", "a file that bzip2 compressed"),
    (b"\xfd7zXZ", "a file that xz compressed"),
    (b"\x28\xb5\x2f\xfd", "a file that zstd compressed"),
)
"""how files begin that are taken for an archive, and what they are"""


@dataclass(frozen=True, slots=True)
class Member:
    """A file in an archive: its name, and where its bytes lie."""

    name: str
    at: int
    size: int


def header(name: str, size: int) -> bytes:
    """Return the block before a file; TarError for a name or size that the form does not have."""
    if not NAME.fullmatch(name) or len(name) > LONGEST_NAME:
        raise TarError(f"the name {name!r}")
    if size > MOST_BYTES:
        raise TarError(f"a file of {size:,} bytes, {name}")
    fields = (
        (name.encode("ascii"), LONGEST_NAME),
        *(
            (octal.encode("ascii"), len(octal) + 1)
            for octal in ("0000644", "0000000", "0000000", f"{size:011o}", "0" * 11)
        ),
        (b" " * 8, 8),  # the checksum counts its own place as spaces
        (b"0", 1),
        (b"", 100),
        (b"ustar\x0000", 8),
        *((b"", width) for width in (32, 32)),
        *((b"0000000", width) for width in (8, 8)),
    )
    block = b"".join(content.ljust(width, b"\0") for content, width in fields).ljust(BLOCK, b"\0")
    return block[:148] + f"{sum(block):06o}\0 ".encode("ascii") + block[156:]


class Written(Protocol):
    """What can be written to."""

    def write(self, content: bytes, /) -> object: ...


def write_tar(file: Written, files: Iterable[tuple[str, bytes | Path]]) -> None:
    """Write files one after the other; what is a path is read a piece at a time."""
    for name, content in files:
        size = len(content) if isinstance(content, bytes) else content.stat().st_size
        file.write(header(name, size))
        written = 0
        for piece in (content,) if isinstance(content, bytes) else _pieces_of(content):
            file.write(piece)
            written += len(piece)
        if written != size:
            raise TarError(f"{name}, which changed while it was read")
        file.write(_padding(size))
    file.write(END)


def members(file: BinaryIO) -> Iterator[Member]:
    """Yield every file of an archive, in its order, and end where the archive does.

    Errors   TarError where anything is not as `write_tar` writes it; the files' own bytes are not looked at.
    """
    _check_beginning(file)
    length = file.seek(0, 2)
    at = 0
    while True:
        file.seek(at)
        block = file.read(BLOCK)
        if block == END[:BLOCK]:
            break
        if len(block) < BLOCK:
            raise TarError("an end in the middle of it")
        member = _member(block, at + BLOCK)
        padding = _padding(member.size)
        at = member.at + member.size + len(padding)
        if at > length:
            raise TarError(f"an end in the middle of {member.name}")
        file.seek(member.at + member.size)
        if file.read(len(padding)) != padding:
            raise TarError(f"something between {member.name} and the next file")
        yield member
    file.seek(at)
    if file.read(len(END) + 1) != END:
        raise TarError("something else than the end after the last file")


def pieces(file: BinaryIO, member: Member) -> Iterator[bytes]:
    """Yield the bytes of one file, a piece at a time; TarError where they end early."""
    file.seek(member.at)
    left = member.size
    while left:
        piece = file.read(min(left, CHUNK))
        if not piece:
            raise TarError(f"an end in the middle of {member.name}")
        left -= len(piece)
        yield piece


def _check_beginning(file: BinaryIO) -> None:
    """Refuse a file whose first bytes are none of ours, in words that say what it is."""
    file.seek(0)
    block = file.read(BLOCK)
    if block == END[:BLOCK]:
        return
    if not block:
        raise ForeignError("an empty file")
    if block[MAGIC_AT : MAGIC_AT + 5] != b"ustar":
        raise ForeignError(next((words for begins, words in OTHERS if block.startswith(begins)), "no tar file"))
    try:
        _member(block, BLOCK)
    except TarError as error:
        raise ForeignError(f"a tar file that begins otherwise, with {error}") from error


def _member(block: bytes, at: int) -> Member:
    """Return what a header says, where it is one that `header` writes."""
    name = block[:LONGEST_NAME].rstrip(b"\0").decode("ascii", "backslashreplace")
    digits = block[124:135]
    is_number = re.fullmatch(rb"[0-7]{11}", digits)
    member = Member(name, at, int(digits, 8) if is_number else 0)
    if not is_number or header(name, member.size) != block:
        raise TarError(f"something else than a plain file, {name!r}" if name else "a file without a name")
    return member


def _padding(size: int) -> bytes:
    return bytes(-size % BLOCK)


def _pieces_of(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(CHUNK):
            yield piece
