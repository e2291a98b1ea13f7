"""The table of README.md: every question with the sentence that answers it, taken from its page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

HEAD = "| question | answer |\n|---|---|\n"


def renew_readme(folder: Path, names: Sequence[str]) -> None:
    """Write the table again from the pages that there are; all else in the file stays."""
    path = folder / "README.md"
    before, _, rest = path.read_text(encoding="utf-8").partition(HEAD)
    after = re.sub(r"\A(\|.*\n)+", "", rest)
    rows = "".join(row_of(folder, name) for name in names)
    path.write_text(before + HEAD + rows + after, encoding="utf-8")


def row_of(folder: Path, name: str) -> str:
    """Return the row of one page; without an answer where its page has none yet."""
    page = folder / f"{name}.md"
    lines = page.read_text(encoding="utf-8").splitlines() if page.is_file() else [f"# {name}"]
    answer = next((line for line in lines[:4] if line.startswith("**Answer.**")), "**Answer.** not asked yet")
    said = answer.removeprefix("**Answer.** ").replace("|", "\\|")
    return f"| [{lines[0].removeprefix('# ')}]({name}.md) | {said} |\n"
