"""Mails (EML): the plain text of a message, or its web page where it has no other."""

from dataclasses import replace
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parseaddr

from ...datatypes import Document
from ...errors import ReadError
from ..documents import Documents, Origin, find_day
from ..encodings import decode_as


def read_mail(data: bytes, origin: Origin) -> Documents:
    """Read a message; attachments are ignored.

    :return: One document: the subject is its title, the sender its author.
    :raises ReadError: If it has no text.
    """
    message = message_from_bytes(data.lstrip(), policy=policy.default)
    plain, page = (_text(message.get_body((kind,)), origin) for kind in ("plain", "html"))
    if plain.strip():
        document = Document(id=origin.id, text=plain, path=origin.path)
    elif page.strip():
        from .html import read_page

        document = read_page(page, origin)
    else:
        raise ReadError(f"{origin.name}: is a mail without text")
    name, address = parseaddr(_header(message, "From"))
    return Documents(
        [
            replace(
                document,
                title=_header(message, "Subject") or document.title,
                date=find_day(_header(message, "Date")) or document.date,
                author=name or address or None,
            )
        ]
    )


def _text(part: object, origin: Origin) -> str:
    if not isinstance(part, EmailMessage):
        return ""
    payload = part.get_payload(decode=True)
    if not isinstance(payload, bytes) or not payload.strip():
        return ""
    text = decode_as(payload, part.get_content_charset(""), origin.name)
    return text.replace("\r\n", "\n")


def _header(message: EmailMessage, name: str) -> str:
    """Return a header in one line; an unreadable one is as good as none."""
    try:
        return " ".join(str(message.get(name, "")).split())
    except (ValueError, IndexError, TypeError, AttributeError, LookupError):
        return ""
