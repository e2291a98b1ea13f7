"""The commit that this code stands at, where it lies in a checkout: a version does not tell code between two releases apart."""

from __future__ import annotations

import os
import subprocess
from functools import cache
from pathlib import Path
from typing import Any, Final, Protocol

from glasstown.storage.identity import code_hash
from glasstown.storage.manifest import Checkout, installed_versions

SECONDS: Final = 10
"""how long git may take to answer"""
OURS: Final = "src/glasstown"


def maker() -> dict[str, Any]:
    """Return what a manifest says of the code that lives its months: the hash of it, versions, and the commit of a checkout."""
    return {"code": code_hash(), "versions": installed_versions(), "checkout": checkout_here()}


class Made(Protocol):
    """What says by which versions, and from which checkout, it was made."""

    @property
    def versions(self) -> dict[str, str]: ...
    @property
    def checkout(self) -> Checkout | None: ...


def made_with(what: Made) -> str:
    """Return in words what made a run, or a comparison: the version, and from a checkout its commit."""
    version = what.versions.get("glasstown", "of an unknown version")
    at = what.checkout
    if at is None:
        return f"Glasstown {version}"
    return f"Glasstown {version} at commit {at.commit[:12]}{' and uncommitted changes' if at.is_changed else ''}"


@cache
def checkout_here() -> Checkout | None:
    """Return the commit of the checkout that this package lies in; None where it is installed, or where git does not tell."""
    return checkout_of(Path(__file__).resolve().parents[3])


def checkout_of(root: Path) -> Checkout | None:
    """Return the commit of a checkout and whether a file of the package is another one than its; None where there is none.

    root   the folder that would hold `.git` and `src/glasstown`
    """
    if not (root / ".git").exists() or not (root / OURS).is_dir():
        return None
    commit = _git(root, "rev-parse", "--verify", "HEAD^{commit}")
    status = _git(root, "status", "--porcelain", "--", OURS)
    if commit is None or status is None:
        return None
    return Checkout(commit=commit.strip(), is_changed=bool(status.strip()))


def _git(root: Path, *words: str) -> str | None:
    """Return what git says of a checkout, with no settings of the caller's and no lock taken; None where it says nothing."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    try:
        said = subprocess.run(
            ["git", "-C", str(root), *words],
            capture_output=True,
            check=True,
            encoding="utf-8",
            env={**plain, "GIT_OPTIONAL_LOCKS": "0"},
            stdin=subprocess.DEVNULL,
            timeout=SECONDS,
        )
    except (OSError, ValueError, subprocess.SubprocessError):
        return None
    return said.stdout
