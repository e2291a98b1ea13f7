"""Modules of the engine whose kernels are the Python functions that they are written as, beside the compiled ones.

For tests of single kernels: only functions that Python calls can be called compiled, and `.py_func` reaches one function alone.
"""

from __future__ import annotations

import importlib
import os
import sys
import types
from typing import Any
from unittest import mock

import pytest

import glasstown
from glasstown.engine.kernel.cache import is_plain

PLAIN: dict[str, types.ModuleType] = {}
"""The engine's modules in plain Python, by their full names: loaded once for a process."""


WRAPS = pytest.mark.filterwarnings("ignore:overflow encountered in scalar:RuntimeWarning")
"""Random words wrap, which NumPy remarks on; for `pytestmark` of tests of plain kernels."""


def _is_of_engine(name: str) -> bool:
    """Return whether a module is of the engine, or of those that take it into measured towns."""
    return any(f"{name}.".startswith(each) for each in ("glasstown.engine.", "verification."))


def plain(name: str) -> Any:
    """Return a module of the engine, by its name below `glasstown.engine`, in plain Python; classes of rows are shared by both."""
    return plain_module(f"glasstown.engine.{name}")


def plain_module(name: str) -> Any:
    """Return a module of the engine or of `verification`, by its full name, in plain Python."""
    if is_plain():
        return importlib.import_module(name)
    compiled = {each: module for each, module in sys.modules.items() if _is_of_engine(each)}
    others = {each: module for each, module in sys.modules.items() if not _is_of_engine(each)}
    package = glasstown.__dict__.get("engine")
    with mock.patch.dict(os.environ, GLASSTOWN_KERNELS="plain"):
        try:
            sys.modules.clear()
            sys.modules.update(others | PLAIN)
            module = importlib.import_module(name)
            PLAIN.update({each: found for each, found in sys.modules.items() if _is_of_engine(each)})
        finally:
            for each in PLAIN:
                sys.modules.pop(each, None)
            sys.modules.update(compiled)
            if package is not None:
                glasstown.__dict__["engine"] = package
    return module
