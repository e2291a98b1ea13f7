"""The two readings of one life laid side by side: what they tell differently, and the error that says so."""

from __future__ import annotations

from glasstown.compiler.tables import CompiledRules
from glasstown.engine.one_life_lines import differences
from glasstown.errors import AgreementError
from glasstown.ledger import Account


def apart(lived: Account, told: Account, compiled: CompiledRules) -> list[str]:
    """Return what the engine's account and the interpreter's tell differently, lines first, then the closing state."""
    closing = {
        "score": (lived.score, told.score),
        "grade": (lived.grade, told.grade),
        "lists": (lived.lists, told.lists),
        "measures": (set(lived.measures), set(told.measures)),
        "fines": (lived.fines, told.fines),
        "n_unknown": (dict(lived.n_unknown), dict(told.n_unknown)),
        "parts": (dict(lived.parts), dict(told.parts)),
        "balance": (lived.balance, told.balance),
        "published": (set(lived.published), set(told.published)),
        "consent": (lived.consent, told.consent),
    }
    ends = [
        f"{name}: engine {ours}, interpreter {theirs}" for name, (ours, theirs) in closing.items() if ours != theirs
    ]
    return [*differences(lived.ledger, told, compiled), *ends]


def must_agree(lived: Account, told: Account, compiled: CompiledRules) -> None:
    """Raise AgreementError, with both accounts, where the engine lives a life otherwise than the interpreter tells it."""
    found = apart(lived, told, compiled)
    if found:
        raise AgreementError(compiled.rulebook.id, lived, told, found)
