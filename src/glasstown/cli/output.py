"""What goes to stdout and stderr: one JSON document, or blocks in words; progress and messages beside them.

Answers go to stdout in one write, so that a reader that closes the pipe early ends the command quietly.
Rich is imported only where something is shown to people.
"""

from __future__ import annotations

import os
import re
import sys
import time
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TextIO

import typer

from glasstown.errors import RunWarning
from glasstown.letters import shown, shown_in_json
from glasstown.render.blocks import Block, Grid, Heading, Item, Paragraph, Sentences, Verbatim, mapped, safe
from glasstown.render.words import HELD
from glasstown.types import Progress

if TYPE_CHECKING:
    from rich.console import Console

    from glasstown.answers.base import Answer


PADDING = re.compile(r" +$", flags=re.MULTILINE)
"""Rich fills wrapped lines with spaces up to the width."""
FINDINGS_EXIT = 1
BROKEN_PIPE_EXIT = 141
PLAIN_WIDTH = 120
SECONDS_BETWEEN_LINES = 10.0


def finish(answer: Answer, *, as_json: bool) -> None:
    """Print the answer and end the command with its exit code."""
    if as_json:
        import json

        write(shown_in_json(json.dumps(answer.as_json(), ensure_ascii=False, indent=2, allow_nan=False)) + "\n")
    else:
        write(rendered(answer.blocks()))
    raise typer.Exit(answer.exit_code)


def write(text: str) -> None:
    """Write to stdout; a reader that has gone away ends the command quietly, and without a stdout nothing is said."""
    if sys.stdout is None:
        return
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit(BROKEN_PIPE_EXIT) from None


def say(text: str) -> None:
    """Write a message to stderr; nobody listening is no reason to fail."""
    if sys.stderr is None:
        return
    try:
        sys.stderr.write(shown(text.rstrip("\n")) + "\n")
        sys.stderr.flush()
    except (OSError, ValueError):  # gone, or closed
        return


@contextmanager
def words_on_stderr() -> Iterator[None]:
    """Say warnings about runs on stderr, each once, as a message of the command; other warnings stay as they are."""
    with warnings.catch_warnings():
        warnings.simplefilter("always", RunWarning)
        shown_else, said = warnings.showwarning, set()

        def show(message: Warning | str, category: type[Warning], *where: Any) -> None:
            if not issubclass(category, RunWarning):
                shown_else(message, category, *where)
            elif str(message) not in said:
                said.add(str(message))
                say(str(message))

        warnings.showwarning = show  # type: ignore[assignment]
        yield


def is_terminal(stream: TextIO | None) -> bool:
    """Return whether somebody looks at this stream; a process may have been started without it."""
    return stream is not None and not stream.closed and stream.isatty()


def rendered(blocks: Sequence[Block]) -> str:
    """Return the blocks as text for stdout: coloured on a terminal that wants colour, plain otherwise."""
    console = _console()
    with console.capture() as captured:
        for block in blocks:
            _show(console, mapped(safe(block), lambda text: text.replace(" %", HELD)))
    return PADDING.sub("", captured.get()).replace(HELD, " %")


def _console() -> Console:
    from rich.console import Console

    width = None if is_terminal(sys.stdout) else PLAIN_WIDTH
    return Console(file=sys.stdout, width=width, highlight=False, markup=False, emoji=False)


def _show(console: Console, block: Block) -> None:
    from rich.padding import Padding
    from rich.text import Text

    if isinstance(block, Heading):
        if block.level > 1:
            console.print()
        console.print(Text(block.text, style="bold underline" if block.level == 1 else "bold"))
    elif isinstance(block, Paragraph):
        console.print(Text(block.text, style="dim" if block.quiet else ""))
    elif isinstance(block, Sentences):
        for line in block.lines:
            console.print(Text(line))
    elif isinstance(block, Item):
        head = Text(block.name, style="cyan").append(f"  {block.words}", style="default")
        console.print(Padding(head, (0, 0, 0, 2), expand=False))
        for line in block.lines:
            console.print(Padding(Text(line), (0, 0, 0, 6), expand=False))
        for line in block.quiet:
            console.print(Padding(Text(line, style="dim"), (0, 0, 0, 6), expand=False))
    elif isinstance(block, Verbatim):
        console.out(block.text, end="")
    else:
        console.print(_grid(block))


def _grid(block: Grid) -> object:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_lines=block.roomy)
    for column, head in enumerate(block.heads):
        table.add_column(Text(head), justify="right" if column in block.right else "left", overflow="fold")
    for row in block.rows:
        table.add_row(*(Text(cell) for cell in row))
    return table


@contextmanager
def progress(what: str, unit: str) -> Iterator[Progress]:
    """Give a function that reports (done, total): a bar on a terminal, now and then a line elsewhere."""
    if not is_terminal(sys.stderr):
        yield _lines(what, unit)
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn(unit),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
    )
    with Bar(*columns, console=Console(stderr=True)) as bar:
        task = bar.add_task(what, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def _lines(what: str, unit: str) -> Progress:
    said_at = time.monotonic()

    def report(done: int, total: int) -> None:
        nonlocal said_at
        now = time.monotonic()
        if now - said_at >= SECONDS_BETWEEN_LINES and done < total:
            said_at = now
            say(f"{what}: {done} of {total} {unit}")

    return report
