"""The tab key: a script for each shell, and the answers that the shell gets."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from glasstown.cli.completion import ASKED_IN, SHELLS
from glasstown.language.load import shipped
from tests.cli.conftest import Command

BIN = Path(sys.executable).parent
COMPLETE = {
    "bash": """
eval "$(glasstown --completion bash)"
COMP_WORDS=(glasstown show suin) COMP_CWORD=2
_glasstown_completion glasstown
echo "${COMPREPLY[@]}"
""",
    "zsh": """
autoload -Uz compinit; compinit -u -D
eval "$(glasstown --completion zsh)"
echo ${_comps[glasstown]}
""",
    "fish": """
glasstown --completion fish | source
complete --do-complete 'glasstown show suin'
""",
}
ANSWERS = {"bash": "suining-2010", "zsh": "_glasstown_completion", "fish": "suining-2010"}


@pytest.mark.parametrize("shell", SHELLS)
def test_script__is_printed_for_each_shell(command: Command, shell: str) -> None:
    ended = command("--completion", shell)
    assert ended.code == 0
    assert ASKED_IN in ended.out


def test_script__of_an_unknown_shell_is_refused(command: Command) -> None:
    ended = command("--completion", "tcsh")
    assert (ended.code, ended.out) == (2, "")
    assert "bash, zsh, fish" in ended.err


@pytest.mark.parametrize("shell", COMPLETE)
def test_shell__completes_once_it_is_taught(shell: str, tmp_path: Path) -> None:
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not installed here")
    environment = {**os.environ, "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}", "HOME": str(tmp_path)}
    done = subprocess.run(
        [shell, "-c", COMPLETE[shell]],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.stdout.split() == [ANSWERS[shell]], done.stderr


def asked(words: str, tmp_path: Path) -> list[str]:
    """Return what bash is answered about the last of these words."""
    place = str(len(words.split(" ")) - 1)
    environment = {**os.environ, ASKED_IN: "complete_bash", "COMP_WORDS": words, "COMP_CWORD": place}
    done = subprocess.run(
        [sys.executable, "-m", "glasstown"],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.stderr == ""
    return done.stdout.split()


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("glasstown re", ["resume", "rescue", "report"]),
        ("glasstown report x --o", ["--out"]),
        ("glasstown show rongcheng-20", [name for name in shipped() if name.startswith("rongcheng-20")]),
        ("glasstown run suin", ["suining-2010"]),
        ("glasstown case suining-2010 red-light-and", ["red-light-and-found-money"]),
        ("glasstown case suining-2010@ceiling-1000 below", ["below-600"]),
        ("glasstown case no-such-rulebook b", []),
        ("glasstown no-such-command s", ["show", "sweep", "sources"]),
    ],
)
def test_answer__is_what_can_stand_there(words: str, found: list[str], tmp_path: Path) -> None:
    assert asked(words, tmp_path) == found
