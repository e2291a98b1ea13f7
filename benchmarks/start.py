"""How long commands take from the shell: start, one case, a run from warm kernels, and the very first run."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
CASE = ("suining-2010", str(ROOT / "src" / "glasstown" / "_data" / "rulebooks" / "suining-2010" / "cases"))
GOALS = {"help": 0.5, "case": 1.0, "run": 3.0, "first run": 45.0}
"""Seconds of wall time that each should stay under."""


def measure(*, people: int, months: int, repeats: int, with_first: bool) -> dict[str, Any]:
    """Return seconds for each command: the median of some repeats after one unmeasured, one for the very first run."""
    cases = sorted(Path(CASE[1]).glob("*.yaml"))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        run = ["run", "rongcheng-2013", "--people", str(people), "--months", str(months), "--json"]
        seconds = {
            "help": _median(["--help"], repeats),
            "case": _median(["case", CASE[0], str(cases[0])], repeats),
            "run": _median(run, repeats, folder),
        }
        if with_first:
            seconds["first run"] = once([*run, "--out", str(folder / "first")], {"GLASSTOWN_CACHE": str(folder)})
    return {
        "people": people,
        "months": months,
        "seconds": {name: round(value, 2) for name, value in seconds.items()},
        "goals": {name: GOALS[name] for name in seconds},
    }


def _median(words: list[str], repeats: int, folder: Path | None = None) -> float:
    """Return the median of some runs of a command, after one that fills caches."""
    taken = []
    for number in range(repeats + 1):
        out = ["--out", str(folder / f"run-{number}")] if folder else []
        taken.append(once([*words, *out], {}))
    return statistics.median(taken[1:])


def once(words: list[str], extra: dict[str, str]) -> float:
    """Return the wall time of one command; bytecode is kept, as it is for anybody who installs the package."""
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"} | extra
    began = time.perf_counter()
    command = [sys.executable, "-m", "glasstown", *words]
    done = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, check=False)
    taken = time.perf_counter() - began
    if done.returncode != 0:
        raise SystemExit(f"`glasstown {' '.join(words)}` ended with {done.returncode}:\n{done.stderr}")
    return taken
