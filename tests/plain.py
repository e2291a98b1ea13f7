"""The engine with its kernels left as plain Python, beside the compiled one in the same process: to call and see single kernels.

The decorators decide at import, so its modules are imported a second time with GLASSTOWN_KERNELS=plain and kept aside.
"""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any

import glasstown

PARTS = ("glasstown.engine", "verification")
"""what holds kernels, or imports what does"""
SETTING = "GLASSTOWN_KERNELS"
_kept: dict[str, ModuleType] = {}


def plain(name: str) -> Any:
    """Return a module of these parts with kernels that are functions: `plain("glasstown.engine.conduct.acts")`."""
    with _plain_modules():
        return importlib.import_module(name)


@contextmanager
def _plain_modules() -> Iterator[None]:
    """Let the plain modules stand in `sys.modules` for a while."""
    compiled, setting = _taken(), os.environ.get(SETTING)
    sys.modules.update(_kept)
    os.environ[SETTING] = "plain"
    try:
        yield
    finally:
        _kept.update(_taken())
        sys.modules.update(compiled)
        if setting is None:
            del os.environ[SETTING]
        else:
            os.environ[SETTING] = setting
        if "glasstown.engine" in compiled:
            glasstown.engine = compiled["glasstown.engine"]  # type: ignore[attr-defined]


def _taken() -> dict[str, ModuleType]:
    """Take the modules of these parts out of `sys.modules`."""
    names = [name for name in sys.modules if any(f"{name}.".startswith(f"{part}.") for part in PARTS)]
    return {name: sys.modules.pop(name) for name in names}
