"""A reading with a fault in it: one of its modules with one line changed, imported anew beside the real one."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from importlib.machinery import ModuleSpec, SourceFileLoader
from importlib.util import find_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import Any
from unittest.mock import patch

from glasstown.compiler.tables import CompiledRules
from glasstown.language.acts import ActCatalogue
from glasstown.language.model import Rulebook
from glasstown.ledger import Account, Life

INTERPRETER = "glasstown.interpreter"
ENGINE = "glasstown.engine"
Live = Callable[[Rulebook, ActCatalogue, Life], Account]
LiveInEngine = Callable[[CompiledRules, ActCatalogue, Life], Account]
Change = Callable[[str], str]


@dataclass(frozen=True)
class PlantedFault:
    """In `module` of a reading, `right` stands once and becomes `wrong`.

    `about` names the shapes of `books.FOCUS` that a rulebook needs for the fault to show, parted by blanks.
    """

    name: str
    about: str
    module: str
    right: str
    wrong: str

    def into(self, text: str) -> str:
        """Return a module's text with the fault in it."""
        assert text.count(self.right) == 1, f"'{self.right}' stands {text.count(self.right)} times in {self.module}"
        return text.replace(self.right, self.wrong)


@contextmanager
def planted(fault: PlantedFault) -> Iterator[Live]:
    """Give the `live` of an interpreter that has this fault, and put the real one back afterwards."""
    with _anew(INTERPRETER, {f"{INTERPRETER}.{fault.module}": fault.into}):
        yield import_module(f"{INTERPRETER}.life").live


@contextmanager
def planted_in_engine(fault: PlantedFault | None) -> Iterator[LiveInEngine]:
    """Give the `live_in_engine` of an engine that has this fault, its kernels lived as plain Python; None plants nothing."""
    changes: dict[str, Change] = {f"{ENGINE}.{fault.module}": fault.into} if fault is not None else {}
    with patch.dict(os.environ, GLASSTOWN_KERNELS="plain"), _anew(ENGINE, changes):
        yield import_module(f"{ENGINE}.one_life").live_in_engine


@contextmanager
def _anew(package: str, changes: dict[str, Change]) -> Iterator[None]:
    """Let a package be imported anew with some modules changed, and put the real one back afterwards."""
    taken_out = {name: sys.modules.pop(name) for name in _modules(package)}
    parent, real = import_module("glasstown"), taken_out.get(package)
    finder = _Finder(changes)
    sys.meta_path.insert(0, finder)
    try:
        yield
    finally:
        sys.meta_path.remove(finder)
        for name in _modules(package):
            del sys.modules[name]
        sys.modules.update(taken_out)
        if real is not None:
            setattr(parent, package.rpartition(".")[2], real)


def _modules(package: str) -> list[str]:
    return [name for name in sys.modules if f"{name}.".startswith(f"{package}.")]


class _Finder:
    """Finds the modules that are changed."""

    def __init__(self, changes: dict[str, Change]) -> None:
        self.changes = changes

    def find_spec(self, name: str, path: Any = None, target: ModuleType | None = None) -> ModuleSpec | None:
        if name not in self.changes:
            return None
        sys.meta_path.remove(self)  # type: ignore[arg-type]
        try:
            real = find_spec(name)
        finally:
            sys.meta_path.insert(0, self)  # type: ignore[arg-type]
        assert real is not None
        assert real.origin is not None
        return spec_from_file_location(name, real.origin, loader=_Loader(name, real.origin, self.changes[name]))


class _Loader(SourceFileLoader):
    """Compiles the changed text, and caches nothing."""

    def __init__(self, name: str, path: str, change: Change) -> None:
        super().__init__(name, path)
        self.change = change

    def get_code(self, fullname: str) -> Any:
        return compile(self.change(Path(self.path).read_text(encoding="utf-8")), self.path, "exec")
