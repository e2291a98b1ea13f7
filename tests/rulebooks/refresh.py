"""Write beside each bad rulebook the full message that it produces: `python tests/rulebooks/refresh.py`.

Read the difference before committing it: a message that changes is seen by every author of a rulebook.
"""

from __future__ import annotations

import os
from pathlib import Path

from glasstown.errors import GlasstownError
from glasstown.language.load import load_rulebook
from glasstown.language.texts import shipped

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
BESIDE = ("sources.yaml",)


def bad_rulebooks() -> list[Path]:
    """Return every bad rulebook: files, and folders with rules.yaml, by name."""
    bad = HERE / "bad"
    files = [path for path in bad.glob("*.yaml") if path.name not in BESIDE]
    return sorted([*files, *(path.parent for path in bad.glob("*/rules.yaml"))])


def message_file(rulebook: Path) -> Path:
    """Return the file that holds a bad rulebook's message."""
    return rulebook.with_name(f"{rulebook.stem}.txt")


def message_of(rulebook: Path) -> str:
    """Return the whole message, with paths as they are from the project's folder; empty where nothing is wrong.

    How many rulebooks ship is written `N`: one more is no change of a message.
    """
    before = Path.cwd()
    os.chdir(ROOT)
    try:
        load_rulebook(str(rulebook.relative_to(ROOT)))
    except GlasstownError as problem:
        return f"{problem}\n".replace(f"the {len(shipped())} shipped ones", "the N shipped ones")
    finally:
        os.chdir(before)
    return ""


if __name__ == "__main__":
    for each in bad_rulebooks():
        message_file(each).write_text(message_of(each), encoding="utf-8")
