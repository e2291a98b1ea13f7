"""A session at desks as a file: saved, run, taken up; and whatever is wrong with one is told in a sentence, with nothing lost."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from pathlib import Path

import pytest
from starlette.testclient import TestClient

import glasstown
from explored import CLERK
from glasstown.engine.kernel.cache import is_plain
from glasstown.explorer.guard import LONGEST_BODY

pytestmark = pytest.mark.skipif(is_plain(), reason="lives towns")
SESSION = f"{CLERK}&o=3k1sC2rJ"
KIND = "multipart/form-data; boundary=X"


@pytest.fixture(scope="module")
def saved(client: TestClient, opened: Callable[[str], str]) -> str:
    """Return the file of a session with two decisions."""
    opened(f"/desks/clerk?{SESSION}")
    answer = client.get(f"/desks/session.yaml?{SESSION}")
    assert answer.status_code == 200
    return answer.text


def body_of(text: str | bytes) -> bytes:
    content = text.encode() if isinstance(text, str) else text
    head = b'--X\r\nContent-Disposition: form-data; name="session"; filename="my-desk.yaml"\r\nContent-Type: application/yaml\r\n\r\n'
    return head + content + b"\r\n--X--\r\n"


def given(client: TestClient, text: str | bytes) -> tuple[int, str]:
    """Give a session file, follow where it leads, and return the status with where it ended or what was said."""
    answer = client.post("/desks/session", content=body_of(text), headers={"Content-Type": KIND})
    while answer.status_code in (202, 303) and not answer.headers.get("location", "").startswith("/desks/clerk"):
        where = answer.headers.get("location") or str(answer.url)
        answer = client.get(where)
    return answer.status_code, answer.headers.get("location") or unescape(answer.text)


def test_the_file__is_taken_up_where_it_was_left(client: TestClient, saved: str) -> None:
    status, where = given(client, saved)
    assert status == 303
    assert where == f"/desks/clerk?{CLERK.replace('&m=3', '')}&o=3k1sC2rJ&m=4"
    assert given(client, "\ufeff" + saved.replace("\n", "\r\n"))[0] == 303


def test_the_file__runs_to_the_digest_of_the_reckoning(
    client: TestClient, opened: Callable[[str], str], saved: str, tmp_path: Path
) -> None:
    file = tmp_path / "my-desk.yaml"
    file.write_text(saved, encoding="utf-8")
    digests = [
        glasstown.run(file, without_orders=without, out=tmp_path / str(without), threads=1).result.values["digest"]
        for without in (False, True)
    ]
    opened(f"/desks/clerk/reckoning?{SESSION}")
    text = client.get(f"/desks/clerk/reckoning.csv?{SESSION}").text
    assert all(digest in text for digest in digests)
    assert digests[0] != digests[1]


def test_an_order_that_finds_nothing__is_told_with_the_way_on(client: TestClient, saved: str) -> None:
    moot = '  - {"month": 0, "desk": "clerk", "about": "person/7", "of": "e1", "do": "spare", "under": "%s"}\n'
    under = saved.split('"under": "')[1].split('"')[0]
    status, text = given(client, saved + moot % under)
    assert status == 200
    assert "1 order finds nothing to decide" in text
    assert "month 0, clerk, person/7, e1: spare" in text
    assert "o=3k1sC2rJ" in text


def first_order(saved: str) -> str:
    return saved.splitlines()[-1]


WRONG: dict[str, tuple[Callable[[str], str | bytes], str]] = {
    "empty": (lambda saved: "", "no file"),
    "cut short in a line": (lambda saved: saved[:-40], "session"),
    "cut short before the orders' end": (lambda saved: saved[: saved.index('"about"')], "session"),
    "cut short after its first line": (lambda saved: saved.splitlines()[0], "no session"),
    "no text": (lambda saved: b"\xff\xfe\x00\x01", "no text in UTF-8"),
    "another form": (lambda saved: "[1, 2", "session"),
    "a list": (lambda saved: "- 1\n", "no session"),
    "a key that is none": (lambda saved: saved + "name: Zhang\n", "name"),
    "another town's hash": (lambda saved: saved.replace('orders_of: "', 'orders_of: "0'), "those of the town"),
    "another seed than its hash": (lambda saved: saved.replace("seed: 7", "seed: 8"), "those of the town"),
    "about nobody": (lambda saved: saved.replace('"about": "person/', '"about": "person/99'), "nobody"),
    "twice about one thing": (lambda saved: f"{saved}{first_order(saved)}\n", "a second order about this act"),
    "of a month beyond the last": (lambda saved: saved.replace('"month": 3', '"month": 900'), "month 900"),
    "of another month than its act": (lambda saved: saved.replace('"month": 3', '"month": 2'), "Decide in that month"),
    "of a desk that there is not": (lambda saved: saved.replace('"clerk"', '"mayor"'), "clerk"),
    "for a reason of its own": (lambda saved: saved.replace('"no-proof"', '"he is my neighbour"'), "because"),
    "that writes a score": (lambda saved: saved.replace('"do": "spare"', '"do": "spare", "score": 5'), "that writes a score"),
    "that writes a list": (lambda saved: saved.replace('"do": "spare"', '"do": "list"'), "an order that writes a list"),
    "a rulebook of its own": (lambda saved: saved.replace('"rongcheng-2013"]', '"./mine.yaml"]', 1), "a town that ships"),
    "a file of the machine": (lambda saved: saved.replace('"rongcheng-2013"]', '"/etc/passwd"]', 1), "a town that ships"),
    "a place of its own": (lambda saved: saved + "place: /etc/passwd\n", "a town that ships"),
    "a mechanism of its own": (lambda saved: saved + "mechanism: evil.py\n", "a town that ships"),
    "too many people": (lambda saved: saved.replace("people: 300", "people: 100000000"), "people"),
    "too many months": (lambda saved: saved.replace("months: 6", "months: 100000"), "months"),
    "an odd lever": (lambda saved: saved + 'set: {"filing.lost": "x;y"}\n', "set"),
    "a lever that there is not": (lambda saved: saved + 'set: {"no.such": 1}\n', "no.such"),
    "letters that no text may have": (lambda saved: saved + 'title: "\\u202e"\n', "U+202E"),
    "a bomb": (lambda saved: "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\nglasstown_scenario: 1\n", "session"),
}  # fmt: skip


@pytest.mark.parametrize("what", WRONG)
def test_a_file_with_something_wrong__is_told_so(client: TestClient, saved: str, what: str) -> None:
    spoil, said = WRONG[what]
    status, text = given(client, spoil(saved))
    assert status == 400, (status, text[:300])
    main = text.split("<main", 1)[1]
    assert said in main
    assert "Traceback" not in text
    assert "root:" not in text
    assert given(client, saved)[0] == 303  # nothing is lost by it


@pytest.mark.parametrize(
    ("content", "kind", "status"),
    [
        (b"", KIND, 400), (b"x", "text/plain", 400), (b"--X\r\n", KIND, 400),
        (b"session=1", "application/x-www-form-urlencoded", 400),
        (b"--X--\r\n", "multipart/form-data", 400), (b"--X--\r\n", "multipart/form-data; boundary=" + "X" * 300, 400),
        (body_of("a: 1\n")[:-8] + body_of("b: 1\n"), KIND, 400), (b"x" * (LONGEST_BODY + 1), KIND, 413),
        (body_of("a: 1"), "\xff", 400),
    ],
)  # fmt: skip
def test_a_form_that_is_none__gets_a_sentence(client: TestClient, content: bytes, kind: str, status: int) -> None:
    answer = client.post("/desks/session", content=content, headers={b"Content-Type": kind.encode("latin-1")})
    assert answer.status_code == status
    assert "." in answer.text
    assert "Traceback" not in answer.text


def test_another_site__cannot_give_a_file(client: TestClient, saved: str) -> None:
    for headers in ({"Origin": "http://evil.example"}, {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}):
        answer = client.post("/desks/session", content=body_of(saved), headers={"Content-Type": KIND, **headers})
        assert answer.status_code == 403


def test_a_file_that_is_forgotten__is_asked_for_again(client: TestClient) -> None:
    answer = client.get("/desks/session?file=0123456789abcdef")
    assert answer.status_code == 404
    assert "Choose it again" in unescape(answer.text)


ADDRESSES = (
    "/desks/mayor", "/desks/court.yaml", "/desks/%00", "/desks/clerk/nope", "/desks/session?file=%2e%2e%2fetc",
    "/desks/session?file=", "/desks/clerk?{}&o=x", "/desks/clerk?{}&o=3k999s", "/desks/clerk?{}&o=2k999s",
    "/desks/clerk?{}&o=5k1s", "/desks/clerk?{}&o=90k1s", "/desks/clerk?{}&o=3k1s1r", "/desks/clerk?{}&o=3k1a",
    "/desks/clerk?{}&file=0", "/desks/clerk?{}&file=99999", "/desks/clerk?{}&file=x", "/desks/clerk?{}&do=spare",
    "/desks/clerk?{}&do=<script>alert(1)</script>&because=no-proof", "/desks/clerk?{}&name=Zhang",
    "/desks/clerk?{}&o=3k1s&o=3k1s", "/desks/clerk?{}&because=<script>alert(1)</script>&do=spare",
    "/desks/clerk?{}&score=5&do=spare", "/desks/clerk/reckoning?{}&until=1", "/desks/clerk/reckoning?{}&until=7",
    "/desks/clerk/reckoning?{}&until=x", "/desks/clerk/reckoning?{}&o=9k1s", "/desks/clerk/reckoning.csv?{}&o=x",
    "/desks/session.yaml?{}&o=3k9999s", "/api/desks/mayor?{}", "/api/desks/clerk?{}&o=x", "/desks/clerk.csv?{}&colour=lists",
    "/town?{}&o=x", "/town?{}&o=9k1s", "/lives/7?{}&o=3k9999s", "/change?{}&o=3k1s",
)  # fmt: skip


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_address_that_is_none__gets_a_sentence(client: TestClient, address: str) -> None:
    answer = client.get(address.format(CLERK))
    while answer.status_code == 202:
        answer = client.get(address.format(CLERK))
    assert 400 <= answer.status_code < 500, (answer.status_code, answer.text[:300])
    assert "Traceback" not in answer.text
    assert "<script>alert" not in answer.text
    assert "location" not in answer.headers


def test_months__before_the_first_and_after_the_last_have_no_desk(client: TestClient) -> None:
    base = CLERK.replace("&m=3", "")
    assert client.get(f"/desks/clerk?{base}&m=6").status_code == 400
    assert client.get(f"/desks/clerk?{base}&m=-1").status_code == 400
    assert client.get(f"/desks/clerk?{base}&m=3&h=00000000").status_code in (200, 202)


def test_an_address_of_other_texts__says_so(client: TestClient, opened: Callable[[str], str]) -> None:
    opened(f"/desks/clerk?{CLERK}")
    assert "made with other texts" in client.get(f"/desks/clerk?{CLERK}&h=00000000").text
    assert "made with other texts" not in client.get(f"/desks/clerk?{CLERK}").text
    assert "made with other texts" in opened(f"/desks/clerk/reckoning?{SESSION}&h=00000000")
    shared = unescape(re.findall(r'href="([^"]+)" data-share', opened(f"/desks/clerk/reckoning?{SESSION}"))[0])
    assert "&h=" in shared
    assert "made with other texts" not in opened(shared)


def test_a_form_of_ours__has_no_origin_since_our_pages_pass_none_on(client: TestClient, saved: str) -> None:
    headers = {"Content-Type": KIND, "Origin": "null"}
    for site, status in (("same-origin", 303), ("cross-site", 403), ("same-site", 403), ("none", 403), (None, 403)):
        more = {} if site is None else {"Sec-Fetch-Site": site}
        answer = client.post("/desks/session", content=body_of(saved), headers={**headers, **more})
        assert answer.status_code == status, site


def test_an_address_of_other_texts__whose_files_are_not_there__names_both(
    client: TestClient, opened: Callable[[str], str]
) -> None:
    opened(f"/desks/clerk?{CLERK}")
    texts = {}
    for h in ("", "&h=00000000"):
        answer = client.get(f"/desks/clerk?{CLERK}&o=2k999s{h}")
        while answer.status_code == 202:
            answer = client.get(f"/desks/clerk?{CLERK}&o=2k999s{h}")
        assert answer.status_code == 400
        texts[h] = unescape(answer.text)
    assert all("no such file" in text for text in texts.values())
    assert "an address made with the texts that lie here" in texts["&h=00000000"]
    assert "an address made with the texts that lie here" not in texts[""]
