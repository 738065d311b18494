"""Who is let in, and what an answer may cost."""

import os
import time

import anyio
import pytest
from starlette.testclient import TestClient
from starlette.types import ASGIApp, Message, Receive

from summarizer import Limits
from summarizer.app import work
from summarizer.app.server import Config, create_app

from .conftest import BASE, CONFIG, Page

BODY = b'{"documents": [{"text": "The mayor closed the old bridge on Monday."}]}'


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:9999"},
        {"Origin": "http://localhost:8377"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Host": "evil.example"},
        {"Host": "evil.example:8377"},
        {"Host": "127.0.0.1.evil.example"},
        {"Host": "10.1.2.3:8377"},
        {"Host": "[::1"},
        {"Host": ""},
    ],
)
def test_other_sites_and_names_are_refused(api: TestClient, headers: dict[str, str]) -> None:
    for answer in (
        api.get("/", headers=headers, follow_redirects=False),
        api.post("/api/summaries", content=BODY, headers=headers),
        api.get(f"/?token={CONFIG.token}", headers=headers, follow_redirects=False),
    ):
        assert answer.status_code == 403
        assert answer.headers["Content-Type"] == "application/problem+json"
        assert "set-cookie" not in answer.headers


@pytest.mark.parametrize("host", ["127.0.0.1:8377", "localhost:8377", "[::1]:8377"])
def test_own_names_are_let_in(api: TestClient, host: str) -> None:
    headers = {"Host": host, "Origin": f"http://{host}", "Sec-Fetch-Site": "same-origin"}
    assert api.post("/api/summaries", content=BODY, headers=headers).status_code == 200


def test_nothing_without_the_token(api: TestClient) -> None:
    with_none = TestClient(api.app, BASE)
    for path in ("/", "/static/app.js", "/api/openapi.json", "/sessions/x/", "/nothing"):
        answer = with_none.get(path, follow_redirects=False)
        assert answer.status_code == 401
        assert answer.headers["WWW-Authenticate"] == "Bearer"
        assert CONFIG.token not in answer.text
    assert with_none.get("/?token=%C3%A9").status_code == 401
    for given in ("", "x", CONFIG.token[:-1]):
        assert with_none.get("/", params={"token": given}).status_code == 401
        bearer = {"Authorization": f"Bearer {given}"}
        assert with_none.post("/api/checks", content=BODY, headers=bearer).status_code == 401


def test_token_in_the_address_becomes_a_cookie(api: TestClient) -> None:
    browser = TestClient(api.app, BASE)
    answer = browser.get(f"/?token={CONFIG.token}", follow_redirects=False)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/")
    cookie = answer.headers["Set-Cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert "summarizer-8377=" in cookie
    page = Page(browser)
    assert CONFIG.token not in page.text
    assert browser.get(page.address).headers["Cache-Control"] == "no-store"


def test_page_runs_nothing_of_others(api: TestClient, page: Page) -> None:
    policy = api.get(page.address).headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    page.add("The mayor closed the old bridge on Monday.", name="a.txt")
    report = api.get(f"{page.address}summary.html").headers["Content-Security-Policy"]
    assert report.startswith("sandbox allow-scripts")
    assert "allow-same-origin" not in report


def test_who_listens_for_others_is_asked_by_address_alone() -> None:
    config = Config("0.0.0.0", token="t")
    client = TestClient(
        create_app(config), "http://10.1.2.3", headers={"Authorization": "Bearer t"}
    )
    assert client.get("/", follow_redirects=False).status_code == 303
    named = client.get("/", headers={"Host": "evil.example"})
    assert named.status_code == 403


def test_too_much_is_refused(api: TestClient, page: Page) -> None:
    large = b"x" * (CONFIG.limits.size + 1)
    for path in (f"{page.address}files", "/api/summaries"):
        declared = api.post(path, content=large)
        streamed = api.post(path, content=iter([large[:-1], large[-1:]]))
        for answer in (declared, streamed):
            assert answer.status_code == 413
            assert "larger than 1 MB" in answer.json()["detail"]


def test_too_much_at_once_is_refused() -> None:
    app = create_app(Config(token="t", limits=Limits(size=len(BODY) // 4, seconds=2)))
    small = create_app(Config(token="t", limits=Limits(size=len(BODY), seconds=2)))

    async def ask_many(app: ASGIApp, *behind: Receive) -> list[int]:
        answered: list[int] = []

        async def one() -> None:
            answered.append((await ask(app, *behind))[0]["status"])

        async with anyio.create_task_group() as group:
            for _ in range(40):
                group.start_soon(one)
        return sorted(answered)

    # Each has sent nine bytes, and they wait for one another's end.
    held = 4 * len(BODY) // 9
    assert anyio.run(ask_many, small, stay) == [408] * held + [503] * (40 - held)
    assert anyio.run(ask_many, small, stay) == [408] * held + [503] * (40 - held)
    assert anyio.run(ask_many, app, rest, stay) == [413] * 40


def test_what_takes_too_long_is_ended_and_the_next_is_answered(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    config = Config(limits=Limits(seconds=3), token="t")
    with TestClient(create_app(config), BASE, headers={"Authorization": "Bearer t"}) as client:
        with monkeypatch.context() as patched:
            patched.setattr(work, "answer", sleep)
            answer = client.post("/api/summaries", content=BODY)
        assert answer.status_code == 504
        assert "longer than 3 s" in answer.json()["detail"]
        # A new worker, too, takes a while to start.
        answers = (client.post("/api/summaries", content=BODY).status_code for _ in range(20))
        assert 200 in answers


def test_worker_that_ends_is_told_and_the_next_is_answered(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with TestClient(create_app(Config(token="t")), BASE) as client:
        client.headers["Authorization"] = "Bearer t"
        for fail in (starve, end):
            with monkeypatch.context() as patched:
                patched.setattr(work, "answer", fail)
                answer = client.post("/api/summaries", content=BODY)
            assert answer.status_code == 503
            assert "for want of memory" in answer.json()["detail"]
        assert client.post("/api/summaries", content=BODY).status_code == 200


def end(*_: object) -> None:
    """End the worker, as the system does where memory is short."""
    os._exit(1)


def starve(*_: object) -> None:
    """Have no memory left in a worker."""
    raise MemoryError


def sleep(*_: object) -> None:
    """Take longer than anybody waits; in a worker."""
    time.sleep(600)


async def ask(app: ASGIApp, *behind: Receive) -> list[Message]:
    """Ask for a summary; return what is answered.

    :param behind: Called one after the other for what comes behind the first half of the body.
    """
    waiting: list[Receive] = [begin, *behind]
    answered: list[Message] = []

    async def receive() -> Message:
        return await (waiting.pop(0) if waiting[1:] else waiting[0])()

    async def send(message: Message) -> None:
        answered.append(message)

    scope = {
        "type": "http",
        "method": "POST",
        "path": "/api/summaries",
        "query_string": b"",
        "headers": [(b"host", b"localhost"), (b"authorization", b"Bearer t")],
        "scheme": "http",
        "server": ("localhost", 80),
    }
    await app(scope, receive, send)
    return answered


async def begin() -> Message:
    """Send the first half of the body."""
    return {"type": "http.request", "body": BODY[:9], "more_body": True}


async def rest() -> Message:
    """Send the second half of the body."""
    return {"type": "http.request", "body": BODY[9:], "more_body": False}


async def stay() -> Message:
    """Wait for the answer."""
    await anyio.sleep_forever()
    raise AssertionError


async def leave() -> Message:
    """Go away."""
    await anyio.sleep(0.5)
    return {"type": "http.disconnect"}


@pytest.mark.parametrize("ahead", [0, 1])
def test_work_for_a_client_that_went_away_is_dropped(
    monkeypatch: pytest.MonkeyPatch, ahead: int
) -> None:
    monkeypatch.setattr("os.cpu_count", lambda: 1)
    monkeypatch.setattr(work, "answer", sleep)
    app = create_app(Config(token="t"))

    async def go_away() -> None:
        async with anyio.create_task_group() as group:
            for _ in range(ahead):
                group.start_soon(ask, app, rest, stay)
            await anyio.wait_all_tasks_blocked()
            with anyio.fail_after(60):
                answered = await ask(app, rest, leave)
            assert answered[0]["status"] == 499
            group.cancel_scope.cancel()

    anyio.run(go_away)


@pytest.mark.parametrize(("behind", "status"), [(stay, 408), (leave, 499)])
def test_body_that_does_not_come_is_not_waited_for(behind: Receive, status: int) -> None:
    app = create_app(Config(token="t", limits=Limits(seconds=1)))
    answered = anyio.run(ask, app, behind)
    assert answered[0]["status"] == status
