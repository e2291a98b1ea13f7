"""What must hold of compiled kernels: integers only, one signature each, a cache that notices every change."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from glasstown.engine.kernel import cache

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
    """Compile every kernel anew in a process and a cache of its own, and tell what the LLVM text holds."""
    folder = tmp_path_factory.mktemp("kernels")
    environment = {"GLASSTOWN_CACHE": str(folder), "PATH": "/usr/bin:/bin", "HOME": str(folder)}
    done = subprocess.run([sys.executable, "-c", PROBE], env=environment, capture_output=True, text=True, timeout=900)
    assert done.returncode == 0, done.stderr
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


def test_cache_folder__without_a_home_is_one_where_nothing_can_be_written(monkeypatch: pytest.MonkeyPatch) -> None:
    def nowhere() -> Path:
        raise RuntimeError("Could not determine home directory.")

    for name in ("GLASSTOWN_CACHE", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(Path, "home", nowhere)
    with pytest.raises(OSError, match="directory"):
        cache.cache_folder().mkdir(parents=True)
