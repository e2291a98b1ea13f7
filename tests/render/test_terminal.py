"""Blocks as plain text: the same that the other writers say, within its width and without a colour."""

from __future__ import annotations

from glasstown.render import html, markdown, notebook, terminal
from glasstown.render.blocks import Block, Grid, Heading, Item, Paragraph, Sentences, Verbatim

BLOCKS: list[Block] = [
    Heading("A title", 1),
    Heading("Below"),
    Paragraph("Nobody & nothing.", loud=True),
    Sentences(("First.", "Second.")),
    Item("name", "words", ("below",), ("quiet",)),
    Grid(("", "number"), (("wishes", "12"),), frozenset({1}), caption="What was wished"),
    Verbatim("    a command\n"),
]


def test_lines__each_block_has_its_shape() -> None:
    assert terminal.lines(BLOCKS, 60) == [
        *("", "A title", "======="),
        *("", "Below", "-----"),
        "  Nobody & nothing.",
        *("  First.", "  Second."),
        *("  name  words", "    below", "    quiet"),
        *("          number", "  wishes      12"),
        "    a command",
    ]


def test_lines__letters_that_no_text_may_have_are_written_out() -> None:
    assert "\x1b" not in "".join(terminal.lines([Paragraph("a\x1b[2Jb"), Sentences(("a\x1b[2Jb",))], 60))


def test_writers__all_say_every_word() -> None:
    forms = (
        "\n".join(terminal.lines(BLOCKS, 60)),
        html.blocks(BLOCKS),
        notebook.as_html(BLOCKS),
        markdown.as_markdown(BLOCKS),
    )
    for form in forms:
        for said in (
            "A title",
            "Below",
            "Nobody",
            "First.",
            "Second.",
            "name",
            "words",
            "quiet",
            "wishes",
            "12",
            "a command",
        ):
            assert said in form


def test_page__marks_what_no_reader_should_miss_and_names_its_tables() -> None:
    page = html.blocks(BLOCKS)
    assert '<div class="note"><p>Nobody &amp; nothing.</p></div>' in page
    assert "<caption><span>What was wished</span></caption>" in page
