"""What a worker does with one item, wherever that worker runs."""

from typing import Any, Protocol, TypeVar

from ..errors import SummarizerError

Item = TypeVar("Item", contravariant=True)
Result = TypeVar("Result", covariant=True)

# A worker has one core, so that the number of workers moves no sum by a rounding error.
ONE_THREAD = dict.fromkeys(
    (
        "MKL_NUM_THREADS",
        "OMP_NUM_THREADS",
        "OPENBLAS_NUM_THREADS",
        "RAYON_NUM_THREADS",
        "VECLIB_MAXIMUM_THREADS",
    ),
    "1",
)
LOST = "ends each process that summarizes it; it may need more memory than there is"


class Work(Protocol[Item, Result]):
    """What is done with each item; it is pickled for every worker."""

    def __call__(self, item: Item, /) -> Result:
        """Return the result of an item, also of one that fails.

        :raises SummarizerError: If all items would fail.
        """

    def lost(self, item: Item, /) -> Result:
        """Return what stands for an item that ends each process it is done in."""


# Whether the work can go on; a result, or what shall be raised where results are awaited.
Reply = tuple[bool, Any]


def reply_to(work: Work[Any, Any], item: Any) -> Reply:
    """Do an item and return what came of it in a form that can be sent."""
    try:
        return True, work(item)
    except SummarizerError as error:
        return False, error
    except Exception as error:
        return False, SummarizerError(f"a worker failed: {describe(error)}")


def result_of(reply: Reply) -> Any:
    """Return the result in a reply.

    :raises SummarizerError: If the work cannot go on.
    """
    well, value = reply
    if not well:
        raise value
    return value


def describe(error: Exception) -> str:
    """Say in one line what went wrong with an item."""
    said = " ".join(str(error).split())
    if isinstance(error, SummarizerError):
        return said
    if isinstance(error, MemoryError):
        return "needs more memory than there is; give it fewer documents"
    return f"{type(error).__name__}: {said}" if said else type(error).__name__
