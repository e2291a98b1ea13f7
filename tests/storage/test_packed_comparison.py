"""A comparison in one file: out of it come the same runs and the same table, lived again too; a bad one is refused in one message."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

import glasstown
from glasstown.answers.compare import Twinned
from glasstown.errors import RecordError, RunError, UsageError
from glasstown.language.yaml import parse_tree
from glasstown.storage.comparison_file import FILE, TABLE
from glasstown.storage.manifest import seal_of
from glasstown.studies.kept_comparison import LivedAgain
from glasstown.types import SYNTHETIC_WORDS
from tests.storage.test_packed import Files, files_of, forged
from tests.watch import contents, watching

TOWN = {"people": 150, "months": 3, "threads": 1}


@pytest.fixture(scope="module")
def answer(tmp_path_factory: pytest.TempPathFactory) -> Twinned:
    out = tmp_path_factory.mktemp("packed") / "both"
    return glasstown.compare(
        "suining-2010", "rongcheng-2013", **TOWN, seeds=2, draws=2, prior=True, by=["income", "sex"], out=out
    )


@pytest.fixture(scope="module")
def folder(answer: Twinned) -> Path:
    return answer.folders[0][0].parent


@pytest.fixture(scope="module")
def archive(folder: Path) -> Path:
    return glasstown.pack(folder).packed.file


def test_archive__says_what_it_is_and_is_the_same_wherever_the_folder_lies(
    folder: Path, archive: Path, tmp_path: Path
) -> None:
    shutil.copytree(folder, tmp_path / "elsewhere")
    again = glasstown.pack(tmp_path / "elsewhere", out=tmp_path / "other.tar")
    assert (tmp_path / "other.tar").read_bytes() == archive.read_bytes()
    name, files = files_of(archive)
    digest = again.as_json()["digest"]
    assert name == f"glasstown-comparison-{digest[:16]}"
    for text in ("README.md", "CITATION.cff", "bag-info.txt"):
        assert SYNTHETIC_WORDS in files[text].decode(), text
    cited = parse_tree(files["CITATION.cff"].decode(), "CITATION.cff").data
    assert isinstance(cited, dict)
    assert "suining-2010 and rongcheng-2013: 150 people, 3 months" in str(cited["title"])
    assert digest in again.as_json()["citation"]


def test_unpacked__is_told_again_and_lived_again_to_the_same_digests_and_table(
    answer: Twinned, folder: Path, archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    glasstown.unpack(archive, "mine")
    mine = contents(Path("mine"))
    assert {name: mine[name] for name in contents(folder) if not name.endswith(".lock")} == {
        name: content for name, content in contents(folder).items() if not name.endswith(".lock")
    }
    told = glasstown.compare("mine")
    assert told.table().equals(answer.table())
    own = ("runs", "again")
    assert {k: v for k, v in told.as_json().items() if k not in own} == {
        k: v for k, v in answer.as_json().items() if k not in own
    }
    lived = glasstown.compare("mine", threads=1, out="again")
    assert lived.again is not None
    assert lived.again.is_same
    assert lived.table().equals(answer.table())
    assert glasstown.pack("mine", out="second.tar").packed.file.read_bytes() == archive.read_bytes()


def test_what_comes_out_otherwise__is_said_and_ends_with_1() -> None:
    for others, has_same_table, said in (
        (("first-2",), True, "1 run of 4 with another digest (first-2), and the same table"),
        ((), False, "no run with another digest, and another table"),
    ):
        again = LivedAgain(Path("cmp"), 4, others, has_same_table)
        assert said in again.words
        assert again.words.startswith("NOT reproduced")
        assert Twinned(("a", "b"), (), (), again=again).exit_code == 1
    assert Twinned(("a", "b"), (), (), again=LivedAgain(Path("cmp"), 4, (), True)).exit_code == 0


def test_other_runs__are_told_when_it_is_lived_again(
    archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    glasstown.unpack(archive, "mine")
    changed(Path("mine"), lambda values: values["runs"].update({"second-2": "ab" * 32}))
    with pytest.raises(RecordError, match=r"second-2.*another run than the comparison was made of"):
        glasstown.compare("mine")
    with pytest.raises(RecordError, match="another run"):
        glasstown.pack("mine")


def changed(folder: Path, change: Callable[[dict[str, object]], object]) -> None:
    """Change a comparison's file, with a seal that fits."""
    values = json.loads((folder / FILE).read_text("utf-8"))
    values.pop("seal")
    change(values)
    (folder / FILE).write_text(json.dumps({**values, "seal": seal_of(values)}), "utf-8")


def with_file(change: Callable[[dict[str, object]], object]) -> Callable[[Files], None]:
    def changing(files: Files) -> None:
        values = json.loads(files[f"data/{FILE}"])
        values.pop("seal")
        change(values)
        files[f"data/{FILE}"] = json.dumps({**values, "seal": seal_of(values)}).encode()

    return changing


HOSTILE: dict[str, tuple[Callable[[Files], object], str]] = {
    "a run less": (lambda files: [files.pop(name) for name in list(files) if "/second-2/" in name], "no second-2/manifest.json"),
    "a run more": (lambda files: files.__setitem__("data/first-3/manifest.json", b"{}"), "first-3/manifest.json, which is not the"),
    "a file more": (lambda files: files.__setitem__("data/first-1/run.sh", b"rm"), "first-1/run.sh, which is not the"),
    "a table less": (lambda files: files.pop("data/first-1/final.parquet"), "no first-1/final.parquet"),
    "another table of a run": (
        lambda files: files.__setitem__("data/first-1/final.parquet", b"PAR1"), "another first-1/final.parquet than"
    ),
    "another table": (lambda files: files.__setitem__(f"data/{TABLE}", b"PAR1"), "another comparison.parquet than"),
    "no table": (lambda files: files.pop(f"data/{TABLE}"), "no comparison.parquet"),
    "no file of it": (lambda files: files.pop(f"data/{FILE}"), "no manifest.json"),
    "no JSON": (lambda files: files.__setitem__(f"data/{FILE}", b"["), "half-written or damaged"),
    "a list": (lambda files: files.__setitem__(f"data/{FILE}", b"[1]"), "half-written or damaged"),
    "an unsealed change": (
        lambda files: files.__setitem__(f"data/{FILE}", files[f"data/{FILE}"].replace(b"suining", b"suinink")),
        "values that are not those of its seal",
    ),
    "another run in its place": (
        lambda files: files.__setitem__("data/second-1/manifest.json", files["data/second-2/manifest.json"]),
        "another run second-1 than",
    ),
    "a path as a run": (with_file(lambda values: values.update(runs={"../victim": "ab" * 32, "second-1": "ab" * 32})), "runs/"),
    "one side alone": (with_file(lambda values: values["runs"].pop("first-2")), "runs that are no pairs"),  # type: ignore[attr-defined]
    "a name with a line end": (with_file(lambda values: values.update(first="a\nb")), "first"),
    "words with a line end": (with_file(lambda values: values.update(said="a\x1b[31m")), "said"),
    "format of tomorrow": (with_file(lambda values: values.update(glasstown_comparison=9)), "glasstown_comparison"),
}  # fmt: skip


@pytest.mark.parametrize("kind", HOSTILE)
def test_forged_archive__is_refused_and_nothing_is_written(kind: str, archive: Path, tmp_path: Path) -> None:
    change, found = HOSTILE[kind]
    file = forged(archive, tmp_path / "forged.tar", change)
    before = contents(tmp_path)
    with watching() as watch, pytest.raises(RecordError, match=found) as caught:
        glasstown.unpack(file, tmp_path / "to")
    assert len(caught.value.faults) == 1
    assert contents(tmp_path) == before
    assert watch.found == []


def test_archive_cut_short_or_altered_anywhere__is_refused(archive: Path, tmp_path: Path) -> None:
    whole = archive.read_bytes()
    file = tmp_path / "a.tar"
    for at in range(0, len(whole), len(whole) // 29):
        for content in (whole[:at], whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :]):
            file.write_bytes(content)
            with pytest.raises(RecordError):
                glasstown.unpack(file, tmp_path / "to")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.tar"]


def test_disk_that_fails_in_the_middle__leaves_nothing(
    archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("glasstown.storage.packed.sync_file", full)
    with pytest.raises(RunError, match="no space left on device"):
        glasstown.unpack(archive, tmp_path / "to")
    assert list(tmp_path.iterdir()) == []


def test_folder_that_is_not_finished_or_not_whole__is_neither_packed_nor_told(folder: Path, tmp_path: Path) -> None:
    for name, change, found in (
        ("unfinished", lambda it: (it / FILE).unlink(), "a comparison that is not finished"),
        ("cut", lambda it: (it / TABLE).write_bytes(b"PAR1"), "another table than the comparison wrote"),
        ("without", lambda it: (it / TABLE).unlink(), "another table than the comparison wrote"),
        ("renamed", lambda it: (it / "second-2").rename(it / "second-9"), "second-2"),
        ("altered", lambda it: (it / "first-1" / "final.parquet").write_bytes(b"PAR1"), "final.parquet"),
    ):
        shutil.copytree(folder, tmp_path / name)
        change(tmp_path / name)
        for asked in (glasstown.pack, glasstown.compare):
            with pytest.raises(RecordError, match=found):
                asked(tmp_path / name)
        assert not (tmp_path / f"{name}.tar").exists()


def test_comparison_alone__takes_no_other_options_and_not_its_own_folder(folder: Path, tmp_path: Path) -> None:
    for options, found in (({"seeds": 3}, "seeds"), ({"by": ["sex"]}, "by"), ({"people": 5}, "people")):
        with pytest.raises(UsageError, match=f"{found}: found it beside the folder of a comparison"):
            glasstown.compare(folder, **options)
    with pytest.raises(UsageError, match="the comparison's own folder"):
        glasstown.compare(folder, out=folder)
    with pytest.raises(UsageError, match="belongs to the run, sweep or comparison"):
        glasstown.compare(folder, table=folder / TABLE)
    assert not list(tmp_path.iterdir())


def test_comparison__goes_on_in_its_own_folder_and_in_one_that_was_unpacked(
    folder: Path, archive: Path, tmp_path: Path
) -> None:
    glasstown.unpack(archive, tmp_path / "mine")
    more = glasstown.compare("suining-2010", "rongcheng-2013", **TOWN, seeds=3, draws=0, out=tmp_path / "mine")
    assert len(more.pairs) == 3
    assert (
        glasstown.pack(tmp_path / "mine").as_json()["files"]
        > glasstown.pack(folder, out=tmp_path / "b.tar").as_json()["files"]
    )


def test_folder_of_a_comparison__is_no_run_and_says_where_its_runs_lie(folder: Path) -> None:
    for asked in (
        lambda: glasstown.resume(folder),
        lambda: glasstown.report(folder),
        lambda: glasstown.life(folder, 3),
        lambda: glasstown.run(folder, out="again"),
        lambda: glasstown.compare(folder, "suining-2010"),
    ):
        with pytest.raises((RecordError, UsageError), match=r"the folder of a comparison; .*first-1"):
            asked()
