"""What a page says of how it is had otherwise is true: its commands and its Python run, and come to its digest."""

from __future__ import annotations

import contextlib
import io
import re
import shlex
from collections.abc import Callable
from html import unescape
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from explored import CLERK, TOWN
from glasstown.cli import main as cli
from glasstown.storage.folder import RunFolder

MOVED = "town=rongcheng-2013&people=300&months=6&lever=rongcheng-2013/clauses/rc13-d01/points&value=-20"
PAGES = (
    "/rulebooks?kind=firm", "/rulebooks/suining-2010?asat=2013", "/acts/late-utility-bill", "/claims?verdict=not%20found",
    f"/town?{TOWN}&set=filing.lost:0", f"/lives?{TOWN}&befell=unable", f"/lives/7?{TOWN}", f"/change?{MOVED}",
    f"/desks/clerk?{CLERK}", f"/desks/clerk?{CLERK}&o=3k1sC2r", f"/desks/clerk/reckoning?{CLERK}&o=3k1sC2r",
    f"/desks/clerk/reckoning?{CLERK}&o=3k1sC2r&until=4", f"/lives/7?{CLERK}&o=3k1sC2r", "/desks",
)  # fmt: skip


def keep_session(client: TestClient, text: str, address: str, folder: Path) -> None:
    """Save the session of a page where its commands take it, as its reader would."""
    for link in re.findall(r'href="(/desks/session.yaml[^"]+)"', text)[:1]:
        answer = client.get(unescape(link))
        assert answer.status_code == 200
        (folder / "my-desk.yaml").write_bytes(answer.content)
    if address == "/desks":  # names the file that its Python saves
        (folder / "my-desk.yaml").write_bytes(client.get(f"/desks/session.yaml?{CLERK}&o=3k1s").content)


@pytest.mark.parametrize("address", PAGES)
def test_commands__run_and_come_to_the_digest(
    client: TestClient, opened: Callable[[str], str], address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    text = opened(address)
    keep_session(client, text, address, tmp_path)
    commands = unescape(re.findall(r"<code>(glasstown .*?)</code>", text.split('class="foot"', 1)[1])[0]).split(" && ")
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        codes = [cli.main(shlex.split(command)[1:]) for command in commands]
    assert codes == [0] * len(commands)
    digests = [RunFolder.open(path.parent).manifest.digest or "" for path in tmp_path.rglob("manifest.json")]
    if shown := re.findall(r"digest ([0-9a-f]{8})…", text):
        assert any(digest.startswith(shown[0]) for digest in digests)


@pytest.mark.parametrize("address", PAGES)
def test_python__runs(
    client: TestClient, opened: Callable[[str], str], address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    text = opened(address)
    keep_session(client, text, address, tmp_path)
    python = unescape(re.findall(r"<pre><code>(import glasstown.*?)</code>", text, re.DOTALL)[0])
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        exec(compile(python, address, "exec"), {})
    assert said.getvalue()
