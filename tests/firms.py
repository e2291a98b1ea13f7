"""Five worked firms, as docs/firms.md has them."""

from __future__ import annotations

import re
from pathlib import Path

PAGE = Path(__file__).parents[1] / "docs" / "firms.md"
FIRMS: dict[str, str] = dict(
    re.findall(r"```yaml file=(\w+)\.yaml\n(.*?)```", PAGE.read_text(encoding="utf-8"), flags=re.DOTALL)
)


def firm_file(folder: Path, text: str) -> Path:
    """Return a file that holds the text of a firm."""
    path = folder / "firm.yaml"
    path.write_text(text, encoding="utf-8")
    return path
