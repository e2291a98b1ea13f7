"""Every slow comparison, as one table; exit code 1 when the code does not do what it says.

.venv/bin/python verification/run.py [--short] [--mutate] [--page]
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from verification import (
    altered,
    conduct,
    deterring,
    elsewhere,
    filing,
    flows,
    grades,
    identities,
    informing,
    intervals,
    jobs,
    lending,
    listing,
    namesakes,
    odd,
    page,
    published,
    refusals,
    rescued,
    targets,
)
from verification.table import Check, as_mutants, as_text, is_fault

PARTS: tuple[tuple[str, Callable[[int], Iterator[Check]], int, int], ...] = (
    ("acts and detection", conduct.checks, 150_000, 400_000),
    ("what is feared", deterring.checks, deterring.SHORT, deterring.FULL),
    ("filing", filing.checks, 30_000, 300_000),
    ("stocks and flows", identities.checks, 6_000, 20_000),
    ("the listing machine", listing.checks, 150_000, 500_000),
    ("names", namesakes.checks, 100_000, 400_000),
    ("published figures", published.checks, 60_000, 300_000),
    ("the flows of the courts' list", flows.checks, 60_000, 600_000),
    ("finding work with a flag", jobs.checks, 100_000, 600_000),
    ("reports of others", informing.checks, 20_000, 300_000),
    ("refused tickets", refusals.checks, 40_000, 400_000),
    ("further published figures", targets.checks, 20_000, 150_000),
    ("grades that schemes published", grades.checks, 40_000, 600_000),
    ("lending and being shut out", lending.checks, 150, 1_500),
    ("three rules elsewhere", elsewhere.checks, 5_000, 100_000),
    ("what would have saved them", rescued.checks, 20, 200),
    ("the ODD page", odd.checks, 200, 10_000),
    ("intervals of differences", intervals.checks, intervals.SHORT, intervals.FULL),
    ("altered folders", altered.checks, 50, 2_000),
)
"""Name, checks, people in the short form and in the full form; firms for the grades, lives where a part lives lives, and folders
where it alters folders."""


def main() -> int:
    """Run all parts, print the table, write the page where it is asked for, and return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--short", action="store_true", help="smaller towns, wider bands")
    parser.add_argument(
        "--mutate", action="store_true", help="print what each check makes of nothing and of five times, too"
    )
    parser.add_argument("--page", action="store_true", help="write docs/verification.md and its pictures too")
    asked = parser.parse_args()
    found: dict[str, list[Check]] = {}
    sizes = {name: few if asked.short else many for name, _, few, many in PARTS}
    for name, checks, _, _ in PARTS:
        began = time.monotonic()
        found[name] = list(checks(sizes[name]))
        print(f"{name}: {time.monotonic() - began:.0f} s", file=sys.stderr)
    every = [check for part in found.values() for check in part]
    print(as_text(every))
    if asked.mutate:
        print(as_mutants(every))
    if asked.page:
        print(f"wrote {page.write(found, sizes)}", file=sys.stderr)
    return 1 if any(is_fault(check) for check in every) else 0


if __name__ == "__main__":
    sys.exit(main())
