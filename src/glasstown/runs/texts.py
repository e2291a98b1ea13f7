"""The texts that a run rests on: those that a request names, or those that an earlier run has kept."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Self

from glasstown.engine.tables.own import gates_of_towns
from glasstown.errors import Fault, Place, RulebookError, RunWarning, UsageError
from glasstown.incoming import check_name, path_of
from glasstown.language.acts import ActCatalogue
from glasstown.language.drive import Drive, checked_drive, drive_file, load_drive
from glasstown.language.files import read_with_places
from glasstown.language.load import (
    load_acts,
    load_parameters,
    load_place,
    load_rulebook,
    locate,
    place_text,
    read_again,
    shipped,
)
from glasstown.language.mechanism import Mechanism, check_about, parse_mechanism, read_mechanism
from glasstown.language.model import Rulebook
from glasstown.language.overlays import classes_without_hazard, overlaid_acts, overlaid_parameters
from glasstown.language.parameters import Parameters, PlaceFile
from glasstown.language.place_csv import is_table
from glasstown.language.texts import ACTS, RULES, SOURCES, base_of, chain_of
from glasstown.paths import data_folder, rulebook_folder
from glasstown.population import check_place
from glasstown.runs.driven import check_drive
from glasstown.runs.levers import split_settings
from glasstown.runs.trusted import trust, trust_hash
from glasstown.storage.kept import acts_of, book_of, parameters_of, read_of, value_of
from glasstown.storage.manifest import Document, Manifest, RulebookDocuments
from glasstown.storage.names import fit_name

NOT_OWN = ("c10", "c11")
"""classes in which no mechanism of one's own has a say: reporting others, and judgments"""
PARAMETERS, PLACES, DRIVES, USUAL_PLACE = "parameters.yaml", "places", "drives", "china-2020"


@dataclass(frozen=True, slots=True)
class Texts:
    """What a manifest holds whole; each text has its hash."""

    rulebooks: tuple[RulebookDocuments, ...]
    acts: tuple[Document, ...]
    parameters: Document
    place: Document
    drive: Document | None = None
    own_acts: Document | None = None
    own_parameters: Document | None = None
    mechanism: Document | None = None

    @classmethod
    def of(cls, manifest: Manifest) -> Self:
        """Return the texts of a run."""
        names = ("rulebooks", "acts", "parameters", "place", "drive", "own_acts", "own_parameters", "mechanism")
        return cls(**{name: getattr(manifest, name) for name in names})


@dataclass(frozen=True, slots=True)
class Found:
    """Texts, and what they say: rulebooks as the run sets them, and parameters before it sets them."""

    texts: Texts
    books: tuple[Rulebook, ...]
    acts: ActCatalogue
    parameters: Parameters
    place: PlaceFile
    drive: Drive | None = None
    mechanism: Mechanism | None = None


@dataclass(frozen=True, slots=True)
class OwnFiles:
    """Files that a request puts over what ships, and a mechanism of its own; None for none.

    trusted   SHA-256 of the mechanism of an earlier run that the user trusts
    """

    acts: str | None = None
    parameters: str | None = None
    mechanism: str | None = None
    trusted: str | None = None

    def over(self, texts: Texts) -> Texts:
        """Return texts with these files as they are now in the place of those that were over them before."""
        acts = _own_document(self.acts, "the acts") if self.acts is not None else texts.own_acts
        parameters = (
            _own_document(self.parameters, "the parameters") if self.parameters is not None else texts.own_parameters
        )
        mechanism = texts.mechanism
        if self.mechanism is not None:
            read_mechanism(path_of(self.mechanism))  # first: it says in words what is no such file
            mechanism = _own_document(self.mechanism, "the mechanism")
            trust(mechanism)
        if self.trusted is not None and mechanism is not None:
            trust_hash(mechanism, self.trusted)
        return replace(texts, own_acts=acts, own_parameters=parameters, mechanism=mechanism)


def refuse_trust(sha256: str) -> None:
    """Refuse to trust a mechanism where there is none."""
    fault = Fault(
        "--trust-mechanism", None, sha256, "a run with a mechanism", "Leave it out; nothing of yours is code."
    )
    raise UsageError("The run", [fault])


def _own_document(name: str, what: str) -> Document:
    check_name(path_of(name), what)
    return Document.from_file(path_of(name))


def installed(references: Sequence[str], place: str, settings: Mapping[str, str], own: OwnFiles = OwnFiles()) -> Found:
    """Return what these names mean today, read and checked, with one's own acts and parameters over those that ship.

    Errors   RulebookError, UsageError: one message with all that is wrong.
    """
    over = None if own.acts is None else read_with_places(path_of(own.acts), ActCatalogue)
    plain = tuple(load_rulebook(reference, over=over) for reference in references)
    _, rules = split_settings(settings, [book.id for book in plain])
    books = tuple(
        load_rulebook(reference, rules[book.id], over) if book.id in rules else book
        for reference, book in zip(references, plain, strict=True)
    )
    documents = tuple(documents_of(reference, book) for reference, book in zip(references, books, strict=True))
    check_together(references, documents)
    own_acts = _own_acts(references, books)
    acts = tuple(
        Document.of(f"acts{number or ''}.yaml", file.read_text("utf-8"))
        for number, file in enumerate([data_folder() / ACTS, *own_acts])
    )
    parameters, file = Document.from_file(data_folder() / PARAMETERS), _place_file(place)
    aggregates, place_document = _place(place, file)
    texts = own.over(Texts(documents, acts, parameters, place_document))
    found = with_own(Found(texts, books, load_acts(*own_acts), load_parameters(), aggregates))
    _check_place(found, place, Place(str(file)))
    return found


def with_own(found: Found) -> Found:
    """Return texts with what they have of one's own laid over acts and parameters, checked as a whole.

    Errors   RulebookError with every fault of a file
    """
    texts = found.texts
    if texts.own_acts is not None:
        found = replace(found, acts=overlaid_acts(found.acts, read_of(texts.own_acts, ActCatalogue)))
    if texts.own_parameters is not None:
        classes, books = [each.id for each in found.acts.classes], [each.id for each in found.books]
        over = read_of(texts.own_parameters, Parameters)
        found = replace(found, parameters=overlaid_parameters(found.parameters, over, classes, books))
    if texts.mechanism is not None:
        mechanism = parse_mechanism(texts.mechanism.text, texts.mechanism.name)
        known = {each.id: each.kind for each in found.acts.classes if each.id not in NOT_OWN}
        people = [name for name, kind in known.items() if kind == "person"]
        about = {
            "detection": [act.id for act in found.acts.acts if act.class_ in people and act.share > 0],
            "hazard": people, "gate": gates_of_towns(),
        }  # fmt: skip
        check_about(mechanism, about, [each.id for each in found.parameters.parameters], texts.mechanism.name)
        every = (*found.parameters.parameters, *mechanism.parameters)
        found = replace(
            found, mechanism=mechanism, parameters=found.parameters.model_copy(update={"parameters": every})
        )
    faults = classes_without_hazard(found.acts, found.parameters) if texts.own_acts is not None else []
    if faults:
        raise RulebookError("acts", faults)
    return found


def kept(texts: Texts, settings: Mapping[str, str], acts: ActCatalogue | None = None) -> Found:
    """Return what the texts of a run say; with `acts` the meaning of the rulebooks is checked again by those.

    Errors   RulebookError where a text is faulty, UsageError where a setting is.
    """
    if acts is None:
        return _kept(texts, tuple(settings.items()))
    return _said(texts, settings, acts)


@lru_cache(maxsize=8)
def _kept(texts: Texts, settings: tuple[tuple[str, str], ...]) -> Found:
    """Return what texts say, read once: they are the key, so several runs of the same texts are read once."""
    return _said(texts, dict(settings), None)


def _said(texts: Texts, settings: Mapping[str, str], acts: ActCatalogue | None) -> Found:
    _, rules = split_settings(settings, [each.id for each in texts.rulebooks])
    books = tuple(book_of(each, rules.get(each.id), acts) for each in texts.rulebooks)
    parameters, place = value_of(texts.parameters, Parameters), value_of(texts.place, PlaceFile)
    drive = None if texts.drive is None else checked_drive(read_of(texts.drive, Drive))
    return with_own(Found(texts, books, acts or acts_of(texts.acts), parameters, place, drive))


def kept_for_another(texts: Texts, place: str | None, settings: Mapping[str, str], own: OwnFiles = OwnFiles()) -> Found:
    """Return what the texts of a run say to another one, checked as those of a new one are; `place` names another than the run's.

    Errors   RulebookError, UsageError: one message with all that is wrong.
    """
    texts = own.over(texts)
    acts = acts_of(texts.acts, checked=True)
    if texts.own_acts is not None:
        acts = overlaid_acts(acts, read_of(texts.own_acts, ActCatalogue))
    found = kept(texts, settings, acts)
    parameters_of(texts.parameters)
    if place is None:
        _check_place(found, Path(texts.place.name).stem, Place(f"{texts.place.name} of the run"))
        return found
    file = _place_file(place)
    aggregates, document = _place(place, file)
    found = replace(found, place=aggregates, texts=replace(texts, place=document))
    _check_place(found, place, Place(str(file)))
    return found


def with_drive(found: Found, name: str | None) -> Found:
    """Return texts with a drive beside them, the kept one where none is named, checked against rulebooks and place.

    Errors   RulebookError, UsageError: one message with all that is wrong.
    """
    if name is not None:
        document = Document.from_file(drive_file(name))
        found = replace(found, texts=replace(found.texts, drive=document), drive=load_drive(name))
    if found.drive is not None:
        check_drive(found.drive, found.books, found.place)
    return found


def _check_place(found: Found, name: str, where: Place) -> None:
    if faults := check_place(found.place, found.acts, where):
        raise UsageError(f"Place '{name}'", faults)


def documents_of(reference: str, book: Rulebook) -> RulebookDocuments:
    """Return the texts of a rulebook that a reference names, and of what lies beneath it."""
    path, variant = locate(reference)
    return _documents_at(path, book.id, book.variant or variant)


def _documents_at(path: Path, name: str, variant: str | None) -> RulebookDocuments:
    """Return the texts of the rulebook in a file, and of what lies beneath it."""
    beneath = base_of(path)
    base = None
    if beneath is not None:
        below = read_again(*beneath)
        base = _documents_at(beneath[0], below.id, below.variant)
    sources = Document.from_file(path.parent / "sources.yaml")
    return RulebookDocuments(id=name, variant=variant, rules=Document.from_file(path), sources=sources, base=base)


def _own_acts(references: Sequence[str], books: Sequence[Rulebook]) -> list[Path]:
    """Return the acts.yaml that lie beside rulebooks and their bases, each once, in the order of the rulebooks' ids.

    So the order in which rulebooks are named changes nobody's acts.
    """
    chains = {book.id: chain_of(locate(ref)[0]) for ref, book in zip(references, books, strict=True)}
    beside = [path.parent / "acts.yaml" for book_id in sorted(chains) for path in reversed(chains[book_id])]
    return list(dict.fromkeys(path for path in beside if path.is_file()))


def check_together(references: Sequence[str], documents: Sequence[RulebookDocuments]) -> None:
    """Refuse rulebooks that no run can tell apart: the same reading twice, or two texts of one id."""
    faults = []
    for number, (reference, mine) in enumerate(zip(references, documents, strict=True)):
        earlier = documents[:number]
        if any(each.reference == mine.reference for each in earlier):
            way_out = "Name it once. Two readings of one rulebook may stand side by side."
            faults.append(Fault("rulebook", None, f"'{mine.reference}' twice", "each reading once", way_out))
        elif any(each.id == mine.id and each.rules.sha256 != mine.rules.sha256 for each in earlier):
            expected = f"one text of the rulebook '{mine.id}'"
            way_out = "Give one of the two another id in its rules.yaml."
            faults.append(Fault("rulebook", None, f"another text of the same id in '{reference}'", expected, way_out))
    if faults:
        raise UsageError("The run", faults)


def say_what_differs(path: Path, manifest: Manifest) -> None:
    """Say of an earlier run which of its texts is another one than is installed under its name: the run's is what counts."""
    names = tuple(dict.fromkeys(_differing(Texts.of(manifest))))
    if names:
        text = f"{path}: {', '.join(names)}: the run's text differs from the installed one; the run's is taken."
        warnings.warn(text, RunWarning, stacklevel=3)


def _differing(texts: Texts) -> Iterator[str]:
    """Yield the names of texts that are installed otherwise; a rulebook that does not ship is nowhere installed."""
    known = shipped()
    own_acts = {each.sha256 for each in texts.acts[1:]}
    for book in (each for top in texts.rulebooks for each in _chain(top)):
        if book.id in known:
            folder = rulebook_folder() / book.id
            beside = folder / ACTS
            same = book.rules.sha256 == _hash(folder / RULES) and book.sources.sha256 == _hash(folder / SOURCES)
            if not same or (beside.is_file() and _hash(beside) not in own_acts):
                yield book.id
    data = data_folder()
    kept_in = (
        (texts.acts[0], data),
        (texts.parameters, data),
        (texts.place, data / PLACES),
        (texts.drive, data / DRIVES),
    )
    for document, folder in kept_in:
        file = folder / document.name if document is not None else folder
        if document is not None and file.is_file() and document.sha256 != _hash(file):
            yield document.name


def _chain(book: RulebookDocuments) -> Iterator[RulebookDocuments]:
    yield book
    if book.base is not None:
        yield from _chain(book.base)


def _hash(path: Path) -> str | None:
    return Document.from_file(path).sha256 if path.is_file() else None


def _place(name: str, file: Path) -> tuple[PlaceFile, Document]:
    """Return a place and its text, that of a table being the place file that it comes to."""
    if not file.is_file() or not is_table(file):
        aggregates = load_place(name)  # first: it says in words what is no such file
        return aggregates, Document.from_file(file)
    check_name(file, "the place")
    aggregates, text = place_text(file)
    return aggregates, Document.of(fit_name(f"{file.name}.yaml"), text or "")


def _place_file(ref: str) -> Path:
    """Return the file that a place's id or path names."""
    shipped = data_folder() / PLACES / f"{ref}.yaml"
    return shipped if shipped.is_file() else path_of(ref)
