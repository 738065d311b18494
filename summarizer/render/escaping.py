"""Text of sources as text of HTML, wherever it may stand."""

import html
import re

from ..text.tokens import LINE_BREAK
from .printable import UNSAFE

_BREAK = re.compile(rf"\r\n|[{LINE_BREAK}]")


def escape(text: str, *, quote: bool = True) -> str:
    """Make text that is no markup, in elements and between double quotes.

    Line breaks of all kinds become line feeds, as browsers make them; what could turn text around
    or is not allowed in HTML is shown as an escape.

    :param text: Any text.
    :param quote: False for what stands in an element alone, where quotation marks are letters.
    """
    lined = _BREAK.sub("\n", text).replace("\0", " ")
    shown = UNSAFE.sub(lambda match: match[0] if match[0] == "\t" else _escaped(match[0]), lined)
    marked = html.escape(shown, quote=False)
    return marked.replace('"', "&quot;") if quote else marked


def _escaped(character: str) -> str:
    return ascii(character)[1:-1]
