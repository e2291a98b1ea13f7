"""Calibrate the model to the record, or try whether a calibration finds what is there: `make calibrate`.

What a stop left is gone on with by the same command.

    .venv/bin/python tools/calibrate.py [--out FOLDER] [--points N] [--waves N] [--final N] [--rounds N] [--share S] [--screen N]
    .venv/bin/python tools/calibrate.py --recover
    .venv/bin/python tools/calibrate.py --placebo
"""

from __future__ import annotations

import argparse
import sys
import time
from dataclasses import replace
from pathlib import Path

from glasstown.calibration.emulator import has_processes
from glasstown.calibration.ensemble import calibrated, enough, made_from
from glasstown.calibration.lived import Ground
from glasstown.calibration.screening import screened, worth_freeing
from glasstown.calibration.targets import load_targets
from glasstown.calibration.towns import bench_of
from glasstown.calibration.trials import COVERED, HIDDEN, PLACEBO, coverage, placebo, recovered
from glasstown.calibration.unknowns import load_unknowns
from glasstown.calibration.waves import Course, Sizes, run_waves
from glasstown.errors import GlasstownError
from glasstown.storage.lock import sole_writer
from glasstown.studies.members import shipped_ensemble
from glasstown.studies.sensitivity import check_there

EVERY: int = 20
"""seconds between two lines of progress"""


class Line:
    """Tells how far a stage is, now and then, with the time that it still takes at the pace so far."""

    def __init__(self) -> None:
        self._begun, self._first, self._last = time.monotonic(), 0, 0.0

    def __call__(self, done: int, whole: int) -> None:
        """Print a line where the last one is long ago, or the stage ends."""
        now = time.monotonic()
        if done < self._first or self._last == 0.0:
            self._begun, self._first = now, done
        if now - self._last < EVERY and done < whole:
            return
        self._last = now
        lived = done - self._first
        pace = f", {(now - self._begun) / lived:.2f} s a point" if lived else ""
        left = f", {(whole - done) * (now - self._begun) / lived / 60:.0f} minutes left" if lived else ""
        say(f"  {done} of {whole} points{pace}{left}")
        if done == whole:
            self._last = 0.0


def say(words: str) -> None:
    """Print a sentence at once, also into a file."""
    print(words, flush=True)


def asked() -> argparse.Namespace:
    """Return what the command asks for."""
    usual = Sizes()
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, default=Path("runs/calibration"), help="folder of the stages")
    parser.add_argument("--ensemble", type=Path, default=shipped_ensemble(), help="file of the members")
    for name in ("points", "waves", "final", "rounds", "members", "search", "sweeps"):
        parser.add_argument(f"--{name}", type=int, default=getattr(usual, name))
    parser.add_argument("--share", type=float, default=1.0, help="part of every town that lives")
    parser.add_argument("--workers", type=int, default=2, help="processes")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--screen", type=int, default=0, metavar="N", help="only screen all unknowns, with N trajectories"
    )
    parser.add_argument("--recover", action="store_true", help="hide settings and look for them")
    parser.add_argument("--placebo", action="store_true", help="hold the first wave to targets that none can meet")
    parser.add_argument("--hidden", type=int, default=HIDDEN, help="settings to hide")
    return parser.parse_args()


def course_of(args: argparse.Namespace) -> Course:
    """Return the calibration that is asked for, not begun."""
    sizes = Sizes(
        args.points, args.waves, args.final, args.rounds, args.members, args.search, args.sweeps, args.workers
    )
    targets = load_targets()
    ground = Ground(targets, load_unknowns(), args.share, args.seed)
    bench = bench_of(targets, targets.measured, share=0.02)
    return Course(args.out, ground, sizes, made_from(bench), say, Line())


def run(args: argparse.Namespace) -> int:
    """Do what is asked, and return 0, or 1 where a trial fails."""
    check_there()
    if not has_processes():
        say(
            "scikit-learn is not installed, so that surfaces foretell alone: pip install glasstown[calibrate] brings it."
        )
    course = course_of(args)
    if args.screen:
        return told_screening(course, args.screen)
    if args.recover:
        course.sizes = replace(course.sizes, waves=1)
        run_waves(course)
        return told_recovered(course, args.hidden)
    if args.placebo:
        course.sizes = replace(course.sizes, waves=1)
        run_waves(course)
        return told_placebo(course)
    enough(args.members)
    say(f"Wrote {calibrated(course, args.ensemble)}")
    return 0


def told_screening(course: Course, trajectories: int) -> int:
    """Print every unknown by what it moves, then those that ought to be free."""
    rows = screened(course, trajectories)
    for row in rows:
        say(f"{row.strength:9.2f}  {'free' if row.is_free else '    '}  {row.path}  ({row.output})")
    worth = worth_freeing(rows)
    say(
        f"{len(worth)} that are not free move a target more than half of the free ones do: {', '.join(row.path for row in worth)}"
    )
    return 0


def told_recovered(course: Course, hidden: int) -> int:
    """Print what was found of hidden settings."""
    rows = recovered(course, hidden)
    for row in sorted(rows, key=lambda row: row.width):
        said = "told apart" if row.is_told_apart else ""
        say(
            f"  {row.path}: {row.covered} of {row.hidden} covered, interval {row.width:.2f} of one that knows nothing  {said}"
        )
    share = coverage(rows)
    say(f"Intervals of 90 % cover {100 * share:.0f} % of what was hidden; between 80 and 100 % should be.")
    return int(not COVERED[0] <= share <= COVERED[1])


def told_placebo(course: Course) -> int:
    """Print what targets that none can meet leave."""
    left = {words: placebo(course, times).part for words, times in (("times", PLACEBO), ("over", 1 / PLACEBO))}
    for words, part in left.items():
        say(
            f"Every target {words} {PLACEBO:g}: {'nothing is left' if part == 0 else f'{100 * part:.2g} % of the room is left'}."
        )
    return int(any(left.values()))


def main() -> int:
    """Run, and say what is wrong in one message."""
    args = asked()
    try:
        args.out.mkdir(parents=True, exist_ok=True)
        with sole_writer(args.out, "make calibrate"):
            return run(args)
    except GlasstownError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    except KeyboardInterrupt:
        print(f"Stopped. Every point that was lived is safe in {args.out}; the same command goes on.", file=sys.stderr)
        return 130


if __name__ == "__main__":
    raise SystemExit(main())
