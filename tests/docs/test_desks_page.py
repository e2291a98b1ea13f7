"""docs/desks.md: its code runs from top to bottom as it stands, and what it says of desks is what they may do."""

from __future__ import annotations

import contextlib
import io
import re
from pathlib import Path
from typing import Any

import pytest

from glasstown.desks.docket import DESKS, OPTIONS
from glasstown.engine.kernel.cache import is_plain

TEXT = (Path(__file__).parents[2] / "docs" / "desks.md").read_text(encoding="utf-8")
CODE = "\n".join(re.findall(r"```python\n(.*?)```", TEXT, flags=re.S))


@pytest.mark.usefixtures("short_past")
@pytest.mark.skipif(is_plain(), reason="lives towns")
def test_code__runs_from_top_to_bottom(tmp_path: Path) -> None:
    said = io.StringIO()
    names: dict[str, Any] = {}
    with contextlib.chdir(tmp_path), contextlib.redirect_stdout(said):
        exec(compile(CODE, "docs/desks.md", "exec"), names)
    assert "Case(number=1, desk='clerk', month=3" in said.getvalue()
    assert "{'person':" in said.getvalue()
    assert {each.name for each in tmp_path.iterdir()} == {"my-desk.yaml", "runs"}
    assert len(names["came"].table()) == 2


def test_every_desk_and_what_it_may_do__is_told() -> None:
    for word in (*DESKS, *OPTIONS):
        assert f"`{word}`" in TEXT
