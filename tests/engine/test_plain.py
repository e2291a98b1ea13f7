"""Kernels as plain Python: the same town, so that tests, a debugger and coverage reach every line of them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

LIVED = """
import warnings
warnings.filterwarnings("ignore", "overflow encountered in scalar", RuntimeWarning)
from glasstown.engine import period
from glasstown.engine.town import Town
from glasstown.runs.plan import make_plan, make_town
from glasstown.runs.request import RunRequest, manifest_of

for book in ("rongcheng-2013", "cn-court-list-2017"):
    town = make_town(make_plan(*manifest_of(RunRequest(rulebook=book, people=300, months=3, seed=1))), threads=1)
    for _ in range(3):
        town.advance()
    print(type(period.live_rules).__name__, town.digest(), sum(int(layer.flow.sum()) for side in town.sides for layer in side.layers))
"""


def lived(tmp_path: Path, **settings: str) -> list[list[str]]:
    """Return, for two rulebooks, what a kernel is, the town's digest, and the sum of its last month's accounts."""
    done = subprocess.run(
        [sys.executable, "-c", LIVED], capture_output=True, text=True, timeout=300, cwd=tmp_path,
        env={**os.environ, **settings}, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return [line.split() for line in done.stdout.splitlines()]


def test_plain_kernels__live_the_same_town(tmp_path: Path) -> None:
    plain, compiled = lived(tmp_path, GLASSTOWN_KERNELS="plain"), lived(tmp_path, GLASSTOWN_KERNELS="")
    assert [kind for kind, *_ in plain] == ["function"] * 2
    assert "function" not in [kind for kind, *_ in compiled]
    assert [rest for _, *rest in plain] == [rest for _, *rest in compiled]
    assert int(plain[0][2]) > 0


@pytest.mark.parametrize("setting", ["", "compiled"])
def test_setting_of_another_name__compiles(setting: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from glasstown.engine.kernel.cache import is_plain

    monkeypatch.setenv("GLASSTOWN_KERNELS", setting)
    assert not is_plain()
