"""The explorer in a real browser: silent, alone, no wider than a telephone, and usable without a mouse or without scripts."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import uvicorn

from explored import TOWN
from glasstown.explorer.app import Explorer
from glasstown.explorer.asked import View
from glasstown.explorer.guard import Door
from glasstown.explorer.serving import listening
from glasstown.explorer.towns import Stepping
from longer import few

CHROMIUM = Path("/usr/bin/chromium")
PAGES = (
    "/",
    "/rulebooks",
    "/rulebooks/suining-2010",
    "/acts/late-utility-bill",
    f"/town?{TOWN}&m=3",
    f"/lives?{TOWN}",
    f"/town/board?{TOWN}",
    f"/papers/friday?{TOWN}",
    f"/papers/certificate/7?{TOWN}",
    "/rulebooks/suining-2010?beside=rongcheng-2013",
    "/claims",
    "/stories",
    f"/change?{TOWN}",
    "/desks",
)
FIRST_LOAD = 350_000
"""bytes of a first page, as the browser takes them"""

pytestmark = pytest.mark.skipif(not CHROMIUM.exists(), reason="needs the system's Chromium (Debian: chromium)")


@pytest.fixture(scope="module")
def address(short_past: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return where a real process of this one listens."""
    sock = listening("127.0.0.1", 0)
    port = sock.getsockname()[1]
    app = Explorer(tmp_path_factory.mktemp("explorer"), Door(port=port))
    server = uvicorn.Server(uvicorn.Config(app, log_level="error", lifespan="off", ws="none"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [sock]}, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(10)
    app.close()
    sock.close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Return a headless browser."""
    playwright = pytest.importorskip("playwright.sync_api", reason="needs Playwright")
    with playwright.sync_playwright() as running:
        started = running.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        yield started
        started.close()


def opened(page: Any, where: str) -> None:
    """Open a page, and wait while it says that it is being made."""
    page.goto(where)
    for _ in range(100):
        if page.locator("main").count() == 1 and page.locator("progress").count() == 0:
            break
        time.sleep(0.3)
    page.wait_for_load_state("networkidle")


@pytest.mark.parametrize(
    ("width", "scheme"),
    few(
        [(390, "light"), (390, "dark"), (1440, "light"), (1440, "dark")],
        [(390, "dark"), (1440, "light")],
        is_spread=True,
    ),
)
def test_pages__no_error_no_other_host_no_sideways_scroll(address: str, browser: Any, width: int, scheme: str) -> None:
    said: list[str] = []
    asked: list[str] = []
    page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    wide = {}
    for where in PAGES:
        opened(page, address + where)
        wide[where] = page.evaluate("document.documentElement.scrollWidth")
    page.close()
    assert said == []
    assert [url for url in asked if not url.startswith(address)] == []
    assert {where: found for where, found in wide.items() if found > width} == {}


def test_first_load__is_small(address: str, browser: Any) -> None:
    page = browser.new_page()
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    sizes: list[float] = []
    session.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    opened(page, f"{address}/town?{TOWN}")
    page.locator("#map.ready").wait_for()
    page.close()
    assert len(sizes) >= 5
    assert sum(sizes) < FIRST_LOAD


def test_map__lever_and_keys_move_through_the_months(address: str, browser: Any) -> None:
    page = browser.new_page()
    opened(page, f"{address}/town?{TOWN}&m=3")
    page.locator("#map.ready").wait_for()
    before = page.locator("[data-account=offences] b").inner_text()
    page.focus("#map")
    page.keyboard.press(".")
    assert page.locator("#month").inner_text() == "4"
    assert page.locator("[data-account=offences] b").inner_text() != before
    page.keyboard.press("ArrowRight")
    assert "Person 0" in page.locator("#who").inner_text()
    page.keyboard.press("ArrowDown")
    assert "Person 15" in page.locator("#who").inner_text()
    page.wait_for_url("**m=4**")
    assert page.locator("#legend li").count() == 6
    numbers = [int(text.replace(",", "")) for text in page.locator("#legend b").all_inner_texts()]
    assert sum(numbers) == 300
    page.focus("#lever")
    page.keyboard.press("End")
    assert page.locator("#month").inner_text() == "6"
    page.keyboard.press("Shift+Tab")
    page.close()


def test_map__enter_opens_a_life_and_t_the_table(address: str, browser: Any) -> None:
    page = browser.new_page()
    opened(page, f"{address}/town?{TOWN}&m=3")
    page.locator("#map.ready").wait_for()
    page.focus("#map")
    page.keyboard.press("t")
    page.wait_for_url("**/town/people?**")
    page.go_back()
    page.locator("#map.ready").wait_for()
    page.focus("#map")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    page.wait_for_url("**/lives/0?**")
    page.close()


def test_marks__are_those_of_the_legend_in_every_colouring(address: str, browser: Any) -> None:
    """The page counts marks in the browser, the legend is first written by Python: both have the same numbers."""
    page, plain = browser.new_page(), browser.new_page(java_script_enabled=False)
    for colour in ("lists", "grade", "pay", "fifth"):
        where = f"{address}/town?{TOWN}&m=6&colour={colour}"
        opened(plain, where)
        opened(page, where)
        page.locator("#map.ready").wait_for()
        assert page.locator("#legend b").all_inner_texts() == plain.locator("#legend b").all_inner_texts(), colour
    page.close()
    plain.close()


def test_without_scripts__the_lever_is_a_form_and_the_map_a_picture(address: str, browser: Any) -> None:
    page = browser.new_page(java_script_enabled=False)
    opened(page, f"{address}/town?{TOWN}&m=3")
    assert page.locator("noscript img").count() == 1 or "map.svg" in page.content()
    page.locator("#go").click()
    page.wait_for_url("**m=3**")
    assert page.locator("#month").inner_text() == "3"
    page.close()


def test_policy__an_inline_script_is_blocked(address: str, browser: Any) -> None:
    said: list[str] = []
    page = browser.new_page()
    page.on("console", lambda message: said.append(message.text))
    opened(page, address + "/desks")
    ran = page.evaluate(
        "() => { try { const made = document.createElement('script'); made.textContent = 'window.ran = 1';"
        " document.body.append(made); } catch (problem) { return String(problem); } return window.ran; }"
    )
    assert ran != 1
    page.close()


def test_live_api__lives_no_further_month_when_the_reader_goes_away(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[Stepping] = []
    usual = Stepping.__init__

    def remembered(stepping: Stepping, view: View) -> None:
        usual(stepping, view)
        made.append(stepping)

    monkeypatch.setattr(Stepping, "__init__", remembered)
    body = json.dumps({"town": "suining-2010", "people": 3_000, "months": 120}).encode()
    host, _, port = address.removeprefix("http://").partition(":")
    with socket.create_connection((host, int(port)), timeout=60) as reader:
        head = f"POST /api/live HTTP/1.1\r\nHost: {host}:{port}\r\nContent-Length: {len(body)}\r\n\r\n"
        reader.sendall(head.encode() + body)
        found = b""
        while b'"month": 2' not in found:
            found += reader.recv(4_096)
    time.sleep(0.5)
    assert len(made) == 1
    lived = made[0]._living.month
    assert lived < 120
    time.sleep(0.3)
    assert made[0]._living.month == lived
    assert made[0]._living._town is None


def test_theme__is_kept_in_this_browser(address: str, browser: Any) -> None:
    page = browser.new_page(color_scheme="light")
    opened(page, address + "/desks")
    page.locator("[data-theme-button]").click()
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    opened(page, address + "/acts/late-utility-bill")
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    page.close()
