"""Measure what the tests reach of each reading, lines and branches together, and hold each to a floor.

.venv/bin/python tools/covered.py [interpreter] [engine] [--jobs N]    exit code 1 where a test fails or a floor is missed

The interpreter is measured by the tests that live lives in it, not by all that happens to call it.
The engine is measured by lives, towns and single kernels in plain Python, where each line of a kernel counts.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
KEPT = ROOT / ".cache"
FLOOR = 90
"""per cent, of each reading"""


@dataclass(frozen=True, slots=True)
class Part:
    """One call of pytest: the tests, its further words, and settings of the environment."""

    tests: tuple[str, ...]
    words: tuple[str, ...] = ()
    settings: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reading:
    """A package below `glasstown` with what measures it."""

    name: str
    parts: tuple[Part, ...]

    @property
    def data(self) -> Path:
        """The file that holds what was reached."""
        return KEPT / f"coverage-{self.name}"

    @property
    def pages(self) -> Path:
        """The folder of pages that show each line."""
        return KEPT / f"coverage-pages-{self.name}"


PLAIN_LIVES = Part(
    ("tests/golden/test_golden_engine.py",),
    ("-Wignore:overflow encountered in scalar:RuntimeWarning",),  # hashes and random words wrap, as they are meant to
    {"GLASSTOWN_KERNELS": "plain"},
)
REST_OF_ENGINE = Part(("tests/engine",), ("-m", "not planted"))
"""single kernels in plain Python, small towns in plain Python beside compiled ones, and what compiles"""
READINGS = (
    Reading(
        "interpreter",
        (Part(("tests/interpreter", "tests/golden/test_golden_interpreter.py", "tests/cases", "tests/rulebooks")),),
    ),
    Reading("engine", (PLAIN_LIVES, REST_OF_ENGINE)),
)


def commands(reading: Reading, jobs: int) -> list[tuple[list[str], Mapping[str, str]]]:
    """Return the calls of pytest that measure a reading, with their settings; each adds to those before."""
    found: list[tuple[list[str], Mapping[str, str]]] = []
    for number, part in enumerate(reading.parts):
        measured = [f"--cov=glasstown.{reading.name}", "--cov-report=", *(["--cov-append"] if number else [])]
        words = ["-m", "pytest", "-q", "-n", str(jobs), *measured, *part.words, *part.tests]
        found.append(([sys.executable, *words], {**part.settings, "COVERAGE_FILE": str(reading.data)}))
    return found


def reports(reading: Reading, floor: int = FLOOR) -> list[list[str]]:
    """Return the calls that write a reading's pages and tell its figure; the last fails below the floor."""
    report = [sys.executable, "-m", "coverage"]
    return [
        [*report, "html", "--quiet", "--directory", str(reading.pages)],
        [*report, "report", f"--fail-under={floor}"],
    ]


def measure(reading: Reading, jobs: int) -> bool:
    """Measure a reading and print its figure; return whether every test passed and the floor was reached."""
    passed = [_called(command, settings) for command, settings in commands(reading, jobs)]
    print(f"\n{reading.name}: lines and branches that its tests reach ({reading.pages.relative_to(ROOT)}/index.html)")
    settings = {"COVERAGE_FILE": str(reading.data)}
    told = [_called(command, settings) for command in reports(reading)]
    return all(passed + told)


def _called(command: Sequence[str], settings: Mapping[str, str]) -> bool:
    sys.stdout.flush()
    return subprocess.run(command, cwd=ROOT, env={**os.environ, **settings}, check=False).returncode == 0


def main(words: Sequence[str] | None = None) -> int:
    """Measure the readings that are named, or both."""
    names = [reading.name for reading in READINGS]
    parser = argparse.ArgumentParser(description="Measure what the tests reach of each reading.")
    parser.add_argument("readings", nargs="*", metavar="READING", help=f"{' or '.join(names)}; both by default")
    parser.add_argument("--jobs", type=int, default=0, help="processes of each call; 0 is this one alone")
    asked = parser.parse_args(words)
    if unknown := [name for name in asked.readings if name not in names]:
        parser.error(f"unknown reading {unknown[0]}; expected {' or '.join(names)}")
    chosen = [reading for reading in READINGS if reading.name in (asked.readings or names)]
    outcomes = [measure(reading, asked.jobs) for reading in chosen]
    return 0 if all(outcomes) else 1


if __name__ == "__main__":
    sys.exit(main())
