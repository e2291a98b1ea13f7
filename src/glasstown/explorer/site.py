"""What every page needs: the jobs, the runs, the templates; and how a page is answered."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from starlette.responses import HTMLResponse, Response

from glasstown.explorer import offered
from glasstown.explorer.asked import TOWN_KEYS, View, view_of
from glasstown.explorer.jobs import Job, Jobs, Make
from glasstown.explorer.seats import Seats
from glasstown.explorer.towns import Lived, live
from glasstown.explorer.written import Runs
from glasstown.letters import shown
from glasstown.paths import explorer_folder
from glasstown.render import words
from glasstown.types import SYNTHETIC_WORDS
from glasstown.version import __version__
from glasstown.wording import counted, grouped

NAV: Final = (
    ("/rulebooks", "Rulebooks"),
    ("/acts", "Acts"),
    ("/town", "Town"),
    ("/town/board", "Board"),
    ("/lives", "Lives"),
    ("/papers", "Papers"),
    ("/change", "Change a rule"),
    ("/desks", "Desks"),
    ("/stories", "Stories"),
    ("/claims", "Claims"),
)
PATIENCE, LONG_PATIENCE = 1.5, 25.0
"""seconds that a page, and that a file or an island, waits for a job before it says how far it is"""


class NotYet(Exception):  # noqa: N818 (it is no error: what is asked for is being made)
    """What a page shows is being made."""

    def __init__(self, job: Job, before: int) -> None:
        super().__init__(str(job.key))
        self.job, self.before = job, before


@dataclass(frozen=True, slots=True)
class Asked:
    """A request that was let in: its address in parts, its keys, and whether a page or a file is asked for."""

    path: str
    names: Mapping[str, str]
    found: Mapping[str, str]
    is_page: bool = True

    def view(self, usual: View | None = None) -> View:
        """Return the town that is asked for.  Errors   UsageError with the key that is wrong."""
        return view_of(self.found, tuple(offered.towns()), usual)


@dataclass(frozen=True, slots=True)
class Again:
    """How a page's content is had without it: by a command, in Python, as files; and the address that is passed on."""

    command: str = ""
    python: str = ""
    digest: str = ""
    files: tuple[tuple[str, str], ...] = ()
    share: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its template, what that takes, and how the same is had by command and Python."""

    template: str
    title: str
    current: str
    values: Mapping[str, Any] = field(default_factory=dict)
    again: Again = field(default_factory=Again)


class Site:
    """The explorer's state: what was made of late, and nothing about whoever asks."""

    def __init__(self, folder: Path) -> None:
        """Take the folder in which runs are written."""
        self.jobs, self.runs, self.seats = Jobs(), Runs(folder), Seats()
        self.files: dict[str, str] = {}  # session files that were just given, by their hash
        self.n_living = 0  # towns that are being lived for programs
        self._pages = Environment(
            loader=FileSystemLoader(explorer_folder() / "pages"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            finalize=_plain,
        )
        self._pages.globals.update(nav=NAV, version=__version__, grouped=grouped, counted=counted, svg=Markup)
        self._pages.filters.update(month=words.month, first_up=words.first_up)

    async def made(self, asked: Asked, key: tuple[Any, ...], make: Make) -> Any:
        """Return what a job makes.  Errors   NotYet while it is being made; BusyError; whatever the job raises."""
        job = self.jobs.ask(key, make)
        if not await job.wait(PATIENCE if asked.is_page else LONG_PATIENCE):
            raise NotYet(job, self.jobs.before(job))
        return job.future.result()

    async def lived(self, asked: Asked, view: View) -> Lived:
        """Return the town of a view, lived to its end."""
        made = view.made_of
        found: Lived = await self.made(asked, ("town", made), lambda tell: live(made, tell))
        return found

    def render(self, page: Page, *, status: int = 200, headers: Mapping[str, str] | None = None) -> HTMLResponse:
        """Return a page as the browser takes it."""
        text = self._pages.get_template(page.template).render(
            title=page.title, current=page.current, again=page.again, synthetic=SYNTHETIC_WORDS, **page.values
        )
        return HTMLResponse(text, status, dict(headers or {}))

    def close(self) -> None:
        """Begin nothing further."""
        self.jobs.close()


def _plain(value: object) -> object:
    """Return what a template prints: letters that no text may have are written out."""
    return shown(value) if type(value) is str else value


def csv_file(name: str, columns: Mapping[str, Sequence[Any]], more: Mapping[str, str]) -> Response:
    """Return columns as a CSV file; what is true of all rows stands in columns of its own at the end."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow([*columns, *more])
    for row in zip(*columns.values(), strict=True):
        writer.writerow([*(_cell(value) for value in row), *more.values()])
    return file_of(name, stream.getvalue().encode(), "text/csv; charset=utf-8")


def _cell(value: object) -> str:
    """Return a value as a spreadsheet may open it: no text of it is taken for a formula."""
    text = "" if value is None else "; ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
    is_odd = isinstance(value, str) and text[:1] in ("=", "+", "-", "@") and not re.fullmatch("[0-9.]+", text[1:])
    return shown(f"'{text}" if is_odd else text)


def file_of(name: str, content: bytes, kind: str) -> Response:
    """Return a file that the browser saves."""
    return Response(content, media_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def svg_file(name: str, drawing: str) -> Response:
    """Return a picture that the browser saves."""
    return file_of(name, drawing.encode(), "image/svg+xml")


__all__ = ["TOWN_KEYS", "Again", "Asked", "NotYet", "Page", "Site", "csv_file", "file_of", "svg_file"]
