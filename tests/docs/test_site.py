"""The site builds strictly, opens from disk at any width, and asks nothing of other hosts; a link that leads nowhere fails it."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest

pytestmark = pytest.mark.long
ROOT = Path(__file__).resolve().parents[2]
FETCHED = {"script": "src", "img": "src", "iframe": "src", "source": "src", "link": "href", "video": "src"}
"""what a browser fetches by itself when it opens a page"""
CHROMIUM = Path("/usr/bin/chromium")
LOOKED_AT = (
    "index", "law", "api", "commands", "fields", "mechanism", "the-day", "verification", "experiments/hit", "experiments/README",
)  # fmt: skip
WIDTHS = (360, 390, 1005, 1010, 1200, 1312, 1560, 1600, 1900)
"""on both sides of every width at which the page is laid out anew"""


class Page(HTMLParser):
    """Links, fetched addresses and anchors of one page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.fetched: list[str] = []
        self.anchors: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep what a tag leads to, fetches and names."""
        given = {name: value or "" for name, value in attrs}
        self.anchors |= {given[name] for name in ("id", "name") if name in given}
        if tag == "a" and "href" in given:
            self.links.append(given["href"])
        if given.get(FETCHED.get(tag, ""), ""):
            self.fetched.append(given[FETCHED[tag]])


def build(source: Path, out: Path) -> subprocess.CompletedProcess[str]:
    """Build a folder of pages as `make site` does."""
    command = ["-m", "sphinx", "-W", "--keep-going", "-q", "-b", "html", "-c", str(ROOT / "docs" / "site")]
    return subprocess.run(
        [sys.executable, *command, str(source), str(out)], cwd=ROOT, capture_output=True, text=True, timeout=300
    )


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, built strictly."""
    out = tmp_path_factory.mktemp("site")
    done = build(ROOT, out)
    assert done.returncode == 0, done.stderr
    return out


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[Path, Page]:
    return {path: Page(path.read_text(encoding="utf-8")) for path in sorted(site.rglob("*.html"))}


def elsewhere(address: str) -> bool:
    return bool(urlsplit(address).netloc)


def broken(pages: dict[Path, Page]) -> Iterator[tuple[str, str]]:
    """Yield page and link for every link inside the site that leads to no file or no anchor."""
    for path, page in pages.items():
        for address in [*page.links, *page.fetched]:
            parts = urlsplit(address)
            if parts.scheme or parts.netloc:
                continue
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            anchor = unquote(parts.fragment)
            if not target.is_file() or (anchor and target in pages and anchor not in pages[target].anchors):
                yield path.name, address


def test_site__has_every_page_there_is(pages: dict[Path, Page], site: Path) -> None:
    files = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
    expected = {site / file.relative_to(ROOT).with_suffix(".html") for file in files}
    assert len(expected) > 80
    assert expected <= set(pages)


def test_site__has_no_link_that_leads_nowhere(pages: dict[Path, Page]) -> None:
    assert list(broken(pages)) == []


def test_site__fetches_nothing_from_other_hosts(pages: dict[Path, Page], site: Path) -> None:
    assert [(path.name, each) for path, page in pages.items() for each in page.fetched if elsewhere(each)] == []
    for sheet in site.rglob("*.css"):
        assert not re.search(r"(?:url\(|@import)\s*[\"']?(?:https?:)?//", sheet.read_text(encoding="utf-8")), sheet
    for script in site.rglob("*.js"):
        text = script.read_text(encoding="utf-8")
        assert not re.search(r"(?:fetch|import|importScripts)\(\s*[\"']https?:", text), script


def test_site__finds_a_word_without_a_server(site: Path) -> None:
    index = (site / "searchindex.js").read_text(encoding="utf-8")
    assert index.startswith("Search.setIndex(")
    assert "suin" in index


def test_site__keeps_the_words_of_each_page_for_search_from_disk(pages: dict[Path, Page], site: Path) -> None:
    assert "passages.js" in (site / "search.html").read_text(encoding="utf-8")
    kept = site / "_static" / "passages" / "docs" / "the-day.js"
    name, _, text = kept.read_text(encoding="utf-8").rstrip(";\n").partition(" = ")
    assert name == 'PASSAGES["docs/the-day"]'
    told = Page(json.loads(text))
    assert "headerlink" not in text
    assert "¶" not in text
    assert told.anchors
    assert told.anchors <= pages[site / "docs" / "the-day.html"].anchors


def test_site__has_the_python_interface_with_its_answers(pages: dict[Path, Page], site: Path) -> None:
    anchors = pages[site / "docs" / "api.html"].anchors
    assert {"glasstown.api.run", "glasstown.errors.UsageError"} <= anchors
    assert [name for name in anchors if name.startswith("glasstown.answers.") and name.endswith(".Town")]


BROKEN = ("nowhere.md", "other.md#nothing-of-this-name", "#nothing", "nowhere.yaml")


def test_site__planted_broken_links_fail_and_each_is_told(tmp_path: Path) -> None:
    """What leads somewhere is not told: without a broken link such a page is built."""
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "other.md").write_text("# Other\n\n## A part\n", encoding="utf-8")
    for links, code in ((BROKEN, 1), (("other.md#a-part",), 0)):
        text = "".join(f"[a link]({link})\n\n" for link in links)
        toctree = "```{toctree}\n:hidden:\n\nother\n```\n"
        (tmp_path / "docs" / "index.md").write_text(f"# Front\n\n{text}{toctree}", encoding="utf-8")
        done = build(tmp_path, tmp_path / f"out-{code}")
        assert done.returncode == code, done.stderr
        told = [line for line in done.stderr.splitlines() if "WARNING" in line]
        assert len(told) == len(links) * code
        assert all(any(link.rpartition("#")[-1] in line for line in told) for link in links if code)


def test_site__broken_links_are_found_in_what_was_built(tmp_path: Path) -> None:
    html = '<a href="b.html#there"></a><a href="b.html#not"></a><img src="gone.png"><a href="https://a.invalid"></a>'
    other = tmp_path / "b.html"
    other.write_text('<p id="there">', encoding="utf-8")
    found = broken({tmp_path / "a.html": Page(html), other: Page(other.read_text(encoding="utf-8"))})
    assert list(found) == [("a.html", "b.html#not"), ("a.html", "gone.png")]


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Return a headless browser."""
    if not CHROMIUM.exists():
        pytest.skip("needs the system's Chromium (Debian: chromium)")
    playwright = pytest.importorskip("playwright.sync_api", reason="needs Playwright")
    with playwright.sync_playwright() as running:
        started = running.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        yield started
        started.close()


def too_wide(view: Any, width: int) -> bool:
    """Return whether a page must be moved sideways in a window of this width."""
    view.set_viewport_size({"width": width, "height": 900})
    return int(view.evaluate("document.documentElement.scrollWidth")) > width


@pytest.mark.parametrize("name", LOOKED_AT)
def test_site_page__no_error_no_request_no_sideways_scroll(name: str, site: Path, browser: Any) -> None:
    view = browser.new_page()
    said: list[str] = []
    asked: list[str] = []
    view.on("pageerror", lambda error: said.append(str(error)))
    view.on("request", lambda request: asked.append(request.url))
    view.goto((site / "docs" / f"{name}.html").as_uri())
    assert [width for width in WIDTHS if too_wide(view, width)] == []
    assert said == []
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
    view.close()


def test_too_wide__is_seen_where_the_text_asks_for_more_than_the_window_has(site: Path, browser: Any) -> None:
    view = browser.new_page()
    view.goto((site / "docs" / "law.html").as_uri())
    view.add_style_tag(content="@media (min-width: 97em) { .content { width: 56em; } }")
    assert [width for width in WIDTHS if too_wide(view, width)] == [1560, 1600]
    view.close()


def test_code__that_goes_on_beyond_its_box_has_a_shadow_and_a_bar(site: Path, browser: Any) -> None:
    view = browser.new_page(viewport={"width": 360, "height": 900})
    view.goto((site / "docs" / "commands.html").as_uri())
    cues = """[...document.querySelectorAll(".highlight pre")].filter(each => each.scrollWidth > each.clientWidth)
        .map(each => [getComputedStyle(each).backgroundImage.includes("gradient"),
                      getComputedStyle(each, "::-webkit-scrollbar").height])"""
    found = view.evaluate(cues)
    assert found
    assert all(each == [True, "8px"] for each in found)
    view.close()


def test_option__stands_on_one_line(site: Path, browser: Any) -> None:
    view = browser.new_page(viewport={"width": 390, "height": 900})
    view.goto((site / "docs" / "mechanism.html").as_uri())
    broken = """[...document.querySelectorAll("code.literal .pre")]
        .filter(each => each.textContent.startsWith("--") && each.textContent.length < 20 && each.getClientRects().length > 1)
        .map(each => each.textContent)"""
    assert view.evaluate(broken) == []
    view.add_style_tag(content="code.literal .pre { display: inline; }")
    assert "--acts" in view.evaluate(broken)
    view.close()
