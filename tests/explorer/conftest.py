"""The explorer in this process, as a browser on this machine would ask it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from starlette.testclient import TestClient

from glasstown.explorer.app import Explorer
from glasstown.explorer.guard import Door


@pytest.fixture(scope="module")
def explorer(short_past: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Explorer]:
    """Return the application, with its record read."""
    found = Explorer(tmp_path_factory.mktemp("explorer"), Door())
    yield found
    found.close()


@pytest.fixture(scope="module")
def client(explorer: Explorer) -> TestClient:
    """Return somebody at this machine; what goes wrong inside is an answer, as it is for a browser."""
    return TestClient(explorer, base_url="http://localhost", raise_server_exceptions=False, follow_redirects=False)


@pytest.fixture(scope="module")
def opened(client: TestClient) -> Callable[[str], str]:
    """Return how a page is opened and waited for, as a browser does that is told to ask again."""

    def open_page(address: str) -> str:
        for _ in range(120):
            answer = client.get(address)
            if answer.status_code != 202:
                assert answer.status_code == 200, f"{address}: {answer.status_code}\n{answer.text[:600]}"
                return answer.text
            assert answer.headers["refresh"] == f"1; url={address}"
        raise AssertionError(f"{address} never came")

    return open_page
