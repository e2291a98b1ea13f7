"""Plain files in one tar file: one form, which others can read, and no other is taken."""

from __future__ import annotations

import io
import tarfile
from collections.abc import Callable

import pytest

from glasstown.storage.tar import BLOCK, END, TarError, header, members, pieces, write_tar

NOT_PLAIN = (
    "", "/etc/passwd", "../up", "a/../b", "a/./b", "./a", "a//b", "a/", ".hidden", "a\\b", "a\nb", "ä", "C:a", "a b", "x" * 101
)  # fmt: skip
NO_FILES = (
    tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.DIRTYPE, tarfile.FIFOTYPE, tarfile.CHRTYPE, tarfile.CONTTYPE, b"L", b"x", b"g", b"S"
)  # fmt: skip
FILES = (("top/a.txt", b"one"), ("top/b/c.bin", bytes(range(256)) * 3), ("top/empty", b""))


def packed(*files: tuple[str, bytes]) -> bytes:
    file = io.BytesIO()
    write_tar(file, files or FILES)
    return file.getvalue()


def read(content: bytes) -> dict[str, bytes]:
    file = io.BytesIO(content)
    return {each.name: b"".join(pieces(file, each)) for each in list(members(file))}


def test_archive__gives_its_files_again_and_others_read_it() -> None:
    assert read(packed()) == dict(FILES)
    with tarfile.open(fileobj=io.BytesIO(packed())) as theirs:
        assert {each.name: theirs.extractfile(each).read() for each in theirs} == dict(FILES)  # type: ignore[union-attr]
        assert all(each.isreg() and each.mode == 0o644 and each.mtime == 0 for each in theirs.getmembers())


def test_header__says_what_pythons_own_says() -> None:
    theirs = tarfile.TarInfo("top/a.txt")
    theirs.size = 3
    ours = tarfile.TarInfo.frombuf(header("top/a.txt", 3), "ascii", "strict").get_info()
    assert {**ours, "chksum": 0} == theirs.get_info()


@pytest.mark.parametrize("name", NOT_PLAIN)
def test_name_that_is_not_plain__is_neither_written_nor_read(name: str) -> None:
    with pytest.raises(TarError, match="the name"):
        packed((name, b""))
    theirs = io.BytesIO()
    with tarfile.open(fileobj=theirs, mode="w", format=tarfile.USTAR_FORMAT, encoding="utf-8") as tar:
        tar.addfile(tarfile.TarInfo(name[:100]))
    with pytest.raises(TarError):
        read(theirs.getvalue())


@pytest.mark.parametrize("kind", NO_FILES)
def test_what_is_no_plain_file__is_refused(kind: bytes) -> None:
    entry = tarfile.TarInfo("top/a")
    entry.type, entry.linkname = kind, "/etc/passwd"
    with pytest.raises(TarError, match=r"something else than a plain file, 'top/a'|the name 'top/a/'"):
        read(entry.tobuf(tarfile.USTAR_FORMAT) + END)


@pytest.mark.parametrize(
    ("alter", "found"),
    [
        (lambda whole: whole[:-1], "something else than the end"),
        (lambda whole: whole[: BLOCK + 2], "an end in the middle of top/a.txt"),
        (lambda whole: whole[: 2 * BLOCK], "an end in the middle of it"),
        (lambda whole: whole[: 2 * BLOCK + 7], "an end in the middle of it"),
        (lambda whole: whole + b"\0", "something else than the end"),
        (lambda whole: whole + packed(), "something else than the end"),
        (lambda whole: whole[: BLOCK + 3] + b"x" + whole[BLOCK + 4 :], "something between top/a.txt and the next"),
        (lambda whole: whole[:124] + b"77777777777" + whole[135:], "something else than a plain file"),
        (lambda whole: whole[:124] + b"\x80" + whole[125:], "something else than a plain file"),
        (lambda whole: b"", "an empty file"),
    ],
)
def test_archive_of_another_form__is_refused(alter: Callable[[bytes], bytes], found: str) -> None:
    with pytest.raises(TarError, match=found):
        read(alter(packed()))


def test_every_altered_byte_of_a_header__is_found() -> None:
    whole = packed()
    for at in range(BLOCK):
        other = bytearray(whole)
        other[at] ^= 1
        with pytest.raises(TarError):
            assert read(bytes(other)) != dict(FILES)  # another plain name has another checksum
