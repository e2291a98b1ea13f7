"""The act catalogue of random books: acts of three kinds, each kind with more special acts below it."""

from __future__ import annotations

from functools import cache
from typing import Any

from glasstown.language.acts import ActCatalogue
from glasstown.language.shape import build
from glasstown.language.tree import Document

FAMILIES = {"plain": 5, "lasting": 3, "measured": 4}
"""How many acts of each kind stand at the top; each has a child, and that one a child of its own."""
UNCOVERED = "nobody-minds"


@cache
def catalogue() -> ActCatalogue:
    """Return the catalogue: plain-0, plain-0-a (a kind of plain-0), plain-0-a-b (a kind of plain-0-a), ..."""
    acts: list[dict[str, Any]] = [_act(UNCOVERED, None, "plain")]
    for family, number in FAMILIES.items():
        for top in tops(family, number):
            acts += [_act(act, above, family) for act, above in zip(lineage(top), (None, *lineage(top)), strict=False)]
    classes = [{"id": "c0", "kind": "person", "label": "anything", "tone": "offence"}]
    data = {"glasstown_acts": 1, "roles": [], "classes": classes, "acts": acts}
    built, faults = build(ActCatalogue, Document("acts", data))
    assert built is not None, [str(fault) for fault in faults]
    return built


def tops(family: str, number: int | None = None) -> list[str]:
    """Return the acts at the top of a family."""
    return [f"{family}-{n}" for n in range(FAMILIES[family] if number is None else number)]


def lineage(top: str) -> tuple[str, str, str]:
    """Return an act and the two more special ones below it."""
    return top, f"{top}-a", f"{top}-a-b"


def _act(act: str, above: str | None, family: str) -> dict[str, Any]:
    basis = {"source": "own", "evidence": "invented"}
    made: dict[str, Any] = {
        "id": act,
        "label": act,
        "class": "c0",
        "share": 0,
        "share_basis": basis,
        "is_a": above,
        "detected": {"by": "patrol", "urban": 1, "rural": 1, "basis": basis},
    }
    if family == "lasting":
        made["spell"] = {"ends_per_month": 1, "basis": basis}
    if family == "measured":
        made["amount"] = {"unit": "hour", "least": 1, "most": 9, "basis": basis}
    return made
