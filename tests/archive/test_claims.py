"""The claims ledger: 78 rows, none empty, everything that a row points at is there, and commands answer what is said of them."""

from __future__ import annotations

import contextlib
import io
import re
import shlex
from pathlib import Path

import pytest

from glasstown.archive import claims
from glasstown.archive.claims import Claim, bears_out, load_claims, verb_of
from glasstown.cli.main import main as command
from glasstown.errors import RulebookError
from glasstown.paths import data_folder
from longer import few

ROOT = Path(__file__).parents[2]
ROWS = load_claims()
COMMANDS = sorted({(shown.command, shown.says) for claim in ROWS for shown in claim.shown_by if shown.command})
LIVED = [each for each in COMMANDS if each[0].split()[1] in ("compare", "run")]
SHORT = [each for each in COMMANDS if each not in LIVED[2:]]
"""all that live no town, and two that do"""
PAGES = sorted({shown.page for claim in ROWS for shown in claim.shown_by if shown.page})
CONCRETE = {"traced", "conflicting"}
ANSWERS: dict[str, str] = {}
"""what commands have answered, since several rows may look for words in one answer"""


def test_ledger__has_the_articles_claims_in_order_and_those_left_out_at_first() -> None:
    assert [claim.n for claim in ROWS] == list(range(1, 79))


def test_rows__lead_to_something_that_runs() -> None:
    first = [claim for claim in ROWS if claim.n <= 73]
    with_command = [each for each in first if any(shown.command for shown in each.shown_by)]
    assert len(with_command) >= 66
    assert sum(claim.is_lived for claim in first) >= 55
    assert sum(any(verb_of(shown) in ("run", "compare") for shown in each.shown_by) for each in first) >= 16


def test_rows_without_a_life_or_a_town__say_why() -> None:
    looked_up = [claim for claim in ROWS if claim.n <= 73 and not any(shown.command for shown in claim.shown_by)]
    assert [claim.n for claim in looked_up if not claim.missing and not claim.reason] == []


def test_rows_that_came_later__are_named_where_they_belong() -> None:
    named = {
        shown.claim: claim.n for claim in ROWS if claim.n <= 73 for shown in claim.shown_by if shown.claim is not None
    }
    assert [claim.n for claim in ROWS if claim.n > 73 and claim.n not in named] == []
    assert named[77] == 12


@pytest.mark.parametrize(
    ("says", "answer", "holds"),
    [
        ("offences done # # −#", "offences done 16,886 14,892 −1,994", True),
        ("offences done # # −#", "offences done 16,886 16,886 0", False),
        ("offences done # # −#", "offences done 16,886 17,000 +114", False),
        ("# air tickets", "no air tickets", False),
        ("1,000 → 995", "1,000 → 995 grade B", True),
        ("9 → 8", "9 → 9", False),
    ],
)
def test_words__hold_where_the_answer_has_them(says: str, answer: str, holds: bool) -> None:
    assert bears_out(says, answer) is holds


@pytest.mark.parametrize("claim", ROWS, ids=lambda claim: str(claim.n))
def test_claim__says_what_was_found_and_shows_it(claim: Claim) -> None:
    assert claim.found
    assert claim.shown_by
    assert claim.verdict not in CONCRETE or any(shown.claim is None for shown in claim.shown_by)


@pytest.mark.parametrize(("line", "says"), few(COMMANDS, SHORT, is_spread=True))
def test_command__that_shows_a_claim_answers_it(
    line: str, says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    if line not in ANSWERS:
        with contextlib.redirect_stdout(io.StringIO()) as out:
            assert command(shlex.split(line)[1:]) == 0
        ANSWERS[line] = " ".join(out.getvalue().split())
    assert bears_out(says, ANSWERS[line])


@pytest.mark.parametrize("page", PAGES)
def test_page__that_shows_a_claim_is_there_with_its_heading(page: str) -> None:
    path, _, anchor = page.partition("#")
    text = (ROOT / path).read_text(encoding="utf-8")
    headings = [
        re.sub(r"[^\w\- ]", "", line.lstrip("# ").lower()).replace(" ", "-") for line in re.findall("^#.*", text, re.M)
    ]
    assert not anchor or anchor in headings


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("  - n: 2\n", "  - n: 4\n", "Number the rows"),
        ("suining-2010#su-d06", "suining-2010#su-dd06", "Did you mean 'su-d06'?"),
        ('rule: "jinan-dogs-2017"', 'rule: "jinan-cats-2017"', "jinan-dogs-2017"),
        ('event: "2011-10"', 'event: "2011-11"', "2011-11"),
        ("agency: ndrc", "agency: ndcr", "Did you mean 'ndrc'?"),
        ("batch: pilots", "batch: pilot", "Did you mean 'pilots'?"),
        ("claim: 2}", "claim: 99}", "99"),
        ("verdict: left out", "verdict: context", "a reason exactly where a claim is left out"),
        ('{command: "glasstown timeline",', '{command: "glasstown timeline", claim: 2,', "exactly one key"),
        (', says: "28 agencies"}', "}", "a command without its words"),
        ("{event: \"2002-11\"}", "{event: \"2002-11\", says: \"Jiang\"}", "words without a command"),
        ("source: opinions2025", "source: opinions2026", "opinions2025"),
        ("    verdict: traced", "    verdict: tracked", "traced"),
    ],
)  # fmt: skip
def test_faults__are_told_with_place_and_way_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, old: str, new: str, words: str
) -> None:
    text = (data_folder() / "claims.yaml").read_text(encoding="utf-8")
    assert old in text
    (tmp_path / "claims.yaml").write_text(text.replace(old, new, 1), encoding="utf-8")
    monkeypatch.setattr(claims, "data_folder", lambda: tmp_path)
    with pytest.raises(RulebookError) as caught:
        load_claims()
    told = "\n".join(str(fault) for fault in caught.value.faults)
    assert words in told, told
    assert "claims.yaml:" in told
