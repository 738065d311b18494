"""Each file to the reader of its format, each archive to what is in it."""

import re
from dataclasses import replace
from pathlib import Path, PurePath
from time import monotonic
from typing import Any

from ..datatypes import Document
from ..errors import ReadError
from .documents import LINE_BREAKS, Origin
from .formats import detect, parse
from .limits import TOO_MANY, Limits, Meter
from .paths import read_bytes
from .sandbox import Member, Sandbox

_ARCHIVES = frozenset({"gzip", "mbox", "tar", "zip"})
_PACKED = frozenset({"docx", "epub", "odt", "pptx", "spreadsheet"})
_TEXTS = frozenset({"markdown", "text"})
# Bytes of a text that is decoded in no time, whatever it holds; a longer one is timed.
_SMALL = 1 << 20
_STANDARD_INPUT = "standard input"
_SURROGATE = re.compile("[\ud800-\udfff]")


class Dispatcher:
    """Reads files one after the other and keeps what was found.

    :param limits: What a file, and all of them, may cost.
    :param sandbox: The process for files that need a parser.
    :param column: The column of tables that holds the text; None to find it.
    """

    def __init__(self, limits: Limits, sandbox: Sandbox, column: str | None = None) -> None:
        self.documents: list[Document] = []
        self.skipped: list[str] = []
        self.notes: list[str] = []
        self._limits = limits
        self._sandbox = sandbox
        self._column = column
        self._failed = 0

    @property
    def full(self) -> bool:
        """Whether there are as many documents, or files in archives without, as there may be."""
        return len(self.documents) + self._failed >= self._limits.files

    def read_file(self, path: str) -> None:
        """Read a file, or all that is in an archive.

        :param path: The file; ``-`` is standard input.
        :raises ReadError: If nothing of it can be read.
        """
        data = read_bytes(path, self._limits)
        piped = path == "-"
        name = LINE_BREAKS.sub(" ", Path(path).name)
        self.read_data(data, Origin(_STANDARD_INPUT, None) if piped else Origin(name, path))

    def read_data(self, data: bytes, origin: Origin) -> None:
        """Read a file, or all that is in an archive, from memory.

        :raises ReadError: If nothing of it can be read.
        """
        until = monotonic() + self._limits.seconds
        self._read(data, origin, 0, Meter(self._limits, len(data), until=until))

    def _read(self, data: bytes, origin: Origin, depth: int, meter: Meter) -> None:
        kind = detect(data, origin.name)
        if kind in _ARCHIVES:
            self._read_archive(kind, data, origin, depth, meter)
            return
        if kind in _PACKED:
            from .archives import check_size

            check_size(data, origin.name, meter)
        room = self._limits.files - len(self.documents)
        origin = replace(origin, most=room, column=self._column)
        if kind in _TEXTS and len(data) <= _SMALL:
            found = parse(kind, data, origin)
        else:
            found = self._sandbox.read(kind, data, origin, meter.until)
        self.documents.extend(map(_without_surrogates, found))
        self.skipped.extend(found.skipped)

    def _read_archive(
        self, kind: str, data: bytes, origin: Origin, depth: int, meter: Meter
    ) -> None:
        limits = self._limits
        if depth == limits.depth:
            raise ReadError(
                f"{origin.name}: is more than {depth} archives deep; unpack it yourself"
            )
        before = len(self.documents), len(self.skipped)
        members: list[Member] = []
        broken: ReadError | None = None
        try:
            members.extend(self._sandbox.unpack(kind, data, origin, meter, self.notes))
        except ReadError as error:
            broken = error
        for tried, (name, content) in enumerate(members):
            if self.full or tried >= limits.files:
                self.skipped.append(f"{origin.name}: is left out from {name} on; {TOO_MANY}")
                break
            if monotonic() >= meter.until:
                late = limits.too_slow(f"{origin.name}: is left out from {name} on")
                self.skipped.append(str(late))
                break
            try:
                if isinstance(content, str):
                    raise ReadError(content)
                self._read(content, _inside(origin, kind, name), depth + 1, meter)
            except ReadError as error:
                self.skipped.append(str(error))
                self._failed += 1
        if broken is not None:
            raise broken
        if before == (len(self.documents), len(self.skipped)):
            raise ReadError(f"{origin.name}: holds no documents")


def _inside(origin: Origin, kind: str, name: str) -> Origin:
    """Name a file in an archive as if the archive were a folder, a message by its number."""
    if kind == "mbox":
        number = PurePath(name).stem
        return Origin(f"{origin.id}#{number}", origin.path and f"{origin.path}/{name}")
    if kind == "gzip":
        return Origin(name, origin.path)
    return Origin(PurePath(name).name, f"{origin.name}/{name}")


def _without_surrogates(document: Document) -> Document:
    """Replace halves of letters, which no encoding has, one for one."""
    fields = ("id", "text", "title", "url", "author", "site")
    changed: dict[str, Any] = {
        field: _SURROGATE.sub("\ufffd", value)
        for field in fields
        if (value := getattr(document, field)) and _SURROGATE.search(value)
    }
    return replace(document, **changed) if changed else document
