"""Every slow comparison, as one table; exit code 1 when the code does not do what it says.

.venv/bin/python verification/run.py [--short]
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from verification import conduct, filing, identities, listing, odd, published, rescued
from verification.table import Check, as_text, is_fault

PARTS: tuple[tuple[str, Callable[[int], Iterator[Check]], int, int], ...] = (
    ("acts and detection", conduct.checks, 150_000, 1_000_000),
    ("filing", filing.checks, 30_000, 300_000),
    ("stocks and flows", identities.checks, 6_000, 100_000),
    ("the listing machine", listing.checks, 150_000, 1_000_000),
    ("published figures", published.checks, 60_000, 300_000),
    ("what would have saved them", rescued.checks, 20, 200),
    ("the ODD page", odd.checks, 200, 10_000),
)
"""Name, checks, people in the short form and in the full form; of the last two, people on a list and lives."""


def main() -> int:
    """Run all parts, print the table, and return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--short", action="store_true", help="smaller towns, wider bands")
    is_short = parser.parse_args().short
    found: list[Check] = []
    for name, checks, few, many in PARTS:
        began = time.monotonic()
        found += checks(few if is_short else many)
        print(f"{name}: {time.monotonic() - began:.0f} s", file=sys.stderr)
    print(as_text(found))
    return 1 if any(is_fault(check) for check in found) else 0


if __name__ == "__main__":
    sys.exit(main())
