"""`make coverage` measures both readings, and a floor that is missed or a test that fails is told by the exit code."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from longer import few
from tools import covered

SMALL = """
def halved(n: int) -> int:
    if n % 2:
        raise ValueError(n)
    return n // 2
"""


def reading(folder: Path, monkeypatch: pytest.MonkeyPatch, test: str) -> covered.Reading:
    """Return a reading of two lines, one of them behind a test, whose tests are this one."""
    package = folder / "glasstown" / "small"
    package.mkdir(parents=True)
    (package.parent / "__init__.py").touch()
    (package / "__init__.py").write_text(
        "def halved(n: int) -> int:\n    if n % 2:\n        raise ValueError(n)\n    return n // 2\n"
    )
    (folder / "test_small.py").write_text(f"from glasstown.small import halved\ndef test_it(): {test}\n")
    monkeypatch.setattr(covered, "ROOT", folder)
    monkeypatch.setattr(covered, "KEPT", folder / "kept")
    monkeypatch.setenv("PYTHONPATH", str(folder))
    return covered.Reading("small", (covered.Part(("test_small.py",), ("-p", "no:cacheprovider")),))


def test_readings__name_tests_that_exist() -> None:
    for each in covered.READINGS:
        for part in each.parts:
            assert all((covered.ROOT / path).exists() for path in part.tests), each.name


def test_measure__adds_up_the_parts() -> None:
    engine = covered.READINGS[1]
    (first, plain), (second, compiled) = covered.commands(engine, 0)
    assert plain["GLASSTOWN_KERNELS"] == "plain"
    assert "GLASSTOWN_KERNELS" not in compiled
    assert plain["COVERAGE_FILE"] == compiled["COVERAGE_FILE"]
    assert "--cov-append" not in first
    assert "--cov-append" in second


WELL = ("assert halved(4) == 2\n\ndef test_odd():\n    try: halved(3)\n    except ValueError: pass", True)
BELOW, FAILS = ("assert halved(4) == 2", False), ("assert halved(4) == 3", False)


@pytest.mark.parametrize(
    ("test", "holds"),
    few([WELL, BELOW, FAILS], [BELOW], is_spread=True),
    ids=["whole", "below the floor", "a test fails"],
)
def test_measure__holds_floor_and_tests(
    test: str, holds: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert covered.measure(reading(tmp_path, monkeypatch, test), 0) is holds


def test_main__knows_no_other_reading(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        covered.main(["compiler"])
    assert stopped.value.code == 2
    assert "expected interpreter or engine" in capsys.readouterr().err


def test_guide__has_each_reading_above_the_floor() -> None:
    guide = (Path(__file__).parents[2] / "CONTRIBUTING.md").read_text(encoding="utf-8")
    told = {
        name: float(figure) for name, figure in re.findall(r"^\| (\w+) \| ([\d.]+) % \|", guide, flags=re.MULTILINE)
    }
    assert list(told) == [each.name for each in covered.READINGS]
    assert min(told.values()) > covered.FLOOR
