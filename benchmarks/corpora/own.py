"""The format of this project: a JSON object for each topic.

``{"id", "documents": [{"id", "title", "date", "text"}], "references": [...]}``; of a document only
the text is needed, and other keys are passed over.
"""

from typing import Any

from summarizer import Document

from .topic import Topic


def topic_from(record: Any, name: str) -> Topic:
    """Make a topic.

    :param record: A decoded JSON value.
    :param name: The id of a topic without one.
    :raises ValueError: If the record is not a topic, as are KeyError and TypeError.
    """
    documents = tuple(
        Document(str(d.get("id", place)), d["text"], d.get("title") or "", d.get("date"))
        for place, d in enumerate(record["documents"])
    )
    if isinstance(record["references"], str):
        raise TypeError("the references are not a list")
    return Topic(str(record.get("id", name)), documents, tuple(record["references"]))
