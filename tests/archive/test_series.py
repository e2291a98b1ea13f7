"""archive/series.py: the courts' list as it was published."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from glasstown.archive.series import checked_series, load_series
from glasstown.errors import GlasstownError, RulebookError
from glasstown.language.files import read_with_places
from glasstown.language.load import load_rulebook
from glasstown.language.series import Series
from glasstown.paths import data_folder

FILE = data_folder() / "series" / "courts-list.yaml"


def test_series__is_of_a_list_that_a_rulebook_has() -> None:
    series = load_series("courts-list")
    assert series.list in [rule.id for rule in load_rulebook(series.rulebook).lists]


def test_spans__follow_each_other_and_add_up_to_what_was_told() -> None:
    spans = load_series("courts-list").over("entries")
    cumulative = [each for each in spans if each.until is not None and each.until <= date(2019, 1, 1)]
    assert sum(each.millions for each in cumulative) == load_figure("entries-2018-12")
    assert all(one.until == two.from_ for one, two in pairwise(cumulative))


def load_figure(name: str) -> object:
    return next(each.millions for each in load_series("courts-list").figures if each.id == name)


def test_people__are_fewer_than_person_times_and_a_stock_is_no_flow() -> None:
    series = load_series("courts-list")
    named = {each.id: each for each in series.figures}
    low, value, high = series.people(named["entries-2024"])
    assert low < value < high < 1000 * named["entries-2024"].millions / series.population.value
    assert (
        value
        == 1000
        * named["entries-2024"].millions
        / series.population.value
        * series.share("entries").value
        / series.times.value
    )
    assert series.people(named["stock-2023"])[2] == 1000 * named["stock-2023"].millions / series.population.value
    assert series.people(named["entries-2020"])[2] == 1000 * named["entries-2020"].millions / series.population.value


def test_year_that_nobody_published__is_no_figure() -> None:
    series = load_series("courts-list")
    for gap in series.unknown:
        for year in gap.years:
            whole = [
                f
                for f in series.figures
                if f.of == gap.of and f.from_ == date(year, 1, 1) and f.until == date(year + 1, 1, 1)
            ]
            assert not whole, (gap.of, year)


BAD = {
    "two days for a stock": ("on: 2020-02-01", "from: 2020-02-01, until: 2020-03-01", "`on` of a stock"),
    "unknown work": ("source: column2022", "source: column2023", "'column2023'"),
    "one id twice": ("id: stock-2022", "id: stock-2020", "'stock-2020' twice"),
    "share outside its range": ("value: 0.85", "value: 0.5", "0.5 outside 0.71 to 1"),
}


@pytest.mark.parametrize(("old", "new", "words"), BAD.values(), ids=BAD)
def test_bad_series__is_told(old: str, new: str, words: str, tmp_path: Path) -> None:
    text = FILE.read_text(encoding="utf-8")
    assert old in text
    (tmp_path / "s.yaml").write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(RulebookError) as told:
        checked_series(read_with_places(tmp_path / "s.yaml", Series))
    assert words in str(told.value)
    assert len(told.value.faults) == 1


def test_no_series_of_the_name__says_which_there_are() -> None:
    with pytest.raises(GlasstownError, match="courts-list"):
        load_series("court-list")
