"""What a case answers: the account as JSON, and where it differs from what the case expects."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from glasstown.interpreter.casefile import Expect, ExpectedLine, ExpectedPart
from glasstown.language.model import Rulebook
from glasstown.ledger import Account, Line, in_points, line_json
from glasstown.types import Quanta


@dataclass(frozen=True, slots=True)
class CaseResult:
    """A case's account under its rulebook; `differences` is empty where everything expected came out."""

    book: Rulebook
    account: Account
    differences: tuple[str, ...]
    notes: tuple[str, ...] = ()
    """what the case itself leaves open"""

    def as_json(self) -> dict[str, Any]:
        """Return closing state and ledger; scores are exact decimal strings."""
        account = self.account
        return {
            "rulebook": self.book.id,
            "score": in_points(account.score, self.book.score.quantum),
            "grade": account.grade,
            "lists": list(account.lists),
            "measures": list(account.measures),
            "ledger": [
                {**line_json(line, self.book.score.quantum), **_state_json(line, self.book)} for line in account.ledger
            ],
            "fines": account.fines,
            "flags": [*account.flags, *self.notes],
            "unknown": dict(account.n_unknown),
            "variant": self.book.variant,
            "differences": list(self.differences),
            **_state_json(account, self.book),
        }


def _state_json(state: Account | Line, book: Rulebook) -> dict[str, Any]:
    """Return what only some rulebooks have: parts of the score, a balance, publicity of somebody's state, consent."""
    keys: dict[str, Any] = {}
    if state.parts:
        keys["parts"] = {name: in_points(value, book.score.quantum) for name, value in state.parts.items()}
    if state.balance is not None:
        keys["balance"] = in_points(state.balance, book.score.quantum)
    if any(item.when is not None for item in book.publicity):
        keys["published"] = list(state.published)
    if state.consent is not None:
        keys["consent"] = state.consent
    return keys


def differences(expect: Expect, account: Account, book: Rulebook) -> tuple[str, ...]:
    """Return one sentence for each thing that a case expects otherwise."""
    found: dict[str, Any] = {
        "score": Decimal(in_points(account.score, book.score.quantum)),
        "grade": account.grade,
        "lists": account.lists,
        "measures": account.measures,
        "fines": account.fines,
        **_state(account, book),
    }
    told = [
        f"{key}: expected {_words(getattr(expect, key))}, found {_words(found[key])}"
        for key in found
        if key in expect.model_fields_set and not _same(getattr(expect, key), found[key])
    ]
    return (*told, *_ledger_differences(expect.ledger, account, book))


def _state(state: Account | Line, book: Rulebook) -> dict[str, Any]:
    """Return parts, balance, publicity and consent as cases expect them, in points."""

    def points(quanta: Quanta) -> Decimal:
        return Decimal(in_points(quanta, book.score.quantum))

    return {
        "published": state.published,
        "parts": {name: points(value) for name, value in state.parts.items()},
        "balance": None if state.balance is None else points(state.balance),
        "consent": state.consent,
    }


def _same(expected: Any, found: Any) -> bool:
    if isinstance(found, dict):
        return all(found.get(part.id) == part.score for part in expected)
    return sorted(expected) == sorted(found) if isinstance(expected, tuple) else bool(expected == found)


def _words(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{name} {number}" for name, number in value.items())
    if isinstance(value, tuple):
        return ", ".join(f"{v.id} {v.score}" if isinstance(v, ExpectedPart) else v for v in value) or "none"
    if isinstance(value, bool):
        return "true" if value else "false"
    return "none" if value is None else str(value)


def _ledger_differences(expected: tuple[ExpectedLine, ...], account: Account, book: Rulebook) -> list[str]:
    """Return the expected lines that the ledger does not have, in their order, others between them."""
    told, at = [], 0
    for n, wanted in enumerate(expected, start=1):
        place = next((p for p in range(at, len(account.ledger)) if _fits(wanted, account.ledger[p], book)), None)
        if place is None:
            after = f" after line {at}" if at else ""
            told.append(f"ledger: no line{after} fits expected line {n} ({_line_words(wanted)})")
        else:
            at = place + 1
    return told


def _fits(wanted: ExpectedLine, line: Line, book: Rulebook) -> bool:
    quantum = book.score.quantum
    found: dict[str, Any] = {
        "day": line.day,
        "phase": line.phase,
        "clause": line.clause,
        "event": line.record,
        "before": line.before * quantum,
        "after": line.after * quantum,
        "grade": line.grade,
        "cap": line.cap,
        "lists": line.lists,
        "measures": line.measures,
        "fine": line.fine,
        **_state(line, book),
    }
    return all(_same(getattr(wanted, key), found[key]) for key in wanted.model_fields_set)


def _line_words(wanted: ExpectedLine) -> str:
    said = sorted(wanted.model_fields_set, key=list(ExpectedLine.model_fields).index)
    return ", ".join(f"{'date' if key == 'day' else key} {_words(getattr(wanted, key))}" for key in said)
