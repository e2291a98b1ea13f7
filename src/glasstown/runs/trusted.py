"""Which mechanisms may be lived on this machine: those that the user has named, by the hash of their text."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Final

from glasstown.engine.kernel.cache import base_folder
from glasstown.errors import Fault, RunError
from glasstown.storage.manifest import Document

_named: set[str] = set()
FOLDER: Final = "mechanisms"


def trust(document: Document) -> None:
    """Remember that a mechanism may be lived: for this process, and in the cache folder where that can be written."""
    _named.add(document.sha256)
    with suppress(OSError):
        _file(document.sha256).parent.mkdir(parents=True, exist_ok=True)
        _file(document.sha256).write_bytes(document.text.encode("utf-8"))


def trust_hash(document: Document, sha256: str) -> None:
    """Remember the same where the user has named the hash of this mechanism.

    Errors   RunError where it is the hash of another one
    """
    if sha256 != document.sha256:
        found = f"a mechanism with the SHA-256 {document.sha256}"
        fault = Fault("--trust-mechanism", None, found, sha256, "Read the mechanism, then give its own hash.")
        raise RunError("The mechanism", [fault])
    trust(document)


def check_trusted(document: Document) -> None:
    """Refuse to live a mechanism that nobody on this machine has named.

    Errors   RunError
    """
    if document.sha256 in _named:
        return
    with suppress(OSError):
        if _file(document.sha256).read_bytes() == document.text.encode("utf-8"):
            _named.add(document.sha256)
            return
    fault = Fault(
        document.name, None, "code that came with the run, and that nobody here has trusted",
        "a mechanism that you have read",
        "Read `mechanism` in the run's manifest.json; then `glasstown run FOLDER --trust-mechanism "
        f"{document.sha256}` lives the run again with it, and other commands on the folder follow.",
    )  # fmt: skip
    raise RunError("The mechanism of the run", [fault])


def _file(sha256: str) -> Path:
    return base_folder() / FOLDER / f"{sha256}.py"
