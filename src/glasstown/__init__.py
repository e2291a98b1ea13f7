"""Glasstown: an open laboratory for social credit systems.

`glasstown.rulebook`, `case`, `run` and the other functions are those of `glasstown.api`, imported when first used, so
that `import glasstown` stays light.
"""

from __future__ import annotations

from glasstown.version import __version__ as __version__

TYPE_CHECKING = False  # typing takes time, in which a command could not yet say that it was stopped
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
        dataset,
        ensemble,
        explore,
        firm,
        levers,
        life,
        lives,
        new,
        pack,
        publish,
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
        targets,
        test,
        timeline,
        town,
        unpack,
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
    "dataset",
    "ensemble",
    "explore",
    "firm",
    "levers",
    "life",
    "lives",
    "new",
    "pack",
    "publish",
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
    "targets",
    "test",
    "timeline",
    "town",
    "unpack",
]


def __getattr__(name: str) -> object:
    """Return a function of the interface, imported when first asked for (PEP 562)."""
    if name not in __all__:
        raise AttributeError(f"module 'glasstown' has no attribute '{name}'")
    from glasstown import api
    from glasstown.python_words import told_in_python

    return told_in_python(getattr(api, name))


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
