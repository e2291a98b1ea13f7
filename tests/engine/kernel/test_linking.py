"""What must hold of how kernels become machine code: whole numbers wrap, parts stay parts, kept code loads by itself."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

SMALL = """
from glasstown.engine.kernel.cache import entry, kernel

@kernel
def after(x: int) -> int:
    return x + 1

@kernel
def squared_half(x: int) -> int:
    return (x * x) >> 32

@entry
def is_after_larger(x: int) -> int:
    return 1 if after(x) > x else 0

@entry
def is_half_negative(x: int) -> int:
    return 1 if squared_half(x) < 0 else 0

@entry
def is_next_larger(x: int) -> int:
    return 1 if x + 1 > x else 0
"""
LARGEST = (1 << 63) - 1

Answer = Callable[[str], list[str]]


@pytest.fixture
def answered(tmp_path: Path) -> Answer:
    """Give a function that runs code beside the small kernels, in a process of its own and a cache for this test alone."""
    (tmp_path / "small.py").write_text(SMALL)
    source = Path(__file__).resolve().parents[3] / "src"
    environment = {**os.environ, "GLASSTOWN_CACHE": str(tmp_path), "PYTHONPATH": f"{source}{os.pathsep}{tmp_path}"}

    def answer(code: str) -> list[str]:
        command = [sys.executable, "-c", f"import sys, small\n{code}"]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=300)
        assert done.returncode == 0, done.stderr
        return done.stdout.split()

    return answer


def test_whole_numbers__wrap(answered: Answer) -> None:
    found = answered(
        f"print(small.is_after_larger({LARGEST}), small.is_next_larger({LARGEST}), small.is_half_negative(3_037_000_500))"
    )
    assert found == ["0", "0", "1"]


def test_whole_numbers__would_not_wrap_as_numba_compiles_them() -> None:
    import numba

    planted = numba.njit(lambda x: 1 if x + 1 > x else 0)
    assert planted(LARGEST) == 1


def test_kernel__is_no_function_for_python(answered: Answer) -> None:
    code = "try:\n    small.after(1)\nexcept TypeError as error:\n    print(str(error))"
    assert " ".join(answered(code)).startswith("after is a part of other kernels")


def test_kernel__makes_no_machine_code_of_its_own(answered: Answer) -> None:
    code = """
small.is_after_larger(1)
for function in (small.after, small.is_after_larger):
    library = next(iter(function.overloads.values())).library
    print(type(library).__name__, hasattr(library, "_compiled_object"))
"""
    assert answered(code) == ["Part", "False", "Whole", "True"]


def test_kernels__are_private_to_the_function_that_links_them(answered: Answer) -> None:
    code = """
from numba.core.codegen import JITCodeLibrary
optimised, seen = JITCodeLibrary._optimize_final_module, {}

def look(library):
    seen.update({f.name: f.linkage.name for f in library._final_module.functions if not f.is_declaration})
    optimised(library)

JITCodeLibrary._optimize_final_module = look
small.is_after_larger(1)
print(*sorted(set(seen.values())), [linkage for name, linkage in seen.items() if "5after" in name][0])
"""
    assert "linkonce_odr" not in (found := answered(code))
    assert found[-1] == "internal"


def test_kept_code__loads_without_what_compiles(answered: Answer) -> None:
    code = """
print(small.is_after_larger(1), sum(small.is_after_larger.stats.cache_hits.values()), "numba.np.arrayobj" in sys.modules)
print(small.is_next_larger(1), sum(small.is_next_larger.stats.cache_hits.values()))
"""
    first, second = answered(code), answered(code)
    assert first == ["1", "0", "True", "1", "0"]
    assert second == ["1", "1", "False", "1", "1"]


def test_kept_code__can_be_compiled_beside(answered: Answer) -> None:
    answered("print(small.is_after_larger(1))")
    found = answered("print(small.is_after_larger(1), small.is_half_negative(2), small.is_next_larger(3))")
    assert found == ["1", "0", "1"]
