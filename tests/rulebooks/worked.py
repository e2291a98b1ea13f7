"""Which shipped rulebooks have worked cases beside them."""

from __future__ import annotations

from functools import cache

from glasstown.language.load import shipped
from glasstown.paths import rulebook_folder


@cache
def worked() -> tuple[str, ...]:
    """Return the ids of the shipped rulebooks that have worked cases."""
    return tuple(name for name in shipped() if (rulebook_folder() / name / "cases").is_dir())
