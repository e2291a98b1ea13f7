"""The page in a real browser: silent, alone, and no wider than a telephone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import glasstown
import towns
from glasstown.render.report import write_report

CHROMIUM = Path("/usr/bin/chromium")

pytestmark = pytest.mark.skipif(not CHROMIUM.exists(), reason="needs the system's Chromium (Debian: chromium)")


@pytest.fixture(scope="module")
def page_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the page of a run of Rongcheng 2013 with an invented life."""
    ref = "rongcheng-2013@one-point-b"
    folder = tmp_path_factory.mktemp("report") / "run"
    towns.make_town(folder, ref, towns.plausible_cells(ref), final=towns.final_rows(ref=ref))
    return write_report(folder, life=towns.told_life(ref), beside=[folder])


@pytest.fixture(scope="module")
def browser() -> Iterator[object]:
    """Return a headless browser."""
    playwright = pytest.importorskip("playwright.sync_api", reason="needs Playwright")
    with playwright.sync_playwright() as running:
        started = running.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        yield started
        started.close()


@pytest.mark.parametrize("width", [360, 1200])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_page__no_error_no_request_no_sideways_scroll(page_file: Path, browser, width: int, scheme: str) -> None:  # type: ignore[no-untyped-def]
    said: list[str] = []
    asked: list[str] = []
    view = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    view.on("console", lambda message: said.append(message.text))
    view.on("pageerror", lambda error: said.append(str(error)))
    view.on("request", lambda request: asked.append(request.url))
    view.goto(page_file.as_uri())
    assert said == []
    assert [url for url in asked if url != page_file.as_uri()] == []
    assert view.evaluate("document.documentElement.scrollWidth") <= width
    view.close()


@pytest.fixture(scope="module")
def other_pages(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Return a matrix of each kind, and a certificate."""
    folder = tmp_path_factory.mktemp("pages")
    books = ("cn-court-list-2017", "rongcheng-2013", "suining-2010", "jiangsu-env-2019")
    for kind in ("rights", "acts", "measures"):
        glasstown.compare_rules(*books, matrix=kind, html=folder / f"{kind}.html")
    glasstown.case("rongcheng-2013", "visit-earns-four", certificate=folder / "certificate.html")
    return sorted(folder.iterdir())


@pytest.mark.parametrize("width", [360, 1200])
def test_other_pages__need_no_sideways_scroll(other_pages: list[Path], browser, width: int) -> None:  # type: ignore[no-untyped-def]
    view = browser.new_page(viewport={"width": width, "height": 900})
    wide = {}
    for page in other_pages:
        view.goto(page.as_uri())
        wide[page.name] = view.evaluate("document.documentElement.scrollWidth")
    assert len(wide) == 4
    assert {name: found for name, found in wide.items() if found > width} == {}
    view.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_page__ink_stands_out_from_paper(page_file: Path, browser, scheme: str) -> None:  # type: ignore[no-untyped-def]
    view = browser.new_page(color_scheme=scheme)
    view.goto(page_file.as_uri())
    paper, ink = view.evaluate(
        "[getComputedStyle(document.body).backgroundColor, getComputedStyle(document.body).color]"
    )
    assert abs(_lightness(paper) - _lightness(ink)) > 180
    drawn = view.evaluate(
        "getComputedStyle(document.querySelector('.chart svg rect.background, .chart svg rect')).fill"
    )
    assert abs(_lightness(drawn) - _lightness(paper)) < 10
    view.close()


def _lightness(colour: str) -> float:
    red, green, blue = (int(part) for part in colour.removeprefix("rgb(").removesuffix(")").split(",")[:3])
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
