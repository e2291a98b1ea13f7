"""The benchmarks' page is what its newest line of history says; no timing is tested."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from benchmarks import page
from benchmarks.start import GOALS
from benchmarks.steps import BUDGET

LINE: dict[str, Any] = {
    "date": "2020-02-29",
    "commit": "abc1234",
    "machine": {"processor": "a processor", "cores": "2", "python": "3.11.0"},
    "engine": {
        "rulebook": "rongcheng-2013",
        "people": 1_000_000,
        "threads": {"1": {"person_months_per_second": 9_500_000, "slowest": 9_000_000, "fastest": 10_000_000}},
        "bytes_per_person": {"dense": 44.2, "ledger": 3.1, "scratch": 9.9},
        "month_ns": 105.0,
        "steps": [{"step": "draws", "ns": 8.04, "budget_ns": "8", "bytes": 0.0}],
        "plain_pass": {"ns": 4.2, "bytes": 44.0, "share_of_month": 0.04},
    },
    "start": {"people": 100_000, "months": 60, "seconds": {"help": 0.31}, "goals": {"help": 0.5}},
    "sets": {"preset": "cn-2019", "rulebooks": 8, "people": 1_000_000, "months": 60, "loop": 19_900_000,
             "slowest": 18_000_000, "fastest": 21_000_000, "whole": 7_900_000},
    "growth": [
        {"people": 10_000, "months": 12, "build_seconds": 0.5, "live_seconds": 0.1, "peak_bytes": 2**28,
         "ledger_bytes_per_person": 0.3}
    ],
}  # fmt: skip


@pytest.mark.parametrize(
    "row",
    [
        "| 1 | 9.5 | 9.0 to 10.0 |",
        "| draws | 8.0 | 8 | 0.0 |",
        "| the months | 19.9 | 18.0 to 21.0 |",
        "| help | 0.31 | 0.5 |",
        "| 10,000 | 12 | 0.5 | 0.1 | 256 | 0.3 |",
        "2020-02-29, commit abc1234, a processor, 2 cores, Python 3.11.0.",
    ],
)
def test_tables__have_a_row_for(row: str) -> None:
    assert row in page.tables(LINE).splitlines()


def test_tables__tell_dense_ledger_and_scratch_apart() -> None:
    assert "dense 44.2, ledger 3.1, scratch 9.9" in page.tables(LINE)


def test_with_tables__keeps_what_stands_outside_the_markers() -> None:
    text = f"before\n{page.BEGIN}\nold\n{page.END}\nafter\n"
    changed = page.with_tables(text, LINE)
    assert changed.startswith("before\n")
    assert changed.endswith("\nafter\n")
    assert "old" not in changed
    assert page.with_tables(changed, LINE) == changed


def test_page__is_that_of_the_newest_line() -> None:
    text = page.PAGE.read_text(encoding="utf-8")
    assert text == page.with_tables(text, page.newest())


def test_newest__is_the_last_line(tmp_path: Path) -> None:
    history = tmp_path / "history.jsonl"
    history.write_text('{"date": "2020-01-01"}\n{"date": "2020-01-02"}\n', encoding="utf-8")
    assert page.newest(history) == {"date": "2020-01-02"}


def test_goals_and_budget__name_what_is_measured() -> None:
    assert set(GOALS) == {"help", "case", "run", "first run"}
    assert len(BUDGET) == 6
