"""The page and the HTTP API: who may ask what, and how long an answer may take.

Whatever takes long is done by workers. One that takes too long, or whose client went away, is
ended; what waits for a worker is dropped then.
"""

import ipaddress
import math
import os
import secrets
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from functools import cache
from http import HTTPStatus
from pathlib import Path
from time import monotonic
from typing import Any, Literal, TypeVar, get_args
from urllib.parse import urlsplit

import anyio
from anyio import BrokenWorkerProcess, CapacityLimiter, to_process
from starlette.applications import Starlette
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ..datatypes import Document
from ..errors import SummarizerError
from ..readers import Documents, Limits
from ..render import BY_ENDING, FORMATS
from ..render.html import environment_of, palette
from ..render.safe import printable_line
from ..settings import MODEL, WORDS
from . import work
from .api import OPERATIONS, openapi

Result = TypeVar("Result")

# Errors of work that have an answer of their own.
_EXPECTED = (SummarizerError, work.BodyError, TimeoutError, MemoryError, BrokenWorkerProcess)

# At most this many requests may wait for a worker.
_MOST_WAITING = 200
# At most as many bytes as this many of the largest bodies are held at once.
_MOST_HELD = 4
_BUSY = "too many requests are waiting; try again"
# A worker whose client went away gets this long to finish, as a new one takes a second to start.
_GRACE_SECONDS = 2.0
_LONGEST_NAME = 200
_PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; "
    "frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
# In addition to the policy in the report itself: its page has no origin, and can request nothing.
_REPORT_POLICY = (
    "sandbox allow-scripts allow-popups allow-popups-to-escape-sandbox; frame-ancestors 'self'"
)
_HEADERS = {
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
Role = Literal["source", "earlier", "draft"]
ROLES: tuple[Role, ...] = get_args(Role)
# At most this many sessions are kept, and unused ones for this many seconds.
MOST_SESSIONS = 16
IDLE_SECONDS = 3600.0


@dataclass(slots=True)
class File:
    """One file, pasted text or fetched page."""

    number: int
    name: str
    role: Role
    documents: Documents

    def to_dict(self) -> dict[str, Any]:
        """Return what the page shows of it."""
        record: dict[str, Any] = {"number": self.number, "name": self.name, "role": self.role}
        skipped = list(self.documents.skipped)
        return {**record, "documents": len(self.documents), "skipped": skipped}


@dataclass(slots=True)
class Session:
    """What one user has collected on one page; nobody can guess its id."""

    id: str
    used: float
    files: dict[int, File] = field(default_factory=dict)
    _next: int = 1

    @property
    def characters(self) -> int:
        """The length of all its texts together."""
        return sum(len(one.text) for file in self.files.values() for one in file.documents)

    @property
    def key(self) -> str:
        """A name for its subject that changes with its files."""
        roles = ",".join(f"{file.number}{file.role[0]}" for file in self.files.values())
        return f"{self.id} {roles}"

    def add(self, name: str, role: Role, documents: Documents) -> None:
        """Add a file; a text to check replaces the one before."""
        if role == "draft":
            self.files = {n: file for n, file in self.files.items() if file.role != "draft"}
        self.files[self._next] = File(self._next, name, role, documents)
        self._next += 1

    def subject(self) -> work.Collected:
        """Return all its documents."""
        draft = next(iter(self._documents("draft")), None)
        return work.Collected(self._documents("source"), self._documents("earlier"), draft)

    def _documents(self, role: Role) -> Documents:
        files = [file for file in self.files.values() if file.role == role]
        documents: list[Document] = [one for file in files for one in file.documents]
        return Documents(documents, [line for file in files for line in file.documents.skipped])


class Sessions:
    """All sessions, the last used one at the end."""

    def __init__(self) -> None:
        self._sessions: dict[str, Session] = {}

    @property
    def keys(self) -> frozenset[str]:
        """The keys of all subjects."""
        return frozenset(session.key for session in self._sessions.values())

    def new(self) -> Session:
        """Start a session; if there are too many, forget the one unused for longest."""
        while len(self._sessions) >= MOST_SESSIONS:
            del self._sessions[next(iter(self._sessions))]
        session = Session(secrets.token_urlsafe(16), monotonic())
        self._sessions[session.id] = session
        return session

    def get(self, name: str) -> Session | None:
        """Return a session and mark it as used; None if it was forgotten."""
        session = self._sessions.pop(name, None)
        if session is not None:
            session.used = monotonic()
            self._sessions[name] = session
        return session

    def forget(self, name: str) -> None:
        """Forget a session."""
        self._sessions.pop(name, None)

    def forget_idle(self) -> None:
        """Forget sessions that have not been used for long."""
        until = monotonic() - IDLE_SECONDS
        self._sessions = {n: one for n, one in self._sessions.items() if one.used >= until}


@dataclass(frozen=True, slots=True)
class Config:
    """How the app is served, and the token that requests must have.

    The limits' ``size`` is also that of the body of a request and of all texts of a session, their
    ``seconds`` also the longest time for a body and for an answer.
    """

    host: str = "127.0.0.1"
    port: int = 0
    model: str = MODEL
    limits: Limits = field(default_factory=Limits)
    token: str = field(default_factory=lambda: secrets.token_urlsafe(24))

    @property
    def cookie(self) -> str:
        """The name of the cookie; with the port, as browsers share cookies between ports."""
        return f"summarizer-{self.port}"

    @property
    def alone(self) -> bool:
        """Whether only this machine can connect."""
        return is_loopback(self.host)


def is_loopback(host: str) -> bool:
    """Return whether a host is the loopback of this machine."""
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host.lower() == "localhost"


def create_app(config: Config) -> ASGIApp:
    """Return the app, for an ASGI server."""
    return _Guard(_App(config).starlette, config)


class _Guard:
    """Lets in requests with the token and from no other site; adds headers to all answers."""

    def __init__(self, app: ASGIApp, config: Config) -> None:
        self._app = app
        self._config = config

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        request = Request(scope)
        refused = self._refused(request)
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() != "bearer":
            token = request.cookies.get(self._config.cookie, "")
        asked = request.query_params.get("token")
        if refused is None and request.url.path == "/" and asked is not None:
            # Taken out of the address, so that it is not shown, stored or passed on.
            refused = RedirectResponse("/", 303)
            if self._knows(asked):
                refused.set_cookie(
                    self._config.cookie, asked, httponly=True, samesite="strict", path="/"
                )
        elif refused is None and not self._knows(token.strip()):
            detail = "the token is missing or wrong: open the address that summarize serve printed"
            refused = _problem(401, detail)
            refused.headers["WWW-Authenticate"] = "Bearer"
        await (refused or self._app)(scope, receive, send_guarded)

    def _refused(self, request: Request) -> Response | None:
        """Refuse requests from other sites, and those for host names of others."""
        given = request.headers.get("host", "")
        try:
            host = urlsplit(f"//{given}").hostname or ""
        except ValueError:
            host = ""
        if not self._is_own(host):
            return _problem(403, "this host is not served here; use the address that was printed")
        own = f"{request.url.scheme}://{given}"
        if request.headers.get("origin", own) == own and request.headers.get(
            "sec-fetch-site", "none"
        ) in {"same-origin", "none"}:
            return None
        return _problem(403, "requests of other sites are refused")

    def _is_own(self, host: str) -> bool:
        """Return whether the app is served under a host; rebound DNS names are not."""
        if is_loopback(host) or host == self._config.host.lower():
            return True
        try:
            ipaddress.ip_address(host)
        except ValueError:
            return False
        return not self._config.alone

    def _knows(self, token: str) -> bool:
        return secrets.compare_digest(token.encode(), self._config.token.encode())


class _App:
    """The routes and their shared state."""

    def __init__(self, config: Config) -> None:
        self._config = config
        self._sessions = Sessions()
        self._room = CapacityLimiter(os.cpu_count() or 2)
        self._held = 0
        self._most_workers = 1
        self._forgot = anyio.Event()
        self._unlimited = CapacityLimiter(math.inf)
        session = "/sessions/{id}"
        self.starlette = Starlette(
            routes=[
                Route("/", self._begin),
                Route("/static/{name}", _static),
                Route(session + "/", self._page),
                Route(session + "/", self._forget, methods=["DELETE"]),
                Route(session + "/files", self._list),
                Route(session + "/files", self._add, methods=["POST"]),
                Route(session + "/files/{number:int}", self._change, methods=["PATCH", "DELETE"]),
                Route(session + "/{kind}.{layout}", self._result),
                Route("/api/openapi.json", lambda _: JSONResponse(openapi())),
                Route("/api/{name}", self._answer, methods=["POST"]),
            ],
            exception_handlers=dict.fromkeys(
                (HTTPException, ClientDisconnect, Exception), _answer_error
            ),
            lifespan=self._lifespan,
        )

    @asynccontextmanager
    async def _lifespan(self, _: Starlette) -> AsyncIterator[None]:
        async with anyio.create_task_group() as group:
            # Start a worker before the first file comes.
            group.start_soon(self._started)
            group.start_soon(self._forgotten)
            yield
            group.cancel_scope.cancel()

    async def _started(self) -> None:
        async with self._room:
            await self._in_worker(work.start, self._config.model)

    async def _in_worker(self, do: Callable[..., Result], *given: Any) -> Result:
        return await to_process.run_sync(do, *given, cancellable=True, limiter=self._unlimited)

    async def _forgotten(self) -> None:
        known = self._sessions.keys
        while True:
            with anyio.move_on_after(60) as waited:
                await self._forgot.wait()
            self._forgot = anyio.Event()
            self._sessions.forget_idle()
            if known - self._sessions.keys or not waited.cancelled_caught:
                # All at once, so that each worker gets one.
                async with anyio.create_task_group() as group:
                    for _ in range(self._most_workers):
                        group.start_soon(self._forget_in_worker)
            known = self._sessions.keys

    async def _forget_in_worker(self) -> None:
        with suppress(*_EXPECTED):
            async with self._room:
                await self._in_worker(work.forget, self._sessions.keys)

    async def _begin(self, _: Request) -> Response:
        return RedirectResponse(f"/sessions/{self._sessions.new().id}/", 303)

    async def _page(self, request: Request) -> Response:
        if self._sessions.get(request.path_params["id"]) is None:
            return RedirectResponse("/", 303)
        size, alone = self._config.limits.megabytes, self._config.alone
        template = environment_of(__package__).get_template("app.html")
        page = template.render(words=WORDS, size=size, alone=alone)
        headers = {"Content-Security-Policy": _PAGE_POLICY}
        return Response(page, media_type="text/html", headers=headers)

    async def _forget(self, request: Request) -> Response:
        self._sessions.forget(request.path_params["id"])
        self._forgot.set()
        return Response(status_code=204)

    async def _list(self, request: Request) -> Response:
        return _listed(self._session(request))

    async def _add(self, request: Request) -> Response:
        """Read the body as a file, or fetch an ``address``."""
        session, limits = self._session(request), self._config.limits
        role = _role(request)
        address = request.query_params.get("address")
        if address is None:
            name = _name(request.query_params.get("name", ""))
            async with self._body(request, name) as data:
                found = await self._work(request, work.read_file, name, data, limits)
        else:
            name = printable_line(address)[:_LONGEST_NAME]
            if not self._config.alone:
                # Others could reach what only this machine may.
                raise HTTPException(403, "addresses are fetched only where nobody else can ask")
            if not address.lower().startswith(("http://", "https://")) or "::" in address:
                raise HTTPException(422, f"{name}: is not an address that starts with https://")
            found = await self._work(request, work.read_file, address, None, limits)
        if session.characters + sum(len(one.text) for one in found) > limits.size:
            detail = f"{name}: there is no room for it, all texts have {limits.megabytes} together"
            raise HTTPException(413, detail)
        session.add(name, role, found)
        return _listed(session)

    async def _change(self, request: Request) -> Response:
        session, number = self._session(request), request.path_params["number"]
        if number not in session.files:
            raise HTTPException(404, "there is no such file")
        if request.method == "DELETE":
            del session.files[number]
        else:
            session.files[number].role = _role(request)
        return _listed(session)

    async def _result(self, request: Request) -> Response:
        session, asked = self._session(request), request.query_params
        kind, layout = request.path_params["kind"], request.path_params["layout"]
        if layout not in work.LAYOUTS.get(kind, ()):
            raise HTTPException(404, f"there is no {kind}.{layout}")
        options: dict[str, Any] = {}
        if kind == "summary":
            words = asked.get("words", str(WORDS))
            if not (words.isascii() and words.isdigit() and len(words) < 8 and int(words)):
                raise HTTPException(422, "words must be a number of 1 or more")
            options = {"words": int(words), "query": asked.get("query", "").strip() or None}
        subject = session.subject()
        if not subject.documents:
            raise HTTPException(422, "there are no documents yet")
        # The texts are handed over only to a worker that does not hold them.
        rest = (kind, options, layout, self._config.model, self._sessions.keys)
        key, made = session.key, None
        for given in (None, subject):
            if made is None:
                made = await self._work(request, work.render, key, given, *rest)
        written = FORMATS[BY_ENDING[layout]]
        headers = {"Content-Security-Policy": _REPORT_POLICY}
        if layout != "html" or "download" in asked:
            file = f"{kind}.{written.endings[0]}"
            headers["Content-Disposition"] = f'attachment; filename="{file}"'
        return Response(made, media_type=written.media, headers=headers)

    async def _answer(self, request: Request) -> Response:
        name = request.path_params["name"]
        if name not in OPERATIONS:
            raise HTTPException(404, f"there is no /api/{name}")
        async with self._body(request, "the request") as body:
            made = await self._work(request, work.answer, name, body, self._config.model)
        return Response(made, media_type="application/json")

    def _session(self, request: Request) -> Session:
        session = self._sessions.get(request.path_params["id"])
        if session is None:
            raise HTTPException(404, "this page was forgotten; load it again")
        return session

    @asynccontextmanager
    async def _body(self, request: Request, name: str) -> AsyncIterator[bytes]:
        """Hold the body of a request, within the limits for one body and for all of them."""
        limits, data = self._config.limits, bytearray()
        detail = f"{name}: is larger than {limits.megabytes}; raise the size limit"
        length = request.headers.get("content-length", "")
        if length.isdigit() and int(length) > limits.size:
            raise HTTPException(413, detail)
        try:
            with anyio.fail_after(limits.seconds):
                async for chunk in request.stream():
                    data += chunk
                    self._held += len(chunk)
                    if len(data) > limits.size:
                        raise HTTPException(413, detail)
                    if self._held > _MOST_HELD * limits.size:
                        raise HTTPException(503, _BUSY, {"Retry-After": "5"})
            yield bytes(data)
        except TimeoutError:
            detail = f"{name}: took longer than {limits.seconds:g} s to arrive"
            raise HTTPException(408, detail) from None
        finally:
            self._held -= len(data)

    async def _work(self, request: Request, do: Callable[..., Result], *given: Any) -> Result:
        """Run a function in a worker, until the client goes away."""
        if self._room.statistics().tasks_waiting >= _MOST_WAITING:
            raise HTTPException(503, _BUSY, {"Retry-After": "5"})
        outcome: Result | HTTPException | None = None
        finished = False
        begun = anyio.Event()
        async with anyio.create_task_group() as group:

            async def leave() -> None:
                while (await request.receive())["type"] != "http.disconnect":
                    pass
                if begun.is_set():
                    await anyio.sleep(_GRACE_SECONDS)
                group.cancel_scope.cancel()

            group.start_soon(leave)
            try:
                async with self._room:
                    begun.set()
                    self._most_workers = max(self._most_workers, self._room.borrowed_tokens)
                    with anyio.fail_after(self._config.limits.seconds):
                        outcome = await self._in_worker(do, *given)
            except _EXPECTED as error:
                outcome = self._problem_of(error)
            finished = True
            group.cancel_scope.cancel()
        if not finished:
            raise ClientDisconnect
        if isinstance(outcome, HTTPException):
            raise outcome
        return outcome  # type: ignore[return-value]

    def _problem_of(self, error: Exception) -> HTTPException:
        if isinstance(error, TimeoutError):
            seconds = f"{self._config.limits.seconds:g} s"
            return HTTPException(504, f"the work took longer than {seconds}; raise the time limit")
        if isinstance(error, MemoryError | BrokenWorkerProcess):
            return HTTPException(503, "the worker ended, perhaps for want of memory; give less")
        return HTTPException(400 if isinstance(error, work.BodyError) else 422, str(error))


async def _answer_error(_: Request, error: Exception) -> Response:
    """Answer an error in one line; an unexpected one is also printed on standard error."""
    if isinstance(error, HTTPException):
        return _problem(error.status_code, error.detail, error.headers)
    if isinstance(error, ClientDisconnect):
        return Response(status_code=499)
    return _problem(500, "this is a mistake in the program; standard error says more")


def _problem(status: int, detail: str, headers: Mapping[str, str] | None = None) -> Response:
    record = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": printable_line(detail),
    }
    return JSONResponse(record, status, headers, "application/problem+json")


def _listed(session: Session) -> Response:
    return JSONResponse({"files": [file.to_dict() for file in session.files.values()]})


def _role(request: Request) -> Role:
    given = request.query_params.get("role", "source" if request.method == "POST" else "")
    for role in ROLES:
        if role == given:
            return role
    raise HTTPException(422, f"role must be one of {', '.join(ROLES)}")


def _name(given: str) -> str:
    """Return the last part of a path as a name, in one line."""
    name = printable_line(given.replace("\\", "/").rstrip("/").rpartition("/")[2])
    return name[:_LONGEST_NAME].strip() or "text"


async def _static(request: Request) -> Response:
    name = request.path_params["name"]
    media = {"app.css": "text/css", "app.js": "text/javascript"}.get(name)
    if media is None:
        raise HTTPException(404, "there is no such file")
    return Response((palette() if name == "app.css" else "") + _asset(name), media_type=media)


@cache
def _asset(name: str) -> str:
    return (Path(__file__).parent / "static" / name).read_text(encoding="utf-8")
