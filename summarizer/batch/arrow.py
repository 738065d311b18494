"""Topics from Arrow tables and Parquet files, and what became of them as a table."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import chain, groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from ..errors import OptionError, SummarizerError
from .topics import Outcome, Topic

if TYPE_CHECKING:
    import pyarrow as pa

# So many rows of a file are in memory at once.
ROWS = 1024


def load_arrow() -> Any:
    """Return the module pyarrow.

    :raises SummarizerError: If it is not installed.
    """
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError as error:
        message = 'pyarrow is not installed: pip install "verbatim-summarizer[arrow]"'
        raise SummarizerError(message) from error
    return pyarrow


def topics_from_arrow(data: Any) -> Iterator[Topic]:
    """Make topics of a table with one document a row.

    :param data: A ``pyarrow.Table``, a ``RecordBatchReader``, or what offers an Arrow stream, as
        data frames of pandas and polars do. Column ``topic`` holds the id of the topic, a string or
        a whole number; ``text`` the text; ``document``, the id of the document, ``title``,
        ``date``, ``url``, ``author``, ``site`` and ``path`` may be there, and ``query``, the
        question of the topic. Other columns are metadata. The rows of a topic stand together.
    :return: The topics, read as they are asked for.
    :raises SummarizerError: If a column is missing, the rows of a topic stand apart or ask
        different queries, or pyarrow is not installed.
    """
    pyarrow = load_arrow()
    if not hasattr(data, "__arrow_c_stream__"):
        raise OptionError(f"topics must be an Arrow table, not {type(data).__name__}")
    batches = pyarrow.RecordBatchReader.from_stream(data)
    require_columns(batches.schema.names)

    def topics() -> Iterator[Topic]:
        seen = set()
        for record in read_records(batches):
            name = record["id"]
            if name in seen:
                raise OptionError(f"the rows of topic {name!r} stand apart; sort by topic")
            seen.add(name)
            yield Topic(name, record["documents"], record.get("query"))

    return topics()


def require_columns(names: Iterable[str]) -> None:
    """Make sure that a table has the columns of topics.

    :raises OptionError: If not.
    """
    known = list(names)
    for name in ("topic", "text"):
        if name not in known:
            raise OptionError(f"there is no column {name!r} among {', '.join(known) or 'none'}")


def read_records(batches: Iterable["pa.RecordBatch"]) -> Iterator[dict[str, Any]]:
    """Yield topics as lines of JSONL hold them: ``id``, ``documents`` and perhaps ``query``.

    :raises OptionError: If a topic has no id, or several queries.
    """
    rows = chain.from_iterable(batch.to_pylist() for batch in batches)
    for topic, own in groupby(rows, key=itemgetter("topic")):
        if not isinstance(topic, str | int) or isinstance(topic, bool):
            raise OptionError(f"topic {topic!r} is neither a string nor a whole number")
        documents = [_document(row) for row in own]
        queries = [query for document in documents if (query := document.pop("query", None))]
        if any(query != queries[0] for query in queries):
            raise OptionError(f"the rows of topic {topic!r} have different queries; keep one")
        yield {"id": topic, "documents": documents} | ({"query": queries[0]} if queries else {})


def _document(row: Mapping[str, Any]) -> dict[str, Any]:
    document = {name: value for name, value in row.items() if value is not None}
    del document["topic"]
    document.setdefault("text", "")
    if "document" in document:
        document["id"] = str(document.pop("document"))
    # Days and moments are no JSON; of a moment its day counts.
    for name, value in document.items():
        if isinstance(value, date):
            document[name] = value.isoformat()[: 10 if name == "date" else None]
    return document


def quotes_schema() -> "pa.Schema":
    """Return the columns of ``outcomes_to_arrow``."""
    pa = load_arrow()
    ids = pa.list_(pa.string())
    return pa.schema(
        {
            "topic": pa.string(),
            "rank": pa.int32(),
            "text": pa.string(),
            "document": pa.string(),
            "source": pa.int32(),
            "start": pa.int64(),
            "end": pa.int64(),
            "score": pa.float64(),
            "where": pa.string(),
            "agreeing": ids,
            "partly": ids,
            "differing": ids,
            "copies": ids,
            "error": pa.string(),
        }
    )


def quote_rows(topic: object, record: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the rows of a topic.

    :param topic: Its id.
    :param record: What ``Summary.to_dict`` returns, or an ``error``.
    """
    name = str(topic)
    if "error" in record:
        return [{"topic": name, "error": record["error"]}]
    ids = {source["number"]: source["id"] for source in record["sources"]}
    rows = [
        {
            "topic": name,
            "rank": rank,
            "document": ids[sentence["source"]],
            **{key: sentence[key] for key in ("text", "source", "start", "end", "score", "where")},
            **{
                key: [ids[passage["source"]] for passage in sentence[key]]
                for key in ("agreeing", "partly", "differing", "copies")
            },
        }
        for rank, sentence in enumerate(record["sentences"], 1)
    ]
    # A summary without a sentence says why in its last warning.
    return rows or [{"topic": name, "error": record["warnings"][-1]}]


def outcomes_to_arrow(outcomes: Iterable[Outcome]) -> "pa.Table":
    """Make a table of what ``summarize_many`` yields, with one quoted sentence a row.

    :param outcomes: The outcomes.
    :return: A table with the columns ``topic``; ``rank``, the place in the summary, from 1;
        ``text``, verbatim; ``document``, the id of its document, and ``source``, its number;
        ``start`` and ``end``, the offsets there; ``score``, 0 to 1; ``where``; ``agreeing``,
        ``partly``, ``differing`` and ``copies``, lists of the ids of other documents; ``error``. A
        topic without a quote has one row, where ``error`` says why and all else is null.
    :raises SummarizerError: If pyarrow is not installed.
    """
    schema = quotes_schema()
    rows = [
        row
        for outcome in outcomes
        for row in quote_rows(
            outcome.id,
            outcome.summary.to_dict(explain=False) if outcome.summary else {"error": outcome.error},
        )
    ]
    return load_arrow().Table.from_pylist(rows, schema)
