"""A month at a desk as a browser asks for it: what a page shows, what it never shows, and what is decided, taken back and closed."""

from __future__ import annotations

import ast
import contextlib
import csv
import io
import json
import re
from collections.abc import Callable
from html import unescape
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from starlette.testclient import TestClient

import glasstown
from explored import CLERK
from glasstown.answers.living import LivingTown
from glasstown.desks.docket import SEEN, order_for
from glasstown.engine.kernel.cache import is_plain
from glasstown.types import WRONG

pytestmark = pytest.mark.skipif(is_plain(), reason="lives towns")
DESK = f"/desks/clerk?{CLERK}"
COURT = "town=cn-court-list-2017&people=40000&months=6&m=0"
UNABLE = "living.lived:0,ability.share_unable:"


def town(months: int = 3) -> LivingTown:
    made: LivingTown = glasstown.town("rongcheng-2013", people=300, months=6, seed=7)
    made.step(months)
    return made


def hidden(text: str) -> dict[str, str]:
    """Return what the form of a page carries along."""
    return {name: unescape(value) for name, value in re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', text)}


def lead(text: str, words: str) -> str:
    """Return where the link with these words leads."""
    return unescape(re.findall(rf'href="([^"]+)">{words}', text)[0])


@pytest.fixture(scope="module")
def decide(client: TestClient, opened: Callable[[str], str]) -> Callable[..., str]:
    """Return how a file is decided from its page: the address to which that leads."""

    def decided(text: str, do: str, because: str = "no-proof") -> str:
        answer = client.get(f"/desks/clerk?{urlencode({**hidden(text), 'do': do, 'because': because})}")
        assert answer.status_code == 303, answer.text[-400:]
        return str(answer.headers["location"])

    return decided


def numbers(text: str) -> list[int]:
    """Return the numbers of the files in the pile."""
    return [int(each) for each in re.findall(r"file=(\d+)#file", text.split('class="sheet"')[0])]


def test_page__has_the_files_of_the_desk_with_what_they_say_and_do_not_say(opened: Callable[[str], str]) -> None:
    text, cases = unescape(opened(DESK)), town().desk("clerk").cases(most=8)
    assert numbers(text) == [case.number for case in cases]
    first = cases[0]
    for said in (first.who.name.removesuffix(" (synthetic)"), first.says, first.clause, *first.not_said):
        assert said in text
    assert text.count('name="do"') == len(first.options)
    assert "What the file says" in text
    assert "What it does not say" in text
    clause = next(each for each in glasstown.show("rongcheng-2013").book.clauses if each.id == first.clause)
    assert f"{clause.cite.source}, {clause.cite.at}" in text


def test_decide__then_take_back__leads_to_the_address_that_was(
    opened: Callable[[str], str], decide: Callable[..., str]
) -> None:
    text = opened(DESK)
    after = decide(text, "spare")
    number = int(hidden(text)["file"])
    assert f"o=3k{number}sC" in after
    assert f"file={number}" not in after
    again = opened(f"{after.split('#')[0].split('&file')[0]}&file={number}")
    assert "Left out" in again
    assert "disabled" in again
    taken = lead(again, "Take it back")
    assert parse_qs(urlsplit(taken).query) == parse_qs(f"{CLERK}&file={number}")
    assert opened(taken.split("#")[0]).count("left out</i>") == 0


def test_close__lives_the_month_as_the_session_file_runs(
    opened: Callable[[str], str], decide: Callable[..., str], client: TestClient
) -> None:
    text = opened(DESK)
    mine, here = town(), opened(decide(text, "spare").split("#")[0])
    first, second = int(hidden(text)["file"]), int(hidden(here)["file"])
    here = opened(decide(here, "record", "shown").split("#")[0])
    then = opened(lead(here, "Close the month"))
    files = {case.number: case for case in mine.desk("clerk").cases()}
    mine.decide(files[first], "spare", because="no-proof")
    mine.decide(files[second], "record", because="shown")
    assert f"clerk, 2 of {len(files)} files as you decided, {len(files) - 2} as usual" in then
    mine.step()
    assert numbers(then) == [case.number for case in mine.desk("clerk").cases(most=8)]
    answer = client.get(lead(then, "Save as a file"))
    assert answer.status_code == 200
    assert "attachment" in answer.headers["content-disposition"]
    assert answer.text.count('"do":') == 2


def test_a_decision__has_a_reason_and_is_one_that_the_desk_may_take(
    opened: Callable[[str], str], client: TestClient
) -> None:
    keys = hidden(opened(DESK))
    for do, because, said in (
        ("spare", "", "no reason"), ("spare", "he is my neighbour", "one that the page offers"),
        ("ask-means", "no-proof", "record, spare"),
        ("list", "no-proof", "record, spare"), ("score", "no-proof", "record, spare"),
    ):  # fmt: skip
        answer = client.get("/desks/clerk", params={**keys, "do": do, "because": because})
        assert answer.status_code == 400
        assert said in unescape(answer.text)
    twice = client.get("/desks/clerk", params={**keys, "o": f"3k{keys['file']}s", "do": "spare", "because": "no-proof"})
    assert twice.status_code == 400
    assert "a second decision about file" in unescape(twice.text)


def test_the_desk_of_the_other_office__is_the_same_town(
    opened: Callable[[str], str], decide: Callable[..., str]
) -> None:
    after = opened(decide(opened(DESK), "spare").split("#")[0])
    other = next(each for each in re.findall(r'href="(/desks/court[^"]+)"', after))
    assert parse_qs(urlsplit(unescape(other)).query)["o"]
    assert "1 decision, held in this page’s address" in opened(unescape(other))


# ------------------------------------------------------------------ what a desk does not know
def responses(client: TestClient, query: str) -> list[str]:
    """Return all that a desk's docket answers: page by page, as a table, and for programs."""
    found = []
    for where in (
        "/desks/court?{}",
        "/desks/clerk?{}",
        "/desks/court.csv?{}",
        "/api/desks/court?{}",
        "/api/desks/clerk?{}",
    ):
        while (answer := client.get(where.format(query))).status_code in (202, 503):
            pass
        assert answer.status_code == 200, answer.text[-300:]
        found.append(answer.text)
        for number in re.findall(r"file=(\d+)#file", answer.text):
            found.append(client.get(f"{where.format(query)}&file={number}").text)
    return found


def test_dockets__are_the_same_byte_for_byte_in_towns_that_differ_only_in_what_is_true(client: TestClient) -> None:
    one, other = (responses(client, f"{COURT}&set={UNABLE}{share}") for share in ("0", "0.6"))
    assert len(one) > 10
    plain = [re.sub(r"share_unable(%3A|:|=|': ')0(\.6)?", "share_unable", unescape(text)) for text in (*one, *other)]
    assert all(len(text) > 80 for text in plain)
    assert plain[: len(one)] == plain[len(one) :]
    assert "ask-means" in "".join(one)


def test_dockets__have_no_word_of_what_is_true(client: TestClient) -> None:
    texts = responses(client, f"{COURT}&seed=3") + responses(client, CLERK)
    courts = glasstown.town("cn-court-list-2017", people=40_000, months=6, seed=3)
    acts = [order_for(case, "record").of for desk in ("court", "clerk") for case in courts.desk(desk).cases()]
    acts += [order_for(case, "record").of for case in town().desk("clerk").cases()]
    assert len(acts) > 20
    for text in texts:
        assert not {*re.findall(r"\be\d{4,}\b", text)} & set(acts)
        for word in ("misjudged", "origin", *(each for each in WRONG if each not in ("late",))):
            assert word not in re.sub(r"<[^>]*>", " ", text).split()
        assert "digest" not in text


def test_api__has_the_keys_of_what_is_seen_and_no_other(client: TestClient) -> None:
    found = json.loads(client.get(f"/api/desks/clerk?{CLERK}").text)
    assert set(found) == {"population", "desk", "month", "date", "files", "decided", "lying"}
    assert all(set(each) == set(SEEN) for each in found["files"])
    rows = list(csv.DictReader(io.StringIO(client.get(f"/desks/clerk.csv?{CLERK}").text)))
    assert [int(row["number"]) for row in rows] == [each["number"] for each in found["files"]]


# ------------------------------------------------------------------ what came of it
@pytest.fixture(scope="module")
def reckoned(opened: Callable[[str], str], decide: Callable[..., str]) -> tuple[str, str]:
    """Return the reckoning of a session with four decisions, and its address."""
    text = opened(DESK)
    for n in range(4):
        text = opened(decide(text, ("spare", "record")[n % 2]).split("#")[0])
    where = lead(text, "Leave, and see what came of it")
    return opened(where), where


def test_reckoning__has_the_numbers_of_pythons(reckoned: tuple[str, str], client: TestClient) -> None:
    text, where = reckoned
    python = unescape(re.findall(r"<pre><code>(import glasstown.*?)</code>", text, re.DOTALL)[0])
    names: dict[str, LivingTown] = {}
    exec(compile(python.replace("print(town.reckon())", ""), "page", "exec"), names)
    found = names["town"].reckon()
    rows = list(csv.DictReader(io.StringIO(client.get(where.replace("/reckoning?", "/reckoning.csv?")).text)))
    told = found.columns()
    for name in ("month", "about", "name", "do", "because", "fate", "claim", "clause", "listed", "listed_without"):
        assert [row[name] for row in rows] == ["" if each is None else str(each) for each in told[name]]
    digests = found.as_json()["digest"], found.as_json()["digest_without"]
    assert {(row["digest"], row["digest_without"]) for row in rows} == {digests}
    assert f"digest {digests[0][:8]}" in text
    for name, pair in found.as_json()["moved"].items():
        assert f"{pair['with']:,}</td>" in text, name
    for each in found.reckoned.decided:
        assert each.name.removesuffix(" (synthetic)") in text


def test_reckoning__has_no_score_no_rank_and_no_best_answer(reckoned: tuple[str, str]) -> None:
    said = re.sub(r"<[^>]+>", " ", reckoned[0]).lower()
    assert "no score here and no best answer" in said
    for word in ("rank", "badge", "level", "stars", "percentile", "well done", "leaderboard", "%"):
        assert word not in said.replace("ranks", "")


def test_reckoning__each_life_opens_with_you_and_without(
    reckoned: tuple[str, str], opened: Callable[[str], str]
) -> None:
    links = [unescape(each) for each in re.findall(r'href="(/lives/[^"]+)"', reckoned[0])]
    with_you = next(each for each in links if "o=" in each)
    without = next(each for each in links if "o=" not in each)
    assert "lived with what was decided at a desk" in opened(with_you)
    assert "lived with what was decided at a desk" not in opened(without)


def test_reckoning__stands_where_it_was_left_or_at_the_end(
    reckoned: tuple[str, str], opened: Callable[[str], str]
) -> None:
    text, _ = reckoned
    left = opened(lead(text.replace(' aria-current="true"', ""), "As you left"))
    assert "4 months." in left
    assert "6 months." in text


def test_nothing_decided__is_one_town(opened: Callable[[str], str]) -> None:
    assert "the two towns are one" in opened(f"/desks/clerk/reckoning?{CLERK}")


def test_lucks__are_those_of_the_pages_python(
    reckoned: tuple[str, str], client: TestClient, opened: Callable[[str], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("glasstown.explorer.luck_pages.OTHERS", 2)
    where = reckoned[1].replace("/reckoning?", "/lucks?")
    text = opened(where)
    assert "Was it luck?" in text
    rows = list(csv.DictReader(io.StringIO(client.get(where.replace("/lucks?", "/lucks.csv?")).text)))
    assert [int(row["seed"]) for row in rows] == [7, 8, 9]
    said = io.StringIO()
    python = unescape(re.findall(r"<pre><code>(import glasstown.*?)</code>", text, re.DOTALL)[0])
    with contextlib.redirect_stdout(said):
        exec(compile(python, "page", "exec"), {})
    turned = [sum(ast.literal_eval(line.partition(" ")[2]).values()) for line in said.getvalue().splitlines()]
    assert turned == [int(row["turned"]) for row in rows[1:]]
    assert any(int(row["files"]) for row in rows[1:])
