"""The project's frame: one task file, locked packages, documents whose links hold."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
LOCKS = ("build", "run", "explore", "dev")
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


def locked(name: str) -> dict[str, str]:
    """Return package and version of every entry of a lock."""
    text = (ROOT / "requirements" / f"{name}.lock").read_text(encoding="utf-8")
    return dict(re.findall(r"^([a-z0-9-]+)==([^ ;\\]+)", text, flags=re.MULTILINE))


@pytest.mark.parametrize("name", LOCKS)
def test_lock__has_a_hash_for_every_package_and_no_address(name: str) -> None:
    text = (ROOT / "requirements" / f"{name}.lock").read_text(encoding="utf-8")
    assert "://" not in text
    entries = re.split(r"^(?=[a-z0-9])", text, flags=re.MULTILINE)[1:]
    plain = [entry for entry in entries if "python_full_version" not in entry.splitlines()[0]]
    assert len({entry.split("==")[0] for entry in plain}) == len(plain)
    assert {entry.split("==")[0] for entry in entries} == set(locked(name))
    assert all("--hash=sha256:" in entry for entry in entries)


def test_locks__agree_on_every_package_they_share() -> None:
    run, explore, dev = locked("run"), locked("explore"), locked("dev")
    assert run.items() <= explore.items() <= dev.items()
    assert all(dev.get(package, version) == version for package, version in locked("build").items())


def test_locks__hold_what_the_project_asks_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    further = project["optional-dependencies"]
    asked = (
        ("run", project["dependencies"]),
        ("explore", further["explore"]),
        ("dev", [*further["dev"], *further["explore"]]),
    )
    for name, wanted in asked:
        packages = {re.split(r"[<>=!~\[; ]", entry)[0].lower().replace(".", "-") for entry in wanted}
        assert packages <= set(locked(name))


def test_makefile__has_the_verbs_with_a_line_of_help_each() -> None:
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    verbs = re.findall(r"^([a-z-]+):.*## \S", text, flags=re.MULTILINE)
    daily = ["help", "setup", "demo", "explore", "quick", "test", "check", "house", "coverage"]
    slow = ["verify", "deter", "stationary", "calibrate", "calibrate-recover", "calibrate-placebo", "bench"]
    assert verbs == [*daily, *slow, "docs", "site", "clean"]


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_document__links_only_to_files_that_are_there(path: Path) -> None:
    targets = re.findall(r"\]\((?!https?:|#|mailto:)([^)#\s]+)", path.read_text(encoding="utf-8"))
    assert [target for target in targets if not (path.parent / target).exists()] == []


def test_decisions__are_numbered_without_gaps_and_listed() -> None:
    pages = sorted(page.name for page in (ROOT / "docs" / "decisions").glob("*.md"))
    assert [int(name[:4]) for name in pages] == list(range(1, len(pages) + 1))
    architecture = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    assert [name for name in pages if f"docs/decisions/{name}" not in architecture] == []


@pytest.mark.parametrize("path", sorted((ROOT / "docs" / "decisions").glob("*.md")), ids=lambda path: path.stem)
def test_decision__has_context_choice_alternatives_consequence(path: Path) -> None:
    headings = re.findall(r"^## (.+)$", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    assert headings == ["Context", "Choice", "Alternatives", "Consequence"]


def test_architecture__has_a_paragraph_for_every_stage() -> None:
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    stages = [path.parent.name for path in (ROOT / "src" / "glasstown").glob("*/__init__.py")]
    assert [stage for stage in stages if f"{stage}/" not in text] == []


def test_versions__are_the_same_everywhere() -> None:
    import glasstown

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    citation = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    changes = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert "version" not in project
    assert project["dynamic"] == ["version"]
    assert f"\nversion: {glasstown.__version__}\n" in citation
    newest = changes.split("\n## ")[1]
    assert newest.startswith(glasstown.__version__)
    assert newest.split("\n### ")[1].startswith("Results changed")
