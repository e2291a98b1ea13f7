"""A session at desks as a file: it is saved as a scenario, and taken up again from one."""

from __future__ import annotations

import hashlib
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from glasstown.explorer.asked import refuse
from glasstown.explorer.desk_asked import Sat, sat
from glasstown.explorer.guard import LONGEST_BODY
from glasstown.explorer.record_pages import UnknownError
from glasstown.explorer.session_file import TakenUp, file_in, read_session, session_text, taken_up
from glasstown.explorer.site import Asked, Page, Site, file_of
from glasstown.wording import counted

MOST_FILES: Final = 32
"""session files that are kept until their town is lived; the oldest goes first"""
GONE: Final = "The file is no longer here, since others came after it. Choose it again on the page of desks."


async def session(site: Site, asked: Asked) -> Response:
    """Answer the session of an address as a file."""
    where = sat(asked, at_end=True)
    view = where.decided_view.made_of
    text: str = await site.made(asked, ("session", view), lambda tell: session_text(view))
    return file_of("my-desk.yaml", text.encode(), "application/yaml")


async def give(site: Site, request: Request) -> Response:
    """Take a session file from a form, and lead to where it is lived.  Errors   GlasstownError with what is wrong with it"""
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > LONGEST_BODY:
            raise refuse("file", "a larger file", f"{LONGEST_BODY} bytes at most", "Run it: glasstown run FILE.")
    text = file_in(body, request.headers.get("content-type", ""))
    await run_in_threadpool(read_session, text)  # what is wrong with it is told at once, before anything is lived
    key = hashlib.sha256(text.encode()).hexdigest()[:16]
    site.files[key] = text
    while len(site.files) > MOST_FILES:
        site.files.pop(next(iter(site.files)))
    return RedirectResponse(f"/desks/session?file={key}", status_code=303)


async def take_up(site: Site, asked: Asked) -> Response:
    """Lead to the desk at which a session goes on; where its file had orders that decide nothing, tell them first."""
    key = asked.found.get("file", "")
    if key not in site.files:
        raise UnknownError("The session", refuse("file", f"'{key[:40]}'", "a file that was just given", GONE).faults)
    text = site.files[key]
    found: TakenUp = await site.made(asked, ("taken up", key), lambda tell: taken_up(text, tell))
    address = address_of(found)
    if not found.moot:
        return RedirectResponse(address, status_code=303)
    values = {"moot": found.moot, "address": address, "n": counted(len(found.decisions), "decision")}
    return site.render(Page("session.html", "A session taken up", "/desks", values))


def address_of(found: TakenUp) -> str:
    """Return where a session goes on: at the desk that decided last, in the month after; at its reckoning where none is left."""
    if not found.decisions:
        return Sat(found.view, "court", 0, ()).address()
    last = found.decisions[-1]
    where = Sat(found.view, last.desk, min(last.month + 1, found.view.months), found.decisions)
    return where.address() if where.month < found.view.months else f"/desks/{last.desk}/reckoning?{where.query()}"
