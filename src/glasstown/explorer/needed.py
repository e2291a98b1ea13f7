"""Whether the packages of the explorer are installed: they are an extra, which the rest does without."""

from __future__ import annotations

from importlib.util import find_spec
from typing import Final

from glasstown.errors import Fault, UsageError

PACKAGES: Final = ("jinja2", "starlette", "uvicorn")


def check_installed() -> None:
    """Raise UsageError, with how to install them, where packages are missing."""
    missing = [name for name in PACKAGES if find_spec(name) is None]
    if missing:
        way_out = "Install them: pip install 'glasstown[explore]', or in a clone: make explore."
        raise UsageError(
            "The explorer", [Fault("its packages", None, f"no {' and no '.join(missing)}", "all of them", way_out)]
        )
