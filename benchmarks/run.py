"""Measure speed and memory; the full form keeps a line of history and writes the tables of benchmarks/README.md.

.venv/bin/python benchmarks/run.py [--short]
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks import engine, growth, page, sets, start

ROOT = Path(__file__).resolve().parents[1]
SHORT_SIZES = ((10_000, 12), (100_000, 12), (10_000, 60))
FULL_SIZES = (
    (10_000, 12), (100_000, 12), (1_000_000, 12), (10_000_000, 12),
    (100_000, 60), (100_000, 120), (100_000, 600),
)  # fmt: skip


def main() -> int:
    """Measure, print, and in the full form write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--short", action="store_true", help="small sizes, under a minute, nothing is written")
    is_short = parser.parse_args().short
    line = measure(is_short=is_short)
    print(page.tables(line))
    if not is_short:
        with page.HISTORY.open("a", encoding="utf-8") as history:
            history.write(json.dumps(line) + "\n")
        page.PAGE.write_text(page.with_tables(page.PAGE.read_text(encoding="utf-8"), line), encoding="utf-8")
    return 0


def measure(*, is_short: bool) -> dict[str, Any]:
    """Return one line of history."""
    line: dict[str, Any] = {
        "date": datetime.now(UTC).date().isoformat(),
        "commit": _commit(),
        "machine": _machine(),
    }
    began = time.monotonic()
    if is_short:
        line["start"] = start.measure(people=10_000, months=12, repeats=1, with_first=False)
        line["engine"] = engine.measure(people=60_000, months=6, repeats=3, threads=(1, 2))
        line["growth"] = growth.measure(SHORT_SIZES)
        line["sets"] = sets.measure(people=20_000, months=12, repeats=1)
    else:
        line["start"] = start.measure(people=100_000, months=60, repeats=5, with_first=True)
        line["engine"] = engine.measure(people=1_000_000, months=6, repeats=7, threads=(1, 2))
        line["growth"] = growth.measure(FULL_SIZES)
        line["sets"] = sets.measure(people=1_000_000, months=60, repeats=3)
    line["seconds"] = round(time.monotonic() - began)
    return line


def _commit() -> str:
    """Return the short name of the commit, with a mark where files differ from it."""
    command = ["git", "describe", "--always", "--dirty=+", "--abbrev=7", "--exclude=*"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    return done.stdout.strip() or "unknown"


def _machine() -> dict[str, str]:
    """Return what the numbers depend on: processor, cores that may be used, Python."""
    return {
        "processor": _processor(),
        "cores": str(len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()),
        "python": platform.python_version(),
    }


def _processor() -> str:
    """Return the processor's name as the system tells it."""
    facts = Path("/proc/cpuinfo")
    names = (
        [row for row in facts.read_text(encoding="utf-8").splitlines() if row.startswith("model name")]
        if facts.exists()
        else []
    )
    return names[0].partition(":")[2].strip() if names else platform.processor() or platform.machine()


if __name__ == "__main__":
    sys.exit(main())
