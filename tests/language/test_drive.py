"""language/drive.py: a drive that cannot be meant is told whole, each fault with its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from glasstown.errors import GlasstownError, RulebookError
from glasstown.language.drive import load_drive
from glasstown.paths import data_folder

BASIS = "basis: {source: invented for a test, evidence: invented}"
HEAD = """
glasstown_drive: 1
id: trial
label: a list for a test
rulebook: cn-court-list-2017
list: spc_dishonest
"""


def drive(folder: Path, rest: str) -> str:
    """Write a drive and return its path."""
    path = folder / "trial.yaml"
    path.write_text(HEAD + rest, encoding="utf-8")
    return str(path)


def stock(ages: str, per_1000: str = "5") -> str:
    return f"stock:\n  clause: E1\n  per_1000: {per_1000}\n{ages}  {BASIS}\n"


def periods(name: str, *spans: tuple[str, str]) -> str:
    rows = (f'  - {{from: "{first}", until: "{until}", times: 1.5, {BASIS}}}\n' for first, until in spans)
    return f"{name}:\n" + "".join(rows)


BAD = {
    "no ages": (stock(""), "how long the entries have stood there"),
    "no share": (stock("  ages: [{from: 1, to: 12, share: 0.5}]\n"), "shares that sum to 0.5"),
    "ages overlap": (
        stock("  ages: [{from: 1, to: 12, share: 0.5}, {from: 12, to: 24, share: 0.5}]\n"),
        "12 to 24 months after 12",
    ),
    "age backwards": (stock("  ages: [{from: 12, to: 1, share: 1}]\n"), "12 to 1 months"),
    "more than there are": (stock("  ages: [{from: 1, to: 12, share: 1}]\n", "1001"), "at most 1,000"),
    "out of order": (periods("recording", ("2015-01", "2016-01"), ("2014-01", "2015-01")), "before 2016-01"),
    "overlapping": (periods("performing", ("2015-01", "2016-01"), ("2015-12", "2017-01")), "without overlap"),
    "ends before it begins": (periods("recording", ("2016-01", "2015-01")), "an end after the beginning"),
    "no month": (periods("recording", ("2016-13", "2017-01")), "2016-13"),
}


@pytest.mark.parametrize(("rest", "words"), BAD.values(), ids=BAD)
def test_bad_drive__is_told_with_its_place(rest: str, words: str, tmp_path: Path) -> None:
    with pytest.raises(RulebookError) as told:
        load_drive(drive(tmp_path, rest))
    assert len(told.value.faults) == 1
    assert words in str(told.value)
    assert "trial.yaml:" in str(told.value)


def test_several_faults__are_told_at_once(tmp_path: Path) -> None:
    rest = stock("") + periods("recording", ("2016-01", "2015-01"))
    with pytest.raises(RulebookError) as told:
        load_drive(drive(tmp_path, rest))
    assert len(told.value.faults) == 2


def test_no_drive_of_the_name__says_which_there_are() -> None:
    with pytest.raises(GlasstownError, match="courts-list"):
        load_drive("courts-lost")


@pytest.mark.parametrize("path", sorted((data_folder() / "drives").glob("*.yaml")), ids=lambda path: path.stem)
def test_shipped_drive__is_sound_and_named_as_its_file(path: Path) -> None:
    found = load_drive(path.stem)
    assert found.id == path.stem
    assert found.stock is not None or found.recording
