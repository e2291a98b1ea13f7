"""Where rulebooks and data lie: beside the code, never inside it."""

from __future__ import annotations

import sys
from pathlib import Path

from glasstown.errors import Fault, UsageError


def root() -> Path:
    """Return the folder that holds `rulebooks/` and `data/`.

    It is the project's own folder where the package runs from its source tree, and the `share/glasstown` folder of the
    Python installation otherwise.
    """
    candidates = (Path(__file__).resolve().parents[2], Path(sys.prefix) / "share" / "glasstown")
    for candidate in candidates:
        if (candidate / "rulebooks").is_dir() and (candidate / "data").is_dir():
            return candidate
    fault = Fault(
        "data of Glasstown",
        None,
        f"neither {candidates[0]} nor {candidates[1]} with folders rulebooks and data",
        "one of them",
        "Install again from a complete copy of the project.",
    )
    raise UsageError("installation", [fault])


def rulebook_folder() -> Path:
    """Return the folder that holds one folder for each shipped rulebook."""
    return root() / "rulebooks"


def data_folder() -> Path:
    """Return the folder that holds acts, parameters and places."""
    return root() / "data"
