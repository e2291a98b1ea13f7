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
    for people, months in sizes:
        command = [sys.executable, str(Path(__file__)), str(people), str(months)]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise SystemExit(f"{people} people for {months} months ended with {done.returncode}:\n{done.stderr}")
        rows.append(json.loads(done.stdout))
    return rows


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
        "peak_bytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024,
        "ledger_bytes_per_person": round(town.bytes_per_person()["ledger"], 1),
    }


if __name__ == "__main__":
    print(json.dumps(one(int(sys.argv[1]), int(sys.argv[2]))))
