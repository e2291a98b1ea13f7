"""Circles in what points to what: exceptions to clauses, kinds of acts."""

from __future__ import annotations

from collections.abc import Mapping


def circles(next_of: Mapping[str, str | None]) -> list[tuple[str, ...]]:
    """Return each circle that following `next_of` runs into, once, from the first name that leads around it."""
    found: list[tuple[str, ...]] = []
    done: set[str] = set()
    for start in next_of:
        line: list[str] = []
        current: str | None = start
        while current is not None and current not in done and current not in line:
            line.append(current)
            current = next_of.get(current)
        if current is not None and current in line:
            found.append(tuple(line[line.index(current) :]))
        done.update(line)
    return found
