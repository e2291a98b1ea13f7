"""A mechanism of one's own compiled with the engine: the month of conduct, or what closes its gate, that asks it."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Final

import numpy as np

from glasstown.engine import rounds
from glasstown.engine.conduct import own
from glasstown.engine.kernel.bits import whole
from glasstown.engine.kernel.cache import is_plain, kernel
from glasstown.engine.kernel.relinked import relinked
from glasstown.engine.tables.own import OwnKernels
from glasstown.engine.tables.own_bundles import Who
from glasstown.errors import Fault, RunError
from glasstown.language.mechanism import FUNCTION, Mechanism, millionths
from glasstown.language.mechanism_form import LUCK, READS

N_TRIED: Final = 200
"""answers that are compared, compiled and in Python, before a town lives under them"""
HOME: Final = own.__name__
"""the module that its kernels count to, since code that is read again from disk asks for one"""
ALLOWED: Final = {"min": min, "max": max, "abs": abs}
HOOKS: Final[Mapping[str, Mapping[Any, Any]]] = {
    "detection": {own.find_further: own.find_by_mechanism},
    "hazard": {own.shift_of: own.shift_by_mechanism, own.most_shift: own.most_by_mechanism},
    "gate": {},
}  # fmt: skip


@lru_cache(maxsize=8)
def _made(source: str, arguments: tuple[str, ...], parameters: tuple[str, ...], seam: str) -> tuple[OwnKernels, Any]:
    """Return the kernels of a mechanism, and the entry that answers to Python."""
    beside = hashlib.blake2b(repr((source, arguments, parameters, seam)).encode(), digest_size=16).hexdigest()
    plain = _function(source, FUNCTION)
    asked = {own.ask: _ask(source, arguments, parameters)}
    hooks = {was: relinked(now, asked, beside) for was, now in HOOKS[seam].items()}
    live = relinked(rounds.live_conduct, hooks, beside)
    close = relinked(own.close_by_mechanism, asked, beside) if seam == "gate" else None
    kernels = OwnKernels(live, close, lambda given: int(plain(*(given[name] for name in arguments))))
    return kernels, relinked(own.answer_of, asked, beside)


def own_kernels(mechanism: Mechanism) -> OwnKernels:
    """Return the kernels of a mechanism; its text was checked, and whoever runs it trusts it.

    Errors   RunError where Numba does not take it, or where it says another thing compiled than in Python
    """
    names = tuple(mechanism.head.parameters)
    kernels, answer = _made(mechanism.source, mechanism.arguments, names, mechanism.head.seam)
    _try(mechanism, kernels, answer)
    return kernels


def _function(source: str, name: str) -> Any:
    """Return a function that a text defines, which can name nothing but what `ALLOWED` has."""
    there: dict[str, Any] = {"__builtins__": ALLOWED, "__name__": HOME}
    exec(compile(source, "<mechanism>", "exec"), there)  # checked by language/mechanism_form.py, and trusted
    return there[name]


def _ask(source: str, arguments: tuple[str, ...], parameters: tuple[str, ...]) -> Any:
    """Return the kernel that hands a mechanism what it asks for."""
    given = {name: f"who.{name}" for name in READS}
    given |= {f"{LUCK}{number}": f"lot[{number - 1}]" for number in range(1, 5)}
    given |= {name: f"numbers[{place}]" for place, name in enumerate(parameters)}
    call = ", ".join(given[name] for name in arguments)
    there: dict[str, Any] = {
        "__builtins__": ALLOWED, "__name__": HOME, "whole": whole,
        FUNCTION: kernel(_function(source, FUNCTION)),
    }  # fmt: skip
    exec(f"def ask(who, lot, numbers):\n    return whole({FUNCTION}({call}))\n", there)
    return kernel(there["ask"])


def _try(mechanism: Mechanism, kernels: OwnKernels, answer: Any) -> None:
    """Compare what a mechanism says compiled and in Python."""
    head, draw = mechanism.head, random.Random(mechanism.head.name)
    lows = [(millionths(each.low), millionths(each.high)) for each in head.parameters.values()]
    for _ in range(N_TRIED):
        who = {name: draw.randint(*ends) for name, ends in READS.items()}
        lot = tuple(draw.getrandbits(32) for _ in range(4))
        numbers = [draw.randint(*ends) for ends in lows]
        said = kernels.plain(asked_of(who, lot, dict(zip(head.parameters, numbers, strict=True))))
        try:
            compiled = int(answer(Who(**who), lot, np.array(numbers, dtype=np.int64)))
        except _numba_error() as problem:
            words = str(problem).strip().splitlines()[-1][:200] if str(problem).strip() else type(problem).__name__
            fault = Fault(head.name, None, words, "a function that compiles", "Say it with whole numbers alone.")
            raise RunError("The mechanism does not compile", [fault]) from problem
        if compiled != said:
            found = f"{compiled} compiled and {said} in Python, of {who}"
            raise RunError("The mechanism", [Fault(head.name, None, found, "one answer", "Say it more simply.")])
    assert is_plain() or kernels.live_conduct is not rounds.live_conduct or head.seam == "gate"


def _numba_error() -> type[Exception]:
    """Return what Numba raises where it cannot compile something."""
    from numba.core.errors import NumbaError

    found: type[Exception] = NumbaError
    return found


def asked_of(who: Mapping[str, int], lot: tuple[int, ...], numbers: Mapping[str, int]) -> dict[str, int]:
    """Return everything that a mechanism can be given, by the names of its arguments."""
    return {**who, **{f"{LUCK}{number}": word for number, word in enumerate(lot, start=1)}, **numbers}
