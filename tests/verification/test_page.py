"""The page of the verification: what it names, how its tables read, and that a miss is told as one."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from verification import page
from verification.run import PARTS
from verification.table import Check, not_run, same, within
from verification.targets import NOT_MODELLED
from verification.words import WORDS

DOCS = Path(__file__).resolve().parents[2] / "docs"
KEPT = (DOCS / page.PAGE).read_text(encoding="utf-8")
PLANTED = {
    "filing": [same("records", "conservation", 0, 0), same("others", "conservation", 0, 1)],
    "refused tickets": [
        within("air for each by rail", "press", 3.6, 0.5, 0.4, "hold-out"),
        within("turned for", "press", 1.0, 1.0, 0.1, "fitted"),
        not_run("Kenli", "press", "a record card", "hold-out"),
    ],
}


def test_page__names_every_part_and_has_words_for_it() -> None:
    headings = [heading.lower() for heading in re.findall(r"^### (.*)$", KEPT, flags=re.MULTILINE)]
    assert headings == [name.lower() for name, *_ in PARTS]
    assert list(WORDS) == [name for name, *_ in PARTS]
    for words in WORDS.values():
        assert words in KEPT


def test_page__has_a_table_with_all_columns_for_each_kind() -> None:
    head = "| " + " | ".join(page.COLUMNS) + " |"
    for kind in page.KINDS:
        section = KEPT.split(f"## {kind.capitalize()}\n")[1].split("\n## ")[0]
        rows = [line for line in section.splitlines() if line.startswith("| ")]
        assert rows[0] == head
        assert len(rows) > 1
        assert all(row.count(" | ") == len(page.COLUMNS) - 1 for row in rows)


def test_page__shows_every_picture_that_lies_beside_it() -> None:
    shown = set(re.findall(rf"\]\({page.FOLDER}/(\w+)\.png\)", KEPT))
    assert shown == {path.stem for path in (DOCS / page.FOLDER).glob("*.png")}
    assert len(shown) >= 8


def test_page__is_told_apart_from_what_the_model_cannot_say() -> None:
    for figure, why in NOT_MODELLED:
        assert f"| {figure} | {why} |" in KEPT
    assert "synthetic population" in KEPT


def test_text__tells_misses_faults_and_what_was_not_run() -> None:
    text = page.text(PLANTED, {})
    assert "- FAULT: others: 1, where 0 was expected (conservation)." in text
    assert "- misses: air for each by rail: 0.5000, where 3.6000 ± 0.4000 was expected (press)." in text
    assert "- not run: Kenli: a record card." in text
    assert "| hold-out | 2 | 0 | 1 | 1 |" in text
    assert "| code identity | 2 | 1 | 1 | 0 |" in text


def test_folded__puts_rulebooks_together_and_leaves_faults_apart() -> None:
    alike = [same(f"book-{n}: months in which a list differs ({n} lists)", "conservation", 0, 0) for n in range(5)]
    fault = same("book-9: months in which a list differs (1 lists)", "conservation", 0, 3)
    found = page.folded([*alike, fault])
    assert [check.figure for check in found] == ["months in which a list differs, each of 5 rulebooks", fault.figure]
    assert [check.agrees for check in found] == [True, False]


def test_folded__leaves_a_figure_apart_that_several_sources_give() -> None:
    thrice = [within("air for each by rail", source, 3.6, 0.5, 0.4, "hold-out") for source in ("a", "b", "c")]
    assert page.folded(thrice) == thrice


@pytest.mark.parametrize(
    "check", [check for checks in PLANTED.values() for check in checks], ids=lambda each: each.figure
)
def test_table__holds_every_check_under_its_kind(check: Check) -> None:
    section = page.text(PLANTED, {}).split(f"## {check.kind.capitalize()}\n")[1].split("\n## ")[0]
    assert f"| {check.figure} |" in section


def test_write__makes_page_and_pictures(tmp_path: Path) -> None:
    path = page.write(PLANTED, {"filing": 1, "refused tickets": 1}, tmp_path)
    assert path.read_text(encoding="utf-8").startswith("# Verification")
    assert (tmp_path / page.FOLDER / "refusals.png").stat().st_size > 1000
