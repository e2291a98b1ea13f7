"""Where an answer may be written, and what is never replaced."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from glasstown.errors import UsageError
from glasstown.render.html import OURS, is_report
from glasstown.storage.target import file_target, folder_target
from tests.cli.conftest import Command
from tests.watch import contents
from towns import final_rows, make_town, plausible_cells

PAGE = f"<!DOCTYPE html>\n<html><head>{OURS}".encode()


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Give a folder with everything that an output could be pointed at."""
    (tmp_path / "rules.yaml").write_text("glasstown: 1\n")
    (tmp_path / "empty").write_bytes(b"")
    (tmp_path / "page.html").write_text("<!DOCTYPE html>\n<title>mine</title>")
    (tmp_path / "earlier.html").write_bytes(PAGE)
    (tmp_path / "folder").mkdir()
    (tmp_path / "link").symlink_to("rules.yaml")
    (tmp_path / "to-report").symlink_to("earlier.html")
    (tmp_path / "to-folder").symlink_to("folder")
    (tmp_path / "dangling").symlink_to("nothing")
    os.mkfifo(tmp_path / "pipe")
    for name, mark in (("run", "manifest.json"), ("swept", "plan.json")):
        (tmp_path / name / "months").mkdir(parents=True)
        (tmp_path / name / mark).write_text("{}")
    return tmp_path


@pytest.mark.parametrize(
    "name",
    ["rules.yaml", "empty", "page.html", "folder", "link", "to-report", "to-folder", "dangling", "pipe", "no/such.html",
     "rules.yaml/x.html", "run/manifest.json", "run/final.parquet", "run/months", "run/months/part-0000.parquet",
     "run/events", "swept/plan.json", "swept/settings"],
)  # fmt: skip
def test_file_target__refuses_what_is_no_new_name_and_no_report(name: str, place: Path) -> None:
    before = contents(place)
    with pytest.raises(UsageError, match="cannot write"):
        file_target(place / name, "the report", is_report)
    assert contents(place) == before


@pytest.mark.parametrize("device", ["/dev/null", "/dev/zero", "/dev/stderr", "/dev/fd/1", "/dev/tty"])
def test_file_target__refuses_a_device(device: str) -> None:
    with pytest.raises(UsageError, match=r"found a (device|link)|found a folder that does not exist"):
        file_target(Path(device), "the report", is_report)


@pytest.mark.parametrize("name", ["new.html", "earlier.html", "run/page.html"])
def test_file_target__takes_a_new_name_or_an_earlier_report(name: str, place: Path) -> None:
    file_target(place / name, "the report", is_report).write(PAGE)
    assert (place / name).read_bytes() == PAGE


def test_file_target__looks_again_before_it_writes(place: Path) -> None:
    target = file_target(place / "new.html", "the report", is_report)
    (place / "new.html").symlink_to("rules.yaml")
    with pytest.raises(UsageError, match="found a link"):
        target.write(PAGE)
    assert (place / "rules.yaml").read_text() == "glasstown: 1\n"


@pytest.mark.parametrize(
    "name", ["rules.yaml", "link", "to-folder", "dangling", "pipe", "run/months", "run/events", "run/months/x"]
)
def test_folder_target__refuses_what_is_no_folder_of_its_own(name: str, place: Path) -> None:
    with pytest.raises(UsageError, match="cannot write"):
        folder_target(place / name, "the run")


@pytest.mark.parametrize("name", ["link", "pipe", "rules.yaml", "to-folder", "dangling", "run/events"])
@pytest.mark.parametrize(
    "line",
    [("run", "suining-2010", "--people", "10", "--months", "1"), ("compare", "suining-2010", "rongcheng-2013", "--people", "10"),
     ("sweep", "suining-2010", "--people", "10", "--parameters", "hazard.c1")],
    ids=lambda line: line[0],
)  # fmt: skip
def test_out__of_each_command_that_makes_a_folder(
    line: tuple[str, ...], name: str, place: Path, command: Command
) -> None:
    if line[0] == "sweep":
        pytest.importorskip("SALib")
    before = contents(place)
    ended = command(*line, "--out", str(place / name))
    assert ended.code == 2, ended.err
    assert "fault of Glasstown itself" not in ended.err
    assert contents(place) == before


@pytest.mark.parametrize("name", ["pipe", "to-folder", "dangling", "run/events"])
@pytest.mark.parametrize(
    "line",
    [("new",), ("dataset",), ("unpack", "no.tar"), ("run", "suining-2010", "--out"), ("demo", "--out"),
     ("compare", "suining-2010", "suining-2010", "--out")],
    ids=lambda line: line[0],
)  # fmt: skip
def test_refused_folder__is_told_by_the_argument_that_the_command_has(
    line: tuple[str, ...], name: str, place: Path, command: Command
) -> None:
    ended = command(*line, str(place / name))
    assert ended.code == 2, ended.err
    assert re.findall(r"--\w+", ended.err) == (["--out"] if "--out" in line else [])


def test_report__is_written_to_standard_output_and_nothing_else_is(
    tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    from glasstown.cli.main import main

    town = make_town(tmp_path / "t", "suining-2010", plausible_cells("suining-2010"), months=6, finished=False)
    assert main(("report", str(town), "--out", "/dev/stdout")) == 0
    out = capfdbinary.readouterr().out
    assert out.startswith(b"<!DOCTYPE html>")
    assert out.endswith(b"</html>\n")
    assert Path("/dev/stdout").is_symlink()
    assert main(("report", str(town), "--out", "/dev/stdout", "--json")) == 2


def test_report__replaces_only_a_report(tmp_path: Path, command: Command) -> None:
    town = make_town(
        tmp_path / "t", "suining-2010", plausible_cells("suining-2010"), months=6, final=final_rows(), finished=False
    )
    assert command("report", str(town)).code == 0
    assert command("report", str(town)).code == 0
    (town / "report.html").write_text("mine")
    ended = command("report", str(town))
    assert ended.code == 2
    assert "found a file that is there already" in ended.err
    assert (town / "report.html").read_text() == "mine"


def test_a_full_disk__is_told_of_the_report_and_not_of_a_run(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import errno

    from glasstown.storage import atomic

    town = make_town(tmp_path / "town", "suining-2010", plausible_cells("suining-2010"), months=6)

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(atomic, "sync_file", full)
    ended = command("report", str(town), "--out", str(tmp_path / "page.html"))
    assert ended.code == 2
    assert "writing the report" in ended.err
    assert "give the command again; the run is whole" in ended.err
    assert "resume" not in ended.err
    assert not (tmp_path / "page.html").exists()
