"""The certificate that a case can print: of nobody, by a rule, and never over what somebody else wrote."""

from __future__ import annotations

import contextlib
import io
import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

import glasstown
from glasstown.cli.main import main as command
from glasstown.errors import UsageError
from glasstown.render.certificate import Certificate, page

CASE = ("rongcheng-2013@one-point-b", "first-lost-points")


class Words(HTMLParser):
    """What stands on a page, and what it would fetch."""

    def __init__(self) -> None:
        super().__init__()
        self.text: list[str] = []
        self.fetched: list[str] = []

    def handle_data(self, data: str) -> None:
        self.text.append(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.fetched += [value or "" for name, value in attrs if name in ("src", "href")]


def read(text: str) -> Words:
    """Return the words of a page."""
    words = Words()
    words.feed(text)
    return words


def test_certificate__has_grade_points_day_and_rule_and_says_whose_it_is(tmp_path: Path) -> None:
    out = tmp_path / "certificate.html"
    told = glasstown.case(*CASE, certificate=out)
    words = read(out.read_text("utf-8"))
    text = " ".join(" ".join(words.text).split())
    for said in ("grade B", "points 995", "1 March 2014", "SPECIMEN", "an invented person", "It certifies nothing of anybody",
                 "By this rule: The city hall prints a certificate of grade and points"):  # fmt: skip
        assert said in text
    assert words.fetched == ["data:,"]
    assert told.as_json()["certificate"] == str(out)
    assert "certificate" not in glasstown.case(*CASE).as_json()


def test_certificate__is_written_again_and_the_same(tmp_path: Path) -> None:
    out = tmp_path / "certificate.html"
    glasstown.case(*CASE, certificate=out)
    first = out.read_bytes()
    glasstown.case(*CASE, certificate=out)
    assert out.read_bytes() == first


def test_certificate__replaces_nothing_of_somebody_else(tmp_path: Path) -> None:
    out = tmp_path / "certificate.html"
    out.write_text("mine", "utf-8")
    with pytest.raises(UsageError, match="the certificate"):
        glasstown.case(*CASE, certificate=out)
    assert out.read_text("utf-8") == "mine"


def test_scheme_without_such_a_rule__prints_none(tmp_path: Path) -> None:
    out = tmp_path / "certificate.html"
    with pytest.raises(UsageError, match="rongcheng-2013"):
        glasstown.case("suining-2010", "below-600", certificate=out)
    assert not out.exists()


def test_case_with_faults__leaves_no_certificate(tmp_path: Path) -> None:
    case, out = tmp_path / "case.yaml", tmp_path / "certificate.html"
    case.write_text("events: [{date: 2014-03-01, clause: no-such}]\n", "utf-8")
    assert command(["case", "rongcheng-2013", str(case), "--certificate", str(out)]) == 1
    assert not out.exists()


def test_texts__are_escaped() -> None:
    hostile = '<script>alert(1)</script>&"'
    text = page(Certificate(hostile, hostile, hostile, hostile, hostile, [hostile], hostile, hostile, hostile))
    assert "<script>" not in text
    assert len(re.findall("&lt;script&gt;", text)) == 10


def test_json__and_a_page_on_the_same_output_are_refused() -> None:
    with contextlib.redirect_stdout(io.StringIO()) as out:
        assert command(["case", *CASE, "--json", "--certificate", "/dev/stdout"]) == 2
    assert out.getvalue() == ""


def test_json__names_the_file(tmp_path: Path) -> None:
    with contextlib.redirect_stdout(io.StringIO()) as out:
        assert command(["case", *CASE, "--json", "--certificate", str(tmp_path / "c.html")]) == 0
    assert json.loads(out.getvalue())["certificate"].endswith("c.html")


def test_case__shows_what_is_made_public() -> None:
    told = " ".join(str(block) for block in glasstown.case("tengjia-2019", "read-out-on-friday").blocks())
    assert "friday-names" in told
    assert "shows: name, points; where: loudspeaker; every week" in told
