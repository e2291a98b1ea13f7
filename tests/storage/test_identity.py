"""What a run is, in one hash: any change of what its months follow from changes it, and no change of words about them does."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from datetime import date
from pathlib import Path

import pytest

import glasstown
from glasstown.storage import Document, Manifest
from glasstown.storage.identity import FILES, NOT_LIVED, _sources, code_hash, identity_of, spoken

PACKAGE = Path(glasstown.__file__).parent

SOURCE = '''"""What it does."""

# a remark
LIMIT = 3
"""what it limits"""


def twice(x: int) -> int:  # said again
    """Return twice the number,

    as told."""
    return 2 * x + len("# kept")
'''


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("What it does.", "What it did."),
        ("# a remark\n", ""),
        ("# said again", "# said otherwise"),
        ("what it limits", "the most"),
        ("number,\n\n    as told.", "number."),
        ("\n\n\ndef", "\ndef"),
    ],
)
def test_spoken__is_the_same_after_a_change_of_words(old: str, new: str) -> None:
    assert old in SOURCE
    assert spoken(SOURCE.replace(old, new)) == spoken(SOURCE)


@pytest.mark.parametrize(("old", "new"), [("LIMIT = 3", "LIMIT = 4"), ("2 * x", "3 * x"), ("# kept", "# lost")])
def test_spoken__changes_with_what_is_done(old: str, new: str) -> None:
    assert spoken(SOURCE.replace(old, new)) != spoken(SOURCE)


@pytest.mark.parametrize(
    "change",
    [
        {"seed": 2}, {"people": 101}, {"firms": 8}, {"months": 37}, {"track": 1}, {"unknown": "low"},
        {"start": date(2013, 2, 1)}, {"settings": {"hazard.c1": "5"}}, {"acts": (Document.of("acts.yaml", "other\n"),)},
        {"parameters": Document.of("parameters.yaml", "other\n")}, {"place": Document.of("county.yaml", "other\n")},
    ],
)  # fmt: skip
def test_identity_of__changes_with_whatever_the_months_follow_from(
    manifest: Manifest, change: dict[str, object]
) -> None:
    assert identity_of(manifest.with_changes(**change)) != identity_of(manifest)


def test_identity_of__changes_with_a_rulebook_and_its_reading(manifest: Manifest) -> None:
    book = manifest.rulebooks[0]
    others = [
        {"rules": Document.of("rules.yaml", "other\n")},
        {"sources": Document.of("sources.yaml", "other\n")},
        {"variant": "strict"},
        {"base": book},
    ]
    found = {identity_of(manifest.with_changes(rulebooks=(book.model_copy(update=each),))) for each in others}
    assert len(found | {identity_of(manifest)}) == 5


def test_identity_of__leaves_out_what_no_number_follows_from(manifest: Manifest) -> None:
    changed = manifest.with_changes(threads=3, command="another", timings={"months": 1.0}, parts=2)
    assert identity_of(changed) == identity_of(manifest)


def test_identity_of__changes_with_the_code(manifest: Manifest, monkeypatch: pytest.MonkeyPatch) -> None:
    before = identity_of(manifest)
    monkeypatch.setattr("glasstown.storage.identity.code_hash", lambda: "other")
    assert identity_of(manifest) != before
    assert len(code_hash()) == 32


TOLD = frozenset(("errors", "incoming", "letters", "machine", "paths", "personal", "plainest", "wording"))
"""parts of the shared vocabulary that say and refuse: no number of a run follows from them"""


def lived() -> list[Path]:
    """Return the files whose change is another code."""
    return [path for path in _sources(PACKAGE) if path.relative_to(PACKAGE).as_posix() not in NOT_LIVED]


def left_out(sources: Iterable[str], hashed: Collection[str]) -> set[str]:
    """Return the modules of the shared vocabulary that sources import and that are neither hashed nor known to say and refuse."""
    imports = {name for source in sources for name in re.findall(r"from glasstown\.([a-z_]+) import", source)}
    roots = {path.stem for path in PACKAGE.glob("*.py")}
    return (imports & roots) - {Path(name).stem for name in hashed} - TOLD


def test_code__is_all_that_lives_the_months() -> None:
    assert left_out((path.read_text("utf-8") for path in lived()), FILES) == set()
    assert {"runs/driven.py", "runs/final.py", "rows.py", "exact.py", "engine/period.py"} <= {
        path.relative_to(PACKAGE).as_posix() for path in lived()
    }


def test_code_that_is_left_out__is_found() -> None:
    assert left_out(["from glasstown.rows import Row\nfrom glasstown.wording import count"], ["exact.py"]) == {"rows"}


def test_files_that_are_named__are_there() -> None:
    assert [name for name in (*FILES, *NOT_LIVED) if not (PACKAGE / name).is_file()] == []
