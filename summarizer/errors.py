"""The errors a user can meet; the message of each is one line that says what to do."""


class SummarizerError(Exception):
    """Base of every error that this package raises on purpose."""


class ReadError(SummarizerError):
    """A path cannot be read, or nothing readable was given."""


class BudgetError(SummarizerError, ValueError):
    """The length asked for is not a length, or no sentence is that short."""


class OptionError(SummarizerError, ValueError):
    """An option has a value outside its range."""


class EncoderError(SummarizerError):
    """A model cannot be loaded, was changed, or returned something that is not vectors."""


def counted(number: int, noun: str) -> str:
    """Return e.g. ``1,200 words`` or ``1 word``."""
    return f"{number:,} {noun}" + ("" if number == 1 else "s")
