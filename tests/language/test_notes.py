"""What `check` says of a sound rulebook: lists without a way out, exits that are barred, gates of its own."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import glasstown
from glasstown.language.load import notes_on
from glasstown.language.notes import BARS, gates

SMALL = Path(__file__).resolve().parents[1] / "rulebooks" / "good" / "small"
CITE = "cite: {source: hamlet, at: article 8, evidence: invented}"


def said(folder: Path, change: tuple[str, str], more: str = "") -> list[str]:
    """Return the notes of the small rulebook with one thing changed and something added at its end."""
    shutil.copytree(SMALL, folder / "small")
    rules = folder / "small" / "rules.yaml"
    text = rules.read_text(encoding="utf-8")
    assert change[0] in text
    rules.write_text(text.replace(*change) + more, encoding="utf-8")
    return [str(note) for note in notes_on(str(rules))[1]]


def test_small_rulebook__has_nothing_to_note() -> None:
    assert notes_on(str(SMALL))[1] == ()


def test_list_that_nothing_ends__is_noted_with_its_place(tmp_path: Path) -> None:
    notes = said(tmp_path, ("    leaves: {when_condition_ends: true}", "    leaves: {}"))
    assert len(notes) == 1
    assert "small/rules.yaml:63:13: list 'black': nothing ends a listing" in notes[0]


@pytest.mark.parametrize(
    ("entry", "leaves", "is_noted"),
    [
        ("{grades: [C]}", "{after: {months: 6}}", True),
        ("{grades: [C]}", "{after: unknown}", True),
        ("{score_at_most: 3}", "{after: {months: 6}}", True),
        ("{score_at_least: 3}", "{after: {months: 6}}", True),
        ("{grades: [C], once: true}", "{after: {months: 6}}", False),
        ("{grades: [C]}", "{when_condition_ends: true}", False),
        ("{grades: [C], assessed: [06-30]}", "{}", False),
        ("{grades: [C]}", "{}", False),
    ],
)
def test_list_that_begins_again_as_long_as_its_condition_holds__is_noted(
    tmp_path: Path, entry: str, leaves: str, is_noted: bool
) -> None:
    old = "    entry: {grades: [C]}\n    leaves: {when_condition_ends: true}"
    notes = said(tmp_path, (old, f"    entry: {entry}\n    leaves: {leaves}"))
    assert any("comes on again after its term" in note and "once: true" in note for note in notes) == is_noted


@pytest.mark.parametrize(
    ("leaves", "enters"),
    [
        ("{after: {years: 1}}", ""),
        ("{after: unknown}", ""),
        ("{}", "    enters: {list: black, term: {months: 6}}\n"),
    ],
)
def test_list_with_a_term__is_not_noted(tmp_path: Path, leaves: str, enters: str) -> None:
    text = (SMALL / "rules.yaml").read_text(encoding="utf-8")
    text = text.replace("    entry: {grades: [C]}\n    leaves: {when_condition_ends: true}", f"    leaves: {leaves}")
    text = text.replace("    act: littering\n", f"    act: littering\n{enters}")
    shutil.copytree(SMALL, tmp_path / "small")
    (tmp_path / "small" / "rules.yaml").write_text(text, encoding="utf-8")
    assert not [note for note in notes_on(str(tmp_path / "small"))[1] if "nothing ends" in str(note)]


@pytest.mark.parametrize(("gate", "words"), [("credit-repair", "closes"), ("loan", ""), ("air-ticket", "")])
def test_exit_that_the_lists_own_measure_bars__is_noted(tmp_path: Path, gate: str, words: str) -> None:
    change = ("    entry: {grades: [C]}\n    leaves: {when_condition_ends: true}", "    leaves: {on: [repair]}")
    more = f"""  - {{id: barred, label: barred, kind: restrict, gate: {gate}, when: {{lists: [black]}}, {CITE}}}
procedures:
  - {{id: repair, label: put right, {CITE}}}
"""
    notes = [note for note in said(tmp_path, change, more) if "nothing puts" not in note]
    assert [f"left by 'repair', and barred ({gate}) of the same list {words}" in note for note in notes] == [
        True
    ] * bool(words)


def test_list_that_nobody_can_come_onto__is_noted(tmp_path: Path) -> None:
    (note,) = said(
        tmp_path,
        ("    entry: {grades: [C]}\n    leaves: {when_condition_ends: true}", "    leaves: {after: {months: 6}}"),
        "",
    )
    assert "nothing puts anybody on it" in note


def test_gate_of_ones_own__is_noted_with_the_nearest_word(tmp_path: Path) -> None:
    more = f"  - {{id: barred, label: barred, kind: restrict, gate: air-tickets, when: {{grades: [C]}}, {CITE}}}\n"
    (note,) = said(tmp_path, ("id: small", "id: small"), more)
    assert "the gate 'air-tickets' is no word of the common vocabulary" in note
    assert note.endswith("did you mean 'air-ticket'?")


def test_unknown_part__is_noted_and_everybody_takes_part(tmp_path: Path) -> None:
    assert said(tmp_path / "told", ("takes_part: compulsory", "takes_part: voluntary")) == []
    (note,) = said(tmp_path / "unknown", ("takes_part: compulsory", "takes_part: unknown"))
    assert "everybody whom it covers takes part" in note
    agreed = f"\nconsent: {{{CITE}}}\n"
    assert said(tmp_path / "agreed", ("takes_part: compulsory\n", f"takes_part: unknown{agreed}")) == []


def test_court_list__says_that_its_measures_narrow_the_way_to_the_money() -> None:
    (note,) = notes_on("cn-court-list-2017")[1]
    assert note.words == (
        "left by 'perform', and M16-3.2 (public-post), M16-3.5 (public-post), M16-5.3 (loan) of the same list narrow the way to it"
    )


def test_check__tells_notes_and_still_ends_well() -> None:
    checked = glasstown.check("suining-2010")
    assert checked.exit_code == 0
    assert [note["words"] for note in checked.as_json()["rulebooks"][0]["notes"]]


def test_bars__name_gates_of_the_vocabulary() -> None:
    assert {gate for named in BARS.values() for gate in named} - gates().keys() == set()
