"""How much reading may cost, so that no file can take the machine down."""

from dataclasses import dataclass, fields

from ..errors import OptionError, ReadError

MEGABYTE = 1_000_000
# Small files may well be packed better than the ratio allows: a table of zeros, a log.
_GRACE = 10 * MEGABYTE


@dataclass(frozen=True, slots=True)
class Limits:
    """What a file may be at most; what is larger is left out and named.

    :param size: Bytes of a file, and of all that an archive holds unpacked.
    :param files: Documents in all: files, members of archives, rows of tables, messages.
    :param depth: Archives within one another.
    :param ratio: Unpacked bytes for each packed one, in archives of more than 10 MB unpacked.
    :param seconds: Time that the reader of a file may take, and that a pipe may be silent.
    :raises OptionError: If one of them is not a number above 0.
    """

    size: int = 200 * MEGABYTE
    files: int = 10_000
    depth: int = 3
    ratio: int = 200
    seconds: float = 60.0

    def __post_init__(self) -> None:
        for field in fields(self):
            value = getattr(self, field.name)
            kinds = (int, float) if field.name == "seconds" else (int,)
            if not (type(value) in kinds and 0 < value < float("inf")):
                raise OptionError(f"limit {field.name} must be a number above 0, not {value!r}")

    def too_large(self, name: str) -> ReadError:
        """Return the error for a file that is larger than the limit."""
        return ReadError(f"{name}: is larger than {self.megabytes}; raise the limit (--max-size)")

    @property
    def megabytes(self) -> str:
        """The largest size for people, e.g. ``200 MB``."""
        return f"{self.size / MEGABYTE:g} MB"


class Meter:
    """Counts what an archive and all archives in it unpack to.

    :param limits: What it may be at most.
    :param packed: Bytes of the outermost archive.
    """

    def __init__(self, limits: Limits, packed: int) -> None:
        self._limits = limits
        self._packed = packed
        self._unpacked = 0
        self._spent = False

    @property
    def spent(self) -> bool:
        """Whether no more may be unpacked."""
        return self._spent

    def count(self, name: str, size: int) -> None:
        """Count bytes that were unpacked.

        :raises ReadError: If it is too many in all, or for the size of the archive.
        """
        self._unpacked += size
        limits = self._limits
        if self._unpacked > limits.size:
            message = f"unpacks to more than {limits.megabytes}; raise the limit (--max-size)"
        elif self._unpacked > max(_GRACE, limits.ratio * self._packed):
            ratio = f"more than {limits.ratio} times its size"
            message = f"unpacks to {ratio}, as archive bombs do; raise the limit (--max-ratio)"
        else:
            return
        self._spent = True
        raise ReadError(f"{name}: {message}")
