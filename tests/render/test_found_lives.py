"""Lives that were found are told in plain sentences, and who asked nothing is told what can be asked."""

from __future__ import annotations

from pathlib import Path

from glasstown.answers.lives import Lives
from glasstown.outcomes.befell import Befell
from glasstown.outcomes.finding import Found
from glasstown.render import terminal
from glasstown.render.found_lives import befell_words

BEFELL = Befell(
    listings=(), wrong={"duplicate": 1, "misjudged": 1}, corrected=0, refused={"hotel": 1, "rail-ticket": 2},
    could_not_pay=1, in_arrears=3, out_of_work=8, guarantor=0, bankrupt=0,
)  # fmt: skip


def found(asked: dict[str, str]) -> str:
    answer = Lives(
        Path("runs/a"), Found("person", ("book",), asked, {}, (), 0, 0, 0, can_ask=("fifth", "could_not_pay"))
    )
    return " ".join(terminal.joined(terminal.lines(answer.blocks(), 200)).split())


def test_what_befell__is_told_in_plain_sentences() -> None:
    assert list(befell_words(BEFELL, {}, is_sole=True)) == [
        "Wrongly recorded once for an act that stood in the file already, once for refusing to pay, being unable to.",
        "Unable to pay what was owed by judgment for 1 month; so late with payments that creditors could go to court for 3 "
        "months; out of work for 8 months.",
        "Refused a hotel once, a ticket for a fast train twice.",
    ]


def test_question_that_is_missing__is_told_with_those_there_are() -> None:
    said = found({})
    assert "Nothing was asked, so these are the first by number, whatever befell them." in said
    assert "Of this run one can ask: --fifth, --could-not-pay." in said
    assert "Nothing was asked" not in found({"fifth": "1"})
