"""Kernels as plain Python: the same town, so that tests, a debugger and coverage reach every line of them."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from glasstown.rows import total_of
from plain_kernels import WRAPS, plain_module
from verification.towns import Plan, build

LIVED = """
import warnings
warnings.filterwarnings("ignore", "overflow encountered in scalar", RuntimeWarning)
from glasstown.engine import before, rounds
from glasstown.engine.town import Town
from glasstown.runs.plan import make_plan, make_town
from glasstown.runs.request import RunRequest, manifest_of

before.N_BEFORE, before.LONG_AGO = 1, 2  # in plain Python longer takes too long
for book, people, firms, months, settings in TOWNS:
    request = RunRequest(rulebook=book, people=people, firms=firms, months=months, seed=1, settings=settings)
    town = make_town(make_plan(*manifest_of(request)), threads=1)
    for _ in range(months):
        town.advance()
    moved = sum(int(abs(layer.flow).sum()) for side in town.sides for layer in side.layers)
    print(type(rounds.live_rules).__name__, town.digest(), moved)
"""

Towns = list[tuple[str, int, int | None, int, dict[str, str]]]
"""Rulebooks, people, firms (None is what they call for), months and parameters."""

AT_ONCE = {"start.lived_months": "0"}
"""No month is lived before the first."""
SHORT: Towns = [
    ("rongcheng-2013", 300, None, 3, AT_ONCE),
    ("cn-court-list-2017", 300, None, 3, AT_ONCE),
    ("cn-court-list-2017", 40, 40, 1, {"start.lived_months": "12", "firm.taken_over_per_month": "0.2"}),
]
BUSY = {
    "hazard.k5": "0.05", "recording.dishonesty.default": "1", "firm.stressed_per_month": "0.05",
    "firm.exit_per_month": "0.1", "firm.recover_per_month": "0.3", "partner.cut_per_month": "0.2",
    "partner.contagion_per_year": "0.128", **AT_ONCE,
}  # fmt: skip
"""What is rare among few firms happens here: listings, links that are cut, distress that spreads, and ends."""
FURTHER: Towns = [
    ("rongcheng-2013", 100, None, 6, AT_ONCE),
    ("cn-2019", 60, None, 3, AT_ONCE),
    ("jiangsu-env-2019", 50, 60, 4, AT_ONCE),
    ("cn-court-list-2017", 50, 300, 6, BUSY),
]
"""Scores and offices, lists and measures, firms, and all that is rare."""

LISTINGS = {
    "hazard.c11": "0.2", "recording.dishonesty.default": "1", "household.inherits": "1",
    "platform.heard_per_month": "0.5", "filing.wrong_person": "0.2",
}  # fmt: skip
"""More than parameters may be: of a few people some are soon listed."""


def lived(towns: Towns, folder: Path, **settings: str) -> list[list[str]]:
    """Return, for each town, what a kernel is, the town's digest, and how much moved in its last month's accounts."""
    done = subprocess.run(
        [sys.executable, "-c", f"TOWNS = {towns}\n{LIVED}"], capture_output=True, text=True, timeout=900, cwd=folder,
        env={**os.environ, **settings}, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return [line.split() for line in done.stdout.splitlines()]


@pytest.mark.parametrize("towns", [SHORT, pytest.param(FURTHER, marks=pytest.mark.long)], ids=["short", "further"])
def test_plain_kernels__live_the_same_town(towns: Towns, tmp_path: Path) -> None:
    plain, compiled = lived(towns, tmp_path, GLASSTOWN_KERNELS="plain"), lived(towns, tmp_path, GLASSTOWN_KERNELS="")
    assert [kind for kind, *_ in plain] == ["function"] * len(towns)
    assert "function" not in [kind for kind, *_ in compiled]
    assert [rest for _, *rest in plain] == [rest for _, *rest in compiled]
    assert int(plain[0][2]) > 0


@pytest.mark.parametrize("setting", ["", "compiled"])
def test_setting_of_another_name__compiles(setting: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from glasstown.engine.kernel.cache import is_plain

    monkeypatch.setenv("GLASSTOWN_KERNELS", setting)
    assert not is_plain()


@WRAPS
def test_closed_gates__are_the_same_in_plain_python() -> None:
    plan = Plan("cn-court-list-2017", 200, 5, date(2018, 1, 1), {name: Decimal(x) for name, x in LISTINGS.items()})
    compiled, plain = build(plan), plain_module("verification.towns").build(plan)
    for _ in range(plan.months):
        compiled.advance()
        plain.advance()
        assert compiled.digest() == plain.digest()
    assert any(shard.lives.closed.any() for shard in plain.sides[0].shards)
    assert total_of(plain.sides[0].lived).inherited > 0
