"""What `--set` can change: the model's parameters, and every number and choice of a rulebook."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypeAlias

from pydantic import BaseModel

from glasstown.answers.base import Answer
from glasstown.incoming import path_of
from glasstown.language.load import load_parameters, load_rulebook
from glasstown.language.mechanism import read_mechanism
from glasstown.language.parameters import Parameter
from glasstown.language.variants import NOT_SET
from glasstown.render.blocks import Block, Item, Paragraph
from glasstown.runs.usage import check_word
from glasstown.studies.ranges import shipped_ends
from glasstown.types import UNKNOWN
from glasstown.wording import counted

if TYPE_CHECKING:
    from glasstown.language.model import Cite, Rulebook

NO_LEVER = NOT_SET | {"cite", "year", "severity", "min_age"}
"""keys below which nothing changes what a rule does"""
Leaf: TypeAlias = "tuple[tuple[str, ...], Any, str, Cite | None]"
"""path, value, words and citation of what can be set"""
OFF = ", 0 for off"
"""what stands behind the bounds of a parameter that 0 switches off"""
HOW = "Set one with `--set PATH=VALUE` on `glasstown run`; several may be set."


@dataclass(frozen=True, slots=True)
class Lever:
    """One thing that can be set: its path, what it is, its value, bounds and unit, and where the value comes from.

    members   between which values nine in ten members of the ensemble lie; None where it does not turn this
    """

    path: str
    label: str
    value: str
    bounds: str
    unit: str
    step: str | None
    evidence: str
    source: str
    members: str | None = None

    def as_json(self) -> dict[str, Any]:
        """Return the lever as one JSON object."""
        return {name: getattr(self, name) for name in self.__slots__}

    def item(self) -> Item:
        """Return the lever as it is shown."""
        span, off = self.bounds.removesuffix(OFF), "; 0 for off" if self.bounds.endswith(OFF) else ""
        unit = f" {self.unit}" if self.unit else ""
        members = f"; members of the ensemble {self.members}" if self.members else ""
        bounds = f"({span}{unit}{off}{members})" if span else self.unit
        step = f"{self.step}: " if self.step else ""
        quiet = (f"[{self.evidence}] {self.source}",) if self.evidence else ()
        return Item(f"{self.path}={self.value}", bounds, (f"{step}{self.label}",) if self.label else (), quiet)


@dataclass(frozen=True)
class Levers(Answer):
    """Levers in the order of the model's steps, or of a rulebook."""

    levers: tuple[Lever, ...]

    def as_json(self) -> dict[str, Any]:
        """Return one object for each lever."""
        return {"levers": [lever.as_json() for lever in self.levers]}

    def columns(self) -> Mapping[str, Sequence[Any]]:
        """Return one row for each lever."""
        rows = [lever.as_json() for lever in self.levers]
        return {name: [row[name] for row in rows] for name in Lever.__slots__}

    def blocks(self) -> list[Block]:
        """Return the levers, each with its path as `--set` takes it, its value and bounds, what it is, and its source."""
        if not self.levers:
            return [Paragraph("No lever fits.")]
        return [*(each.item() for each in self.levers), Paragraph(f"{counted(len(self.levers), 'lever')}. {HOW}")]


def levers(references: Sequence[str], about: str | None, mechanism: str | None = None) -> Levers:
    """Return the model's parameters, or with rulebooks what can be set in them; `about` keeps those with a word in them.

    mechanism   file of a mechanism of one's own, whose parameters are then told too
    """
    check_word("about", about)
    own = () if mechanism is None else read_mechanism(path_of(mechanism)).parameters
    model = (*load_parameters().parameters, *own) if not references else own
    found = [*(lever for each in references for lever in _of_book(load_rulebook(each))), *_of_model(model)]
    word = (about or "").casefold()
    return Levers(tuple(each for each in found if word in f"{each.path} {each.label} {each.step}".casefold()))


def _of_model(parameters: Sequence[Parameter]) -> Iterator[Lever]:
    ends = shipped_ends() if parameters else {}
    for each in parameters:
        bounds = f"{each.low} to {each.high}{OFF if each.off else ''}"
        basis = each.basis
        yield Lever(
            each.id, each.label, str(each.value), bounds, each.unit, each.step, basis.evidence, basis.source,
            f"{ends[each.id][0]} to {ends[each.id][1]}" if each.id in ends else None,
        )  # fmt: skip


def _of_book(book: Rulebook) -> Iterator[Lever]:
    for path, value, label, cite in _leaves(book, (), "", None):
        evidence, source = (cite.evidence, f"{cite.source}, {cite.at}") if cite is not None else ("", "")
        bounds = "true or false" if isinstance(value, bool) else ""
        yield Lever(
            "/".join((book.id, *path)), label, _text(value), bounds, _unit(path, book), None, evidence, source
        )  # fmt: skip


def _leaves(value: Any, path: tuple[str, ...], label: str, cite: Cite | None) -> Iterator[Leaf]:
    """Yield everything below a value that a run can set, with the words and the citation of what it belongs to."""
    if isinstance(value, BaseModel):
        words = str(getattr(value, "label", None) or getattr(value, "text", None) or label)
        own = getattr(value, "cite", None) or cite
        for name, field in type(value).model_fields.items():
            if name not in NO_LEVER and name in value.model_fields_set:
                yield from _leaves(getattr(value, name), (*path, field.alias or name), words, own)
    elif isinstance(value, tuple):
        for number, item in enumerate(value):
            if isinstance(item, BaseModel):
                yield from _leaves(item, (*path, str(getattr(item, "id", number))), label, cite)
    elif isinstance(value, bool | int | Decimal | date) or value == UNKNOWN:
        yield path, value, label, cite


def _unit(path: tuple[str, ...], book: Rulebook) -> str:
    """Return the unit of what stands at a path, where the path tells it."""
    if path[-1] in ("days", "working_days", "months", "years"):
        return path[-1].replace("_", " ")
    if "grace" in path or "extension" in path:
        return "months"
    if "fine" in path:
        return "yuan"
    return f"{book.score.unit}s" if path[-1] in ("points", "value", "each", "least", "most") else ""


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return format(value.normalize(), "f") if isinstance(value, Decimal) else str(value)
