"""What is asked of a run, and how it becomes a manifest: every text that the run rests on, whole."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path

from glasstown.errors import Fault, Place, RunError, UsageError, did_you_mean
from glasstown.paths import data_folder
from glasstown.population import check_place
from glasstown.records.folder import RunFolder
from glasstown.records.manifest import Document, Manifest, RulebookDocuments, installed_versions
from glasstown.rulebook.acts import ActCatalogue
from glasstown.rulebook.load import (
    load_acts,
    load_parameters,
    load_place,
    load_rulebook,
    locate,
    read_again,
    read_document,
)
from glasstown.rulebook.model import Rulebook
from glasstown.rulebook.parameters import Parameters, PlaceFile
from glasstown.rulebook.resolve import with_unknown

MOST_MONTHS = 1023
MOST_THREADS = 256


@dataclass(frozen=True, slots=True)
class RunRequest:
    """One run as asked for.  `out` None lets the caller choose; `firms` None gives what the rulebook and place call for."""

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
    """Everything that a town is made of, read."""

    book: Rulebook
    acts: ActCatalogue
    parameters: Parameters
    place: PlaceFile

    def scores(self, kind: str) -> bool:
        """Return whether any clause is about people, or about firms."""
        return any(clause.applies_to.kind == kind for clause in self.book.clauses)


def manifest_of(request: RunRequest) -> tuple[Manifest, Inputs]:
    """Return the manifest of a request and what it names, read and checked.

    Errors   RulebookError, PopulationError, UsageError, RunError: one message with all that is wrong.
    """
    path, variant = locate(request.rulebook)
    book = load_rulebook(request.rulebook)
    own_acts = path.parent / "acts.yaml"
    acts = load_acts(own_acts if own_acts.is_file() else None)
    parameters = with_settings(load_parameters(), request.settings)
    place = load_place(request.place)
    check_asked(request)
    inputs = Inputs(_at_bound(book, request.unknown), acts, parameters, place)
    firms = n_firms(request, inputs)
    place_path = _place_path(request.place)
    faults = check_place(place, acts, Place(str(place_path)))
    if faults:
        raise UsageError(f"Place '{request.place}'", faults)
    manifest = Manifest(
        command=request.command,
        versions=installed_versions(),
        rulebooks=(
            RulebookDocuments(
                id=book.id,
                variant=book.variant or variant,
                rules=Document.from_file(path),
                sources=Document.from_file(path.parent / "sources.yaml"),
            ),
        ),
        acts=tuple(
            Document.of(f"acts{number or ''}.yaml", file.read_text("utf-8"))
            for number, file in enumerate([data_folder() / "acts.yaml", *([own_acts] if own_acts.is_file() else [])])
        ),
        parameters=Document.from_file(data_folder() / "parameters.yaml"),
        place=Document.from_file(place_path),
        settings=dict(request.settings),
        unknown=request.unknown,
        seed=request.seed,
        people=request.people,
        firms=firms,
        months=request.months,
        start=start_of(request, book),
        track=request.track,
        threads=request.threads,
    )
    return manifest, inputs


def inputs_of(folder: RunFolder) -> Inputs:
    """Return what a run was made of, from the texts in its manifest alone."""
    manifest = folder.manifest
    with tempfile.TemporaryDirectory(prefix="glasstown-") as name:
        target = Path(name)
        folder.unpack_inputs(target)
        first = manifest.rulebooks[0]
        book = read_again(target / "rulebooks" / first.id / first.rules.name, first.variant)
        data = target / "data"
        acts = read_document(data / manifest.acts[0].name, ActCatalogue)
        for further in manifest.acts[1:]:
            more = read_document(data / further.name, ActCatalogue)
            acts = acts.model_copy(
                update={
                    "roles": acts.roles + more.roles,
                    "classes": acts.classes + more.classes,
                    "acts": acts.acts + more.acts,
                }
            )
        parameters = with_settings(read_document(data / manifest.parameters.name, Parameters), manifest.settings)
        place = read_document(data / manifest.place.name, PlaceFile)
    return Inputs(_at_bound(book, manifest.unknown), acts, parameters, place)


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
        expected = f"a number from {parameter.low} to {parameter.high} ({parameter.unit})"
        way_out = f"The default is {parameter.value}."
        try:
            value = Decimal(text)
        except InvalidOperation:
            faults.append(Fault(f"--set {path}", None, f"'{text}'", expected, way_out))
            continue
        if not value.is_finite() or not parameter.low <= value <= parameter.high:
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
    try:
        there = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (ValueError, OSError):  # a system that does not tell: the run is tried
        return
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
            fault = Fault(
                "--firms", None, "0", f"at least one firm, since '{inputs.book.id}' scores firms only",
                "Leave --firms out to get as many as the place has.",
            )  # fmt: skip
            raise RunError("The run", [fault])
        return request.firms
    if not inputs.scores("firm"):
        return 0
    return max(int(request.people * inputs.place.firms_per_person.value), 1)


def start_of(request: RunRequest, book: Rulebook) -> date:
    """Return the first day of the run's first month: the month asked for, else the first in which the scheme is in force."""
    first = book.in_force.from_.replace(day=1)
    if request.start is None:
        return first
    asked = date.fromisoformat(f"{request.start}-01")
    until = book.in_force.until
    is_late = isinstance(until, date) and asked >= until
    if asked < first or is_late:
        end = f" and before {until}" if isinstance(until, date) else ""
        fault = Fault(
            "--start", None, request.start, f"a month from {first:%Y-%m} on{end}",
            f"'{book.id}' is not in force then; leave --start out to begin with {first:%Y-%m}.",
        )  # fmt: skip
        raise UsageError("The run", [fault])
    return asked
