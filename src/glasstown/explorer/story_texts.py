"""The stories as they are written: scenes with a rule each, a guess, one life and a desk; no number stands in a text."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from pydantic import Field

from glasstown.explorer import offered
from glasstown.explorer.asked import View, view_of
from glasstown.language.files import read_with_places
from glasstown.language.model import Text, Value
from glasstown.paths import explorer_folder

STORIES: Final = "stories.yaml"


class TownOf(Value):
    """A town as an address has it."""

    town: Text = Field(description="what `glasstown run` calls it")
    people: int = Field(description="how many live there")
    months: int = Field(description="how long")
    seed: int = Field(description="whose luck")
    set: Text = Field("", description="levers, as an address has them")


class Scene(Value):
    """One scene: what it tells, and the rule behind it."""

    heading: Text = Field(description="what it is about")
    rule: Text | None = Field(None, description="BOOK#ID of a clause, measure or statement of a rulebook")
    text: tuple[Text, ...] = Field(min_length=1, description="paragraphs")


class Choice(Value):
    """One answer to a guess, right where the number lies in its range."""

    id: Text = Field(description="as an address has it")
    words: Text = Field(description="as it is read")
    least: int | None = Field(None, description="right from this number on")
    below: int | None = Field(None, description="right below this number")

    def holds(self, number: int) -> bool:
        """Return whether a number makes this choice the right one."""
        return (self.least is None or number >= self.least) and (self.below is None or number < self.below)


class Guess(Value):
    """What a reader guesses before it is told."""

    question: Text = Field(description="what is asked")
    of: Text = Field(description="figure that decides")
    choices: tuple[Choice, ...] = Field(min_length=2, description="answers, of which one holds")
    answer: Text = Field(description="what it was")
    after: Text | None = Field(None, description="what a reader should know of it")


class LifeOf(Value):
    """One life of one of the towns, laid beside the same one in the other."""

    heading: Text = Field(description="who it is")
    text: Text = Field(description="what became of them in both")
    of: Text = Field(description="town that it is told in")
    beside: Text = Field(description="town that it is laid beside")


class DeskOf(Value):
    """The desk at which the story ends."""

    name: Text = Field(description="whose it is")
    text: Text = Field(description="what is decided there")


class Story(Value):
    """One story."""

    slug: Text = Field(description="as an address has it")
    title: Text = Field(description="its name")
    lead: Text = Field(description="what it is about, in a sentence")
    towns: Mapping[str, TownOf] = Field(description="its two towns: first and second")
    scenes: tuple[Scene, ...] = Field(min_length=1, description="rules, one after another")
    guess: Guess = Field(description="what is guessed")
    life: LifeOf = Field(description="whose life is told")
    desk: DeskOf = Field(description="where it ends")

    def view(self, name: str) -> View:
        """Return one of its towns as a view."""
        said = self.towns[name]
        found = {key: str(getattr(said, key)) for key in ("town", "people", "months", "seed", "set")}
        return view_of(found, tuple(offered.towns()))


class Shelf(Value):
    """All stories."""

    stories: tuple[Story, ...] = Field(description="in the order in which they are offered")


@lru_cache(maxsize=1)
def stories() -> dict[str, Story]:
    """Return every story by its slug."""
    read = read_with_places(explorer_folder() / STORIES, Shelf)
    return {each.slug: each for each in read.value.stories}
