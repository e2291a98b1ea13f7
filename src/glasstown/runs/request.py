"""What is asked of a run, and how it becomes a manifest: every text that the run rests on, whole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path

from glasstown.archive.library import expanded
from glasstown.errors import Fault, Place, RunError, UsageError, did_you_mean
from glasstown.incoming import fault_of_text
from glasstown.language.acts import ActCatalogue
from glasstown.language.load import load_acts, load_parameters, load_place, load_rulebook, locate, read_again
from glasstown.language.model import Rulebook
from glasstown.language.parameters import Parameters, PlaceFile
from glasstown.language.resolve import with_unknown
from glasstown.language.texts import base_of, chain_of
from glasstown.machine import memory_bytes
from glasstown.paths import data_folder
from glasstown.population import check_place
from glasstown.storage.folder import RunFolder
from glasstown.storage.identity import code_hash
from glasstown.storage.kept import acts_of, book_of, value_of
from glasstown.storage.manifest import Document, Manifest, RulebookDocuments, installed_versions
from glasstown.wording import noun

MOST_MONTHS = 1023
LAST_YEAR = date.max.year - 90
"""Last year in which a town can begin: the days of entries reach ninety years ahead, and each has a date."""
MOST_THREADS = 256


@dataclass(frozen=True, slots=True)
class RunRequest:
    """One run as asked for: a rulebook, or several with commas between them.

    `out` None lets the caller choose; `firms` None gives what the rulebooks and the place call for.
    """

    rulebook: str
    people: int = 100_000
    firms: int | None = None
    months: int = 60
    seed: int = 1
    settings: Mapping[str, str] = field(default_factory=dict)
    place: str = "china-2020"
    start: str | None = None
    unknown: str | None = None
    threads: int | None = None
    track: int = 0
    out: Path | None = None
    command: str = ""


@dataclass(frozen=True, slots=True)
class Inputs:
    """Everything that a town is made of, read; `names` are the rulebooks' names in the run, in the order of `books`."""

    names: tuple[str, ...]
    books: tuple[Rulebook, ...]
    acts: ActCatalogue
    parameters: Parameters
    place: PlaceFile

    def scores(self, kind: str) -> bool:
        """Return whether any clause of any rulebook is about people, or about firms."""
        return any(scores(book, kind) for book in self.books)


def scores(book: Rulebook, kind: str) -> bool:
    """Return whether any clause of a rulebook is about people, or about firms: a score that no clause moves is none."""
    return any(clause.applies_to.kind == kind for clause in book.clauses)


def manifest_of(request: RunRequest) -> tuple[Manifest, Inputs]:
    """Return the manifest of a request and what it names, read and checked.

    Errors   RulebookError, PopulationError, UsageError, RunError: one message with all that is wrong.
    """
    references = references_of(request.rulebook)
    plain = tuple(load_rulebook(reference) for reference in references)
    numbers, rules = split_settings(request.settings, [book.id for book in plain])
    books = tuple(
        load_rulebook(reference, rules[book.id]) if book.id in rules else book
        for reference, book in zip(references, plain, strict=True)
    )
    documents = tuple(documents_of(reference, book) for reference, book in zip(references, books, strict=True))
    check_together(references, documents)
    own_acts = _own_acts(references, books)
    acts = load_acts(*own_acts)
    parameters = with_settings(load_parameters(), numbers)
    place = load_place(request.place)
    check_asked(request)
    at_bound = tuple(_at_bound(book, request.unknown) for book in books)
    inputs = Inputs(tuple(each.reference for each in documents), at_bound, acts, parameters, place)
    firms = n_firms(request, inputs)
    place_path = _place_path(request.place)
    faults = check_place(place, acts, Place(str(place_path)))
    if faults:
        raise UsageError(f"Place '{request.place}'", faults)
    manifest = Manifest(
        command=request.command,
        versions=installed_versions(),
        code=code_hash(),
        rulebooks=documents,
        acts=tuple(
            Document.of(f"acts{number or ''}.yaml", file.read_text("utf-8"))
            for number, file in enumerate([data_folder() / "acts.yaml", *own_acts])
        ),
        parameters=Document.from_file(data_folder() / "parameters.yaml"),
        place=Document.from_file(place_path),
        settings=dict(request.settings),
        unknown=request.unknown,
        seed=request.seed,
        people=request.people,
        firms=firms,
        months=request.months,
        start=start_of(request, books),
        track=request.track,
        threads=request.threads,
    )
    return manifest, inputs


def references_of(text: str) -> tuple[str, ...]:
    """Return the rulebooks that are asked for: one, or several with commas between them; a preset stands for its own."""
    references = tuple(part.strip() for part in text.split(","))
    if not all(references):
        fault = Fault("rulebook", None, f"'{text}'", "ids or paths with one comma between two", "Leave no place empty.")
        raise UsageError("The run", [fault])
    return tuple(name for reference in references for name in expanded(reference))


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


def inputs_of(folder: RunFolder) -> Inputs:
    """Return what a run was made of, from the texts in its manifest alone."""
    manifest = folder.manifest
    numbers, rules = split_settings(manifest.settings, [each.id for each in manifest.rulebooks])
    books = tuple(book_of(each, rules.get(each.id)) for each in manifest.rulebooks)
    acts = acts_of(manifest.acts)
    parameters = with_settings(value_of(manifest.parameters, Parameters), numbers)
    place = value_of(manifest.place, PlaceFile)
    at_bound = tuple(_at_bound(book, manifest.unknown) for book in books)
    return Inputs(tuple(each.reference for each in manifest.rulebooks), at_bound, acts, parameters, place)


def _at_bound(book: Rulebook, unknown: str | None) -> Rulebook:
    """Return the rulebook with unknown points at a bound, where one is asked for."""
    if unknown == "low":
        return with_unknown(book, "low")
    if unknown == "high":
        return with_unknown(book, "high")
    return book


def _place_path(ref: str) -> Path:
    """Return the file that a place's id or path names."""
    shipped = data_folder() / "places" / f"{ref}.yaml"
    return shipped if shipped.is_file() else Path(ref)


def split_settings(
    settings: Mapping[str, str], books: Sequence[str]
) -> tuple[dict[str, str], dict[str, dict[str, str]]]:
    """Return the settings of the model's parameters, and those of each rulebook by its id: RULEBOOK/path.

    Errors   UsageError where a path begins with no rulebook of the run, or a text may not come in.
    """
    texts = [text for path, value in settings.items() for text in (path, value) if not _is_number(text)]
    wrong = [fault for text in texts if (fault := fault_of_text(text, "--set", None))]
    if wrong:
        raise UsageError("The settings", wrong)
    numbers = {path: text for path, text in settings.items() if "/" not in path}
    rules: dict[str, dict[str, str]] = {}
    faults = []
    for path, text in settings.items():
        name, slash, inside = path.partition("/")
        if not slash:
            continue
        if name in books:
            rules.setdefault(name, {})[inside] = text
        else:
            way_out = did_you_mean(name, list(dict.fromkeys(books)), listed="run's")
            faults.append(Fault(f"--set {path}", None, f"'{name}'", "the id of a rulebook of the run", way_out))
    if faults:
        raise UsageError("The settings", faults)
    return numbers, rules


def _is_number(text: str) -> bool:
    try:
        return Decimal(text).is_finite()
    except InvalidOperation:
        return False


def with_settings(parameters: Parameters, settings: Mapping[str, str]) -> Parameters:
    """Return the parameters with some of them set; a path that names none, or a value out of bounds, is a fault."""
    known = [parameter.id for parameter in parameters.parameters]
    faults, changed = [], {}
    for path, text in settings.items():
        if path not in known:
            way_out = did_you_mean(path, known, listed="parameter")
            faults.append(Fault(f"--set {path}", None, "no parameter of this name", "the id of a parameter", way_out))
            continue
        parameter = next(p for p in parameters.parameters if p.id == path)
        off = ", or 0, which switches it off" if parameter.off else ""
        expected = f"a number from {parameter.low} to {parameter.high} ({parameter.unit}){off}"
        if parameter.low == parameter.high:
            expected = f"{parameter.value}{off}"
        way_out = f"The default is {parameter.value}."
        try:
            value = Decimal(text)
        except InvalidOperation:
            faults.append(Fault(f"--set {path}", None, f"'{text}'", expected, way_out))
            continue
        is_off = parameter.off and value == 0
        if not value.is_finite() or not (is_off or parameter.low <= value <= parameter.high):
            faults.append(Fault(f"--set {path}", None, text, expected, way_out))
        changed[path] = value
    if faults:
        raise UsageError("The settings", faults)
    return parameters.model_copy(
        update={
            "parameters": tuple(
                p.model_copy(update={"value": changed[p.id]}) if p.id in changed else p for p in parameters.parameters
            )
        }
    )


def check_asked(request: RunRequest) -> None:
    """Refuse numbers that no run can have, all at once; and a population that the memory cannot hold."""
    faults = []
    for name, value, least, most, way_out in (
        ("--people", request.people, 1, 10**12, "Give at least one person, and no more than the memory holds."),
        ("--firms", 0 if request.firms is None else request.firms, 0, 10**12, "Give 0 or more firms."),
        ("--months", request.months, 1, MOST_MONTHS, f"Give 1 to {MOST_MONTHS} months."),
        ("--seed", request.seed, 0, 2**64 - 1, "Give a whole number from 0 to 2**64 - 1."),
        ("--threads", 1 if request.threads is None else request.threads, 1, MOST_THREADS, "Give one thread or more."),
        ("--track", request.track, 0, max(request.people, 0), "Give no more than there are people."),
    ):
        if not least <= value <= most:
            faults.append(Fault(name, None, str(value), f"{least} to {most}", way_out))
    if faults:
        raise UsageError("The run", faults)


def check_memory(people: int, firms: int, bytes_each: int) -> None:
    """Refuse a town that the machine's memory cannot hold, before anything is written."""
    there = memory_bytes()
    need = (people + firms) * bytes_each
    if need > there:
        raise RunError(
            "The run",
            [
                Fault(
                    f"{people:,} people and {firms:,} firms",
                    None,
                    f"a need of {need / 2**30:,.0f} GiB of memory",
                    f"at most the {there / 2**30:,.0f} GiB of this machine",
                    f"Ask for at most {int(there / bytes_each):,} people.",
                )
            ],
        )


def n_firms(request: RunRequest, inputs: Inputs) -> int:
    """Return how many firms a town has: what was asked; else the place's ratio where the rulebook scores firms, else 0."""
    if request.firms is not None:
        if request.firms == 0 and inputs.scores("firm") and not inputs.scores("person"):
            verb = noun(len(inputs.names), "scores", "score")
            fault = Fault(
                "--firms", None, "0", f"at least one firm, since {_quoted(inputs.names)} {verb} firms only",
                "Leave --firms out to get as many as the place has.",
            )  # fmt: skip
            raise RunError("The run", [fault])
        return request.firms
    if not inputs.scores("firm"):
        return 0
    return max(int(request.people * inputs.place.firms_per_person.value), 1)


def _quoted(names: Sequence[str]) -> str:
    return " and ".join(f"'{name}'" for name in names)


def start_of(request: RunRequest, books: Sequence[Rulebook]) -> date:
    """Return the first day of the run's first month: the month asked for, else the first in which all rulebooks hold."""
    latest = max(books, key=lambda book: book.in_force.from_)
    first = latest.in_force.from_.replace(day=1)
    asked = date.fromisoformat(f"{request.start}-01") if request.start is not None else first
    _check_calendar(asked, "--start" if request.start is not None else f"in_force of '{latest.id}'")
    ended = [book for book in books if isinstance(book.in_force.until, date) and asked >= book.in_force.until]
    if asked >= first and not ended:
        return asked
    end = min((book.in_force.until for book in books if isinstance(book.in_force.until, date)), default=None)
    if end is not None and first >= end:
        over = next(book for book in books if book.in_force.until == end)
        fault = Fault(
            "rulebooks", None, f"'{over.id}', over on {end}, and '{latest.id}', in force from {first:%Y-%m} on",
            "a month in which all of them are in force", "Run them by themselves.",
        )  # fmt: skip
        raise UsageError("The run", [fault])
    before = f" and before {end}" if end else ""
    late = (ended or [latest])[0]
    fault = Fault(
        "--start", None, f"{asked:%Y-%m}", f"a month from {first:%Y-%m} on{before}",
        f"'{late.id}' is not in force then; leave --start out to begin with {first:%Y-%m}.",
    )  # fmt: skip
    raise UsageError("The run", [fault])


def _check_calendar(start: date, subject: str) -> None:
    """Refuse a town whose days would reach beyond the calendar: its tables look ninety years ahead."""
    if start.year > LAST_YEAR:
        fault = Fault(
            subject, None, f"{start:%Y-%m}", f"a month up to {LAST_YEAR}-12, so that every day of the run has a date",
            "Begin earlier.",
        )  # fmt: skip
        raise UsageError("The run", [fault])
