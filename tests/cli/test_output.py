"""What is shown: the same blocks on a terminal, off a terminal, and in a notebook."""

from __future__ import annotations

import pytest

from glasstown.cli.output import progress, rendered
from glasstown.render.blocks import Grid, Heading, Item, Paragraph, Sentences, Verbatim
from glasstown.render.notebook import as_html

BLOCKS = [
    Heading("A [bold]title[/bold]", 1),
    Paragraph("plain <b>words</b> :smile:"),
    Item("su-d06", "running a red light", ("takes 50 points.",), ("[reported] x, y",)),
    Grid(("id", "n"), (("a", "1"), ("b", "22")), frozenset({1})),
    Sentences(("One <i>thing</i>.", "Another.")),
    Verbatim("  laid out\n    already\n"),
]


def test_rendered__shows_brackets_as_they_are() -> None:
    text = rendered(BLOCKS)
    assert "A [bold]title[/bold]" in text
    assert "[reported] x, y" in text
    assert ":smile:" in text


def test_rendered__has_no_colour_off_a_terminal_and_no_padding() -> None:
    text = rendered(BLOCKS)
    assert "\x1b" not in text
    assert all(line == line.rstrip(" ") for line in text.splitlines())


def test_rendered__keeps_what_is_laid_out() -> None:
    assert "  laid out\n    already\n" in rendered(BLOCKS)


def test_as_html__escapes_every_text() -> None:
    html = as_html(BLOCKS)
    assert "<b>words</b>" not in html
    assert "&lt;b&gt;words&lt;/b&gt;" in html
    assert "<td>22</td>" in html
    assert "<p>One &lt;i&gt;thing&lt;/i&gt;.</p><p>Another.</p>" in html


def test_progress__off_a_terminal_says_nothing_for_a_short_job(capsys: pytest.CaptureFixture[str]) -> None:
    with progress("Living", "months") as report:
        report(1, 2)
        report(2, 2)
    captured = capsys.readouterr()
    assert captured.out == captured.err == ""
