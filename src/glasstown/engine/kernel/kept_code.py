"""Machine code that took long to make, read again from the cache folder.

Numba's own cache trusts what it finds: a file that is cut short ends the program, and a changed one is run.  Here each file begins
with a hash, one that does not fit is compiled anew and replaced, and where nothing can be written kernels serve all the same.
Numba's also asks when a source was last changed, so that no two installations share code; here the source's text decides.
"""

from __future__ import annotations

import hashlib
import pickle
import sys
import warnings
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from numba.core.caching import _Cache
from numba.core.compiler import CompileResult
from numba.core.serialize import dumps

from glasstown.engine.kernel.whole_files import read_whole, write_whole
from glasstown.errors import RunWarning

COMPILING = "Compiling the kernels, which takes about a minute and is done once for an installation ..."
UNKEPT = (
    "Compiled kernels cannot be kept in {} ({}): compiling them takes about a minute, each time. "
    "GLASSTOWN_CACHE can name another folder."
)


class KeptCode(_Cache):  # type: ignore[misc]
    """The compiled forms of one function on disk, a file for each signature; Numba asks it before it compiles."""

    def __init__(self, function: Callable[..., Any], folder: Path) -> None:
        """Look for the function's code in this folder, which need not exist."""
        self._function, self._folder = function, folder

    @property
    def cache_path(self) -> str:
        """Return the folder, as Numba's statistics name it."""
        return str(self._folder)

    def load_overload(self, sig: Any, target_context: Any) -> Any:
        """Return the compiled function of this signature, or None where it has to be compiled.

        Nothing of what Numba could compile is loaded for it.
        """
        content = read_whole(self._path(sig))
        if content is None:
            _say_compiling()
        return None if content is None else CompileResult._rebuild(target_context, *pickle.loads(content))

    def save_overload(self, sig: Any, data: Any) -> None:
        """Keep a compiled function; where that cannot be done, say so once."""
        path = self._path(sig)
        failed = write_whole(path, dumps(data._reduce()))
        if failed is not None and read_whole(path) is None:
            _say_unkept(str(self._folder), (failed.strerror or str(failed)).lower())

    def enable(self) -> None:
        """Do nothing: it is always on."""

    def disable(self) -> None:
        """Do nothing, as `enable`."""

    def flush(self) -> None:
        """Do nothing: other sources lead to other files."""

    def _path(self, sig: Any) -> Path:
        """Return where the code of this signature lies: the name holds what, besides the folder's, it depends on."""
        made_from = f"{sig} {_source_hash(self._function.__code__.co_filename)}".encode()
        name = f"{self._function.__module__.rpartition('.')[2]}.{self._function.__qualname__}"
        digest = hashlib.blake2b(made_from, digest_size=8).hexdigest()
        return self._folder / f"{name.replace('<', '').replace('>', '')}-{digest}.{sys.implementation.cache_tag}.nbc"


@cache
def _source_hash(file: str) -> str:
    """Return a hash of the text that a function stands in."""
    return hashlib.blake2b(Path(file).read_bytes(), digest_size=8).hexdigest()


@cache
def _say_compiling() -> None:
    warnings.warn(COMPILING, RunWarning, stacklevel=2)


@cache
def _say_unkept(folder: str, why: str) -> None:
    warnings.warn(UNKEPT.format(folder, why), RunWarning, stacklevel=2)
