"""Who may ask: host, origin and site are looked at before anything else, and every answer has the strict policy."""

from __future__ import annotations

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from glasstown.explorer.app import Explorer
from glasstown.explorer.guard import HEADERS, LONGEST_BODY, LONGEST_HEADERS, LONGEST_PATH, LONGEST_QUERY, Door


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "[::1]", "LOCALHOST", "localhost:80"])
def test_host__of_this_machine_is_let_in(client: TestClient, host: str) -> None:
    assert client.get("/static/mark.svg", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "localhost.evil.example",
        "127.0.0.1:81",
        "127.0.0.1.nip.example",
        "",
        "192.168.0.7",
        "a b",
        "localhost:80:80",
    ],
)
def test_host__of_another_name_is_refused(client: TestClient, host: str) -> None:
    answer = client.get("/", headers={"Host": host})
    assert answer.status_code == 403
    assert "host" in answer.text
    assert len(answer.text.splitlines()) == 1


@pytest.mark.parametrize(
    "origin",
    ["http://evil.example", "null", "https://localhost", "http://localhost:81", "http://LOCALHOST.evil.example"],
)
def test_origin__of_another_page_is_refused(client: TestClient, origin: str) -> None:
    assert client.get("/", headers={"Origin": origin}).status_code == 403
    assert client.post("/api/live", json={}, headers={"Origin": origin}).status_code == 403


def test_site__another_one_opens_a_page_and_nothing_else(client: TestClient) -> None:
    link = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}
    picture = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Dest": "image"}
    frame = {"Sec-Fetch-Site": "same-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "iframe"}
    assert client.get("/static/mark.svg", headers=link).status_code == 200
    assert client.get("/static/mark.svg", headers=picture).status_code == 403
    assert client.get("/static/mark.svg", headers=frame).status_code == 403
    assert client.get("/static/mark.svg", headers={"Sec-Fetch-Site": "same-origin"}).status_code == 200


@pytest.mark.parametrize("address", ["/desks", "/nope", "/static/page.js", "/town?x=1", "/api/frames?x=1"])
def test_headers__are_on_every_answer(client: TestClient, address: str) -> None:
    answer = client.get(address)
    assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS
    policy = answer.headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
    assert "require-trusted-types-for 'script'" in policy


def test_headers__are_on_refusals_too(client: TestClient) -> None:
    answer = client.get("/", headers={"Host": "evil.example"})
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_size__what_is_too_long_is_refused(client: TestClient) -> None:
    assert client.get("/" + "a" * LONGEST_PATH).status_code == 414
    assert client.get("/town?town=" + "a" * LONGEST_QUERY).status_code == 414
    assert client.get("/", headers={"X-Odd": "a" * LONGEST_HEADERS}).status_code == 431
    assert client.post("/api/live", content=b"a" * (LONGEST_BODY + 1)).status_code == 413


@pytest.mark.parametrize(
    ("headers", "status"),
    [({"Content-Length": "-1"}, 400), ({"Content-Length": "9" * 20}, 413), ({"Transfer-Encoding": "chunked"}, 411)],
)
def test_size__a_body_says_how_long_it_is(client: TestClient, headers: dict[str, str], status: int) -> None:
    assert client.get("/desks", headers=headers).status_code == status


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
def test_method__pages_are_only_read(client: TestClient, method: str) -> None:
    answer = client.request(method, "/desks")
    assert answer.status_code == 405
    assert "not asked in that way" in answer.text


def test_token__is_asked_for_where_others_can_reach_it(tmp_path: Path) -> None:
    app = Explorer(tmp_path, Door(token="a-long-token"))
    stranger = TestClient(app, base_url="http://localhost", follow_redirects=False)
    try:
        assert stranger.get("/desks").status_code == 401
        assert stranger.get("/static/page.js").status_code == 401
        assert stranger.get("/?token=another").status_code == 401
        assert stranger.get("/?token=%FF").status_code == 401
        assert stranger.get("/desks", headers={"Cookie": "glasstown=another"}).status_code == 401
        entered = stranger.get("/?token=a-long-token")
        assert (entered.status_code, entered.headers["location"]) == (303, "/")
        cookie = entered.headers["set-cookie"].lower()
        assert "httponly" in cookie
        assert "samesite=strict" in cookie
        assert stranger.get("/static/page.js").status_code == 200  # the client keeps the cookie, as a browser does
    finally:
        app.close()


def test_token__leads_nowhere_else(tmp_path: Path) -> None:
    app = Explorer(tmp_path, Door(token="a-long-token"))
    try:
        answer = TestClient(app, base_url="http://localhost", follow_redirects=False).get(
            "//evil.example/?token=a-long-token"
        )
        assert answer.headers.get("location", "/") == "/"
    finally:
        app.close()


def test_door__knows_numbers_where_it_is_wide() -> None:
    narrow, wide = Door(port=80), Door(port=80, token="t")
    assert not narrow.knows("192.168.0.7")
    assert wide.knows("192.168.0.7")
    assert not wide.knows("192.168.0.7:81")
    assert not wide.knows("evil.example")
