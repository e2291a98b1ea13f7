"""What befell somebody beside records is counted as the run's accounts count it."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from glasstown.population import BLOCK
from glasstown.runs import befallen
from glasstown.runs.live_again import live_again
from glasstown.runs.one_life import told
from glasstown.runs.outside import outside_of
from glasstown.runs.plan import make_plan
from glasstown.runs.request import RunRequest, inputs_of
from glasstown.runs.session import run_town
from glasstown.storage.folder import RunFolder
from glasstown.storage.store import query

SUM = "select item, sum(value)::bigint as n from months where account = '{}' and kind = 'person' group by item"
BUSY = {"hazard.c11": "0.002", "judgment.arrears": "10", "recording.dishonesty.default": "1"}


def befell_everybody(folder: RunFolder) -> Counter[str]:
    plan = make_plan(folder.manifest, inputs_of(folder))
    outside = outside_of(folder, plan)
    found: Counter[str] = Counter()
    for block in range(plan.n_blocks("person")):
        lived = live_again(plan, "person", block, outside)
        for number in range(block * BLOCK, (block + 1) * BLOCK):
            for each in told(plan, "person", number, lived, None, outside).befell:
                found[each["gate"] or each["what"]] += each["times"]
    return found


def test_refusals_and_ties__add_up_to_the_accounts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run_town(
        RunRequest("cn-court-list-2017", people=600, firms=0, months=18, threads=1, settings=BUSY, out=tmp_path / "run")
    )
    folder = RunFolder.open(tmp_path / "run")
    sums = {
        account: {row["item"]: row["n"] for row in query(folder, SUM.format(account)).to_pylist()}
        for account in ("refusals", "ties")
    }
    found = befell_everybody(folder)
    assert sum(sums["refusals"].values()) > 0
    assert {gate: found[gate] for gate in sums["refusals"]} == sums["refusals"]
    assert found[befallen.TIES] == sums["ties"].get("lost", 0)
    assert found["so late that creditors can go to court"] > 0
    monkeypatch.setattr(befallen, "REFUSED", 99)  # a log that is read by another code
    with pytest.raises(AssertionError):
        assert sum(n for gate, n in befell_everybody(folder).items() if gate in sums["refusals"]) == sum(
            sums["refusals"].values()
        )
