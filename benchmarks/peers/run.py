"""Measure the same small model in the tools that this field knows, each in an environment of its own, and write the table.

.venv/bin/python benchmarks/peers/run.py
"""

from __future__ import annotations

import json
import os
import platform
import statistics
import subprocess
import sys
import time
import venv
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from verification.towns import Plan, build

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
ENVIRONMENTS = ROOT / ".venv-peers"
RESULTS, PAGE = HERE / "results.json", HERE / "README.md"
BEGIN, END = "<!-- generated: results.json -->", "<!-- end of generated -->"
PEERS: dict[str, tuple[str, str, int, int, str]] = {
    "NumPy": ("numpy==2.4.6", "numpy_model.py", 1_000_000, 24, "all four steps, vectorised"),
    "Mesa": ("mesa==3.3.1", "mesa_model.py", 20_000, 12, "all four steps, an object for each person"),
    "Starsim": ("starsim==3.7.2", "starsim_model.py", 300_000, 24, "all four steps, common random numbers"),
    "OpenFisca-core": (
        "OpenFisca-Core==46.0.1", "openfisca_model.py", 1_000_000, 24, "S8 and S9 alone; the counts go in ready-made",
    ),
}  # fmt: skip
"""package, script, people, months, what it does of the small model"""
OURS = "S1 to S16 with all of its clauses: lives, traits, adaptation, filing errors, delays, lists, measures, hashes"
RULEBOOK = "suining-2010"


def main() -> int:
    """Make what is missing, measure everything in one go, and write results and table."""
    rows = [_peer(name) for name in PEERS]
    rows += [_glasstown(threads) for threads in (1, 2)]
    result = {
        "date": datetime.now(UTC).date().isoformat(),
        "machine": f"{_processor()}, {len(os.sched_getaffinity(0))} cores, Python {platform.python_version()}",
        "rows": rows,
    }
    RESULTS.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    PAGE.write_text(with_table(PAGE.read_text(encoding="utf-8"), result), encoding="utf-8")
    print(table(result))
    return 0


def _peer(name: str) -> dict[str, Any]:
    """Run a peer's script in its environment, which is made where it is missing."""
    package, script, people, months, does = PEERS[name]
    folder = ENVIRONMENTS / package.partition("==")[0].lower()
    python = folder / "bin" / "python"
    if not python.exists():
        print(f"Installing {package} ...", file=sys.stderr)
        venv.create(folder, with_pip=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", package], check=True)
    done = subprocess.run(
        [python, HERE / script, str(people), str(months)], cwd=HERE, capture_output=True, text=True, check=True
    )
    found = json.loads(done.stdout.splitlines()[-1])
    return {"tool": package.replace("==", " "), "does": does, **found, "speed": people * months / found["seconds"]}


def _glasstown(threads: int) -> dict[str, Any]:
    """Measure the month loop of a town, past its first year."""
    people, months = 1_000_000, 24
    plan = Plan(RULEBOOK, people, 12 + months, date(2010, 1, 1), {}, threads=threads, shards=8 * threads)
    town = build(plan)
    for _ in range(12):
        town.advance()
    each = []
    for _ in range(months):
        began = time.perf_counter()
        town.advance()
        each.append(time.perf_counter() - began)
    town.close()
    seconds = statistics.median(each) * months
    tool = f"Glasstown, {threads} thread{'s' if threads > 1 else ''}"
    return {"tool": tool, "does": OURS, "people": people, "months": months, "seconds": seconds,
            "speed": people * months / seconds}  # fmt: skip


def table(result: dict[str, Any]) -> str:
    """Return the results as Markdown."""
    head = "| tool | what it does here | people × months | million person-months a second |\n|---|---|---:|---:|\n"
    rows = [
        f"| {row['tool']} | {row['does']} | {row['people']:,} × {row['months']} | {row['speed'] / 1e6:.2f} |"
        for row in result["rows"]
    ]
    return f"{result['date']}, {result['machine']}, one run.\n\n{head}" + "\n".join(rows)


def with_table(page: str, result: dict[str, Any]) -> str:
    """Return the page with what stands between the markers replaced."""
    head, rest = page.split(BEGIN)
    return f"{head}{BEGIN}\n\n{table(result)}\n\n{END}{rest.split(END)[1]}"


def _processor() -> str:
    text = Path("/proc/cpuinfo").read_text(encoding="utf-8") if Path("/proc/cpuinfo").exists() else ""
    names = [line.partition(":")[2].strip() for line in text.splitlines() if line.startswith("model name")]
    return names[0] if names else platform.processor() or "unknown"


if __name__ == "__main__":
    sys.exit(main())
