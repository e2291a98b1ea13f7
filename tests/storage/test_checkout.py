"""The commit of a checkout, and none where there is no checkout."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from glasstown.storage import checkout
from glasstown.storage.checkout import checkout_of, made_with
from glasstown.storage.manifest import Checkout, Manifest


def git(root: Path, *words: str) -> str:
    who = ("-c", "user.name=a test", "-c", "user.email=a@example.invalid", "-c", "commit.gpgsign=false")
    return subprocess.run(
        ["git", "-C", str(root), *who, *words], check=True, capture_output=True, text=True
    ).stdout.strip()


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "src" / "glasstown").mkdir(parents=True)
    (tmp_path / "src" / "glasstown" / "a.py").write_text("a = 1\n")
    (tmp_path / "notes.txt").write_text("mine\n")
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-q", "-m", "a")
    return tmp_path


def test_checkout__has_the_commit_and_whether_the_package_is_another(root: Path) -> None:
    commit = git(root, "rev-parse", "HEAD")
    (root / "notes.txt").write_text("other\n")
    assert checkout_of(root) == Checkout(commit=commit, is_changed=False)
    (root / "src" / "glasstown" / "a.py").write_text("a = 2\n")
    assert checkout_of(root) == Checkout(commit=commit, is_changed=True)
    git(root, "checkout", "-q", "--", "src")
    (root / "src" / "glasstown" / "b.py").write_text("")
    assert checkout_of(root) == Checkout(commit=commit, is_changed=True)


def test_checkout__is_not_what_the_environment_says(
    root: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path_factory.mktemp("other")
    git(other, "init", "-q")
    monkeypatch.setenv("GIT_DIR", str(other / ".git"))
    found = checkout_of(root)
    monkeypatch.delenv("GIT_DIR")
    assert found == Checkout(commit=git(root, "rev-parse", "HEAD"), is_changed=False)


def test_no_checkout__has_no_commit(
    root: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    installed = tmp_path_factory.mktemp("installed")
    (installed / "src" / "glasstown").mkdir(parents=True)
    assert checkout_of(installed) is None
    git(installed, "init", "-q")
    assert checkout_of(installed) is None  # no commit yet
    monkeypatch.setenv("PATH", "")
    assert checkout_of(root) is None  # no git


@pytest.mark.parametrize(
    ("at", "words"),
    [
        (None, "Glasstown 0.2.0"),
        (Checkout(commit="ab" * 20, is_changed=False), "Glasstown 0.2.0 at commit abababababab"),
        (Checkout(commit="ab" * 20, is_changed=True), "Glasstown 0.2.0 at commit abababababab and uncommitted changes"),
    ],
)
def test_made_with__says_version_and_commit(at: Checkout | None, words: str, manifest: Manifest) -> None:
    assert made_with(manifest.with_changes(checkout=at, versions={"glasstown": "0.2.0"})) == words


def test_maker__is_what_a_manifest_says_of_the_code(manifest: Manifest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checkout, "checkout_here", lambda: Checkout(commit="cd" * 20, is_changed=False))
    made = manifest.with_changes(**checkout.maker())
    assert made.checkout is not None
    assert made.checkout.commit == "cd" * 20
    assert made.code
