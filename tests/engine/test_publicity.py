"""What a rulebook makes public moves towns in the way it should: offences, ties, payments, jobs; and each audience switched off."""

from __future__ import annotations

import shutil
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from glasstown.engine.tables import publicity
from glasstown.engine.tables.lived_rows import Lived
from glasstown.engine.town import Town
from glasstown.language.load import locate
from glasstown.rows import as_table, make_rows, total_of
from verification import towns
from verification.towns import Plan, build

COURT, VILLAGE, MONTHS = "cn-court-list-2017", "jiakuang-majia-2018", 24
BUSY = {
    "hazard.c11": "0.02", "recording.dishonesty.default": "1", "recording.court.default": "1", "trait_loading": "0.5",
    "work.lose_per_month": "0.03", "work.find_per_month": "0.1", "shame.response": "1.3", "shame.below": "50000",
}  # fmt: skip
MINDING = {"shame.feared": "5", "eps_s": "1", "recording.dishonesty.default": "1"}


def town_of(rulebook: str, people: int, changes: dict[str, str]) -> Town:
    numbers = {name: Decimal(value) for name, value in changes.items()}
    return build(Plan(rulebook, people, MONTHS, date(2018, 1, 1), numbers))


def lived(rulebook: str, gates: str = "2", **public: str) -> Lived:
    """Return the accounts of lives over all months of a town in which so many gates join in, with some audiences' shares set."""
    audiences = {f"public.{name}": value for name, value in public.items()}
    town = town_of(rulebook, 6000, {**BUSY, "gate.joined": gates, **audiences})
    total = as_table(make_rows(Lived, 1))
    for _ in range(MONTHS):
        town.advance()
        total += as_table(town.sides[0].lived).sum(axis=0)
    rows = make_rows(Lived, 1)
    as_table(rows)[:] = total
    return total_of(rows)


def village(folder: Path, *, every: str, where: str) -> str:
    """Return the path of a village's rulebook whose ranking is shown elsewhere, or more rarely."""
    shutil.copytree(locate(VILLAGE)[0].parent, folder)
    rules = folder / "rules.yaml"
    text = rules.read_text(encoding="utf-8")
    assert text.count("where: [notice-board]") == 1
    rules.write_text(text.replace("where: [notice-board]", f"where: [{where}]\n    every: {every}"), encoding="utf-8")
    return str(folder)


def offences(rulebook: str) -> int:
    """Return how many offences people do in a town under a rulebook in which everybody minds being shown."""
    town, n = town_of(rulebook, 3000, MINDING), 0
    k = [place for place, each in enumerate(town.sides[0].conduct.classes) if each.tone == "offence"]
    for _ in range(MONTHS):
        town.advance()
        n += int(town.sides[0].tally.acts[:, k].sum())
    return n


def test_ranking__keeps_people_from_offences_the_more_often_it_hangs_where_neighbours_pass(tmp_path: Path) -> None:
    board, rarely, nobody = (
        offences(village(tmp_path / name, every=every, where=where))
        for name, every, where in (
            ("board", "month", "notice-board"), ("rarely", "year", "notice-board"), ("nobody", "month", "on-request"),
        )
    )  # fmt: skip
    assert board < rarely <= nobody
    assert board < nobody


def test_neighbours_who_take_notice__break_ties_and_make_debtors_pay() -> None:
    nobody, some, everybody = (lived(COURT, neighbours=share, readers="0", optional="1") for share in ("0", "0.5", "1"))
    assert (nobody.ties, nobody.ties < some.ties < everybody.ties) == (0, True)
    assert nobody.recovered_listed < everybody.recovered_listed
    assert nobody.found == lived(COURT, neighbours="0", readers="0").found


def test_readers__are_the_neighbours_of_those_in_the_paper() -> None:
    assert lived(COURT, neighbours="0", readers="0.5", optional="1").ties > 0
    assert lived(COURT, neighbours="0", readers="0.5", optional="0").ties == 0


def test_employers_and_banks_who_look__hire_and_lend_less() -> None:
    nobody, everybody = (lived(COURT, searchers=share) for share in ("0", "1"))
    assert everybody.found < nobody.found
    assert everybody.borrowed < nobody.borrowed
    assert everybody.missed > nobody.missed


def test_audience_that_a_table_ignores__would_be_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """The planted fault: neighbours take notice as usual, whatever the parameter says; ties break all the same."""
    real, usual = publicity.shown_table, towns.numbers({})["public.neighbours"]
    monkeypatch.setattr(
        "glasstown.engine.tables.practice.shown_table",
        lambda rules, numbers: real(rules, {**numbers, "public.neighbours": usual}),
    )
    assert lived(COURT, neighbours="0", readers="0", optional="1").ties > 0
