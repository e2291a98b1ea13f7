"""The texts of a run, read again from its manifest alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeVar

from pydantic import BaseModel

from glasstown.language.acts import ActCatalogue
from glasstown.language.files import parse_with_places
from glasstown.language.kept import read_kept
from glasstown.language.model import Rulebook
from glasstown.storage.manifest import Document, RulebookDocuments

ModelT = TypeVar("ModelT", bound=BaseModel)


def book_of(documents: RulebookDocuments, settings: Mapping[str, str] | None = None) -> Rulebook:
    """Return a run's rulebook in the reading that ran, with what the run set in it."""
    return read_kept(documents.kept, documents.variant, settings)


def value_of(document: Document, model: type[ModelT]) -> ModelT:
    """Return a document as a value; `RulebookError` with every fault of its shape."""
    return parse_with_places(document.text, document.name, model).value


def acts_of(documents: Sequence[Document]) -> ActCatalogue:
    """Return the run's act catalogue, with the acts that lay beside its rulebooks."""
    acts, *own = (value_of(document, ActCatalogue) for document in documents)
    for more in own:
        changes = {name: getattr(acts, name) + getattr(more, name) for name in ("roles", "classes", "acts")}
        acts = acts.model_copy(update=changes)
    return acts
