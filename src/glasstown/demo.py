"""The demo: one synthetic town under three rulebooks, told on the terminal, in a picture and on a page.

The same people with the same luck live under Suining 2010 and under both contested readings of Rongcheng 2013.  The
folder that it makes is its own: it carries a mark, only a marked folder is replaced, and of it only what a demo writes.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from glasstown.answers.base import Answer
from glasstown.errors import Fault, Place, RecordError, UsageError
from glasstown.render.blocks import Block, Verbatim
from glasstown.types import SYNTHETIC_WORDS, Progress

MARK: Final = ".glasstown-demo"
MARK_TEXT: Final = "Glasstown made this folder, and `glasstown demo` replaces what it wrote here.\n"
PICTURE: Final = "two-readings"
REPORT: Final = "report.html"
SUINING: Final = "suining-2010"
READINGS: Final = ("rongcheng-2013@one-point-b", "rongcheng-2013@a-to-960")
RULEBOOKS: Final = (SUINING, *READINGS)
SAID: Final = {READINGS[0]: "one lost point means B", READINGS[1]: "A reaches down to 960"}
DRAWN: Final = {READINGS[0]: "if one lost\npoint means B", READINGS[1]: "if A reaches\ndown to 960"}
WIDEST: Final = 100

RunOne = Callable[[str, Path, "Options", Progress], None]


@dataclass(frozen=True, slots=True)
class Options:
    """What the demo runs."""

    out: Path = Path("demo")
    people: int = 100_000
    months: int = 60
    seed: int = 1
    threads: int | None = None


@dataclass(frozen=True)
class Toured(Answer):
    """The demo as it was made: its summary in words, and where everything lies."""

    text: str
    folders: Mapping[str, Path]
    picture: Path
    report: Path

    population_words = SYNTHETIC_WORDS

    def as_json(self) -> dict[str, Any]:
        """Return where runs, picture and report lie."""
        runs = [{"rulebook": reference, "run": str(folder)} for reference, folder in self.folders.items()]
        return {"runs": runs, "picture": str(self.picture), "report": str(self.report)}

    def blocks(self) -> list[Block]:
        """Return the summary, laid out."""
        return [Verbatim(self.text)]

    def columns(self) -> Mapping[str, Sequence[Any]]:
        """Return the runs: rulebook and folder."""
        return {"rulebook": list(self.folders), "run": [str(folder) for folder in self.folders.values()]}


def make_demo(options: Options, run_one: RunOne | None = None) -> Toured:
    """Run the three rulebooks, write picture and report, and return what was made.

    Errors   UsageError where the numbers are out of bounds or the folder is none of a demo, before anything is touched.
    """
    began = time.monotonic()
    check(options)
    claim(options.out)
    _run_all(options, run_one or run_rulebook)
    folders = {reference: options.out / reference for reference in RULEBOOKS}
    picture = draw(options, folders)
    report = write_page(options, folders, picture)
    text = tell(options, folders, picture, report, time.monotonic() - began)
    return Toured(text, folders, options.out / f"{PICTURE}.png", report)


def check(options: Options) -> None:
    """Refuse numbers that no run can have, and an installation without its rulebooks; an earlier demo then stays as it is."""
    from glasstown.language.load import load_rulebook
    from glasstown.runs.request import RunRequest, check_asked

    for reference in RULEBOOKS:
        load_rulebook(reference)
    people, months, seed, threads = options.people, options.months, options.seed, options.threads
    check_asked(RunRequest(SUINING, people=people, firms=0, months=months, seed=seed, threads=threads))


def claim(out: Path) -> None:
    """Make the folder and mark it, or clear an earlier demo's own files out of it; refuse any other folder."""
    if out.is_symlink() or (out.exists() and not _is_ours(out)):
        found = "a link" if out.is_symlink() else "a folder that no demo made" if out.is_dir() else "a file"
        way_out = "Move it away, or name another folder with --out."
        fault = Fault("the demo's folder", Place(str(out)), found, "no such folder, or one of a demo", way_out)
        raise UsageError("cannot make the demo", [fault])
    from glasstown.storage.atomic import write_bytes

    is_new = not out.exists()
    try:
        out.mkdir(parents=True, exist_ok=True)
        write_bytes(out / MARK, MARK_TEXT.encode("utf-8"))
        for name in (*RULEBOOKS, f"{PICTURE}.png", f"{PICTURE}.svg", REPORT):
            _remove(out / name)
    except (OSError, RecordError) as error:
        if is_new and out.is_dir() and not any(out.iterdir()):
            out.rmdir()
        found = error.faults[0].found if isinstance(error, RecordError) else (error.strerror or str(error)).lower()
        way_out = "Look at its disk and its permissions, then give the command again."
        fault = Fault("the demo's folder", Place(str(out)), found, "a folder to write in", way_out)
        raise UsageError("cannot make the demo", [fault]) from error


def _is_ours(out: Path) -> bool:
    from glasstown.storage.inside import kind_of

    return out.is_dir() and (kind_of(out / MARK) == "a file" or not any(out.iterdir()))


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def run_rulebook(reference: str, folder: Path, options: Options, progress: Progress) -> None:
    """Run one rulebook as the command `glasstown run` does."""
    from glasstown import api

    api.run(
        reference,
        people=options.people,
        firms=0,
        months=options.months,
        seed=options.seed,
        threads=options.threads,
        out=folder,
        progress=progress,
    )


def _run_all(options: Options, run_one: RunOne) -> None:
    from rich.console import Console
    from rich.progress import BarColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bars

    columns = (TextColumn("{task.description:<28}"), BarColumn(), TextColumn("{task.completed} of {task.total} months"))
    with Bars(*columns, TimeElapsedColumn(), console=Console(stderr=True)) as bars:
        for reference in RULEBOOKS:
            task = bars.add_task(reference, total=options.months)

            def moved(done: int, total: int, task: Any = task) -> None:
                bars.update(task, completed=done, total=total)

            run_one(reference, options.out / reference, options, moved)
            bars.update(task, completed=options.months)


def draw(options: Options, folders: Mapping[str, Path]) -> str:
    """Write the picture as PNG and SVG and return the SVG text."""
    from glasstown.render import charts
    from glasstown.render.picture import two_readings

    chart = two_readings(scene(options, folders))
    charts.save(chart, options.out / PICTURE)
    return charts.svg(chart)


def scene(options: Options, folders: Mapping[str, Path]) -> Any:
    """Return what the picture shows, from the runs."""
    from glasstown.outcomes.opened import open_run
    from glasstown.render import findings
    from glasstown.render.picture import Reading, Scene, source_note

    runs = {reference: open_run(folder) for reference, folder in folders.items()}
    first, second = (Reading(DRAWN[ref], SAID[ref], runs[ref].accounts["person"]) for ref in READINGS)
    notes = [f"Readings: {'; '.join(source_note(runs[ref], SAID[ref]) for ref in READINGS)}."]
    notes.append(
        "Rates of acts and of recording are assumed or fitted: levels are illustrative, the distance is the finding. "
        "Not an estimate of China."
    )
    return Scene(
        title="Rongcheng 2013",
        first=first,
        second=second,
        grades=("A", "B"),
        third_title="Suining 2010",
        third=runs[SUINING].accounts["person"],
        third_grades=findings.grade_ids(runs[SUINING].book),
        people=options.people,
        seed=options.seed,
        notes=tuple(notes),
    )


def write_page(options: Options, folders: Mapping[str, Path], picture: str) -> Path:
    """Write the report of the first reading, with the picture in front and the same life under the other two."""
    from glasstown.render import html
    from glasstown.render.report import write_report

    alt = "Shares of grades A and B, month by month, under two readings of Rongcheng 2013, and Suining's own grades."
    caption = f"The same {SYNTHETIC_WORDS} under three rulebooks. The rest of this page tells the first reading."
    opening = html.heading("How far two readings lie apart") + html.figure(picture, alt, caption, "picture")
    beside = [folders[reference] for reference in (READINGS[1], SUINING)]
    return write_report(folders[READINGS[0]], out=options.out / REPORT, beside=beside, opening=opening)


def tell(options: Options, folders: Mapping[str, Path], picture: str, report: Path, seconds: float) -> str:
    """Return the whole demo in words: the contrast first, then each run, then where it lies and what to try."""
    from glasstown.render import demo_text

    width = min(WIDEST, shutil.get_terminal_size((WIDEST, 24)).columns)
    return demo_text.text(
        folders={**folders},
        readings={ref: SAID[ref] for ref in READINGS},
        made=(options.out / f"{PICTURE}.png", options.out / f"{PICTURE}.svg", report),
        seconds=seconds,
        width=width,
    )
