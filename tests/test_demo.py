"""The demo replaces only what it made, says the contrast first, and leaves a picture and a page."""

from __future__ import annotations

from pathlib import Path

import pytest

import towns
from glasstown import demo
from glasstown.cli.main import main
from glasstown.errors import UsageError


def invented(reference: str, folder: Path, options: demo.Options, progress: demo.Progress) -> None:
    """Stand in for the engine: a run folder with invented accounts."""
    slide = {demo.READINGS[0]: 0.02, demo.READINGS[1]: 0.0004}.get(reference, 0.005)
    final = towns.final_rows(ref=reference)
    if reference == demo.READINGS[1]:
        final["grade"] = [grade and "A" for grade in final["grade"]]
    towns.make_town(folder, reference, towns.plausible_cells(reference, slide=slide), final=final)
    progress(options.months, options.months)


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the report tell an invented life instead of replaying one."""
    monkeypatch.setattr("glasstown.render.report._replayed", lambda folder, person: towns.told_life(demo.READINGS[0]))


@pytest.mark.usefixtures("told")
def test_make_demo__writes_runs_picture_and_page_and_says_the_contrast_first(tmp_path: Path) -> None:
    options = demo.Options(out=tmp_path / "demo")
    toured = demo.make_demo(options, invented)
    text = toured.text
    for name in (*demo.RULEBOOKS, "two-readings.png", "two-readings.svg", "report.html"):
        assert (options.out / name).exists()
        assert name in text
    assert text.index("how far two readings") < text.index("(suining-2010)")
    assert "29 of 32 people (90.6 %) end in another grade" in " ".join(text.split())
    picture = (options.out / "two-readings.svg").read_text(encoding="utf-8")
    assert "synthetic population" in picture
    assert "seed 1" in picture


@pytest.mark.usefixtures("told")
def test_make_demo__a_second_time_replaces_its_own_files_and_keeps_the_users(tmp_path: Path) -> None:
    options = demo.Options(out=tmp_path / "demo")
    demo.make_demo(options, invented)
    (options.out / "my notes.txt").write_text("mine", encoding="utf-8")
    (options.out / "report.html").write_text("old", encoding="utf-8")
    demo.make_demo(options, invented)
    assert (options.out / "my notes.txt").read_text(encoding="utf-8") == "mine"
    assert (options.out / "report.html").read_text(encoding="utf-8") != "old"


def test_claim__never_touches_a_folder_that_no_demo_made(tmp_path: Path) -> None:
    theirs = tmp_path / "demo"
    (theirs / "suining-2010").mkdir(parents=True)
    (theirs / "suining-2010" / "thesis.txt").write_text("years", encoding="utf-8")
    with pytest.raises(UsageError, match="a folder that no demo made"):
        demo.claim(theirs)
    assert (theirs / "suining-2010" / "thesis.txt").read_text(encoding="utf-8") == "years"


def test_claim__follows_no_link_out_of_its_folder(tmp_path: Path) -> None:
    demo.claim(tmp_path / "demo")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "kept.txt").write_text("kept", encoding="utf-8")
    (tmp_path / "demo" / "suining-2010").symlink_to(elsewhere)
    demo.claim(tmp_path / "demo")
    assert (elsewhere / "kept.txt").exists()
    assert not (tmp_path / "demo" / "suining-2010").exists()
    (tmp_path / "linked").symlink_to(elsewhere)
    with pytest.raises(UsageError, match="a link"):
        demo.claim(tmp_path / "linked")


def test_numbers_out_of_bounds__are_told_before_an_earlier_demo_is_touched(tmp_path: Path) -> None:
    demo.claim(tmp_path / "demo")
    (tmp_path / "demo" / "report.html").write_text("the earlier one", encoding="utf-8")
    with pytest.raises(UsageError, match="--people"):
        demo.make_demo(demo.Options(out=tmp_path / "demo", people=0), invented)
    assert (tmp_path / "demo" / "report.html").exists()


def test_demo__a_folder_in_the_way_is_one_message_and_exit_code_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "demo").write_text("a file", encoding="utf-8")
    assert main(["demo", "--out", str(tmp_path / "demo")]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "Move it away" in captured.err
    assert "Traceback" not in captured.err


def test_claim__a_mark_that_is_a_link_is_no_mark(tmp_path: Path) -> None:
    (tmp_path / "victim").write_text("mine")
    out = tmp_path / "demo"
    out.mkdir()
    (out / demo.MARK).symlink_to(tmp_path / "victim")
    with pytest.raises(UsageError, match="a folder that no demo made"):
        demo.claim(out)
    assert (tmp_path / "victim").read_text() == "mine"
