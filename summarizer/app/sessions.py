"""What users of the page have put together: held in memory, for a while."""

import secrets
from dataclasses import dataclass, field
from time import monotonic
from typing import Any, Literal, get_args

from ..datatypes import Document
from ..readers import Documents
from .work import Subject

Role = Literal["source", "earlier", "draft"]
ROLES: tuple[Role, ...] = get_args(Role)
# So many are kept; what was not used for so many seconds is forgotten.
MOST_SESSIONS = 16
IDLE_SECONDS = 3600.0


@dataclass(slots=True)
class File:
    """What was dropped, pasted or fetched in one piece.

    :param number: Its number in its session.
    :param name: Its name, for people.
    :param role: What it is used for.
    :param documents: What was read of it.
    """

    number: int
    name: str
    role: Role
    documents: Documents

    @property
    def characters(self) -> int:
        """How long its texts are."""
        return sum(len(document.text) for document in self.documents)

    def to_dict(self) -> dict[str, Any]:
        """Return what the page shows of it."""
        return {
            "number": self.number,
            "name": self.name,
            "role": self.role,
            "documents": len(self.documents),
            "skipped": list(self.documents.skipped),
        }


@dataclass(slots=True)
class Session:
    """What one user has put together on one page.

    :param id: Its name, which nobody can guess.
    :param used: When it was last used, by ``time.monotonic``.
    """

    id: str
    used: float
    files: dict[int, File] = field(default_factory=dict)
    _next: int = 1

    @property
    def characters(self) -> int:
        """How long all its texts are."""
        return sum(file.characters for file in self.files.values())

    @property
    def key(self) -> str:
        """A name of its subject that changes with it."""
        roles = ",".join(f"{file.number}{file.role[0]}" for file in self.files.values())
        return f"{self.id} {roles}"

    def add(self, name: str, role: Role, documents: Documents) -> None:
        """Add a file; a text to check takes the place of the one before."""
        if role == "draft":
            self.files = {n: file for n, file in self.files.items() if file.role != "draft"}
        self.files[self._next] = File(self._next, name, role, documents)
        self._next += 1

    def subject(self) -> Subject:
        """Return all that is to be worked on."""
        draft = next(iter(self._documents("draft")), None)
        return Subject(self._documents("source"), self._documents("earlier"), draft)

    def _documents(self, role: Role) -> Documents:
        files = [file for file in self.files.values() if file.role == role]
        documents: list[Document] = [one for file in files for one in file.documents]
        return Documents(documents, [line for file in files for line in file.documents.skipped])


class Sessions:
    """All sessions, the one that was used last at the end."""

    def __init__(self) -> None:
        self._sessions: dict[str, Session] = {}

    @property
    def keys(self) -> frozenset[str]:
        """The keys of all subjects."""
        return frozenset(session.key for session in self._sessions.values())

    def new(self) -> Session:
        """Begin a session; the one that was used longest ago may be forgotten for it."""
        while len(self._sessions) >= MOST_SESSIONS:
            del self._sessions[next(iter(self._sessions))]
        session = Session(secrets.token_urlsafe(16), monotonic())
        self._sessions[session.id] = session
        return session

    def get(self, name: str) -> Session | None:
        """Return a session, which counts as a use of it; None if it was forgotten."""
        session = self._sessions.pop(name, None)
        if session is not None:
            session.used = monotonic()
            self._sessions[name] = session
        return session

    def forget(self, name: str) -> None:
        """Forget a session."""
        self._sessions.pop(name, None)

    def forget_idle(self) -> None:
        """Forget what was not used for long."""
        until = monotonic() - IDLE_SECONDS
        self._sessions = {n: one for n, one in self._sessions.items() if one.used >= until}
