"""A usual set of rulebooks over one large town, from the shell: the months alone, and all that the run took."""

from __future__ import annotations

import json
import statistics
import tempfile
from pathlib import Path
from typing import Any

from benchmarks.start import once
from glasstown.archive.library import expanded

PRESET = "cn-2019"


def measure(*, people: int, months: int, repeats: int) -> dict[str, Any]:
    """Return person-months a second of the month loop and of the whole run, firms living beside the people."""
    timings = []
    for _ in range(repeats):
        with tempfile.TemporaryDirectory() as name:
            out = Path(name) / "run"
            once(["run", PRESET, "--people", str(people), "--months", str(months), "--json", "--out", str(out)], {})
            timings.append(json.loads((out / "manifest.json").read_text(encoding="utf-8"))["timings"])
    loops = [people * months / each["months"] for each in timings]
    return {
        "preset": PRESET,
        "rulebooks": len(expanded(PRESET)),
        "people": people,
        "months": months,
        "loop": round(statistics.median(loops)),
        "slowest": round(min(loops)),
        "fastest": round(max(loops)),
        "whole": round(statistics.median(people * months / each["whole"] for each in timings)),
    }
