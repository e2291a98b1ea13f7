"""Each bad rulebook gets one clear message, kept in full beside it (refresh: `python tests/rulebooks/refresh.py`)."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from glasstown.errors import FaultsError, RulebookError, UsageError
from glasstown.language.load import load_rulebook
from scripts import script

RULEBOOKS = Path(__file__).resolve().parents[1] / "rulebooks"
SMALL = RULEBOOKS / "good" / "small"


refresh = script(RULEBOOKS / "refresh.py")


@pytest.mark.parametrize("rulebook", refresh.bad_rulebooks(), ids=lambda path: path.stem)
def test_bad_rulebook__says_what_is_kept_beside_it(rulebook: Path) -> None:
    said = refresh.message_of(rulebook)
    assert said == refresh.message_file(rulebook).read_text(encoding="utf-8")
    assert "fault" in said.splitlines()[0]
    assert len(said.splitlines()) > 1


def test_messages__belong_to_rulebooks_that_exist() -> None:
    kept = {path.name for path in (RULEBOOKS / "bad").glob("*.txt")}
    assert kept == {refresh.message_file(path).name for path in refresh.bad_rulebooks()}


@pytest.mark.parametrize("rulebook", refresh.bad_rulebooks(), ids=lambda path: path.stem)
def test_bad_rulebook__has_a_place_for_each_fault(rulebook: Path) -> None:
    with pytest.raises(RulebookError) as problem:
        load_rulebook(str(rulebook))
    for fault in problem.value.faults:
        assert fault.place is not None
        assert fault.found
        assert fault.expected
        assert fault.way_out.endswith((".", "?"))
        assert "\n" not in str(fault)


def small_with(folder: Path, rules: bytes) -> str:
    (folder / "rules.yaml").write_bytes(rules)
    (folder / "sources.yaml").write_bytes((SMALL / "sources.yaml").read_bytes())
    return str(folder)


def only_fault(reference: str, error: type[FaultsError] = RulebookError) -> str:
    with pytest.raises(error) as problem:
        load_rulebook(reference)
    assert len(problem.value.faults) == 1
    assert problem.value.exit_code == 2
    return str(problem.value.faults[0])


def test_ten_megabytes_of_nesting__get_one_message_at_once(tmp_path: Path) -> None:
    start = time.perf_counter()
    said = only_fault(small_with(tmp_path, b"title: " + b"[" * 10_000_000))
    assert time.perf_counter() - start < 5
    assert "more than 1024 KiB" in said


@pytest.mark.parametrize("nested", [b"[" * 1_000_000, b"{a: " * 200_000, b"- " * 400_000, b"? " * 400_000])
def test_deep_nesting_within_the_size__gets_one_message(tmp_path: Path, nested: bytes) -> None:
    said = only_fault(small_with(tmp_path, nested))
    assert "levels of nesting" in said or "as a key" in said


def test_missing_folder__names_the_nearest_shipped_id() -> None:
    assert "Did you mean 'suining-2010'?" in only_fault("suining-2011", UsageError)


def test_folder_without_rules__says_so(tmp_path: Path) -> None:
    assert "a folder without rules.yaml" in only_fault(str(tmp_path), UsageError)


@pytest.mark.parametrize("reference", ["", "@", "@mild", "nowhere/rules.yaml", "a\x00b", "x" * 5000])
def test_reference_that_names_nothing__is_an_error_of_use(reference: str) -> None:
    assert "which is neither id nor file" in only_fault(reference, UsageError)


def test_unreadable_file__says_why(tmp_path: Path) -> None:
    (tmp_path / "rules.yaml").mkdir()
    assert "a folder" in only_fault(str(tmp_path))


def test_sources_that_are_not_yaml__are_told_beside_the_rules_faults(tmp_path: Path) -> None:
    rules = (SMALL / "rules.yaml").read_bytes().replace(b"points: -5", b"points: five")
    reference = small_with(tmp_path, rules)
    (tmp_path / "sources.yaml").write_text("sources: [")
    with pytest.raises(RulebookError) as problem:
        load_rulebook(reference)
    assert {Path(fault.place.file).name for fault in problem.value.faults if fault.place} == {
        "rules.yaml",
        "sources.yaml",
    }


def test_shipped_id_that_differs_from_its_folder__is_a_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "other"
    folder.mkdir()
    small_with(folder, (SMALL / "rules.yaml").read_bytes())
    assert load_rulebook(str(folder)).id == "small"
    monkeypatch.setattr("glasstown.language.texts.rulebook_folder", lambda: tmp_path)
    assert "'other', the folder's name" in only_fault("other")


def test_many_faults__are_counted_and_the_first_ten_shown(tmp_path: Path) -> None:
    rules = (SMALL / "rules.yaml").read_bytes().replace(b"evidence: invented", b"evidence: made up")
    with pytest.raises(RulebookError) as problem:
        load_rulebook(small_with(tmp_path, rules))
    said = str(problem.value).splitlines()
    assert len(said) == 12
    assert said[-1].strip() == f"... and {len(problem.value.faults) - 10} more."
