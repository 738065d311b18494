"""A cluster of several nodes on this machine."""

from collections.abc import Iterator
from typing import Any

import pytest
from ray.cluster_utils import Cluster

NODES = 3
MEMORY = 100_000_000


def add_node(cluster: Any) -> None:
    """Add a node of one core."""
    cluster.add_node(num_cpus=1, object_store_memory=MEMORY)


@pytest.fixture(scope="session")
def cluster() -> Iterator[Any]:
    """Start a head without cores, and nodes with one each."""
    made = Cluster(
        initialize_head=True, head_node_args={"num_cpus": 0, "object_store_memory": MEMORY}
    )
    for _ in range(NODES):
        add_node(made)
    made.wait_for_nodes()
    yield made
    made.shutdown()
