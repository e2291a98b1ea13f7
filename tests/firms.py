"""Five worked firms that ship, and as docs/firms.md has them."""

from __future__ import annotations

import re
from pathlib import Path

from glasstown.cases.firm_file import worked_firms
from glasstown.paths import firm_folder

PAGE = Path(__file__).parents[1] / "docs" / "firms.md"
ON_THE_PAGE: dict[str, str] = dict(
    re.findall(r"```yaml file=(\w+)\.yaml\n(.*?)```", PAGE.read_text(encoding="utf-8"), flags=re.DOTALL)
)
FIRMS: dict[str, str] = {name: (firm_folder() / f"{name}.yaml").read_text("utf-8") for name in worked_firms()}


def firm_file(folder: Path, text: str) -> Path:
    """Return a file that holds the text of a firm."""
    path = folder / "firm.yaml"
    path.write_text(text, encoding="utf-8")
    return path
