"""The door of the explorer: who may ask, from where, how much; and what every answer says to the browser.

Before anything of a request is read, its host is known (a page of the web that has our address under another name gets nothing), it
comes from our own pages or from the address bar, it is no longer than a request of ours, and where the explorer listens beyond this
machine it has the token.
"""

from __future__ import annotations

import hmac
import ipaddress
import re
from collections.abc import Iterable
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie
from typing import Final
from urllib.parse import parse_qs

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LONGEST_PATH, LONGEST_QUERY, LONGEST_BODY, LONGEST_HEADERS = 300, 4_000, 64_000, 16_000
COOKIE: Final = "glasstown"
POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types glasstown"
)
HEADERS: Final = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}
OURS: Final = ("same-origin", "none")
"""what a browser says of a request that our own page made, or that somebody typed"""
LOOPBACK: Final = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True, slots=True)
class Door:
    """Where the explorer is reached.

    names   hosts by which it is asked
    port    where it listens
    token   what a request has to bring; None where the explorer listens on this machine alone
    """

    names: tuple[str, ...] = LOOPBACK
    port: int = 80
    token: str | None = None

    @property
    def is_wide(self) -> bool:
        """Return whether others than this machine can reach it."""
        return self.token is not None

    def knows(self, host: str) -> bool:
        """Return whether a request to this host is meant for the explorer."""
        name, port = _parted(host)
        if port != str(self.port):
            return False
        return name in self.names or (self.is_wide and _is_number(name))


class Guard:
    """Lets in what may come in, and gives every answer its headers."""

    def __init__(self, app: ASGIApp, door: Door) -> None:
        self._app, self._door = app, door

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or hand on, one request."""
        if scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
            return
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers[name] = value
                headers.setdefault("Cache-Control", "no-store")
            await send(message)

        answer = self._refused(scope) or self._without_token(scope)
        await (answer or self._app)(scope, receive, with_headers)

    def _refused(self, scope: Scope) -> Response | None:
        """Return the refusal of a request that is not for us, not from us, or too large; None where there is no reason for one."""
        headers, path, query = Headers(scope=scope), scope.get("raw_path") or b"", scope.get("query_string", b"")
        hosts = headers.getlist("host")
        if len(hosts) != 1:
            return said(400, f"The request names {len(hosts)} hosts; expected one.")
        if not self._door.knows(hosts[0]):
            return said(
                403,
                "The request names a host that is not the explorer's. Open the address that `glasstown explore` printed.",
            )
        if sum(len(name) + len(value) for name, value in headers.raw) > LONGEST_HEADERS:
            return said(431, f"The headers of the request are longer than {LONGEST_HEADERS} letters.")
        origins = headers.getlist("origin")
        if origins and origins != [f"http://{hosts[0]}"] and not _is_our_form(headers):
            return said(403, "The request comes from a page that is not the explorer's.")
        if not _is_from_us(headers):
            return said(403, "The request comes from another site than the explorer.")
        if len(path) > LONGEST_PATH or len(query) > LONGEST_QUERY:
            return said(
                414,
                f"The address is too long: {LONGEST_PATH} letters at most, and {LONGEST_QUERY} after the question mark.",
            )
        return _too_large(headers)

    def _without_token(self, scope: Scope) -> Response | None:
        """Return what somebody hears who has not shown the token yet; with it in the address, a cookie that has it from then on."""
        if self._door.token is None:
            return None
        headers = Headers(scope=scope)
        if _is_it(_cookie(headers.getlist("cookie")), self._door.token):
            return None
        shown = parse_qs(scope.get("query_string", b"").decode("latin-1")).get("token", [""])[0]
        if not _is_it(shown, self._door.token):
            return said(401, "The explorer asks for a token. Open the whole address that `glasstown explore` printed.")
        answer = RedirectResponse("/", status_code=303)
        answer.set_cookie(COOKIE, self._door.token, httponly=True, samesite="strict", path="/")
        return answer


def said(status: int, sentence: str) -> Response:
    """Return a refusal: one sentence."""
    return PlainTextResponse(sentence + "\n", status)


def _is_from_us(headers: Headers) -> bool:
    """Return whether a request is our own page's or was typed; a link of another site may open a page, and nothing else."""
    site = headers.get("sec-fetch-site")
    if site is None or site in OURS:
        return True
    return headers.get("sec-fetch-mode") == "navigate" and headers.get("sec-fetch-dest") == "document"


def _is_our_form(headers: Headers) -> bool:
    """Return whether a form of ours was sent: our pages pass no referrer on, for which browsers call its origin null."""
    return headers.getlist("origin") == ["null"] and headers.getlist("sec-fetch-site") == ["same-origin"]


def _too_large(headers: Headers) -> Response | None:
    length = headers.get("content-length")
    if "transfer-encoding" in headers:
        return said(411, "The request does not say how long its body is.")
    if length is None:
        return None
    if not re.fullmatch("[0-9]+", length):
        return said(400, "The request gives a length of its body that is no number.")
    if int(length[:12]) > LONGEST_BODY or len(length) > 12:
        return said(413, f"The body of the request is longer than {LONGEST_BODY} bytes.")
    return None


def _cookie(texts: Iterable[str]) -> str:
    """Return the value of our cookie; nothing where there is none."""
    for text in texts:
        try:
            found = SimpleCookie(text).get(COOKIE)
        except CookieError:
            continue
        if found is not None:
            return found.value
    return ""


def _is_it(shown: str, token: str) -> bool:
    return hmac.compare_digest(shown.encode("utf-8", "replace"), token.encode())


def _parted(host: str) -> tuple[str, str]:
    """Return name and port of a host; 80 where it names none."""
    name, colon, port = host.rpartition(":")
    if not colon or "]" in port:
        name, port = host, "80"
    return name.strip("[]").lower(), port


def _is_number(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True
