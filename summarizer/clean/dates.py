"""The day of publication in a byline such as "Posted Jun 18, 2023 7:53 AM"."""

import re
from datetime import datetime
from functools import lru_cache

_MONTH = r"[^\W\d_]{3,10}\.?"
_ORDINAL = r"(?:st|nd|rd|th)?"
_DATE = re.compile(
    r"(?<!\d)(?:"
    r"\d{4}([-/.])\d{1,2}\1\d{1,2}"
    r"|\d{1,2}([/.-])\d{1,2}\2\d{4}"
    rf"|\d{{1,2}}{_ORDINAL}\.?[\s-]+{_MONTH},?[\s-]+\d{{4}}"
    rf"|{_MONTH}\s+\d{{1,2}}{_ORDINAL},?\s+\d{{4}}"
    r")(?!\d)"
)
# A day and a month that differ in every part show which of them a parser had to make up.
_DEFAULTS = (datetime(2000, 1, 1), datetime(2001, 2, 2))


def find_date(text: str) -> str | None:
    """Find a whole date in a line.

    :param text: A short line, e.g. a byline.
    :return: ``YYYY-MM-DD``; None without a date, or where day and month cannot be told apart.
    """
    for match in _DATE.finditer(text):
        day = _parse(match[0])
        if day:
            return day
    return None


@lru_cache(maxsize=1024)
def _parse(text: str) -> str | None:
    from dateutil import parser

    try:
        read = {parser.parse(text, default=default).date() for default in _DEFAULTS}
        if not re.match(r"\d{4}", text):
            read.add(parser.parse(text, default=_DEFAULTS[0], dayfirst=True).date())
    except (ValueError, OverflowError):
        return None
    return read.pop().isoformat() if len(read) == 1 else None
