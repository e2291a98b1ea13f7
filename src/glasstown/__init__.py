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


class _Package(ModuleType):
    """This package: functions are imported when asked for."""

    def __getattr__(self, name: str) -> Any:
        if name not in __all__:
            raise AttributeError(f"module 'glasstown' has no attribute '{name}'")
        from glasstown import api

        return getattr(api, name)

    def __dir__(self) -> list[str]:
        return sorted({*super().__dir__(), *__all__})


sys.modules[__name__].__class__ = _Package
