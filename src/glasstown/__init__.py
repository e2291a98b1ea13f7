"""Glasstown: an open laboratory for social credit systems.

`glasstown.rulebook`, `case`, `run` and the other functions are those of `glasstown.api`, imported when first used, so
that `import glasstown` stays light.
"""

from __future__ import annotations

import sys
from types import ModuleType
from typing import TYPE_CHECKING, Any

__version__ = "0.2.0"

if TYPE_CHECKING:
    from glasstown.api import (
        act,
        agencies,
        areas,
        case,
        check,
        claims,
        compare,
        compare_rules,
        levers,
        life,
        query,
        report,
        rescue,
        resume,
        rulebook,
        rulebooks,
        run,
        show,
        sources,
        sweep,
        test,
        timeline,
    )

__all__ = [
    "act",
    "agencies",
    "areas",
    "case",
    "check",
    "claims",
    "compare",
    "compare_rules",
    "levers",
    "life",
    "query",
    "report",
    "rescue",
    "resume",
    "rulebook",
    "rulebooks",
    "run",
    "show",
    "sources",
    "sweep",
    "test",
    "timeline",
]


class _Stage(ModuleType):
    """A stage that bears the name of a function, such as `glasstown.rulebook`: a package that can also be called."""

    def __call__(self, *args: Any, **options: Any) -> Any:
        from glasstown import api

        return getattr(api, self.__name__.rpartition(".")[2])(*args, **options)


class _Package(ModuleType):
    """This package: functions are imported when asked for, and stay callable beside a stage of the same name."""

    def __getattr__(self, name: str) -> Any:
        if name not in __all__:
            raise AttributeError(f"module 'glasstown' has no attribute '{name}'")
        from glasstown import api

        return getattr(api, name)

    def __setattr__(self, name: str, value: object) -> None:
        if name in __all__ and isinstance(value, ModuleType):
            value.__class__ = _Stage
        super().__setattr__(name, value)

    def __dir__(self) -> list[str]:
        return sorted({*super().__dir__(), *__all__})


sys.modules[__name__].__class__ = _Package
