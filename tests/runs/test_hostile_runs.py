"""A run's folder from somebody else is opened by every verb, and nothing outside it and the asked output is touched."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from glasstown.cli.main import main
from glasstown.runs.session import RunRequest, run_town
from glasstown.storage import atomic, inside, kept
from glasstown.storage.manifest import Document, seal_of
from longer import few
from tests.watch import contents, watching

MONTHS = 3
RULEBOOK = "xihuotangzhai-2015"
"""An add-on, so that the manifest has a rulebook beneath the rulebook."""
LONGEST_SECONDS = 60

Verbs = Callable[[Path, Path], Iterator[tuple[str, ...]]]
Hostile = Callable[[Path, Path], None]
"""Makes a run's folder hostile to what lies in a victim's folder."""


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder with `whole`, a finished run, and `stopped`, one with two checkpoints."""
    folder = tmp_path_factory.mktemp("runs")
    request = RunRequest(RULEBOOK, people=150, months=MONTHS, threads=1, out=folder / "whole", command="a test")
    run_town(request)

    def stop(done: int, _: int) -> None:
        if done == MONTHS - 1:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_town(
            RunRequest(RULEBOOK, people=150, months=MONTHS, threads=1, out=folder / "stopped", command="a test"),
            stop,
            seconds_between=0.0,
        )
    return folder


@pytest.fixture
def victim(tmp_path: Path) -> Path:
    """Give a folder of the reader's own, with names that a run could take for its own."""
    folder = tmp_path / "victim"
    folder.mkdir()
    names = ("letter.txt", "part-0000.parquet", "part-0009.parquet", "slot-0.bin", ".part-0001.parquet.half-written")
    for name in (*names, ".slot-1.bin.half-written", "000000.json", ".000000.json.half-written"):
        (folder / name).write_text("my own")
    return folder


@pytest.fixture(autouse=True)
def no_waiting() -> Iterator[None]:
    """End a test that waits for a pipe."""

    def late(*_: object) -> None:
        raise TimeoutError("the command waits")

    before = signal.signal(signal.SIGALRM, late)
    signal.alarm(LONGEST_SECONDS)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


def some_verbs(run: Path, out: Path) -> Iterator[tuple[str, ...]]:
    """Yield a command line of the verbs that read, write and go on."""
    yield "life", f"{run}", "3"
    yield "report", f"{run}"
    yield "resume", f"{run}"


def verbs(run: Path, out: Path) -> Iterator[tuple[str, ...]]:
    """Yield a command line of each verb that opens a run."""
    yield "life", f"{run}", "3"
    yield "lives", f"{run}", "--fifth", "1"
    yield "rescue", f"{run}"
    yield "rescue", f"{run}", "3"
    yield "query", f"{run}", "select count(*) from months"
    yield "report", f"{run}"
    yield "report", f"{run}", "--out", f"{out / 'page.html'}"
    yield "archive", f"{run}", "--out", f"{out / 'run.tar'}"
    yield "compare", f"{run}", f"{run}"
    yield "run", f"{run}", "--out", f"{out / 'again'}"
    yield "sweep", f"{run}", "--trajectories", "1", "--out", f"{out / 'sweep'}"
    yield "resume", f"{run}"


def trespasses(
    run: Path, out: Path, capsys: pytest.CaptureFixture[str], victim: Path, asked: Verbs = verbs
) -> list[str]:
    """Return what the verbs together wrote or tried to write outside the run and the output."""
    out.mkdir(exist_ok=True)
    before = contents(victim)
    with watching(run, out) as watch:
        for line in asked(run, out):
            code = main(line)
            said = capsys.readouterr()
            assert code in (0, 2), (line, said.err)
            assert "fault of Glasstown itself" not in said.err, (line, said.err)
    after = contents(victim)
    changed = [f"changed {name}" for name in {**before, **after} if before.get(name) != after.get(name)]
    return watch.found + changed


PLACES: tuple[tuple[str | int, ...], ...] = (
    ("acts", 0, "name"),
    ("parameters", "name"),
    ("place", "name"),
    ("rulebooks", 0, "id"),
    ("rulebooks", 0, "variant"),
    ("rulebooks", 0, "rules", "name"),
    ("rulebooks", 0, "sources", "name"),
    ("rulebooks", 0, "base", "id"),
    ("rulebooks", 0, "base", "sources", "name"),
)
NAMES = ("../../victim/letter.txt", "{victim}/letter.txt", "{victim}", "..", ".", "", "a/b", "a\\b", "..\\b", "a\0b", "a\nb",
         "a\x1b[2Jb", "x" * 300)  # fmt: skip


def renamed(place: tuple[str | int, ...], name: str) -> Hostile:
    """Return what gives a text of the manifest another name."""

    def change(run: Path, victim: Path) -> None:
        values = json.loads((run / "manifest.json").read_text("utf-8"))
        inside: Any = values
        for step in place[:-1]:
            inside = inside[step]
        inside[place[-1]] = name.format(victim=victim)
        if "seal" in values:  # whoever alters a run can seal it again: names are checked by themselves
            values["seal"] = seal_of({key: each for key, each in values.items() if key != "seal"})
        (run / "manifest.json").write_text(json.dumps(values), "utf-8")

    return change


SHORT = [PLACES[0], PLACES[3], PLACES[6], PLACES[7]]


@pytest.mark.parametrize("place", few(PLACES, SHORT), ids=lambda place: "-".join(str(step) for step in place))
def test_open__a_name_in_the_manifest_is_never_a_path(
    place: tuple[str | int, ...], runs: Path, victim: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for number, name in enumerate(NAMES):
        run = tmp_path / f"run-{number}"
        shutil.copytree(runs / "stopped", run)
        renamed(place, name)(run, victim)
        asked = verbs if number == 0 else some_verbs
        assert trespasses(run, tmp_path / "out", capsys, victim, asked) == [], name
        assert main(("life", str(run), "3")) == 2
        assert "manifest.json: " in capsys.readouterr().err


FOLDERS = ("months", "events", "inbox", "mail", "checkpoint")
FILES = (
    "manifest.json", "hashes.parquet", "final.parquet", "report.html", "months/part-0000.parquet", "months/part-0001.parquet",
    "inbox/part-0000.parquet", "mail/part-0000.parquet", "events/part-0000.parquet", "checkpoint/slot-0.bin",
    "checkpoint/slot-1.bin",
)  # fmt: skip
HALF = tuple(f"{folder}{slash}.{name}.half-written" for folder, slash, name in (each.rpartition("/") for each in FILES))


def linked(*names: str, to: str) -> Hostile:
    """Return what puts links, or pipes, at names of a run."""

    def change(run: Path, victim: Path) -> None:
        for path in (run / name for name in names):
            if path.is_dir():
                shutil.rmtree(path)
            path.unlink(missing_ok=True)
            path.parent.mkdir(exist_ok=True)
            if to == "a pipe":
                os.mkfifo(path)
            else:
                path.symlink_to(victim / to)

    return change


@pytest.mark.parametrize(
    "to", few(["", "letter.txt", "nothing", "a pipe"], ["", "a pipe"]), ids=["folder", "file", "dangling", "pipe"]
)
def test_open__no_link_of_a_name_of_the_run_is_followed(
    to: str, runs: Path, victim: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for number, names in enumerate((*((name,) for name in (*FOLDERS, *FILES)), HALF)):
        run = tmp_path / f"run-{number}"
        shutil.copytree(runs / "stopped", run)
        linked(*names, to=to)(run, victim)
        assert trespasses(run, tmp_path / f"out-{number}", capsys, victim, some_verbs) == [], names


@pytest.mark.parametrize("name", ["months", "final.parquet", "report.html", ".report.html.half-written"])
def test_open__no_link_in_a_finished_run_is_followed(
    name: str, runs: Path, victim: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(runs / "whole", tmp_path / "run")
    linked(name, to="" if name == "months" else "letter.txt")(tmp_path / "run", victim)
    assert trespasses(tmp_path / "run", tmp_path / "out", capsys, victim) == []


def test_resume__keeps_what_the_run_has_not_named(
    runs: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run = tmp_path / "run"
    shutil.copytree(runs / "stopped", run)
    own = ("checkpoint/letter.txt", "months/notes.txt", ".letter.half-written", "months/part-77.parquet")
    for name in own:
        (run / name).write_text("my own")
    assert main(("resume", str(run))) == 0, capsys.readouterr().err
    assert all((run / name).read_text() == "my own" for name in own)
    assert not (run / "checkpoint" / "slot-0.bin").exists()


@pytest.mark.parametrize(
    ("name", "to"),
    [("", ""), ("", "nothing"), ("plan.json", "letter.txt"), ("plan.json", "nothing"), ("settings", ""),
     ("settings", "nothing"), ("settings/000000.json", "nothing"), (".plan.json.half-written", "letter.txt")],
)  # fmt: skip
def test_sweep__no_link_in_its_folder_is_followed(
    name: str, to: str, runs: Path, victim: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("SALib")
    out = tmp_path / "sweep"
    (out / "settings").mkdir(parents=True)
    if name:
        linked(name, to=to)(out, victim)
    else:
        shutil.rmtree(out)
        out.symlink_to(victim / to)
    before = contents(victim)
    with watching(out) if name else watching() as watch:
        code = main(
            ("sweep", str(runs / "whole"), "--people", "150", "--months", "1", "--parameters", "hazard.c1",
             "--trajectories", "2", "--out", str(out))
        )  # fmt: skip
    assert code in (0, 2), capsys.readouterr().err
    assert "fault of Glasstown itself" not in capsys.readouterr().err
    assert watch.found == []
    assert contents(victim) == before


def links_are_trusted(patch: pytest.MonkeyPatch) -> None:
    """Let whatever has a name of the run pass for what it should be."""
    for module in ("folder", "parts", "checkpoint"):
        patch.setattr(f"glasstown.storage.{module}.is_folder", os.path.isdir)
        patch.setattr(f"glasstown.storage.{module}.is_file", os.path.isfile)
    patch.setattr("glasstown.storage.folder.make_folder", lambda path: path.mkdir(exist_ok=True))
    patch.setattr("glasstown.storage.checkpoint.make_folder", lambda path: path.mkdir(exist_ok=True))


def half_written_is_followed(patch: pytest.MonkeyPatch) -> None:
    """Open temporary files as any other file."""

    def write(path: Path, write: atomic.Writer) -> None:
        temporary = path.with_name(f".{path.name}{atomic.TEMPORARY_ENDING}")
        with temporary.open("wb") as file:
            write(file)
        os.replace(temporary, path)

    patch.setattr(atomic, "write_atomically", write)
    patch.setattr("glasstown.storage.target.write_atomically", write)
    patch.setattr("glasstown.storage.folder.remove_leftovers", lambda *_: None)


def texts_are_laid_out(patch: pytest.MonkeyPatch) -> None:
    """Lay texts out under their own names, unchecked, to read them."""
    real = kept.read_of

    def read_of(document: Document, model: Any) -> Any:
        path = Path(os.environ["TMPDIR"]) / document.name
        path.write_text(document.text, "utf-8")
        return real(document, model)

    patch.setattr(kept, "read_of", read_of)
    patch.setattr("glasstown.storage.names._SEPARATES", re.compile("(?!)"))


@pytest.mark.parametrize(
    ("plant", "hostile"),
    [
        (links_are_trusted, linked("checkpoint", to="")),
        (links_are_trusted, linked("months", to="")),
        (half_written_is_followed, linked(".manifest.json.half-written", to="letter.txt")),
        (half_written_is_followed, linked(".report.html.half-written", to="nothing")),
        (texts_are_laid_out, renamed(("acts", 0, "name"), "{victim}/letter.txt")),
        (texts_are_laid_out, renamed(("acts", 0, "name"), "../new.txt")),
    ],
)
def test_watch__finds_a_planted_fault(
    plant: Callable[[pytest.MonkeyPatch], None],
    hostile: Hostile,
    runs: Path,
    victim: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    run, out = tmp_path / "run", tmp_path / "out"
    shutil.copytree(runs / "stopped", run)
    hostile(run, victim)
    (tmp_path / "laid").mkdir()
    monkeypatch.setenv("TMPDIR", str(tmp_path / "laid"))
    plant(monkeypatch)
    out.mkdir()
    before = contents(victim)
    with watching(run, out) as watch:
        for line in some_verbs(run, out):
            main(line)
    capsys.readouterr()
    assert watch.found
    assert contents(victim) != before or (tmp_path / "new.txt").exists()


def test_kind_of__names_a_link_and_not_what_it_leads_to(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path)
    os.mkfifo(tmp_path / "pipe")
    found = [inside.kind_of(tmp_path / name) for name in ("link", "pipe", "none", "link/..")]
    assert found == ["a link", "a pipe", None, "a folder"]
