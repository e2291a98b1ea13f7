"""What must hold of compiled kernels: integers only, one signature each, a cache that notices every change."""

from __future__ import annotations

import ast
import hashlib
import re
import subprocess
import sys
from pathlib import Path

import pytest

import glasstown
from glasstown.engine.kernel import cache
from glasstown.engine.kernel.whole_files import read_whole, write_whole

PACKAGE = Path(glasstown.__file__).parent
PROBE = """
import importlib, re
import glasstown
from pathlib import Path
from glasstown.engine import warm
from glasstown.engine.kernel.cache import kernel_sources
warm.warm()
package = Path(glasstown.__file__).parent
floats, several, n = [], [], 0
for path in kernel_sources():
    if "engine" not in path.parts or path.stem == "shapes":
        continue
    module = importlib.import_module(".".join(("glasstown", *path.relative_to(package).with_suffix("").parts)))
    for name, function in vars(module).items():
        if not hasattr(function, "inspect_llvm") or function.py_func.__module__ != module.__name__:
            continue
        n += 1
        if len(function.signatures) > 1:
            several.append(name)
        for signature in function.signatures:
            if re.search(r"\\b(float|double|half)\\b", function.inspect_llvm(signature)):
                floats.append(name)
print(n, "floats:", ",".join(floats), "several:", ",".join(several))
"""


@pytest.fixture(scope="module")
def probed(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Compile every kernel anew in a process and a cache of its own, and tell what the LLVM text holds.

    That follows from what the kernels' folder is named after, so that it is asked once for each state of them.
    """
    asked = hashlib.blake2b(f"{cache.kernel_hash()} {PROBE}".encode(), digest_size=8).hexdigest()
    path = cache.base_folder() / "probes" / f"{asked}.txt"
    told = read_whole(path)
    if told is None:
        told = _probe(tmp_path_factory.mktemp("kernels"))
        write_whole(path, told)
    return told.decode()


def _probe(folder: Path) -> bytes:
    environment = {"GLASSTOWN_CACHE": str(folder), "PATH": "/usr/bin:/bin", "HOME": str(folder)}
    done = subprocess.run([sys.executable, "-c", PROBE], env=environment, capture_output=True, timeout=900, check=False)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout


def test_kernels__hold_no_float(probed: str) -> None:
    assert int(probed.split()[0]) > 40
    assert re.search(r"floats: (\S*) several", probed).group(1) == ""  # type: ignore[union-attr]


def test_kernels__have_one_signature(probed: str) -> None:
    assert probed.split("several: ")[1].strip() == ""


def test_float_in_kernel__would_be_found() -> None:
    import numba

    planted = numba.njit(lambda count: count / 2)
    planted(3)
    assert re.search(r"\b(float|double|half)\b", planted.inspect_llvm(planted.signatures[0]))


def test_cache_folder__is_named_after_every_kernel_source(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    before = cache.kernel_hash()
    for source in cache.kernel_sources():
        changed = tmp_path / source.name
        changed.write_bytes(source.read_bytes() + b"\n# changed\n")
        others = [changed if path == source else path for path in cache.kernel_sources()]
        with monkeypatch.context() as patch:
            patch.setattr(cache, "kernel_sources", lambda found=others: found)
            assert cache.kernel_hash() != before, source.name
    assert cache.kernel_hash() == before


NAMED_BY_ITS_TEXT = "own_kernels.py"
"""Its kernels are named by a hash of the mechanism's text, arguments, parameters and seam: all that names from outside make."""


def unshared(source: str) -> set[str]:
    """Return the constants that a source imports from parts of the package whose changes compile nothing anew."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("glasstown."):
            is_shared = str(node.module).split(".")[1] in cache.SHARED_WITH_KERNELS
            found |= set() if is_shared else {name.name for name in node.names if name.name.isupper()}
    return found


def test_constants_of_kernels__come_from_files_whose_change_compiles_anew() -> None:
    others = [path for path in cache.kernel_sources() if path.name != NAMED_BY_ITS_TEXT]
    assert {name for path in others for name in unshared(path.read_text("utf-8"))} == set()
    assert {"population/tables.py", "types.py", "chance.py", "rows.py", "compiler/columns.py"} <= {
        path.relative_to(PACKAGE).as_posix() for path in cache.kernel_sources()
    }


def test_constant_from_elsewhere__is_found() -> None:
    assert unshared("from glasstown.language.model import MOST_CAPS, Cap") == {"MOST_CAPS"}
    assert unshared("from glasstown.population.tables import BLOCK") == set()


def test_cache_folder__without_a_home_is_one_where_nothing_can_be_written(monkeypatch: pytest.MonkeyPatch) -> None:
    def nowhere() -> Path:
        raise RuntimeError("Could not determine home directory.")

    for name in ("GLASSTOWN_CACHE", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(Path, "home", nowhere)
    with pytest.raises(OSError, match="directory"):
        cache.cache_folder().mkdir(parents=True)
