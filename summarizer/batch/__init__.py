"""Many subjects: topics with documents of their own, summarized side by side, in order."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Unpack

from ..settings import MODEL
from .running import Engine, run_work

if TYPE_CHECKING:
    from ..encoders import Encoder
    from .job import Options
    from .topic import Outcome, Topic

__all__ = ["summarize_many"]


def summarize_many(
    topics: "Iterable[Topic]",
    *,
    workers: int | None = None,
    engine: Engine = "local",
    address: str | None = None,
    encoder: "Encoder | str" = MODEL,
    **options: "Unpack[Options]",
) -> "Iterator[Outcome]":
    """Summarize many topics, each as ``summarize`` would alone.

    Topics are taken as they are needed, and outcomes handed out as they are asked for: at most 16
    topics a worker are in memory at once.

    :param topics: The topics.
    :param workers: How many processes, one a core by default; 0 for none but this one, so that the
        encoder need not be one that can be pickled. With ray, how many calls are under way at most.
    :param engine: ``local``, processes on this machine, or ``ray``, those of a Ray cluster.
    :param address: Where the cluster is; by default one that is found, or one on this machine.
    :param encoder: As for ``summarize``.
    :param options: As for ``summarize``: ``words``, ``sentences``, ``chars``, ``ratio``,
        ``diversity``, ``ranker``, ``keep_all``, ``min_sources``.
    :return: An outcome a topic, in their order, the same whatever the workers.
    :raises SummarizerError: If an option is out of range, the encoder cannot be loaded or sent, or
        the cluster cannot be reached. A topic that fails has an outcome that says why.
    """
    from .job import Job, with_documents

    job = Job(encoder, options)
    found = run_work(job, topics, workers, engine, address)
    return (with_documents(outcome, topic) for topic, outcome in found)
