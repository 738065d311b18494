"""The app with its workers, as a browser and a program meet it."""

from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from summarizer import Limits
from summarizer.app.server import Config, create_app

CONFIG = Config(port=8377, limits=Limits(size=1_000_000))
BASE = "http://127.0.0.1:8377"


@pytest.fixture(scope="session")
def api() -> Iterator[TestClient]:
    """Return a program that knows the token."""
    headers = {"Authorization": f"Bearer {CONFIG.token}"}
    with TestClient(create_app(CONFIG), BASE, headers=headers) as client:
        yield client


class Page:
    """A page that somebody has opened."""

    def __init__(self, client: TestClient) -> None:
        self.client = client
        opened = client.get("/")
        assert opened.status_code == 200
        self.address = opened.url.path
        self.text = opened.text

    def get(self, what: str, status: int = 200) -> str:
        """Return a result."""
        answer = self.client.get(self.address + what)
        assert answer.status_code == status, answer.text
        return answer.text

    def add(self, body: str | bytes, status: int = 200, **options: str) -> list[dict[str, object]]:
        """Send a file; return all files of the page."""
        answer = self.client.post(f"{self.address}files", content=body, params=options)
        assert answer.status_code == status, answer.text
        found: list[dict[str, object]] = answer.json().get("files", [])
        return found


@pytest.fixture
def page(api: TestClient) -> Page:
    return Page(api)
