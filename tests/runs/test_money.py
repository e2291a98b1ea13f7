"""S2 and S13 in runs: a life tells case, size and payments, both readings agree, and a comparison tells what creditors recover."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import accumulate
from pathlib import Path

import pytest

import glasstown
from glasstown.render import words
from glasstown.runs.request import RunRequest
from glasstown.runs.session import run_town
from longer import few

ASKED = RunRequest(
    "cn-court-list-2017", people=3000, months=30, threads=1, command="test",
    settings={"hazard.c11": "0.002", "recording.court.default": "1", "procedure.perform_per_month": "0.1"},
)  # fmt: skip


def test_life__tells_its_case_and_what_was_paid_and_is_verified(tmp_path: Path) -> None:
    run_town(replace(ASKED, out=tmp_path / "run"))
    sql = (
        "select distinct e.id from final e where kind = 'person' and n_records > 0 and lists not like '%spc_dishonest%'"
        " order by id limit 12"
    )
    lives = [
        glasstown.life(tmp_path / "run", row[0], verify=True)
        for row in glasstown.query(tmp_path / "run", sql).as_json()["rows"]
    ]
    assert len(lives) >= 8
    told = [life.as_json() for life in lives]
    assert all(each["verified"] for each in told)
    sued = [each["money"] for each in told if each["money"]]
    assert len(sued) >= 4
    for rows in sued:
        owed = 0
        for row in rows:
            if row["what"].startswith("guarantor "):
                continue
            owed += row["yuan"] if row["what"].startswith("case ") else -row["yuan"] - row["written_off"]
            assert row["owed"] == owed
    assert any(rows[-1]["owed"] == 0 and rows[-1]["what"] == "performed in full" for rows in sued)
    assert any("court opened a case" in str(life.blocks()) for life in lives)


@pytest.mark.parametrize("lived_months", few(["0", "24"], ["24"]))
def test_accounts__say_what_is_owed_and_keep_it_together(tmp_path: Path, lived_months: str) -> None:
    """A town that lived before its first month begins with what is owed from then; one that did not begins with nothing."""
    settings = {**dict(ASKED.settings), "start.lived_months": lived_months}
    run_town(replace(ASKED, out=tmp_path / "run", settings=settings))
    sql = (
        "select month, item, cast(sum(value) as bigint) from months where account = 'judgments' group by all"
        " order by month"
    )
    by_month: dict[int, dict[str, int]] = {}
    for month, item, n in glasstown.query(tmp_path / "run", sql).as_json()["rows"]:
        by_month.setdefault(month, {})[item] = n
    assert sorted(by_month) == list(range(30))
    more = [
        sum(now.get(item, 0) for item in ("newly owed", "moved in"))
        - sum(now.get(item, 0) for item in ("recovered", "written off", "moved away"))
        for now in by_month.values()
    ]
    assert any(now.get("moved away") for now in by_month.values())
    owed = [now.get("owed", 0) for now in by_month.values()]
    begun_with = owed[0] - more[0]
    assert (begun_with > 0) == (lived_months != "0")
    assert [begun_with, *owed] == list(accumulate(more, initial=begun_with))
    assert all(owed)


@pytest.fixture(scope="module")
def bankrupt_town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("bankrupt") / "run"
    settings = {
        **dict(ASKED.settings),
        "bankruptcy.per_month": "0.05",
        "judgment.guarantor": "1",
    }
    run_town(replace(ASKED, out=path, people=3000, months=48, settings=settings))
    return path


def test_guarantor__is_listed_as_debtors_are_and_told_whose_debt_it_is(bankrupt_town: Path) -> None:
    found = glasstown.lives(bankrupt_town, guarantor=True, listed=True, most=6).found
    assert len(found.fitting) == 6
    for each in found.fitting:
        life = glasstown.life(bankrupt_town, each.number, verify=True)
        told = life.as_json()
        assert told["verified"]
        case = next(row for row in told["money"] if row["what"].startswith("case for another's debt of "))
        assert case["with"] != each.number
        assert f"for what person {case['with']} owes" in str(life.blocks())
        debtor = glasstown.life(bankrupt_town, f"{case['with']}.0").as_json()
        tenants = [
            debtor,
            *(glasstown.life(bankrupt_town, f"{case['with']}.{n}").as_json() for n in range(1, debtor["tenants"])),
        ]
        bound = [row for tenant in tenants for row in tenant["money"] if row["what"].startswith("guarantor ")]
        assert any(
            (row["month"], row["yuan"], row["with"]) == (case["month"], case["yuan"], each.number) for row in bound
        )


def test_who_owes_with_another__is_told_what_the_other_paid(bankrupt_town: Path) -> None:
    found = glasstown.lives(bankrupt_town, guarantor=True, most=40).found
    lives = [glasstown.life(bankrupt_town, each.number) for each in found.fitting]
    assert any("who owes the same" in str(life.blocks()) for life in lives)


def test_bankrupt__is_told_from_the_declaration_to_the_discharge_and_is_verified(bankrupt_town: Path) -> None:
    found = glasstown.lives(bankrupt_town, bankrupt=True, most=60).found
    whole = 0
    for each in found.fitting[:12]:
        life = glasstown.life(bankrupt_town, each.number, verify=True)
        told = life.as_json()
        assert told["verified"]
        rows = told["money"]
        first = next(n for n, row in enumerate(rows) if row["what"] == "declared bankrupt")
        later = [row for row in rows[first + 1 :] if row["what"] == "discharged"]
        if later and rows[first]["owed"]:
            assert rows[first]["until"] == later[0]["month"]
            assert later[0]["owed"] == 0
            assert f"supervised until {words.month(date.fromisoformat(later[0]['month']))}" in str(life.blocks())
            whole += 1
    assert whole > 0


def test_bankruptcy__is_nowhere_unless_it_is_set(tmp_path: Path) -> None:
    run_town(replace(ASKED, out=tmp_path / "run", people=600, months=12))
    sql = "select count(*) from months where item in ('declared bankrupt', 'bankrupt and supervised', 'discharged')"
    assert glasstown.query(tmp_path / "run", sql).as_json()["rows"] == [[0]]
