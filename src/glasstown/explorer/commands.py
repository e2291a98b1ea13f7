"""How a view is had without the explorer: the commands, and the same in Python."""

from __future__ import annotations

import shlex
from typing import Any, Final

from glasstown.explorer.asked import View

SESSION: Final = "my-desk.yaml"
"""what the file of a session at desks is called"""


def run_command(view: View, out: str = "") -> str:
    """Return the command that runs a view's town; with decisions of a desk, its session file."""
    if view.orders:
        return shlex.join(["glasstown", "run", SESSION, *(["--out", out] if out else [])])
    parts = ["glasstown", "run", view.town, "--people", str(view.people), "--months", str(view.months)]
    parts += ["--seed", str(view.seed)]
    for path, value in view.settings:
        parts += ["--set", f"{path}={value}"]
    return shlex.join([*parts, *(["--out", out] if out else [])])


def run_python(view: View, name: str = "town", verb: str = "run", **more: Any) -> str:
    """Return the call that runs a view's town, or with `verb` town makes it, under a name."""
    if view.orders and verb == "run":
        given = [repr(SESSION), *(f"{key}={value!r}" for key, value in more.items())]
        return f"{name} = glasstown.run({', '.join(given)})"
    said = [repr(view.town), f"people={view.people}", f"months={view.months}", f"seed={view.seed}"]
    said += [f"set={dict(view.settings)!r}"] if view.settings else []
    said += [f"{key}={value!r}" for key, value in more.items()]
    return f"{name} = glasstown.{verb}({', '.join(said)})"


def python(*lines: str) -> str:
    """Return lines of Python that run by themselves."""
    return "\n".join(["import glasstown", "", *lines])
