"""A cluster of several nodes, and a server that speaks S3, on this machine."""

import os
from collections.abc import Iterator
from typing import Any

import pytest
from moto.server import ThreadedMotoServer
from ray.cluster_utils import Cluster

NODES = 3
MEMORY = 100_000_000


def add_node(cluster: Any) -> None:
    """Add a node of one core."""
    cluster.add_node(num_cpus=1, object_store_memory=MEMORY)


@pytest.fixture(scope="session")
def storage() -> Iterator[None]:
    """Start a server that speaks S3, which all processes started behind it find."""
    server = ThreadedMotoServer(port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    found = {
        "AWS_ACCESS_KEY_ID": "nobody",
        "AWS_SECRET_ACCESS_KEY": "nothing",
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_ENDPOINT_URL": f"http://{host}:{port}",
    }
    os.environ.update(found)
    yield
    for name in found:
        del os.environ[name]
    server.stop()


@pytest.fixture(scope="session")
def cluster(storage: None) -> Iterator[Any]:
    """Start a head without cores, and nodes with one each."""
    made = Cluster(
        initialize_head=True, head_node_args={"num_cpus": 0, "object_store_memory": MEMORY}
    )
    for _ in range(NODES):
        add_node(made)
    made.wait_for_nodes()
    yield made
    made.shutdown()
