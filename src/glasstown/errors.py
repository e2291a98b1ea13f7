"""Every exception of the project.  A message names object, place, found, expected and way out."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from glasstown.wording import counted

MOST_FAULTS_SHOWN = 10


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: a file, and a line and column counted from 1 where there is one."""

    file: str
    line: int | None = None
    column: int | None = None

    def __str__(self) -> str:
        parts = [self.file, *(str(n) for n in (self.line, self.column) if n is not None)]
        return ":".join(parts)


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong: object, place, found, expected, way out.

    As text it is one line: what cannot be printed, such as a line break in a value, is written out.

    >>> print(Fault("points", Place("rules.yaml", 4, 9), "'ten'", "a number or unknown", "Write 10."))
    rules.yaml:4:9: points: found 'ten'; expected a number or unknown. Write 10.
    """

    subject: str
    place: Place | None
    found: str
    expected: str
    way_out: str

    def __str__(self) -> str:
        where = f"{self.place}: " if self.place else ""
        said = f"{where}{self.subject}: found {self.found}; expected {self.expected}. {self.way_out}"
        return "".join(letter if letter.isprintable() else repr(letter)[1:-1] for letter in said)


class GlasstownError(Exception):
    """Base of all errors that a user may see.  `exit_code` is 2: the request itself is wrong."""

    exit_code = 2


class FaultsError(GlasstownError):
    """Several faults of one stage, reported together: the first ten shown, the total given."""

    def __init__(self, subject: str, faults: Sequence[Fault]) -> None:
        self.subject = subject
        self.faults = tuple(faults)
        super().__init__(self._message())

    def _message(self) -> str:
        shown = [str(fault) for fault in self.faults[:MOST_FAULTS_SHOWN]]
        n_faults = len(self.faults)
        head = f"{self.subject}: {counted(n_faults, 'fault')}"
        if n_faults > MOST_FAULTS_SHOWN:
            shown.append(f"... and {n_faults - MOST_FAULTS_SHOWN} more.")
        return "\n".join([head, *(f"  {line}" for line in shown)])


class RulebookError(FaultsError):
    """A rulebook that cannot be read or that contradicts itself."""


class CaseError(FaultsError):
    """A hypothetical life that cannot be read, or that its rulebook cannot answer."""


class CompileError(FaultsError):
    """A rulebook that does not fit the engine's tables."""


class PopulationError(FaultsError):
    """Aggregates that no population can be built from."""


class RunError(FaultsError):
    """A run that cannot be started, continued or finished."""


class RecordError(FaultsError):
    """A run on disk that cannot be read or written."""


class Stopped(KeyboardInterrupt):
    """The user stopped what writes a folder; its text says what lies there and how to go on."""

    def __init__(self, folder: Path, words: str) -> None:
        self.folder = folder
        super().__init__(words)


class RunWarning(UserWarning):
    """A word about a run, or the kernels it needs, that stops nothing: the commands say it on stderr, Python as a warning."""


class UsageError(FaultsError):
    """A request that names what does not exist or is out of bounds."""


HOW_TO_REPORT = (
    "This is a fault of Glasstown itself, and worth a report: "
    "send the command and this message, which are enough to find it again."
)


class AgreementError(GlasstownError):
    """Engine and interpreter tell one life under a rulebook differently: a fault of Glasstown, never of the request.

    engine, interpreter   the account of the life as each of them has it
    differences           what they tell differently, one sentence each
    """

    def __init__(self, rulebook: str, engine: object, interpreter: object, differences: Sequence[str]) -> None:
        self.rulebook = rulebook
        self.engine = engine
        self.interpreter = interpreter
        self.differences = tuple(differences)
        shown = [f"  {each}" for each in self.differences[:MOST_FAULTS_SHOWN]]
        head = f"The two readings of rulebook '{rulebook}' differ on one life, in {len(self.differences)} places:"
        super().__init__("\n".join([head.replace(" 1 places", " one place"), *shown, HOW_TO_REPORT]))


MOST_LISTED = 24
"""words that a message lists"""


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Return the known word closest in spelling to `word`, or None when none is close.

    >>> nearest("deducts", ["deduct", "reward"])
    'deduct'
    """
    close = difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)
    return close[0] if close else None


def did_you_mean(word: str, known: Sequence[str], *, called: str = "known ones") -> str:
    """Return the sentence that leads from a misspelt word to the right one; `called` is what many of the known are."""
    close = nearest(word, known)
    if close:
        return f"Did you mean '{close}'?"
    if len(known) > MOST_LISTED:
        return f"None of the {len(known)} {called} is spelt like it."
    return f"The {called} are: {', '.join(known)}." if known else "There are none."
