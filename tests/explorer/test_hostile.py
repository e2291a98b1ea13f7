"""What malice or mishap sends: each gets a sentence and a number from 400 on, and never a traceback or a file of the machine."""

from __future__ import annotations

import json
import threading
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from glasstown.explorer.app import Explorer
from glasstown.explorer.guard import Door

ADDRESSES = (
    "/nope",
    "/town/nope?town=suining-2010&people=300&months=6",
    "/rulebooks/nope",
    "/rulebooks/suining-2010@nope",
    "/rulebooks/@",
    "/rulebooks/suining-2010@",
    "/acts/nope",
    "/acts/%00",
    "/acts/%0d%0aSet-Cookie:x",
    "/lives/nope?town=suining-2010&people=300&months=6",
    "/lives/300?town=suining-2010&people=300&months=6",
    "/lives/-1?town=suining-2010&people=300&months=6",
    "/lives/99999999999999999999?town=suining-2010&people=300&months=6",
    "/lives?befell=everything",
    "/lives?page=0",
    "/lives?name=Zhang",
    "/town?town=..%2f..%2fetc%2fpasswd",
    "/town?town=%2fetc%2fpasswd",
    "/town?town=file:///etc/passwd",
    "/town?people=1e9",
    "/town?people=-1",
    "/town?people=100000000",
    "/town?months=1000000",
    "/town?seed=" + "9" * 300,
    "/town?town=suining-2010&town=suining-2010",
    "/town?town=%ff%fe",
    "/town?%00=1",
    "/town?" + "&".join(f"a{n}=1" for n in range(40)),
    "/town?set=a:1;rm",
    "/town?set=filing.lost:NaN",
    "/town?town=suining-2010&people=300&months=6&set=filing.lost:99",
    "/town?town=suining-2010&people=300&months=6&set=no.such:1",
    "/town?town=suining-2010&people=300&months=6&set=suining-2010/clauses/su-d06/points:99999999999999999999",
    "/town?colour=<script>alert(1)</script>",
    "/town?town=<script>alert(1)</script>",
    "/town?h=<img src=x>",
    "/town?m=2&months=1",
    "/change?town=suining-2010&lever=nope&value=1",
    "/change?town=suining-2010&lever=filing.lost&value=__import__('os')",
    "/change?town=suining-2010&lever=filing.lost&value=0.041",
    "/change?town=suining-2010&lever=filing.lost&value=9",
    "/claims?verdict=all%20of%20them",
    "/rulebooks?kind=emperor",
    "/rulebooks/suining-2010?asat=99999",
    "/rulebooks/suining-2010?asat=2014-01-01",
    "/static/../app.py",
    "/static/%2e%2e/%2e%2e/%2e%2e/explorer/app.py",
    "/static/..%2f..%2fdata%2facts.yaml",
    "/static/",
    "/static/fonts/",
    "/api/live",
    "/api/frames?x=1",
    "/api/nope",
    "/town.csv?town=nope",
    "/change.csv",
    "/change/nope.svg",
    "/town/../etc",
    "/rulebooks/" + "%C3%BC" * 40,
    "/%F0%9F%91%BB",
    "/town?town=suining-2010&people=%D9%A3%D9%A0%D9%A0",
)
BODIES = (
    b"", b"{", b"[]", b"null", b"1", b'"town"', b"\xff\xfe", b'{"town": ["suining-2010"]}', b'{"town": null}', b'{"name": "Zhang"}',
    b'{"town": "suining-2010", "people": 1e9}', b'{"town": "suining-2010", "people": true}', b'{"town": "../x"}',
    b'{"town": "suining-2010", "set": "score:1"}', b"[" * 20_000, b'{"town": "suining-2010", "orders": "x"}',
    b'{"town": "suining-2010", "people": 99999999999999999999999}', b'{"seed": NaN}',
)  # fmt: skip


@pytest.mark.parametrize("address", ADDRESSES)
def test_address__that_is_none_gets_a_sentence(client: TestClient, address: str) -> None:
    answer = client.get(address)
    while answer.status_code == 202:
        answer = client.get(address)
    assert 400 <= answer.status_code < 500, (answer.status_code, answer.text[:300])
    assert "Traceback" not in answer.text
    assert "<script>alert" not in answer.text
    assert "root:" not in answer.text
    assert "location" not in answer.headers
    assert any(ending in answer.text for ending in (".", "."))


@pytest.mark.parametrize("body", BODIES)
def test_body__that_is_none_gets_a_sentence(client: TestClient, body: bytes) -> None:
    answer = client.post("/api/live", content=body)
    assert answer.status_code == 400, (answer.status_code, answer.text[:300])
    assert json.loads(answer.text)["error"].strip().endswith(".")
    assert "Traceback" not in answer.text


def test_fault__of_our_own_is_one_sentence_and_no_traceback(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    from glasstown.explorer import record_pages

    def broken() -> None:
        raise ZeroDivisionError("a planted fault")

    monkeypatch.setattr(record_pages, "_deeds", broken)
    answer = client.get("/acts")
    assert answer.status_code == 500
    assert "This is a fault of Glasstown itself" in answer.text
    assert "ZeroDivisionError" not in answer.text
    assert "planted" not in answer.text
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_letters__of_a_rulebook_are_escaped_and_written_out(client: TestClient) -> None:
    answer = client.get("/town", params={"town": "<b>\u202ename</b>"})
    assert "<b>" not in answer.text.split("<main", 1)[1]
    assert "\u202e" not in answer.text


@pytest.mark.parametrize(
    "path",
    [
        "/acts/%0d%0aSet-Cookie:%20a=b",
        "/acts/%F0%9F%91%BB",
        "/town/%22%3Cb%3E?town=x;y&%0d%0a=1",
        "/lives/1?x=%E2%80%AE",
    ],
)
def test_waiting__sends_back_the_address_as_it_came(path: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever stands in an address, no letter of it becomes another header or breaks one."""
    monkeypatch.setattr("glasstown.explorer.site.PATIENCE", 0.0)
    monkeypatch.setattr("glasstown.explorer.app.read", lambda pairs, keys: {})
    gate = threading.Event()
    monkeypatch.setattr("glasstown.explorer.record_pages.read_record", lambda tell: gate.wait(20))
    app = Explorer(tmp_path, Door())
    try:
        answer = TestClient(app, base_url="http://localhost", raise_server_exceptions=False).get(path)
        assert answer.status_code == 202
        assert answer.headers["refresh"].isascii()
        assert "\r" not in answer.headers["refresh"]
        assert "set-cookie" not in answer.headers
        assert answer.headers["refresh"].startswith("1; url=/")
    finally:
        gate.set()
        app.close()
