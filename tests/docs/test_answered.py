"""How a page of questions gets its answers: in order, in a folder of their own, whole or in part."""

from __future__ import annotations

from pathlib import Path

import pytest

from scripts import script

ANSWERED = script(Path(__file__).resolve().parents[2] / "docs" / "answered.py")
PAGE = """# A page

```console
$ glasstown check suining-2010
```

```text{cut}
{answer}
```
"""


def test_answer__takes_the_place_of_an_old_one() -> None:
    page, answers = ANSWERED.with_answers(PAGE.format(cut="", answer="something else"))
    (told,) = answers.values()
    assert "something else" not in page
    assert page == PAGE.format(cut="", answer=told)
    assert ANSWERED.with_answers(page)[0] == page


def test_part__begins_and_ends_where_the_page_says() -> None:
    cut = ' from="suining-2010" until="in words alone"'
    page, answers = ANSWERED.with_answers(PAGE.format(cut=cut, answer=""))
    (told,) = answers.values()
    assert "suining-2010  sound" in page
    assert "in words alone" in told
    assert "in words alone  " not in page
    assert "more\n```" in page


@pytest.mark.parametrize("cut", [' from="nowhere"', ' until="nowhere"', ' from="in words" until="suining-2010"'])
def test_part_that_the_answer_lacks__ends_it(cut: str) -> None:
    with pytest.raises(SystemExit, match="no line of the answer begins with"):
        ANSWERED.with_answers(PAGE.format(cut=cut, answer=""))


def test_command_that_fails__ends_it_with_its_message() -> None:
    with pytest.raises(SystemExit, match=r"(?s)suinning-2010 ended with 2.*suining-2010"):
        ANSWERED.with_answers("```console\n$ glasstown show suinning-2010\n```\n")


def test_files__lie_where_the_commands_find_them(tmp_path: Path) -> None:
    text = "```yaml file=deep/x.yaml\nrulebook: suining-2010\nstart: 2010-01-01\nuntil: 2011-01-01\nevents: []\n```\n\n"
    _, answers = ANSWERED.with_answers(text + "```console\n$ glasstown case suining-2010 deep/x.yaml\n```\n", tmp_path)
    assert len(answers) == 1
    assert (tmp_path / "deep" / "x.yaml").is_file()


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("SHA-256  " + "0a" * 32, "SHA-256  …"),
        ("Glasstown 0.2.0 at commit 4b49e2d5de75 and uncommitted changes. Digest", "Glasstown 0.2.0. Digest"),
        ("9 files and a page, 412.7 kB.", "9 files and a page, … kB."),
    ],
)
def test_what_shifts_with_a_commit__is_left_out(said: str, kept: str) -> None:
    assert ANSWERED.settled(said) == kept
