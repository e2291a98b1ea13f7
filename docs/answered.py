"""A page of questions: its files are written, its commands asked in order, and each answer put where the page shows it.

An answer stands in a `text` block right below its command. `from="…"` and `until="…"` behind `text` show of it what lies between
a line that begins so and a later line that does; without them its first lines are shown.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import shlex
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from glasstown.cli.main import main as command

MOST_LINES: Final = 60
"""lines of an answer that a page shows, where it shows the first"""
FILES: Final = re.compile(r"```\w+ file=(\S+)\n(.*?)```", flags=re.DOTALL)
BLOCK: Final = re.compile(
    r"```console\n(?P<lines>.*?)```(?:\n\n```text(?P<cut>(?: \w+=\"[^\"]*\")*)\n(?P<answer>.*?)```)?", flags=re.DOTALL
)
SHIFTS: Final = (
    (re.compile(r"(SHA-256 +)[0-9a-f]{64}"), r"\1…"),
    (re.compile(r" at commit \w+(?: and uncommitted changes)?"), ""),
    (re.compile(r"\b[\d.]+ [kM]B\b"), "… kB"),
)
"""what is another with each commit, or each version of a package, and a page cannot hold"""


def with_answers(text: str, folder: Path | None = None) -> tuple[str, dict[str, str]]:
    """Return a page with what its commands answer now, and the whole answer of each by its line.

    folder   where the files of the page and what the commands write are kept; without it nothing is kept

    Errors   SystemExit for a command that does not end with 0, and for an answer without the lines that the page shows
    """
    answers: dict[str, str] = {}

    def asked(found: re.Match[str]) -> str:
        answer = ""
        for line in found["lines"].splitlines():
            answer = answers[line.removeprefix("$ ")] = _answer(line)
        if found["answer"] is None:
            return found[0]
        cut = dict(re.findall(r"(\w+)=\"([^\"]*)\"", found["cut"]))
        return f"```console\n{found['lines']}```\n\n```text{found['cut']}\n{_shown(answer, found['lines'], **cut)}\n```"

    with _workplace(folder), _command_found():
        for name, content in FILES.findall(text):
            Path(name).parent.mkdir(exist_ok=True)
            Path(name).write_text(content, encoding="utf-8")
        return BLOCK.sub(asked, text), answers


@contextlib.contextmanager
def _workplace(folder: Path | None) -> Iterator[None]:
    """Stand in the folder, or in one that is gone afterwards."""
    with contextlib.ExitStack() as stack:
        if folder is None:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        folder.mkdir(exist_ok=True)
        stack.enter_context(contextlib.chdir(folder))
        yield


@contextlib.contextmanager
def _command_found() -> Iterator[None]:
    """Let `glasstown` be found by its name, so that answers suggest commands as a reader types them."""
    before = os.environ.get("PATH", "")
    os.environ["PATH"] = os.pathsep.join((str(Path(sys.executable).parent), before))
    try:
        yield
    finally:
        os.environ["PATH"] = before


def _answer(line: str) -> str:
    """Return what a command prints to a reader who is no terminal, without what shifts; what it says of its progress is dropped."""
    out, told = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(told):
        code = command(shlex.split(line.removeprefix("$ "))[1:])
    if code:
        raise SystemExit(f"{line} ended with {code}\n{told.getvalue()}")
    return settled(out.getvalue().strip("\n"))


def settled(answer: str) -> str:
    """Return an answer without what shifts from one commit to the next."""
    for pattern, instead in SHIFTS:
        answer = pattern.sub(instead, answer)
    return answer


def _shown(answer: str, asked: str, **cut: str) -> str:
    """Return the lines of an answer that a page shows, with a mark where others were left out."""
    lines = answer.split("\n")
    first = _line(lines, cut["from"], 0, asked) if "from" in cut else 0
    last = _line(lines, cut["until"], first + 1, asked) if "until" in cut else min(len(lines), first + MOST_LINES)
    kept = "\n".join(lines[first:last]).strip("\n")
    more = len(lines) - last
    after = [f"... and {more} {'line' if more == 1 else 'lines'} more"] if more else []
    return "\n".join([*(["..."] if first else []), kept, *after])


def _line(lines: list[str], beginning: str, start: int, asked: str) -> int:
    """Return the number of the first line from `start` on that begins so."""
    for number in range(start, len(lines)):
        if lines[number].lstrip().startswith(beginning):
            return number
    raise SystemExit(f"{asked}no line of the answer begins with '{beginning}'")
