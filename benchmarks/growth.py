"""Time and peak memory as people and months grow; every size lives in a process of its own."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))

RULEBOOK = "rongcheng-2013"


def measure(sizes: Sequence[tuple[int, int]]) -> list[dict[str, Any]]:
    """Return one row for each number of people and months."""
    rows = []
    for people, months in ((150, 1), *sizes):  # the first compiles what is not compiled yet
        command = [sys.executable, str(Path(__file__)), str(people), str(months)]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise SystemExit(f"{people} people for {months} months ended with {done.returncode}:\n{done.stderr}")
        rows.append(json.loads(done.stdout))
    return rows[1:]


def one(people: int, months: int) -> dict[str, Any]:
    """Build a town, live the months on two threads, and return what it took; the engine alone, nothing is written."""
    from verification.towns import Plan, build

    began = time.perf_counter()
    town = build(Plan(RULEBOOK, people, months, date(2014, 1, 1), {}, threads=2, shards=max(8, people // 125_000)))
    built = time.perf_counter()
    for _ in range(months):
        town.advance()
    lived = time.perf_counter()
    town.close()
    return {
        "people": people,
        "months": months,
        "build_seconds": round(built - began, 2),
        "live_seconds": round(lived - built, 2),
        "peak_bytes": peak_bytes(),
        "ledger_bytes_per_person": round(town.bytes_per_person()["ledger"], 1),
    }


def peak_bytes() -> int:
    """Return the most memory that this process held.

    The system's own high-water mark comes first: `getrusage` also counts the parent, of which a child begins as a copy.
    """
    status = Path("/proc/self/status")
    if status.exists():
        marks = [row for row in status.read_text(encoding="utf-8").splitlines() if row.startswith("VmHWM:")]
        if marks:
            return int(marks[0].split()[1]) * 1024
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit


if __name__ == "__main__":
    print(json.dumps(one(int(sys.argv[1]), int(sys.argv[2]))))
