"""docs/lesson.md: every number that a class should see is that of the town and of the stories, as they are computed today."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from glasstown.engine.kernel.cache import is_plain
from glasstown.explorer.asked import View
from glasstown.explorer.board import boards_of, silence_of
from glasstown.explorer.story_figures import told
from glasstown.explorer.story_texts import stories
from glasstown.explorer.towns import live
from glasstown.explorer.written import Runs
from glasstown.wording import grouped

pytestmark = pytest.mark.long  # towns of every story are lived
TEXT = (Path(__file__).parents[2] / "docs" / "lesson.md").read_text(encoding="utf-8")
VIEW = View("cn-2019", people=2_000, months=60, seed=1)
SAID = {
    "a-red-light-twice": "offences found out, of {offences} | {found}; {records} records took effect",
    "nobody-to-ask": "months wrongly on the list, of {wrongly_without} | {wrongly_with} are left",
    "a-warning": "breaches of {firms} firms that are on file | {records}, of {offences} breaches, of which {found} were found out",
    "the-namesake": "where counters go by name | {barred_name}; where they go by number {barred_number}",
    "broken-in-one-place": "with {gates} doors closed | {exits_all} times, and {exits_none} times with none closed; "
    "requests refused {refused_all} and {refused_none}",
}  # fmt: skip


def nobody_hears(done: int, of: int) -> None:
    """Take how far it is."""


@pytest.mark.skipif(is_plain(), reason="lives towns")
def test_board__is_that_of_the_town_that_the_lesson_runs(tmp_path: Path) -> None:
    assert "glasstown run cn-2019 --people 2000 --months 60 --seed 1" in TEXT
    silence = silence_of(boards_of(Runs(tmp_path).run(VIEW, nobody_hears)), live(VIEW, nobody_hears))
    assert f"has {silence.named} people on it at the end of five years" in TEXT
    found = re.findall(r"^\| How many .*? \| (\d+) \|$", TEXT, flags=re.MULTILINE)
    assert found == [str(each) for each in (silence.wrongly, silence.unable, silence.barred, silence.left)]


@pytest.mark.skipif(is_plain(), reason="lives towns")
@pytest.mark.parametrize("slug", list(SAID))
def test_stories__have_the_numbers_that_the_class_should_see(slug: str, tmp_path: Path) -> None:
    figures = told(stories()[slug], Runs(tmp_path), nobody_hears).figures
    shown = {name: grouped(value) if isinstance(value, int) else value for name, value in figures.items()}
    assert stories()[slug].title in TEXT
    assert SAID[slug].format_map(shown) in TEXT


def test_minutes__are_forty_five_without_a_gap() -> None:
    rows = re.findall(r"^\| (\d+) to (\d+) \|", TEXT, flags=re.MULTILINE)
    assert rows[0][0] == "0"
    assert rows[-1][1] == "45"
    assert [end for _, end in rows[:-1]] == [begin for begin, _ in rows[1:]]


def test_stories__are_all_of_them() -> None:
    assert set(SAID) == set(stories())
