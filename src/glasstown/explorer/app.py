"""The addresses of the explorer, and what is said where one leads nowhere or asks for what cannot be."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Final, TypeAlias
from urllib.parse import parse_qsl, quote

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import Receive, Scope, Send

from glasstown.errors import GlasstownError
from glasstown.explorer import (
    board_pages,
    change_pages,
    desk_pages,
    life_pages,
    luck_pages,
    paper_pages,
    reckoning_pages,
    record_pages,
    session_pages,
    story_pages,
    town_pages,
)
from glasstown.explorer.asked import TOWN_KEYS, read, refuse
from glasstown.explorer.desk_asked import DESK_KEYS
from glasstown.explorer.guard import Door, Guard
from glasstown.explorer.jobs import BusyError
from glasstown.explorer.picture_files import as_png
from glasstown.explorer.record_pages import UnknownError
from glasstown.explorer.site import Asked, NotYet, Page, Site
from glasstown.paths import explorer_folder

LOG: Final = logging.getLogger("glasstown.explorer")
Handler: TypeAlias = Callable[[Site, Asked], Awaitable[Response]]
MOST_KEYS: Final = 24
RECORD: Final = ("record",)
"""the job that reads the record: begun with the process, and what every page stands on"""
CHANGED: Final = (*(key for key in TOWN_KEYS if key != "o"), "of", "lever", "value")
PAGES: Final[tuple[tuple[str, tuple[str, ...], Handler], ...]] = (
    ("/", (), record_pages.start),
    ("/rulebooks", ("kind",), record_pages.rulebooks),
    ("/rulebooks/{id}", ("asat", "beside", "part"), record_pages.rulebook),
    ("/acts", (), record_pages.acts),
    ("/acts/{id}", (), record_pages.act),
    ("/claims", ("verdict", "page"), record_pages.claims),
    ("/desks", (), desk_pages.desks),
    ("/desks/session", ("file",), session_pages.take_up),
    ("/desks/{desk}", (*DESK_KEYS, "file", "do", "because"), desk_pages.desk),
    ("/desks/{desk}/reckoning", (*DESK_KEYS, "until"), reckoning_pages.reckoning_page),
    ("/desks/{desk}/lucks", (*DESK_KEYS, "until"), luck_pages.lucks),
    ("/town", TOWN_KEYS, town_pages.town),
    ("/town/people", (*TOWN_KEYS, "page"), town_pages.people),
    ("/town/board", board_pages.BOARD_KEYS, board_pages.board),
    ("/town/board/{number}", board_pages.BOARD_KEYS, board_pages.entry),
    ("/town/{name}", TOWN_KEYS, town_pages.account),
    ("/lives", (*TOWN_KEYS, "befell", "page"), life_pages.lives),
    ("/lives/{number}", TOWN_KEYS, life_pages.life),
    ("/change", CHANGED, change_pages.change),
    ("/stories", (), story_pages.index),
    ("/stories/{slug}", (story_pages.GUESS,), story_pages.story),
    ("/papers", (), paper_pages.papers),
    ("/papers/certificate/{number}", TOWN_KEYS, paper_pages.certificate),
    ("/papers/notice/{number}", TOWN_KEYS, paper_pages.notice),
    ("/papers/friday", paper_pages.PAPER_KEYS, paper_pages.friday),
)
FILES: Final[tuple[tuple[str, tuple[str, ...], Handler], ...]] = (
    ("/rulebooks.csv", ("kind",), record_pages.rulebooks_csv),
    ("/rulebooks/{id}.csv", (), record_pages.rulebook_csv),
    ("/acts.csv", (), record_pages.acts_csv),
    ("/acts/{id}.csv", (), record_pages.act_csv),
    ("/claims.csv", ("verdict",), record_pages.claims_csv),
    ("/town.csv", TOWN_KEYS, town_pages.town_csv),
    ("/town/map.svg", TOWN_KEYS, town_pages.map_file),
    ("/town/people.csv", TOWN_KEYS, town_pages.people_csv),
    ("/town/board.csv", board_pages.BOARD_KEYS, board_pages.board_csv),
    ("/town/{name}.csv", TOWN_KEYS, town_pages.account_csv),
    ("/town/{name}.svg", TOWN_KEYS, town_pages.account_svg),
    ("/town/{name}.vl.json", TOWN_KEYS, town_pages.account_vega),
    ("/api/frames", TOWN_KEYS, town_pages.frames),
    ("/lives.csv", (*TOWN_KEYS, "befell"), life_pages.lives_csv),
    ("/lives/{number}.csv", TOWN_KEYS, life_pages.life_csv),
    ("/lives/{number}.svg", TOWN_KEYS, life_pages.life_file),
    ("/desks/session.yaml", DESK_KEYS, session_pages.session),
    ("/desks/{desk}.csv", DESK_KEYS, desk_pages.desk_csv),
    ("/desks/{desk}/reckoning.csv", (*DESK_KEYS, "until"), reckoning_pages.reckoning_csv),
    ("/desks/{desk}/lucks.csv", (*DESK_KEYS, "until"), luck_pages.lucks_csv),
    ("/api/desks/{desk}", DESK_KEYS, desk_pages.desk_api),
    ("/change.csv", CHANGED, change_pages.change_csv),
    ("/change/{name}.csv", CHANGED, change_pages.picture_csv),
    ("/change/{name}.svg", CHANGED, change_pages.picture_svg),
    ("/change/{name}.vl.json", CHANGED, change_pages.picture_vega),
)
PICTURES: Final = tuple(
    (f"{path.removesuffix('.svg')}.png", keys, as_png(make)) for path, keys, make in FILES if path.endswith(".svg")
)
"""every picture is had as PNG too"""
NO_SUCH: Final = "There is no page at this address. The links above lead to all that there are."
OURS: Final = "This is a fault of Glasstown itself, not of your request. Please report it, with what the terminal says."


class Explorer:
    """The whole application: a guard at its door, its addresses behind it, and its state."""

    def __init__(self, folder: Path, door: Door) -> None:
        """Take the folder in which runs are written, and where the explorer is reached."""
        self.site = Site(folder)
        self.site.jobs.ask(RECORD, record_pages.read_record)
        routes: list[BaseRoute] = [
            Route(path, self._answering(keys, make, is_page=False)) for path, keys, make in (*FILES, *PICTURES)
        ]
        routes += [Route(path, self._answering(keys, make, is_page=True)) for path, keys, make in PAGES]
        routes.append(Route("/api/live", self._answering_to(town_pages.live_api), methods=["POST"]))
        routes.append(Route("/desks/session", self._answering_to(session_pages.give), methods=["POST"]))
        routes.append(Mount("/static", _Static(directory=explorer_folder() / "static")))
        told = {HTTPException: self._told, Exception: self._told}
        self._guarded = Guard(Starlette(routes=routes, exception_handlers=told), door)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        await self._guarded(scope, receive, send)

    def close(self) -> None:
        """Begin nothing further."""
        self.site.close()

    def _answering(
        self, keys: tuple[str, ...], make: Handler, *, is_page: bool
    ) -> Callable[[Request], Awaitable[Response]]:
        async def answer(request: Request) -> Response:
            try:
                names = {name: str(value) for name, value in request.path_params.items()}
                asked = Asked(request.url.path, names, read(_pairs(request), keys), is_page)
                await self.site.made(asked, RECORD, record_pages.read_record)
                return await make(self.site, asked)
            except (GlasstownError, NotYet) as problem:
                return self._refusal(request, problem)

        return answer

    def _answering_to(
        self, take: Callable[[Site, Request], Awaitable[Response]]
    ) -> Callable[[Request], Awaitable[Response]]:
        async def answer(request: Request) -> Response:
            try:
                return await take(self.site, request)
            except GlasstownError as problem:
                return self._refusal(request, problem)

        return answer

    def _refusal(self, request: Request, problem: GlasstownError | NotYet) -> Response:
        """Return what is said of a request that cannot be answered, or not yet."""
        if isinstance(problem, NotYet):
            return self._waiting(request, problem)
        if isinstance(problem, BusyError):
            return self._say(request, 503, str(problem), {"Retry-After": "5"})
        status = 404 if isinstance(problem, UnknownError) else 400
        faults = getattr(problem, "faults", ())
        return self._say(request, status, "\n".join(map(str, faults)) or str(problem))

    def _waiting(self, request: Request, problem: NotYet) -> Response:
        job = problem.job
        if not _is_page(request):
            return self._say(request, 503, "It is being made. Ask again in a few seconds.", {"Retry-After": "2"})
        values = {
            "is_record": job.key == RECORD,
            "done": job.done,
            "of": job.of,
            "before": problem.before,
            "is_begun": job.is_begun,
        }
        return self.site.render(
            Page("waiting.html", "A moment", "", values),
            status=202,
            headers={"Refresh": f"1; url={_as_asked(request)}"},
        )

    async def _told(self, request: Request, problem: Exception) -> Response:
        """Return what is said of whatever else goes wrong: a sentence, never a traceback."""
        if isinstance(problem, HTTPException):
            said = {404: NO_SUCH, 405: "This address is not asked in that way."}.get(
                problem.status_code, str(problem.detail)
            )
            return self._say(request, problem.status_code, said, problem.headers)
        LOG.error("%s", OURS, exc_info=problem)
        return self._say(request, 500, OURS)

    def _say(self, request: Request, status: int, sentence: str, headers: object = None) -> Response:
        more = dict(headers) if isinstance(headers, dict) else {}
        if not _is_page(request):
            return JSONResponse({"error": sentence}, status, more)
        return self.site.render(
            Page("said.html", "Not here" if status == 404 else "Not so", "", {"sentence": sentence, "status": status}),
            status=status, headers=more,
        )  # fmt: skip


class _Static(StaticFiles):
    """Sheet, scripts and letters: the same for a day, and none that is not ours."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Return a file with how long it may be kept."""
        answer = await super().get_response(path, scope)
        answer.headers["Cache-Control"] = "no-cache"
        return answer


def _pairs(request: Request) -> list[tuple[str, str]]:
    """Return the keys of an address with their values.  Errors   UsageError where it is not written in UTF-8, or has too many."""
    query = request.scope.get("query_string", b"")
    try:
        return parse_qsl(query.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=MOST_KEYS)
    except ValueError:
        raise refuse(
            "its keys", "what is not written as an address is, or too many", f"{MOST_KEYS} at most", "Begin again at /."
        ) from None


def _as_asked(request: Request) -> str:
    """Return the address of a request as it was sent, so that no letter of it is another one in a header."""
    path, query = request.scope.get("raw_path") or b"/", request.scope.get("query_string", b"")
    sent = path.partition(b"?")[0] + (b"?" + query if query else b"")
    return quote(sent, safe="/?&=%:,@+-._~*'()!$")


def _is_page(request: Request) -> bool:
    path = request.url.path
    return not (path.startswith(("/api/", "/static/")) or path.endswith((".csv", ".svg", ".png", ".json", ".yaml")))
