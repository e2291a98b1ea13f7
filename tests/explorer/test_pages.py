"""Every page of the explorer, in this process: whole, without a field for names, with its command, its Python and its files."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from html import unescape
from html.parser import HTMLParser
from xml.etree import ElementTree

import pytest
from starlette.testclient import TestClient

import glasstown
from explored import CLERK, TOWN
from glasstown.explorer.app import FILES, PAGES
from glasstown.explorer.change_pages import SAMPLE
from glasstown.explorer.site import NAV

RECORD = (
    "/",
    "/rulebooks",
    "/rulebooks?kind=firm",
    "/rulebooks/suining-2010",
    "/rulebooks/suining-2010?beside=rongcheng-2013&part=grades",
    "/acts",
    "/acts/late-utility-bill",
    "/claims",
    "/desks",
    "/papers",
    "/stories",
)
LIVED = (
    f"/town?{TOWN}",
    f"/town/board?{TOWN}",
    f"/papers/friday?{TOWN}",
    f"/town/offences?{TOWN}&m=3",
    f"/town/people?{TOWN}",
    f"/lives?{TOWN}",
    f"/desks/clerk?{CLERK}",
    f"/desks/clerk/reckoning?{CLERK}&o=3k1r",
    f"/change?{TOWN}",
)
LARGEST_PAGE = 60_000
"""bytes of a page of claims"""
FIELDS = {"hidden", "number", "range", "submit", "radio", "file"}
"""kinds of input that take no words"""


class Parsed(HTMLParser):
    """What a page is made of: its elements with their attributes, in their order."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    def all(self, tag: str) -> list[dict[str, str]]:
        """Return the attributes of every element of a kind."""
        return [found for name, found in self.elements if name == tag]


@pytest.mark.parametrize("address", [*RECORD, *LIVED])
def test_page__is_whole(opened: Callable[[str], str], address: str) -> None:
    text = opened(address)
    page = Parsed(text)
    assert len(page.all("h1")) == len(page.all("main")) == len(page.all("title")) == 1
    assert "Synthetic population." in text
    assert "Traceback" not in text
    assert {each.get("href") for each in page.all("a")} >= {where for where, _ in NAV}
    assert page.all("html")[0]["lang"] == "en"


@pytest.mark.parametrize("address", [*RECORD, *LIVED])
def test_page__has_no_field_that_takes_a_name(opened: Callable[[str], str], address: str) -> None:
    page = Parsed(opened(address))
    assert {each["type"] for each in page.all("input")} <= FIELDS
    assert page.all("textarea") == []
    assert [found for _, found in page.elements if "contenteditable" in found] == []


@pytest.mark.parametrize("address", [*RECORD, *LIVED])
def test_page__asks_no_other_host_and_runs_nothing_of_its_own(opened: Callable[[str], str], address: str) -> None:
    text = opened(address)
    page = Parsed(text)
    asked = [each.get("src", "") for tag in ("script", "img", "iframe") for each in page.all(tag)]
    asked += [each.get("href", "") for each in page.all("link")] + [each.get("action", "") for each in page.all("form")]
    assert [where for where in asked if where and not re.match(r"/(?!/)", where)] == []
    assert [
        found for _, found in page.elements if "style" in found or any(name.startswith("on") for name in found)
    ] == []
    assert [
        found for found in page.all("script") if "src" not in found and found.get("type") != "application/json"
    ] == []
    assert page.all("style") == []


@pytest.mark.parametrize("address", [where for where in (*RECORD, *LIVED[:-1]) if where != "/desks"])
def test_page__says_how_it_is_had_by_command_and_in_python(opened: Callable[[str], str], address: str) -> None:
    text = opened(address)
    assert re.search(r"<code>glasstown [a-z]+", text)
    python = unescape(re.findall(r"<pre><code>(import glasstown.*?)</code>", text, re.DOTALL)[0])
    compile(python, "page", "exec")
    assert "glasstown." in python


@pytest.mark.parametrize("address", [*RECORD, *LIVED])
def test_page__its_files_are_there(client: TestClient, opened: Callable[[str], str], address: str) -> None:
    links = {each.get("href", "") for each in Parsed(opened(address)).all("a")}
    files = [link for link in links if re.search(r"\.(csv|svg|png|json)(\?|$)", link)]
    assert (
        files
        or "beside=" in address
        or address in ("/", "/desks", "/papers", "/stories", f"/papers/friday?{TOWN}", LIVED[-1])
    )
    for link in files:
        answer = client.get(link)
        assert answer.status_code == 200, link
        assert answer.headers["content-disposition"].startswith("attachment")
        if ".csv" in link:
            heads, *rows = csv.reader(io.StringIO(answer.text))
            assert {len(row) for row in rows} <= {len(heads)}
        elif ".png" in link:
            assert answer.content.startswith(b"\x89PNG\r\n\x1a\n")
            assert len(answer.content) > 5_000
        elif ".vl.json" in link:
            told = answer.json()
            assert told["data"]["values"]
            assert "Synthetic population" in " ".join(told["title"]["subtitle"])
        else:
            drawn = ElementTree.fromstring(answer.text)
            said = " ".join(drawn.itertext())
            assert "Synthetic population" in said
            assert "glasstown run suining-2010" in said
            assert "style" not in answer.text


@pytest.mark.parametrize(
    "address", ["/", "/rulebooks/suining-2010", "/acts/late-utility-bill", f"/town?{TOWN}", f"/lives?{TOWN}"]
)
def test_page__links_lead_somewhere(client: TestClient, opened: Callable[[str], str], address: str) -> None:
    text = opened(address)
    page = Parsed(text)
    anchors = {found["id"] for _, found in page.elements if "id" in found}
    dead = []
    for link in sorted({each.get("href", "") for each in page.all("a")}):
        where, _, anchor = link.partition("#")
        if where == "" and anchor not in anchors:
            dead.append(link)
        if where.startswith("/") and "town=" not in where and client.get(where).status_code not in (200, 202):
            dead.append(link)
    assert dead == []


def test_page__each_has_a_test_here() -> None:
    seen = {re.sub(r"\?.*", "", each) for each in (*RECORD, *LIVED)} | {
        "/lives/7",
        "/desks/session",
        "/town/board/7",
        "/papers/certificate/7",
        "/papers/notice/7",
        "/desks/clerk/lucks",
        "/stories/a-warning",
    }
    patterns = {re.sub(r"\{[a-z]+\}", "[^/]+", path) for path, _, _ in PAGES}
    assert [path for path in patterns if not any(re.fullmatch(path, each) for each in seen)] == []
    assert len({path for path, _, _ in (*PAGES, *FILES)}) == len(PAGES) + len(FILES)


def test_rulebook__as_at_a_year_says_what_holds(opened: Callable[[str], str]) -> None:
    text = opened("/rulebooks/suining-2010?asat=2009")
    assert "On 2009-07-01 the scheme is not in force" in text
    assert "--as-at 2009-07-01" in text


def test_rulebook__one_that_does_not_run_says_so(opened: Callable[[str], str]) -> None:
    assert "It is shown and not run" in opened("/rulebooks/cn-draft-law-2022")


def test_claims__of_one_verdict_are_those_of_the_command(opened: Callable[[str], str]) -> None:
    text = opened("/claims?verdict=not%20found")
    assert set(re.findall(r'class="verdict v-([a-z-]+)"', text)) == {"not-found"}


def test_desks__those_that_a_run_does_not_carry_are_greyed_out_with_the_reason(opened: Callable[[str], str]) -> None:
    text = opened("/desks")
    assert text.count('aria-disabled="true"') == 8
    assert text.count("Not yet:") == 8
    assert 'action="/desks/court"' in text
    assert 'action="/desks/clerk"' in text


def test_change__its_samples_can_be_asked(client: TestClient) -> None:
    for town, lever, value, _ in SAMPLE:
        answer = client.get(
            "/change", params={"town": town, "lever": lever, "value": value, "people": "300", "months": "1"}
        )
        assert answer.status_code in (200, 202), answer.text[-600:]


def test_claims__each_is_on_one_page_and_no_page_is_large(opened: Callable[[str], str]) -> None:
    texts = [opened("/claims"), opened("/claims?page=2")]
    found = [number for text in texts for number in re.findall(r'id="claim-(\d+)"', text)]
    assert len(set(found)) == len(found) == len(glasstown.claims().claims)
    assert max(len(text.encode()) for text in texts) < LARGEST_PAGE


def test_beside__has_what_the_command_lays_side_by_side(opened: Callable[[str], str]) -> None:
    text = unescape(opened("/rulebooks/rongcheng-2013?beside=rongcheng-2013@a-to-960&part=grades"))
    found = glasstown.compare_rules("rongcheng-2013", "rongcheng-2013@a-to-960", part=["grades"])
    rows = found.parts[0].rows
    assert text.count("they differ") == sum(row.differs == "yes" for row in rows) > 0
    assert all(each.text in text for row in rows for cell in row.cells for each in cell.statements)


@pytest.mark.parametrize("query", ["beside=nothing", "beside=suining-2010", "beside=rongcheng-2013&part=nothing"])
def test_beside__what_is_none_is_told(client: TestClient, query: str) -> None:
    assert client.get(f"/rulebooks/suining-2010?{query}").status_code == 400
