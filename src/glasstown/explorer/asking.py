"""The explorer asked without a network: a request as a browser on this machine sends it, and the whole answer."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from glasstown.errors import Fault, RunError

if TYPE_CHECKING:
    from starlette.types import Message

    from glasstown.explorer.app import Explorer

BEING_MADE: Final = (202, 503)
"""what is answered while what a page shows is being made"""
PAUSE, MOST_TRIES = 0.2, 9_000
"""seconds between two requests for what is being made, and how often it is asked for"""


@dataclass(frozen=True, slots=True)
class Answered:
    """A whole answer: what it says of itself, and its bytes."""

    status: int
    kind: str
    body: bytes


async def ask(app: Explorer, address: str) -> Answered:
    """Return the answer to one address, waited for while it is being made.

    Errors   RunError where the page cannot be made
    """
    for _ in range(MOST_TRIES):
        found = await _once(app, address)
        if found.status not in BEING_MADE:
            break
        await asyncio.sleep(PAUSE)
    if found.status != 200:
        said = " ".join(found.body.decode("utf-8", "replace").split())[:200]
        way_out = "Please report it; `glasstown explore` shows the same page."
        raise RunError("The pages", [Fault(f"the page {address}", None, f"{found.status}: {said}", "a page", way_out)])
    return found


async def _once(app: Explorer, address: str) -> Answered:
    path, _, query = address.partition("?")
    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "GET", "scheme": "http",
        "path": unquote(path), "raw_path": path.encode(), "query_string": query.encode(), "root_path": "",
        "headers": [(b"host", b"localhost")], "server": ("localhost", 80), "client": ("127.0.0.1", 1),
    }  # fmt: skip
    status, kind, parts = 0, "", list[bytes]()

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        nonlocal status, kind
        if message["type"] == "http.response.start":
            status = int(message["status"])
            kind = dict(message["headers"]).get(b"content-type", b"").decode()
        else:
            parts.append(message.get("body", b""))

    await app(scope, receive, send)
    return Answered(status, kind, b"".join(parts))
