"""A fault is told on one line, whatever was found."""

from __future__ import annotations

from glasstown.errors import Fault


def test_fault__writes_out_what_cannot_be_printed() -> None:
    fault = Fault("clause 'a'", None, "the text 'one\ntwo\t\x00\u2028'", "a number", "Correct it.")
    assert str(fault) == r"clause 'a': found the text 'one\ntwo\t\x00\u2028'; expected a number. Correct it."


def test_fault__keeps_words_of_every_script() -> None:
    fault = Fault("list '失信'", None, "“é − 失信被执行人名单”", "…", "—")
    assert str(fault) == "list '失信': found “é − 失信被执行人名单”; expected …. —"
