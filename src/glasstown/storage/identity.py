"""What a run is, in one hash: all that its months follow from, the code that lives them included.

Checkpoints carry it, so that a run never goes on from the state of another one, or of another version.
"""

from __future__ import annotations

import ast
import hashlib
import io
import json
import tokenize
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from glasstown.storage.manifest import Manifest

STAGES = ("language", "compiler", "population", "engine", "runs")
FILES = ("chance.py", "exact.py", "fields.py", "ledger.py", "rows.py", "types.py", "storage/kept.py")
"""What lives the months and writes them down, by file or whole stage."""
NOT_LIVED = frozenset(
    f"{stage}/{name}.py"
    for stage, names in {
        "language": (
            "notes",
            "notes_idle",
            "yaml_plain",
            "schema",
            "shape_words",
            "target_file",
            "unknown_file",
        ),
        "runs": (
            "arguments",
            "held",
            "life_rows",
            "live_again",
            "living",
            "memory",
            "one_life",
            "scenario",
            "scenario_file",
            "usage",
        ),
    }.items()
    for name in names
)
"""files of these stages that read, ask and tell; a file that is new is lived until it is named here"""
SHORT_HASH = 16
"""bytes of a hash that tells versions apart"""


def identity_of(manifest: Manifest) -> str:
    """Return the hash of what a run was asked for and of the code that is here now; threads and names of folders are left out."""
    asked = {
        "code": code_hash(),
        "orders": manifest.orders.sha256 if manifest.orders else None,
        "numbers": [manifest.seed, manifest.people, manifest.firms, manifest.months, manifest.track],
        **_town(manifest),
    }
    return _hash(json.dumps(asked, sort_keys=True).encode())


def town_of(manifest: Manifest) -> str:
    """Return the hash of what says who lives in a town and under what: for how long, by what code and by whose orders is left out."""
    town = {**_town(manifest), "numbers": [manifest.seed, manifest.people, manifest.firms]}
    return _hash(json.dumps(town, sort_keys=True).encode())


def _town(manifest: Manifest) -> dict[str, object]:
    return {
        "rulebooks": [[each.reference, *(text.sha256 for text in each.texts)] for each in manifest.rulebooks],
        "acts": [each.sha256 for each in manifest.acts],
        "parameters": manifest.parameters.sha256,
        "place": manifest.place.sha256,
        "own": [
            each.sha256 if each else None for each in (manifest.own_acts, manifest.own_parameters, manifest.mechanism)
        ],
        "drive": manifest.drive.sha256 if manifest.drive else None,
        "settings": dict(manifest.settings),
        "start": manifest.start.isoformat(),
        "unknown": manifest.unknown,
    }


@cache
def code_hash() -> str:
    """Return the hash of the code that lives a run's months; comments, docstrings and empty lines do not count."""
    package = Path(__file__).resolve().parents[1]
    digest = hashlib.blake2b(digest_size=SHORT_HASH)
    for name, path in sorted((path.relative_to(package).as_posix(), path) for path in _sources(package)):
        if name in NOT_LIVED:
            continue
        digest.update(name.encode())
        digest.update(_hash(spoken(path.read_text("utf-8")).encode()).encode())
    return digest.hexdigest()


def _sources(package: Path) -> Iterator[Path]:
    for stage in STAGES:
        yield from (package / stage).rglob("*.py")
    yield from (package / name for name in FILES)


def spoken(source: str) -> str:
    """Return the lines of a source that Python acts on, the same in every version of Python."""
    lines = source.splitlines()
    for first, last in _strings_alone(ast.parse(source)):
        lines[first - 1 : last] = [""] * (last - first + 1)
    if any("#" in line for line in lines):
        for token in tokenize.generate_tokens(io.StringIO("\n".join(lines) + "\n").readline):
            if token.type == tokenize.COMMENT:
                row, column = token.start
                lines[row - 1] = lines[row - 1][:column]
    return "\n".join(line.rstrip() for line in lines if line.strip())


def _strings_alone(tree: ast.Module | ast.stmt) -> Iterator[tuple[int, int]]:
    """Yield the lines of every string that stands by itself: docstrings, and those beneath a constant."""
    for statement in getattr(tree, "body", ()):
        if isinstance(statement, ast.Expr) and _is_string(statement.value):
            yield statement.lineno, statement.end_lineno or statement.lineno
        yield from _strings_alone(statement)


def _is_string(value: ast.expr) -> bool:
    return isinstance(value, ast.Constant) and isinstance(value.value, str)


def _hash(content: bytes) -> str:
    return hashlib.blake2b(content, digest_size=SHORT_HASH).hexdigest()
