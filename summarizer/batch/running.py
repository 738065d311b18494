"""Where work is done: in this process, in others on this machine, or on a Ray cluster.

One file is one way of running. What is worked on knows of none of them.
"""

from collections.abc import Generator, Iterable
from typing import TYPE_CHECKING, Any, Literal

from ..errors import OptionError

if TYPE_CHECKING:
    from .work import Work

__all__ = ["ENGINES", "Engine", "run_work"]

Engine = Literal["local", "ray"]
ENGINES: tuple[Engine, ...] = ("local", "ray")


def run_work(
    work: "Work[Any, Any]",
    items: Iterable[Any],
    workers: int | None,
    engine: Engine,
    address: str | None,
    *,
    large: bool = False,
) -> Generator[tuple[Any, Any], None, None]:
    """Do items on an engine.

    :param work: What is done with each.
    :param items: They, taken as they are needed.
    :param workers: How many processes, one a core by default; 0 for none but this one. With ray,
        how many calls are under way at most.
    :param engine: Where they run.
    :param address: Where the Ray cluster is; None for one that is found, or one on this machine.
    :param large: Whether items and results take much memory, so that few should wait.
    :return: Each item with its result, in the order of ``items``.
    :raises OptionError: If there is no such engine, or it cannot have so many workers.
    """
    require_engine(workers, engine, address)
    if engine == "ray":
        from .ray import run_ray

        return run_ray(work, items, workers, address, large=large)
    if workers == 0:
        return ((item, work(item)) for item in items)
    from .local import count_cores, run_local

    return run_local(work, items, workers or count_cores(), large=large)


def require_engine(workers: int | None, engine: Engine, address: str | None) -> None:
    """Make sure that there is such a way of running.

    :raises OptionError: If there is no such engine, or it cannot have so many workers.
    """
    if engine not in ENGINES:
        raise OptionError(f"engine must be {' or '.join(ENGINES)}, not {engine}")
    if workers is not None and (type(workers) is not int or workers < 0):
        raise OptionError(f"workers must be a whole number, 0 or more, not {workers}")
    if address is not None and engine != "ray":
        raise OptionError("an address goes with engine ray alone")
