"""How much reading may cost, so that no file can take the machine down."""

from dataclasses import dataclass, fields
from math import inf

from ..errors import OptionError, ReadError

# Said of what is left out as it would be one document more than the limit.
TOO_MANY = "there are more documents than the limit"
MEGABYTE = 1_000_000
# Small files may well be packed better than the ratio allows: a table of zeros, a log.
_GRACE = 10 * MEGABYTE
# What systems take for a number of bytes, and for a wait.
_MOST = 1 << 62
_MOST_SECONDS = 1e9


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of what is read. A file beyond them is left out, and a warning names it.

    :param size: The size of a file, or of an unpacked archive, in bytes.
    :param files: The number of documents: files, members of archives, rows of tables, messages.
    :param depth: How deep archives may be nested.
    :param ratio: Unpacked bytes per packed byte, for archives of more than 10 MB unpacked.
    :param memory: Bytes of memory for the parser of a file, on systems that can limit them.
    :param seconds: The time for opening a file, the time for unpacking and parsing it with all that
        is in it, and the time that a pipe may be silent. Standard input is waited for.
    :raises OptionError: If one of them is not a number above 0, or more than a machine can count.
    """

    size: int = 200 * MEGABYTE
    files: int = 10_000
    depth: int = 3
    ratio: int = 200
    memory: int = 4000 * MEGABYTE
    seconds: float = 60.0

    def __post_init__(self) -> None:
        for field in fields(self):
            value = getattr(self, field.name)
            kinds, most = (
                ((int,), _MOST) if field.name != "seconds" else ((int, float), _MOST_SECONDS)
            )
            if not (type(value) in kinds and 0 < value < inf):
                raise OptionError(f"limit {field.name} must be a number above 0, not {value!r}")
            if value > most:
                raise OptionError(f"limit {field.name} must be at most {most:g}, not {value:g}")

    def too_large(self, name: str) -> ReadError:
        """Return the error for a file that is larger than the limit."""
        return ReadError(f"{name}: is larger than {self.megabytes}; raise the size limit")

    def too_slow(self, name: str) -> ReadError:
        """Return the error for a file that takes longer than the limit."""
        return ReadError(
            f"{name}: takes longer than {self.seconds:g} s to read; raise the time limit"
        )

    @property
    def megabytes(self) -> str:
        """The largest size for people, e.g. ``200 MB``."""
        return f"{self.size / MEGABYTE:g} MB"


@dataclass(slots=True)
class Meter:
    """Counts what a file and the archives in it unpack to, in bytes, and looks at the time."""

    limits: Limits
    packed: int
    unpacked: int = 0
    until: float = inf

    def count(self, name: str, size: int) -> None:
        """Count bytes that were unpacked; too many are a ReadError."""
        self.unpacked += size
        if excess := self.excess():
            raise ReadError(f"{name}: unpacks to {excess}")

    def excess(self) -> str:
        """Say why no more may be unpacked; an empty string if it may."""
        if self.unpacked > self.limits.size:
            return f"more than {self.limits.megabytes}; raise the size limit"
        if self.unpacked > max(_GRACE, self.limits.ratio * self.packed):
            ratio = f"more than {self.limits.ratio} times its size"
            return f"{ratio}, as archive bombs do; unpack it yourself"
        return ""
