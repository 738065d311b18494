"""WCEP-100, as its owners publish it: ``{"id", "date", "summary", "articles": [...]}`` lines.

Each article has ``id``, ``url``, ``title``, ``text`` and ``time``. WCEP-10 is the first ten
articles of each; the Hugging Face hub's, ``{"document": [...], "summary"}``, is read as Multi-News.
"""

import re
from typing import Any

from summarizer import Document

from .topic import Topic

_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def topic_from(record: Any, name: str) -> Topic:
    """Make a topic of a cluster; articles without text are left out.

    :param record: A decoded JSON object.
    :param name: The id of a cluster without one.
    """
    articles = [article for article in record["articles"] if article["text"].strip()]
    documents = tuple(
        Document(
            str(article.get("id", place)),
            article["text"].strip(),
            (article.get("title") or "").strip(),
            _day(article.get("time") or article.get("date")),
            url=article.get("url"),
        )
        for place, article in enumerate(articles)
    )
    return Topic(str(record.get("id", name)), documents, (record["summary"].strip(),))


def _day(time: object) -> str | None:
    found = _DAY.match(str(time))
    return found[0] if found else None
