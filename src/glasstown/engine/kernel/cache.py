"""Where compiled kernels are kept, and the decorators that compile them.

A kernel is made of functions from several files, so the folder's name is a hash of all kernel sources, of Numba, of LLVM and of the
processor: a change anywhere gives another folder.  Numba's settings, which other libraries share, stay as they are.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Callable
from functools import cache as once
from pathlib import Path
from typing import Any, TypeVar, cast

F = TypeVar("F", bound=Callable[..., Any])


IMPORTED = re.compile(rb"^from (glasstown[\w.]*) import ([^(\n]+|\([^)]*\))", re.MULTILINE)
SHARED_WITH_KERNELS = ("engine", "compiler", "population", "chance", "rows", "types")
"""Parts of the package whose constants, registers and bundles compiled code is made of."""


def kernel_sources() -> list[Path]:
    """Return the files that compiled code is made of: those that use this module's decorators, and what these import."""
    package = Path(__file__).parents[2]
    files = sorted((package / "engine").rglob("*.py"))
    waiting = [path for path in files if b"glasstown.engine.kernel.cache import" in path.read_bytes()]
    found: set[Path] = set()
    while waiting:
        path = waiting.pop()
        if path not in found:
            found.add(path)
            waiting += _imported_by(path, package)
    return sorted(found)


def _imported_by(path: Path, package: Path) -> list[Path]:
    """Return the files that a file names in its imports, of those parts of the package that kernels share."""
    found = []
    for module, names in IMPORTED.findall(path.read_bytes()):
        parts = module.decode().split(".")[1:]
        named = [parts, *([*parts, name.decode()] for name in re.findall(rb"\w+", names))]
        shared = [each for each in named if each and each[0] in SHARED_WITH_KERNELS]
        found += [file for each in shared if (file := package.joinpath(*each).with_suffix(".py")).is_file()]
    return found


def kernel_hash() -> str:
    """Return sixteen hexadecimal digits that change when any kernel, Numba, LLVM or the processor does."""
    import llvmlite
    import numba

    digest = hashlib.blake2b(digest_size=8)
    for path in sorted({Path(__file__), Path(__file__).with_name("linking.py"), *kernel_sources()}):
        digest.update("/".join(path.parts[-2:]).encode())
        digest.update(path.read_bytes())
    digest.update(f"{numba.__version__} {llvmlite.__version__} {_processor()}".encode())
    return digest.hexdigest()


def _processor() -> str:
    """Return the processor's name and features as LLVM sees them."""
    from llvmlite import binding

    return f"{binding.get_host_cpu_name()} {binding.get_host_cpu_features().flatten()}"


def base_folder() -> Path:
    """Return the folder where Glasstown keeps what it made once for an installation; it need not exist.

    Somebody without a home folder gets one in which nothing can be written: a shared one could hold another's code.
    """
    named = os.environ.get("GLASSTOWN_CACHE") or os.environ.get("XDG_CACHE_HOME")
    if named:
        return Path(named) / "glasstown"
    try:
        return Path.home() / ".cache" / "glasstown"
    except RuntimeError:
        return Path(os.devnull) / "glasstown"


def cache_folder() -> Path:
    """Return the folder for this installation's kernels; it need not exist, and perhaps cannot."""
    return base_folder() / f"kernels-{kernel_hash()}"


@once
def _folder_of_process() -> Path:
    return cache_folder()


def is_plain() -> bool:
    """Return whether kernels stay the Python functions that they are written as: for tests, a debugger, and coverage.

    NumPy then warns of sums and products that wrap, which hashes and random words are meant to do.
    """
    return os.environ.get("GLASSTOWN_KERNELS") == "plain"


def inlined(function: F) -> F:
    """Compile a function into its callers: for what stands inside a loop that must take many entities at a time."""
    if is_plain():
        return function
    from glasstown.engine.kernel.linking import PartCompiler, keep_part

    compiled = _compiled(function, PartCompiler, inline="always")
    keep_part(compiled)
    compiled.made_by = inlined
    return cast(F, compiled)


def kernel(function: F) -> F:
    """Compile a function that other kernels call: no interpreter lock held, no floats tolerated (a test reads the LLVM text).

    It is built into the functions that Python calls; called from Python it raises TypeError.
    """
    if is_plain():
        return function
    from glasstown.engine.kernel.linking import PartCompiler, keep_part

    compiled = _compiled(function, PartCompiler)
    keep_part(compiled)
    compiled.made_by = kernel
    return cast(F, compiled)


def entry(function: F, beside: str = "") -> F:
    """Compile a function that Python calls, and keep it on disk with all that it calls.

    beside   the hash of what else its code is made of, where that is no part of the package
    """
    if is_plain():
        return function
    from glasstown.engine.kernel.kept_code import KeptCode
    from glasstown.engine.kernel.linking import WholeCompiler

    compiled = _compiled(function, WholeCompiler)
    compiled._cache = KeptCode(function, _folder_of_process(), beside)
    compiled.made_by = entry
    return cast(F, compiled)


def as_python(function: F) -> F:
    """Return the Python function that a kernel is written as, for callers that have Python's numbers, or arrays of them."""
    return cast(F, getattr(function, "py_func", function))


def _compiled(function: Callable[..., Any], compiler: type, **options: Any) -> Any:
    """Return the function as Numba will compile it, with one signature."""
    import numba
    from numba.core.types.misc import unliteral

    compiled = numba.njit(
        nogil=True, boundscheck=False, error_model="numpy", _nrt=False, pipeline_class=compiler, **options
    )(function)
    template = compiled.get_call_template

    def one_signature(args: Any, kws: Any) -> Any:
        """Let a constant argument be an integer like any other, so that each kernel has one signature."""
        plain = {name: unliteral(kind) for name, kind in kws.items()}
        return template(tuple(unliteral(kind) for kind in args), plain)

    compiled.get_call_template = one_signature
    return compiled
