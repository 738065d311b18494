"""What could drive a terminal or turn text around, shown instead of obeyed."""

import re

# Control characters but the line feed, halves of surrogate pairs, bidirectional overrides.
UNSAFE = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")


def printable(text: str) -> str:
    """Show what could drive a terminal or turn its text around as escapes."""
    return UNSAFE.sub(lambda match: ascii(match[0])[1:-1], text)


def printable_json(text: str) -> str:
    """Show the same in JSON, as escapes that say the same text."""
    return UNSAFE.sub(lambda match: f"\\u{ord(match[0]):04x}", text)
