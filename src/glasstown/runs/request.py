"""What is asked of a run, and how it becomes a manifest: every text that the run rests on, whole."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Final

from glasstown.archive.library import references_of
from glasstown.compiler.limits import FIRST_YEAR, LAST_YEAR
from glasstown.errors import Fault, FaultsError, Place, RunError, UsageError
from glasstown.language.acts import ActCatalogue
from glasstown.language.drive import Drive
from glasstown.language.mechanism import Mechanism
from glasstown.language.model import Rulebook
from glasstown.language.orders import Order, orders_text, read_orders
from glasstown.language.parameters import Parameters, PlaceFile
from glasstown.language.resolve import with_unknown
from glasstown.machine import memory_bytes
from glasstown.runs.levers import split_settings, with_settings
from glasstown.runs.ordered import Aimed, Whose, aimed_at, canonical
from glasstown.runs.subjects import scored_kinds
from glasstown.runs.texts import (
    USUAL_PLACE,
    Found,
    OwnFiles,
    Texts,
    installed,
    kept,
    kept_for_another,
    refuse_trust,
    with_drive,
)
from glasstown.storage.checkout import maker
from glasstown.storage.folder import RunFolder
from glasstown.storage.identity import town_of
from glasstown.storage.manifest import MOST_MONTHS, MOST_PEOPLE, MOST_THREADS, Document, Manifest, format_for
from glasstown.wording import between, count, noun

SET = "--set "
"""how the subject of a fault about a setting begins"""
ORDERS: Final = "orders.jsonl"
"""name of the text of orders in a manifest"""


@dataclass(frozen=True, slots=True)
class RunRequest:
    """One run as asked for: a rulebook, or several with commas between them.

    references   the rulebooks one by one, where they are known so; `rulebook` is then what they are called
    orders       what desks decide, in any order
    orders_of    hash of the town that they are for (identity.town_of); None where nobody says
    kept         texts of an earlier run, which then are what is meant, whatever is installed under the same names
    firms        None gives what the rulebooks and the place call for
    place        None is the usual one, or the earlier run's
    drive        id or file of what drives a list by date; None for nothing, or the earlier run's
    acts         file of acts that lie over those that ship; None for none, or the earlier run's
    parameters   the same of the model's parameters
    mechanism    file of a mechanism of one's own; None for none, or the earlier run's
    trusted      SHA-256 of the earlier run's mechanism, which is thereby trusted
    out          None takes the first folder runs/NAME-N that is free, where `name` is NAME
    written      where a setting stands in a scenario file, by its path; those of a command are not in it
    """

    rulebook: str
    people: int = 100_000
    firms: int | None = None
    months: int = 60
    seed: int = 1
    settings: Mapping[str, str] = field(default_factory=dict)
    place: str | None = None
    drive: str | None = None
    acts: str | None = None
    parameters: str | None = None
    mechanism: str | None = None
    trusted: str | None = None
    start: str | None = None
    unknown: str | None = None
    threads: int | None = None
    track: int = 0
    out: Path | None = None
    command: str = ""
    name: str | None = None
    references: tuple[str, ...] = ()
    kept: Texts | None = None
    written: Mapping[str, Place] = field(default_factory=dict)
    orders: tuple[Order, ...] = ()
    orders_of: str | None = None

    @property
    def place_name(self) -> str:
        """Return what the place is called: as asked for, else the earlier run's, else the usual one."""
        if self.place is not None:
            return self.place
        return Path(self.kept.place.name).stem if self.kept is not None else USUAL_PLACE


@dataclass(frozen=True, slots=True)
class Inputs:
    """Everything that a town is made of, read; `names` are the rulebooks' names in the run, in the order of `books`."""

    names: tuple[str, ...]
    books: tuple[Rulebook, ...]
    acts: ActCatalogue
    parameters: Parameters
    place: PlaceFile
    drive: Drive | None = None
    mechanism: Mechanism | None = None
    orders: tuple[Aimed, ...] = ()

    def scores(self, kind: str) -> bool:
        """Return whether any clause of any rulebook is about people, or about firms."""
        return any(scores(book, kind) for book in self.books)


def scores(book: Rulebook, kind: str) -> bool:
    """Return whether any clause of a rulebook is about people, or about firms: a score that no clause moves is none."""
    return kind in scored_kinds(book)


@contextmanager
def told_where_written(request: RunRequest) -> Iterator[None]:
    """Tell a fault of a setting that stands in a scenario file by its place there, and not as an option of a command."""
    try:
        yield
    except FaultsError as error:
        faults = [_where_written(fault, request.written) for fault in error.faults]
        if faults == list(error.faults):
            raise
        raise type(error)(error.subject, faults) from None


def _where_written(fault: Fault, written: Mapping[str, Place]) -> Fault:
    path = fault.subject.removeprefix(SET)
    if path == fault.subject or path not in written:
        return fault
    return replace(fault, subject=f"set, {path}", place=written[path])


def manifest_of(request: RunRequest) -> tuple[Manifest, Inputs]:
    """Return the manifest of a request and what it names, read and checked.

    Errors   RulebookError, PopulationError, UsageError, RunError: one message with all that is wrong.
    """
    with told_where_written(request):
        return _manifest_of(request)


def _manifest_of(request: RunRequest) -> tuple[Manifest, Inputs]:
    found = texts_of(request)
    names = tuple(each.reference for each in found.texts.rulebooks)
    numbers, _ = split_settings(request.settings, [each.id for each in found.texts.rulebooks])
    parameters = with_settings(found.parameters, numbers)
    check_asked(request)
    at_bound = tuple(_at_bound(book, request.unknown) for book in found.books)
    inputs = Inputs(names, at_bound, found.acts, parameters, found.place, found.drive, found.mechanism)
    manifest = Manifest(
        command=request.command,
        **maker(),
        rulebooks=found.texts.rulebooks,
        acts=found.texts.acts,
        own_acts=found.texts.own_acts,
        parameters=found.texts.parameters,
        own_parameters=found.texts.own_parameters,
        mechanism=found.texts.mechanism,
        place=found.texts.place,
        drive=found.texts.drive,
        settings=dict(request.settings),
        unknown=request.unknown,
        seed=request.seed,
        people=request.people,
        firms=n_firms(request, inputs),
        months=request.months,
        start=start_of(request, found.books),
        track=request.track,
        threads=request.threads,
    )
    return with_orders(manifest, inputs, request) if request.orders else (manifest, inputs)


def with_orders(manifest: Manifest, inputs: Inputs, request: RunRequest) -> tuple[Manifest, Inputs]:
    """Return manifest and inputs with the orders of a request.

    Errors   UsageError where they are another town's, or where one can decide nothing in this one
    """
    if request.orders_of not in (None, town_of(manifest)):
        found, expected = f"those of the town {request.orders_of}", f"those of this town, {town_of(manifest)}"
        way_out = "Ask for the town that they are for, as it was saved, or leave them out with --without-orders."
        raise UsageError("The orders", [Fault("orders", None, found, expected, way_out)])
    aimed = aimed_at(request.orders, whose_of(manifest, inputs))
    document = Document.of(ORDERS, orders_text(canonical(aimed)))
    return manifest.with_changes(orders=document, glasstown_run=format_for(document)), replace(inputs, orders=aimed)


def whose_of(manifest: Manifest, inputs: Inputs) -> Whose:
    """Return the town that orders are held against."""
    return Whose(inputs.names, inputs.books, inputs.acts, manifest.people, manifest.firms, manifest.months)


def texts_of(request: RunRequest) -> Found:
    """Return the texts of a request, read and checked: those of an earlier run where it is one, else those installed today."""
    with told_where_written(request):
        return _texts_of(request)


def _texts_of(request: RunRequest) -> Found:
    own = OwnFiles(request.acts, request.parameters, request.mechanism, request.trusted)
    if (
        request.trusted is not None
        and request.mechanism is None
        and (request.kept is None or request.kept.mechanism is None)
    ):
        refuse_trust(request.trusted)
    if request.kept is not None:
        return with_drive(kept_for_another(request.kept, request.place, request.settings, own), request.drive)
    references = request.references or references_of(request.rulebook)
    return with_drive(installed(references, request.place_name, request.settings, own), request.drive)


def inputs_of(folder: RunFolder) -> Inputs:
    """Return what a run was made of, from the texts in its manifest alone."""
    manifest = folder.manifest
    found = kept(Texts.of(manifest), manifest.settings)
    numbers, _ = split_settings(manifest.settings, [each.id for each in manifest.rulebooks])
    at_bound = tuple(_at_bound(book, manifest.unknown) for book in found.books)
    names = tuple(each.reference for each in manifest.rulebooks)
    parameters = with_settings(found.parameters, numbers)
    inputs = Inputs(names, at_bound, found.acts, parameters, found.place, found.drive, found.mechanism)
    if manifest.orders is None:
        return inputs
    return replace(inputs, orders=aimed_at(orders_kept(manifest), whose_of(manifest, inputs)))


def orders_kept(manifest: Manifest) -> tuple[Order, ...]:
    """Return the orders that a run was lived with."""
    return () if manifest.orders is None else read_orders(manifest.orders.text, manifest.orders.name)


def _at_bound(book: Rulebook, unknown: str | None) -> Rulebook:
    """Return the rulebook with unknown points at a bound, where one is asked for."""
    if unknown == "low":
        return with_unknown(book, "low")
    if unknown == "high":
        return with_unknown(book, "high")
    return book


def check_asked(request: RunRequest) -> None:
    """Refuse numbers that no run can have, all at once; and a population that the memory cannot hold."""
    faults = []
    for name, value, least, most, way_out in (
        ("--people", request.people, 1, MOST_PEOPLE, "Give at least one person, and no more than the memory holds."),
        ("--firms", 0 if request.firms is None else request.firms, 0, MOST_PEOPLE, "Give 0 or more firms."),
        ("--months", request.months, 1, MOST_MONTHS, f"Give {between(1, MOST_MONTHS)} months."),
        ("--seed", request.seed, 0, 2**64 - 1, "Give a whole number from 0 to 2**64 - 1."),
        ("--threads", 1 if request.threads is None else request.threads, 1, MOST_THREADS, "Give one thread or more."),
        ("--track", request.track, 0, max(request.people, 0), "Give no more than there are people."),
    ):
        if not least <= value <= most:
            faults.append(Fault(name, None, count(value), between(least, most), way_out))
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
    first = max(latest.in_force.from_.replace(day=1), date(FIRST_YEAR, 1, 1))
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
    """Refuse a town whose days would reach beyond the calendar: its tables look back a day, and ninety years ahead."""
    if not FIRST_YEAR <= start.year <= LAST_YEAR:
        expected = f"a month from {FIRST_YEAR:04}-01 to {LAST_YEAR}-12, so that every day of the run has a date"
        way_out = "Begin earlier." if start.year > LAST_YEAR else f"Begin later, such as --start {FIRST_YEAR:04}-01."
        fault = Fault(subject, None, f"{start.year:04}-{start.month:02}", expected, way_out)
        raise UsageError("The run", [fault])
