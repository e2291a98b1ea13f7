"""An earlier run that was lived again: whether the same was asked, and whether it came to the same digest."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from glasstown.incoming import path_of
from glasstown.storage.checkout import made_with
from glasstown.storage.folder import MANIFEST, RunFolder
from glasstown.storage.identity import identity_of
from glasstown.storage.manifest import Manifest


@dataclass(frozen=True, slots=True)
class Again:
    """The earlier run, and the one that is to be the same."""

    folder: Path
    earlier: Manifest
    now: Manifest

    @property
    def is_same(self) -> bool:
        """Return whether both have one digest."""
        return self.earlier.digest == self.now.digest

    @property
    def words(self) -> str:
        """Return what came of it, in a sentence or two."""
        if self.is_same:
            return f"Reproduced: the digest is that of {self.folder}, {self.now.digest}."
        by = f"{made_with(self.earlier)} made the earlier run, {made_with(self.now)} this one"
        if self.earlier.code == self.now.code:
            by = f"the same code made both ({made_with(self.now)}), so that one of the two is not what it says"
        return (
            f"NOT reproduced: the same was asked as of {self.folder}, whose digest is {self.earlier.digest}, "
            f"and this run's is {self.now.digest}; {by}."
        )

    def as_json(self) -> dict[str, Any]:
        """Return the earlier run, its digest, and whether this run has it too."""
        return {"run": str(self.folder), "digest": self.earlier.digest, "same": self.is_same}


def again_of(reference: str, folder: Path) -> Again | None:
    """Return how the run in a folder stands to the finished one that it was asked by; None where another thing was asked."""
    path = path_of(reference)
    earlier = path.parent if path.name == MANIFEST else path
    if not (earlier / MANIFEST).is_file():
        return None
    was, now = RunFolder.open(earlier).manifest, RunFolder.open(folder).manifest
    if was.status != "done" or identity_of(was) != identity_of(now):
        return None
    return Again(earlier, was, now)
