"""A town of the explorer as a folder of files: its pages are asked for as a browser asks, and written with links among themselves."""

from __future__ import annotations

import asyncio
import base64
import gzip
import json
import re
import tempfile
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NoReturn

from glasstown.errors import Fault, UsageError
from glasstown.exact import whole_number
from glasstown.explorer import offered
from glasstown.explorer.app import Explorer
from glasstown.explorer.asked import FEWEST_PEOPLE, MOST_MONTHS, MOST_PEOPLE, MOST_SETTINGS, View
from glasstown.explorer.asking import ask
from glasstown.explorer.commands import run_command
from glasstown.explorer.guard import Door
from glasstown.explorer.published_names import NEEDS, Names
from glasstown.explorer.published_page import FRAMES, links_in, page_file, script_file
from glasstown.explorer.requested import request_for
from glasstown.explorer.site import Again, Asked, Page
from glasstown.language.load import load_rulebook
from glasstown.paths import explorer_folder
from glasstown.runs.scenario import scenario_of
from glasstown.storage.folder import RunFolder
from glasstown.storage.manifest import Manifest
from glasstown.storage.site_folder import MARK
from glasstown.types import Progress
from glasstown.version import __version__

LIVES: Final = 200
"""lives that are published where nobody says how many"""
MOST_LIVES: Final = 2_000
LIST_PAGES, TABLE_PAGES, ENTRIES = 2, 20, 60
"""pages of each list of lives, pages of the table of dots, and entries of the board"""
MORE: Final = ("/stories", "/papers")
"""pages of other towns than the published one"""
CHOSEN: Final = ("wrongly", "black", "barred", "unable", "any")
"""whose lives are published, in this order: by what befell them"""
KINDS: Final[Mapping[str, str]] = {
    "record": r"/|/(rulebooks|acts|claims|rulebooks/[^/]+)(\.csv)?",
    "papers": r"/papers(/.*)?",
    "stories": r"/stories(/[^/]+)?",
    "table": r"/town/people(\.csv)?",
    "entry": r"/town/board/\d+",
    "town": r"/town|/town\.csv|/town/[^/]+",
    "list": r"/lives|/lives\.csv",
    "life": r"/lives/\d+(\.csv|\.svg)?",
    "needs": "|".join(NEEDS),
}
"""kinds of pages, by their paths; what is none of these is not published"""
IN_WORDS: Final = (
    "the lives of those whom something befell, the rarest first: wrongly on a black list, on one, barred, unable to pay"
)


@dataclass(frozen=True, slots=True)
class Published:
    """What a run is as files: each by its path, and how many lives are among them."""

    view: View
    digest: str
    files: Mapping[str, bytes]
    lives: int

    @property
    def n_bytes(self) -> int:
        """Return how much the files take."""
        return sum(map(len, self.files.values()))


def view_of_run(folder: Path) -> tuple[View, str]:
    """Return the town of a run as the explorer has it, with the run's digest.

    Errors   RecordError for no finished run, UsageError for a run that is of no town that ships
    """
    run = RunFolder.open(folder)
    run.final_rows()
    manifest = run.manifest
    way_out = "Run a town that ships (`glasstown explore --towns` lists them) with --people, --months, --seed and --set alone."
    own = (manifest.own_acts, manifest.own_parameters, manifest.drive, manifest.mechanism, manifest.orders)
    if any(own) or manifest.unknown is not None:
        _refuse(folder, "a run with texts, a drive, a mechanism, orders or bounds of its own", way_out)
    if not FEWEST_PEOPLE <= manifest.people <= MOST_PEOPLE or manifest.months > MOST_MONTHS:
        bounds = f"{FEWEST_PEOPLE} to {MOST_PEOPLE} people and {MOST_MONTHS} months at most"
        _refuse(
            folder, f"a run of {manifest.people} people and {manifest.months} months", f"The explorer shows {bounds}."
        )
    view = _offered(manifest)
    if view is None:
        _refuse(folder, "a run of rulebooks or levers that no town of the explorer has together", way_out)
    return view, str(manifest.digest)


def _offered(manifest: Manifest) -> View | None:
    """Return the town that a run is of; of several the one that leaves the fewest levers to be set."""
    names = tuple(each.reference for each in manifest.rulebooks)
    found: list[View] = []
    for offer in offered.towns().values():
        scenario = scenario_of(offer.name)
        levers = {path: str(value) for path, value in (scenario.settings if scenario is not None else {}).items()}
        if not levers.items() <= manifest.settings.items():
            continue
        rest = tuple((path, value) for path, value in manifest.settings.items() if path not in levers)
        view = View(offer.name, manifest.people, manifest.months, manifest.seed, rest)
        if len(rest) <= MOST_SETTINGS and _references(offer) == _plain(names):
            found.append(view)
    return min(found, key=lambda view: len(view.settings), default=None)


def _references(offer: offered.Offer) -> tuple[str, ...]:
    return _plain((offer.name,) if "@" in offer.name else offer.rulebooks)


def _plain(names: tuple[str, ...]) -> tuple[str, ...]:
    """Return rulebooks without a reading that is the usual one."""
    found = []
    for name in names:
        book_id, _, reading = name.partition("@")
        usual = load_rulebook(book_id).default_variant
        found.append(book_id if reading in ("", usual) else name)
    return tuple(found)


def published(folder: Path, lives: int, tell: Progress, *, alone: bool = False) -> Published:
    """Return a run's pages as files; `alone` leaves out stories and papers, which are of other towns.

    Errors   as of `view_of_run`; UsageError for a number of lives; RunError where the code of today lives another town
    """
    if not 0 <= lives <= MOST_LIVES:
        fault = Fault("--lives", None, str(lives), f"0 to {MOST_LIVES}", f"{LIVES} is usual.")
        raise UsageError("The pages", [fault])
    view, digest = view_of_run(folder)
    request_for(view)
    with tempfile.TemporaryDirectory(prefix="glasstown-publish-", ignore_cleanup_errors=True) as kept:
        app = Explorer(Path(kept), Door())
        try:
            return asyncio.run(_Crawl(app, view, digest, lives, folder, tell, alone=alone).made())
        finally:
            app.close()


class _Crawl:
    """Asks for one page after another, as far as a folder has room for them."""

    def __init__(
        self, app: Explorer, view: View, digest: str, lives: int, folder: Path, tell: Progress, *, alone: bool
    ) -> None:
        self.more, self.app, self.view, self.digest, self.folder, self.tell = (
            () if alone else MORE,
            app,
            view,
            digest,
            folder,
            tell,
        )
        self.names, self.n_lives = Names(view), lives
        self.bodies: dict[str, bytes] = {}
        self.left = {"life": lives, "entry": ENTRIES}

    async def made(self) -> Published:
        """Return the files, once every page was asked for."""
        await self._check()
        waiting = deque(self._seeds())
        asked = set(waiting)
        while waiting:
            page = waiting.popleft()
            body = self.bodies[page] = await self._body(page)
            links = links_in(body.decode(), self.names.page) if _is_page(page) else []
            new = [each for each in links if each not in asked and self._is_wanted(each, page)]
            asked |= set(new)
            near = [each for each in new if _is_near(each, page)]
            waiting.extendleft(reversed(near))  # what stands on the same job is asked for while that is kept
            waiting.extend(each for each in new if each not in near)
            self.tell(len(self.bodies), len(self.bodies) + len(waiting))
        return Published(self.view, self.digest, self._files(await self._frames()), self.n_lives - self.left["life"])

    async def _check(self) -> None:
        """Refuse a run that the texts or the code of today would live otherwise."""
        await ask(self.app, self.names.address("/town"))  # waits until the town is lived
        lived = (await self.app.site.lived(Asked("/town", {}, {}, is_page=False), self.view)).digest
        if lived != self.digest:
            found = f"a run with the digest {self.digest[:16]}, where the texts and the code here come to {lived[:16]}"
            _refuse(self.folder, found, f"Run it anew and publish that: {run_command(self.view)}")

    def _seeds(self) -> list[str]:
        years = [f"/town?m={n}" for n in range(12, self.view.months, 12)]
        lists = [f"/lives?befell={each}" for each in CHOSEN]
        return ["/", "/town", *lists, *years, "/lives", "/town/board", "/town/people", *self.more, *NEEDS]

    async def _body(self, page: str) -> bytes:
        if page in NEEDS:
            return self._needs(page)
        return (await ask(self.app, self.names.address(page))).body

    def _needs(self, page: str) -> bytes:
        """Return the page of what needs the program."""
        values = {"needs": page, "command": run_command(self.view), "lives": IN_WORDS}
        again = Again("glasstown explore", "import glasstown\n\nglasstown.explore()", self.digest)
        title = "Change a rule" if page == "/change" else "Desks"
        return bytes(self.app.site.render(Page("needs.html", title, page, values, again)).body)

    def _is_wanted(self, page: str, source: str) -> bool:
        path, _, query = page.partition("?")
        kind = next((name for name, pattern in KINDS.items() if re.fullmatch(pattern, path)), None)
        is_of_others = kind in ("papers", "stories")
        if kind is None or not (self.more if is_of_others else self.names.is_mine(page)):
            return False
        found = re.search(r"(?:^|&)page=(\d+)", query)
        number = int(found[1]) if found else 1
        if kind == "record":
            return not re.search(r"asat|beside|kind", query)
        if kind == "life":
            return self._has_room(page, source)
        if kind == "entry":
            self.left["entry"] -= 1
            return self.left["entry"] >= 0
        if kind == "town":
            return "m=" not in query or path == "/town/map.svg"
        return number <= {"list": LIST_PAGES, "table": TABLE_PAGES}.get(kind, number)

    def _has_room(self, page: str, source: str) -> bool:
        """Return whether a life is published: those to which a list leads, as long as there is room, and then their files."""
        path = page.partition("?")[0]
        if whole_number(path.rpartition("/")[2]) is None:
            return True  # a file of a life that is published
        if not source.startswith(("/lives?", "/town/board/")) or self.left["life"] <= 0:
            return False
        self.left["life"] -= 1
        return True

    async def _frames(self) -> bytes:
        return (await ask(self.app, self.names.address("/api/frames"))).body

    def _files(self, frames: bytes) -> dict[str, bytes]:
        """Return every file by its path, the one that names all others last."""
        files = {}
        for page, body in self.bodies.items():
            is_page = _is_page(page)
            text = page_file(body.decode(), self.names, page, self.bodies.keys()).encode() if is_page else body
            files[self.names.file(page)] = text
        packed = base64.b64encode(gzip.compress(gzip.decompress(frames), 9, mtime=0)).decode()
        files[FRAMES] = f'globalThis.glasstownFrames = "{packed}";\n'.encode()
        files |= _static()
        told = {
            "glasstown": __version__, "population": "synthetic population", "command": run_command(self.view),
            "digest": self.digest, "files": sorted(files),
        }  # fmt: skip
        return dict(sorted(files.items())) | {MARK: (json.dumps(told, indent=1) + "\n").encode()}


def _static() -> dict[str, bytes]:
    """Return sheets, scripts and letters."""
    root = explorer_folder()
    found = {}
    for path in sorted((root / "static").rglob("*")):
        if path.is_file():
            body = path.read_bytes()
            name = path.relative_to(root).as_posix()
            found[name] = script_file(body.decode()).encode() if path.suffix == ".js" else body
    return found


def _is_near(page: str, source: str) -> bool:
    """Return whether a page is a part of the one that leads to it, or a file of it."""
    path = source.partition("?")[0]
    return path != "/" and page.startswith(path)


def _is_page(page: str) -> bool:
    return not re.search(r"\.(csv|svg|png|json)(\?|$)", page)


def _refuse(folder: Path, found: str, way_out: str) -> NoReturn:
    raise UsageError("The pages", [Fault("the run", None, f"{folder}: {found}", "a run of a town that ships", way_out)])
