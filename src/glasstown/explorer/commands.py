"""How a view is had without the explorer: the commands, and the same in Python."""

from __future__ import annotations

import shlex
from typing import Any

from glasstown.explorer.asked import View


def run_command(view: View, out: str = "") -> str:
    """Return the command that runs a view's town."""
    parts = ["glasstown", "run", view.town, "--people", str(view.people), "--months", str(view.months)]
    parts += ["--seed", str(view.seed)]
    for path, value in view.settings:
        parts += ["--set", f"{path}={value}"]
    return shlex.join([*parts, *(["--out", out] if out else [])])


def run_python(view: View, name: str = "town", verb: str = "run", **more: Any) -> str:
    """Return the call that runs a view's town, or with `verb` town makes it, under a name."""
    said = [repr(view.town), f"people={view.people}", f"months={view.months}", f"seed={view.seed}"]
    said += [f"set={dict(view.settings)!r}"] if view.settings else []
    said += [f"{key}={value!r}" for key, value in more.items()]
    return f"{name} = glasstown.{verb}({', '.join(said)})"


def python(*lines: str) -> str:
    """Return lines of Python that run by themselves."""
    return "\n".join(["import glasstown", "", *lines])
