"""What the explorer offers: towns that can be lived, by name.  Only what ships has a name here; no path comes in by an address."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from glasstown.archive.extent import extent_of
from glasstown.archive.library import load_presets
from glasstown.language.load import every_shipped, load_rulebook
from glasstown.language.model import Rulebook
from glasstown.runs.scenario import scenario_of, shipped_scenarios
from glasstown.runs.subjects import scored_kinds


@dataclass(frozen=True, slots=True)
class Offer:
    """A town by the name that a command takes, what it is about, and the rulebooks that lie over it."""

    name: str
    label: str
    rulebooks: tuple[str, ...]
    kind: str


KINDS = ("a county-level city", "one rulebook", "a question")
"""sets of rulebooks, single ones, and scenarios that ship, as they are parted in the list of towns"""


@lru_cache(maxsize=1)
def books() -> dict[str, Rulebook]:
    """Return every rulebook that ships, by its id, in the reading that runs where none is named."""
    return {name: load_rulebook(name) for name in every_shipped()}


@lru_cache(maxsize=1)
def towns() -> dict[str, Offer]:
    """Return the towns that can be lived: the sets, the rulebooks that run, in each reading, and the scenarios that ship."""
    found = [Offer(each.id, each.label, each.rulebooks, KINDS[0]) for each in load_presets()]
    for name, book in books().items():
        if extent_of(book).extent == "record card" or not scored_kinds(book):
            continue
        found.append(Offer(name, book.title, (name,), KINDS[1]))
        for each in book.variants:
            if each.id != book.default_variant:
                found.append(Offer(f"{name}@{each.id}", f"{book.title}: {each.label}", (name,), KINDS[1]))
    for name in shipped_scenarios():
        scenario = scenario_of(name)
        if scenario is not None:
            found.append(Offer(name, scenario.title or name, scenario.rulebooks, KINDS[2]))
    return {each.name: each for each in found}
