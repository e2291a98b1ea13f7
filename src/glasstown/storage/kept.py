"""The texts of a run, read again from its manifest alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeVar

from pydantic import BaseModel

from glasstown.language.acts import ActCatalogue
from glasstown.language.files import Read, parse_with_places
from glasstown.language.kept import read_kept
from glasstown.language.load import checked_parameters, joined_acts
from glasstown.language.model import Rulebook
from glasstown.language.parameters import Parameters
from glasstown.storage.manifest import Document, RulebookDocuments

ModelT = TypeVar("ModelT", bound=BaseModel)


def book_of(
    documents: RulebookDocuments, settings: Mapping[str, str] | None = None, acts: ActCatalogue | None = None
) -> Rulebook:
    """Return a run's rulebook in the reading that ran, with what the run set in it; with `acts` its meaning is checked again."""
    return read_kept(documents.kept, documents.variant, settings, acts)


def read_of(document: Document, model: type[ModelT]) -> Read[ModelT]:
    """Return a document as a value, with the places of its parts; `RulebookError` with every fault of its shape."""
    return parse_with_places(document.text, document.name, model)


def value_of(document: Document, model: type[ModelT]) -> ModelT:
    """Return a document as a value; `RulebookError` with every fault of its shape."""
    return read_of(document, model).value


def parameters_of(document: Document) -> Parameters:
    """Return a run's parameters before it set any, their meaning checked again."""
    return checked_parameters(read_of(document, Parameters))


def acts_of(documents: Sequence[Document], *, checked: bool = False) -> ActCatalogue:
    """Return the run's act catalogue, with the acts that lay beside its rulebooks."""
    return joined_acts([read_of(document, ActCatalogue) for document in documents], checked=checked)
