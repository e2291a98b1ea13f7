"""The process of the explorer: where it listens, what it says, and what is left when it ends: nothing."""

from __future__ import annotations

import logging
import secrets
import socket
import tempfile
from pathlib import Path
from typing import Final

from glasstown.errors import Fault, UsageError
from glasstown.explorer.guard import LOOPBACK, Door

PORT: Final = 8753
MOST_PORT: Final = 65_535
MOST_AT_ONCE: Final = 80
"""connections; the next ones hear that there are too many"""


def listening(address: str, port: int) -> socket.socket:
    """Return a socket that listens.  Errors   UsageError for an address that this machine has not, or a port that is taken."""
    try:
        family = socket.getaddrinfo(address, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0][0]
    except (OSError, UnicodeError):
        raise _refused(
            "--listen", f"'{address}'", "an address of this machine", "127.0.0.1 is this machine alone."
        ) from None
    found = socket.socket(family, socket.SOCK_STREAM)
    found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        found.bind((address, port))
        found.listen(128)
    except OSError as problem:
        found.close()
        what = f"{address}, port {port}: {problem.strerror}"
        raise _refused("--port", what, "a port that is free", "--port 0 takes one that is.") from None
    return found


def door_of(address: str, port: int) -> Door:
    """Return where the explorer is reached: by this machine alone without a token, from elsewhere with one."""
    if is_loopback(address):
        return Door(LOOPBACK, port)
    names = (*LOOPBACK, address.lower(), socket.gethostname().lower())
    return Door(names, port, secrets.token_urlsafe(24))


def is_loopback(address: str) -> bool:
    """Return whether an address is this machine alone."""
    return address in LOOPBACK or address.startswith("127.")


def address_of(address: str, door: Door) -> str:
    """Return the address that is opened in a browser."""
    name = socket.gethostname() if address in ("0.0.0.0", "::") else address
    host = f"[{name}]" if ":" in name else name
    token = f"?token={door.token}" if door.token else ""
    return f"http://{host}:{door.port}/{token}"


def serve(address: str, port: int) -> str:
    """Listen until the user stops it, say where, and return it.  Errors   UsageError as of `listening`, and for no port."""
    import uvicorn

    from glasstown.explorer.app import Explorer

    if not 0 <= port <= MOST_PORT:
        raise _refused("--port", str(port), f"0 to {MOST_PORT}", f"{PORT} is the usual one.")
    sock = listening(address, port)
    try:
        door = door_of(address, sock.getsockname()[1])
        logging.getLogger("glasstown.explorer").addHandler(logging.StreamHandler())
        with tempfile.TemporaryDirectory(prefix="glasstown-explore-", ignore_cleanup_errors=True) as folder:
            app = Explorer(Path(folder), door)
            config = uvicorn.Config(
                app, log_level="error", access_log=False, server_header=False, date_header=False, lifespan="off", ws="none",
                http="h11", loop="asyncio", proxy_headers=False, limit_concurrency=MOST_AT_ONCE, timeout_keep_alive=10,
                timeout_graceful_shutdown=1, h11_max_incomplete_event_size=32_000,
            )  # fmt: skip
            print(f"Open {address_of(address, door)} in a browser. Ctrl-C ends the explorer.", flush=True)
            try:
                uvicorn.Server(config).run(sockets=[sock])
            finally:
                app.close()
    finally:
        sock.close()
    return address_of(address, door)


def _refused(option: str, found: str, expected: str, way_out: str) -> UsageError:
    return UsageError("The explorer", [Fault(option, None, found, expected, way_out)])
