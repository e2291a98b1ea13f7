"""A bag in one file: the same files give the same bytes, and whatever is not as it was written is refused in words."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable
from pathlib import Path

import pytest

from glasstown.storage.bag import SUMS, TAG_SUMS, read_bag, sums_of, write_bag
from glasstown.storage.tar import TarError, write_tar

Files = dict[str, bytes]
DATA = {"data/a.txt": b"one", "data/b/c.bin": bytes(range(256)) * 5}


@pytest.fixture
def bag(tmp_path: Path) -> bytes:
    payload = {}
    for name, content in DATA.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        payload[name.removeprefix("data/")] = path
    file = io.BytesIO()
    write_bag(file, "top", payload, {"README.md": b"read me\n"})
    return file.getvalue()


def files_of(content: bytes) -> Files:
    found = read_bag(io.BytesIO(content))
    return {name: found.text(name) for name in found.members}


def packed(files: Files, top: str = "top") -> bytes:
    """Return these files as an archive, whatever they are."""
    file = io.BytesIO()
    write_tar(file, ((f"{top}/{name}", content) for name, content in sorted(files.items())))
    return file.getvalue()


def test_bag__gives_its_files_again_and_is_the_same_for_the_same(bag: bytes) -> None:
    files = files_of(bag)
    assert {name: content for name, content in files.items() if name in DATA} == DATA
    assert packed(files) == bag
    assert set(files) - set(DATA) == {"bagit.txt", SUMS, TAG_SUMS, "README.md"}


def test_checksums__are_those_that_sha256sum_checks(bag: bytes) -> None:
    lines = files_of(bag)[SUMS].decode().splitlines()
    assert lines == [f"{hashlib.sha256(content).hexdigest()}  {name}" for name, content in sorted(DATA.items())]


def altered(name: str, content: bytes) -> Callable[[Files], None]:
    return lambda files: files.__setitem__(name, content)


def added_with_a_checksum(files: Files) -> None:
    files["data/more.txt"] = b"more"
    files[SUMS] = sums_of({name: hashlib.sha256(files[name]).hexdigest() for name in files if name.startswith("data/")})


@pytest.mark.parametrize(
    ("change", "found"),
    [
        (altered("data/a.txt", b"two"), "another data/a.txt than manifest-sha256.txt says"),
        (altered("README.md", b"trust me\n"), "another README.md than tagmanifest-sha256.txt says"),
        (altered("data/more.txt", b"more"), "data/more.txt, which manifest-sha256.txt does not name"),
        (altered("more.txt", b"more"), "more.txt, which tagmanifest-sha256.txt does not name"),
        (lambda files: files.pop("data/a.txt"), "no data/a.txt, which manifest-sha256.txt names"),
        (lambda files: files.pop("README.md"), "no README.md, which tagmanifest-sha256.txt names"),
        (lambda files: files.pop("bagit.txt"), "no bagit.txt"),
        (lambda files: files.pop(SUMS), f"no {SUMS}"),
        (lambda files: files.pop(TAG_SUMS), f"no {TAG_SUMS}"),
        (added_with_a_checksum, "another manifest-sha256.txt than tagmanifest-sha256.txt says"),
        (altered(SUMS, b"not a list\n"), "something else than names and checksums|another manifest-sha256"),
        (altered(TAG_SUMS, b"\xff\n"), "something else than names and checksums in order in tagmanifest"),
        (altered("bagit.txt", b"BagIt-Version: 9\n"), "another bagit.txt"),
    ],
)  # fmt: skip
def test_bag_that_is_not_as_it_was_written__is_refused(
    bag: bytes, change: Callable[[Files], object], found: str
) -> None:
    files = files_of(bag)
    change(files)
    with pytest.raises(TarError, match=found):
        read_bag(io.BytesIO(packed(files)))


def test_name_twice_out_of_order_or_outside_the_folder__is_refused(bag: bytes) -> None:
    files = [(f"top/{name}", content) for name, content in sorted(files_of(bag).items())]
    for listed, found in (
        ([*files, files[-1]], "twice"),
        ([files[1], files[0], *files[2:]], "out of order"),
        ([*files, ("zzz/a", b"")], "a file outside the folder top, zzz/a"),
        ([("alone", b""), *files], "a file outside the folder alone, alone"),
        ([], "no bagit.txt"),
    ):
        file = io.BytesIO()
        write_tar(file, listed)
        with pytest.raises(TarError, match=found):
            read_bag(file)


def test_file_that_changes_after_it_was_checked__is_found(bag: bytes) -> None:
    file = io.BytesIO(bag)
    found = read_bag(file)
    file.seek(found.members["data/a.txt"].at)
    file.write(b"two")
    with pytest.raises(TarError, match="changed while it was read"):
        found.copy("data/a.txt", io.BytesIO())
