"""The process: where it listens, what it says, how it ends, and what is left then."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path

import pytest

import glasstown
from glasstown.errors import UsageError
from glasstown.explorer import needed
from glasstown.explorer.serving import address_of, door_of, is_loopback, listening

RUN = "from glasstown.cli.main import entry; import sys; sys.argv = ['glasstown', *sys.argv[1:]]; entry()"


def test_explore__is_reached_by_this_machine_ends_with_ctrl_c_and_leaves_nothing(tmp_path: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", RUN, "explore", "--port", "0"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env={**os.environ, "TMPDIR": str(tmp_path)},
    )  # fmt: skip
    assert process.stdout is not None
    try:
        said = process.stdout.readline()
        address = re.findall(r"http://127\.0\.0\.1:\d+/", said)[0]
        with urllib.request.urlopen(address + "static/mark.svg", timeout=60) as answer:
            assert answer.status == 200
            assert "server" not in {name.lower() for name in answer.headers}
        with pytest.raises(urllib.error.HTTPError, match="403"):
            urllib.request.urlopen(urllib.request.Request(address, headers={"Host": "evil.example"}), timeout=60)
        assert len(list(tmp_path.iterdir())) == 1
    finally:
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert out == ""
    assert err == "The explorer has ended. Nothing of it is left on disk.\n"
    assert list(tmp_path.iterdir()) == []


def test_port__that_is_taken_is_told() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(UsageError, match="--port 0 takes one that is"):
        listening("127.0.0.1", taken.getsockname()[1])


@pytest.mark.parametrize("address", ["203.0.113.7", "no.such.host.invalid", "a b"])
def test_address__that_this_machine_has_not_is_told(address: str) -> None:
    with pytest.raises(UsageError) as caught:
        listening(address, 0)
    assert len(caught.value.faults) == 1


@pytest.mark.parametrize("port", [-1, 65_536])
def test_port__that_is_none_is_told(port: int) -> None:
    with pytest.raises(UsageError, match="0 to 65535"):
        glasstown.explore(port=port)


@pytest.mark.parametrize(
    ("address", "is_own"),
    [
        ("127.0.0.1", True),
        ("127.3.2.1", True),
        ("::1", True),
        ("localhost", True),
        ("0.0.0.0", False),
        ("::", False),
        ("192.168.0.7", False),
    ],
)
def test_token__is_asked_for_beyond_this_machine(address: str, is_own: bool) -> None:
    door = door_of(address, 8753)
    assert is_loopback(address) is is_own
    assert (door.token is None) is is_own
    assert ("token=" in address_of(address, door)) is not is_own


def test_token__is_another_one_each_time() -> None:
    assert len({door_of("0.0.0.0", 1).token for _ in range(20)}) == 20


def test_packages__that_are_missing_are_told_with_how_to_install_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(needed, "find_spec", lambda name: None if name == "uvicorn" else object())
    with pytest.raises(UsageError) as caught:
        glasstown.explore()
    assert str(caught.value).count("uvicorn") == 1
    assert "pip install 'glasstown[explore]'" in str(caught.value)


def test_towns__are_told_without_the_packages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(needed, "find_spec", lambda name: None)
    found = glasstown.explore(towns=True)
    assert found.reached_at is None
    assert {each.name for each in found.towns} >= {"cn-2019", "suining-2010", "rights-none"}
    assert found.table().num_rows == len(found.towns)
