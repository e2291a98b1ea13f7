"""A rulebook from texts that a run has kept, with no file of its own: nothing is laid out on disk to be read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from glasstown.errors import Fault, RulebookError
from glasstown.language.acts import ActCatalogue
from glasstown.language.check import check_rulebook
from glasstown.language.files import parse_file, parse_with_places
from glasstown.language.model import Rulebook
from glasstown.language.texts import RULES, SOURCES, Parts, SourceFile, Text, assembled, with_reading, with_settings
from glasstown.language.tree import Document


@dataclass(frozen=True, slots=True)
class KeptTexts:
    """The texts of one rulebook, and of what lies beneath it."""

    id: str
    rules: str
    sources: str
    base: KeptTexts | None = None


def read_kept(
    kept: KeptTexts, variant: str | None, settings: Mapping[str, str] | None = None, acts: ActCatalogue | None = None
) -> Rulebook:
    """Return a rulebook whose meaning was checked when it ran; today's acts and today's files have no say in it.

    With `acts`, those that its run kept, its meaning is checked again: a run that is to be lived anew may set other values.

    Errors   RulebookError where a text is faulty, where it is another rulebook than it is called, or where one beneath is missing.
    """
    book, _, where = with_settings(_text(kept, variant), settings or {})
    if acts is not None and (faults := check_rulebook(book, acts, where)):
        raise RulebookError(f"rulebook '{kept.id}' of the run", faults)
    return book


def _text(kept: KeptTexts, variant: str | None) -> Text:
    document = parse_file(kept.rules, f"{kept.id}/{RULES}")
    cited = parse_with_places(kept.sources, f"{kept.id}/{SOURCES}", SourceFile)
    parts = Parts(document, _beneath(kept, document), (cited.value.sources, cited.where, []))
    text = assembled(parts, variant, f"rulebook '{kept.id}' of the run")
    if text.book.id != kept.id:
        way_out = "Take the run's manifest from a copy, or run the command again."
        fault = Fault("id", text.where.at("id"), f"'{text.book.id}'", f"'{kept.id}', as the run calls it", way_out)
        raise RulebookError(f"rulebook '{kept.id}' of the run", [fault])
    return text


def _beneath(kept: KeptTexts, document: Document) -> Text | None:
    """Return the kept rulebook beneath an add-on; a file that `extends` names is never looked for."""
    extends = document.data.get("extends") if isinstance(document.data, dict) else None
    if not isinstance(extends, str):
        return None
    if kept.base is None:
        way_out = "Take the run's manifest from a copy, or run the command again."
        fault = Fault(
            "extends", document.at("extends"), f"'{extends}', which the run has not kept", "its text", way_out
        )
        raise RulebookError(f"rulebook '{kept.id}' of the run", [fault])
    return _text(kept.base, with_reading(extends)[1])
