"""The peers' small model is Suining's, the table is what was measured, and every peer found what the model says."""

from __future__ import annotations

import json
import math
import subprocess
import sys
from typing import Any

import pytest

from benchmarks.peers import run, write

RESULT: dict[str, Any] = json.loads(run.RESULTS.read_text(encoding="utf-8"))
MODEL: dict[str, Any] = json.loads(write.MODEL.read_text(encoding="utf-8"))


def test_model__is_that_of_the_rulebook() -> None:
    assert write.model() == MODEL, "run benchmarks/peers/write.py, then run.py, and commit both"


def test_page__has_the_table_of_the_results() -> None:
    text = run.PAGE.read_text(encoding="utf-8")
    assert text == run.with_table(text, RESULT)


def test_results__name_every_peer_and_glasstown() -> None:
    tools = " ".join(row["tool"] for row in RESULT["rows"])
    assert all(package.replace("==", " ") in tools for package, *_ in run.PEERS.values())
    assert "Glasstown, 2 threads" in tools


def expected(months: int) -> tuple[float, float]:
    """Return the mean score after so many months, and its standard deviation for one person."""
    mean = sum(act["rate"] * act["chance"] * act["points"] for act in MODEL["acts"]) * months
    variance = sum(act["rate"] * act["chance"] * act["points"] ** 2 for act in MODEL["acts"]) * months
    return MODEL["base"] + mean, math.sqrt(variance)


def is_near(row: dict[str, Any]) -> bool:
    mean, deviation = expected(row["months"])
    return bool(abs(row["found"]["mean"] - mean) < 5 * deviation / math.sqrt(row["people"]) + 1e-3)


@pytest.mark.parametrize("row", [row for row in RESULT["rows"] if "found" in row], ids=lambda row: row["tool"])
def test_peer__found_the_mean_that_the_model_has(row: dict[str, Any]) -> None:
    assert is_near(row)
    assert sum(row["found"]["grades"]) == row["people"]


def test_numpy_model__runs_and_finds_it_here_too() -> None:
    command = [sys.executable, "numpy_model.py", "50000", "12"]
    done = subprocess.run(command, cwd=run.HERE, capture_output=True, text=True, check=True)
    assert is_near(json.loads(done.stdout))
