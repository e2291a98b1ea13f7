"""The act catalogue: what people and firms do, independent of any rulebook.

An act belongs to one conduct class of the society model, is open to those who have a role, happens once or lasts, and
is found out in a stated way.  A rulebook's clause names the act that it answers to, so that the same people with the
same luck can live under another rulebook.

Circles in what points to what: exceptions to clauses, kinds of acts.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Literal

from pydantic import Field

from glasstown.language.model import Identifier, Text, Value, Version
from glasstown.types import EntityKind, Evidence


class Basis(Value):
    """Source and standing of a number of the model."""

    source: Text = Field(description="where it comes from; 'own assumption' where there is nothing better")
    evidence: Evidence = Field(description="how well it is documented")
    note: Text | None = Field(None, description="what a reader should know")


class FromAge(Value):
    """From which age on somebody can act in a class, or answer for it."""

    years: int = Field(ge=0, le=120, description="the lowest age in years")
    basis: Basis = Field(description="where the number comes from")


class ActClass(Value):
    """One conduct class of the society model, such as c0, road traffic.  Its hazard is a parameter."""

    id: Identifier = Field(description="c0 to c11 for people, k0 to k7 for firms")
    kind: Literal["person", "firm"] = Field(description="who does it")
    label: Text = Field(description="the class in words")
    tone: Literal["offence", "lawful expression", "good deed"] = Field(
        description="lawful expression is never counted as an offence"
    )
    from_age: FromAge | None = Field(None, description="the age from which people do it; left out: any, and of firms")


class Role(Value):
    """A role that opens acts to those who have it."""

    id: Identifier = Field(description="id of the role")
    kind: Literal["person", "firm"] = Field(description="who can have it")
    label: Text = Field(description="the role in words")


class Spell(Value):
    """An act that lasts: its length is geometric with this monthly chance of ending."""

    ends_per_month: Decimal = Field(gt=0, le=1, description="chance that the state ends within a month")
    basis: Basis = Field(description="where the number comes from")


class Amount(Value):
    """How much of it: a whole number drawn evenly between least and most."""

    unit: Text = Field(description="hour, yuan, time")
    least: int = Field(ge=1, description="smallest amount")
    most: int = Field(ge=1, description="largest amount")
    basis: Basis = Field(description="where the numbers come from")


class Detection(Value):
    """How an act is found out, and with what chance."""

    by: Literal["camera", "patrol", "inspection", "office", "court", "report", "own claim"] = Field(
        description="who or what sees it"
    )
    urban: Decimal = Field(ge=0, le=1, description="chance that one act is found out, in town")
    rural: Decimal = Field(ge=0, le=1, description="the same, in the countryside")
    basis: Basis = Field(description="where the numbers come from")


class Act(Value):
    """One kind of conduct."""

    id: Identifier = Field(description="id of the act")
    label: Text = Field(description="the act in words")
    class_: Identifier = Field(alias="class", description="its conduct class")
    share: Decimal = Field(
        ge=0, le=1, description="its share of the class's acts among those open to it; 0 for a mere heading"
    )
    share_basis: Basis = Field(description="where the share comes from")
    role: Identifier | None = Field(None, description="open only to those who have this role")
    is_a: Identifier | None = Field(None, description="the more general act that it is a kind of")
    needs_means: bool = Field(
        False, description="whether only somebody who could pay can do it: means are tested before it is recorded"
    )
    spell: Spell | None = Field(None, description="given when the act lasts")
    amount: Amount | None = Field(None, description="given when the act has an amount")
    detected: Detection = Field(description="how it is found out")


class ActCatalogue(Value):
    """All acts, roles and classes."""

    glasstown_acts: Version = Field(description="version of the catalogue's format")
    roles: tuple[Role, ...] = Field((), description="roles")
    classes: tuple[ActClass, ...] = Field((), description="conduct classes, in the order of the model")
    acts: tuple[Act, ...] = Field(description="acts")

    def act(self, act_id: str) -> Act:
        """Return the act of this id; `KeyError` when there is none."""
        return next(act for act in self.acts if act.id == act_id)

    def ids(self) -> tuple[str, ...]:
        """Return the ids of all acts, in catalogue order."""
        return tuple(act.id for act in self.acts)

    def kind_of(self, act: Act) -> EntityKind:
        """Return whether people or firms do this act."""
        return next(c.kind for c in self.classes if c.id == act.class_)

    def lineage(self, act_id: str) -> tuple[str, ...]:
        """Return the act and the more general acts above it, nearest first."""
        by_id = {act.id: act for act in self.acts}
        line: list[str] = []
        current: str | None = act_id
        while current is not None and current not in line:
            line.append(current)
            current = by_id[current].is_a if current in by_id else None
        return tuple(line)


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
