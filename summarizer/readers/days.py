"""The day in a field that is known to hold a date."""

import re
from datetime import date, datetime

_ISO = re.compile(r"\s*(\d{4})[-/.]?(\d{2})[-/.]?(\d{2})(?!\d)")
# What differs between two readings of a date was not in it.
_DEFAULTS = (datetime(2000, 1, 1), datetime(2001, 2, 2))
_LONGEST = 100


def find_day(text: str) -> str | None:
    """Return the day that a date field names.

    :param text: E.g. ``2019-07-20T10:00Z``, ``20 July 2019`` or ``Sat, 20 Jul 2019 10:00 +0200``.
    :return: ``YYYY-MM-DD``; None without a whole date, or where day and month may be exchanged.
    """
    iso = _ISO.match(text)
    if iso:
        try:
            return date(int(iso[1]), int(iso[2]), int(iso[3])).isoformat()
        except ValueError:
            return None
    if not text.strip() or len(text) > _LONGEST:
        return None
    from dateutil import parser

    try:
        days = {
            parser.parse(text, default=default, dayfirst=day_first, ignoretz=True).date()
            for default in _DEFAULTS
            for day_first in (False, True)
        }
    except Exception:  # it passes on the errors of all that it tries
        return None
    return days.pop().isoformat() if len(days) == 1 else None
