"""A run in one file: the same bytes for the same run, the same run out of it, and nothing written where the file is not whole."""

from __future__ import annotations

import hashlib
import io
import json
import os
import shutil
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest

import glasstown
from glasstown.cli.main import main
from glasstown.errors import GlasstownError, RecordError, RunError, UsageError
from glasstown.language.yaml import parse_tree
from glasstown.render.citation import texts_about
from glasstown.storage.bag import SUMS, TAG_SUMS, read_bag, sums_of
from glasstown.storage.folder import RunFolder
from glasstown.storage.manifest import seal_of
from glasstown.storage.tar import write_tar
from glasstown.types import SYNTHETIC_WORDS
from tests.watch import contents, watching

Files = dict[str, bytes]
TOWN = {"people": 150, "months": 3, "threads": 1}


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("packed") / "first"
    glasstown.run("suining-2010", **TOWN, out=folder)
    return folder


@pytest.fixture(scope="module")
def archive(run: Path) -> Path:
    return glasstown.pack(run).packed.file


def files_of(archive: Path) -> tuple[str, Files]:
    with archive.open("rb") as file:
        found = read_bag(file)
        return found.name, {name: found.text(name) for name in found.members}


def forged(archive: Path, to: Path, change: Callable[[Files], object], *, top: str | None = None) -> Path:
    """Write an archive with other files, whose checksums are right again."""
    name, files = files_of(archive)
    change(files)
    for listing, is_data in ((SUMS, True), (TAG_SUMS, False)):
        mine = {each: text for each, text in files.items() if each.startswith("data/") == is_data and each != TAG_SUMS}
        files[listing] = sums_of({each: hashlib.sha256(text).hexdigest() for each, text in mine.items()})
    with to.open("wb") as file:
        write_tar(file, ((f"{top or name}/{each}", text) for each, text in sorted(files.items())))
    return to


def with_manifest(**changes: object) -> Callable[[Files], None]:
    """Return what writes a manifest with other values and a seal that fits them."""

    def change(files: Files) -> None:
        values = {**json.loads(files["data/manifest.json"]), **changes}
        values.pop("seal")
        files["data/manifest.json"] = json.dumps({**values, "seal": seal_of(values)}).encode()

    return change


def test_archive__lies_beside_the_run_and_is_the_same_wherever_the_run_lies(
    run: Path, archive: Path, tmp_path: Path
) -> None:
    assert archive == run.with_name("first.tar")
    shutil.copytree(run, tmp_path / "elsewhere")
    (tmp_path / "elsewhere" / "report.html").write_text("a page", "utf-8")
    again = glasstown.pack(tmp_path / "elsewhere", out=tmp_path / "other.tar")
    assert (tmp_path / "other.tar").read_bytes() == archive.read_bytes()
    assert again.packed.sha256 == hashlib.sha256(archive.read_bytes()).hexdigest()
    assert again.packed.n_bytes == archive.stat().st_size


def test_archive__says_what_it_is_and_how_it_is_cited(run: Path, archive: Path) -> None:
    digest = str(RunFolder.open(run).manifest.digest)
    name, files = files_of(archive)
    assert name == f"glasstown-run-{digest[:16]}"
    for text in ("README.md", "CITATION.cff", "bag-info.txt"):
        assert SYNTHETIC_WORDS in files[text].decode(), text
    assert digest in files["README.md"].decode()
    assert "suining-2010" in files["CITATION.cff"].decode()


def test_citation_file__is_yaml_with_what_the_format_asks_for(run: Path) -> None:
    text = texts_about(RunFolder.open(run).manifest)["CITATION.cff"].decode()
    read = parse_tree(text, "CITATION.cff").data
    assert isinstance(read, dict)
    assert {"cff-version", "message", "title", "authors", "type"} <= set(read)
    assert read["type"] == "dataset"


def test_unpacked_run__is_the_run_and_gives_its_digest_again(
    run: Path, archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    glasstown.unpack(archive)
    mine = contents(Path("first"))
    assert {name: mine[name] for name in contents(run) if not name.endswith(".tar")} == contents(run)
    town = glasstown.run("first", threads=1, out="again")
    assert town.again is not None
    assert town.again.is_same
    assert town.result.values["digest"] == RunFolder.open(run).manifest.digest
    assert glasstown.pack("first", out="second.tar").packed.file.read_bytes() == archive.read_bytes()
    assert glasstown.report("first").report.is_file()


def test_archive__can_be_opened_by_any_tar(archive: Path) -> None:
    with tarfile.open(archive) as theirs:
        assert any(name.endswith("/data/manifest.json") for name in theirs.getnames())


def bomb(files: Files) -> None:
    files["data/months/part-0001.parquet"] = bytes(1 << 20)


HOSTILE: dict[str, tuple[Callable[[Files], object], str]] = {
    "a table more": (bomb, "data/months/part-0001.parquet|months/part-0001.parquet, which is not the run's"),
    "a file more": (lambda files: files.__setitem__("data/report.html", b"<script>"), "report.html, which is not the run's"),
    "a text more": (lambda files: files.__setitem__("run.sh", b"rm"), "run.sh, which is nothing of an archive's"),
    "a table less": (lambda files: files.pop("data/final.parquet"), "no final.parquet"),
    "another table": (lambda files: files.__setitem__("data/final.parquet", b"PAR1"), "another final.parquet than the run wrote"),
    "no manifest": (lambda files: files.pop("data/manifest.json"), "no manifest.json"),
    "no JSON": (lambda files: files.__setitem__("data/manifest.json", b"{"), "half-written or damaged"),
    "an unsealed change": (
        lambda files: files.__setitem__("data/manifest.json", files["data/manifest.json"].replace(b'"seed": 1', b'"seed": 2')),
        "values that are not those of its seal",
    ),
    "not finished": (with_manifest(status="running"), "a run that is not finished"),
    "another digest": (with_manifest(digest="ab" * 32), "the name glasstown-run-"),
    "a path as a table": (with_manifest(files={"../../victim": {"rows": 1, "bytes": 1, "blake2b": "ab"}}), "manifest.json"),
    "format of tomorrow": (with_manifest(glasstown_run=9), "written by a newer Glasstown"),
}  # fmt: skip


@pytest.mark.parametrize("kind", HOSTILE)
def test_forged_archive__is_refused_and_nothing_is_written(kind: str, archive: Path, tmp_path: Path) -> None:
    change, found = HOSTILE[kind]
    file = forged(archive, tmp_path / "forged.tar", change)
    before = contents(tmp_path)
    with watching() as watch, pytest.raises(RecordError, match=found):
        glasstown.unpack(file, tmp_path / "to")
    assert contents(tmp_path) == before
    assert watch.found == []


def foreign(name: str, **facts: object) -> bytes:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w", format=tarfile.GNU_FORMAT) as tar:
        entry = tarfile.TarInfo(name)
        for fact, value in facts.items():
            setattr(entry, fact, value)
        tar.addfile(entry, io.BytesIO(bytes(entry.size)))
    return file.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        foreign("../victim.txt", size=3),
        foreign("/tmp/victim.txt", size=3),
        foreign("glasstown-run-0/data/manifest.json", type=tarfile.SYMTYPE, linkname="/etc/passwd"),
        foreign("glasstown-run-0/data/manifest.json", type=tarfile.LNKTYPE, linkname="../victim.txt"),
        foreign("glasstown-run-0/data", type=tarfile.DIRTYPE),
        foreign("glasstown-run-0/" + "a" * 300, size=3),
        b"",
        b"PK\x03\x04 a zip",
        bytes(10240),
        b"\x1f\x8b\x08" + bytes(600),
    ],
)
def test_file_that_is_no_archive_of_ours__is_refused_and_nothing_is_written(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "victim.txt").write_text("my own")
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.tar").write_bytes(content)
    before = contents(tmp_path)
    with watching() as watch, pytest.raises(RecordError) as caught:
        glasstown.unpack(tmp_path / "in" / "a.tar", tmp_path / "in" / "to")
    assert len(caught.value.faults) == 1
    assert contents(tmp_path) == before
    assert watch.found == []


def test_archive_that_was_packed_anew__says_so(tmp_path: Path) -> None:
    (tmp_path / "new.tar").write_bytes(foreign("glasstown-run-0/", type=tarfile.DIRTYPE))
    with pytest.raises(RecordError, match=r"a tar file that another program has written.*packed anew"):
        glasstown.unpack(tmp_path / "new.tar", tmp_path / "run")


def test_archive_cut_short_or_altered_anywhere__is_refused(archive: Path, tmp_path: Path) -> None:
    whole = archive.read_bytes()
    file = tmp_path / "a.tar"
    for at in range(0, len(whole), len(whole) // 97):
        for content in (whole[:at], whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :]):
            file.write_bytes(content)
            with pytest.raises(RecordError):
                glasstown.unpack(file, tmp_path / "to")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.tar"]


def test_link_to_an_archive__is_read_and_a_pipe_or_folder_is_not(archive: Path, tmp_path: Path) -> None:
    (tmp_path / "link.tar").symlink_to(archive)
    assert glasstown.unpack(tmp_path / "link.tar", tmp_path / "to").manifest.digest
    os.mkfifo(tmp_path / "pipe.tar")
    for name, found in (("pipe.tar", "a pipe"), ("to", "a folder"), ("none.tar", "no such file")):
        with pytest.raises(RecordError, match=f"found {found}"):
            glasstown.unpack(tmp_path / name, tmp_path / "again")


def test_folder_that_is_taken__is_left_alone(archive: Path, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("my own")
    (tmp_path / "link").symlink_to(tmp_path / "mine")
    before = contents(tmp_path)
    with pytest.raises(RunError, match="a name that is free"):
        glasstown.unpack(archive, tmp_path / "mine")
    with pytest.raises((RunError, UsageError)):
        glasstown.unpack(archive, tmp_path / "link")
    assert contents(tmp_path) == before


def test_disk_that_fails_in_the_middle__leaves_nothing(
    archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("glasstown.storage.packed.sync_file", full)
    with pytest.raises(RunError, match="no space left on device"):
        glasstown.unpack(archive, tmp_path / "to")
    assert list(tmp_path.iterdir()) == []


def test_stop_in_the_middle__leaves_nothing(archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("glasstown.storage.packed.sync_file", stop)
    with pytest.raises(KeyboardInterrupt):
        glasstown.unpack(archive, tmp_path / "to")
    assert list(tmp_path.iterdir()) == []


def test_run_that_is_not_finished_or_not_whole__is_not_packed(run: Path, tmp_path: Path) -> None:
    for name, change, found in (
        ("running", lambda folder: RunFolder.open(folder).update(status="running"), "a run that is not finished"),
        ("unsealed", lambda folder: RunFolder.open(folder).update(files={}), "a run without a seal"),
        ("altered", lambda folder: (folder / "final.parquet").write_bytes(b"PAR1"), "final.parquet"),
        ("none", lambda folder: (folder / "manifest.json").unlink(), "a folder without manifest.json"),
    ):
        shutil.copytree(run, tmp_path / name)
        change(tmp_path / name)
        with pytest.raises(GlasstownError, match=found):
            glasstown.pack(tmp_path / name)
        assert not (tmp_path / f"{name}.tar").exists()


def test_out__is_a_new_name_and_no_earlier_archive(run: Path, archive: Path, tmp_path: Path) -> None:
    out = tmp_path / "a.tar"
    glasstown.pack(run, out=out)
    with pytest.raises(UsageError, match="found a file that is there already; expected a new name\\."):
        glasstown.pack(run, out=out)
    assert out.read_bytes() == archive.read_bytes()
    out.write_bytes(b"my own")
    for name, found in (
        (out, "a file that is there already"),
        (run / "final.parquet", "a file"),
        (tmp_path / "no" / "a.tar", "a folder that"),
    ):
        with pytest.raises(UsageError, match=found):
            glasstown.pack(run, out=name)
    assert out.read_bytes() == b"my own"


@pytest.mark.usefixtures("archive")
def test_command_with_a_path_of_this_machine__is_said(
    run: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["archive", str(run), "--out", str(tmp_path / "a.tar")]) == 0
    assert f"a path of this machine, {run}" in " ".join(capsys.readouterr().out.split())
