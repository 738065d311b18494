"""Parts of one subject, spread over workers."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from itertools import starmap
from typing import Any

from ..errors import SummarizerError
from .running import Engine, require_engine, run_work
from .work import LOST

# From a function and the arguments of each of its calls to what these return, in their order.
Spread = Callable[[Callable[..., Any], Iterable[tuple[Any, ...]]], Iterable[Any]]
Call = tuple[Callable[..., Any], tuple[Any, ...]]


class _Calls:
    """Work of which each item is a call; what fails raises."""

    def __call__(self, call: Call, /) -> Any:
        function, arguments = call
        return function(*arguments)

    def lost(self, call: Call, /) -> Any:  # noqa: ARG002
        raise SummarizerError(f"a part of the documents {LOST}")


@contextmanager
def spreading(workers: int | None, engine: Engine, address: str | None) -> Iterator[Spread]:
    """Yield what maps a function over arguments, a cluster being reached meanwhile.

    Calls that nobody waits for any more end with the context, not when they are garbage collected.

    :param workers: How many processes; None or 0 for this one alone. With ray, how many calls are
        under way at most; None for as many as keep all cores busy.
    :param engine: Where they run.
    :param address: Where the cluster is; None for one that is found, or one on this machine.
    :raises SummarizerError: If there is no such engine, or the cluster cannot be reached.
    """
    require_engine(workers, engine, address)

    def spread(function: Callable[..., Any], arguments: Iterable[tuple[Any, ...]]) -> Iterable[Any]:
        calls = ((function, given) for given in arguments)
        found = run_work(_Calls(), calls, workers, engine, address, large=True)
        running.callback(found.close)
        return (result for _, result in found)

    if engine == "ray":
        from .ray import connected

        with connected(workers, address), ExitStack() as running:
            yield spread
    elif workers:
        with ExitStack() as running:
            yield spread
    else:
        yield starmap
