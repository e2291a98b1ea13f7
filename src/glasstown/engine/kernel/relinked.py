"""A kernel made anew from the same functions, with some that it calls, however deep, exchanged for others.

Numba fixes what a function calls when it compiles it, as a name of the function's module.  A twin of the function looks its names up
in a copy of that module's, in which the others stand; what does not come to one of them stays the kernel that it was.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import FunctionType
from typing import Any, cast

from glasstown.engine.kernel.cache import as_python, entry, is_plain

OURS = "glasstown.engine"


def relinked(function: Any, exchanged: Mapping[Any, Any], beside: str) -> Any:
    """Return a kernel with those that it calls exchanged.

    exchanged   kernel -> what is called in its place
    beside      hash of what these are made of, for the code that is kept on disk
    """
    return _twin(function, {id(was): now for was, now in exchanged.items()}, beside)


def _twin(function: Any, known: dict[int, Any], beside: str) -> Any:
    if id(function) not in known:
        known[id(function)] = function  # in plain Python a function may call itself, which no kernel does
        plain = as_python(function)
        called = {name: plain.__globals__[name] for name in plain.__code__.co_names if name in plain.__globals__}
        twins = {name: _twin(each, known, beside) for name, each in called.items() if _is_kernel(each)}
        others = {name: twin for name, twin in twins.items() if twin is not called[name]}
        known[id(function)] = _made(function, plain, others, beside) if others else function
    return known[id(function)]


def _is_kernel(value: Any) -> bool:
    if is_plain():
        return isinstance(value, FunctionType) and value.__module__.startswith(OURS)
    return hasattr(value, "py_func") and hasattr(value, "made_by")


def _made(function: Any, plain: Any, others: Mapping[str, Any], beside: str) -> Any:
    twin = FunctionType(
        plain.__code__, {**plain.__globals__, **others}, plain.__name__, plain.__defaults__, plain.__closure__
    )
    twin.__qualname__, twin.__module__ = plain.__qualname__, plain.__module__
    if is_plain():
        return twin
    made_by = cast(Any, function).made_by
    return made_by(twin, beside) if made_by is entry else made_by(twin)
