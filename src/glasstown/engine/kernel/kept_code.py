"""Machine code that took long to make, read again from the cache folder.

Numba's own cache trusts what it finds: a file that is cut short ends the program, and a changed one is run.  Here each file begins
with a hash, one that does not fit is compiled anew and replaced, and where nothing can be written kernels serve all the same
(`shelf.py`).
Numba's also asks when a source was last changed, so that no two installations share code; here the source's text decides.
"""

from __future__ import annotations

import hashlib
import pickle
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from numba.core.caching import _Cache
from numba.core.compiler import CompileResult
from numba.core.serialize import dumps

from glasstown.engine.kernel.shelf import shelf_of


class KeptCode(_Cache):  # type: ignore[misc]
    """The compiled forms of one function on disk, a file for each signature; Numba asks it before it compiles."""

    def __init__(self, function: Callable[..., Any], folder: Path, beside: str = "") -> None:
        """Look for the function's code in this folder, which need not exist; `beside` names what else it is made of."""
        self._function, self._folder, self._beside = function, folder, beside

    @property
    def cache_path(self) -> str:
        """Return the folder, as Numba's statistics name it."""
        return str(self._folder)

    def load_overload(self, sig: Any, target_context: Any) -> Any:
        """Return the compiled function of this signature, or None where it has to be compiled.

        Nothing of what Numba could compile is loaded for it.
        """
        shelf = shelf_of(self._folder)
        content = shelf.read(self._name(sig))
        if content is None:
            shelf.begin()
        return None if content is None else CompileResult._rebuild(target_context, *pickle.loads(content))

    def save_overload(self, sig: Any, data: Any) -> None:
        """Keep a compiled function where that can be done."""
        shelf_of(self._folder).keep(self._name(sig), dumps(data._reduce()))

    def enable(self) -> None:
        """Do nothing: it is always on."""

    def disable(self) -> None:
        """Do nothing, as `enable`."""

    def flush(self) -> None:
        """Do nothing: other sources lead to other files."""

    def _name(self, sig: Any) -> str:
        """Return the name of this signature's file: it holds what, besides the folder's, the code depends on."""
        made_from = f"{sig} {_source_hash(self._function.__code__.co_filename)}{self._beside}".encode()
        name = f"{self._function.__module__.rpartition('.')[2]}.{self._function.__qualname__}"
        digest = hashlib.blake2b(made_from, digest_size=8).hexdigest()
        return f"{name.replace('<', '').replace('>', '')}-{digest}.{sys.implementation.cache_tag}.nbc"


@cache
def _source_hash(file: str) -> str:
    """Return a hash of the text that a function stands in."""
    return hashlib.blake2b(Path(file).read_bytes(), digest_size=8).hexdigest()
