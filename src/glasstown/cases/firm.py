"""One hypothetical firm told by every corporate rulebook at once, each life of its file under each rulebook that has a use for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from glasstown.cases.case import Case, CaseResult, parse_case, run_case
from glasstown.cases.file import CaseFile
from glasstown.cases.firm_case import LIVES, Entry, Whose, case_of, entries
from glasstown.cases.firm_check import check_firm
from glasstown.cases.firm_file import FirmFile, read_firm_file
from glasstown.cases.firm_words import Speaking, Vocabulary, vocabulary
from glasstown.cases.fitted import LeftOut, fit
from glasstown.errors import CaseError
from glasstown.interpreter.life import live
from glasstown.interpreter.reading import read
from glasstown.language.tree import Document
from glasstown.ledger import Account

if TYPE_CHECKING:
    from glasstown.archive.library import Held

SUBJECTS: dict[Whose, str] = {"firm": "firm", "representative": "person", "partner": "firm"}


@dataclass(frozen=True, slots=True)
class LifeTold:
    """What one rulebook tells of one life of a firm's file."""

    whose: Whose
    held: Held
    case: Case
    result: CaseResult
    opening: Account
    """the state on the first evening, before anything has happened"""
    silent: tuple[Entry, ...]
    """what the rulebook says nothing of"""
    left: tuple[LeftOut, ...]
    """what it would answer to on other days, each with why it does not on these"""

    @property
    def account(self) -> Account:
        """The ledger and the closing state, scores in quanta."""
        return self.result.account


@dataclass(frozen=True, slots=True)
class FirmTold:
    """A firm's file, what happened in each of its lives, the rulebooks that tell them, and those that tell nothing, with why."""

    firm: FirmFile
    words: Vocabulary
    happened: dict[Whose, tuple[Entry, ...]]
    lives: tuple[LifeTold, ...]
    quiet: tuple[tuple[str, str], ...]

    def of(self, whose: Whose) -> tuple[LifeTold, ...]:
        """Return the lives of one of the three, in the order of the rulebooks."""
        return tuple(each for each in self.lives if each.whose == whose)

    def unanswered(self, whose: Whose) -> tuple[Entry, ...]:
        """Return what no rulebook of the answer says anything of."""
        told = self.of(whose)
        return tuple(
            each for each in self.happened[whose] if each.repair is None and all(each in life.silent for life in told)
        )


def tell_firm(path: Path, hold: Callable[[str], Held]) -> FirmTold:
    """Return a firm's file as every corporate rulebook tells it; `hold` gives a rulebook by its id.

    Errors   CaseError with every fault of the file; UsageError for a table
    """
    firm, where = read_firm_file(path)
    words = vocabulary()
    if faults := check_firm(firm, where, words):
        raise CaseError(where.file, list(dict.fromkeys(faults)))
    happened: dict[Whose, tuple[Entry, ...]] = {whose: entries(firm, words, whose) for whose in LIVES}
    lives: list[LifeTold] = []
    quiet: list[tuple[str, str]] = []
    for speaking in words.words.rulebooks:
        held = hold(speaking.id)
        reason = _not_about(firm, speaking, held, words)
        told = [] if reason else list(_tell(firm, where, held, happened, words))
        if reason or not told:
            quiet.append((speaking.id, reason or "not in force on these days"))
        lives += told
    return FirmTold(firm, words, happened, tuple(lives), tuple(quiet))


def _not_about(firm: FirmFile, speaking: Speaking, held: Held, words: Vocabulary) -> str | None:
    """Return why a rulebook is not about this firm, or None."""
    names = {each.id: each for each in words.words.licences}
    if speaking.place is not None and speaking.place != firm.place:
        return f"of {words.words.places[speaking.place]}"
    if speaking.licence is not None and speaking.licence not in _licences(firm, words):
        return f"for firms {names[speaking.licence].label}"
    roles = [each.role for each in held.book.subjects if each.kind == "firm"]
    if roles and all(role is not None and role not in words.roles(firm.licences) for role in roles):
        return f"for firms with the role {' or '.join(str(role) for role in roles)}"
    return None


def _licences(firm: FirmFile, words: Vocabulary) -> set[str]:
    """Return a firm's licences, and those all of whose roles these bring."""
    roles = set(words.roles(firm.licences))
    implied = {each.id for each in words.words.licences if each.roles and set(each.roles) <= roles}
    return {*firm.licences, *implied}


def _tell(
    firm: FirmFile, where: Document, held: Held, happened: dict[Whose, tuple[Entry, ...]], words: Vocabulary
) -> Iterator[LifeTold]:
    """Yield the lives that a rulebook tells: the firm's own always, the others where it has a use for what happened in them."""
    reading = read(held.book, held.acts)
    for whose, told in happened.items():
        roles = words.roles(firm.licences) if whose == "firm" else ()
        case, places, silent = case_of(firm, where, told, reading, SUBJECTS[whose], roles)
        if whose != "firm" and not case.events:
            continue
        life = _life(whose, held, case, places, silent)
        if life is not None:
            yield life


def _life(whose: Whose, held: Held, typed: CaseFile, where: Document, silent: Sequence[Entry]) -> LifeTold | None:
    """Return one life under one rulebook; None where it is about nobody of the kind, or not in force on these days."""
    fitted = fit(typed, where, read(held.book, held.acts))
    if fitted.unfit is not None:
        return None
    case = parse_case(fitted.case, fitted.where, held.book, held.acts)
    start = max(case.life.start, held.book.in_force.from_)
    statuses = tuple(each for each in case.life.records if each.order < 0)  # what it is, recorded on the first day
    before = live(held.book, held.acts, replace(case.life, start=start, until=start, records=statuses, decisions=()))
    result = run_case(held.book, held.acts, case)
    return LifeTold(whose, held, case, result, before, tuple(silent), fitted.left)
