"""Topics from Arrow tables and Parquet files, and what became of them as a table."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import chain, groupby
from math import inf
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from ..errors import OptionError, SummarizerError
from ..render.safe import encodable
from .topics import Outcome, Topic

if TYPE_CHECKING:
    import pyarrow as pa

# At most this many rows are in memory at once.
ROWS = 1024
_QUOTED = ("text", "source", "start", "end", "score", "where")
_LISTS = ("agreeing", "partly", "differing", "copies")
_COLUMNS = (
    *("topic", "rank", "text", "document", "source", "start", "end", "score", "where"),
    *_LISTS,
    "error",
)


def load_arrow() -> Any:
    """Return the module pyarrow, or say how to install it."""
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
        rows = chain.from_iterable(batch.to_pylist() for batch in batches)
        for record, problem, _ in read_records(rows):
            name = record["id"]
            if name in seen:
                raise _stand_apart(name)
            seen.add(name)
            if problem:
                raise OptionError(f"topic {name!r} {problem}")
            yield Topic(name, record["documents"], record.get("query"))

    return topics()


def _stand_apart(topic: object) -> OptionError:
    """Return the error for a topic whose rows are not next to each other."""
    return OptionError(f"the rows of topic {topic!r} stand apart; sort by topic")


def read_parquet(file: Any, size: int) -> Iterator[tuple[dict[str, Any], str | None, float]]:
    """Yield the topics of a Parquet file as ``read_records`` does, with the share read so far.

    About ``size`` bytes of rows are unpacked at once. Rows that stand apart are told before the
    first topic.
    """
    table = load_arrow().parquet.ParquetFile(file)
    require_columns(table.schema_arrow.names)
    seen, last = set(), None
    for row in _rows(table, size, ["topic"]):
        topic = row["topic"]
        _require_id(topic)
        if topic != last and topic in seen:
            raise _stand_apart(topic)
        seen.add(last := topic)
    done = 0
    for record, problem, number in read_records(_rows(table, size), size):
        done += number
        yield record, problem, done / table.metadata.num_rows


def _rows(table: Any, size: int, columns: list[str] | None = None) -> Iterator[dict[str, Any]]:
    for number in range(table.metadata.num_row_groups):
        # A row is at most as large as its whole group, in which equal texts are stored once.
        kept = table.metadata.row_group(number).total_byte_size
        most = max(min(ROWS, size // max(kept, 1)), 1)
        for batch in table.iter_batches(most, row_groups=[number], columns=columns):
            yield from batch.to_pylist()


def require_columns(names: Iterable[str]) -> None:
    """Make sure that a table has the columns of topics."""
    known = list(names)
    for name in ("topic", "text"):
        if name not in known:
            raise OptionError(f"there is no column {name!r} among {', '.join(known) or 'none'}")


def read_records(
    rows: Iterable[Mapping[str, Any]], most: float = inf
) -> Iterator[tuple[dict[str, Any], str | None, int]]:
    """Yield for each topic its record as in JSONL, its problem or None, and its number of rows.

    One with more characters than ``most`` has a problem, and not all of its documents.
    """
    for topic, own in groupby(rows, key=itemgetter("topic")):
        _require_id(topic)
        documents, size, number, problem = [], 0, 0, None
        for row in own:
            number += 1
            size += sum(len(v if isinstance(v, str | bytes) else str(v)) for v in row.values())
            if size <= most:
                documents.append(_document(row))
        queries = [query for document in documents if (query := document.pop("query", None))]
        if size > most:
            problem = "is too large; raise the size limit"
        elif any(query != queries[0] for query in queries):
            problem = "has rows with different queries; keep one"
        asked = {"query": queries[0]} if queries else {}
        yield {"id": topic, "documents": documents, **asked}, problem, number


def _require_id(topic: object) -> None:
    """Make sure that the id of a topic is a string or a whole number."""
    if not isinstance(topic, str | int) or isinstance(topic, bool):
        raise OptionError(f"topic {topic!r} is neither a string nor a whole number")


def _document(row: Mapping[str, Any]) -> dict[str, Any]:
    document = {name: value for name, value in row.items() if value is not None}
    del document["topic"]
    document.setdefault("text", "")
    if "document" in document:
        document["id"] = str(document.pop("document"))
    # JSON has no dates, times and bytes; of a time, only the day counts.
    for name, value in document.items():
        if isinstance(value, bytes):
            document[name] = value.decode(errors="replace")
        elif isinstance(value, date):
            document[name] = value.isoformat()[: 10 if name == "date" else None]
    return document


def quotes_schema() -> "pa.Schema":
    """Return the columns of ``outcomes_to_arrow``."""
    pa = load_arrow()
    kinds = {
        "rank": pa.int32(),
        "source": pa.int32(),
        "start": pa.int64(),
        "end": pa.int64(),
        "score": pa.float64(),
        **dict.fromkeys(_LISTS, pa.list_(pa.string())),
    }
    return pa.schema([(name, kinds.get(name, pa.string())) for name in _COLUMNS])


def quote_rows(topic: object, record: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the table rows of a topic, given ``Summary.to_dict()`` or an ``error``."""
    name = encodable(str(topic))
    if "error" in record:
        return [{"topic": name, "error": encodable(record["error"])}]
    ids = {source["number"]: source["id"] for source in record["sources"]}
    rows = [
        {
            "topic": name,
            "rank": rank,
            "document": ids[sentence["source"]],
            **{key: sentence[key] for key in _QUOTED},
            **{key: [ids[passage["source"]] for passage in sentence[key]] for key in _LISTS},
        }
        for rank, sentence in enumerate(record["sentences"], 1)
    ]
    # A summary without a sentence says why in its last warning.
    rows = rows or [{"topic": name, "error": record["warnings"][-1]}]
    found: list[dict[str, Any]] = encodable(rows)
    return found


def outcomes_to_arrow(outcomes: Iterable[Outcome]) -> "pa.Table":
    """Make a table of what ``summarize_many`` yields, with one quoted sentence a row.

    :param outcomes: The outcomes.
    :return: A table with the columns ``topic``; ``rank``, the place in the summary, from 1;
        ``text``, verbatim but for lone surrogates; ``document``, the id of its document, and
        ``source``, its number; ``start`` and ``end``, the offsets there; ``score``, 0 to 1;
        ``where``; ``agreeing``,
        ``partly``, ``differing`` and ``copies``, lists of the ids of other documents; ``error``. A
        topic without a quote has one row, where ``error`` says why and all else is null.
    :raises SummarizerError: If pyarrow is not installed.
    """
    schema = quotes_schema()
    rows: list[dict[str, Any]] = []
    for one in outcomes:
        found = one.summary.to_dict(explain=False) if one.summary else {"error": one.error}
        rows += quote_rows(one.id, found)
    return load_arrow().Table.from_pylist(rows, schema)
