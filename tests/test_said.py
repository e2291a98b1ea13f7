"""No phrase that readers stumbled over stands in a page of the project or in what the commands print of a town."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import glasstown
from glasstown.answers.base import Answer
from glasstown.render import terminal
from glasstown.runs.request import RunRequest
from glasstown.runs.session import run_town

ROOT = Path(__file__).parents[1]
STUMBLED = (
    r"no grade 100\.0 %", r"mean score 0\b", r"No clause took a point", r"The 1 wrong ones",
    r"\bsaying that somebody would not pay\b", r"did so through nothing but wrong records", r"\d by an old copy",
    r"adults say that the scheme is right .*and [\d,]+ think so", r"Other gates refused", r"\bwishes that gates\b",
    r"were told before they were to be listed", r"[Nn]ever fired", r"would have fired", r"\b1 times\b",
    r"Clauses of the rulebook:", r"0 → 0", r"grade none", r"\bevent (e\d+|event-\d+)\b", r"acts were done in all",
    r"\b1 acts\b(?!:)", r"owes no\b(?! bank)", r"WRONG: recorded as", r"\bperform(ed)? on \d{4}-", r"this version has no debt",
    r"\(an invented name\)", r"\d{4}, for \d+ [A-Z][a-z]+ \d{4}", r"What was not read is not absent",
    r"pedestrian crossing: done", r"on a black list that nothing but wrong records", r"hold the median difference",
    r"\b1 seeds\b", r"\bless first-1\b", r"its own text was not read; what else", r"seen (recalled|quoted|summary)\b",
    r"None: this section was read", r"\b1 agencies\b", r"stands? there so at the end", r"starts at 0 points",
    r"Nothing that was done here was found out", r"Under \S+: Nothing was ever recorded", r"\bIn all \d+ acts?\b",
    r"\b0 yuan are\b", r"for every full 1 ",
    r"NO CLAUSE WAS EVER", r"score stayed where it", r"\blist spc_[a-z]+: ", r"income fifth +fifth-\d", r"objected to; \d",
    r"(?<![\d.,+−-])0 (?:were|good deeds|offences|of them|adults)\b", r"went from 0\.0 to", r"of which [\d,]+ and [\d,]+ were",
)  # fmt: skip
"""what six readers found, as it would be printed"""
TOWN = "rongcheng-2013,cn-court-list-2017"
BUSY = {"hazard.c11": "0.002", "judgment.arrears": "10", "recording.dishonesty.default": "1", "start.lived_months": "0"}
PAGES = [page for page in sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]) if page.name != "CHANGELOG.md"]
LISTED = ("cn-court-list-2017", "suining-2010", "wuhan-env-2017")


def stumbles(text: str) -> list[str]:
    flat = " ".join(text.split())
    return [phrase for phrase in STUMBLED if re.search(phrase, flat)]


def printed(answer: Answer) -> str:
    return "\n".join(terminal.lines(answer.blocks(), 100))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_no_page__says_what_readers_stumbled_over(page: Path) -> None:
    assert stumbles(page.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("book", LISTED)
def test_no_scheme__is_told_with_what_readers_stumbled_over(book: str) -> None:
    for answer in (glasstown.show(book), glasstown.check(book), glasstown.levers(book)):
        assert stumbles(printed(answer)) == []


def test_no_answer_of_the_record__has_what_readers_stumbled_over() -> None:
    asked = (
        glasstown.compare_rules(*LISTED[:2]),
        glasstown.agencies(),
        glasstown.claims(),
        glasstown.act("jaywalking"),
    )
    for answer in asked:
        assert stumbles(printed(answer)) == []


@pytest.mark.parametrize("name", ["able-and-performs", "refused-then-reviewed", "represents-a-debtor"])
def test_no_case_of_a_list__has_what_readers_stumbled_over(name: str) -> None:
    assert stumbles(printed(glasstown.case("cn-court-list-2017", name))) == []


def test_no_answer_about_a_town__has_what_readers_stumbled_over(tmp_path: Path) -> None:
    """Summary, lives, a life that is listed and its rescue, of a town in which a lot goes wrong."""
    folder = tmp_path / "run"
    asked = RunRequest(
        TOWN, people=450, firms=0, months=18, start="2017-06", settings=BUSY, threads=1, out=folder, command="t"
    )
    run_town(asked)
    found = glasstown.lives(folder, listed=True, most=3)
    numbers = [row["id"] for row in found.as_json()["lives"]]
    assert numbers, "nobody to tell of"
    answers = [found, glasstown.resume(folder), glasstown.resume(folder, all=True), glasstown.rescue(folder)]
    answers += [tell(folder, number) for number in numbers for tell in (glasstown.life, glasstown.rescue)]
    for answer in answers:
        assert stumbles(printed(answer)) == []


@pytest.mark.parametrize(
    "said",
    [
        "  2021-06-01  0 → 0   grade none",
        "The wait of event e6733824 for the list is over",
        "1 person came; 1 stands there so at the end.",
        "[assumed, seen recalled] background",
        "what is owed is performed on 2020-08-05",
        "would have been applied 1 times",
        "did 0 good deeds, of which 94 and 0 were found out",
        "2 cases. 0 were paid when called",
        "The mean score went from 0.0 to 1.0.",
        "list spc_dishonest: dishonest persons",
    ],
)
def test_planted_phrase__is_found(said: str) -> None:
    assert stumbles(said)
