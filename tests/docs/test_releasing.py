"""Version, changelog, citation and tag agree, so that what is cut is what is named."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

import glasstown

ROOT = Path(__file__).resolve().parents[2]
HEADING = re.compile(r"^## (\d+\.\d+\.\d+) \((unreleased|\d{4}-\d{2}-\d{2})\)$", flags=re.MULTILINE)


def disagreements(version: str, changelog: str, citation: str, tags: tuple[str, ...] = ()) -> list[str]:
    """Return what does not fit: the first section names the version and, once it is cut, its day; `tags` are those of this commit."""
    heading = HEADING.search(changelog)
    if heading is None:
        return ["no section with a version and 'unreleased' or a day"]
    named, day = heading.groups()
    cited = dict(re.findall(r"^(version|date-released): (\S+)$", citation, flags=re.MULTILINE))
    wanted = version.removesuffix(".dev0")
    found = [] if named == wanted else [f"the changelog begins with {named}, the package is {version}"]
    if version.endswith(".dev0"):
        return found + ([f"{version} has a day"] if day != "unreleased" else [])
    if cited.get("version") != version:
        found.append(f"the citation names {cited.get('version')}")
    if cited.get("date-released", "unreleased") != day:
        found.append(f"the citation's day is {cited.get('date-released')}, the changelog's {day}")
    if tags and (f"v{version}" not in tags or day == "unreleased"):
        found.append(f"the commit is tagged {', '.join(tags)}")
    return found


def tags_here() -> tuple[str, ...]:
    """Return the tags of versions at this commit; none outside a checkout."""
    asked = subprocess.run(
        ["git", "tag", "--points-at", "HEAD", "--list", "v*"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return tuple(asked.stdout.split()) if asked.returncode == 0 else ()


def test_version_changelog_citation_and_tag__agree() -> None:
    changelog, citation = ((ROOT / name).read_text("utf-8") for name in ("CHANGELOG.md", "CITATION.cff"))
    assert disagreements(glasstown.__version__, changelog, citation, tags_here()) == []


CUT, OPEN = "# Changes\n\n## 0.2.0 (2026-12-01)\n", "# Changes\n\n## 0.2.0 (unreleased)\n"
CITED = "version: 0.2.0\ndate-released: 2026-12-01\n"


@pytest.mark.parametrize(
    ("version", "changelog", "citation", "tags", "number"),
    [
        ("0.2.0", OPEN, "version: 0.2.0\n", (), 0),
        ("0.2.0", CUT, CITED, ("v0.2.0",), 0),
        ("0.3.0.dev0", "## 0.3.0 (unreleased)\n", CITED, (), 0),
        ("0.2.1", CUT, CITED, (), 2),
        ("0.2.0", CUT, "version: 0.2.0\n", (), 1),
        ("0.2.0", OPEN, "version: 0.2.0\n", ("v0.2.0",), 1),
        ("0.2.0", CUT, CITED, ("v0.1.0",), 1),
        ("0.2.0", "## 0.2.0, soon\n", CITED, (), 1),
        ("0.3.0.dev0", CUT, CITED, (), 2),
    ],
)
def test_disagreement__is_found(
    version: str, changelog: str, citation: str, tags: tuple[str, ...], number: int
) -> None:
    assert len(disagreements(version, changelog, citation, tags)) == number


def test_section_of_the_version__is_in_order() -> None:
    section = (ROOT / "CHANGELOG.md").read_text("utf-8").split("\n## ")[1]
    assert re.findall("^### (.*)$", section, flags=re.MULTILINE) == ["Results changed", "Added", "Changed", "Mended"]
    lines = [line for line in section.splitlines() if line.startswith("- ")]
    assert len(lines) == len(set(lines))
